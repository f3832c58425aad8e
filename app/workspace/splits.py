"""Splits whole videos into training, validation and test by a seed, so that no video is in two of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

NAMES = ("train", "val", "test")


@dataclass(frozen=True, slots=True)
class Shares:
    """The proportions of the parts, in any unit, and the seed.

    Raises:
        ValueError: if a part is negative, or all are 0.
    """

    train: float = 80
    val: float = 10
    test: float = 10
    seed: int = 0

    def __post_init__(self) -> None:
        if min(self.parts) < 0 or sum(self.parts) <= 0:
            raise ValueError("the parts of a split are 0 or more, and not all of them are 0")

    @property
    def parts(self) -> tuple[float, float, float]:
        return self.train, self.val, self.test


def split(names: Sequence[str], shares: Shares) -> dict[str, str]:
    """The part of each video. The same names, proportions and seed give the same split on every machine, in any order.

    Parts are rounded to whole videos. Every part above 0 gets at least one video if there are enough.
    """
    order = sorted(
        set(names), key=lambda name: hashlib.sha256(f"{shares.seed}\n{name}".encode(errors="replace")).digest()
    )
    counts = _counts(len(order), shares.parts)
    ends = list(accumulate(counts))
    return {name: NAMES[next(part for part, end in enumerate(ends) if place < end)] for place, name in enumerate(order)}


def _counts(total: int, parts: tuple[float, ...]) -> list[int]:
    """Whole numbers in about these proportions, by the largest remainder."""
    exact = [total * part / sum(parts) for part in parts]
    counts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (counts[place] - exact[place], place))
    for place in by_remainder[: total - sum(counts)]:
        counts[place] += 1
    wanted = [place for place, part in enumerate(parts) if part > 0]
    if total >= len(wanted):
        for place in wanted:
            if counts[place] == 0:
                counts[counts.index(max(counts))] -= 1
                counts[place] += 1
    return counts
