"""Ways to look and to go: by the track's own frames, by steps of any length, by trails, with a camera that follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.model.box_record import keyframe
from app.views.canvas.box_dialog import BoxDialog
from app.views.canvas.look_dialog import LookDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tracker_core.geometry import Box

BOX = Box(20, 10, 40, 30)


@pytest.fixture
def story(begin: Begin, clip: Path) -> Story:
    """Track 1 has keyframes on 10 and 20, is absent from 30 and comes back on 40."""
    story = begin(clip)
    story.go_to(10)
    story.draw(BOX)
    document = story.application.document
    document.put_records({1: {20: keyframe(BOX), 30: keyframe(None), 40: keyframe(BOX)}})
    return story


def frame_after(story: Story, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> int:
    story.press(key, modifiers)
    return story.application.session.current_frame


def test_keys_go_to_where_something_of_the_track_is(story: Story) -> None:
    assert frame_after(story, Qt.Key.Key_S, SHIFT) == 21  # nothing is known between a box and an absence
    assert frame_after(story, Qt.Key.Key_E, SHIFT) == 40
    assert frame_after(story, Qt.Key.Key_Q, SHIFT) == 20
    assert frame_after(story, Qt.Key.Key_W, SHIFT) == 9
    assert frame_after(story, Qt.Key.Key_End, SHIFT) == 40
    assert frame_after(story, Qt.Key.Key_Home, SHIFT) == 10
    assert frame_after(story, Qt.Key.Key_M, SHIFT) == 15
    story.application.seeking.choose_step(2)
    assert frame_after(story, Qt.Key.Key_D, SHIFT) == 17
    assert frame_after(story, Qt.Key.Key_A, SHIFT) == 15


def test_a_box_is_given_by_numbers_and_made_larger_by_keys(story: Story) -> None:
    story.press(Qt.Key.Key_B, CTRL)
    dialog = story.window.findChildren(BoxDialog)[-1]
    assert dialog.left_field.value() == BOX.x
    dialog.left_field.setValue(12.5)
    dialog.width_field.setValue(500)
    dialog._on_accepted()
    record = story.track(1).get(10)
    assert record is not None
    assert record.box == Box(12.5, 10, 192 - 12.5, 30)
    story.press(Qt.Key.Key_Z, CTRL)
    story.qtbot.waitUntil(lambda: any(box.box == BOX for box in story.canvas.boxes))
    story.press(Qt.Key.Key_Right, CTRL)
    story.press(Qt.Key.Key_Down, CTRL | SHIFT)
    story.press(Qt.Key.Key_Left, CTRL)
    record = story.track(1).get(10)
    assert record is not None
    assert record.box == Box(20, 10, 40, 40)


def test_boxes_hide_while_their_key_is_held_and_trails_are_shown(story: Story) -> None:
    with_boxes = story.canvas.grab().toImage()
    QTest.keyPress(story.canvas, Qt.Key.Key_QuoteLeft)
    assert story.canvas.grab().toImage() != with_boxes
    QTest.keyRelease(story.canvas, Qt.Key.Key_QuoteLeft)
    assert story.canvas.grab().toImage() == with_boxes
    story.application.document.put_records({1: {20: keyframe(BOX.translated(dx=60, dy=10))}})
    story.press(Qt.Key.Key_O, SHIFT)
    assert story.application.actions.by_id["trails"].isChecked()
    assert story.canvas.grab().toImage() != with_boxes


def test_the_camera_follows_the_target(story: Story) -> None:
    story.application.document.put_records({1: {20: keyframe(BOX.translated(dx=60, dy=10))}})
    story.press(Qt.Key.Key_F, SHIFT)
    for frame in (20, 15):
        story.go_to(frame)
        shown = next(box for box in story.canvas.boxes if box.track_id == 1 and not box.ghost)
        there = story.canvas.widget_point(shown.box.cx, shown.box.cy)
        assert (there - story.canvas.rect().center()).manhattanLength() < 3


def test_brightness_changes_the_look_and_cancel_brings_it_back(story: Story) -> None:
    before = story.canvas.grab().toImage()
    story.application.actions.by_id["look"].trigger()
    dialog = story.window.findChildren(LookDialog)[-1]
    dialog.brightness.setValue(40)
    assert story.canvas.grab().toImage() != before
    dialog.reject()
    assert story.canvas.grab().toImage() == before


def test_trails_on_a_frame_on_the_way_are_those_of_that_frame(story: Story) -> None:
    story.application.document.put_records({1: {20: keyframe(Box(90, 10, 40, 30))}})
    story.application.looking.set_trails(True)
    story.go_to(15)
    expected = story.canvas.grab().toImage()
    picture = story.application.loader.cached(15)
    story.go_to(40)
    assert story.canvas.grab().toImage() != expected
    story.application.playback.stand_in_shown.emit(15, picture)
    assert story.canvas.grab().toImage() == expected


def test_a_nudge_on_a_frame_on_the_way_stays_on_that_frame(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.go_to(20)
    playback, loader = story.application.playback, story.application.loader
    picture = loader.cached(20)
    assert picture is not None
    monkeypatch.setattr(loader, "request", lambda *_: None)  # frame 50 takes its time
    monkeypatch.setattr(loader, "cached", lambda frame: picture if frame == 20 else None)
    playback.go_to(50)
    playback.on_stand_in(20, picture)
    story.press(Qt.Key.Key_Right)
    assert story.application.session.current_frame == story.canvas.frame_index == 20
    record = story.track(1).get(20)
    assert record is not None
    assert record.box == Box(BOX.x + 1, BOX.y, BOX.width, BOX.height)
