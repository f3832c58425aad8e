"""tracker_core used as a library: the example of the README, as anybody would run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.readme import WITHOUT_SCREEN, library_example, write_street

FRAMES = 12


def run(code: str, folder: Path, project_root: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PYTHONPATH": str(project_root), "OMP_NUM_THREADS": "1", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_readmes_example_tracks_without_screen_and_without_the_program(tmp_path: Path, project_root: Path) -> None:
    example = library_example(project_root)
    assert len(example.splitlines()) <= 10
    write_street(tmp_path, frames=FRAMES)
    lines = run(WITHOUT_SCREEN + example, tmp_path, project_root)
    assert [int(line.split()[0]) for line in lines] == list(range(1, FRAMES))


def test_the_guard_of_that_test_can_bite(tmp_path: Path, project_root: Path) -> None:
    with pytest.raises(AssertionError, match=r"the library imports app"):
        run(WITHOUT_SCREEN + "import app.model.track", tmp_path, project_root)


def test_a_name_that_the_library_does_not_have_is_an_attribute_error() -> None:
    import tracker_core

    with pytest.raises(AttributeError, match="no attribute 'draw'"):
        tracker_core.draw  # noqa: B018
