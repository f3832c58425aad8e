"""The fits of ``benchmarks.reliability``: observations for each frame, fits to them, and how well the fits predict
videos that were left out.

Frames of one video resemble each other, and a long video has as many as five short ones. So each video counts the same
in a fit, and a fit is tested on videos that it was not fitted to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.fitting import Truths, area_under_roc, brier_score, fit_logistic
from tracker_core.decision.calibration import Floats
from tracker_core.decision.reliability import (
    LOST_IOU,
    RIGHT_IOU,
    ScoreCalibration,
    VerifiedCalibration,
    logit,
    smoothed,
)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The observations: N rows, one for each frame of each run, with the frames of a run in order."""

    video: NDArray[np.intp]  # (N,) number of the video
    start: NDArray[np.intp]  # (N,) frame of the video in which the run began
    frame: NDArray[np.intp]  # (N,)
    raw_score: Floats  # (N,)
    agreement: Floats  # (N,)
    first_overlap: Floats  # (N,) of the run
    iou: Floats  # (N,) with the truth; 0 if the target is absent
    distance: Floats  # (N,) the verifier's, to the exemplar that the run began with
    backward: Floats  # (N,) backward agreement with that exemplar

    def __len__(self) -> int:
        return len(self.video)

    @property
    def is_right(self) -> Truths:
        return np.asarray(self.iou >= RIGHT_IOU)

    @property
    def is_lost(self) -> Truths:
        return np.asarray(self.iou < LOST_IOU)

    @property
    def weights(self) -> Floats:
        """Weights (N,) with which each video counts the same."""
        _, group, sizes = np.unique(self.video, return_inverse=True, return_counts=True)
        return np.asarray(1.0 / sizes[group], np.float64)

    def part(self, rows: NDArray[np.bool_]) -> Self:
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def save(self, path: Path) -> None:
        np.savez_compressed(path, allow_pickle=False, **asdict(self))

    @classmethod
    def load(cls, path: Path) -> Self:
        with np.load(path) as table:
            columns = dict(table)
        columns.setdefault("first_overlap", np.ones(len(columns["video"])))  # tables until 2026-11-30 lack it
        return cls(**{field.name: columns[field.name] for field in fields(cls)})

    @classmethod
    def together(cls, parts: list[Self]) -> Self:
        names = [field.name for field in fields(cls)]
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


Fitted = TypeVar("Fitted")


def fit_score(seen: Seen) -> ScoreCalibration:
    """Fit the probability that a box is right to the score alone. If a higher raw score would make it less likely, the
    raw score is left out.

    Raises:
        ValueError: if all boxes are right or none is.
    """
    inputs = np.column_stack([logit(seen.raw_score), seen.agreement])
    (slope, agreement), intercept = fit_logistic(inputs, seen.is_right, weights=seen.weights)
    if slope < 0:
        slope = 0.0
        (agreement,), intercept = fit_logistic(inputs[:, 1:], seen.is_right, weights=seen.weights)
    return ScoreCalibration(slope, agreement, intercept)


Heard = tuple[str, ...]
"""The columns of ``Seen`` that are used, besides the score, to judge the boxes of a finished run."""

SIGNS = {"distance": -1, "backward": 1}
"""Whether a higher value must mean that a box is right (1) or wrong (-1)."""

ALL_HEARD: tuple[Heard, ...] = ((), ("distance",), ("backward",), ("distance", "backward"))
"""All choices of columns, the cheapest first."""

LEAST_GAIN = 1e-4
"""A column must improve the Brier score by this much to be worth its time."""


def fit_verified(seen: Seen, scores: Floats, *, heard: Heard = ALL_HEARD[-1]) -> VerifiedCalibration:
    """Fit the probability that a box is right to the score and the ``heard`` columns, over neighbouring frames.
    ``scores``: (N,), calibrated.

    A value with the wrong sign (``SIGNS``) fits these videos by chance, and is left out.

    Raises:
        ValueError: if all boxes are right or none is.
    """
    columns = [logit(scores), *(getattr(seen, name) for name in heard)]
    inputs = np.column_stack([by_run(smoothed, column, seen) for column in columns])
    (slope, *factors), intercept = fit_logistic(inputs, seen.is_right, weights=seen.weights)
    kept = tuple(name for name, factor in zip(heard, factors, strict=True) if factor * SIGNS[name] >= 0)
    if kept != heard:
        return fit_verified(seen, scores, heard=kept)
    return VerifiedCalibration(score=slope, intercept=intercept, **dict(zip(heard, factors, strict=True)))


def by_run(function: Callable[[Floats], Floats], values: Floats, seen: Seen) -> Floats:
    """(N,): the function, applied to the values of each run."""
    out = np.empty(len(seen))
    for rows in runs(seen):
        out[rows] = function(values[rows])
    return out


def judge_runs(verified: VerifiedCalibration, scores: Floats, seen: Seen) -> Floats:
    """(N,): how likely each box is right, by score, verifier and look back over its run."""
    out = np.empty(len(seen))
    for rows in runs(seen):
        out[rows] = verified.of_run(scores[rows], distances=seen.distance[rows], backward=seen.backward[rows])
    return out


