"""Sets of frames, stored as spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]
"""First and last frame, both included."""


@dataclass(frozen=True, slots=True)
class FrameSpans:
    """A set of frames as sorted spans that do not touch. Look-ups are O(log spans)."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[Span]) -> FrameSpans:
        """Make a set from spans in any order. Those that overlap or touch are joined.

        Raises:
            ValueError: for a span that ends before it begins, or that begins before frame 0.
        """
        joined: list[Span] = []
        for first, last in sorted(spans):
            if not 0 <= first <= last:
                raise ValueError(f"no span of frames goes from {first} to {last}")
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = joined[-1][0], max(joined[-1][1], last)
            else:
                joined.append((first, last))
        return cls(tuple(joined))

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __contains__(self, frame: int) -> bool:
        return self.span_of(frame) is not None

    def span_of(self, frame: int) -> Span | None:
        """The span that contains this frame."""
        place = bisect_right(self.spans, frame, key=lambda span: span[0]) - 1
        return self.spans[place] if place >= 0 and frame <= self.spans[place][1] else None

    def between(self, first: int, last: int) -> Iterator[Span]:
        """The parts of the spans between ``first`` and ``last``, both included."""
        for begins, ends in self.spans:
            if begins <= last and ends >= first:
                yield max(begins, first), min(ends, last)

    def with_span(self, first: int, last: int) -> FrameSpans:
        return FrameSpans.of([*self.spans, (first, last)])

    def without(self, first: int, last: int) -> FrameSpans:
        """All frames but those from ``first`` to ``last``, both included."""
        left: list[Span] = []
        for begins, ends in self.spans:
            if begins < first:
                left.append((begins, min(ends, first - 1)))
            if ends > last:
                left.append((max(begins, last + 1), ends))
        return FrameSpans(tuple(left))


NO_FRAMES = FrameSpans()
