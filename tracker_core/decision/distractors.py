"""Telling the target from distractors (DaSiamRPN: Zhu et al., ECCV 2018, section 3.3). Plain numpy.

f(z, p) says how much proposal p resembles exemplar z. The paper chooses among the proposals

    q = argmax_p  f(z, p) - weight * sum_i a_i f(d_i, p) / sum_i a_i

where d_i are the distractors seen so far. Here f(z, p) is the logit, target against background, that the detector made
of exemplar z gives at p. It is linear in the detector's kernels, so the mean over all distractors takes one correlation
with the mean of their kernels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tracker_core.decision.score_map import Index, Response, TrackingConstants, Tunable, iou, logistic
from tracker_core.decision.search_growth import LongTermConstants
from tracker_core.images import FloatArray

PROPOSALS = 16
"""The paper's top k. A much larger number would include background, which resembles distractors least of all."""

SAME_OBJECT = 0.3
"""Proposals that overlap more (IoU) show one object. With 0.9, which others use, the target's own parts would become
its distractors; and the exemplar of a distractor so close would show the target too.
"""

Value = TypeVar("Value")


@dataclass(frozen=True)
class DistractorConstants(LongTermConstants):
    """Constants of DaSiamRPN. Weight, threshold, learning rate and the two scores are those of the paper, or those
    reported for its authors' unpublished code.

    Raises:
        ValueError: if one is out of its range.
    """

    tunables = (
        *TrackingConstants.tunables,
        Tunable("distractor_weight", "Distractor weight", "How much resembling a distractor counts against a box."),
        Tunable(
            "distractor_threshold",
            "Distractor threshold",
            "How much another object must resemble the target to be taken for a distractor.",
        ),
    )

    distractor_weight: float = 0.5
    distractor_threshold: float = 0.5
    learning_rate: float = 0.01  # eta: how much later distractors outweigh earlier ones
    small_target: float = 0.0  # share of the picture; a smaller target gets a wider search region
    found_above: float = 0.95

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, value in asdict(self).items():
            if name not in ("penalty_k", "slender") and not 0 <= value <= 1:
                raise ValueError(f"{name} must be between 0 and 1, not {value}")
        if self.learning_rate > 0.5:
            raise ValueError(
                f"learning_rate must be at most 0.5, or its weights grow without end; got {self.learning_rate}"
            )


class IncrementalMean(Generic[Value]):
    """A mean that takes in more values at each step t: ``sum_t b_t sum_i v_i / sum_t b_t n_t``, where v_i are the n_t
    values of step t and ``b_t = sum_{i < t} (eta / (1 - eta))^i``, t from 1 (DaSiamRPN, section 3.3; every a_i is 1).

    Only the sums are kept, so memory and time do not grow. Values are arrays or tensors of one shape.
    """

    def __init__(self, learning_rate: float) -> None:
        self._ratio = learning_rate / (1 - learning_rate)
        self._step_weight = 1.0
        self._sum: Any = None
        self._weight = 0.0

    def add(self, values: Sequence[Value]) -> None:
        """Take in the values of one step, at least one."""
        for value in values:
            weighted: Any = value * self._step_weight  # type: ignore[operator]
            self._sum = weighted if self._sum is None else self._sum + weighted
            self._weight += self._step_weight
        self._step_weight = 1 + self._ratio * self._step_weight

    @property
    def mean(self) -> Value | None:
        """None before the first step."""
        if self._sum is None:
            return None
        mean: Value = self._sum / self._weight
        return mean


class Proposals(NamedTuple):
    """The boxes that non-maximum suppression leaves, as flat indices of anchors, best first."""

    places: NDArray[np.intp]  # (n,)
    owner: NDArray[np.intp]  # (k, S, S) the proposal that stands for each anchor, or -1


def proposals(
    response: Response, *, count: int = PROPOSALS, overlap: float = SAME_OBJECT, above: float = 0.0
) -> Proposals:
    """The ``count`` best boxes that are different objects (greedy non-maximum suppression).

    Args:
        overlap: leave out a box whose IoU with a better one is higher.
        above: leave out a box whose score is not higher.
    """
    scores, boxes = response.scores.ravel(), response.boxes.reshape(4, -1)
    left = np.flatnonzero(scores > above)
    left = left[np.argsort(-scores[left], kind="stable")]
    owner = np.full(scores.size, -1)
    places: list[int] = []
    while left.size and len(places) < count:
        taken = iou(boxes[:, left[0]], boxes[:, left]) > overlap
        taken[0] = True
        owner[left[taken]] = len(places)
        places.append(int(left[0]))
        left = left[~taken]
    return Proposals(np.array(places, np.intp), owner.reshape(response.scores.shape))


@dataclass(frozen=True)
class DistractorResponse(Response):
    """The network's answer for a search region, and how much each place in it resembles the distractors."""

    similarity: FloatArray  # (k, S, S) f(z, p): the logits of ``scores``
    distraction: FloatArray | None  # (k, S, S) f(d, p) of the mean distractor; None before there is one

    def ranked(self, constants: TrackingConstants) -> FloatArray:
        """(k, S, S): the paper's objective as a probability, for the anchors of the best proposals; 0 for all others.

        Raises:
            TypeError: if the constants are those of another family.
        """
        if not isinstance(constants, DistractorConstants):
            raise TypeError(f"this was decided with DistractorConstants and cannot be with {type(constants).__name__}")
        if self.distraction is None:
            return self.scores
        objective = self.similarity - np.float32(constants.distractor_weight) * self.distraction
        return np.where(proposals(self).owner >= 0, logistic(objective), np.float32(0))

    def distractors(self, winner: Index, constants: TrackingConstants) -> list[Index]:
        """Proposals with a score over the threshold that show another object than the winner.

        Their centres lie outside the target's box, because a part of the target is not another object.
        """
        assert isinstance(constants, DistractorConstants)
        found = proposals(self, above=constants.distractor_threshold)
        boxes, target = self.boxes.reshape(4, -1)[:, found.places], self.boxes[(slice(None), *winner)]
        is_other = iou(target, boxes) <= SAME_OBJECT
        is_other &= (np.abs(boxes[:2] - target[:2, None]) > target[2:, None] / 2).any(axis=0)
        return [_index(place, self.scores.shape) for place in found.places[is_other]]


def _index(place: int, shape: tuple[int, ...]) -> Index:
    anchor, row, column = (int(i) for i in np.unravel_index(place, shape))
    return anchor, row, column
