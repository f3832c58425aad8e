from __future__ import annotations

import pytest

from app.model.words import counted, duration_text, time_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00.00"), (8.56, "0:08.56"), (59.999, "1:00.00"), (3599.99, "59:59.99"), (3723.45, "1:02:03.45")],
)
def test_times_are_written_as_people_read_them(seconds: float, text: str) -> None:
    assert time_text(seconds) == text


@pytest.mark.parametrize(
    ("count", "words", "text"),
    [
        (0, ("box", "boxes"), "0 boxes"),
        (1, ("box", "boxes"), "1 box"),
        (2, ("frame",), "2 frames"),
        (1, ("frame",), "1 frame"),
        (12345, ("frame",), "12,345 frames"),
    ],
)
def test_counts_have_their_noun_in_the_right_number(count: int, words: tuple[str, ...], text: str) -> None:
    assert counted(count, *words) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (59.4, "59 s"), (60, "1 min"), (3599, "60 min"), (5400, "1.5 h")]
)
def test_durations_are_rounded_to_what_matters(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text
