"""A span is chosen on the timeline or by keys; what is done with it is one step of undo, and is said with its count."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.model.box_record import Source
from app.model.interpolation import record_at
from app.views.timeline.layout import ROW_HEIGHT, RULER_HEIGHT
from app.views.timeline.span_dialogs import CopyDialog, SimplifyDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, NO_KEYS, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

BOX, FOUND = Box(20, 10, 40, 30), Box(60, 12, 40, 30)
LAST = 59
LEFT = Qt.MouseButton.LeftButton


class Spans:
    """A tracked track and a hand on its row."""

    def __init__(self, begin: Begin, clip: Path) -> None:
        self.story: Story = begin(clip, tracker=ScriptedTracker([FOUND]))
        self.application = self.story.application
        self.story.draw(BOX)
        self.story.track_with()
        self.view = self.application.timeline_presenter.view
        self.heard: list[str] = []
        self.application.spans.told.connect(self.heard.append)
        self.before = dict(self.story.track(1).items())

    def place(self, frame: int, row: int = 0) -> QPoint:
        x = round(self.view.axis.x_of(frame + 0.5))
        return QPoint(x, RULER_HEIGHT + row * ROW_HEIGHT + ROW_HEIGHT - 2)

    def drag(self, first: int, last: int) -> None:
        viewport = self.view.viewport()
        QTest.mousePress(viewport, LEFT, NO_KEYS, self.place(first))
        QTest.mouseMove(viewport, self.place((first + last) // 2))
        QTest.mouseMove(viewport, self.place(last))
        QTest.mouseRelease(viewport, LEFT, NO_KEYS, self.place(last))
        self.story.wait_for_frame(last)

    def click(self, frame: int, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, modifiers, self.place(frame))

    def span(self) -> tuple[int, int] | None:
        return self.application.session.span

    def shown(self) -> list[int]:
        records = ((frame, record_at(self.story.track(1), frame)) for frame in range(LAST + 1))
        return [frame for frame, record in records if record is not None and record.box is not None]

    def undo_is_one_step(self) -> None:
        self.story.press(Qt.Key.Key_Z, CTRL)
        assert dict(self.story.track(1).items()) == self.before

    def ask(self, action: str) -> None:
        self.application.actions.by_id[action].trigger()


@pytest.fixture
def spans(begin: Begin, clip: Path) -> Spans:
    return Spans(begin, clip)


def test_a_span_is_dragged_stretched_and_let_go(spans: Spans) -> None:
    spans.drag(20, 29)
    assert spans.span() == (20, 29)
    spans.click(40, SHIFT)
    assert spans.span() == (20, 40)
    spans.click(10, SHIFT)
    assert spans.span() == (10, 20)
    spans.story.press(Qt.Key.Key_Escape)
    assert spans.span() is None
    spans.drag(40, 30)
    assert spans.span() == (30, 40)
    spans.click(50)
    assert spans.span() is None


def test_a_span_is_chosen_by_keys_and_goes_with_its_track(spans: Spans) -> None:
    spans.story.go_to(12)
    spans.story.press(Qt.Key.Key_Comma)
    spans.story.go_to(18)
    spans.story.press(Qt.Key.Key_Period)
    assert spans.span() == (12, 18)
    spans.application.session.select()
    assert spans.span() is None


def test_delete_takes_the_span_while_the_frame_lies_in_it(spans: Spans) -> None:
    spans.drag(20, 29)
    spans.story.press(Qt.Key.Key_Delete)
    assert spans.shown() == [*range(20), *range(30, LAST + 1)]
    assert spans.heard == ["10 boxes of target #1 deleted, frames 20 to 29."]
    spans.undo_is_one_step()
    spans.story.go_to(35)
    spans.story.press(Qt.Key.Key_Delete)
    assert spans.shown() == [frame for frame in range(LAST + 1) if frame != 35]


def test_absent_occluded_and_right_hold_in_the_span(spans: Spans) -> None:
    spans.drag(20, 29)
    spans.story.press(Qt.Key.Key_X)
    assert spans.shown() == [*range(20), *range(30, LAST + 1)]
    assert spans.heard[-1] == "target #1 is absent from frame 20 to frame 29; 10 boxes are gone."
    spans.undo_is_one_step()
    spans.story.press(Qt.Key.Key_O)
    assert [frame for frame, record in spans.story.track(1).items() if record.occluded] == list(range(20, 30))
    spans.undo_is_one_step()
    spans.story.press(Qt.Key.Key_Return)
    reviewed = [frame for frame, record in spans.story.track(1).items() if record.reviewed and not record.is_keyframe]
    assert reviewed == list(range(20, 30))
    assert spans.heard[-1] == "10 boxes of target #1 marked as right, frames 20 to 29."
    spans.undo_is_one_step()


def test_lines_curves_and_keyframes_take_the_place_of_tracked_boxes(spans: Spans) -> None:
    spans.drag(20, 29)
    spans.story.press(Qt.Key.Key_I)
    assert [frame for frame, _ in spans.story.track(1).items(20, 29)] == [20, 29]
    assert spans.heard[-1] == "10 boxes of target #1 now lie on lines, frames 20 to 29."
    spans.undo_is_one_step()
    spans.ask("span_curve")
    inner = [record for _, record in spans.story.track(1).items(21, 28)]
    assert {record.source for record in inner} == {Source.INTERPOLATED}
    spans.undo_is_one_step()
    spans.ask("span_simplify")
    dialog = spans.story.window.findChildren(SimplifyDialog)[-1]
    assert dialog.answer.text() == "2 keyframes left of 10 boxes of target #1."
    assert dict(spans.story.track(1).items()) == spans.before
    dialog.accept()
    dialog.chosen.emit(0.8)
    assert [frame for frame, _ in spans.story.track(1).items(20, 29)] == [20, 29]
    assert spans.story.track(1).keyframe_count == 3
    spans.undo_is_one_step()


def test_the_span_is_copied_to_a_new_track_and_to_another(spans: Spans) -> None:
    spans.drag(20, 29)
    spans.ask("span_copy")
    dialog = spans.story.window.findChildren(CopyDialog)[-1]
    dialog._on_accepted()
    assert [frame for frame, _ in spans.story.track(2).items()] == list(range(20, 30))
    assert spans.heard[-1] == "10 boxes of target #1 copied to target #2, frames 20 to 29."
    spans.application.session.select(1)
    spans.drag(40, 44)
    spans.application.spans.copy_to(2)
    assert [frame for frame, _ in spans.story.track(2).items(30)] == list(range(40, 45))
    spans.story.press(Qt.Key.Key_Z, CTRL)
    spans.story.press(Qt.Key.Key_Z, CTRL)
    assert sorted(spans.story.project.tracks) == [1]


def test_the_span_is_tracked_again_and_nothing_else(spans: Spans) -> None:
    spans.drag(20, 29)
    with spans.story.qtbot.waitSignal(spans.application.tracking.run_finished):
        spans.story.press(Qt.Key.Key_R)
    runs = {frame: record.run_id for frame, record in spans.story.track(1).items()}
    assert {frame for frame, run_id in runs.items() if run_id == 2} == set(range(21, 30))
    spans.undo_is_one_step()


def test_everything_up_to_an_end_is_deleted_and_counted(spans: Spans) -> None:
    spans.story.go_to(50)
    menu = spans.application.actions.menu_of(["delete_to_start", "delete_to_end"], spans.story.window)
    menu.popup(QPoint(0, 0))
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Delete up to here (51 boxes)", "Delete from here on (10 boxes)"]
    menu.hide()
    assert spans.application.actions.by_id["delete_to_end"].text() == "Delete from here on"
    spans.ask("delete_to_end")
    assert spans.shown() == list(range(50))
    spans.undo_is_one_step()
    spans.ask("delete_to_start")
    assert spans.shown() == list(range(51, 60))
    assert spans.heard[-1] == "51 boxes of target #1 deleted, frames 0 to 50."
    spans.undo_is_one_step()


def test_the_right_button_offers_what_can_be_done(spans: Spans) -> None:
    menus = spans.application.context_menus
    spans.drag(20, 29)
    QTest.mouseClick(spans.view.viewport(), Qt.MouseButton.RightButton, NO_KEYS, spans.place(25))
    assert menus.shown is not None
    assert "Delete span (10 boxes)" in [action.text() for action in menus.shown.actions()]
    menus.shown.hide()
    spans.application.session.select()
    spans.story.qtbot.waitUntil(lambda: not any(box.selected for box in spans.story.canvas.boxes))
    centre = spans.story.canvas.widget_point(FOUND.cx, FOUND.cy).toPoint()
    QTest.mouseClick(spans.story.canvas, Qt.MouseButton.RightButton, NO_KEYS, centre)
    assert spans.application.session.active_track_id == 1
    assert spans.application.actions.by_id["split_track"] in menus.shown.actions()
    menus.shown.hide()
