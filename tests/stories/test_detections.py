"""Detections of a file are ghosts: Enter takes those of a frame, a click takes one, and linking makes tracks of all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.model.box_record import Source
from app.views.importing.import_dialog import ImportDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tracker_core.geometry import Box


def det_file(path: Path) -> Path:
    """Two targets over frames 0 to 9, one of them not seen at 4; and one that scores little, at 7 alone."""
    lines = [f"{frame + 1},-1,{21 + 2 * frame},11,20,20,0.9,-1,-1,-1" for frame in range(10)]
    lines += [f"{frame + 1},-1,121,11,20,20,0.8,-1,-1,-1" for frame in range(10) if frame != 4]
    lines.append("8,-1,81,31,9,9,0.1,-1,-1,-1")
    path.write_text("\n".join(lines) + "\n")
    return path


def imported(begin: Begin, clip: Path, tmp_path: Path) -> Story:
    """Import with the dialog, as ghosts."""
    story = begin(clip)
    story.press(Qt.Key.Key_I, CTRL)
    dialog = story.window.findChildren(ImportDialog)[-1]
    dialog.format_box.setCurrentIndex(dialog.format_box.findData("mot-det"))
    dialog.as_box.setCurrentText("ghosts to accept")
    with story.qtbot.waitSignal(story.application.importing.previewed):
        dialog.choose_path(str(det_file(tmp_path / "det.txt")))
    assert "20 boxes in frames 0 to 9, as ghosts." in dialog.preview.toPlainText()
    with story.qtbot.waitSignal(story.application.importing.detected):
        dialog.import_button.click()
    story.canvas.setFocus()
    return story


def ghosts(story: Story) -> list[Box]:
    return [one.box for one in story.canvas.suggestions]


def test_enter_takes_the_ghosts_of_a_frame_and_a_click_takes_one(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = imported(begin, clip, tmp_path)
    assert ghosts(story) == [Box(20, 10, 20, 20), Box(120, 10, 20, 20)]
    story.press(Qt.Key.Key_Return)
    taken = [story.track(key).get(0) for key in (1, 2)]
    assert [record and record.box for record in taken] == [Box(20, 10, 20, 20), Box(120, 10, 20, 20)]
    assert story.application.status.message.text() == "2 detections taken: 0 go on with tracks, 2 begin new ones."
    assert ghosts(story) == []
    story.press(Qt.Key.Key_D)
    story.wait_for_frame(1)
    story.press(Qt.Key.Key_Return)
    assert story.application.status.message.text() == "2 detections taken: 2 go on with tracks, 0 begin new ones."
    assert story.track(1).keyframe_count == 2
    story.press(Qt.Key.Key_D)
    story.wait_for_frame(2)
    story.application.session.select(2)
    story.click(130, 20)
    assert story.track(2).keyframe_count == 3
    assert len(ghosts(story)) == 1
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.track(2).keyframe_count == 2
    assert len(ghosts(story)) == 2
    story.press(Qt.Key.Key_G, SHIFT)
    assert ghosts(story) == []
    store = story.application.document.store_path
    story.application.project.close()
    story.open(clip)
    assert story.application.document.store_path == store
    assert story.application.detections.count == 16


def test_linking_says_what_would_come_of_it_and_is_one_step(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = imported(begin, clip, tmp_path)
    story.press(Qt.Key.Key_L, CTRL | SHIFT)
    dialog = story.application.detections_presenter.dialog
    assert dialog is not None
    story.qtbot.waitUntil(dialog.ok.isEnabled)
    assert dialog.outcome.text() == "2 tracks of 19 of 20 detections."
    dialog.gap.setValue(0)
    assert not dialog.ok.isEnabled()
    story.qtbot.waitUntil(dialog.ok.isEnabled)
    assert dialog.outcome.text() == "3 tracks of 19 of 20 detections."
    dialog.gap.setValue(2)
    story.qtbot.waitUntil(dialog.ok.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert [len(track) for track in story.project.tracks.values()] == [10, 9]
    assert {record.source for _, record in story.track(1).items()} == {Source.TRACKER}
    assert story.application.status.message.text() == "2 tracks made of 19 detections; 1 detection left."
    story.press(Qt.Key.Key_Z, CTRL)
    assert (story.project.tracks, story.application.detections.count) == ({}, 20)
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.application.detections.count == 0
