"""Splits, joins, copies and swaps tracks, and interpolates doubtful spans. Each is one undo step."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.span_edits import interpolate_linear
from app.assist.track_edits import Rearrangement, join, overlap_of, split, swap
from app.controllers.review import ReviewController
from app.document.commands import AddTrack, PutRecords, SeveralEdits, rearrangement_command
from app.document.document import Document
from app.document.session import Session
from app.language import tr, tr_counted
from app.model.track import Track


class ArrangingController(QObject):
    """
    Signals:
        told: a sentence about what happened or why nothing did.
    """

    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, review: ReviewController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._review = review

    @Slot()
    def split_here(self) -> None:
        """Split the active track: everything from the current frame on becomes a new track, which is selected."""
        track = self._active()
        if track is None:
            return
        project, frame = self._document.opened_project, self._session.current_frame
        new_id = project.next_track_id()
        if self._push(tr("Split track"), split(track, frame, new_id=new_id, colour=project.next_colour())):
            self._session.select(new_id)
            self.told.emit(
                tr("From frame {frame} on, #{id} is #{new_id} now.", frame=frame, id=track.id, new_id=new_id)
            )

    @Slot()
    def join_selected(self) -> None:
        """Join two selected tracks into the one selected last. Frames between them are a gap, which is doubtful."""
        pair = self._pair(tr("Join"))
        if pair is None:
            return
        self.join(*pair)

    def join(self, first: Track, second: Track) -> None:
        """Move the second track into the first. Frames between them become a gap."""
        both = overlap_of(first, second)
        if self._push(tr("Join tracks"), join(first, second)):
            self._session.select(first.id)
            kept = (
                tr(
                    " In {frames} both had a box: the drawn one stays, else that of #{id}.",
                    frames=tr_counted(len(both), "frame"),
                    id=first.id,
                )
                if both
                else ""
            )
            self.told.emit(tr("#{id} is part of #{id2} now.{kept}", id=second.id, id2=first.id, kept=kept))

    @Slot()
    def duplicate(self) -> None:
        """Copy the active track into a new one, and select that."""
        track = self._active()
        if track is None:
            return
        project = self._document.opened_project
        copy = replace(track.copy(), id=project.next_track_id(), colour=project.next_colour())
        command = SeveralEdits(self._document, tr("Duplicate track"), [AddTrack(self._document, copy)])
        self._document.undo_stack.push(command)
        if copy.id in project.tracks:  # not if the file could not be written
            self._session.select(copy.id)
            boxes = tr_counted(len(copy), "record")
            self.told.emit(
                tr("{copy} is a copy of {track}, with {boxes}.", copy=copy.name, track=track.name, boxes=boxes)
            )

    @Slot()
    def swap_from_here(self) -> None:
        """Swap the boxes of two selected tracks from the current frame on."""
        pair = self._pair(tr("Swap"))
        if pair is not None:
            self.swap(*pair, self._session.current_frame)

    def swap(self, one: Track, other: Track, frame: int) -> None:
        """Swap the boxes of two tracks from ``frame`` on."""
        if self._push(tr("Swap tracks"), swap(one, other, frame)):
            self.told.emit(
                tr("#{id} and #{id2} are swapped from frame {frame} on.", id=one.id, id2=other.id, frame=frame)
            )

    @Slot()
    def interpolate_doubt(self) -> None:
        """Interpolate the doubtful span at the current frame between the boxes beside it."""
        track = self._active()
        doubt = self._review.at_hand
        if track is None:
            return
        if doubt is None:
            self.told.emit(tr("Nothing is doubtful here. N goes to the next doubt."))
            return
        last = self._document.opened_project.video.frame_count - 1
        edit = interpolate_linear(track, max(doubt.first_frame - 1, 0), min(doubt.last_frame + 1, last))
        if edit.refusal:
            self.told.emit(edit.refusal)
            return
        self._document.undo_stack.push(
            PutRecords(self._document, tr("Interpolate"), track.id, edit.records, marks=edit.marks)
        )

    def _push(self, text: str, arrangement: Rearrangement) -> bool:
        if arrangement.refusal:
            self.told.emit(arrangement.refusal)
            return False
        return self._document.undo_stack.do(rearrangement_command(self._document, text, arrangement))

    def _active(self) -> Track | None:
        active = self._session.active_track_id
        if active is None:
            self.told.emit(tr("Select a track first: click on its box."))
            return None
        return self._document.opened_project.tracks[active]

    def _pair(self, verb: str) -> tuple[Track, Track] | None:
        selected = self._session.selected_track_ids
        if len(selected) != 2:
            self.told.emit(tr("{verb} needs two tracks: click on one, then Ctrl+click on the other.", verb=verb))
            return None
        tracks = self._document.opened_project.tracks
        return tracks[selected[0]], tracks[selected[1]]
