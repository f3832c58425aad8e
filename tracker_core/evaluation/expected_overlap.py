"""Expected average overlap (EAO): the overlap to expect on a sequence of typical length without any help.

Kristan et al., "The Visual Object Tracking VOT2015 Challenge Results", section 3. A supervised run is cut into
fragments at its failures. A fragment that ended in a failure is continued with an overlap of 0. The expected overlap of
length n is the mean overlap in the frames 1 to n, averaged over all fragments that long. The EAO is the mean
of that curve over an interval of lengths.

The two toolkits cut differently: in the pysot toolkit a fragment goes from a start to the next start, in the VOT
toolkit from a start to the failure. And the same interval begins one index later in the VOT toolkit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.runner import SKIPPED_AFTER_FAILURE, State

Floats = NDArray[np.float64]
States = NDArray[np.uint8]

INTERVALS = {
    "vot2015": (108, 371),
    "vot2016": (108, 371),
    "vot2017": (100, 356),
    "vot2018": (100, 356),
    "vot2019": (46, 291),
}
"""Lowest and highest sequence length of each year: the stacks of the VOT toolkit, ``eao_benchmark.py`` of pysot."""


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """Overlaps from a start on, (L,). If it ``failed``, only zeros would have followed."""

    overlaps: Floats
    failed: bool
    weight: float = 1.0


def pysot_fragments(overlaps: Floats, states: States) -> list[Fragment]:
    """The fragments of one run. Overlaps are (N,); a NaN counts as 0.

    A failure in the last frames, with no start after it, does not cut.
    """
    count = len(overlaps)
    known = np.nan_to_num(overlaps, nan=0.0)
    starts = [0]
    for failure in np.flatnonzero(states == State.FAILED):
        if failure + SKIPPED_AFTER_FAILURE <= count:
            starts.append(int(failure) + SKIPPED_AFTER_FAILURE)
    fragments = []
    for start, following in pairwise(starts):
        part = known[start : following + 1]
        # The toolkit includes the next start. If that is past the end, it weights the fragment instead.
        fragments.append(Fragment(part, failed=True, weight=len(part) / (following + 1 - start)))
    if starts[-1] < count:
        fragments.append(Fragment(known[starts[-1] :], failed=False))
    return fragments


def vot_fragments(overlaps: Floats, states: States) -> list[Fragment]:
    """The same for the VOT toolkit: from each start to its failure, without the skipped frames."""
    known = np.nan_to_num(overlaps, nan=0.0)
    starts, failures = (np.flatnonzero(states == state) for state in (State.STARTED, State.FAILED))
    fragments = [Fragment(known[a:b], failed=True) for a, b in zip(starts, failures, strict=False)]
    if len(starts) > len(failures):
        fragments.append(Fragment(known[starts[-1] :], failed=False))
    return fragments


def curve(fragments: Sequence[Fragment], *, length: int) -> Floats:
    """(length,): the expected overlap of the frames 1 to i after a start, at index i; 1 at index 0."""
    total, weights = np.zeros(length), np.zeros(length)
    for fragment in fragments:
        reach = length if fragment.failed else len(fragment.overlaps)
        padded = np.zeros(reach)
        padded[: len(fragment.overlaps)] = fragment.overlaps[:reach]
        total[1:reach] += fragment.weight * np.cumsum(padded[1:]) / np.arange(1, reach)
        weights[:reach] += fragment.weight
    expected = np.divide(total, weights, out=np.zeros(length), where=weights > 0)
    expected[0] = 1.0
    return expected


def pysot_eao(overlaps: Sequence[Floats], states: Sequence[States], *, low: int, high: int) -> float:
    """The EAO of runs, each with (N,) overlaps and states. NaN if all runs are shorter than ``low``."""
    return _mean(pysot_curve(overlaps, states)[low - 1 : high])


def pysot_curve(overlaps: Sequence[Floats], states: Sequence[States]) -> Floats:
    """(longest run,): the expected overlap as the pysot toolkit computes it."""
    fragments = [one for each in zip(overlaps, states, strict=True) for one in pysot_fragments(*each)]
    return curve(fragments, length=max(map(len, overlaps)))


def vot_eao(overlaps: Sequence[Floats], states: Sequence[States], *, low: int, high: int) -> float:
    """The same as the VOT toolkit computes it."""
    fragments = [one for each in zip(overlaps, states, strict=True) for one in vot_fragments(*each)]
    return _mean(curve(fragments, length=max(len(fragment.overlaps) for fragment in fragments))[low : high + 1])


def interval(benchmark: str, lengths: Sequence[int]) -> tuple[int, int, str]:
    """Lowest and highest length, and a sentence that says where they come from.

    For other data than VOT's they are computed as VOT2015 did: the narrowest interval with half of the probability mass
    of the sequence lengths, with a density estimated by Gaussian kernels (Silverman's rule).
    """
    if benchmark in INTERVALS:
        low, high = INTERVALS[benchmark]
        return low, high, f"The EAO is over the lengths {low} to {high}, the published interval of {benchmark.upper()}."
    low, high = typical_lengths(lengths)
    return (
        low,
        high,
        f"The EAO is over the lengths {low} to {high}, computed from these sequences, for no folder of theirs names a "
        "year of VOT with a published interval (2015 to 2019): compare it only with others on the same data.",
    )


def typical_lengths(lengths: Sequence[int]) -> tuple[int, int]:
    """The narrowest interval of lengths with half of their mass."""
    values = np.array(lengths, dtype=np.float64)
    quartiles = np.percentile(values, [25, 75])
    width = max(0.9 * min(float(values.std()), float(np.ptp(quartiles)) / 1.34) * len(values) ** -0.2, 1.0)
    grid = np.arange(int(values.min()), int(values.max()) + 1)
    density = np.exp(-0.5 * ((grid - values[:, None]) / width) ** 2).sum(axis=0)
    mass = np.cumsum(density) / density.sum()
    begins = np.concatenate([[0.0], mass[:-1]])
    ends = np.searchsorted(mass, begins + 0.5 - 1e-12)
    spans = np.where(ends < len(grid), ends - np.arange(len(grid)), len(grid))
    first = int(spans.argmin())
    return int(grid[first]), int(grid[ends[first]])


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return math.fsum(listed) / len(listed) if listed else math.nan
