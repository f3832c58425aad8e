"""Videos and projects come in by many doors; what cannot be opened changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from resources import DEMO_VIDEO
from tests.stories.conftest import Begin
from tests.support.films import with_two_films
from tests.support.stories import Story
from tracker_core.geometry import Box

BOX = Box(20, 10, 40, 30)


def drop(story: Story, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(story.canvas, enter)
    QApplication.sendEvent(story.canvas, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys))


def test_the_empty_window_offers_to_open_and_nothing_else(begin: Begin) -> None:
    story = begin()
    enabled = {name for name, action in story.application.actions.by_id.items() if action.isEnabled()}
    assert {"open_video", "open_folder", "open_project", "quit", "shortcuts", "about"} <= enabled
    assert not {"export", "save_as", "play", "track_forward", "undo", "draw_box", "close_project"} & enabled
    assert story.window.windowTitle() == "Siamark"


def test_a_dropped_video_is_opened(begin: Begin, clip: Path) -> None:
    story = begin()
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        drop(story, clip)
    assert story.project.video.path == clip
    assert story.window.windowTitle() == "clip – Siamark"
    assert story.application.transport_presenter.view.last_frame.text() == "/ 59"


def test_a_video_has_its_tracks_when_it_is_opened_again(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw(BOX)
    story.application.actions.by_id["close_project"].trigger()
    assert story.application.document.project is None
    assert story.canvas.frame_index is None
    story.open(clip)
    record = story.track(1).get(0)
    assert record is not None
    assert record.box == BOX


@pytest.mark.parametrize(
    "name", ["empty.mp4", "text.mp4", "gone.mp4", "empty folder", "garbage.siamark", "gone.siamark"]
)
def test_a_bad_file_is_told_in_one_sentence_and_leaves_the_open_project_alone(
    begin: Begin, clip: Path, tmp_path: Path, name: str
) -> None:
    story = begin(clip)
    story.draw(BOX)
    bad = tmp_path / name
    if name == "empty folder":
        bad.mkdir()
    elif not name.startswith("gone"):
        bad.write_bytes(b"" if name.startswith("empty") else b"This is no video, and no project either." * 50)
    story.application.project.open(bad)
    sentence = story.error()
    assert name in sentence
    assert "\n" not in sentence
    assert "Error" not in sentence
    assert story.project.video.path == clip
    assert list(story.project.tracks) == [1]
    story.press(Qt.Key.Key_D)
    story.wait_for_frame(1)


@pytest.mark.parametrize("by_project", [False, True])
def test_whoever_chooses_the_open_video_while_another_is_being_opened_stays_with_its_project(
    begin: Begin, clip: Path, by_project: bool
) -> None:
    story = begin(clip)
    story.draw(Box(10, 10, 20, 20))
    kept = story.application.document.store_path
    assert kept is not None
    project = story.application.project
    with story.qtbot.waitSignal(project.video_opened):
        project.open(DEMO_VIDEO)
        project.open(kept if by_project else clip)
    assert story.application.document.store_path == kept
    assert list(story.project.tracks) == [1]
    story.go_to(5)
    story.open(DEMO_VIDEO)
    assert not story.project.tracks


def test_the_file_opened_last_is_the_first_of_the_recent_ones(begin: Begin, clip: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(clip, tmp_path / "other.mp4"))
    story = begin(clip)
    story.open(other)
    entries = [action.data() for action in story.application.files_presenter.recent_menu.actions()]
    assert entries == [other, clip]
    with story.qtbot.waitSignal(story.application.project.video_opened):
        story.application.files_presenter.recent_menu.actions()[1].trigger()
    assert story.project.video.path == clip

    later = begin()
    assert [action.data() for action in later.application.files_presenter.recent_menu.actions()] == [clip, other]


def test_save_as_goes_on_in_the_new_file(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = begin(clip)
    story.draw(BOX)
    kept = tmp_path / "street.siamark"
    story.application.project.save_as(tmp_path / "street")
    assert story.application.document.store_path == kept
    assert story.window.windowTitle() == "street – Siamark"
    story.canvas.track_clicked.emit(-1, False)
    story.draw(Box(100, 10, 40, 30))
    story.application.project.close()
    story.open(kept)
    assert list(story.project.tracks) == [1, 2]


def test_a_video_goes_on_where_it_was_saved_as(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = begin(clip)
    story.draw(BOX)
    kept = tmp_path / "street.siamark"
    story.application.project.save_as(kept)
    story.canvas.track_clicked.emit(-1, False)
    story.draw(Box(100, 10, 40, 30))
    story.application.project.open(clip)  # which is what is open already
    assert story.application.document.store_path == kept
    story.application.project.close()

    later = begin(clip)
    assert later.application.document.store_path == kept
    assert later.application.status.message.text() == "This video was saved as street.siamark; you go on there."
    assert list(later.project.tracks) == [1, 2]
    later.application.project.close()

    kept.unlink()
    last = begin(clip)
    assert last.application.project.is_autosaved
    assert list(last.project.tracks) == [1]


def test_a_video_does_not_open_a_project_of_another_video(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = begin(clip)
    kept = tmp_path / "street.siamark"
    story.application.project.save_as(kept)
    story.open(Path(shutil.copy(clip, tmp_path / "other.mp4")))
    story.application.project.save_as(kept)  # over the first one
    story.open(clip)
    assert story.application.project.is_autosaved
    assert story.project.video.path == clip


def test_a_project_whose_video_has_moved_asks_where_it_is_now(begin: Begin, clip: Path, tmp_path: Path) -> None:
    video = Path(shutil.copy(clip, tmp_path / "before.mp4"))
    story = begin(video)
    story.draw(BOX)
    project = tmp_path / "street.siamark"
    story.application.project.save_as(project)
    story.application.project.close()
    moved = video.rename(tmp_path / "after.mp4")

    with story.qtbot.waitSignal(story.application.project.video_missing):
        story.application.project.open(project)
    (chooser,) = story.window.findChildren(QFileDialog)
    assert "before.mp4" in chooser.windowTitle()
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        chooser.fileSelected.emit(str(moved))
        chooser.reject()
    assert story.project.video.path == moved
    assert list(story.project.tracks) == [1]


def test_another_video_in_place_of_the_lost_one_is_refused(begin: Begin, clip: Path, tmp_path: Path) -> None:
    video = Path(shutil.copy(clip, tmp_path / "before.mp4"))
    story = begin(video)
    project = tmp_path / "street.siamark"
    story.application.project.save_as(project)
    story.application.project.close()
    video.unlink()
    story.application.project.open_project(project, video=DEMO_VIDEO)
    assert "find that one" in story.error()
    assert story.application.document.project is None


def test_a_second_window_does_not_get_the_same_project(begin: Begin, clip: Path) -> None:
    first = begin(clip)
    first.draw(BOX)
    second = begin()
    assert second.application.document.project is None  # the note of the first window is not one of a crash
    second.application.project.open(clip)
    assert "open in another window" in second.error()


def test_each_film_of_a_file_has_its_own_project(begin: Begin, tmp_path: Path) -> None:
    story = begin(with_two_films(tmp_path / "two.mkv", previews=40, frames=50))
    assert "holds 2 films" in story.application.status.message.text()
    assert story.project.video.frame_count == 50
    story.draw(BOX)
    next_film = story.application.actions.by_id["next_film"]
    for frame_count, tracks in ((40, []), (50, [1])):
        with story.qtbot.waitSignal(story.application.playback.frame_shown):
            next_film.trigger()
        assert story.project.video.frame_count == frame_count
        assert list(story.project.tracks) == tracks


def test_a_project_of_the_second_film_opens_with_that_film(begin: Begin, tmp_path: Path) -> None:
    story = begin(with_two_films(tmp_path / "two.mkv", previews=40, frames=50))
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        story.application.actions.by_id["next_film"].trigger()
    story.application.project.save_as(tmp_path / "second.siamark")
    story.application.project.close()
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        story.application.project.open(tmp_path / "second.siamark")
    assert story.project.video.frame_count == 40
