from __future__ import annotations

from pathlib import Path

import pytest

from app.store import left_frames as module
from app.store.left_frames import LeftFrames


@pytest.fixture
def frames(tmp_path: Path) -> LeftFrames:
    return LeftFrames(tmp_path / "state" / "frames.json")


def test_a_frame_is_remembered_for_each_project(frames: LeftFrames, tmp_path: Path) -> None:
    frames.note(Path("/a.siamark"), 3)
    frames.note(Path("/b.siamark"), 7)
    frames.note(Path("/a.siamark"), 5)
    again = LeftFrames(tmp_path / "state" / "frames.json")
    assert [again.frame_of(Path(f"/{name}.siamark")) for name in "abc"] == [5, 7, 0]
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["frames.json"]


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", '{"/a.siamark": "x"}', '{"/a.siamark": -4}', "[" * 100_000])
def test_a_damaged_file_is_as_none(frames: LeftFrames, tmp_path: Path, text: str) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "frames.json").write_text(text)
    assert frames.frame_of(Path("/a.siamark")) == 0
    frames.note(Path("/a.siamark"), 2)
    assert frames.frame_of(Path("/a.siamark")) == 2


def test_what_was_left_longest_ago_is_forgotten(frames: LeftFrames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PROJECTS", 2)
    for number in (1, 2, 3):
        frames.note(Path(f"/{number}.siamark"), number)
    assert [frames.frame_of(Path(f"/{number}.siamark")) for number in (1, 2, 3)] == [0, 2, 3]


def test_a_path_that_is_no_text_is_remembered(frames: LeftFrames) -> None:
    path = Path("/caf\udce9.siamark")
    frames.note(path, 4)
    assert frames.frame_of(path) == 4
