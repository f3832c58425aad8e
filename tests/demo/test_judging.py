"""What the demo's reviewer answers, who knows the truth."""

from __future__ import annotations

from dataclasses import replace

from app.demo.judging import frame_to_mend, is_right, wrong_answers
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.doubt import Doubt, DoubtKind
from app.model.project import Project
from app.model.track import Track
from tests.support.annotated_projects import VIDEO
from tracker_core.geometry import Box

HERE, ELSEWHERE = Box(10, 10, 40, 20), Box(200, 10, 40, 20)
TRUTH = [HERE] * 6 + [None] * 4
TRACKED = BoxRecord(HERE, Source.TRACKER, score=0.5)


def track(records: dict[int, BoxRecord]) -> Track:
    made = Track(1, "car", "#1f77b4")
    made.put(records)
    return made


def doubt(first: int, last: int, frame: int) -> Doubt:
    return Doubt(1, first, last, frame, DoubtKind.LOW_SCORE, 0.5, "")


def test_a_box_is_right_where_its_target_is_and_nothing_is_where_it_cannot_be_seen() -> None:
    assert is_right(TRACKED, HERE)
    assert not is_right(TRACKED.at(ELSEWHERE), HERE)
    assert not is_right(TRACKED, None)
    assert not is_right(None, HERE)
    assert is_right(None, None)
    assert is_right(keyframe(None), None)


def test_a_span_is_let_stand_only_if_every_box_of_it_is_right() -> None:
    right = track(dict.fromkeys(range(6), TRACKED))
    assert frame_to_mend(right, doubt(1, 5, 3), TRUTH) is None
    wrong = track({**dict.fromkeys(range(6), TRACKED), 4: TRACKED.at(ELSEWHERE)})
    assert frame_to_mend(wrong, doubt(1, 5, 3), TRUTH) == 4
    lost = track(dict.fromkeys(range(10), TRACKED))
    assert frame_to_mend(lost, doubt(3, 8, 7), TRUTH) == 7  # the shown one before the first one


def test_a_wrong_box_that_was_let_stand_is_named() -> None:
    seen = replace(TRACKED, reviewed=True)
    records = {1: seen, 2: seen.at(ELSEWHERE), 3: TRACKED.at(ELSEWHERE), 7: seen}
    assert wrong_answers(Project(VIDEO, tracks={1: track(records)}), {"car": TRUTH}) == ["car 2", "car 7"]
