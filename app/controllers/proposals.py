"""A run over reviewed boxes proposes its own boxes where they differ. The reviewed ones stay."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.proposal import Proposed, proposed
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
        self._reviewed: dict[int, Proposed] = {}  # the reviewed boxes, as they were when the run differed from them
        self._new: set[tuple[int, int]] = set()  # track and frame of what the present run has proposed
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
        shown = {key: boxes for key, boxes in self._by_track.items() if not self._session.is_hidden(key)}
        frames = sorted({frame for boxes in shown.values() for frame in boxes})
        if not frames:
            return
        place = bisect_right(frames, self._session.current_frame)
        frame = frames[place if place < len(frames) else 0]
        here = shown.keys() & self.at(frame).keys()
        if self._session.active_track_id not in here:
            self._session.select(min(here))
        self._playback.go_to(frame)

    @Slot()
    def take(self) -> None:
        """Put the proposals in the place of the reviewed boxes, as boxes that nobody has reviewed: those of the chosen
        span of the active track, or all of tracks that are neither hidden nor locked.
        """
        taken = self._meant()
        if not taken:
            self.told.emit(
                tr("All tracks with proposed boxes are hidden or locked.")
                if self._session.span is None
                else tr("The chosen span has no proposed box.")
            )
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
            self._reviewed.clear()
            self.changed.emit()

    def _meant(self) -> dict[int, Proposed]:
        span, active = self._session.span, self._session.active_track_id
        if span is None or active is None:
            return {key: dict(boxes) for key, boxes in self._by_track.items() if self._is_free(key)}
        within = _within(self._by_track.get(active, {}), span)
        return {active: within} if within else {}

    def _is_free(self, track_id: int) -> bool:
        return not self._session.is_hidden(track_id) and not self._document.is_locked(track_id)

    @Slot(object)
    def _on_found(self, records: Mapping[int, Mapping[int, BoxRecord]]) -> None:
        tracks = self._document.opened_project.tracks
        for track_id, found in records.items():
            if track_id in tracks:
                track = tracks[track_id]
                new = proposed(track, found)
                kept = {frame: box for frame, box in self._by_track.get(track_id, {}).items() if frame not in found}
                self._reviewed.setdefault(track_id, {}).update(
                    {frame: record for frame in new if (record := track.get(frame)) is not None}
                )
                self._new.update((track_id, frame) for frame in new)
                self._replace(track_id, kept | new)

    @Slot()
    def on_run_ended(self) -> None:
        """Report what the run has proposed."""
        new = [(track_id, frame) for track_id, frame in self._new if frame in self._by_track.get(track_id, ())]
        self._new.clear()
        if new:
            self.told.emit(
                tr(
                    "The run differs from {boxes} of {tracks}, which stay: Shift+P goes there, Ctrl+Shift+P takes the "
                    "new ones.",
                    boxes=tr_counted(len(new), "reviewed box", "reviewed boxes"),
                    tracks=tracks_named({track_id for track_id, _ in new}),
                )
            )

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        boxes = self._by_track.get(track_id)
        if boxes and _within(boxes, (first, last)):
            track, reviewed = self._document.opened_project.tracks.get(track_id), self._reviewed[track_id]
            same = {} if track is None else {key: box for key, box in boxes.items() if track.get(key) == reviewed[key]}
            self._replace(track_id, same)

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
