"""Many doubts at one look: side by side, each playing its boxes, answered with one key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.stories.conftest import Begin
from tests.stories.test_review import START, tracked
from tests.support.stories import CTRL, Story
from tracker_core.geometry import Box


def side_by_side(story: Story) -> None:
    """Press Z, and wait until every box of every doubt has been on the screen."""
    story.press(Qt.Key.Key_Z)
    wait_until_seen(story)


def wait_until_seen(story: Story) -> None:
    page, sheet = story.application.doubt_page, story.application.review_presenter.view.many.sheet

    def is_all_seen() -> bool:
        are_shown = [clip.paged for clip in sheet.clips] == list(page.page)
        return bool(page.page) and are_shown and all(map(page.is_seen, page.page))

    story.qtbot.waitUntil(is_all_seen, timeout=30_000)


def test_one_key_lets_all_doubts_stand_that_were_shown(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34), range(45, 50))
    review, panel = story.application.review, story.application.review_presenter.view
    doubts = list(review.doubts)
    side_by_side(story)
    assert panel.many.isVisible()
    assert panel.many.headline.text() == "3 of 3 doubts"
    story.press(Qt.Key.Key_Return)
    story.qtbot.waitUntil(lambda: not review.doubts)
    for doubt in doubts:
        assert all(
            story.track(1).get(frame).reviewed  # type: ignore[union-attr]  # tracked
            for frame in range(doubt.first_frame, doubt.last_frame + 1)
        )
    story.qtbot.waitUntil(lambda: not panel.many.isVisible())

    story.press(Qt.Key.Key_Z, CTRL)
    story.qtbot.waitUntil(lambda: len(review.doubts) == 3)  # an answer is one step of undo


def test_enter_before_every_box_was_shown_settles_nothing(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    story.press(Qt.Key.Key_Z)
    story.press(Qt.Key.Key_Return)
    assert not any(record.reviewed for _, record in story.track(1).items() if not record.is_keyframe)
    assert "not every box has been shown" in story.application.status.message.text()
    wait_until_seen(story)
    story.press(Qt.Key.Key_Return)
    story.qtbot.waitUntil(lambda: not story.application.review.doubts)


def test_a_click_goes_to_the_wrong_box_and_after_the_answer_the_page_is_back(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34), range(45, 50))
    review, page = story.application.review, story.application.doubt_page
    sheet = story.application.review_presenter.view.many.sheet
    side_by_side(story)
    number = next(n for n, paged in enumerate(page.page) if paged.doubt.first_frame > 25)
    doubt, cell = page.page[number].doubt, sheet.cell(number)
    last = QPoint(cell.right() - 2, cell.top() + cell.width() // 2)
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=last)
    story.wait_for_frame(doubt.last_frame)
    assert not page.is_shown
    story.draw(Box(50, 15, 30, 30))  # the box itself is the answer
    story.qtbot.waitUntil(lambda: page.is_shown, timeout=20_000)
    assert doubt not in review.doubts
    wait_until_seen(story)


def test_esc_and_n_lead_back_to_the_list(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    panel = story.application.review_presenter.view
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_N, Qt.Key.Key_Z):
        side_by_side(story)
        story.press(key)
        story.qtbot.waitUntil(lambda: not panel.many.isVisible())
    assert len(story.application.review.doubts) == 2


def test_what_was_seen_of_one_project_is_not_seen_of_the_next(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    side_by_side(story)
    story.application.actions.by_id["close_project"].trigger()
    assert not story.application.doubt_page.is_shown
    story.open(clip)
    story.qtbot.waitUntil(lambda: len(story.application.review.doubts) == 2)
    story.press(Qt.Key.Key_Z)
    assert not any(map(story.application.doubt_page.is_seen, story.application.doubt_page.page))
    assert story.application.doubt_page.page


def test_without_doubts_there_is_no_page(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip)
    story.press(Qt.Key.Key_Z)
    assert not story.application.doubt_page.is_shown
    assert story.application.status.message.text() == "Nothing is doubtful."
    assert story.track(1).get(0).box == START  # type: ignore[union-attr]  # drawn
