"""From a network's answer to a decision: penalty, cosine window, arg-max. Plain numpy, so that the window can decide
again while a slider moves, without running the network.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import ClassVar, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from tracker_core.geometry import Box
from tracker_core.images import FloatArray

Float = TypeVar("Float", bound=np.floating)


@dataclass(frozen=True, slots=True)
class Tunable:
    """A constant that a slider may turn, from 0 to ``maximum``."""

    name: str
    title: str
    explanation: str
    maximum: float = 1.0


@dataclass(frozen=True)
class Constants:
    """The numbers that turn the network's answer into a box; a person may tune them. One class per family."""

    tunables: ClassVar[tuple[Tunable, ...]] = ()

    def as_mapping(self) -> dict[str, float]:
        """By name, for a weights file or a project."""
        return asdict(self)


SMALLEST_SIDE = 4.0
"""Image pixels; no side of a box gets shorter, because nothing would be left to correlate. (Published code stops at 10,
but many targets in aerial videos are smaller.)
"""


LEAST_SLENDER, MOST_SLENDER = 1, 100


@dataclass(frozen=True)
class TrackingConstants(Constants):
    """Constants of trackers with a region proposal network (published as PENALTY_K, WINDOW_INFLUENCE, LR).

    Raises:
        ValueError: if a number is out of its range.
    """

    tunables: ClassVar[tuple[Tunable, ...]] = (
        Tunable(
            "window_influence",
            "Window influence",
            "How much being near the last place counts against what the network says.",
        ),
        Tunable("penalty_k", "Penalty", "How much a change of size or shape counts against a box."),
        Tunable("size_lr", "Learning rate", "How fast the box takes on the size that the network sees."),
    )

    penalty_k: float = 0.1  # not tuned: in the middle of the published ones
    window_influence: float = 0.4
    size_lr: float = 0.3
    voting: float = 0.0
    """The box is the mean of the best anchors' boxes that overlap the winner by at least this IoU. 0: the winner's box
    alone, as published.
    """
    lead: float = 0.0
    """The search region follows the camera's movement, and moves ahead by this share of the target's own movement. 0:
    it stays around the last place, as published.
    """

    fitting: float = 0.0
    """The share of the first frame's difference between the drawn box and the network's box (``fit``) that is applied
    to later boxes. 0: none, as published.
    """

    slender: float = 0.0
    """If the drawn box is longer than this many times its breadth, crops are stretched, so that the network sees a less
    slender target (``crops.Stretch``). 0: never, as published.
    """

    def __post_init__(self) -> None:
        if self.slender != 0 and not LEAST_SLENDER <= self.slender <= MOST_SLENDER:
            raise ValueError(f"slender must be 0 or between {LEAST_SLENDER} and {MOST_SLENDER}; got {self.slender}")
        if self.penalty_k < 0:
            raise ValueError(f"penalty_k must be at least 0; got {self.penalty_k}")
        for name in ("window_influence", "size_lr", "voting", "lead", "fitting"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must be between 0 and 1; got {getattr(self, name)}")

    @property
    def least_side(self) -> float:
        """Image pixels; no side of a box gets shorter."""
        return SMALLEST_SIDE


AGREEING = 8
"""How many of the best anchors are compared with the winner, and vote for the box."""

Index: TypeAlias = tuple[int, int, int]
"""(anchor, row, column)."""


@dataclass(frozen=True)
class Response:
    """What the network said about one search region, in pixels of the crop relative to its centre."""

    scores: FloatArray  # (k, S, S) foreground probability
    boxes: FloatArray  # (4, k, S, S) cx, cy, width, height
    stride: int = field(default=8, kw_only=True)  # pixels from cell to cell

    @property
    def map_box(self) -> Box:
        """The part of the crop that the score map covers. Cell number S // 2 is in the centre of the crop, so a map
        with an even number of cells lies half a cell to the left and top.
        """
        size = self.scores.shape[-1]
        start = -(size // 2 + 0.5) * self.stride
        return Box(start, start, size * self.stride, size * self.stride)

    def ranked(self, constants: TrackingConstants) -> FloatArray:
        """(k, S, S): the values by which anchors are compared, before penalty and window. A family may have better ones
        than the network's own scores.
        """
        return self.scores

    def distractors(self, winner: Index, constants: TrackingConstants) -> list[Index]:
        """Other objects that look like the target, the most alike first. Most families look for none."""
        return []


class Winner(NamedTuple):
    """The part of a decision that tracking needs."""

    score: float  # unpenalised
    penalty: float
    box: FloatArray  # (4,) cx, cy, width, height, in pixels of the crop relative to its centre
    agreement: float = 0.0


@dataclass(frozen=True, slots=True)
class Decision:
    """The winner of one response."""

    index: Index
    score: float  # unpenalised
    penalty: float
    box: FloatArray  # (4,) cx, cy, width, height, in pixels of the crop relative to its centre
    agreement: float  # of the best anchors on the winner's box, from 0 to 1
    ranked: FloatArray  # (k, S, S) the scores compared
    penalised: FloatArray  # (k, S, S) ranked * penalty
    decided: FloatArray  # (k, S, S) with the window blended in

    @property
    def winner(self) -> Winner:
        """The part that is needed to follow the target."""
        return Winner(self.score, self.penalty, self.box, self.agreement)


def logistic(logits: NDArray[Float]) -> NDArray[Float]:
    """Logits to probabilities, of the same shape and type; exact at both ends, without overflow."""
    return np.asarray(np.exp(-np.logaddexp(0, -logits)), logits.dtype)


@lru_cache(maxsize=16)
def cosine_window(size: int) -> FloatArray:
    """(S, S): outer product of two Hann windows, 1 at the centre and 0 at the border."""
    hann = np.hanning(size).astype(np.float32)
    window = np.outer(hann, hann)
    window.flags.writeable = False  # shared by every caller
    return window


def _padded_side(width: FloatArray | float, height: FloatArray | float) -> FloatArray:
    padding = (width + height) * 0.5
    return np.asarray(np.sqrt((width + padding) * (height + padding)), np.float32)


def _change(ratio: FloatArray) -> FloatArray:
    return np.asarray(np.maximum(ratio, 1.0 / ratio), np.float32)


def size_penalty(boxes: FloatArray, *, width: float, height: float, penalty_k: float) -> FloatArray:
    """(k, S, S): 1 for a box of the last size, less the more its scale or ratio differs (SiamRPN, section 3.4, equation
    13).

    Args:
        boxes: (4, k, S, S) in crop pixels.
        width: the target's in the last frame, in crop pixels.
        height: likewise.
    """
    box_width, box_height = np.maximum(boxes[2], 1e-3), np.maximum(boxes[3], 1e-3)
    scale_change = _change(_padded_side(box_width, box_height) / _padded_side(width, height))
    ratio_change = _change(np.float32(width / height) / (box_width / box_height))
    return np.asarray(np.exp(-(ratio_change * scale_change - 1.0) * penalty_k), np.float32)


def decide(
    response: Response,
    constants: TrackingConstants,
    *,
    width: float,
    height: float,
) -> Decision:
    """Choose the anchor: penalise a change of size, blend the cosine window in, take the first maximum.

    Args:
        response: what the network said.
        constants: of the tracker.
        width: the target's last one, in crop pixels.
        height: likewise.
    """
    penalty = size_penalty(response.boxes, width=width, height=height, penalty_k=constants.penalty_k)
    ranked = response.ranked(constants)
    penalised = ranked * penalty
    window = cosine_window(response.scores.shape[-1])
    influence = np.float32(constants.window_influence)
    decided = penalised * (1 - influence) + window * influence
    anchor, row, column = (int(i) for i in np.unravel_index(np.argmax(decided), decided.shape))
    index = anchor, row, column
    score, own = float(response.scores[index]), response.boxes[(slice(None), *index)]
    near = _best(decided)
    overlaps = iou(own, response.boxes.reshape(4, -1)[:, near])
    box = own if constants.voting == 0 else vote(own, overlaps, response, near, least=constants.voting)
    return Decision(index, score, float(penalty[index]), box, float(overlaps.mean()), ranked, penalised, decided)


def _best(decided: FloatArray) -> NDArray[np.intp]:
    """Flat indices of the best anchors, in no order. When the target is clear, neighbours on the score map propose the
    same box; in doubt they differ. The mean IoU of the winner with their boxes measures how far they agree.
    """
    count = min(AGREEING, decided.size)
    return np.argpartition(decided.ravel(), -count)[-count:]


def vote(
    own: FloatArray, overlaps: FloatArray, response: Response, near: NDArray[np.intp], *, least: float
) -> FloatArray:
    """The winner's box (4,) after a vote of the best anchors: the mean of the sides of those boxes that overlap it by
    ``least`` or more, weighted by score times IoU (box voting: Gidaris and Komodakis, ICCV 2015, section 5).
    """
    boxes, scores = response.boxes.reshape(4, -1)[:, near], response.scores.ravel()[near]
    weights = np.where(overlaps >= least, overlaps * scores, 0)
    total = weights.sum()
    if total <= 0:
        return own
    low, high = ((boxes[:2] + side * boxes[2:] / 2) @ weights / total for side in (-1, 1))
    return np.concatenate([(low + high) / 2, high - low]).astype(np.float32)


def iou(box: FloatArray, others: FloatArray) -> FloatArray:
    """IoU of one box (4,) with each of (4, M), all as cx, cy, width, height -> (M,)."""
    half, other_half = box[2:, None] / 2, others[2:] / 2
    low = np.maximum(box[:2, None] - half, others[:2] - other_half)
    high = np.minimum(box[:2, None] + half, others[:2] + other_half)
    overlap = np.clip(high - low, 0, None).prod(axis=0)
    union = box[2:].prod() + others[2:].prod(axis=0) - overlap
    return np.asarray(overlap / np.maximum(union, 1e-6), np.float32)
