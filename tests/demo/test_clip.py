from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from app.demo.clip import FRAME_RATE, Scene, demo_truth, write_demo
from app.demo.painting import lay_warped, move, stretch
from app.demo.scenery import COLUMN, VIEW_HEIGHT, VIEW_WIDTH
from app.demo.sprites import SCALE
from app.demo.stage import FRAME_COUNT, Actor, actors, camera
from resources import DEMO_VIDEO
from tracker_core.geometry import Box
from tracker_core.tracker import Image

LOOKED_AT = (0, 57, 120, FRAME_COUNT - 1)


@pytest.fixture(scope="module")
def scene() -> Scene:
    return Scene()


@pytest.fixture(scope="module")
def decoded() -> list[Image]:
    with av.open(DEMO_VIDEO) as container:
        return [np.asarray(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]


def drawn_box(actor: Actor, frame: int) -> Box:
    """Round the pixels where the sprite is at least half opaque, found on a large canvas at four pixels a unit."""
    scale, margin = 4, 100
    matrix = stretch(scale, scale) @ move(margin, margin) @ actor.matrix(frame) @ stretch(1 / SCALE, 1 / SCALE)
    canvas = np.zeros(((VIEW_HEIGHT + 2 * margin) * scale, (VIEW_WIDTH + 2 * margin) * scale, 4), dtype=np.float32)
    lay_warped(canvas, actor.sprite.pixels, matrix)
    rows, columns = np.nonzero(canvas[..., 3] >= 0.5)
    left, top, right, bottom = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
    return Box.from_corners(*(float(side) / scale - margin for side in (left, top, right, bottom)))


@pytest.mark.parametrize("name", ["boat", "kite", "ball", "look-alike", "car"])
def test_true_boxes_are_tight_round_what_is_drawn(name: str) -> None:
    actor = actors()[name]
    checked = 0
    for frame in range(0, FRAME_COUNT, 13):
        box = actor.true_box(frame)
        if box is not None:
            drawn = drawn_box(actor, frame).clipped(width=VIEW_WIDTH, height=VIEW_HEIGHT)
            assert box.as_tuple() == pytest.approx(drawn.as_tuple(), abs=0.6), frame
            checked += 1
    assert checked > 5


def test_true_boxes_lie_in_the_picture_and_are_large_enough_to_follow() -> None:
    truth = demo_truth()
    assert list(truth) == ["boat", "kite", "ball", "look-alike", "car"]
    for name, boxes in truth.items():
        assert len(boxes) == FRAME_COUNT
        assert boxes[0] is not None, name
        for box in filter(None, boxes):
            assert box == box.clipped(width=VIEW_WIDTH, height=VIEW_HEIGHT)
            whole = box.x > 0 and box.right < VIEW_WIDTH
            assert not whole or min(box.width, box.height) >= 38, (name, box)


def test_the_ball_vanishes_behind_the_column_comes_back_and_leaves() -> None:
    seen = "".join("-" if box is None else "#" for box in demo_truth()["ball"])
    runs = seen.replace("-#", "- #").replace("#-", "# -").split()
    assert [run[0] for run in runs] == ["#", "-", "#", "-"]
    assert 4 <= len(runs[1]) <= 15


def test_the_column_covers_the_ball_where_it_is_said_to_be_hidden() -> None:
    hidden = [frame for frame, box in enumerate(demo_truth()["ball"][:80]) if box is None]
    for frame in (hidden[0], hidden[-1]):
        left, top, right, bottom = COLUMN
        column = camera(frame, depth=1.0)[:2] @ np.array([[left, right], [top, bottom], [1, 1]])
        ball = drawn_box(actors()["ball"], frame)
        assert column[0, 0] <= ball.x + 0.5
        assert ball.right <= column[0, 1] + 0.5
        assert column[1, 0] <= ball.y
        assert ball.bottom <= column[1, 1]


def test_the_car_meets_its_look_alike_and_then_a_tree(scene: Scene) -> None:
    truth = demo_truth()
    overlaps = [
        frame
        for frame, (car, other) in enumerate(zip(truth["car"], truth["look-alike"], strict=True))
        if car is not None and other is not None and car.iou(other) > 0
    ]
    assert len(overlaps) > 10
    assert all(box is not None for box in truth["car"])
    # Before the tree the number on the door is white paint; behind it, it is bark.
    assert _door(scene, 100, truth["car"][100]).min(axis=2).max() > 225
    assert _door(scene, 132, truth["car"][132]).min(axis=2).max() < 190


def _door(scene: Scene, frame: int, car: Box | None) -> Image:
    assert car is not None
    middle, half = round(car.cx), 5
    return scene.render(frame)[round(car.cy) : round(car.bottom) - 12, middle - half : middle + half]


def test_drawing_twice_gives_the_same_pixels(scene: Scene) -> None:
    again = Scene()
    for frame in (0, 80):
        picture = scene.render(frame)
        assert picture.shape == (VIEW_HEIGHT, VIEW_WIDTH, 3)
        assert picture.dtype == np.uint8
        np.testing.assert_array_equal(picture, again.render(frame))


def test_the_shipped_clip_is_small_and_complete(decoded: list[Image]) -> None:
    assert DEMO_VIDEO.stat().st_size < 600_000
    assert len(decoded) == FRAME_COUNT
    assert {frame.shape for frame in decoded} == {(VIEW_HEIGHT, VIEW_WIDTH, 3)}


def test_the_shipped_clip_is_what_the_code_draws(scene: Scene, decoded: list[Image]) -> None:
    for frame in LOOKED_AT:
        error = decoded[frame].astype(float) - scene.render(frame)
        assert 10 * np.log10(255**2 / np.mean(error**2)) > 30, frame  # dB, PSNR


def test_the_writer_keeps_the_frame_rate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.demo.clip.demo_frames", lambda: iter([np.zeros((360, 640, 3), np.uint8)] * 3))
    write_demo(tmp_path / "short.mp4")
    with av.open(tmp_path / "short.mp4") as container:
        assert container.streams.video[0].average_rate == FRAME_RATE
        assert sum(1 for _ in container.decode(video=0)) == 3
