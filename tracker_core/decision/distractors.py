"""Looking past look-alikes (DaSiamRPN: Zhu et al., ECCV 2018, section 3.3). Plain numpy.

With f(z, p) for how much proposal p resembles exemplar z, the paper chooses among the proposals

    q = argmax_p  f(z, p) - weight * sum_i a_i f(d_i, p) / sum_i a_i

where d_i are the distractors seen so far. Here f is what the detector made of an exemplar says at a place: target
against background, before the softmax. It is linear in the detector's kernels, so a mean over distractors, or over
exemplars, is one correlation with the mean of their kernels, however many they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from tracker_core.decision.score_map import Index, Response, TrackingConstants, Tunable, iou, probability
from tracker_core.decision.search_growth import LongTermConstants
from tracker_core.images import FloatArray

PROPOSALS = 16
"""The paper's top k. Many more would let background in, which may resemble a distractor even less than it does the
target.
"""

SAME_OBJECT = 0.3
"""Proposals that overlap more show one object. Not 0.9, as others have it: a target is then surrounded by distractors
that are itself. And a closer neighbour's exemplar would show the target as well.
"""

Value = TypeVar("Value")


@dataclass(frozen=True)
class DistractorConstants(LongTermConstants):
    """Of DaSiamRPN. Weight, threshold, learning rate and the two scores are the paper's or are told of its authors'
    unpublished code.

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
    learning_rate: float = 0.01  # eta: how much what was learned later outweighs what was learned first
    small_target: float = 0.0  # as a share of the picture; what is smaller is looked for in a wider search region
    found_above: float = 0.95

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, value in asdict(self).items():
            if name != "penalty_k" and not 0 <= value <= 1:
                raise ValueError(f"{name} must be between 0 and 1, not {value}")
        if self.learning_rate > 0.5:
            raise ValueError(
                f"learning_rate must be at most 0.5, or its weights grow without end; got {self.learning_rate}"
            )


class IncrementalMean(Generic[Value]):
    """The mean that grows by steps: of the values v_i of step t, ``sum_t b_t sum_i v_i / sum_t b_t n_t``, where
    ``b_t = sum_{i < t} (eta / (1 - eta))^i``, t from 1 (DaSiamRPN, section 3.3; every a_i is 1).

    Only the sums are kept, so that neither memory nor time grows. Values are arrays or tensors of one shape.
    """

    def __init__(self, learning_rate: float) -> None:
        self._ratio = learning_rate / (1 - learning_rate)
        self._step_weight = 1.0
        self._sum: Any = None
        self._weight = 0.0

    def add(self, values: Sequence[Value]) -> None:
        """One step of at least one value."""
        for value in values:
            weighted: Any = value * self._step_weight  # type: ignore[operator]
            self._sum = weighted if self._sum is None else self._sum + weighted
            self._weight += self._step_weight
        self._step_weight = 1 + self._ratio * self._step_weight

    @property
    def mean(self) -> Value | None:
        """Nothing before the first step."""
        if self._sum is None:
            return None
        mean: Value = self._sum / self._weight
        return mean


class Proposals(NamedTuple):
    """The boxes left by non-maximum suppression, as flat places, the best first."""

    places: NDArray[np.intp]  # (n,)
    owner: NDArray[np.intp]  # (k, S, S) the proposal that stands for each anchor, or -1


def proposals(
    response: Response, *, count: int = PROPOSALS, overlap: float = SAME_OBJECT, above: float = 0.0
) -> Proposals:
    """The ``count`` best boxes that are different objects (greedy non-maximum suppression).

    Args:
        overlap: a box of more IoU with a better one is left out.
        above: a box of no higher score is.
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
    """What the network said about a search region, and how much of it resembles the distractors."""

    similarity: FloatArray  # (k, S, S) f(z, p): the logits of ``scores``
    distraction: FloatArray | None  # (k, S, S) f(d, p) of the mean distractor; nothing before one was seen

    def ranked(self, constants: TrackingConstants) -> FloatArray:
        """The objective as probabilities: of every anchor that belongs to one of the best proposals; of others 0."""
        if not isinstance(constants, DistractorConstants):
            raise TypeError(f"this was decided with DistractorConstants and cannot be with {type(constants).__name__}")
        if self.distraction is None:
            return self.scores
        objective = self.similarity - np.float32(constants.distractor_weight) * self.distraction
        return np.where(proposals(self).owner >= 0, probability(objective), np.float32(0))

    def distractors(self, winner: Index, constants: TrackingConstants) -> list[Index]:
        """The proposals of a score over the threshold that show another object than the winner's.

        A part of the target is not another object: their centres lie outside the target's box.
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
