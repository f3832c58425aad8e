"""Two trackers on the same ways, and when one of them counts as better."""

from __future__ import annotations

from math import comb

import pytest

from app.assist.learning_plan import Leg
from app.assist.tracker_comparison import Comparison, Quality, chance_of, compare
from tests.support.blank_video import PATH, BlankVideo
from tests.support.trackers import IdentityTracker, ScriptedTracker
from tracker_core.geometry import Box

START = Box(10, 10, 20, 20)
HALF = Box(20, 10, 20, 20)  # overlaps START by a third
LEGS = (
    Leg(1, 0, START, ((5, HALF), (6, HALF))),
    Leg(1, 10, HALF, ((6, HALF), (5, HALF))),
    Leg(2, 20, START, ((25, START),)),
)


@pytest.fixture
def video(monkeypatch: pytest.MonkeyPatch) -> BlankVideo:
    return BlankVideo(40).install(monkeypatch)


def test_each_way_is_tracked_by_both_from_its_start_to_its_last_goal(video: BlankVideo) -> None:
    still, moving = IdentityTracker(), ScriptedTracker([HALF])
    frames: list[None] = []
    found = compare(still, moving, LEGS, PATH, on_frame=lambda: frames.append(None))
    # A box that stays: track 1 forward a third, backward whole, track 2 whole. One that goes: whole, whole, a third.
    assert (found.before.overlap, found.before.share_half) == pytest.approx(((2 * (1 / 3 + 1) / 2 + 1) / 3, 3 / 5))
    assert (found.after.overlap, found.after.share_half) == pytest.approx(((2 * 1 + 1 / 3) / 3, 4 / 5))
    assert (found.boxes, found.places) == (3, 2)
    assert moving.started_with == [START, HALF, START]
    assert len(frames) == len(video.reads) == sum(len(leg.frames) for leg in LEGS)
    assert video.open_sources == 0


def test_a_call_after_a_frame_may_end_it(video: BlankVideo) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare(IdentityTracker(), IdentityTracker(), LEGS, PATH, on_frame=stop)
    assert video.open_sources == 0


@pytest.mark.parametrize(
    ("gains", "chance"),
    [
        ([0.1], 1 / 2),
        ([0.1, 0.2, 0.1, 0.3], 1 / 16),
        ([0.1, 0.2, -0.4], 5 / 8),  # of +-.1 +-.2 +-.4 those of at least -.1: .7, .5, .3, .1 and -.1
        ([-0.1, -0.1], 1.0),
        ([0.0, 0.0, 0.0], 1.0),
    ],
)
def test_the_chance_counts_signs(gains: list[float], chance: float) -> None:
    assert chance_of(gains) == pytest.approx(chance)


def test_the_chance_of_many_places_is_drawn_and_the_same_each_time() -> None:
    gains = [0.02] * 10 + [-0.02] * 6
    exact = sum(comb(16, plus) for plus in range(10, 17)) / 2**16
    assert chance_of(gains) == chance_of(gains) == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize(
    ("before", "after", "chance", "is_better"),
    [
        (Quality(0.6, 0.8), Quality(0.7, 0.8), 0.06, True),
        (Quality(0.6, 0.8), Quality(0.7, 0.8), 0.11, False),  # luck
        (Quality(0.6, 0.8), Quality(0.605, 0.8), 0.01, False),  # not worth it
        (Quality(0.6, 0.8), Quality(0.7, 0.7), 0.01, False),  # it has lost a target
        (Quality(0.6, 0.8), Quality(0.5, 0.9), 0.9, False),
    ],
)
def test_better_is_more_than_a_better_mean(before: Quality, after: Quality, chance: float, is_better: bool) -> None:
    assert Comparison(before, after, boxes=8, places=5, chance=chance).is_better is is_better
