"""Notes of where a project is: they bring back the path that was noted, whatever its name."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from app.model.project import VideoReference
from app.store.autosave import LeftOpen, autosave_path, note_saved_as, saved_as
from app.store.project_store import ProjectStore

NAMES = ["street.siamark", "Straße mit Leerzeichen.siamark"]
if sys.platform == "linux":
    NAMES.append(os.fsdecode(b"caf\xe9.siamark"))  # written by a system of another encoding: no text


@pytest.mark.parametrize("name", NAMES)
def test_a_note_brings_back_the_path(tmp_path: Path, name: str) -> None:
    project = tmp_path / name
    project.touch()
    autosave = tmp_path / "projects" / "clip-0123.siamark"
    assert saved_as(autosave) is None
    note_saved_as(autosave, project)
    assert saved_as(autosave) == project
    left_open = LeftOpen(tmp_path / "open")
    left_open.note(project)
    assert left_open.projects() == [project]
    left_open.forget(project)
    assert left_open.projects() == []


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"/gone/street.siamark"])
def test_a_note_of_what_is_not_there_leads_nowhere(tmp_path: Path, content: bytes) -> None:
    autosave = tmp_path / "clip-0123.siamark"
    note_saved_as(autosave, tmp_path / "street.siamark")
    (note,) = tmp_path.iterdir()
    note.write_bytes(content)
    assert saved_as(autosave) is None


@pytest.mark.parametrize("stem", ["v" * 251, "ü" * 125, "é" * 100 + "v" * 30])
def test_a_video_with_the_longest_name_gets_a_project(tmp_path: Path, stem: str) -> None:
    videos = [VideoReference(tmp_path / f"{stem}{last}.mp4"[-255:], 10, 64, 48, Fraction(25)) for last in ("", "x")]
    paths = {autosave_path(tmp_path, video) for video in videos}
    assert len(paths) == 2
    for path, video in zip(sorted(paths), videos, strict=True):
        assert path.suffix == ".siamark"
        ProjectStore.create(path, video).close()
