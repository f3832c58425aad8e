"""Simulates three people who review one track with the true boxes, with the code that the window uses.

    suggested     looks where the program suggests drawing, and draws there if the box is wrong. At the end looks
                  through the video and redraws what is still wrong, in order, and marks the boxes before as right.
    queue         looks only at the box that the review queue points to, and stops when it is empty.
    spans         looks at every box of each doubt in the queue, draws the first wrong one, and stops when it is empty.

A fourth one looks through the video and redraws the first wrong box. That needs no window: it is the protocol of
``tracker_core.evaluation.effort``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Final, Literal, TypeAlias

import numpy as np

from app.assist.fusion import Ingredients
from app.assist.review_marks import looked_through, reviewed, right
from app.assist.where_to_draw import where_to_draw
from app.model.box_record import BoxRecord
from app.model.doubt import Doubt, DoubtRules
from benchmarks.effort import TRACK, Desk, Film
from benchmarks.remembering import RememberingTracker
from tracker_core.evaluation.sequences import Sequence
from tracker_core.tracker import Tracker

PersonName: TypeAlias = Literal["suggested", "queue", "spans"]

INGREDIENTS = tuple(each.name for each in fields(Ingredients))
"""What can be switched off, to measure what it contributes."""

MOST_LOOKS = 5
"""The most looks per frame. A review that needs more never ends."""


class Reviews:
    """Reviews of one video by several people. Frames and predictions are kept in memory, so that a second review is
    cheap.

    Raises:
        SequenceError: if frames cannot be read.
    """

    def __init__(self, sequence: Sequence, tracker: Tracker) -> None:
        images = list(sequence.open_frames())
        height, width = images[0].shape[:2]
        self.film = Film(sequence.name, sequence.truth, width, height, images.__getitem__)
        self._tracker = RememberingTracker(tracker)

    def review(self, person: PersonName, *, target_iou: float, without: Collection[str] = ()) -> Outcome:
        """Let a person review until the track is right or the queue is empty.

        Args:
            without: the ``INGREDIENTS`` to switch off.

        Raises:
            RuntimeError: if the review does not end.
        """
        use = Ingredients(**dict.fromkeys(without, False))
        desk = Desk(self.film, self._tracker, DoubtRules(target_iou=target_iou), use)
        return PEOPLE[person](desk)


@dataclass(slots=True)
class Outcome:
    """The result of one review."""

    person: str
    film: str
    threshold: float
    frames: int
    drawn_in: list[int] = field(default_factory=list)
    looks: int = 0
    seen: int = 0  # boxes looked at, each as often as it was
    missed: int = 0  # wrong boxes that the person found without the program
    wrong_at_first: int = 0  # wrong boxes after the first one was drawn and tracked
    found: list[int] = field(default_factory=list)  # how many of those were right after each look
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

    def first_wrong_of(self, doubt: Doubt) -> int | None:
        """The first frame of a doubt whose box is wrong."""
        wrong = self._wrong[doubt.first_frame : doubt.last_frame + 1]
        return doubt.first_frame + int(wrong.argmax()) if wrong.any() else None

    def look(self, frame: int, marks_if_right: Callable[[], Mapping[int, BoxRecord | None]], *, seen: int = 1) -> None:
        """Draw the box of this frame if it is wrong, else confirm it. ``seen``: how many boxes this look showed."""
        if self.outcome.looks >= MOST_LOOKS * len(self.desk.film):
            raise RuntimeError(f"the review of {self.desk.film.name} does not come to an end")
        self.outcome.looks += 1
        self.outcome.seen += seen
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
        if suggestion is None:
            person.outcome.missed += 1
            if frame > 0:
                desk.let_stand(looked_through(desk.track, frame - 1))
        person.look(frame, partial(reviewed, desk.track, frame, frame))


def follow_queue(desk: Desk) -> Outcome:
    """The person who looks only where the queue points, and stops when it is empty."""
    person = _Person("queue", desk)
    while (doubt := desk.queue.strongest()) is not None:
        person.look(doubt.frame, partial(right, desk.track, doubt))
    return person.finish()


def follow_spans(desk: Desk) -> Outcome:
    """The person who plays each doubt of the queue from its first frame to its last."""
    person = _Person("spans", desk)
    while (doubt := desk.queue.strongest()) is not None:
        wrong = person.first_wrong_of(doubt)
        frame = doubt.frame if wrong is None else wrong
        person.look(frame, partial(right, desk.track, doubt), seen=doubt.frame_count)
    return person.finish()


PEOPLE: Final[Mapping[PersonName, Callable[[Desk], Outcome]]] = {
    "suggested": follow_suggestions,
    "queue": follow_queue,
    "spans": follow_spans,
}


def found_within(outcome: Outcome, share_of_frames: float) -> float:
    """Of the boxes that were wrong at first, the share that is right after this many looks; 1 if none was wrong."""
    if outcome.wrong_at_first == 0:
        return 1.0
    looks = round(share_of_frames * outcome.frames)
    found = outcome.found[min(looks, len(outcome.found)) - 1] if looks and outcome.found else 0
    return found / outcome.wrong_at_first


def interval(outcomes: Iterable[Outcome], *, draws: int = 2000, seed: int = 1) -> tuple[float, float]:
    """The 95 % interval of boxes per 100 frames over all videos, by bootstrap over the videos."""
    outcomes = list(outcomes)
    counts = np.array([(one.boxes, one.frames) for one in outcomes], np.float64)
    drawn = np.random.default_rng(seed).integers(len(outcomes), size=(draws, len(outcomes)))
    sums = counts[drawn].sum(axis=1)
    low, high = np.quantile(100 * sums[:, 0] / sums[:, 1], [0.025, 0.975]).tolist()
    return low, high


def totals(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """The figures over several videos that one person reviewed, pooled, so that long videos weigh more. ``from`` and
    ``to`` are the ``interval`` of boxes per 100 frames.
    """
    outcomes = list(outcomes)
    frames, wrong = sum(one.frames for one in outcomes), sum(one.wrong_at_first for one in outcomes)
    low, high = interval(outcomes)
    told: dict[str, float] = {
        "frames": frames,
        "boxes": sum(one.boxes for one in outcomes),
        "boxes_per_100_frames": 100 * sum(one.boxes for one in outcomes) / frames,
        "from": low,
        "to": high,
        "looks_per_100_frames": 100 * sum(one.looks for one in outcomes) / frames,
        "seen_per_100_frames": 100 * sum(one.seen for one in outcomes) / frames,
        "mean_iou": sum(one.mean_iou * one.frames for one in outcomes) / frames,
        "wrong_left_percent": 100 * sum(one.wrong_left for one in outcomes) / frames,
    }
    for share in (0.05, 0.1, 0.2):
        found = sum(found_within(one, share) * one.wrong_at_first for one in outcomes)
        told[f"found_in_{share:.0%}_of_frames"] = found / wrong if wrong else 1.0
    return told
