"""Fits how likely a box is wrong (the table in ``app/model/doubt_strength.py``), and measures how well the fit holds.

    python -m benchmarks.doubt_fit --data FOLDER [--data FOLDER ...] --tracker NAME [--out FILE.json]

A simulated person redraws the first wrong box of each video until none is left (IoU 0.7), with the code that the window
uses. After every drawn box, the signs of each box that nobody has looked at are recorded, and whether it is right. A
logistic model is fitted to these records; each video has the same weight. To test it on other videos, each video is
judged by a model that was fitted without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.assist.track_doubts import tracked_signs
from app.assist.track_signs import State
from app.model.doubt import DoubtRules
from app.model.doubt_strength import TrackedSigns, Weights
from benchmarks.effort import TRACK, Desk, Film
from tracker_core.tracker import Tracker

Floats = NDArray[np.float64]

SIGNS: Final = tuple(field.name for field in fields(TrackedSigns))
RIDGE: Final = 1e-3
STEPS: Final = 100
MOST_STATES: Final = 60  # states recorded per video; the first boxes change most


@dataclass(frozen=True, slots=True, eq=False)
class Noted:
    """The signs of boxes of one film, (N, signs), and their IoU with the truth, (N,)."""

    film: str
    signs: Floats
    ious: Floats


def note(film: Film, tracker: Tracker) -> Noted:
    """Review one film. After each drawn box, record every box that nobody has looked at."""
    desk = Desk(film, tracker, DoubtRules(target_iou=0.7))
    rows: list[Floats] = []
    frame: int | None = 0
    for _ in range(MOST_STATES):
        if frame is None:
            break
        desk.draw(frame)
        rows.append(_state_of(desk))
        wrong = desk.wrong()
        frame = int(wrong.argmax()) if wrong.any() else None
    everything = np.concatenate(rows)
    return Noted(film.name, everything[:, :-1], everything[:, -1])


def _state_of(desk: Desk) -> Floats:
    """The signs of the tracked boxes, (N, signs + 1); the last column is the IoU."""
    doubts = desk.queue.track_doubts(TRACK)
    assert doubts is not None
    told = tracked_signs(doubts.signs, slice(0, len(desk.film)))
    where = (doubts.signs.state == State.TRACKED) & ~doubts.signs.settled
    where &= ~np.isnan(desk.film.truth[:, 0])
    columns = [getattr(told, name)[where] for name in SIGNS]
    return np.column_stack([*columns, desk.ious()[where]])


def fitted(noted: Sequence[Noted], *, target_iou: float, two_sided: bool) -> Weights:
    """The maximum-likelihood weights for these films; each film counts the same."""
    signs, wrong, weight = _pooled(noted, target_iou=target_iou, two_sided=two_sided)
    columns = np.column_stack([np.ones(len(signs)), signs])
    ridge = np.diag([1e-9] + [RIDGE] * len(SIGNS))
    coefficients = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(columns @ coefficients, -30, 30)))
        gradient = columns.T @ (weight * (likely - wrong)) + ridge @ coefficients
        curvature = (columns * (weight * likely * (1 - likely))[:, None]).T @ columns + ridge
        step = np.linalg.solve(curvature, gradient)
        coefficients -= step
        if np.abs(step).max() < 1e-8:
            break
    return Weights(*coefficients.tolist())


def strengths(signs: Floats, weights: Weights) -> Floats:
    """How likely each box is wrong by these weights, (N,)."""
    values = np.array([getattr(weights, name) for name in SIGNS])
    return np.asarray(1 / (1 + np.exp(-np.clip(weights.intercept + np.nan_to_num(signs) @ values, -30, 30))))


def area_under_roc(strength: Floats, wrong: NDArray[np.bool_]) -> float:
    """Area under ROC: how often a wrong box has a stronger doubt than a right one; NaN if all boxes are right or all
    wrong.
    """
    count = int(wrong.sum())
    if count in (0, len(wrong)):
        return float("nan")
    order = np.argsort(strength, kind="stable")
    ranks = np.empty(len(strength))
    ranks[order] = np.arange(1, len(strength) + 1)
    return float((ranks[wrong].sum() - count * (count + 1) / 2) / (count * (len(wrong) - count)))


def _pooled(noted: Sequence[Noted], *, target_iou: float, two_sided: bool) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """The signs of all boxes, whether each is wrong, and its weight."""
    signs, wrong, weight = [], [], []
    for one in noted:
        known = ~np.isnan(one.signs[:, SIGNS.index("accord")])
        where = known if two_sided else ~known
        if where.any():
            signs.append(np.nan_to_num(one.signs[where]))
            wrong.append(one.ious[where] < target_iou)
            weight.append(np.full(int(where.sum()), 1 / where.sum()))
    weights = np.concatenate(weight)
    return np.concatenate(signs), np.concatenate(wrong), weights / weights.sum()
