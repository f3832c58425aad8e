"""The shift of a picture that a camera has panned over."""

from __future__ import annotations

import gc
import weakref

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import random_tracker
from tracker_core.camera import WIDTH, Shift, View
from tracker_core.decision.motion import REACHED_WELL
from tracker_core.geometry import Box
from tracker_core.group import update_all
from tracker_core.images import Image


def landscape(width: int = 1400, height: int = 800, *, seed: int = 0) -> Image:
    noise = np.random.default_rng(seed).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    return np.asarray(cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


WORLD = landscape()


def seen_from(x: int, y: int, *, width: int = 640, height: int = 360) -> Image:
    return WORLD[y : y + height, x : x + width]


@settings(max_examples=40)
@given(st.integers(-90, 90), st.integers(-60, 60))
def test_a_pan_moves_the_picture_the_other_way(dx: int, dy: int) -> None:
    shift = View.of(seen_from(400 - dx, 200 - dy)).shift_since(View.of(seen_from(400, 200)))
    assert shift == pytest.approx((dx, dy), abs=640 / WIDTH / 2)


@pytest.mark.parametrize(("width", "height"), [(64, 48), (200, 320), (513, 300), (1280, 720)])
def test_pictures_of_any_size(width: int, height: int) -> None:
    before, after = (View.of(seen_from(x, 10, width=width, height=height)) for x in (20, 12))
    assert after.shift_since(before) == pytest.approx((8, 0), abs=max(1, width / WIDTH) / 2)


def test_what_moves_alone_is_no_pan() -> None:
    before, after = seen_from(100, 100).copy(), seen_from(100, 100).copy()
    before[100:180, 100:180] = after[130:210, 300:380] = (255, 0, 0)
    assert View.of(after).shift_since(View.of(before)) == pytest.approx((0, 0), abs=0.2)


@pytest.mark.parametrize(
    "later",
    [landscape(640, 360, seed=7), np.zeros((360, 640, 3), np.uint8), seen_from(0, 0, width=320, height=360)],
    ids=["a cut", "black", "another shape"],
)
def test_where_no_shift_can_be_told_there_is_none(later: Image) -> None:
    assert View.of(later).shift_since(View.of(seen_from(0, 0))) == Shift(0, 0)


def test_a_picture_of_a_few_pixels_has_no_shift() -> None:
    tiny = np.zeros((2, 3, 3), np.uint8)
    assert View.of(tiny).shift_since(View.of(tiny)) == Shift(0, 0)


def test_views_do_not_keep_the_frames_before_them() -> None:
    first = View.of(seen_from(0, 0))
    forgotten, last = weakref.ref(first), View.of(seen_from(5, 0))
    last.shift_since(first)
    del first
    gc.collect()
    assert forgotten() is None


def test_a_target_is_looked_for_where_the_camera_has_moved_it_to() -> None:
    tracker = random_tracker()
    heeding = tracker.with_constants(type(tracker.constants)(lead=0.8))
    box = Box(300, 150, 40, 40)
    for together in (False, True):
        targets = [made.init(seen_from(400, 200), box) for made in (heeding, tracker)]
        for target in targets:
            if together:
                update_all([target], seen_from(370, 200))
            else:
                target.update(seen_from(370, 200))
        moved, stayed = (target.box.cx for target in targets)
        assert moved != stayed
    heeding_target = heeding.init(seen_from(400, 200), box)
    heeding_target.notice(View.of(seen_from(370, 200)))
    (square,) = heeding_target.squares()
    reach = square.window.width / 2
    assert square.window.cx == pytest.approx(box.cx + 30 - REACHED_WELL * reach, abs=1)


def test_a_target_that_was_moved_to_another_frame_expects_no_pan() -> None:
    tracker = random_tracker()
    target = tracker.with_constants(type(tracker.constants)(lead=0.8)).init(seen_from(400, 200), Box(300, 150, 40, 40))
    target.move_to(Box(200, 100, 40, 40))
    target.notice(View.of(seen_from(300, 200)))
    (square,) = target.squares()
    assert square.window.cx == pytest.approx(220, abs=1)
