"""Commands take the new path of a video that was renamed, and recognise it by its content."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import pytest

from app.model.box_record import keyframe
from app.model.project import Project, VideoReference
from app.model.track import Track
from app.store.looking import look_at_project
from app.store.project_store import ProjectStore
from app.video.source import open_source
from tests.support.commands import CLIP_FRAMES, Run
from tests.support.numbered_clips import Coding, write_clip
from tracker_core.geometry import Box


@pytest.fixture
def renamed(clip: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(clip, tmp_path / "renamed.mp4"))


@pytest.fixture
def project(clip: Path, tmp_path: Path) -> Path:
    """About ``clip``, under a name at which nothing lies."""
    source = open_source(clip)
    info = source.info
    source.close()
    video = VideoReference(
        tmp_path / "gone.mp4", info.frame_count, info.width, info.height, info.frame_rate, info.fingerprint
    )
    track = Track(1, "car", "#3b82f6")
    track.put({frame: keyframe(Box(40 + frame, 20, 20, 10)) for frame in range(4)})
    store = ProjectStore.create(tmp_path / "street.siamark", video)
    store.put_project(Project(video, {}, {1: track}))
    store.close()
    return tmp_path / "street.siamark"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    (tmp_path / "other").mkdir()
    return write_clip(tmp_path / "other", Coding(), frames=12)


@pytest.mark.parametrize("more", [["--format", "yolo", "--pictures", "png"], ["--format", "crops"]])
def test_an_export_with_frames_takes_them_from_where_the_video_is_now(
    run: Run, project: Path, renamed: Path, tmp_path: Path, more: list[str]
) -> None:
    out = tmp_path / "out"
    answer = run("export", project, *more, "--out", out)
    assert answer.is_refusal
    assert f"not at {tmp_path / 'gone.mp4'}; --video says where it is now" in answer.complained
    assert not out.exists()
    assert run("export", project, *more, "--out", out, "--video", renamed).code == 0
    pictures = [path for path in out.rglob("*") if path.suffix in (".png", ".jpg")]
    assert len(pictures) == (4 if "crops" in more else CLIP_FRAMES)
    assert all(cv2.imread(str(picture)) is not None for picture in pictures)
    assert look_at_project(project).video.path == tmp_path / "gone.mp4"  # an export only reads the project


def test_an_export_without_frames_needs_no_video(run: Run, project: Path, tmp_path: Path) -> None:
    assert run("export", project, "--format", "mot", "--out", tmp_path / "tracks.txt").code == 0


@pytest.mark.parametrize("command", ["export", "import", "learn"])
def test_another_video_is_not_taken_for_it(run: Run, project: Path, other: Path, tmp_path: Path, command: str) -> None:
    before = project.read_bytes()
    (tmp_path / "in.txt").write_text("1,1,41,21,20,10,1,1,1\n")
    words: dict[str, list[object]] = {
        "export": ["--format", "yolo", "--pictures", "png", "--out", tmp_path / "out"],
        "import": ["--format", "mot", "--from", tmp_path / "in.txt"],
        "learn": [],
    }
    answer = run(command, project, *words[command], "--video", other)
    assert answer.is_refusal
    assert "another video than the one that the boxes were drawn on" in answer.complained
    assert project.read_bytes() == before


def test_an_import_also_corrects_the_place_in_the_project(run: Run, project: Path, renamed: Path) -> None:
    source = project.with_name("in.txt")
    source.write_text("1,1,41,21,20,10,1,1,1\n")
    assert run("import", project, "--format", "mot", "--from", source, "--video", renamed).code == 0
    loaded = look_at_project(project)
    assert loaded.video.path == renamed
    assert len(loaded.tracks) == 2
