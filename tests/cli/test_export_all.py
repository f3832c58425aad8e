"""``export-all`` from the command line: the projects of a folder of videos."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from app.cli.export_all import export_all_command
from app.exchange.formats import check
from app.model.project import VideoReference
from app.store.project_store import ProjectStore
from app.video.source import open_source
from tests.support.annotated_projects import street
from tests.support.numbered_clips import Coding, write_clip

commands = typer.Typer()
commands.command("export-all")(export_all_command)


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(commands, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Two videos of the same name in two folders, each with a project beside it."""
    clip = write_clip(tmp_path, Coding(), frames=30)
    info = open_source(clip).info
    for day in ("day 1", "day 2"):
        video = tmp_path / "workspace" / day / "street.mp4"
        video.parent.mkdir(parents=True)
        shutil.copy(clip, video)
        reference = VideoReference(video, info.frame_count, info.width, info.height, info.frame_rate, info.fingerprint)
        store = ProjectStore.create(video.with_suffix(".siamark"), reference)
        store.put_project(street())
        store.close()
    return tmp_path / "workspace"


def test_a_workspace_becomes_one_data_set_with_its_pictures(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, complained = run("--format", "coco", "--out", out, "--merged", "--pictures", "jpg", workspace)
    assert (code, complained) == (0, "")
    assert said.startswith(f"{out}: 40 boxes of 6 tracks in 2 videos.\n")
    whole = json.loads((out / "tracks.json").read_text())
    assert check(out / "tracks.json", "coco") == []
    names = [image["file_name"] for image in whole["images"]]
    assert len(set(names)) == 60
    assert all((out / name).is_file() for name in names)


def test_each_by_itself_and_split_by_video(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, _ = run(workspace, "--format", "coco", "--out", out, "--split", "50/50/0", "--seed", 3)
    assert code == 0
    assert "(1 train, 1 val, 0 test)" in said
    assert sorted(path.parent.parent.name for path in out.rglob("tracks.json")) == ["train", "val"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--format", "mot", "--merged"), "has a file for each video"),
        (("--format", "coco", "--split", "80/20"), "three shares such as 80/10/10"),
        (("--format", "coco", "--split", "0/0/0"), "three shares such as 80/10/10"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(
    workspace: Path, tmp_path: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    code, said, complained = run(workspace, "--out", tmp_path / "out", *arguments)
    assert (code, said) == (2, "")
    assert complaint in complained
    assert not (tmp_path / "out").exists()


def test_a_folder_without_projects_is_refused(tmp_path: Path) -> None:
    code, _, complained = run(tmp_path, "--format", "coco", "--out", tmp_path / "out")
    assert code == 2
    assert "has a project" in complained
