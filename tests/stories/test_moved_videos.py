"""Videos and projects renamed, copied, replaced or damaged from outside, also while they are open."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from app.language import tr_counted
from app.store.project_store import ProjectStore
from app.views.dialogs.earlier_states import EarlierStatesDialog
from tests.stories.conftest import Begin
from tests.support.numbered_clips import HEIGHT, WIDTH
from tests.support.obstacles import OBSTACLES, Obstacle
from tests.support.stories import Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

BOX = Box(20, 10, 40, 30)


@pytest.fixture
def own_clip(clip: Path, tmp_path: Path) -> Path:
    """One that may be moved."""
    return Path(shutil.copy(clip, tmp_path / "own.mp4"))


def write_other_clip(path: Path, *, frames: int = 60) -> None:
    """Replace a file by other pictures of the same size."""
    unfinished = path.with_name("unfinished.mp4")
    with av.open(str(unfinished), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for index in range(frames):
            picture = np.full((HEIGHT, WIDTH, 3), 40 + index, np.uint8)
            container.mux(stream.encode(VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    os.replace(unfinished, path)


def write_picture(path: Path, *, grey: int) -> None:
    cv2.imwrite(str(path), np.full((HEIGHT, WIDTH, 3), grey, np.uint8))


def drawn(begin: Begin, clip: Path) -> Story:
    story = begin(clip)
    story.draw(BOX)
    story.application.project.close()
    return story


def question(story: Story) -> QMessageBox:
    story.qtbot.waitUntil(lambda: any(box.isVisible() for box in story.window.findChildren(QMessageBox)))
    (box,) = (box for box in story.window.findChildren(QMessageBox) if box.isVisible())
    return box


def answer(story: Story, text: str) -> None:
    box = question(story)
    (button,) = (button for button in box.buttons() if button.text().replace("&", "") == text)
    with story.qtbot.waitSignal(box.finished):
        button.click()


def test_a_renamed_video_has_its_tracks(begin: Begin, own_clip: Path) -> None:
    story = drawn(begin, own_clip)
    renamed = own_clip.rename(own_clip.with_name("renamed.mp4"))
    with story.qtbot.waitSignal(story.application.project.told) as told:
        story.open(renamed)
    assert list(story.project.tracks) == [1]
    assert str(own_clip) in told.args[0]
    assert story.window.windowTitle() == "renamed – Siamark"


def test_a_copy_of_a_video_is_offered_the_project(begin: Begin, own_clip: Path) -> None:
    story = drawn(begin, own_clip)
    copy = Path(shutil.copy(own_clip, own_clip.with_name("copy.mp4")))
    story.open(copy)
    assert story.project.tracks == {}
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        answer(story, "Open its project")
    assert list(story.project.tracks) == [1]
    assert story.project.video.path == own_clip


def test_a_project_whose_video_was_replaced_asks_before_it_goes_on(
    begin: Begin, own_clip: Path, tmp_path: Path
) -> None:
    story = begin(own_clip)
    story.draw(BOX)
    named = tmp_path / "named.siamark"
    story.application.project.save_as(named)
    story.application.project.close()
    write_other_clip(own_clip)
    with story.qtbot.waitSignal(story.application.project.video_differs):
        story.application.project.open_project(named)
    assert "another video lies there now" in question(story).text()
    answer(story, "Do not open")
    assert story.application.document.project is None
    with story.qtbot.waitSignal(story.application.project.video_differs):
        story.application.project.open_project(named)
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        answer(story, "Go on with it")
    assert list(story.project.tracks) == [1]
    story.application.project.close()
    story.open(named)  # it is known from now on
    assert list(story.project.tracks) == [1]


@pytest.mark.parametrize("frames", [60, 20, 90])
def test_a_video_replaced_while_it_is_open_is_not_tracked(begin: Begin, own_clip: Path, frames: int) -> None:
    story = begin(own_clip, tracker=ScriptedTracker([BOX]))
    story.draw(BOX)
    write_other_clip(own_clip, frames=frames)
    story.press(Qt.Key.Key_T)
    sentence = story.error()
    assert str(own_clip) in sentence
    assert "Error" not in sentence
    assert len(story.track(1)) == 1


def test_an_empty_project_file_is_not_in_the_way_of_its_video(begin: Begin, own_clip: Path, home: Path) -> None:
    story = drawn(begin, own_clip)
    (project,) = (home / "projects").glob("*.siamark")
    project.write_bytes(b"")
    with story.qtbot.waitSignal(story.application.project.told) as told:
        story.open(own_clip)
    assert "set aside" in told.args[0]
    story.draw(BOX)
    assert list(story.project.tracks) == [1]


def test_a_damaged_project_left_open_is_said_once_and_does_not_stop_a_start(
    begin: Begin, own_clip: Path, home: Path, tmp_path: Path
) -> None:
    story = drawn(begin, own_clip)
    named = tmp_path / "named.siamark"
    story.open(own_clip)
    story.application.project.save_as(named)
    story.application.project.close()
    content = named.read_bytes()
    named.write_bytes(content.replace(b"CREATE TABLE run", b"CREATE \xff\xfe\xfd run", 1))
    later = begin()
    notes = home / "left-open"
    notes.mkdir(exist_ok=True)
    (notes / "one.txt").write_bytes(os.fsencode(named))
    (notes / "two.txt").write_bytes(b"\0\xff")
    (notes / "three.txt").mkdir()
    later.application.project.reopen_after_crash()  # as a start does
    assert str(named) in later.error()
    assert later.application.document.project is None
    begin()  # which would wait for ever if it was said again


def test_a_project_file_renamed_while_it_is_open_goes_on(begin: Begin, own_clip: Path, tmp_path: Path) -> None:
    story = begin(own_clip)
    named = tmp_path / "named.siamark"
    story.application.project.save_as(named)
    renamed = named.rename(tmp_path / "renamed.siamark")
    story.draw(BOX)
    assert str(renamed) in story.error()
    assert story.window.windowTitle() == "renamed – Siamark"
    assert list(story.project.tracks) == [1]
    story.application.project.close()
    story.open(own_clip)
    assert list(story.project.tracks) == [1]
    assert story.application.document.store_path == renamed


@pytest.mark.parametrize("edits_again", [False, True])
def test_a_project_into_which_another_was_copied_is_the_videos_all_the_same(
    begin: Begin, own_clip: Path, tmp_path: Path, *, edits_again: bool
) -> None:
    story = begin(own_clip)
    story.draw(BOX)
    path = story.application.document.store_path
    assert path is not None
    other = tmp_path / "other.siamark"
    ProjectStore.create(other, replace(story.project.video, path=Path("/videos/other.mp4"))).close()
    shutil.copyfile(other, path)
    if edits_again:
        story.application.document.look_after_file()
        assert "goes on in" in story.error()
    story.application.project.close()
    story.open(own_clip)
    assert list(story.project.tracks) == [1]


def test_a_project_whose_folder_was_deleted_while_it_was_open_is_found_again(
    begin: Begin, own_clip: Path, tmp_path: Path
) -> None:
    story = begin(own_clip)
    folder = tmp_path / "folder"
    folder.mkdir()
    story.application.project.save_as(folder / "named.siamark")
    story.draw(BOX)
    shutil.rmtree(folder)
    story.application.project.close()
    assert "It has been saved as" in story.error()
    story.open(own_clip)
    assert list(story.project.tracks) == [1]


@pytest.mark.parametrize("content", [b"\0" * 100_000, b"[General]\nstate=@ByteArray(\xff\xff)\n", b"\xff\xfe\0" * 999])
def test_a_layout_that_is_garbage_does_not_stop_a_start(
    begin: Begin, own_clip: Path, home: Path, content: bytes
) -> None:
    home.mkdir(exist_ok=True)
    (home / "window.ini").write_bytes(content)
    story = begin(own_clip)
    story.draw(BOX)
    assert list(story.project.tracks) == [1]


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_lies_in_the_place_of_all_that_is_remembered_does_not_stop_a_start(
    begin: Begin, own_clip: Path, home: Path, obstacle: Obstacle
) -> None:
    for number, name in enumerate(("window.ini", "frames.json", "left-open", "projects", "backups", "models")):
        home.joinpath(f"{number}").mkdir(parents=True)
        obstacle(home / f"{number}" / name)
        os.rename(home / f"{number}" / name, home / name)
    story = begin(own_clip)
    story.draw(BOX)
    assert list(story.project.tracks) == [1]


def test_a_damaged_project_is_recovered_if_the_person_says_so(begin: Begin, own_clip: Path, tmp_path: Path) -> None:
    story = begin(own_clip)
    story.draw(BOX)
    named = tmp_path / "named.siamark"
    story.application.project.save_as(named)
    story.application.project.close()
    with closing(sqlite3.connect(named)) as file:
        file.execute("INSERT INTO block VALUES (1, 1, zeroblob(58))")
        file.commit()
    damaged = named.read_bytes()
    story.application.project.open_project(named)
    assert "is damaged" in question(story).text()
    answer(story, "Recover")
    story.qtbot.waitUntil(lambda: story.application.document.project is not None)
    assert "1 place could not be read" in question(story).text()  # it stays until the person has read it
    assert [frame for frame, _ in story.track(1).items()] == [0]
    assert story.application.document.store_path == tmp_path / "named recovered.siamark"
    assert named.read_bytes() == damaged


def test_a_person_goes_back_to_an_earlier_state_and_forth_again(begin: Begin, own_clip: Path, tmp_path: Path) -> None:
    story = begin(own_clip)
    story.draw(BOX)
    named = tmp_path / "named.siamark"
    project = story.application.project
    project.save_as(named)
    project.close()
    os.utime(named, (1_700_000_000, 1_700_000_000))
    story.open(named)
    story.draw(BOX.translated(dx=70, dy=0))
    assert sorted(story.project.tracks) == [1, 2]
    for expected in ([1], [1, 2]):
        story.application.files_presenter.show_earlier_states()
        (dialog,) = story.application.window.findChildren(EarlierStatesDialog)
        rows = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        row = next(row for row, text in enumerate(rows) if text.endswith(tr_counted(len(expected), "track")))
        dialog.list.setCurrentRow(row)
        with story.qtbot.waitSignal(story.application.document.project_opened):
            dialog.back_button.click()
        assert sorted(story.project.tracks) == expected
        assert story.application.document.store_path == named
        story.qtbot.waitUntil(lambda: not story.application.window.findChildren(EarlierStatesDialog))


def test_a_folder_to_which_pictures_were_added_goes_on_with_its_tracks(begin: Begin, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(4):
        write_picture(folder / f"{number}.png", grey=40 * number)
    story = drawn(begin, folder)
    write_picture(folder / "4.png", grey=200)
    story.open(folder)
    assert "5 frames now; when it was annotated it had 4" in question(story).text()
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        answer(story, "Go on with it")
    assert list(story.project.tracks) == [1]
    assert story.project.video.frame_count == 5
    story.application.project.close()
    story.open(folder)  # its project from now on
    assert list(story.project.tracks) == [1]


def test_a_changed_folder_may_begin_again_and_its_earlier_project_stays(begin: Begin, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(4):
        write_picture(folder / f"{number}.png", grey=40 * number)
    story = begin(folder)
    story.draw(BOX)
    named = tmp_path / "named.siamark"
    story.application.project.save_as(named)
    story.application.project.close()
    write_picture(folder / "4.png", grey=200)
    story.open(folder)
    assert str(named) in question(story).text()
    answer(story, "Begin again")
    assert story.project.tracks == {}
    story.application.project.close()
    with story.qtbot.waitSignal(story.application.project.video_differs):
        story.application.project.open_project(named)
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        answer(story, "Go on with it")
    assert list(story.project.tracks) == [1]


def test_a_folder_from_which_pictures_were_taken_begins_again_and_says_where_its_project_is(
    begin: Begin, tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(4):
        write_picture(folder / f"{number}.png", grey=40 * number)
    story = drawn(begin, folder)
    (folder / "3.png").unlink()
    with story.qtbot.waitSignal(story.application.project.told) as told:
        story.open(folder)
    assert "Another video lay at" in told.args[0]
    assert story.project.tracks == {}
