"""A box counts as looked at only if it was on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from app.settings.schema import CERTIFICATE_BOXES
from app.settings.store import SettingsStore
from app.store.places import Places
from app.video.info import VideoError
from app.workers.crop_worker import _Cutter, _Wish
from tests.stories.conftest import Begin
from tests.stories.test_certificate import certificate_of
from tests.stories.test_many_doubts import wait_until_seen
from tests.stories.test_review import tracked
from tests.support.stories import CTRL, SHIFT, Story
from tracker_core.tracker import Image


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Frames that cannot be read; empty at first."""
    frames: set[int] = set()
    read = _Cutter._frame

    def read_or_fail(cutter: _Cutter, wish: _Wish, frame: int) -> Image:
        if frame in frames:
            raise VideoError("damaged")
        return read(cutter, wish, frame)

    monkeypatch.setattr(_Cutter, "_frame", read_or_fail)
    return frames


def marked_in(story: Story) -> set[int]:
    return {frame for frame, record in story.track(1).items() if record.reviewed and not record.is_keyframe}


def test_a_doubt_with_a_frame_that_cannot_be_read_is_not_answered_side_by_side(
    begin: Begin, clip: Path, unreadable: set[int]
) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34), range(45, 50))
    unreadable.add(31)
    story.press(Qt.Key.Key_Z)
    page = story.application.doubt_page
    story.qtbot.waitUntil(lambda: len(page.page) == 2)
    assert "Frame 31 cannot be read" in story.application.status.message.text()
    wait_until_seen(story)
    story.press(Qt.Key.Key_Return)
    assert marked_in(story) == {*range(10, 16), *range(45, 50)}


def test_where_no_frame_can_be_read_the_queue_goes_on_one_by_one_and_z_tries_again(
    begin: Begin, clip: Path, unreadable: set[int]
) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    unreadable.update(range(60))
    story.press(Qt.Key.Key_Z)
    story.qtbot.waitUntil(lambda: not story.application.doubt_page.is_shown)
    assert not marked_in(story)
    unreadable.clear()
    story.press(Qt.Key.Key_Z)
    wait_until_seen(story)
    assert len(story.application.doubt_page.page) == 2


def test_a_locked_track_does_not_keep_the_others_from_being_answered(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    story.application.document.set_locked(1, True)
    story.press(Qt.Key.Key_Z)
    assert not story.application.doubt_page.page


def certified(begin: Begin, clip: Path, home: Path) -> Story:
    SettingsStore(Places.below(home).settings).set(CERTIFICATE_BOXES, 15)
    story = tracked(begin, clip)
    story.press(Qt.Key.Key_C, CTRL | SHIFT)
    story.qtbot.waitUntil(lambda: story.application.certificate.is_judging)
    return story


def test_a_box_whose_frame_cannot_be_read_is_not_judged_right(
    begin: Begin, clip: Path, home: Path, unreadable: set[int]
) -> None:
    unreadable.update(range(1, 60))
    story = certified(begin, clip, home)
    controller, view = story.application.certificate, story.application.review_presenter.view.judging
    assert certificate_of(story).drawn[0].frame == 0
    story.qtbot.waitUntil(
        lambda: len([box for box in view.boxes.boxes if box.is_unreadable]) == len(controller.page) - 1, timeout=30_000
    )
    story.qtbot.waitUntil(lambda: controller.is_seen(0))
    story.press(Qt.Key.Key_Return)
    assert [drawn.is_right for drawn in certificate_of(story).drawn][:2] == [True, None]
    assert certificate_of(story).judged_count == 1
    story.press(Qt.Key.Key_Y)
    assert certificate_of(story).judged_count == 1
    assert story.application.status.message.text() == (
        "1 box cannot be called right: its frame cannot be read. Call it wrong to continue."
    )
    while not certificate_of(story).is_complete:
        story.press(Qt.Key.Key_U)
    assert [drawn.is_right for drawn in certificate_of(story).drawn] == [True] + [False] * 14


def test_boxes_of_a_certificate_that_no_panel_shows_are_not_judged(begin: Begin, clip: Path, home: Path) -> None:
    story = certified(begin, clip, home)
    view = story.application.review_presenter.view
    next(dock for dock in story.window.findChildren(QDockWidget) if dock.isAncestorOf(view)).close()
    controller = story.application.certificate
    seen = {place for place in controller.page if controller.is_seen(place)}
    boxes = view.judging.boxes

    def are_read() -> bool:
        return len(boxes.boxes) == len(controller.page) and all(box.picture is not None for box in boxes.boxes)

    story.qtbot.waitUntil(are_read, timeout=30_000)
    story.press(Qt.Key.Key_Return)
    judged = {place for place, drawn in enumerate(certificate_of(story).drawn) if drawn.is_right is not None}
    assert judged <= seen
