from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.controllers.shown_tracks import ShownTracks
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.doubt import DoubtRules
from app.model.project import Run
from app.model.track import Track
from app.views.style.colours import REVIEWED
from app.views.timeline.layout import ROW_HEIGHT, RULER_HEIGHT
from app.views.timeline.score_curve import y_of
from app.views.timeline.timeline_view import TimelineView
from tracker_core.geometry import Box

BOX = Box(10, 10, 20, 20)
WIDTH = 500  # two frames a pixel column
GREEN = QColor("#22c55e")
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


AddTrack = Callable[..., Track]


def tracked(score: float, *, reviewed: bool = False) -> BoxRecord:
    return BoxRecord(BOX, Source.TRACKER, score=score, reviewed=reviewed)


@pytest.fixture
def view(qtbot: QtBot, document: Document, session: Session) -> TimelineView:
    view = TimelineView(document, session, ShownTracks(document, session, parent=session))
    qtbot.addWidget(view)
    view.resize(WIDTH, 240)
    view.frame_requested.connect(session.set_frame)
    with qtbot.waitExposed(view):
        view.show()
    return view


def at(view: TimelineView, x: int, *, row: int) -> QPoint:
    """The middle of a row, ``x`` pixels into the time."""
    return QPoint(x, RULER_HEIGHT + row * ROW_HEIGHT + ROW_HEIGHT // 2)


def in_ruler(x: int) -> QPoint:
    return QPoint(x, 10)


def in_score(view: TimelineView, x: int) -> QPoint:
    return QPoint(x, view.viewport().height() - 20)


def turn_wheel(view: TimelineView, where: QPoint, *, notches: int, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    event = QWheelEvent(
        QPointF(where),
        view.viewport().mapToGlobal(QPointF(where)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def picture(view: TimelineView) -> QImage:
    return view.viewport().grab().toImage()


def test_a_press_in_the_ruler_asks_for_the_frame_there(qtbot: QtBot, view: TimelineView, session: Session) -> None:
    with qtbot.waitSignal(view.frame_requested):
        QTest.mouseClick(view.viewport(), LEFT, NO_KEY, in_ruler(100))
    assert session.current_frame == 200


def test_dragging_scrubs_and_stops_at_the_ends(view: TimelineView) -> None:
    asked: list[int] = []
    view.frame_requested.connect(asked.append)
    QTest.mousePress(view.viewport(), LEFT, NO_KEY, in_ruler(100))
    for x in (110, 110, 250, 2000, -50):
        QTest.mouseMove(view.viewport(), in_ruler(x))
    QTest.mouseRelease(view.viewport(), LEFT, NO_KEY, in_ruler(-50))
    QTest.mouseMove(view.viewport(), in_ruler(300))
    assert asked == [200, 220, 500, 999, 0]


def test_a_press_on_a_row_selects_its_track_and_goes_there(
    qtbot: QtBot, view: TimelineView, session: Session, add_track: AddTrack
) -> None:
    add_track(1, {0: keyframe(BOX)})
    add_track(7, {0: keyframe(BOX)})
    clicked: list[tuple[int, bool]] = []
    view.track_clicked.connect(lambda track, add: clicked.append((track, add)))
    QTest.mouseClick(view.viewport(), LEFT, NO_KEY, at(view, 200, row=1))
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.ControlModifier, at(view, 200, row=0))
    assert clicked == [(7, False), (1, True)]
    assert session.current_frame == 400
    with qtbot.assertNotEmitted(view.track_clicked):
        QTest.mouseClick(view.viewport(), LEFT, NO_KEY, at(view, 200, row=2))


def test_a_press_beside_a_diamond_goes_to_the_keyframe(
    view: TimelineView, session: Session, add_track: AddTrack
) -> None:
    add_track(1, {401: keyframe(BOX), 402: tracked(0.9), 800: tracked(0.9)})
    QTest.mouseClick(view.viewport(), LEFT, NO_KEY, at(view, 204, row=0))
    assert session.current_frame == 401


def test_a_press_on_a_dip_of_the_score_goes_to_its_lowest_frame(
    view: TimelineView, session: Session, add_track: AddTrack
) -> None:
    add_track(1, {frame: tracked(0.9) for frame in range(1000)} | {613: tracked(0.1)})
    session.select(1)
    QTest.mouseClick(view.viewport(), LEFT, NO_KEY, in_score(view, 304))
    assert session.current_frame == 613
    QTest.mouseClick(view.viewport(), LEFT, NO_KEY, in_score(view, 100))
    assert session.current_frame == 200


def test_the_wheel_zooms_around_the_cursor_and_a_double_click_fits(view: TimelineView) -> None:
    before = view.axis.frame_at(300)
    turn_wheel(view, in_ruler(300), notches=8)
    assert view.axis.scale > 2.5
    assert abs(view.axis.frame_at(300) - before) <= 1
    assert view.horizontalScrollBar().maximum() > 0
    assert view.horizontalScrollBar().value() == view.axis.offset
    QTest.mouseDClick(view.viewport(), LEFT, NO_KEY, in_ruler(300))
    assert view.axis.is_fitted
    assert view.axis.offset == 0
    assert view.horizontalScrollBar().maximum() == 0


def test_zooming_out_again_leads_back_through_the_same_offsets(view: TimelineView) -> None:
    for notches in (8, -3):
        turn_wheel(view, in_ruler(300), notches=notches)
        assert view.horizontalScrollBar().value() == view.axis.offset
    turn_wheel(view, in_ruler(300), notches=-20)
    assert view.axis.is_fitted


def test_shift_and_the_wheel_pan_and_so_does_the_bar(view: TimelineView) -> None:
    turn_wheel(view, in_ruler(0), notches=8)
    turn_wheel(view, in_ruler(0), notches=-2, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert view.axis.offset == 192
    view.horizontalScrollBar().setValue(50)
    assert view.axis.offset == 50


def test_the_wheel_with_ctrl_scrolls_the_rows(
    qtbot: QtBot, view: TimelineView, session: Session, add_track: AddTrack
) -> None:
    for track_id in range(1, 21):
        add_track(track_id, {0: keyframe(BOX)})
    turn_wheel(view, QPoint(20, 100), notches=-1, modifiers=Qt.KeyboardModifier.ControlModifier)
    scrolled = view.verticalScrollBar().value()
    assert scrolled > 0
    assert view.axis.is_fitted
    with qtbot.waitSignal(view.track_clicked) as clicked:
        QTest.mouseClick(view.viewport(), LEFT, NO_KEY, QPoint(20, RULER_HEIGHT + 1))
    assert clicked.args == [1 + scrolled // ROW_HEIGHT, False]
    session.select(1)
    assert view.verticalScrollBar().value() == 0


def test_the_playhead_is_kept_in_view_while_playing(view: TimelineView, session: Session) -> None:
    turn_wheel(view, in_ruler(0), notches=12)
    for frame in range(0, 1000, 7):
        session.set_frame(frame)
        assert 0 <= view.axis.x_of(frame + 0.5) <= view.axis.width


def test_a_row_shows_new_boxes_when_they_come(view: TimelineView, document: Document, add_track: AddTrack) -> None:
    add_track(1, {100: keyframe(BOX)})
    inside = at(view, 150, row=0)
    assert picture(view).pixelColor(inside) != GREEN
    document.put_records({1: {frame: tracked(0.9) for frame in range(101, 400)}})
    assert picture(view).pixelColor(inside) == GREEN
    document.put_records({1: dict.fromkeys(range(101, 400))})
    assert picture(view).pixelColor(inside) != GREEN


def test_a_row_follows_its_track_in_colour_and_out_of_the_project(
    view: TimelineView, document: Document, add_track: AddTrack
) -> None:
    add_track(1, {frame: tracked(0.9) for frame in range(200)})
    inside = at(view, 50, row=0)
    assert picture(view).pixelColor(inside) == GREEN
    document.change_track(1, colour="#e11d48")
    assert picture(view).pixelColor(inside) == QColor("#e11d48")
    document.take_tracks([1])
    assert picture(view).pixelColor(inside) == view.palette().base().color()


def test_a_hidden_track_is_dimmed(view: TimelineView, session: Session, add_track: AddTrack) -> None:
    add_track(1, {frame: tracked(0.9) for frame in range(200)})
    inside = at(view, 50, row=0)
    session.set_hidden(1, True)
    dimmed = picture(view).pixelColor(inside)
    assert dimmed != GREEN
    assert dimmed != view.palette().base().color()
    session.set_hidden(1, False)
    assert picture(view).pixelColor(inside) == GREEN


def add_runs(document: Document) -> None:
    """1: scores that were measured. 2: raw ones. 3: made with changed constants."""
    about = "tracker", "2024-05-01T12:00:00+00:00", 0, 299, "cpu"
    document.add_run(Run(1, *about))
    document.add_run(Run(2, *about, has_measured_scores=False))
    document.add_run(Run(3, *about, constants={"lead": 0.5}, own_constants={"lead": 0.0}))


def of_run(run: int, score: float) -> BoxRecord:
    return replace(tracked(score), run_id=run)


def test_another_threshold_moves_the_line_of_the_score(
    view: TimelineView, document: Document, session: Session, add_track: AddTrack
) -> None:
    add_runs(document)
    add_track(1, {frame: of_run(1, 0.6) for frame in range(100, 400)})
    session.select(1)
    calm = picture(view)
    session.set_doubt_rules(DoubtRules(least_right=0.7))
    assert picture(view) != calm
    session.set_doubt_rules(DoubtRules())
    assert picture(view) == calm


@pytest.mark.parametrize("run", [2, 3])
def test_scores_that_do_not_say_how_likely_a_box_is_right_have_no_threshold(
    view: TimelineView, document: Document, session: Session, add_track: AddTrack, run: int
) -> None:
    add_runs(document)
    track = add_track(1, {frame: of_run(run, 0.6) for frame in range(100, 400)})
    session.select(1)
    calm = picture(view)
    session.set_doubt_rules(DoubtRules(least_right=0.7))
    assert picture(view) == calm
    assert not view.has_threshold(track)

    document.put_records({1: {frame: of_run(1, 0.6) for frame in range(500, 600)}})
    assert view.has_threshold(track)
    row = view.parts.score_top + round(y_of(0.6))
    amber = picture(view)
    session.set_doubt_rules(DoubtRules(least_right=0.5))
    calm = picture(view)
    changed = [x for x in range(view.parts.time_width) if amber.pixelColor(x, row) != calm.pixelColor(x, row)]
    assert (changed[0], changed[-1]) == (250, 299)  # two frames a column


def test_doubts_are_marked_and_their_marks_go_with_them(view: TimelineView, add_track: AddTrack) -> None:
    add_track(1, {frame: tracked(0.9) for frame in range(100, 400)})
    calm = picture(view)
    view.set_doubts(1, ((150, 200),))
    assert picture(view) != calm
    view.set_doubts(1, ())
    assert picture(view) == calm


def test_what_was_reviewed_looks_it(view: TimelineView, document: Document, add_track: AddTrack) -> None:
    add_track(1, {frame: tracked(0.9) for frame in range(100, 400)})
    before = picture(view)
    document.put_records({1: {frame: tracked(0.9, reviewed=True) for frame in range(100, 400)}})
    after = picture(view)
    assert before != after
    assert any(after.pixelColor(at(view, 120, row=0).x(), y) == REVIEWED for y in range(after.height()))


def test_the_keyboard_steps_changes_track_and_zooms(view: TimelineView, session: Session, add_track: AddTrack) -> None:
    add_track(1, {0: keyframe(BOX)})
    add_track(2, {0: keyframe(BOX)})
    view.track_clicked.connect(lambda track, _: session.select(track))
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert session.current_frame == 11
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert session.current_frame == 10
    QTest.keyClick(view, Qt.Key.Key_End)
    assert session.current_frame == 999
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert session.current_frame == 0
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert session.active_track_id == 2
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert session.active_track_id == 1
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert not view.axis.is_fitted
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.axis.is_fitted


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (214, "frame 214, 0:08.56, car #1, score 0.43"),
        (216, "frame 216, 0:08.64, car #1, score raw 0.44"),
        (218, "frame 218, 0:08.72, car #1, score 0.45 (made with changed settings: not calibrated)"),
        (300, "frame 300, 0:12.00, car #1, keyframe"),
        (350, "frame 350, 0:14.00, car #1, interpolated"),
        (400, "frame 400, 0:16.00, car #1, absent from here (keyframe)"),
        (500, "frame 500, 0:20.00, car #1, absent"),
        (100, "frame 100, 0:04.00, car #1, no box"),
    ],
)
def test_hovering_says_what_is_there(
    qtbot: QtBot, view: TimelineView, document: Document, add_track: AddTrack, frame: int, said: str
) -> None:
    measured, raw, changed = (of_run(run, score) for run, score in ((1, 0.43), (2, 0.44), (3, 0.45)))
    add_runs(document)
    add_track(1, {214: measured, 216: raw, 218: changed, 300: keyframe(BOX), 399: keyframe(BOX), 400: keyframe(None)})
    where = at(view, frame // 2, row=0)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where)))
    qtbot.waitUntil(lambda: QToolTip.text() == said)


def test_measured_times_are_told_instead_of_the_nominal_rate(qtbot: QtBot, view: TimelineView) -> None:
    view.set_frame_times(np.arange(0.0, 2000.0, 2.0))
    where = in_ruler(50)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where)))
    qtbot.waitUntil(lambda: QToolTip.text() == "frame 100, 3:20.00")


def test_without_a_project_nothing_is_asked_for(qtbot: QtBot, view: TimelineView, document: Document) -> None:
    document.close()
    picture(view)
    with qtbot.assertNotEmitted(view.frame_requested):
        QTest.mouseClick(view.viewport(), LEFT, NO_KEY, in_ruler(50))
    QTest.keyClick(view, Qt.Key.Key_Plus)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.axis.frame_count == 0


def test_a_repaint_does_not_read_records(
    view: TimelineView, session: Session, add_track: AddTrack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Playing, panning and zooming work on the bytes that were read once."""
    add_track(1, {frame: tracked(0.9) for frame in range(1000)})
    session.select(1)
    picture(view)

    def forbidden(*_: object) -> None:
        raise AssertionError("a repaint went through the records")

    monkeypatch.setattr(Track, "items", forbidden)
    session.set_frame(500)
    picture(view)
    turn_wheel(view, in_ruler(300), notches=5)
    picture(view)
