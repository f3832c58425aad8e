from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.frame_spans import FrameSpans, Span

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))
LISTS = st.lists(SPANS, max_size=6)


def frames_of(*spans: Span) -> set[int]:
    return {frame for first, last in spans for frame in range(first, last + 1)}


@given(spans=LISTS, frame=st.integers(0, 40))
def test_spans_hold_the_frames_that_were_given(spans: list[Span], frame: int) -> None:
    held = FrameSpans.of(spans)
    assert (frame in held) == (frame in frames_of(*spans))
    assert frames_of(*held.spans) == frames_of(*spans)
    assert all(one[1] + 1 < other[0] for one, other in zip(held.spans, held.spans[1:], strict=False))


@given(spans=LISTS, other=SPANS)
def test_with_without_and_between(spans: list[Span], other: Span) -> None:
    held, frames, more = FrameSpans.of(spans), frames_of(*spans), frames_of(other)
    assert frames_of(*held.with_span(*other).spans) == frames | more
    assert frames_of(*held.without(*other).spans) == frames - more
    assert frames_of(*held.between(*other)) == frames & more


@pytest.mark.parametrize("span", [(5, 4), (-1, 3)])
def test_what_is_no_span_is_refused(span: Span) -> None:
    with pytest.raises(ValueError, match="no span"):
        FrameSpans.of([span])
