from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.exchange.annotations import ExportOptions
from app.exchange.export import ExportReport
from app.exchange.formats import EXPORTS, FORMATS, format_named
from app.views.exporting.export_dialog import ExportDialog
from app.views.exporting.label_table import CLASS, WRITTEN


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    dialog = ExportDialog(EXPORTS, stem=tmp_path / "car.v2")
    qtbot.addWidget(dialog)
    return dialog


def choose(dialog: ExportDialog, name: str) -> None:
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(name))


def test_a_path_with_the_formats_suffix_is_proposed(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.path_field.text() == str(tmp_path / "car.v2.txt")
    assert dialog.description.text() == FORMATS[0].description
    choose(dialog, "coco")
    assert dialog.path_field.text() == str(tmp_path / "car.v2.json")
    assert dialog.description.text() == format_named("coco").description
    choose(dialog, "yolo")
    assert dialog.path_field.text() == str(tmp_path / "car.v2")  # a folder
    choose(dialog, "cvat")
    assert dialog.path_field.text() == str(tmp_path / "car.v2.xml")


def test_tracks_without_a_label_show_what_they_are_written_as_and_can_be_left_out(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(EXPORTS, stem=tmp_path / "car", labels=["car", ""])
    qtbot.addWidget(dialog)
    table = dialog.form.label_table
    texts = [[item.text() for column in range(3) if (item := table.item(row, column))] for row in range(2)]
    assert texts == [["1", "car", "car"], ["2", "no label", "object"]]
    assert table.label_map == {}
    written = table.item(1, WRITTEN)
    assert written is not None
    written.setText("")
    assert table.label_map == {"": ""}
    written.setText("bus")
    assert table.label_map == {"": "bus"}


def test_a_path_without_a_formats_suffix_is_left_alone(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.path_field.setText(str(tmp_path / "gt.v3"))
    choose(dialog, "coco")
    assert dialog.path_field.text() == str(tmp_path / "gt.v3")


def test_export_tells_format_path_and_options(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(dialog.export_requested) as requested:
        dialog.export_button.click()
    assert requested.args == ["mot", tmp_path / "car.v2.txt", ExportOptions(keyframes_only=False)]
    assert dialog.outcome.text() == "Exporting…"
    assert not dialog.export_button.isEnabled()


def test_while_it_exports_it_says_what_it_does_and_nothing_can_be_chosen(dialog: ExportDialog) -> None:
    dialog.show()
    dialog.export_button.click()
    dialog.show_step("reading it back")
    assert dialog.outcome.text() == "Exporting: reading it back…"
    assert dialog.bar.isVisible()
    form = dialog.form
    choices = dialog.format_box, dialog.path_field, dialog.browse_button, form.all_boxes, form.keyframes_only
    assert not any(choice.isEnabled() for choice in choices)
    dialog.show_failure("The disk is full.")
    assert not dialog.bar.isVisible()
    assert all(choice.isEnabled() for choice in choices)


@pytest.mark.parametrize("way", ["button", "escape", "title bar"])
def test_to_close_it_meanwhile_is_to_cancel(dialog: ExportDialog, qtbot: QtBot, way: str) -> None:
    dialog.show()
    assert dialog.close_button.text() == "Close"
    dialog.export_button.click()
    assert dialog.close_button.text() == "Cancel"
    with qtbot.waitSignal(dialog.cancel_requested):
        if way == "button":
            dialog.close_button.click()
        elif way == "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            dialog.close()
    assert dialog.isVisible()
    dialog.show_step("comparing")  # it was on its way
    assert dialog.outcome.text() == "Cancelling…"
    assert not dialog.close_button.isEnabled()
    dialog.show_cancelled()
    assert dialog.outcome.text() == "Cancelled; nothing was changed."
    assert dialog.export_button.isEnabled()
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_keyframes_only_is_told(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.form.keyframes_only.click()
    with qtbot.waitSignal(dialog.export_requested) as requested:
        dialog.export_button.click()
    assert requested.args is not None
    assert requested.args[2] == ExportOptions(keyframes_only=True)


def test_the_report_is_shown_and_another_export_can_follow(dialog: ExportDialog) -> None:
    dialog.export_button.click()
    dialog.show_report(ExportReport(frames=412, tracks=1, boxes=1311, notes=("One label was renamed.",)))
    assert dialog.outcome.text() == (
        "Wrote 1,311 boxes of 1 track on 412 frames; read back and compared.\n• One label was renamed."
    )
    assert dialog.export_button.isEnabled()


def test_a_failure_is_shown_and_can_be_tried_again(dialog: ExportDialog) -> None:
    dialog.export_button.click()
    dialog.show_failure("The disk is full. Nothing was changed.")
    assert dialog.outcome.text() == "The disk is full. Nothing was changed."
    assert dialog.export_button.isEnabled()


def test_what_will_be_replaced_is_said_before(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.path_note.text() == ""
    (tmp_path / "old.txt").touch()
    dialog.path_field.setText(str(tmp_path / "old.txt"))
    assert dialog.path_note.text() == "What is already there will be replaced."
    assert dialog.export_button.isEnabled()


@pytest.mark.parametrize("text", ["", "   ", "no/such/folder/tracks.txt"])
def test_a_place_that_cannot_be_written_is_said_at_once(dialog: ExportDialog, text: str) -> None:
    dialog.path_field.setText(text)
    assert dialog.path_note.text() != ""
    assert not dialog.export_button.isEnabled()


def test_a_file_can_be_browsed_for(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.browse_button.click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.nameFilters()[0] == "MOTChallenge (*.txt)"
    chooser.fileSelected.emit(str(tmp_path / "found.txt"))
    chooser.reject()
    assert dialog.path_field.text() == str(tmp_path / "found.txt")


@pytest.fixture
def with_labels(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    dialog = ExportDialog(FORMATS, stem=tmp_path / "car", labels=["person", "car"], frame_count=30)
    qtbot.addWidget(dialog)
    return dialog


def test_every_option_reaches_the_export(with_labels: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog, form = with_labels, with_labels.form
    choose(dialog, "vot")
    form.reviewed_only.click()
    form.score_field.setValue(0.25)
    form.first_frame.setValue(3)
    form.last_frame.setValue(20)
    form.step_field.setValue(2)
    form.pictures.setCurrentIndex(2)
    form.polygons.click()
    item = form.label_table.item(1, WRITTEN)
    assert item is not None
    item.setText("vehicle")
    with qtbot.waitSignal(dialog.export_requested) as requested:
        dialog.export_button.click()
    assert requested.args == ["vot", tmp_path / "car", ExportOptions(
        reviewed_only=True, minimum_score=0.25, frames=range(3, 21, 2), pictures="png", polygons=True,
        label_map={"car": "vehicle"},
    )]  # fmt: skip


def test_only_what_the_format_knows_is_asked_and_told(with_labels: ExportDialog, qtbot: QtBot) -> None:
    dialog, form = with_labels, with_labels.form
    dialog.show()
    choose(dialog, "mot")
    form.zero_based.click()
    form.mot17.click()
    form.single_class.click()
    assert not form.mot17.isChecked()  # one or the other
    assert not form.columns_field.isVisible()
    assert form.options == ExportOptions(first_pixel=0, single_class=True)
    choose(dialog, "csv")
    assert not any(box.isVisible() for box in (form.zero_based, form.single_class, form.pictures))
    assert form.options == ExportOptions()
    choose(dialog, "darklabel")
    form.columns_field.setText(" fn,id,x,y,w,h ")
    assert form.options == ExportOptions(columns="fn,id,x,y,w,h")


def test_the_numbers_of_classes_are_on_show(with_labels: ExportDialog) -> None:
    table = with_labels.form.label_table

    def numbers() -> list[str]:
        return [item.text() for row in range(2) if (item := table.item(row, CLASS)) is not None]

    assert numbers() == ["1", "2"]
    choose(with_labels, "yolo")
    assert numbers() == ["0", "1"]
    first = table.item(0, WRITTEN)
    assert first is not None
    first.setText("")  # left out
    assert numbers() == ["–", "0"]
    choose(with_labels, "cvat")
    assert table.isColumnHidden(CLASS)


def test_the_range_of_frames_cannot_be_turned_round(with_labels: ExportDialog) -> None:
    form = with_labels.form
    form.first_frame.setValue(25)
    form.last_frame.setValue(10)
    assert (form.first_frame.value(), form.last_frame.value()) == (10, 10)
    form.first_frame.setValue(12)
    assert (form.first_frame.value(), form.last_frame.value()) == (12, 12)


def test_what_is_doubtful_is_said_before_and_can_be_reviewed_first(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.show()
    assert not dialog.doubts_row.isVisible()
    dialog.show_doubts("12 doubtful, 1 gap, 2 clashes")
    assert dialog.doubts_row.isVisible()
    assert dialog.doubts_label.text() == "12 doubtful, 1 gap, 2 clashes: review first?"
    with qtbot.waitSignal(dialog.review_requested):
        dialog.review_button.click()
    assert not dialog.isVisible()
    dialog.show_doubts("")
    assert not dialog.doubts_row.isVisibleTo(dialog)


def test_classes_and_pictures_are_in_the_report(dialog: ExportDialog) -> None:
    dialog.show_report(ExportReport(frames=3, tracks=1, boxes=3, notes=(), classes=("car",), pictures=30))
    assert dialog.outcome.text() == (
        "Wrote 3 boxes of 1 track on 3 frames and 30 pictures; read back and compared.\n• Classes: 1 car."
    )


def test_a_video_and_crops_can_be_chosen_below_the_formats(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.show()
    assert dialog.format_box.count() == len(EXPORTS) + 1  # a line
    choose(dialog, "video")
    assert dialog.path_field.text() == str(tmp_path / "car.v2.mp4")
    assert not dialog.form.margin_field.isVisible()
    assert not dialog.form.pictures.isVisible()
    choose(dialog, "crops")
    assert dialog.path_field.text() == str(tmp_path / "car.v2")
    dialog.form.margin_field.setValue(0.25)
    dialog.form.pictures.setCurrentIndex(2)
    with qtbot.waitSignal(dialog.export_requested) as requested:
        dialog.export_button.click()
    assert requested.args == ["crops", tmp_path / "car.v2", ExportOptions(pictures="png", margin=0.25)]


def test_a_margin_that_was_set_for_crops_is_not_given_to_a_format(dialog: ExportDialog) -> None:
    choose(dialog, "crops")
    dialog.form.margin_field.setValue(0.25)
    choose(dialog, "coco")
    assert dialog.form.options == ExportOptions()


def test_what_cannot_be_read_back_is_not_said_to_have_been(dialog: ExportDialog) -> None:
    report = ExportReport(3, 1, 3, (), pictures=5, unit=("frame of video", "frames of video"), is_read_back=False)
    dialog.show_report(report)
    assert dialog.outcome.text() == "Wrote 3 boxes of 1 track on 3 frames and 5 frames of video."


def test_nothing_moves_while_a_path_is_typed(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    dialog.show()
    qtbot.waitExposed(dialog)
    places = set()
    for text in (dialog.path_field.text(), str(tmp_path), str(tmp_path / "new"), str(tmp_path / "no" / "new")):
        dialog.path_field.setText(text)
        QTest.qWait(1)
        places.add(dialog.form.y())
    assert len(places) == 1


def test_labels_begin_where_boxes_begin_in_every_format(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(EXPORTS, stem=tmp_path / "car", labels=["car", "boat"])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    form = dialog.form
    for entry in EXPORTS:
        choose(dialog, entry.name)
        QTest.qWait(1)
        assert abs(form.label_table.y() - form.all_boxes.y()) <= 4, entry.name
