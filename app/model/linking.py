"""Links detections to chains, one for each target: frame by frame, by the assignment with the largest sum of
overlaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from tracker_core.geometry import Box

LEAST_IOU: Final = 0.5
LONGEST_GAP: Final = 1000  # frames; the most that a person can set
FRAMES_UNTIL_ASKED: Final = 500  # frames between checks whether to stop

Floats = NDArray[np.float64]


class Linkable(Protocol):
    """A box at a frame that can be linked. Only boxes of the same label are joined."""

    @property
    def frame(self) -> int: ...

    @property
    def label(self) -> str: ...

    @property
    def box(self) -> Box: ...

    @property
    def score(self) -> float | None: ...


One = TypeVar("One", bound=Linkable)


@dataclass(frozen=True, slots=True)
class LinkRules:
    """
    ``least_iou``: the overlap from which two boxes belong to one target, in (0, 1]. ``longest_gap``: how many frames
    without a detection a chain may cross. ``shortest``: the least number of detections in a chain. ``least_score``: the
    least score of a detection; one without a score is used.

    Raises:
        ValueError: for a value out of bounds.
    """

    least_iou: float = LEAST_IOU
    longest_gap: int = 0
    shortest: int = 1
    least_score: float = 0.0

    def __post_init__(self) -> None:
        if not 0 < self.least_iou <= 1:
            raise ValueError(f"boxes are joined from an overlap in (0, 1] on, not {self.least_iou}")
        if not 0 <= self.longest_gap <= LONGEST_GAP:
            raise ValueError(f"a gap has 0 to {LONGEST_GAP} frames, not {self.longest_gap}")
        if self.shortest < 1:
            raise ValueError(f"a track has 1 detection or more, not {self.shortest}")
        if not 0 <= self.least_score <= 1:
            raise ValueError(f"a score lies from 0 to 1, not at {self.least_score}")


class LinkingStoppedError(Exception):
    """The answer is no longer wanted."""


def linked_chains(
    detections: Iterable[One], rules: LinkRules, *, is_stopped: Callable[[], bool] = lambda: False
) -> list[list[One]]:
    """The chains, each in order of frames; sorted by label, and then by their first frames.

    A chain continues with a box that overlaps its last one, or the place where its last two boxes lead, whichever
    overlaps more.

    Raises:
        LinkingStoppedError: once ``is_stopped``.
    """
    by_label: dict[str, dict[int, list[One]]] = defaultdict(lambda: defaultdict(list))
    for one in detections:
        if one.score is None or one.score >= rules.least_score:
            by_label[one.label][one.frame].append(one)
    chains: list[list[One]] = []
    for frames in by_label.values():
        chains += _chains_of_label(frames, rules, is_stopped)
    return [chain for chain in chains if len(chain) >= rules.shortest]


def _chains_of_label(frames: dict[int, list[One]], rules: LinkRules, is_stopped: Callable[[], bool]) -> list[list[One]]:
    chains: list[list[One]] = []
    alive: list[list[One]] = []
    for number, frame in enumerate(sorted(frames)):
        if number % FRAMES_UNTIL_ASKED == 0 and is_stopped():
            raise LinkingStoppedError
        alive = [chain for chain in alive if frame - chain[-1].frame - 1 <= rules.longest_gap]
        pairs = _pairs(alive, frames[frame], frame, rules.least_iou)
        for place, one in enumerate(frames[frame]):
            if place in pairs:
                alive[pairs[place]].append(one)
            else:
                chains.append([one])
                alive.append(chains[-1])
    return chains


def _pairs(chains: Sequence[list[One]], found: Sequence[One], frame: int, least_iou: float) -> dict[int, int]:
    """For each detection that continues a chain, the places of both."""
    if not chains or not found:
        return {}
    there = _corners([one.box for one in found])
    overlaps = np.maximum(
        ious(_corners([chain[-1].box for chain in chains]), there),
        ious(_corners([_led_to(chain, frame) for chain in chains]), there),
    )
    return best_pairs(overlaps, least_iou)


def best_pairs(overlaps: Floats, least: float) -> dict[int, int]:
    """The assignment of columns to rows of ``overlaps`` with the largest sum, using only overlaps of at least
    ``least``.
    """
    overlaps = np.where(overlaps >= least, overlaps, 0.0)
    rows, columns = np.nonzero(overlaps)
    if len(rows) == len(set(rows.tolist())) == len(set(columns.tolist())):  # the usual case: nothing to choose
        return dict(zip(columns.tolist(), rows.tolist(), strict=True))
    from scipy.optimize import linear_sum_assignment  # slow to import, and seldom needed

    rows, columns = linear_sum_assignment(overlaps, maximize=True)
    return {int(column): int(row) for row, column in zip(rows, columns, strict=True) if overlaps[row, column] > 0}


def ious(ones: Floats, others: Floats) -> Floats:
    """(N, M) IoU of boxes given by their corners, (N, 4) and (M, 4)."""
    least = np.maximum(ones[:, None, :2], others[None, :, :2])
    most = np.minimum(ones[:, None, 2:], others[None, :, 2:])
    shared = np.prod(np.clip(most - least, 0, None), axis=2)
    areas = [np.prod(np.clip(boxes[:, 2:] - boxes[:, :2], 0, None), axis=1) for boxes in (ones, others)]
    united = areas[0][:, None] + areas[1][None, :] - shared
    return np.asarray(np.divide(shared, united, out=np.zeros_like(shared), where=united > 0))


def corners_of(boxes: Sequence[Box]) -> Floats:
    """(N, 4) left, top, right, bottom."""
    return _corners(boxes)


def _corners(boxes: Sequence[Box]) -> Floats:
    return np.array([(box.x, box.y, box.right, box.bottom) for box in boxes], np.float64).reshape(-1, 4)


def _led_to(chain: Sequence[One], frame: int) -> Box:
    """The box to which the last two lead, with the size of the last one."""
    last = chain[-1]
    if len(chain) < 2:
        return last.box
    before = chain[-2]
    ahead = (frame - last.frame) / (last.frame - before.frame)
    moved_x, moved_y = (
        (end - begin) * ahead for begin, end in zip(_middle(before.box), _middle(last.box), strict=True)
    )
    return Box(last.box.x + moved_x, last.box.y + moved_y, last.box.width, last.box.height)


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2
