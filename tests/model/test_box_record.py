from __future__ import annotations

import pytest

from app.model.box_record import BoxRecord, Source, keyframe
from tracker_core.geometry import Box

BOX = Box(1, 2, 3, 4)


def test_a_keyframe_is_a_persons_reviewed_statement_without_a_score() -> None:
    assert keyframe(BOX) == BoxRecord(BOX, Source.HUMAN, score=None, reviewed=True)
    assert keyframe(BOX).is_keyframe
    assert not keyframe(BOX).absent
    assert keyframe(None).absent


@pytest.mark.parametrize("source", [Source.TRACKER, Source.INTERPOLATED])
def test_only_a_persons_record_is_a_keyframe(source: Source) -> None:
    assert not BoxRecord(BOX, source, reviewed=True).is_keyframe


def test_a_person_gives_no_score() -> None:
    with pytest.raises(ValueError, match="has no score"):
        BoxRecord(BOX, Source.HUMAN, score=0.5)


def test_nobody_is_absent_and_occluded() -> None:
    with pytest.raises(ValueError, match="cannot be occluded"):
        keyframe(None, occluded=True)


def test_at_another_place_all_else_stays() -> None:
    record = BoxRecord(BOX, Source.TRACKER, 0.5, occluded=True, reviewed=True, run_id=3)
    assert record.at(Box(9, 9, 9, 9)) == BoxRecord(Box(9, 9, 9, 9), Source.TRACKER, 0.5, True, True, 3)
