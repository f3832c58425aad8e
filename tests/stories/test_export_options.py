"""An export says what is left to be reviewed, and writes what was chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QThread

from app.exchange.formats import FORMATS
from app.video.source import open_source
from app.views.exporting.export_dialog import ExportDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

FIRST = Box(20, 10, 40, 30)


def test_what_is_doubtful_is_one_click_away_from_the_export(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([FIRST], scores=[0.1]))
    story.draw(FIRST)
    story.track_with()
    story.go_to(0)
    story.press(Qt.Key.Key_E, CTRL)
    (dialog,) = story.window.findChildren(ExportDialog)
    story.qtbot.waitUntil(lambda: "doubtful" in dialog.doubts_label.text())
    assert dialog.doubts_row.isVisible()
    dialog.review_button.click()
    assert not dialog.isVisible()
    story.qtbot.waitUntil(lambda: story.canvas.frame_index != 0)
    assert story.application.review.at_hand is not None


def test_frames_and_labels_are_written_as_chosen(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([FIRST]))
    story.draw(FIRST, label="ball")
    story.track_with()
    story.press(Qt.Key.Key_E, CTRL)
    (dialog,) = story.window.findChildren(ExportDialog)
    dialog.format_box.setCurrentIndex([entry.name for entry in FORMATS].index("yolo"))
    dialog.path_field.setText(str(tmp_path / "out"))
    form = dialog.form
    form.first_frame.setValue(10)
    form.last_frame.setValue(12)
    form.pictures.setCurrentIndex(1)
    written = form.label_table.item(0, 2)
    assert written is not None
    written.setText("football")
    with story.qtbot.waitSignal(story.application.exporting.exported, timeout=20_000):
        dialog.export_button.click()
    assert "Wrote 3 boxes of 1 track on 3 frames and 3 pictures" in dialog.outcome.text()
    assert "Classes: 0 football." in dialog.outcome.text()
    assert sorted(path.name for path in (tmp_path / "out" / "images" / "train").iterdir()) == [
        "clip_000011.jpg", "clip_000012.jpg", "clip_000013.jpg",
    ]  # fmt: skip


def test_a_video_with_the_boxes_is_written_while_the_window_goes_on(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([FIRST]))
    story.draw(FIRST, label="ball")
    story.track_with()
    story.press(Qt.Key.Key_E, CTRL)
    (dialog,) = story.window.findChildren(ExportDialog)
    dialog.format_box.setCurrentIndex(dialog.format_box.findData("video"))
    dialog.path_field.setText(str(tmp_path / "ball.mp4"))
    exporting = story.application.exporting
    threads: list[QThread] = []
    exporting.stepped.connect(lambda _: threads.append(QThread.currentThread()), Qt.ConnectionType.DirectConnection)
    with story.qtbot.waitSignal(exporting.exported, timeout=60_000):
        dialog.export_button.click()
    assert story.window.thread() not in threads
    assert "frames of video." in dialog.outcome.text()
    frames = story.application.document.opened_project.video.frame_count
    assert open_source(tmp_path / "ball.mp4", is_proven=True).info.frame_count == frames
