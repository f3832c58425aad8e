from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker_core.decision.motion import FARTHEST_AHEAD, REACHED_WELL, Motion, search_centre

HERE = (100.0, 100.0)
places = st.tuples(st.floats(-500, 2500), st.floats(-500, 2500))


def test_a_steady_target_is_expected_where_it_goes() -> None:
    motion = Motion(HERE)
    for step in range(1, 12):
        motion = motion.found((100 + 6 * step, 100 - 2 * step))
    assert motion.expected(1) == pytest.approx((172, 76), abs=0.1)
    assert motion.expected(0.5) == pytest.approx((169, 77), abs=0.1)
    assert motion.expected(0) == motion.place


def test_what_the_camera_does_is_not_the_targets_own_movement() -> None:
    """The target stands still, the camera pans by 15 pixels a frame."""
    motion = Motion(HERE)
    for step in range(1, 12):
        motion = motion.shifted(-15, 0)
        assert motion.expected(1) == pytest.approx((100 - 15 * step, 100))
        motion = motion.found((100 - 15 * step, 100))


def test_a_camera_that_follows_its_target_leaves_it_in_its_place() -> None:
    motion = Motion(HERE)
    for _ in range(20):
        motion = motion.shifted(-15, 0).found(HERE)
    assert motion.shifted(-15, 0).expected(1) == pytest.approx(HERE, abs=0.1)


def test_a_target_that_is_not_seen_goes_on_ever_more_slowly() -> None:
    motion, expected = Motion(HERE, move=(10.0, 0.0)), []
    for _ in range(60):
        expected.append(motion.expected(1)[0])
        motion = motion.missed()
    steps = [later - earlier for earlier, later in pairwise(expected)]
    assert expected[0] == 110
    assert all(later < earlier for earlier, later in pairwise(steps))
    assert expected[-1] < 100 + 10 / 0.15


def test_a_target_found_again_has_moved_by_the_mean_of_the_frames_between() -> None:
    assert Motion(HERE).missed().missed().found((160, 100)).move == (10.0, 0.0)  # half of 20: it stood still before


@given(places, places, st.floats(1, 500))
def test_a_search_region_goes_towards_the_expected_place_and_stays_for_little(
    last: tuple[float, float], expected: tuple[float, float], reach: float
) -> None:
    def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
        return math.dist(one, other)

    centre = search_centre(last, expected, reach=(reach, reach))
    way, gone = apart(last, expected), apart(last, centre)
    assert gone == pytest.approx(min(max(way - REACHED_WELL * reach, 0), FARTHEST_AHEAD * reach), abs=1e-6)
    assert gone + apart(centre, expected) == pytest.approx(way, abs=1e-6)  # on the straight line
