"""Facts about spans of a track, which would be wasteful to store in every record."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.frame_spans import NO_FRAMES, FrameSpans, Span


@dataclass(frozen=True, slots=True)
class Overruled:
    """From ``first`` to ``last`` (both included) the boxes of runs up to ``run_id`` no longer hold. Something newer
    contradicts them: a person's correction, or a later run that took another way and ended before reaching them. Run
    ids grow with time, so later runs are not affected.
    """

    first: int
    last: int
    run_id: int


@dataclass(frozen=True, slots=True)
class TrackMarks:
    """``gaps``: frames whose box was deleted, so none is interpolated there. ``overruled``: see ``Overruled``."""

    gaps: FrameSpans = NO_FRAMES
    overruled: tuple[Overruled, ...] = ()

    def is_overruled(self, frame: int, run_id: int) -> bool:
        """Whether a box of this run no longer holds at this frame."""
        return any(span.first <= frame <= span.last and run_id <= span.run_id for span in self.overruled)

    def overruling(self, first: int, last: int, *, run_id: int) -> TrackMarks:
        """Marks that also overrule the boxes of runs up to ``run_id`` from ``first`` to ``last``."""
        if first > last:
            return self
        kept = tuple(
            span for span in self.overruled if not (first <= span.first and span.last <= last and span.run_id <= run_id)
        )
        return replace(self, overruled=(*kept, Overruled(first, last, run_id)))

    def holding(self, first: int, last: int, *, before_run: int) -> TrackMarks:
        """Marks that no longer overrule the boxes of runs before ``before_run`` from ``first`` to ``last``."""
        kept: list[Overruled] = []
        for span in self.overruled:
            frames = FrameSpans(((span.first, span.last),))
            if span.run_id < before_run:
                frames = frames.without(first, last)
            kept += [Overruled(begins, ends, span.run_id) for begins, ends in frames.spans]
        return replace(self, overruled=tuple(kept))

    def spans_unlike(self, other: TrackMarks) -> set[Span]:
        """The spans of frames in which the two differ."""
        gaps = set(self.gaps.spans) ^ set(other.gaps.spans)
        return gaps | {(span.first, span.last) for span in set(self.overruled) ^ set(other.overruled)}
