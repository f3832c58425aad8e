"""People who review a square that moves, with a tracker that follows it for eight frames and then slips off."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from app.cli.main import commands
from benchmarks import people
from benchmarks.people import Outcome, PersonName, Reviews, found_within, interval, totals
from tests.support.moving_square import moving_square
from tests.support.trackers import IdentityTracker
from tracker_core.evaluation.sequences import Sequence
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Prediction

FRAMES, FOLLOWED = 40, 8


class SlippingTarget:
    def __init__(self, box: Box) -> None:
        self.box, self._updates = box, 0

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        self._updates += 1
        rows, columns = np.nonzero(image.max(axis=2) > 180)
        left, top = float(columns.min()), float(rows.min())
        slipped = max(self._updates - FOLLOWED, 0)
        self.box = Box(min(left + 6 * slipped, 130), top, 24, 24)
        return Prediction(self.box, 0.98 if slipped == 0 else 0.1)

    def move_to(self, box: Box) -> None:
        self.box = box


class SlippingTracker(IdentityTracker):
    name = "slipping"

    def init(self, image: Image, box: Box) -> SlippingTarget:  # type: ignore[override]
        return SlippingTarget(box)


def square_sequence() -> Sequence:
    images, boxes = moving_square(FRAMES)
    return Sequence("square", np.array([box.as_tuple() for box in boxes]), lambda: iter(images), first_pixel=0)


@pytest.mark.parametrize("person", ["suggested", "queue", "spans"])
def test_a_person_finds_what_the_tracker_lost_and_says_so_in_few_boxes(person: PersonName) -> None:
    outcome = Reviews(square_sequence(), SlippingTracker()).review(person, target_iou=0.5)
    assert outcome.frames == FRAMES
    assert outcome.wrong_at_first > 10
    assert outcome.wrong_left == 0
    assert 2 <= outcome.boxes <= 8
    assert outcome.boxes <= outcome.looks + 1
    assert outcome.looks <= outcome.seen
    assert outcome.drawn_in[0] == 0
    assert outcome.mean_iou > 0.8
    assert outcome.found == sorted(outcome.found)


def test_a_track_that_is_right_asks_for_one_box() -> None:
    images, boxes = moving_square(FRAMES)
    still = Sequence("still", np.array([boxes[0].as_tuple()] * 10), lambda: iter(images[:1] * 10), first_pixel=0)
    outcome = Reviews(still, IdentityTracker()).review("suggested", target_iou=0.7)
    assert (outcome.boxes, outcome.wrong_at_first, outcome.wrong_left) == (1, 0, 0)


def test_the_share_that_the_first_looks_find() -> None:
    outcome = Outcome("queue", "film", 0.5, frames=20, wrong_at_first=10, found=[4, 6, 10])
    assert [found_within(outcome, share) for share in (0, 0.05, 0.1, 0.9)] == [0, 0.4, 0.6, 1]
    assert found_within(Outcome("queue", "film", 0.5, frames=20), 0.1) == 1  # nothing was wrong


def test_a_long_video_weighs_more() -> None:
    short = Outcome("queue", "short", 0.5, frames=100, drawn_in=[0, 5], looks=4, mean_iou=0.9, wrong_left=1)
    long = Outcome("queue", "long", 0.5, frames=300, drawn_in=[0, 5], looks=8, mean_iou=0.7)
    told = totals([short, long])
    assert (told["boxes_per_100_frames"], told["looks_per_100_frames"]) == (1, 3)
    assert told["mean_iou"] == pytest.approx(0.75)
    assert told["wrong_left_percent"] == 0.25


def test_the_interval_is_wider_where_videos_differ() -> None:
    alike = [Outcome("queue", str(i), 0.5, frames=100, drawn_in=[0, 5]) for i in range(10)]
    low, high = interval(alike)
    assert low == high == 2
    different = [Outcome("queue", str(i), 0.5, frames=100, drawn_in=list(range(4 * (i % 2)))) for i in range(10)]
    low, high = interval(different)
    assert 0.4 < low < 1.6 < 2.4 < high < 3.6


def test_the_first_wrong_person_has_no_part_to_do_without(tmp_path: Path) -> None:
    command = ["bench", "effort", "--data", str(tmp_path), "--tracker", "siamrpnpp_tiny", "--without", "line"]
    done = CliRunner().invoke(commands, command)
    assert done.exit_code != 0
    assert "--without needs --person" in done.output


def test_the_command_writes_a_row_a_video_and_threshold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("benchmarks.command.read_sequences", lambda data: [square_sequence()])
    asked: list[tuple[str, float, list[str]]] = []

    def reviewed(reviews: Reviews, person: PersonName, *, target_iou: float, without: list[str]) -> Outcome:
        asked.append((person, target_iou, without))
        return Outcome("queue", reviews.film.name, target_iou, frames=FRAMES, drawn_in=[0], looks=3, mean_iou=0.9)

    monkeypatch.setattr(people.Reviews, "review", reviewed)
    out = tmp_path / "rows.json"
    command = ["bench", "effort", "--data", str(tmp_path), "--person", "queue", "--tracker", "siamrpnpp_tiny"]
    done = CliRunner().invoke(commands, [*command, "--device", "cpu", "--without", "line", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert asked == [("queue", 0.5, ["line"]), ("queue", 0.7, ["line"])]
    rows = json.loads(out.read_text())["rows"]
    assert [(row["sequence"], row["threshold"]) for row in rows] == [
        ("square", 0.5), ("square", 0.7), ("all", 0.5), ("all", 0.7),
    ]  # fmt: skip
