"""A folder of videos: listed, gone through, looked at as a whole, exported together."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.views.workspace.export_dialog import WorkspaceExportDialog
from app.views.workspace.statistics_dialog import StatisticsDialog
from app.views.workspace.video_list import Shown, SortBy
from app.workspace.entries import Progress
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, LONGEST_OPENING, Story
from tracker_core.geometry import Box

BOX = Box(40, 20, 20, 10)


@pytest.fixture
def folder(tmp_path: Path, clip: Path) -> Path:
    folder = tmp_path / "day one"
    folder.mkdir()
    for name in ("cam 2.mp4", "cam 10.mp4"):
        shutil.copy(clip, folder / name)
    with (folder / "cam 10.mp4").open("ab") as file:
        file.write(b"\0" * 8)  # else they are copies of each other, and one would be offered the other's project
    (folder / "broken.mp4").write_bytes(b"no film")
    return folder


def opened(story: Story, folder: Path) -> None:
    with story.qtbot.waitSignal(story.application.workspace.scanned, timeout=LONGEST_OPENING):
        story.application.workspace.open(folder)


def names(story: Story) -> list[str]:
    """The names of videos, as the list shows them."""
    return [entry.name for entry in story.application.workspace_presenter.view.list.order.entries()]


def shown(story: Story, path: Path) -> None:
    with story.qtbot.waitSignal(story.application.playback.frame_shown, timeout=LONGEST_OPENING):
        story.application.workspace.show(path)
    story.qtbot.waitUntil(lambda: not story.application.workspace.is_scanning, timeout=LONGEST_OPENING)


def test_the_videos_of_a_folder_are_listed_filtered_and_sorted(begin: Begin, folder: Path) -> None:
    story = begin()
    panel = story.application.workspace_presenter.view
    assert not story.window.is_panel_shown("Workspace")
    opened(story, folder)
    assert story.window.is_panel_shown("Workspace")
    assert names(story) == ["broken.mp4", "cam 2.mp4", "cam 10.mp4"]
    assert panel.headline.text() == "day one"
    assert panel.detail.text() == "0 of 3 videos finished · 0 doubts left"
    panel.filter_field.setText("10 CAM")
    assert names(story) == ["cam 10.mp4"]
    panel.filter_field.clear()
    panel.sort_box.setCurrentIndex(panel.sort_box.findData(SortBy.LENGTH))
    assert names(story) == ["cam 2.mp4", "cam 10.mp4", "broken.mp4"]
    panel.shown_box.setCurrentIndex(panel.shown_box.findData(Shown.FINISHED))
    assert names(story) == []


def test_what_is_done_in_a_video_is_seen_in_the_list_and_its_labels_in_the_next_one(begin: Begin, folder: Path) -> None:
    story = begin()
    opened(story, folder)
    shown(story, folder / "cam 2.mp4")
    story.draw(BOX, label="lorry")
    assert list(story.project.labels) == ["lorry"]
    shown(story, folder / "cam 10.mp4")
    entry = next(one for one in story.application.workspace.entries if one.name == "cam 2.mp4")
    assert entry.figures is not None
    assert (entry.figures.track_count, entry.progress) == (1, Progress.OPEN)
    assert not story.project.labels
    assert story.application.session.known_labels == ["lorry"]
    story.draw(BOX, label="lorry")
    story.application.document.undo_stack.undo()


def test_the_next_unfinished_video_is_a_key_away(begin: Begin, folder: Path) -> None:
    story = begin()
    opened(story, folder)
    (folder / "broken.mp4").unlink()
    opened(story, folder)
    for expected in ("cam 2.mp4", "cam 10.mp4", "cam 2.mp4"):
        with story.qtbot.waitSignal(story.application.project.video_opened, timeout=LONGEST_OPENING):
            story.press(Qt.Key.Key_PageDown, CTRL)
        assert story.project.video.path == folder / expected
        story.qtbot.waitUntil(lambda: not story.application.workspace.is_scanning, timeout=LONGEST_OPENING)


def test_statistics_and_an_export_are_of_all_videos(begin: Begin, folder: Path) -> None:
    story = begin()
    opened(story, folder)
    for name, label in (("cam 2.mp4", "lorry"), ("cam 10.mp4", "bus")):
        shown(story, folder / name)
        story.draw(BOX, label=label)
    opened(story, folder)
    presenter = story.application.workspace_presenter
    presenter.show_statistics()
    (statistics,) = story.window.findChildren(StatisticsDialog)
    assert statistics.headline.text().startswith("2 boxes of 2 tracks in 3 videos; 100 % reviewed, ")
    statistics.reject()
    presenter.ask_for_export()
    (dialog,) = story.window.findChildren(WorkspaceExportDialog)
    out = folder.parent / "out"
    dialog.folder_field.setText(str(out))
    dialog.format_box.setCurrentIndex(dialog.format_box.findData("coco"))
    dialog.split_box.setChecked(True)
    dialog.pictures.setCurrentIndex(dialog.pictures.findData("png"))
    with story.qtbot.waitSignal(story.application.workspace.exported, timeout=LONGEST_OPENING):
        dialog.export_button.click()
    assert dialog.told.text().startswith("2 videos written: 2 boxes of 2 tracks. Split: ")
    files = sorted(out.rglob("tracks.json"))
    assert len(files) == 2
    for file in files:
        pictures = [file.parent / image["file_name"] for image in json.loads(file.read_text())["images"]]
        assert {picture.suffix for picture in pictures} == {".png"}
        assert all(picture.is_file() for picture in pictures)
    for file in files:
        assert [each["name"] for each in json.loads(file.read_text())["categories"]] == ["lorry", "bus"]
    with story.qtbot.waitSignal(story.application.workspace.export_failed, timeout=LONGEST_OPENING):
        dialog.export_button.click()
    assert "is not empty" in dialog.told.text()
    dialog.format_box.setCurrentIndex(dialog.format_box.findData("kitti"))
    assert not dialog.pictures.isVisibleTo(dialog)  # KITTI has no pictures; the choice does not stop the export
    dialog.folder_field.setText(str(out.with_name("kitti")))
    with story.qtbot.waitSignal(story.application.workspace.exported, timeout=LONGEST_OPENING):
        dialog.export_button.click()
    assert '• TrackEval refuses the file because of "lorry"' in dialog.told.text()
    dialog.reject()


def test_a_folder_that_is_gone_is_said(begin: Begin, tmp_path: Path) -> None:
    story = begin()
    story.application.workspace.open(tmp_path / "gone")
    assert "cannot be read" in story.error()
