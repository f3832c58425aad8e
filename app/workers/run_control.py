"""The controls with which the GUI thread steers a run on another thread."""

from __future__ import annotations

from threading import Condition

from app.assist.run_plan import RunPlan

MOST_UNACKNOWLEDGED = 2
"""Batches under way: one that the window is handling, and one that waits."""


class RunControl:
    """Stop, pause, a new plan, and the count of batches not handled yet. Thread-safe."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._is_stopped = False
        self._is_paused = False
        self._unacknowledged = 0
        self._new_plan: RunPlan | None = None
        self._sure_frames: int | None = None

    @property
    def is_stopped(self) -> bool:
        return self._is_stopped

    @property
    def is_paused(self) -> bool:
        return self._is_paused

    @property
    def has_room(self) -> bool:
        """Whether another batch may be sent."""
        return self._unacknowledged < MOST_UNACKNOWLEDGED

    def stop(self) -> None:
        """Stop for good; paused and waiting runs end too."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def set_paused(self, paused: bool) -> None:
        with self._changed:
            self._is_paused = paused
            self._changed.notify_all()

    def replan(self, plan: RunPlan) -> None:
        """Continue with this plan from the next frame on."""
        with self._changed:
            self._new_plan = plan
            self._changed.notify_all()

    def take_plan(self) -> RunPlan | None:
        """The new plan, if there is one; each is returned once."""
        with self._changed:
            plan, self._new_plan = self._new_plan, None
            return plan

    def note_batch_sent(self) -> None:
        with self._changed:
            self._unacknowledged += 1

    def acknowledge_batch(self) -> None:
        with self._changed:
            self._unacknowledged -= 1
            self._changed.notify_all()

    def wait_while_paused(self) -> None:
        """Wait until the run may continue, is stopped, or has a new plan."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or not self._is_paused or self._new_plan is not None)

    def set_sure_frames(self, count: int | None) -> None:
        """How many first frames have a final number; None for all."""
        with self._changed:
            self._sure_frames = count
            self._changed.notify_all()

    def is_sure(self, frame: int) -> bool:
        """Whether the frame's number is final."""
        return self._sure_frames is None or frame < self._sure_frames

    def wait_until_sure(self, frame: int) -> None:
        """Wait until the frame's number is final, or the run is stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self.is_sure(frame))

    def wait_for_room(self) -> None:
        """Wait until another batch may be sent, or the run is stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self.has_room)
