from fractions import Fraction

import numpy as np

from app.views.timeline.clock import Clock


def test_the_clock_goes_by_the_rate_until_it_knows_the_times() -> None:
    assert Clock(Fraction(25)).text(214) == "0:08.56"
    measured = Clock(Fraction(25), np.array([0.0, 0.5, 2.0]))
    assert measured.text(2) == "0:02.00"
    assert measured.text(25) == "0:01.00"
