"""A video's project is found at its place, or by its content elsewhere; damaged ones do not block it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.model.project import Label, VideoReference
from app.store.autosave import autosave_path, note_saved_as, saved_as
from app.store.errors import ProjectInUseError
from app.store.project_store import ProjectStore
from app.store.video_projects import FoundProject, VideoProjects

MARK = Label("marked", "#123456")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "projects"


@pytest.fixture
def projects(folder: Path) -> VideoProjects:
    return VideoProjects(folder)


@pytest.fixture
def video(tmp_path: Path) -> VideoReference:
    path = tmp_path / "street.mp4"
    path.touch()
    return VideoReference(path, 30, 640, 360, Fraction(25), fingerprint="a" * 32)


def moved(video: VideoReference, name: str) -> VideoReference:
    return replace(video, path=video.path.rename(video.path.with_name(name)))


def annotated(projects: VideoProjects, video: VideoReference) -> Path:
    """The project of a video, with a label to know it by, closed again."""
    found = projects.project_of(video)
    found.store.put_label(MARK)
    projects.note_place(video, found.store.path)
    found.store.close()
    return found.store.path


@pytest.fixture
def opened(projects: VideoProjects) -> Iterator[list[FoundProject]]:
    found: list[FoundProject] = []
    yield found
    for each in found:
        each.store.close()


def is_marked(found: FoundProject) -> bool:
    return MARK.name in found.project.labels


def test_a_video_has_its_project_again(
    projects: VideoProjects, video: VideoReference, opened: list[FoundProject]
) -> None:
    path = annotated(projects, video)
    opened.append(projects.project_of(video))
    assert is_marked(opened[0])
    assert (opened[0].store.path, opened[0].told, opened[0].copy_of) == (path, "", None)


def test_a_renamed_video_has_its_project_and_it_is_said(
    projects: VideoProjects, video: VideoReference, opened: list[FoundProject]
) -> None:
    path = annotated(projects, video)
    renamed = moved(video, "renamed.mp4")
    found = projects.project_of(renamed)
    assert is_marked(found)
    assert found.store.path == path
    assert str(video.path) in found.told
    assert found.project.video == renamed
    assert found.store.load_video() == renamed
    found.store.close()
    opened.append(projects.project_of(renamed))  # and from now on as if it had always been there
    assert (opened[0].store.path, opened[0].told) == (path, "")


def test_a_copy_has_a_project_of_its_own_and_the_other_is_named(
    projects: VideoProjects, video: VideoReference, opened: list[FoundProject]
) -> None:
    path = annotated(projects, video)
    copy = replace(video, path=video.path.with_name("copy.mp4"))
    copy.path.touch()
    opened.append(projects.project_of(copy))
    assert not is_marked(opened[0])
    assert opened[0].copy_of == path


def test_another_video_at_the_same_place_gets_another_project(
    projects: VideoProjects, video: VideoReference, opened: list[FoundProject]
) -> None:
    path = annotated(projects, video)
    other = replace(video, fingerprint="b" * 32)
    opened.append(projects.project_of(other))
    assert not is_marked(opened[0])
    assert str(path) in opened[0].told
    opened[0].store.put_label(Label("other", "#000000"))
    opened.pop().store.close()
    opened.append(projects.project_of(other))
    assert list(opened[0].project.labels) == ["other"]
    opened.append(projects.project_of(video))
    assert is_marked(opened[1])


def test_a_project_that_did_not_know_the_content_learns_it(
    projects: VideoProjects, video: VideoReference, opened: list[FoundProject]
) -> None:
    annotated(projects, replace(video, fingerprint=""))
    opened.append(projects.project_of(video))
    assert is_marked(opened[0])
    assert opened[0].store.load_video().fingerprint == video.fingerprint


def test_a_corrected_number_of_frames_keeps_the_project(
    projects: VideoProjects, video: VideoReference, opened: list[FoundProject]
) -> None:
    annotated(projects, video)
    corrected = replace(video, frame_count=29)
    opened.append(projects.project_of(corrected))
    assert is_marked(opened[0])
    assert opened[0].project.video.frame_count == 29


def test_a_renamed_video_is_found_where_it_was_saved_as(
    projects: VideoProjects, video: VideoReference, tmp_path: Path, opened: list[FoundProject]
) -> None:
    annotated(projects, video)
    named = tmp_path / "named.siamark"
    store = ProjectStore.create(named, video)
    store.put_label(MARK)
    store.close()
    note_saved_as(projects.place_of(video), named)
    projects.note_place(video, named)
    opened.append(projects.project_of(moved(video, "renamed.mp4")))
    assert opened[0].store.path == named


def spoil_empty(path: Path) -> None:
    path.write_bytes(b"")


def spoil_text(path: Path) -> None:
    path.write_bytes(b"this is no project" * 100)


def spoil_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize("spoil", [spoil_empty, spoil_text, spoil_half])
def test_a_project_that_cannot_be_read_is_set_aside(
    projects: VideoProjects, video: VideoReference, folder: Path, spoil: object, opened: list[FoundProject]
) -> None:
    path = annotated(projects, video)
    assert callable(spoil)
    spoil(path)
    content = path.read_bytes()
    opened.append(projects.project_of(video))
    assert opened[0].store.path == path
    (aside,) = folder.glob("*.unreadable*")
    assert aside.read_bytes() == content
    assert str(aside) in opened[0].told


def test_a_damaged_project_of_a_persons_own_is_left_and_the_video_opens(
    projects: VideoProjects, video: VideoReference, tmp_path: Path, opened: list[FoundProject]
) -> None:
    annotated(projects, video)
    named = tmp_path / "named.siamark"
    named.write_bytes(b"damaged")
    note_saved_as(projects.place_of(video), named)
    opened.append(projects.project_of(video))
    assert is_marked(opened[0])
    assert str(named) in opened[0].told
    assert named.read_bytes() == b"damaged"


def test_a_project_in_use_is_refused_and_not_set_aside(
    projects: VideoProjects, video: VideoReference, folder: Path, opened: list[FoundProject]
) -> None:
    opened.append(projects.project_of(video))
    with pytest.raises(ProjectInUseError):
        projects.project_of(video)
    assert not list(folder.glob("*.unreadable*"))


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"relative", b"/gone/street.siamark", b"/" + b"d" * 9000])
def test_notes_that_lead_nowhere_are_no_hindrance(
    projects: VideoProjects, video: VideoReference, folder: Path, content: bytes, opened: list[FoundProject]
) -> None:
    annotated(projects, video)
    for note in folder.glob("by-content/*"):
        note.write_bytes(content)
    projects.place_of(video).with_suffix(".saved-as").write_bytes(content)
    opened.append(projects.project_of(moved(video, "renamed.mp4")))
    assert not is_marked(opened[0])
    assert saved_as(projects.place_of(video)) is None


@pytest.mark.parametrize("name", ["n" * 251 + ".mp4", "ü" * 120 + ".mp4", "影" * 81 + ".mp4"])
def test_a_video_with_the_longest_name_has_a_project(tmp_path: Path, name: str, opened: list[FoundProject]) -> None:
    video = VideoReference(tmp_path / name, 30, 640, 360, Fraction(25), fingerprint="a" * 32)
    video.path.touch()
    projects = VideoProjects(tmp_path / "projects")
    path = annotated(projects, video)
    path.name.encode()
    note_saved_as(projects.place_of(video), path)
    opened.append(projects.project_of(video))
    assert is_marked(opened[0])
    opened.pop().store.close()
    opened.append(projects.project_of(replace(video, fingerprint="b" * 32)))


def test_a_short_name_is_kept_whole(folder: Path, video: VideoReference) -> None:
    assert autosave_path(folder, video).name.startswith("street-")
