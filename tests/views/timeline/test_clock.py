from fractions import Fraction

import numpy as np
import pytest

from app.views.timeline.clock import Clock, format_time


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00.00"), (8.56, "0:08.56"), (59.999, "1:00.00"), (3599.99, "59:59.99"), (3723.45, "1:02:03.45")],
)
def test_times_are_written_as_people_read_them(seconds: float, text: str) -> None:
    assert format_time(seconds) == text


def test_the_clock_goes_by_the_rate_until_it_knows_the_times() -> None:
    assert Clock(Fraction(25)).text(214) == "0:08.56"
    measured = Clock(Fraction(25), np.array([0.0, 0.5, 2.0]))
    assert measured.text(2) == "0:02.00"
    assert measured.text(25) == "0:01.00"
