from __future__ import annotations

import math

import numpy as np

from tracker_core.decision.calibration import Calibration


def test_the_probability_is_the_logistic_of_the_line() -> None:
    calibration = Calibration(slope=-2.0, intercept=1.0)
    np.testing.assert_allclose(
        calibration.probability([0.0, 0.5, 1.0, 2.0]),
        [1 / (1 + math.exp(-1)), 0.5, 1 / (1 + math.e), 1 / (1 + math.e**3)],
    )
    assert calibration.as_mapping() == {"slope": -2.0, "intercept": 1.0}
    assert float(Calibration().probability(3.0)) == 0.5


def test_numbers_far_out_give_certainty_and_no_overflow() -> None:
    with np.errstate(all="raise"):
        np.testing.assert_allclose(Calibration(1.0, 0.0).probability([-500.0, 500.0]), [0, 1], atol=1e-200)
