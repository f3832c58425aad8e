"""Looking further when the target is lost: the search region grows, and is the local one again once the target is
found (DaSiamRPN, section 3.4; the long-term variant of SiamRPN++).

Plain values without a network. A target keeps a ``SearchState`` of its own, so that nothing of one target's being lost
reaches the next (in the published code it does: the flag belongs to the tracker, which outlives the video).
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker_core.decision.score_map import TrackingConstants

EVEN_GROWTH = 16
"""Two cells of stride 8, one on each side: the score map keeps a cell in its middle, on which the anchors centre."""

LOST_WINDOW_INFLUENCE = 0.001
"""Of the cosine window while searching: a lost target is no likelier near its last place. Not 0: it breaks ties."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """Of one target: the side of its next search region in pixels of the network, and whether it is lost."""

    size: int
    is_searching: bool = False


@dataclass(frozen=True, slots=True)
class SearchGrowth:
    """When and how far a search region grows. Sizes are sides in pixels of the network, at the scale of the local one.

    The target is lost from a score under ``lost_below`` until a score over ``found_above``; between the two nothing
    changes, so that a doubtful answer neither raises nor ends an alarm.

    Raises:
        ValueError: if the sizes cannot be reached in steps of two cells, or the scores lie the wrong way round.
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
        """Of a new target, and of one that a person has put in its place."""
        return SearchState(self.local)

    def after(self, state: SearchState, score: float) -> SearchState:
        """What the score of a frame, unpenalised and in [0, 1], means for the next."""
        if score < self.lost_below:
            return SearchState(min(state.size + self.step, self.largest), is_searching=True)
        return self.start() if score > self.found_above else state


@dataclass(frozen=True)
class LongTermConstants(TrackingConstants):
    """Of a tracker that searches for a lost target. The two scores are the published CONFIDENCE_LOW and
    CONFIDENCE_HIGH; see ``SearchGrowth``.
    """

    lost_below: float = 0.8
    found_above: float = 0.998

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.lost_below <= self.found_above <= 1:
            raise ValueError(f"a target is lost below {self.lost_below} and found above {self.found_above}: impossible")
