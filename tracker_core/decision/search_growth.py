"""Searching for a lost target: the search region grows, and shrinks back once the target is found (DaSiamRPN, section
3.4; the long-term variant of SiamRPN++).

Each target has its own ``SearchState``. (In the published code the flag belongs to the tracker, so after a video that
ends with a lost target the next one starts in the lost state.)
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker_core.decision.score_map import TrackingConstants

EVEN_GROWTH = 16
"""Two cells of stride 8, one on each side, so that the score map keeps a cell in its middle: the anchors' centre."""

LOST_WINDOW_INFLUENCE = 0.001
"""Influence of the cosine window while searching: a lost target may be anywhere. Not 0, so that it breaks ties."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """The side of a target's next search region in network pixels, and whether the target is lost."""

    size: int
    is_searching: bool = False


@dataclass(frozen=True, slots=True)
class SearchGrowth:
    """When and how far a search region grows. Sizes are sides in network pixels, at the scale of the local one.

    The target is lost when its score falls under ``lost_below``, and found when it rises over ``found_above``. Scores
    between the two change nothing.

    Raises:
        ValueError: if the sizes cannot be reached in steps of two cells, or ``lost_below`` is above ``found_above``.
    """

    local: int
    largest: int
    step: int
    lost_below: float
    found_above: float

    def __post_init__(self) -> None:
        if not (0 < self.local < self.largest and self.step > 0):
            raise ValueError(f"a search region grows from its local size: {self.local}, {self.largest}, {self.step}")
        if self.step % EVEN_GROWTH or (self.largest - self.local) % EVEN_GROWTH:
            raise ValueError(
                f"a search region grows by multiples of {EVEN_GROWTH} pixels, not from {self.local} to {self.largest} "
                f"by {self.step}"
            )
        if not 0 <= self.lost_below <= self.found_above <= 1:
            raise ValueError(f"a target is lost below {self.lost_below} and found above {self.found_above}: impossible")

    @property
    def sizes(self) -> tuple[int, ...]:
        """Every size that a search region can have, the local one first."""
        return (*range(self.local, self.largest, self.step), self.largest)

    def start(self) -> SearchState:
        """The state of a new target, and of one that a person has moved."""
        return SearchState(self.local)

    def after(self, state: SearchState, score: float) -> SearchState:
        """The state after a frame with this score, unpenalised and in [0, 1]."""
        if score < self.lost_below:
            return SearchState(min(state.size + self.step, self.largest), is_searching=True)
        return self.start() if score > self.found_above else state


@dataclass(frozen=True)
class LongTermConstants(TrackingConstants):
    """Constants of a tracker that searches for a lost target. The two scores are the published CONFIDENCE_LOW and
    CONFIDENCE_HIGH; see ``SearchGrowth``.

    Raises:
        ValueError: if ``lost_below`` is above ``found_above``.
    """

    lost_below: float = 0.8
    found_above: float = 0.998

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.lost_below <= self.found_above <= 1:
            raise ValueError(f"a target is lost below {self.lost_below} and found above {self.found_above}: impossible")
