from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.assist.agreement import AGREEING_FRAMES
from app.assist.known_sides import End, KnownSides, SideKey, Step
from app.assist.stop_rules import StopRules
from app.assist.stretch import Stretch
from app.assist.tracking_run import Records, TrackEnd
from app.assist.two_sided import TwoSidedRun
from app.model.box_record import BoxRecord
from app.model.direction import BACKWARD, FORWARD
from tests.support.trackers import CONSTANTS, MEASURED
from tracker_core.decision.score_map import Constants
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Place, Prediction

RULES = StopRules(least_score=0.3, patience=3)


def picture(frame: int) -> Image:
    """Carries its number."""
    image = np.zeros((360, 640, 3), np.uint8)
    image[0, 0] = (*divmod(frame, 256), 0)
    return image


def number_of(image: Image) -> int:
    return int(image[0, 0, 0]) * 256 + int(image[0, 0, 1])


def truth(frame: int) -> Box:
    return Box(50 + 2.0 * frame, 100, 40, 40)


class DriftingTracker:
    """Knows the truth, and drifts from it by ``drift`` pixels a frame. ``blind``: frames on which it sees nothing,
    after which it is lost for good.
    """

    name = "drifting"
    place = Place("nowhere", "float32")
    calibration = MEASURED

    def __init__(self, drift: float = 0.0, blind: range = range(0), constants: Constants = CONSTANTS) -> None:
        self.drift = drift
        self.blind = blind
        self.constants = constants
        self.seen: list[int] = []

    def with_constants(self, constants: Constants) -> DriftingTracker:
        return DriftingTracker(self.drift, self.blind, constants)

    def init(self, image: Image, box: Box) -> _DriftingTarget:
        return _DriftingTarget(self, box)


class _DriftingTarget:
    def __init__(self, tracker: DriftingTracker, box: Box) -> None:
        self.tracker = tracker
        self.box = box
        self.steps = 0
        self.is_lost = False

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        frame = number_of(image)
        self.tracker.seen.append(frame)
        self.steps += 1
        self.is_lost = self.is_lost or frame in self.tracker.blind
        self.box = truth(frame).translated(dx=0, dy=self.tracker.drift * self.steps)
        return Prediction(self.box, 0.05 if self.is_lost else 0.9)

    def move_to(self, box: Box) -> None:
        self.box = box


def end(frame: int) -> End:
    return End(frame, truth(frame), frame, truth(frame))


def stretch(first: int, last: int, track_id: int = 1) -> Stretch:
    return Stretch(track_id, end(first), end(last))


def carried_out(run: TwoSidedRun) -> Records:
    run.start(picture)
    found: Records = {}
    for frame in run.frames_wanted():
        run.step(frame, picture(frame))
        for track_id, records in run.take_records().items():
            found.setdefault(track_id, {}).update(records)
    for track_id, records in run.take_records().items():
        found.setdefault(track_id, {}).update(records)
    return found


def box_of(record: BoxRecord) -> Box:
    assert record.box is not None
    return record.box


def test_both_sides_meet_in_the_middle() -> None:
    run = TwoSidedRun([stretch(10, 30)], DriftingTracker(drift=0.5), run_id=7, rules=RULES)
    records = carried_out(run)[1]
    assert sorted(records) == list(range(11, 30))
    for frame, record in records.items():
        assert box_of(record).iou(truth(frame)) > 0.85
        assert record.run_id == 7
        assert record.accord is not None
    assert run.is_over
    assert run.ends == (TrackEnd(1, 29, "reached"),)


def test_several_stretches_share_a_pass_in_each_direction() -> None:
    tracker = DriftingTracker()
    run = TwoSidedRun([stretch(10, 20), stretch(12, 24, 2)], tracker, run_id=1, rules=RULES)
    found = carried_out(run)
    assert {track_id: len(records) for track_id, records in found.items()} == {1: 9, 2: 11}
    assert run.frames == [*range(11, 25), *range(23, 9, -1)]


def test_a_correction_runs_only_the_sides_that_begin_in_it() -> None:
    known, tracker = KnownSides(), DriftingTracker()
    carried_out(TwoSidedRun([stretch(0, 100)], tracker, run_id=1, known=known, rules=RULES))
    tracker.seen.clear()
    before = replace(stretch(0, 40), from_here=BACKWARD)
    after = replace(stretch(40, 100), from_here=FORWARD)
    found = carried_out(TwoSidedRun([before, after], tracker, run_id=2, known=known, rules=RULES))
    assert tracker.seen == [*range(41, 101), *range(39, -1, -1)]
    assert sorted(found[1]) == [*range(1, 40), *range(41, 100)]


