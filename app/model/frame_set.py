"""An ordered set of frames, with the nearest ones before, after and between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

MANY = 256  # if more than one frame in this many changes, sorting once is cheaper than many insertions


@dataclass(slots=True)
class FrameSet:
    """Frame numbers, each once. Look-ups are O(log n)."""

    _sorted: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._sorted)

    def update(self, *, added: Collection[int], removed: Collection[int]) -> None:
        """Add frames that are not in the set, and remove frames that are."""
        if (len(added) + len(removed)) * MANY > len(self._sorted):
            self._sorted = sorted({*self._sorted, *added}.difference(removed))
            return
        for frame in removed:
            del self._sorted[bisect_left(self._sorted, frame)]
        for frame in added:
            insort(self._sorted, frame)

    def between(self, first: int, last: int | None) -> Iterator[int]:
        """The frames from ``first`` to ``last``, both included, or to the end if ``last`` is None."""
        start = bisect_left(self._sorted, first)
        stop = len(self._sorted) if last is None else bisect_right(self._sorted, last)
        return (self._sorted[position] for position in range(start, stop))

    def before(self, frame: int) -> int | None:
        position = bisect_left(self._sorted, frame)
        return self._sorted[position - 1] if position else None

    def after(self, frame: int) -> int | None:
        position = bisect_right(self._sorted, frame)
        return self._sorted[position] if position < len(self._sorted) else None

    @property
    def first(self) -> int | None:
        return self._sorted[0] if self._sorted else None

    @property
    def last(self) -> int | None:
        return self._sorted[-1] if self._sorted else None

    def copy(self) -> FrameSet:
        return FrameSet(list(self._sorted))
