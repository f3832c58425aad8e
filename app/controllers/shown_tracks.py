"""Which tracks the table shows, and in which order: all of the project, or those that pass the person's filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.document.document import Document
from app.document.session import Session
from app.model.interpolation import record_at
from app.model.record_block import TRACKER, Flag
from app.model.track import Track

CHECK_MILLISECONDS = 100
"""While a video plays or a run adds boxes, the filter is applied at most this often."""


@dataclass(frozen=True, slots=True)
class TrackFilter:
    """What a track must be to appear in the table; all conditions must hold.

    ``words``: each must be part of "label #id". ``doubtful``: the review asks about it. ``unreviewed``: it has a box of
    a tracker that nobody has looked at. ``on_screen``: it shows a box in the current frame.
    """

    words: str = ""
    doubtful: bool = False
    unreviewed: bool = False
    on_screen: bool = False

    @property
    def is_empty(self) -> bool:
        return self == TrackFilter()


class ShownTracks(QObject):
    """The rows of the table, in the order of ids; both halves read them here.

    Signals:
        changed: other rows, or the same ones of another project.
        filter_changed.
    """

    changed = Signal()
    filter_changed = Signal()

    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        is_doubtful: Callable[[int], bool] = lambda track_id: False,
        parent: QObject | None = None,
    ) -> None:
        """``is_doubtful``: whether the review asks about a track."""
        super().__init__(parent)
        self._document = document
        self._session = session
        self._is_doubtful = is_doubtful
        self._filter = TrackFilter()
        self._unreviewed: dict[int, bool] = {}
        self.tracks: list[Track] = []
        self._soon = QTimer(self, singleShot=True, interval=CHECK_MILLISECONDS)
        self._soon.timeout.connect(self.refresh)
        document.project_opened.connect(self._on_project_changed)
        document.project_closed.connect(self._on_project_changed)
        document.track_added.connect(self.refresh)
        document.track_removed.connect(self._on_track_removed)
        document.track_changed.connect(self.refresh)
        document.boxes_changed.connect(self._on_boxes_changed)
        session.frame_changed.connect(self._on_frame_changed)
        self._on_project_changed()

    @property
    def filter(self) -> TrackFilter:
        return self._filter

    @property
    def count_in_all(self) -> int:
        """Tracks of the project, whether they pass or not."""
        project = self._document.project
        return len(project.tracks) if project else 0

    def row_of(self, track_id: int | None) -> int | None:
        return next((row for row, track in enumerate(self.tracks) if track.id == track_id), None)

    def set_filter(self, wanted: TrackFilter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self.filter_changed.emit()
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Apply the filter to every track."""
        self._soon.stop()
        project = self._document.project
        tracks = [project.tracks[key] for key in sorted(project.tracks)] if project else []
        if not self._filter.is_empty:
            tracks = [track for track in tracks if self._passes(track)]
        if len(tracks) != len(self.tracks) or any(a is not b for a, b in zip(tracks, self.tracks, strict=True)):
            self.tracks = tracks
            self.changed.emit()

    @Slot()
    def refresh_soon(self) -> None:
        """Apply the filter again soon, because something that it depends on may have changed."""
        if not self._filter.is_empty and not self._soon.isActive():
            self._soon.start()

    def _passes(self, track: Track) -> bool:
        wanted = self._filter
        name = track.name.casefold()
        return (
            all(word in name for word in wanted.words.casefold().split())
            and (not wanted.doubtful or self._is_doubtful(track.id))
            and (not wanted.on_screen or self._is_on_screen(track))
            and (not wanted.unreviewed or self._is_unreviewed(track))
        )

    def _is_on_screen(self, track: Track) -> bool:
        record = record_at(track, self._session.current_frame)
        return record is not None and not record.absent

    def _is_unreviewed(self, track: Track) -> bool:
        if track.id not in self._unreviewed:
            found = track.columns()
            self._unreviewed[track.id] = bool(np.any((found.sources == TRACKER) & ~found.has(Flag.REVIEWED)))
        return self._unreviewed[track.id]

    @Slot()
    def _on_project_changed(self) -> None:
        self._filter = TrackFilter()
        self._unreviewed.clear()
        self.filter_changed.emit()
        self.refresh()

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        self._unreviewed.pop(track_id, None)
        self.refresh()

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        self._unreviewed.pop(track_id, None)
        self.refresh_soon()

    @Slot()
    def _on_frame_changed(self) -> None:
        if self._filter.on_screen:
            self.refresh_soon()
