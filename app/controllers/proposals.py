"""A run over reviewed boxes proposes its own boxes where they differ. The reviewed ones stay."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.proposal import Proposed, proposed, still_open
from app.controllers.playback import PlaybackController
from app.controllers.tracking import TrackingController, tracks_named
from app.document.commands import DocumentCommand, PutRecords, SeveralEdits
from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted
from app.model.box_record import BoxRecord
from app.model.frame_spans import Span


class ProposalsController(QObject):
    """Proposals live until they are taken or dropped, until the person changes the reviewed box, or until the project
    is closed. They are not stored.

    Signals:
        changed: there are other proposals now.
        told: a sentence about them.
    """

    changed = Signal()
    told = Signal(str)

    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        tracking: TrackingController,
        playback: PlaybackController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._playback = playback
        self._by_track: dict[int, Proposed] = {}
        self._is_new = False  # whether the present run has proposed something
        tracking.found.connect(self._on_found)
        document.boxes_changed.connect(self._on_boxes_changed)
        document.track_removed.connect(self._on_track_removed)
        document.project_closed.connect(self.drop)

    def __len__(self) -> int:
        return sum(map(len, self._by_track.values()))

    def at(self, frame: int) -> dict[int, BoxRecord]:
        """The proposed boxes in a frame, by track."""
        return {track_id: boxes[frame] for track_id, boxes in self._by_track.items() if frame in boxes}

    @Slot()
    def go_to_next(self) -> None:
        """Show the next frame with a proposal (after the last one, the first) and select its track."""
        frames = sorted({frame for boxes in self._by_track.values() for frame in boxes})
        if not frames:
            return
        place = bisect_right(frames, self._session.current_frame)
        frame = frames[place if place < len(frames) else 0]
        here = self.at(frame)
        if self._session.active_track_id not in here:
            self._session.select(min(here))
        self._playback.go_to(frame)

    @Slot()
    def take(self) -> None:
        """Put the proposals in the place of the reviewed boxes, as boxes that nobody has reviewed: those of the chosen
        span of the active track, or all.
        """
        taken = self._meant()
        if not taken:
            self.told.emit(tr("The chosen span has no proposed box."))
            return
        count = sum(map(len, taken.values()))
        text = tr("Take {boxes}", boxes=tr_counted(count, "proposed box", "proposed boxes"))
        if not self._document.may_change(*taken):
            return
        edits: list[DocumentCommand] = [
            PutRecords(self._document, text, track_id, boxes) for track_id, boxes in taken.items()
        ]
        command = edits[0] if len(edits) == 1 else SeveralEdits(self._document, text, edits)
        if self._document.undo_stack.do(command):
            self.told.emit(tr("{boxes} taken.", boxes=tr_counted(count, "proposed box", "proposed boxes")))

    @Slot()
    def drop(self) -> None:
        """Forget all proposals; the reviewed boxes stay."""
        if self._by_track:
            self._by_track.clear()
            self.changed.emit()

    def _meant(self) -> dict[int, Proposed]:
        span, active = self._session.span, self._session.active_track_id
        if span is None or active is None:
            return {track_id: dict(boxes) for track_id, boxes in self._by_track.items()}
        within = _within(self._by_track.get(active, {}), span)
        return {active: within} if within else {}

    @Slot(object)
    def _on_found(self, records: Mapping[int, Mapping[int, BoxRecord]]) -> None:
        tracks = self._document.opened_project.tracks
        for track_id, found in records.items():
            if track_id in tracks:
                new = proposed(tracks[track_id], found)
                kept = {frame: box for frame, box in self._by_track.get(track_id, {}).items() if frame not in found}
                self._replace(track_id, kept | new)
                self._is_new = self._is_new or bool(new)

    @Slot()
    def on_run_ended(self) -> None:
        """Report what the run has proposed."""
        if self._is_new and self._by_track:
            self.told.emit(
                tr(
                    "The run differs from {boxes} of {tracks}, which stay: Shift+P goes there, Ctrl+Shift+P takes the "
                    "new ones.",
                    boxes=tr_counted(len(self), "reviewed box", "reviewed boxes"),
                    tracks=tracks_named(self._by_track),
                )
            )
        self._is_new = False

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        boxes = self._by_track.get(track_id)
        if boxes and _within(boxes, (first, last)):
            self._replace(track_id, still_open(self._document.opened_project.tracks.get(track_id), boxes))

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        self._replace(track_id, {})

    def _replace(self, track_id: int, boxes: Proposed) -> None:
        if boxes == self._by_track.get(track_id, {}):
            return
        if boxes:
            self._by_track[track_id] = boxes
        else:
            del self._by_track[track_id]
        self.changed.emit()


def _within(boxes: Proposed, span: Span) -> Proposed:
    return {frame: record for frame, record in boxes.items() if span[0] <= frame <= span[1]}
