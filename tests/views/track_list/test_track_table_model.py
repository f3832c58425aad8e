from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.controllers.shown_tracks import ShownTracks
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.track import Track
from app.views.track_list.track_table_model import Column, TrackTableModel
from tracker_core.geometry import Box

BOX = Box(10, 10, 20, 20)
AddTrack = Callable[..., Track]


@pytest.fixture
def model(document: Document, session: Session) -> TrackTableModel:
    model = TrackTableModel(document, session, ShownTracks(document, session, parent=session))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    return model


def column(model: TrackTableModel, column: Column) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_rows_stand_in_the_order_of_ids(model: TrackTableModel, document: Document, add_track: AddTrack) -> None:
    for track_id in (5, 1, 3):
        add_track(track_id, {0: keyframe(BOX)})
    assert column(model, Column.ID) == ["#1", "#3", "#5"]
    document.take_tracks([5, 1])
    assert column(model, Column.ID) == ["#3"]
    document.close()
    assert model.rowCount() == 0


def test_the_summary_counts_as_boxes_come_and_go(
    qtbot: QtBot, model: TrackTableModel, document: Document, add_track: AddTrack
) -> None:
    add_track(1, {0: keyframe(BOX)})
    assert column(model, Column.SUMMARY) == ["1 keyframe, 0 tracked"]
    with qtbot.waitSignal(model.dataChanged):
        document.put_records({1: {frame: BoxRecord(BOX, Source.TRACKER, score=0.9) for frame in range(1, 101)}})
    assert column(model, Column.SUMMARY) == ["1 keyframe, 100 tracked"]
    document.put_records({1: {50: keyframe(BOX), 100: None}})
    assert column(model, Column.SUMMARY) == ["2 keyframes, 98 tracked"]


def test_a_run_and_every_edit_change_rows_without_a_reset(
    qtbot: QtBot, model: TrackTableModel, document: Document, session: Session, add_track: AddTrack
) -> None:
    add_track(1, {0: keyframe(BOX)})
    column(model, Column.SUMMARY)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.layoutChanged):
        with qtbot.waitSignal(model.rowsInserted):
            add_track(2, {0: keyframe(BOX)})
        with qtbot.waitSignal(model.dataChanged):
            document.put_records({1: {1: BoxRecord(BOX, Source.TRACKER, score=0.9)}})
        with qtbot.waitSignal(model.dataChanged):
            document.change_track(1, label="bus")
        with qtbot.waitSignal(model.dataChanged):
            session.set_hidden(1, True)
        with qtbot.waitSignal(model.rowsRemoved):
            document.take_tracks([2])
    assert column(model, Column.LABEL) == ["bus"]
    assert model.index(0, Column.VISIBLE).data(Qt.ItemDataRole.AccessibleTextRole) == "hidden"


def test_editing_a_label_only_asks_for_it(qtbot: QtBot, model: TrackTableModel, add_track: AddTrack) -> None:
    add_track(4, {0: keyframe(BOX)})
    with qtbot.waitSignal(model.rename_requested) as asked:
        model.setData(model.index(0, Column.LABEL), "  bus ")
    assert asked.args == [4, "bus"]
    assert column(model, Column.LABEL) == ["car"]
    with qtbot.assertNotEmitted(model.rename_requested):
        model.setData(model.index(0, Column.LABEL), "   ")
        model.setData(model.index(0, Column.LABEL), "car")


def test_only_labels_can_be_edited(model: TrackTableModel, add_track: AddTrack) -> None:
    add_track(1, {0: keyframe(BOX)})
    editable = [c for c in Column if model.flags(model.index(0, c)) & Qt.ItemFlag.ItemIsEditable]
    assert editable == [Column.LABEL]
