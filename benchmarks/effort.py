"""Simulates a person who corrects one track of one film with the true boxes, with the code that the window uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.assist.correction import plan_between, plan_correction
from app.assist.fusion import Ingredients
from app.assist.joint_run import JointRun
from app.assist.known_sides import KnownSides
from app.assist.review_queue import ReviewQueue
from app.assist.run_plan import RunPlan
from app.model.box_record import BoxRecord, keyframe
from app.model.direction import FORWARD
from app.model.doubt import DoubtRules
from app.model.interpolation import record_at
from app.model.project import Project, VideoReference
from app.model.track import Track
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Tracker

TRACK = 1


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """A video with its truth: (N, 4) x, y, width, height, NaN rows where the target is absent."""

    name: str
    truth: NDArray[np.float64]
    width: int
    height: int
    read: Callable[[int], Image]

    def __len__(self) -> int:
        return len(self.truth)

    def true_box(self, frame: int) -> Box | None:
        row = self.truth[frame].tolist()
        return None if row[0] != row[0] else Box(*row)


class Desk:
    """A project with one track on one film, and what the window would do when a person draws or answers."""

    def __init__(self, film: Film, tracker: Tracker, rules: DoubtRules, use: Ingredients | None = None) -> None:
        self.film = film
        self.rules = rules
        video = VideoReference(Path(film.name), len(film), film.width, film.height, Fraction(25))
        self.track = Track(TRACK, "target", "#3b82f6")
        self.project = Project(video, tracks={TRACK: self.track})
        self._queue = ReviewQueue(video, rules)
        self._tracker = tracker
        self._use = use
        self._known = KnownSides()
        self._runs = 0

    def draw(self, frame: int) -> None:
        """Draw the true box, or mark the target as absent; then track again as the window does."""
        self.track.put({frame: keyframe(self.film.true_box(frame))})
        self._queue.note_change(TRACK)
        if self.film.true_box(frame) is None:
            return
        self._carry_out(plan_correction(self.project, TRACK, frame))
        after = self.track.frame_after(frame)
        if after is None and frame + 1 < len(self.film):
            self._carry_out(plan_between(self.project, [TRACK], frame, FORWARD))

    def let_stand(self, records: Mapping[int, BoxRecord | None]) -> None:
        """Write the records that ``review_marks`` returns for an answer."""
        self.track.put(records)
        if records:
            self._queue.note_change(TRACK, min(records), max(records))

    @property
    def queue(self) -> ReviewQueue:
        """The review queue, up to date."""
        while not self._queue.refresh({TRACK: self.track}):
            pass
        return self._queue

    def ious(self) -> NDArray[np.float64]:
        """IoU of each frame's box with the truth, (N,); 1 where the target is absent or its truth is unknown, 0 where a
        box is missing.
        """
        found = np.ones(len(self.film))
        for frame in range(len(self.film)):
            true = self.film.true_box(frame)
            if true is not None:
                record = record_at(self.track, frame)
                found[frame] = 0.0 if record is None or record.box is None else record.box.iou(true)
        return found

    def wrong(self) -> NDArray[np.bool_]:
        """(N,)"""
        return self.ious() < self.rules.target_iou

    def _carry_out(self, plan: RunPlan) -> None:
        if plan.is_empty:
            return
        self._runs += 1
        run = JointRun(plan, self._tracker, run_id=self._runs, known=self._known, use=self._use)
        run.start(self.film.read)
        for frame in run.frames_wanted():
            run.step(frame, self.film.read(frame))
        run.settle()
        for records in run.take_records().values():
            self.let_stand({frame: record for frame, record in records.items() if not self._is_settled(frame)})

    def _is_settled(self, frame: int) -> bool:
        """Whether a person drew or reviewed the box; no run changes it then."""
        there = self.track.get(frame)
        return there is not None and there.reviewed
