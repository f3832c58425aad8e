"""Annotation effort: what a person draws and looks at until a track is right, with the code that the window drives.

Three people, each with the true box where they draw:

    first wrong   looks through the video and draws again the first box that is wrong; the tracker goes on from there.
                  This is the protocol of ``tracker_core.evaluation.effort``, which knows no window.
    suggested     looks where the program says that a box would settle most, and draws there if the box is wrong. At the
                  end the video is looked through: what is wrong still is drawn, the first one first.
    queue         looks only where the review queue points, and stops when it is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.assist.correction import plan_between, plan_correction
from app.assist.fusion import Ingredients
from app.assist.joint_run import JointRun
from app.assist.known_sides import KnownSides
from app.assist.review_marks import reviewed, right
from app.assist.review_queue import ReviewQueue
from app.assist.run_plan import RunPlan
from app.assist.where_to_draw import where_to_draw
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
        """Draw the true box, or say that the target is absent; then track again as the window does."""
        self.track.put({frame: keyframe(self.film.true_box(frame))})
        self._queue.note_change(TRACK)
        if self.film.true_box(frame) is None:
            return
        self._carry_out(plan_correction(self.project, TRACK, frame))
        after = self.track.frame_after(frame)
        if after is None and frame + 1 < len(self.film):
            self._carry_out(plan_between(self.project, [TRACK], frame, FORWARD))

    def let_stand(self, records: Mapping[int, BoxRecord | None]) -> None:
        """Put what ``review_marks`` says of an answer."""
        self.track.put(records)
        if records:
            self._queue.note_change(TRACK, min(records), max(records))

    @property
    def queue(self) -> ReviewQueue:
        """Up to date."""
        while not self._queue.refresh({TRACK: self.track}):
            pass
        return self._queue

    def ious(self) -> NDArray[np.float64]:
        """(N,) with the truth; 1 where the target is absent or its truth is unknown, 0 where a box is missing."""
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
        """Whether a person drew or reviewed the box, so that no run changes it."""
        there = self.track.get(frame)
        return there is not None and there.reviewed


@dataclass(slots=True)
class Outcome:
    """The result of one review."""

    person: str
    film: str
    threshold: float
    frames: int
    drawn_in: list[int] = field(default_factory=list)
    looks: int = 0
    missed: int = 0  # boxes that the person found without the program's help
    wrong_at_first: int = 0  # boxes, after the first was drawn and tracked
    found: list[int] = field(default_factory=list)  # how many of those are right after each look
    wrong_left: int = 0
    mean_iou: float = 0.0

    @property
    def boxes(self) -> int:
        return len(self.drawn_in)


class _Person:
    """Draws the first box, looks, draws, and keeps count."""

    def __init__(self, name: str, desk: Desk) -> None:
        self.desk = desk
        self.outcome = Outcome(name, desk.film.name, desk.rules.target_iou, len(desk.film))
        self._draw(0)
        self._wrong_at_first = self._wrong = desk.wrong()
        self.outcome.wrong_at_first = int(self._wrong.sum())

    @property
    def first_wrong(self) -> int | None:
        return int(self._wrong.argmax()) if self._wrong.any() else None

    def look(self, frame: int, marks_if_right: Callable[[], Mapping[int, BoxRecord | None]]) -> None:
        """Draw the box of this frame if it is wrong, else confirm it."""
        self.outcome.looks += 1
        if self._wrong[frame]:
            self._draw(frame)
        else:
            self.desk.let_stand(marks_if_right())
        self.outcome.found.append(int((self._wrong_at_first & ~self._wrong).sum()))

    def finish(self) -> Outcome:
        ious = self.desk.ious()
        self.outcome.mean_iou = float(ious.mean())
        self.outcome.wrong_left = int((ious < self.desk.rules.target_iou).sum())
        return self.outcome

    def _draw(self, frame: int) -> None:
        self.outcome.drawn_in.append(frame)
        self.desk.draw(frame)
        self._wrong = self.desk.wrong()


def follow_suggestions(desk: Desk) -> Outcome:
    """The person who looks where a box would settle most."""
    person = _Person("suggested", desk)
    while True:
        doubts = desk.queue.track_doubts(TRACK)
        suggestion = None if doubts is None else where_to_draw(doubts, desk.rules)
        frame = person.first_wrong if suggestion is None else suggestion.frame
        if frame is None:
            return person.finish()
        person.outcome.missed += suggestion is None
        person.look(frame, partial(reviewed, desk.track, frame, frame))


def follow_queue(desk: Desk) -> Outcome:
    """The person who looks only where the queue points, and stops when it is empty."""
    person = _Person("queue", desk)
    while (doubt := desk.queue.strongest()) is not None:
        person.look(doubt.frame, partial(right, desk.track, doubt))
    return person.finish()


def found_within(outcome: Outcome, share_of_frames: float) -> float:
    """The share of the boxes wrong at first that are right after this many looks; 1 if none was wrong."""
    if outcome.wrong_at_first == 0:
        return 1.0
    looks = round(share_of_frames * outcome.frames)
    found = outcome.found[min(looks, len(outcome.found)) - 1] if looks and outcome.found else 0
    return found / outcome.wrong_at_first
