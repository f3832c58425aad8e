"""Estimates the share of right boxes, with its interval, from boxes that were drawn at random and judged.

Some boxes of each stratum are drawn, at random and without repetition. The estimate is Cochran's for such a draw
(Sampling Techniques, 3rd ed. 1977, section 5.3): each stratum's share, weighted by how many boxes it holds.

The interval is that of Fay and Feuer (Confidence intervals for directly standardized rates: a method based on the gamma
distribution, Statistics in Medicine 16, 1997, 791-801) for a weighted sum of rare events, here the wrong boxes. It is
made for shares near 1, holds where not a single wrong box was found, and errs towards being too wide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LEVEL: Final = 0.95
"""Of a hundred such intervals so many hold the truth, at least."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One stratum of ``box_count`` boxes: ``looked_at`` were drawn and judged, ``wrong`` of them are wrong.

    Raises:
        ValueError: unless ``wrong <= looked_at <= box_count``.
    """

    box_count: int
    looked_at: int
    wrong: int

    def __post_init__(self) -> None:
        if not 0 <= self.wrong <= self.looked_at <= self.box_count:
            raise ValueError(f"{self.wrong} wrong of {self.looked_at} of {self.box_count} boxes cannot be")


@dataclass(frozen=True, slots=True)
class ShareRight:
    """The estimated ``share`` of right boxes; with a probability of ``LEVEL`` it lies between ``low`` and ``high``."""

    share: float
    low: float
    high: float
    looked_at: int


def share_right(strata: Sequence[Judged]) -> ShareRight:
    """The share and its interval. A stratum without judged boxes may have any number of wrong ones."""
    box_count = sum(stratum.box_count for stratum in strata)
    looked_at = sum(stratum.looked_at for stratum in strata)
    if looked_at == 0:
        return ShareRight(math.nan, 0.0, 1.0, 0)
    known = sum(stratum.wrong for stratum in strata if stratum.looked_at == stratum.box_count) / box_count
    open_strata = [stratum for stratum in strata if 0 < stratum.looked_at < stratum.box_count]
    unseen = sum(stratum.box_count for stratum in strata if stratum.looked_at == 0) / box_count
    weights = [stratum.box_count / (box_count * stratum.looked_at) for stratum in open_strata]
    found = [stratum.wrong for stratum in open_strata]
    wrong = sum(weight * count for weight, count in zip(weights, found, strict=True))
    spread = sum(weight**2 * count for weight, count in zip(weights, found, strict=True))
    heaviest = max(weights, default=0.0)
    low, high = _weighted_sum_interval(wrong, spread, heaviest)
    fewest = sum(stratum.wrong for stratum in strata) / box_count
    most = 1 - sum(stratum.looked_at - stratum.wrong for stratum in strata) / box_count
    return ShareRight(
        share=1 - (known + wrong) / max(1 - unseen, 1 / box_count),
        low=1 - min(max(known + high + unseen, fewest), most),
        high=1 - max(known + low, fewest),
        looked_at=looked_at,
    )


def _weighted_sum_interval(total: float, spread: float, heaviest: float) -> tuple[float, float]:
    """Fay and Feuer's, for a weighted sum of counts of rare events: ``total`` with the variance ``spread``."""
    if heaviest == 0:
        return 0.0, 0.0
    tail = (1 - LEVEL) / 2
    low = 0.0 if total == 0 else spread / total * gamma_quantile(tail, total**2 / spread)
    above, spread_above = total + heaviest, spread + heaviest**2
    return low, spread_above / above * gamma_quantile(1 - tail, above**2 / spread_above)


def gamma_quantile(probability: float, shape: float) -> float:
    """The quantile of a gamma distribution of scale 1; ``shape`` > 0."""
    high = shape + 10
    while _gamma_mass_below(high, shape) < probability:
        high *= 2
    low = 0.0
    for _ in range(200):  # halving: 53 bits, and more to approach 0
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _gamma_mass_below(middle, shape) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _gamma_mass_below(x: float, shape: float) -> float:
    """The regularised lower incomplete gamma function (Numerical Recipes, 3rd ed. 2007, section 6.2)."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        step = shape
        while abs(term) > abs(total) * 1e-16:
            step += 1
            term *= x / step
            total += term
        return total * front
    least = 1e-300
    b = x + 1 - shape
    c, d = 1 / least, 1 / b
    fraction = d
    for i in range(1, 100_000):
        factor = -i * (i - shape)
        b += 2
        d = 1 / (factor * d + b or least)
        c = b + factor / c or least
        fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return 1 - front * fraction
