"""The house rules that no linter knows: file length, file names, and a line of introduction for every room."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 500
DRAWERS = {"utils", "util", "misc", "common", "helpers"}  # names under which anything could be put


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def test_there_are_python_files_to_judge() -> None:
    assert len(python_files("app", "tracker_core")) > 10


def test_no_file_is_too_long_to_be_read_in_one_go() -> None:
    files = [ROOT / "main.py", *python_files("app", "tracker_core", "tests", "benchmarks", "script")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert not too_long, "split these, or write an ADR that says why not and except them here"


def test_every_file_is_named_for_what_is_in_it() -> None:
    drawers = [path for path in python_files("app", "tracker_core", "tests", "benchmarks") if path.stem in DRAWERS]
    assert not drawers


@pytest.mark.parametrize("tree", ["app", "tracker_core"])
def test_every_room_says_what_it_is_for(tree: str) -> None:
    rooms = {path.parent for path in python_files(tree)}
    silent = []
    for room in sorted(rooms):
        door = room / "__init__.py"
        if not door.is_file() or not ast.get_docstring(ast.parse(door.read_text("utf-8"))):
            silent.append(str(room.relative_to(ROOT)))
    assert not silent, "each of these needs an __init__.py with a docstring"
