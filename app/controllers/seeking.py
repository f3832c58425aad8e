"""Jumps within the active track: to its ends, its gaps, the middle between two keyframes, or by a chosen step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.playback import PlaybackController
from app.document.document import Document
from app.document.session import Session
from app.language import tr
from app.model.interpolation import record_at
from app.model.track import Track

STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Frames of a long step; digit n chooses the n-th."""


class SeekingController(QObject):
    """
    Signals:
        told: why nothing was found, or how long a step is now.
    """

    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, playback: PlaybackController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._playback = playback
        self.long_step = 10

    def choose_step(self, digit: int) -> None:
        """Set the long step by a digit from 1 to 9."""
        self.long_step = STEPS[digit - 1]
        self.told.emit(tr("A long step is {long_step} frames now.", long_step=self.long_step))

    def step_long(self, direction: int) -> None:
        self._playback.step(direction * self.long_step)

    @Slot()
    def go_to_first_box(self) -> None:
        track = self._active()
        if track is not None and track.first_frame is not None:
            self._playback.go_to(track.first_frame)

    @Slot()
    def go_to_last_box(self) -> None:
        track = self._active()
        if track is not None and track.last_frame is not None:
            self._playback.go_to(track.last_frame)

    @Slot()
    def go_to_middle(self) -> None:
        """Go halfway between the neighbouring keyframes, where interpolation is least reliable."""
        track, here = self._active(), self._session.current_frame
        if track is None:
            return
        record = track.get(here)
        before = here if record is not None and record.is_keyframe else track.keyframe_before(here)
        after = track.keyframe_after(here)
        if before is None or after is None:
            self.told.emit(tr("{track} has no keyframes on both sides of this frame.", track=track.name))
        elif after - before < 2:
            self.told.emit(
                tr("There is no frame between the keyframes on {before} and {after}.", before=before, after=after)
            )
        else:
            self._playback.go_to((before + after) // 2)

    def go_to_box(self, direction: int, *, shown: bool) -> None:
        """Go to the nearest frame ahead in which the track shows a box, or (``shown`` False) shows none."""
        track = self._active()
        if track is None:
            return
        here, last = self._session.current_frame, self._document.opened_project.video.frame_count - 1
        ahead: Iterable[int] = range(here + 1, last + 1) if direction > 0 else range(here - 1, -1, -1)
        found = next((frame for frame in ahead if _shows_box(track, frame) is shown), None)
        if found is None:
            what = tr("a box") if shown else tr("no box")
            self.told.emit(
                tr(
                    "No frame {where} this one shows {what} of {track}.",
                    where=tr("after") if direction > 0 else tr("before"),
                    what=what,
                    track=track.name,
                )
            )
        else:
            self._playback.go_to(found)

    def _active(self) -> Track | None:
        active = self._session.active_track_id
        if active is None:
            self.told.emit(tr("Select a track first: click on its box."))
            return None
        return self._document.opened_project.tracks[active]


def _shows_box(track: Track, frame: int) -> bool:
    record = record_at(track, frame)
    return record is not None and not record.absent
