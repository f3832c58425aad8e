"""Draws the boxes that a person judges for a certificate: at random, and more of the doubtful ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.assist.review_queue import ReviewQueue
from app.assist.track_doubts import TrackDoubts
from app.assist.track_signs import State
from app.model.box_codes import BoxCodes
from app.model.certificate import Certificate, DrawnBox, Stratum
from app.model.doubt import DoubtRules
from app.model.interpolation import record_at
from app.model.project import Project

STRATA: Final = ("drawn by a person", "reviewed", "sure", "less sure", "doubtful")

SURE_BELOW: Final = 0.25  # as a share of the doubt threshold

SETTLED_WRONG: Final = (0.01, 0.02)
"""Assumed probability that a box drawn, or reviewed, by a person is wrong: so a few of them are drawn too."""


@dataclass(frozen=True, slots=True)
class _Boxes:
    """The boxes of one stratum: track, frame and probability of being wrong, (N,) each."""

    tracks: NDArray[np.int64]
    frames: NDArray[np.int64]
    strength: NDArray[np.float32]


def has_boxes(project: Project) -> bool:
    """Whether any track shows a box."""
    return any(record.box is not None for track in project.tracks.values() for _, record in track.items())


def draw_certificate(
    project: Project, rules: DoubtRules, *, count: int, random: np.random.Generator, drawn_at: str
) -> Certificate:
    """Draw ``count`` of all shown boxes, or all if there are fewer, ordered by track and frame.

    Each stratum gives at least one, so there may be a few more. The project must not change meanwhile.

    Raises:
        ValueError: if no track shows a box, or ``count`` is less than 1.
    """
    if count < 1:
        raise ValueError(f"count must be at least 1, not {count}")
    strata = _strata_of(project, rules)
    sizes = [len(boxes.frames) for boxes in strata]
    if not sum(sizes):
        raise ValueError("no track shows a box")
    wrong = [_expected_wrong(number, boxes) for number, boxes in enumerate(strata)]
    drawn: list[DrawnBox] = []
    for number, (boxes, of_stratum) in enumerate(zip(strata, allocate(sizes, wrong, count), strict=True)):
        for place in random.choice(len(boxes.frames), size=of_stratum, replace=False).tolist():
            track_id, frame = int(boxes.tracks[place]), int(boxes.frames[place])
            record = record_at(project.tracks[track_id], frame)
            assert record is not None
            assert record.box is not None
            drawn.append(DrawnBox(track_id, frame, record.box, number))
    return Certificate(
        drawn_at=drawn_at,
        target_iou=rules.target_iou,
        strata=tuple(Stratum(name, size) for name, size in zip(STRATA, sizes, strict=True)),
        drawn=tuple(sorted(drawn, key=lambda box: (box.track_id, box.frame))),
        codes={track.id: BoxCodes.of(track) for track in project.tracks.values() if len(track)},
    )


def allocate(sizes: Sequence[int], wrong: Sequence[float], count: int) -> list[int]:
    """How many boxes to draw from each stratum: in proportion to its size times the expected standard deviation
    (Neyman's allocation), at least one from each that is not empty, and never more than it has.
    """
    wishes = np.array([size * (p * (1 - p)) ** 0.5 for size, p in zip(sizes, wrong, strict=True)])
    given = np.array([min(size, 1) for size in sizes])
    left = min(count, sum(sizes)) - int(given.sum())
    while left > 0:
        room = np.array(sizes) - given
        # The next one goes to the stratum that is furthest behind its share.
        behind = np.where(room > 0, wishes / (given + 0.5), -1.0)
        step = max(left // (8 * len(sizes)), 1)
        place = int(behind.argmax())
        more = min(step, int(room[place]))
        given[place] += more
        left -= more
    return [int(number) for number in given]


def _expected_wrong(number: int, boxes: _Boxes) -> float:
    """The expected share of wrong boxes in one stratum, kept away from 0 and 1 because scores can be overconfident."""
    if number < len(SETTLED_WRONG):
        return SETTLED_WRONG[number]
    mean = float(boxes.strength.mean()) if len(boxes.strength) else 0.0
    return min(max(mean, 0.03), 0.5)


def _strata_of(project: Project, rules: DoubtRules) -> list[_Boxes]:
    queue = ReviewQueue(project.video, rules)
    for track_id in project.tracks:
        queue.note_change(track_id)
    while not queue.refresh(project.tracks):
        pass
    parts: list[list[_Boxes]] = [[] for _ in STRATA]
    for track_id in project.tracks:
        doubts = queue.track_doubts(track_id)
        if doubts is None:
            continue
        grades = _grades(doubts, rules)
        for number, of_stratum in enumerate(parts):
            frames = np.flatnonzero(grades == number)
            of_stratum.append(_Boxes(np.full(len(frames), track_id), frames, doubts.strength[frames]))
    return [_joined(of_stratum) for of_stratum in parts]


def _grades(doubts: TrackDoubts, rules: DoubtRules) -> NDArray[np.int64]:
    """(N,) the stratum of the box of each frame; -1 where none is shown."""
    state, settled, strength = doubts.signs.state, doubts.signs.settled, doubts.strength
    grades = np.full(len(state), 2)
    grades[strength > rules.threshold * SURE_BELOW] = 3
    grades[strength > rules.threshold] = 4
    grades[settled] = 1
    grades[state == State.KEYFRAME] = 0
    grades[(state == State.UNKNOWN) | (state >= State.ABSENT)] = -1
    return grades


def _joined(parts: Sequence[_Boxes]) -> _Boxes:
    if not parts:
        nothing = np.zeros(0, np.int64)
        return _Boxes(nothing, nothing, np.zeros(0, np.float32))
    return _Boxes(
        np.concatenate([part.tracks for part in parts]),
        np.concatenate([part.frames for part in parts]),
        np.concatenate([part.strength for part in parts]),
    )