def test_a_correction_ends_where_it_agrees_with_what_stood_there() -> None:
    standing = {frame: truth(frame) if frame >= 60 else Box(0, 0, 5, 5) for frame in range(40, 100)}
    after = replace(stretch(40, 100), from_here=FORWARD, standing=standing)
    tracker = DriftingTracker()
    run = TwoSidedRun([after], tracker, run_id=2, rules=RULES)
    found = carried_out(run)
    last = 60 + AGREEING_FRAMES - 1
    assert sorted(found[1]) == list(range(41, last))
    assert tracker.seen == list(range(41, last + 1))
    assert run.ends == (TrackEnd(1, last, "agreed"),)


def test_the_first_record_comes_with_the_first_frame() -> None:
    run = TwoSidedRun([replace(stretch(40, 100), from_here=FORWARD)], DriftingTracker(), run_id=2, rules=RULES)
    run.start(picture)
    frames = run.frames_wanted()
    run.step(next(frames), picture(41))
    assert list(run.take_records()[1]) == [41]


def test_what_one_side_has_lost_the_other_one_gives() -> None:
    tracker = DriftingTracker(blind=range(30, 31))
    found = carried_out(TwoSidedRun([stretch(0, 60)], tracker, run_id=1, rules=RULES))[1]
    assert sorted(found) == list(range(1, 60))
    assert all(box_of(record).iou(truth(frame)) > 0.9 for frame, record in found.items() if frame != 30)
    assert len(tracker.seen) < 75  # both gave up soon after


def test_where_both_sides_are_lost_the_target_is_absent() -> None:
    tracker = DriftingTracker(blind=range(20, 41))
    run = TwoSidedRun([stretch(0, 60)], tracker, run_id=1, rules=RULES)
    found = carried_out(run)[1]
    assert [frame for frame, record in found.items() if record.absent] == list(range(20, 41))
    assert run.ends == (TrackEnd(1, 20, "lost"),)


def test_a_deleted_track_is_left_out() -> None:
    run = TwoSidedRun([stretch(0, 20), stretch(0, 20, 2)], DriftingTracker(), run_id=1, rules=RULES)
    run.drop(run.stretches[0], is_deleted=True)
    assert run.ends == (TrackEnd(1, 0, "deleted"),)
    assert list(carried_out(run)) == [2]
    assert run.is_over


def test_frames_that_were_asked_for_ahead_are_matched_with_their_pass() -> None:
    """A thread that decodes runs ahead of the run, across the turn from forward to backward."""
    run = TwoSidedRun([stretch(0, 8)], DriftingTracker(), run_id=1, rules=RULES)
    run.start(picture)
    for frame in list(run.frames_wanted()):
        run.step(frame, picture(frame))
    assert run.is_over
    assert sorted(run.take_records()[1]) == list(range(1, 8))


def test_known_sides_forget_the_oldest() -> None:
    known = KnownSides(frames_at_most=10)
    keys = [SideKey(1, end(frame), FORWARD, "a") for frame in range(3)]
    steps = [Step(truth(0), 1.0)] * 4
    for key in keys:
        known.put(key, steps)
    assert known.get(keys[0], 4) is None
    side = known.get(keys[2], 3)
    assert side is not None
    assert len(side.steps) == 3
    known.put(keys[2], steps[:1])
    assert known.get(keys[2], 4) is not None
    known.clear()
    assert known.get(keys[2], 1) is None


def test_a_lost_side_is_known_to_be_lost() -> None:
    known, tracker = KnownSides(), DriftingTracker(blind=range(30, 31))
    carried_out(TwoSidedRun([stretch(0, 60)], tracker, run_id=1, known=known, rules=RULES))
    tracker.seen.clear()
    found = carried_out(TwoSidedRun([stretch(0, 60)], tracker, run_id=2, known=known, rules=RULES))
    assert tracker.seen == []
    assert sorted(found[1]) == list(range(1, 60))


@pytest.mark.parametrize("between", [1, 2])
def test_the_shortest_stretches(between: int) -> None:
    found = carried_out(TwoSidedRun([stretch(5, 6 + between)], DriftingTracker(), run_id=1, rules=RULES))
    assert sorted(found[1]) == list(range(6, 6 + between))
