"""What a person looks at right now. None of it is saved."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.document.document import Document
from app.model.attributes import AttributeDefinition
from app.model.doubt import DoubtRules
from app.model.frame_spans import Span
from app.model.project import Label


class Session(QObject):
    """Current frame, selection, chosen span and hidden tracks, which start afresh with each project; the opacity of the
    score map over the picture; and what counts as doubtful.

    Signals are sent only if something has really changed.
    """

    frame_changed = Signal(int)
    selection_changed = Signal()
    span_changed = Signal()
    visibility_changed = Signal(int)  # track
    map_overlay_changed = Signal()
    doubt_rules_changed = Signal()
    shared_attributes_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._current_frame = 0
        self._selected: tuple[int, ...] = ()
        self._span: Span | None = None
        self._hidden: set[int] = set()
        self._map_overlay_opacity = 0.0
        self._doubt_rules = DoubtRules()
        self._shared_labels: tuple[Label, ...] = ()
        self._shared_attributes: tuple[AttributeDefinition, ...] = ()
        document.project_opened.connect(self._on_project_replaced)
        document.project_closed.connect(self._on_project_replaced)
        document.track_removed.connect(self._on_track_removed)

    @property
    def shared_labels(self) -> tuple[Label, ...]:
        """The labels of the workspace's other videos. They are offered, and added to the project when used."""
        return self._shared_labels

    def set_shared_labels(self, labels: tuple[Label, ...]) -> None:
        self._shared_labels = labels

    @property
    def shared_attributes(self) -> tuple[AttributeDefinition, ...]:
        """The attributes of the workspace's other videos. They are offered, and added to the project when a person
        chooses to.
        """
        return self._shared_attributes

    def set_shared_attributes(self, attributes: tuple[AttributeDefinition, ...]) -> None:
        if attributes != self._shared_attributes:
            self._shared_attributes = attributes
            self.shared_attributes_changed.emit()

    @property
    def known_labels(self) -> list[str]:
        """The labels that a person can choose from: those of the project, then those of the workspace."""
        project = self._document.project
        own = [] if project is None else list(project.labels)
        return list(dict.fromkeys([*own, *(label.name for label in self._shared_labels)]))

    @property
    def current_frame(self) -> int:
        return self._current_frame

    def set_frame(self, frame: int) -> None:
        """Go to a frame, or to the nearest one that the video has; to 0 if no project is open."""
        project = self._document.project
        frame = min(max(frame, 0), max(project.video.frame_count - 1, 0)) if project else 0
        if frame != self._current_frame:
            self._current_frame = frame
            self.frame_changed.emit(frame)

    @property
    def selected_track_ids(self) -> tuple[int, ...]:
        """In the order of selection; the first is the active one."""
        return self._selected

    @property
    def active_track_id(self) -> int | None:
        return self._selected[0] if self._selected else None

    def select(self, *track_ids: int) -> None:
        """Select these tracks and no others; the first becomes active. Unknown ids are ignored."""
        tracks = self._document.project.tracks if self._document.project else {}
        selected = tuple(track_id for track_id in dict.fromkeys(track_ids) if track_id in tracks)
        if selected != self._selected:
            if selected[:1] != self._selected[:1]:
                self.set_span(None)
            self._selected = selected
            self.selection_changed.emit()

    @property
    def span(self) -> Span | None:
        """The frames of the active track that a person has chosen, to edit all of them at once."""
        return self._span

    @property
    def span_here(self) -> Span | None:
        """The chosen span while the current frame lies in it: keys then apply to all of it."""
        span = self._span
        return span if span is not None and span[0] <= self._current_frame <= span[1] else None

    def set_span(self, span: Span | None) -> None:
        """Choose a span of the active track, in either order, or none; clipped to the frames of the video."""
        project = self._document.project
        if span is not None:
            last = project.video.frame_count - 1 if project and self._selected else -1
            first, end = max(min(span), 0), min(max(span), last)
            span = (first, end) if first <= end else None
        if span != self._span:
            self._span = span
            self.span_changed.emit()

    def is_hidden(self, track_id: int) -> bool:
        return track_id in self._hidden

    def set_hidden(self, track_id: int, hidden: bool) -> None:
        if hidden != self.is_hidden(track_id):
            self._hidden ^= {track_id}
            self.visibility_changed.emit(track_id)

    @property
    def map_overlay_opacity(self) -> float:
        """The opacity of the score map over the video, from 0 (invisible) to 1."""
        return self._map_overlay_opacity

    def set_map_overlay_opacity(self, opacity: float) -> None:
        opacity = min(max(opacity, 0.0), 1.0)
        if opacity != self._map_overlay_opacity:
            self._map_overlay_opacity = opacity
            self.map_overlay_changed.emit()

    @property
    def doubt_rules(self) -> DoubtRules:
        """What every view marks as doubtful."""
        return self._doubt_rules

    def set_doubt_rules(self, rules: DoubtRules) -> None:
        if rules != self._doubt_rules:
            self._doubt_rules = rules
            self.doubt_rules_changed.emit()

    def _on_project_replaced(self) -> None:
        self._hidden.clear()
        self.select()
        self.set_frame(0)

    def _on_track_removed(self, track_id: int) -> None:
        self._hidden.discard(track_id)
        self.select(*self._selected)
