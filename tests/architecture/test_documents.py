"""The documents tell the truth about the tree: every room is in the table of contents, every file named is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOM = re.compile(r"^\| `(?P<room>[a-z_/]+)` \|", re.MULTILINE)
FILE = re.compile(r"`([\w./-]+\.(?:py|md))`")
TESTS = re.compile(r"`([\w/]+\.py)`: ((?:`\w+`(?:, )?)+)")
NAME = re.compile(r"`(\w+)`")
LINK = re.compile(r"\]\(((?!\w+:)[^)#]+)")

PACKAGES = ("app", "benchmarks", "resources", "tracker_core")
NAMED_FROM = (
    "",
    "app",
    "app/document",
    "app/video",
    "docs",
    "tracker_core",
    "tracker_core/evaluation",
    "tracker_core/training",
)
"""Documents name a file from the root, or from the package that they speak of."""

DOCUMENTS = [
    "CONTEXT.md", "README.md", "docs/architecture.md", "docs/batch.md", "docs/plugins.md", "docs/evaluation.md",
    "docs/speed.md", "docs/speed-log.md", "docs/training.md", "docs/training-log.md",
]  # fmt: skip


def rooms(project_root: Path) -> set[str]:
    """All packages."""
    doors = (door for package in PACKAGES for door in (project_root / package).rglob("__init__.py"))
    return {door.parent.relative_to(project_root).as_posix() for door in doors}


def test_the_table_of_contents_names_every_room_and_no_other(project_root: Path) -> None:
    page = (project_root / "docs" / "architecture.md").read_text("utf-8")
    section = page.partition("## Rooms")[2].partition("\n## ")[0]
    named = ROOM.findall(section)
    assert len(named) == len(set(named))
    assert set(named) == rooms(project_root)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document: str, project_root: Path) -> None:
    text = (project_root / document).read_text("utf-8")
    missing = [name for name in FILE.findall(text) if not any((project_root / at / name).exists() for at in NAMED_FROM)]
    folder = (project_root / document).parent
    missing += [link for link in LINK.findall(text) if not (folder / link).exists()]
    assert not missing


def test_every_test_that_keeps_a_fault_away_is_there(project_root: Path) -> None:
    page = (project_root / "docs" / "reliability.md").read_text("utf-8")
    rows = [row for row in page.partition("## Faults that were found")[2].splitlines() if row.startswith("| ")][1:]
    assert len(rows) >= 37
    for row in rows:
        for file, names in TESTS.findall(row):
            text = (project_root / "tests" / file).read_text("utf-8")
            missing = [name for name in NAME.findall(names) if f"def test_{name}(" not in text]
            assert not missing, file
