from __future__ import annotations

import pytest

from app.assist.contact_sheet import sheet_cells
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.doubt import Doubt, DoubtKind
from app.model.score_meaning import ScoreMeaning
from app.model.track import Track
from tracker_core.geometry import Box

BOX = Box(10, 10, 20, 20)


def track() -> Track:
    made = Track(1, "car", "#3b82f6")
    made.put({5: keyframe(BOX), 13: keyframe(BOX), 40: keyframe(None)})
    made.put({frame: BoxRecord(BOX, Source.TRACKER, score=0.9, reviewed=frame == 25) for frame in range(14, 40)})
    return made


def doubt(frame: int) -> Doubt:
    return Doubt(1, frame - 1, frame + 1, frame, DoubtKind.LOW_SCORE, 0.7, "low score")


def test_a_sheet_has_every_nth_frame_the_keyframes_and_the_doubts() -> None:
    cells = sheet_cells(track(), [doubt(22)], every=10, last_frame=59)
    assert [cell.frame for cell in cells] == [5, 13, 15, 22, 25, 35]  # absent from 40 on
    assert [cell.frame for cell in cells if cell.is_keyframe] == [5, 13]
    assert [cell.frame for cell in cells if cell.doubt is not None] == [22]
    assert [cell.frame for cell in cells if cell.is_reviewed and not cell.is_keyframe] == [25]


def test_interpolated_boxes_are_shown_too() -> None:
    cells = sheet_cells(track(), [], every=4, last_frame=12)
    assert [cell.frame for cell in cells] == [5, 9, 13]


def test_a_track_without_boxes_has_an_empty_sheet() -> None:
    assert sheet_cells(Track(1, "car", "#3b82f6"), [], every=1, last_frame=9) == []


def test_a_step_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        sheet_cells(track(), [], every=0, last_frame=9)


@pytest.mark.parametrize("meaning", ScoreMeaning)
def test_a_doubt_that_rests_on_no_measured_score_is_a_guess(meaning: ScoreMeaning) -> None:
    cells = sheet_cells(track(), [doubt(22)], every=10, last_frame=59, meaning_of=lambda record: meaning)
    (cell,) = (cell for cell in cells if cell.doubt is not None)
    assert cell.is_guess == (meaning is not ScoreMeaning.MEASURED)
