"""The strings by which the GUI thread holds a run on another thread."""

from __future__ import annotations

from threading import Condition

from app.assist.run_plan import RunPlan

MOST_UNACKNOWLEDGED = 2
"""Batches on their way: one that the window is busy with, and one that waits."""


class RunControl:
    """Stop, pause, a new plan, and the count of batches not yet taken in. Any thread may call any method."""

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
        """For good; a run that is paused or waits ends as well."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def set_paused(self, paused: bool) -> None:
        with self._changed:
            self._is_paused = paused
            self._changed.notify_all()

    def replan(self, plan: RunPlan) -> None:
        """The run is to go on by this plan from its next frame on."""
        with self._changed:
            self._new_plan = plan
            self._changed.notify_all()

    def take_plan(self) -> RunPlan | None:
        """The plan to go on by, if there is a new one; each is given once."""
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
        """Returns when the run may go on, is stopped, or has a new plan."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or not self._is_paused or self._new_plan is not None)

    def set_sure_frames(self, count: int | None) -> None:
        """How many frames from the first on have a number that cannot change any more; None for all."""
        with self._changed:
            self._sure_frames = count
            self._changed.notify_all()

    def is_sure(self, frame: int) -> bool:
        """Whether the frame has its number for good."""
        return self._sure_frames is None or frame < self._sure_frames

    def wait_until_sure(self, frame: int) -> None:
        """Returns when the frame has its number for good, or the run is stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self.is_sure(frame))

    def wait_for_room(self) -> None:
        """Returns when another batch may be sent or the run is stopped."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self.has_room)
