"""A track in many small pictures: seen at a glance, gone to by a click, let stand as a span."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.views.contact_sheet.sheet_view import Role
from tests.stories.conftest import Begin
from tests.support.stories import SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

START = Box(40, 10, 40, 40)


def sheet_of(begin: Begin, clip: Path) -> Story:
    story = begin(clip, tracker=ScriptedTracker([START], [0.99]))
    story.draw(START)
    story.track_with()
    story.window.docks["Contact sheet"].raise_()
    sheet = story.application.contact_sheet_presenter.view.sheet
    story.qtbot.waitUntil(lambda: sheet.cells.rowCount() == 60)
    return story


def test_every_cell_gets_its_picture(begin: Begin, clip: Path) -> None:
    story = sheet_of(begin, clip)
    cells = story.application.contact_sheet_presenter.view.sheet.cells
    story.qtbot.waitUntil(lambda: not cells.without_picture(), timeout=15_000)
    assert cells.data(cells.index(0), Role.PICTURE) is not None


def test_a_click_goes_to_the_frame_and_shift_click_chooses_a_span(begin: Begin, clip: Path) -> None:
    story = sheet_of(begin, clip)
    panel = story.application.contact_sheet_presenter.view
    view = panel.sheet

    def click(row: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        view.scrollTo(view.cells.index(row))
        place = view.visualRect(view.cells.index(row)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, place)

    click(3)
    story.wait_for_frame(3)
    click(6, SHIFT)
    assert panel.right_button.text() == "3 to 6 are right"
    panel.right_button.click()
    reviewed = [frame for frame, record in story.track(1).items() if record.reviewed and not record.is_keyframe]
    assert reviewed == [3, 4, 5, 6]
    assert not panel.right_button.isEnabled()


def test_the_step_can_be_chosen(begin: Begin, clip: Path) -> None:
    story = sheet_of(begin, clip)
    panel = story.application.contact_sheet_presenter.view
    panel.every.setValue(10)
    story.qtbot.waitUntil(lambda: panel.sheet.cells.rowCount() == 6)


def test_a_sheet_that_is_not_seen_reads_nothing(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([START], [0.99]))
    story.draw(START)
    story.track_with()
    assert story.application.contact_sheet_presenter.view.sheet.cells.rowCount() == 0
