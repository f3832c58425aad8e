from __future__ import annotations

import math

import numpy as np
import pytest

from tracker_core.training.synthetic.motion import JUMP_FRAMES, SHORTEST_PERIOD, Jump, Motion, Wave

TIMES = np.arange(0, 400, 0.5)


@pytest.mark.parametrize("seed", range(12))
def test_a_wave_keeps_its_bounds_of_place_speed_and_acceleration(seed: int) -> None:
    rng = np.random.default_rng(seed)
    reach, speed = float(rng.uniform(1, 200)), float(rng.uniform(0.01, 20))
    wave = Wave.drawn(rng, mean=7, reach=reach, speed=speed)
    values = np.array([wave.at(time) for time in TIMES])
    speeds = np.diff(values) / 0.5
    assert np.abs(values - 7).max() <= reach + 1e-9
    assert np.abs(speeds).max() <= speed + 1e-9
    assert np.abs(np.diff(speeds) / 0.5).max() <= speed * 2 * math.pi / SHORTEST_PERIOD + 1e-9
    assert np.ptp(values) > 0.05 * min(reach, speed * SHORTEST_PERIOD)


def test_a_jump_is_over_after_its_few_frames() -> None:
    motion = Motion(Wave(10), Wave(20), jumps=(Jump(50, 30, -5),))
    assert motion.centre(50) == (10, 20)
    assert motion.centre(50 + JUMP_FRAMES / 2) == pytest.approx((25, 17.5))
    assert motion.centre(50 + JUMP_FRAMES) == (40, 15)


def test_a_follower_counts_from_its_leader() -> None:
    leader = Motion(Wave(100, ((10, 0.1, 0.0),)), Wave(50))
    follower = Motion(Wave(5), Wave(-5), leader=leader)
    for time in (0.0, 10.0, 33.3):
        x, y = leader.centre(time)
        assert follower.centre(time) == pytest.approx((x + 5, y - 5))


def test_a_pose_turns_and_scales_by_what_its_waves_say() -> None:
    motion = Motion(Wave(), Wave(), log_scale=Wave(math.log(2)), log_aspect=Wave(math.log(4)), angle=Wave(math.pi / 2))
    pose = motion.at(3)
    np.testing.assert_allclose(pose.linear, [[0, -1], [4, 0]], atol=1e-12)