def runs(seen: Seen) -> Iterator[NDArray[np.intp]]:
    """The rows of each run, in the order of its frames."""
    for pair in np.unique(np.column_stack([seen.video, seen.start]), axis=0):
        yield np.flatnonzero((seen.video == pair[0]) & (seen.start == pair[1]))


def left_out(seen: Seen, fit: Callable[[Seen], Fitted], judge: Callable[[Fitted, Seen], Floats]) -> Floats:
    """(N,): each frame judged by a fit on all videos except its own."""
    out = np.empty(len(seen))
    for video in np.unique(seen.video):
        own = seen.video == video
        out[own] = judge(fit(seen.part(~own)), seen.part(own))
    return out


@dataclass(frozen=True, slots=True)
class Separation:
    """Area under ROC of a value that should be low for lost boxes."""

    pooled: float  # all frames together
    equal: float  # all frames, but each video counts the same
    within: float  # mean over the videos that have boxes of both kinds; NaN if there is none
    videos: int  # how many those are


def separation(values: Floats, seen: Seen) -> Separation:
    """How well low values identify lost boxes.

    Raises:
        ValueError: if no box is lost, or all are.
    """
    lost = seen.is_lost
    inside = [
        area_under_roc(-values[own], lost[own])
        for own in (seen.video == video for video in np.unique(seen.video))
        if lost[own].any() and not lost[own].all()
    ]
    mean = float(np.mean(inside)) if inside else float("nan")
    return Separation(
        area_under_roc(-values, lost), area_under_roc(-values, lost, weights=seen.weights), mean, len(inside)
    )


def stops(scores: Floats, seen: Seen, *, threshold: float, patience: int) -> tuple[int, int, int]:
    """How many runs a rule gives up wrongly, how many rightly, and how many lost ones it does not give up. The rule
    gives up after ``patience`` scores in a row below ``threshold``; that is right if none of those boxes was right. A
    lost run is one that is lost for ``patience`` frames in a row.
    """
    wrong = right = missed = 0
    for rows in runs(seen):
        given_up = _first_spell(scores[rows] < threshold, patience)
        if given_up is not None:
            was_right = bool(seen.is_right[rows][given_up : given_up + patience].any())
            wrong, right = wrong + was_right, right + (not was_right)
        elif _first_spell(seen.is_lost[rows], patience) is not None:
            missed += 1
    return wrong, right, missed


def _first_spell(holds: Truths, length: int) -> int | None:
    """The first index from which ``length`` values in a row are true; None if there is none."""
    in_a_row = np.convolve(holds, np.ones(length), "valid") == length if len(holds) >= length else np.zeros(0, bool)
    return int(in_a_row.argmax()) if in_a_row.any() else None


class OneKindError(ValueError):
    """The videos do not suffice to say what a score means; the text says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """The fits for a tracker. The fields ``unseen...``, (N,), judge each video by fits on all others."""

    score: ScoreCalibration
    verified: VerifiedCalibration  # uses the ``heard`` columns
    heard: Heard  # the columns that help most on videos left out
    unseen: Floats  # by the score of each frame alone
    unseen_runs: Mapping[Heard, Floats]  # over neighbouring frames, for each choice of columns


def findings(seen: Seen) -> Findings:
    """All fits.

    Raises:
        OneKindError: if right, wrong or lost boxes occur in fewer than two videos.
    """
    for kind, holds in (("right", seen.is_right), ("not right", ~seen.is_right), ("lost", seen.is_lost)):
        if len(np.unique(seen.video[holds])) < 2:
            raise OneKindError(f"boxes that are {kind} are needed in two videos at least to say what a score means")
    unseen = left_out(seen, fit_score, of_score)
    unseen_runs = {heard: left_out(seen, partial(_fit_both, heard=heard), _of_both) for heard in ALL_HEARD}
    errors = {heard: brier_score(unseen_runs[heard], seen.is_right, weights=seen.weights) for heard in ALL_HEARD}
    best = next(heard for heard in ALL_HEARD if errors[heard] < min(errors.values()) + LEAST_GAIN)
    score, verified = _fit_both(seen, heard=best)
    return Findings(score, verified, best, unseen, unseen_runs)


def of_score(fitted: ScoreCalibration, seen: Seen) -> Floats:
    """(N,) calibrated scores."""
    return fitted.scores(seen.raw_score, seen.agreement, seen.first_overlap)


def _fit_both(seen: Seen, *, heard: Heard) -> tuple[ScoreCalibration, VerifiedCalibration]:
    score = fit_score(seen)
    return score, fit_verified(seen, of_score(score, seen), heard=heard)


def _of_both(fitted: tuple[ScoreCalibration, VerifiedCalibration], seen: Seen) -> Floats:
    score, verified = fitted
    return judge_runs(verified, of_score(score, seen), seen)
