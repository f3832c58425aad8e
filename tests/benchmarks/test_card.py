from __future__ import annotations

from benchmarks.card import HEADING, CardRow, measured_rows, read_rows, section, with_section
from tests.support.sequences import black_sequence
from tests.support.trackers import IdentityTracker

ROWS = [CardRow("car4", 659, 0.8517, 1, 2), CardRow("ball1", 105, 0.79, 1, 8)]
CARD = "# small\n\nSays little.\n\n## What it saw\n\nPictures.\n\n## Where it fails\n\nOften.\n"


def test_what_was_written_into_a_card_is_read_back_and_the_rest_of_it_stays() -> None:
    card = with_section(CARD, section("small", ROWS))
    assert read_rows(card) == [CardRow("car4", 659, 0.852, 1, 2), ROWS[1]]
    assert card.replace(section("small", ROWS) + "\n", "") == CARD
    assert read_rows(CARD) == []


def test_a_second_writing_replaces_the_first() -> None:
    once = with_section(CARD, section("small", ROWS[:1]))
    twice = with_section(once, section("small", ROWS))
    assert twice == with_section(CARD, section("small", ROWS))
    assert twice.count(HEADING) == 1


def test_the_last_row_is_the_mean_of_the_videos_and_boxes_of_a_hundred_frames() -> None:
    last = section("small", ROWS).splitlines()[-1]
    assert last == "| mean; per 100 frames | 764 | 0.821 | 0.26 | 1.31 |"


def test_a_box_that_stays_is_right_until_the_target_leaves_it() -> None:
    sequence = black_sequence([(10, 10, 20, 20)] * 4 + [(18, 10, 20, 20)] * 2 + [(60, 40, 20, 20)] * 2, name="square")
    (row,) = measured_rows(IdentityTracker(), [sequence])
    assert (row.video, row.frames, row.boxes_50, row.boxes_70) == ("square", 8, 3, 3)  # overlap of the second: 3 / 7
    thresholds = 21
    assert row.auc == (4 * (thresholds - 1) + 2 * 9) / 8 / thresholds  # 3 / 7 lies over 0, 0.05 .. 0.4
