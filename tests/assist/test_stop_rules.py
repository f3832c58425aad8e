from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assist.stop_rules import LEAST_RAW_SCORE, StopRules, Watch, rules_for
from tests.support.trackers import IdentityTracker
from tracker_core.decision.reliability import AS_IT_IS
from tracker_core.geometry import Box

BOX = Box(10, 10, 20, 20)
RULES = StopRules(least_score=0.5, patience=3)


def watched(scores: list[float], box: Box = BOX, rules: StopRules = RULES) -> Watch:
    watch = Watch(rules)
    for score in scores:
        watch = watch.after(box, score, width=100, height=100)
    return watch


@pytest.mark.parametrize(
    ("scores", "lost"),
    [
        ([0.4, 0.4, 0.4], True),
        ([0.4, 0.4], False),
        ([0.4, 0.4, 0.5, 0.4, 0.4], False),  # seen again in between; a score at the threshold counts as seen
        ([0.9, 0.4, 0.4, 0.4], True),
        ([], False),
    ],
)
def test_lost_is_so_many_low_scores_in_a_row(scores: list[float], lost: bool) -> None:
    assert watched(scores).is_lost is lost


@given(st.lists(st.floats(0, 1)))
def test_the_watch_counts_the_low_scores_at_the_end(scores: list[float]) -> None:
    low = next((i for i, score in enumerate(reversed(scores)) if score >= 0.5), len(scores))
    assert watched(scores).frames_unseen == low


@pytest.mark.parametrize(
    ("box", "seen"),
    [
        (Box(-10, 10, 20, 20), True),  # half inside
        (Box(-10, -10, 20, 20), True),  # a quarter: the centre on the corner, as far as trackers go
        (Box(-17, 10, 20, 20), False),
        (Box(97, 10, 20, 20), False),
        (Box(-40, 10, 20, 20), False),
        (Box(50, 50, 0, 0), False),
    ],
)
def test_a_box_mostly_outside_the_picture_is_not_the_target(box: Box, seen: bool) -> None:
    assert StopRules().is_seen(box, 1.0, width=100, height=100) is seen
    assert watched([1.0] * 3, box).is_lost is not seen


def test_ten_frames_below_0_3_are_the_rule() -> None:
    assert not watched([0.299] * 9, rules=StopRules()).is_lost
    assert watched([0.299] * 10, rules=StopRules()).is_lost
    assert not watched([0.3] * 10, rules=StopRules()).is_lost


def test_a_score_that_nobody_has_measured_gives_a_track_up_later() -> None:
    tracker = IdentityTracker()
    assert rules_for(tracker) == StopRules()
    tracker.calibration = AS_IT_IS
    assert rules_for(tracker) == StopRules(least_score=LEAST_RAW_SCORE)
    assert not watched([0.2] * 30, rules=rules_for(tracker)).is_lost
    assert watched([0.1] * 10, rules=rules_for(tracker)).is_lost


def test_a_rule_without_patience_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one frame, not 0"):
        StopRules(patience=0)
