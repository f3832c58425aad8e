from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.controllers.shown_tracks import ShownTracks
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import Label
from app.model.track import Track
from app.views.track_list.track_list_view import TrackListView
from app.views.track_list.track_table_model import Column
from tracker_core.geometry import Box

BOX = Box(10, 10, 20, 20)
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


AddTrack = Callable[..., Track]


class Parent(QWidget):
    """Stands for the window: notes the keys that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def parent(qtbot: QtBot) -> Parent:
    parent = Parent()
    parent.resize(480, 240)
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def view(qtbot: QtBot, parent: Parent, document: Document, session: Session) -> TrackListView:
    view = TrackListView(document, session, ShownTracks(document, session, parent=session), parent=parent)
    layout = QVBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(view)
    with qtbot.waitActive(parent):
        parent.show()
    return view


@pytest.fixture
def tracks(view: TrackListView, add_track: AddTrack) -> None:
    for track_id, label in ((1, "car"), (2, "person"), (3, "dog")):
        add_track(track_id, {0: keyframe(BOX)}, label=label)


def cell(view: TrackListView, row: int, column: Column) -> QPoint:
    return view.table.visualRect(view.model.index(row, column)).center()


def click(view: TrackListView, row: int, column: Column, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.mouseClick(view.table.viewport(), LEFT, modifiers, cell(view, row, column))


def selected(session: Session) -> list[int]:
    return list(session.selected_track_ids)


def shown_rows(view: TrackListView) -> list[int]:
    return sorted(index.row() for index in view.table.selectionModel().selectedRows())


def open_editor(view: TrackListView, row: int) -> QLineEdit:
    click(view, row, Column.LABEL)
    QTest.mouseDClick(view.table.viewport(), LEFT, NO_KEY, cell(view, row, Column.LABEL))
    editor = view.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    return editor


def hint(view: TrackListView) -> QLabel:
    label = view.findChild(QLabel)
    assert isinstance(label, QLabel)
    return label


def test_an_empty_list_says_what_to_do_first(view: TrackListView, document: Document, add_track: AddTrack) -> None:
    assert hint(view).isVisible()
    assert hint(view).text() == "No tracks yet. Drag a box on the picture."
    add_track(1, {0: keyframe(BOX)})
    assert view.table.isVisible()
    assert not hint(view).isVisible()
    document.take_tracks([1])
    assert hint(view).isVisible()
    document.close()
    assert hint(view).text() == "Open a video to begin."


@pytest.mark.usefixtures("tracks")
def test_clicks_select_in_the_session(view: TrackListView, session: Session) -> None:
    click(view, 1, Column.LABEL)
    assert selected(session) == [2]
    click(view, 2, Column.SUMMARY, CONTROL)
    assert selected(session) == [3, 2]
    click(view, 0, Column.ID, SHIFT)
    assert selected(session) == [1, 2, 3]
    click(view, 2, Column.LABEL, CONTROL)
    assert selected(session) == [1, 2]


@pytest.mark.usefixtures("tracks")
def test_what_the_session_selects_is_shown(view: TrackListView, session: Session) -> None:
    session.select(3, 1)
    assert shown_rows(view) == [0, 2]
    assert view.table.currentIndex().row() == 2
    assert session.selected_track_ids == (3, 1)
    session.select()
    assert shown_rows(view) == []


@pytest.mark.usefixtures("tracks")
def test_arrow_keys_change_the_track_and_extend_the_selection(view: TrackListView, session: Session) -> None:
    click(view, 0, Column.LABEL)
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    assert selected(session) == [2]
    QTest.keyClick(view.table, Qt.Key.Key_Down, SHIFT)
    assert selected(session) == [3, 2]


@pytest.mark.usefixtures("tracks")
def test_a_selection_outlives_a_run_and_other_tracks(
    view: TrackListView, document: Document, session: Session, add_track: AddTrack
) -> None:
    session.select(3, 2)
    for frame in range(1, 60):
        document.put_records({2: {frame: BoxRecord(BOX, Source.TRACKER, score=0.9)}})
    add_track(4, {0: keyframe(BOX)})
    document.take_tracks([1])
    assert session.selected_track_ids == (3, 2)
    assert shown_rows(view) == [0, 1]


@pytest.mark.usefixtures("tracks")
def test_deleting_several_selected_tracks_leaves_the_rest(
    view: TrackListView, document: Document, session: Session
) -> None:
    session.select(1, 3)
    document.take_tracks([1, 3])
    assert session.selected_track_ids == ()
    assert view.model.rowCount() == 1
    assert shown_rows(view) == []


@pytest.mark.usefixtures("tracks")
def test_the_eye_asks_for_visibility_and_leaves_the_selection_alone(
    qtbot: QtBot, view: TrackListView, session: Session
) -> None:
    session.select(1)
    with qtbot.waitSignal(view.visibility_requested) as asked:
        click(view, 1, Column.VISIBLE)
    assert asked.args == [2, False]
    session.set_hidden(2, True)
    with qtbot.waitSignal(view.visibility_requested) as asked:
        click(view, 1, Column.VISIBLE)
    assert asked.args == [2, True]
    assert session.selected_track_ids == (1,)


@pytest.mark.usefixtures("tracks")
def test_a_double_click_on_a_label_renames(qtbot: QtBot, view: TrackListView) -> None:
    editor = open_editor(view, 1)
    assert editor.text() == "person"
    editor.selectAll()
    QTest.keyClicks(editor, "cyclist")
    with qtbot.waitSignal(view.rename_requested) as asked:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert asked.args == [2, "cyclist"]


@pytest.mark.usefixtures("tracks")
def test_renaming_in_the_row_and_escape_gives_up(qtbot: QtBot, view: TrackListView, session: Session) -> None:
    session.select(3)
    assert view.rename_active()
    editor = view.table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "dog"
    QTest.keyClicks(editor, "x")
    with qtbot.assertNotEmitted(view.rename_requested):
        QTest.keyClick(editor, Qt.Key.Key_Escape)


@pytest.mark.usefixtures("tracks")
def test_renaming_offers_the_labels_that_are_known(view: TrackListView, document: Document) -> None:
    document.put_label(Label("caravan", "#3b82f6"))
    completer = open_editor(view, 1).completer()
    completer.setCompletionPrefix("CAR")
    model = completer.completionModel()
    assert [model.index(row, 0, QModelIndex()).data() for row in range(model.rowCount())] == ["car", "caravan"]


@pytest.mark.usefixtures("tracks")
def test_delete_and_space_are_left_to_the_window(qtbot: QtBot, view: TrackListView, parent: Parent) -> None:
    click(view, 0, Column.LABEL)
    with qtbot.assertNotEmitted(view.delete_requested):
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Space):
            QTest.keyClick(view.table, key)
    assert parent.keys == [Qt.Key.Key_Delete, Qt.Key.Key_Space]


@pytest.mark.usefixtures("tracks")
def test_the_menu_acts_on_the_selected_tracks(qtbot: QtBot, view: TrackListView, session: Session) -> None:
    session.select(2, 3)
    view.menu.aboutToShow.emit()
    assert view.menu.delete.text() == "Delete 2 tracks"
    with qtbot.waitSignal(view.delete_requested) as deleted:
        view.menu.delete.trigger()
    assert deleted.args == [(2, 3)]
    hidden: list[tuple[int, bool]] = []
    view.visibility_requested.connect(lambda track, visible: hidden.append((track, visible)))
    view.menu.visibility.trigger()
    assert hidden == [(2, False), (3, False)]
    session.set_hidden(2, True)
    session.set_hidden(3, True)
    view.menu.aboutToShow.emit()
    assert view.menu.visibility.text() == "Show"
    view.menu.visibility.trigger()
    assert hidden[2:] == [(2, True), (3, True)]
    view.menu.select_only.trigger()
    assert session.selected_track_ids == (2,)


@pytest.mark.usefixtures("tracks")
def test_the_menu_gives_a_colour(qtbot: QtBot, view: TrackListView, session: Session) -> None:
    session.select(2)
    green = next(action for action in view.menu.colours.actions() if action.text() == "Green")
    with qtbot.waitSignal(view.colour_requested) as asked:
        green.trigger()
    assert asked.args == [(2,), "#22c55e"]


@pytest.mark.usefixtures("tracks")
def test_without_a_selection_the_menu_offers_nothing(view: TrackListView, session: Session) -> None:
    session.select()
    view.menu.aboutToShow.emit()
    actions = [action for action in view.menu.actions() if isinstance(action, QAction) and not action.isSeparator()]
    assert not any(action.isEnabled() for action in actions)


@pytest.mark.usefixtures("tracks")
def test_a_right_click_selects_its_row_and_opens_the_menu(qtbot: QtBot, view: TrackListView, session: Session) -> None:
    where = cell(view, 2, Column.LABEL)
    QTest.mousePress(view.table.viewport(), Qt.MouseButton.RightButton, NO_KEY, where)
    view.table.customContextMenuRequested.emit(where)
    qtbot.waitUntil(view.menu.isVisible)
    assert session.selected_track_ids == (3,)
    view.menu.close()


@pytest.mark.usefixtures("tracks")
def test_chips_wear_the_colour_of_their_track(view: TrackListView, document: Document, session: Session) -> None:
    session.select(1)
    document.change_track(1, colour="#2563d9")
    QApplication.processEvents()
    chip = view.table.viewport().grab().toImage().pixelColor(cell(view, 0, Column.COLOUR))
    assert chip == QColor("#2563d9")


@pytest.mark.usefixtures("tracks")
def test_a_narrow_list_keeps_the_labels_readable(view: TrackListView, parent: Parent) -> None:
    shown: list[int] = []
    for width in (200, 340, 680):
        parent.resize(width, 200)
        shown.append(view.table.columnWidth(Column.SUMMARY))
        assert view.table.columnWidth(Column.LABEL) >= 48
    assert shown[0] == 0 < shown[1] < shown[2]
