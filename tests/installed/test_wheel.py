"""The wheel, installed into a new environment: the command, the window, the library."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app import __version__
from tests.support.readme import WITHOUT_SCREEN, library_example, write_street

pytestmark = pytest.mark.slow

SOURCES = ("app", "benchmarks", "resources", "tracker_core")
LARGEST = 60e6  # bytes: nine tenths are the weights
FRAMES = 12


def run(*command: object, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | variables
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, timeout=280, check=False
    )


@pytest.fixture(scope="module")
def wheel(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, since a build leaves its traces beside what it builds."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for folder in SOURCES:
        shutil.copytree(project_root / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(project_root / file, copy)
    built = run(sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--no-build-isolation", "-w", out, cwd=copy)
    assert built.returncode == 0, built.stderr
    (wheel,) = out.glob("*.whl")
    return wheel


def needed_by(wanted: Distribution) -> dict[str, Distribution]:
    """What a distribution requires, and what that requires in turn, by name. Extras are left out."""
    found: dict[str, Distribution] = {}
    open_ends = [wanted]
    while open_ends:
        for requirement in map(Requirement, open_ends.pop().requires or ()):
            name = canonicalize_name(requirement.name)
            if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
                continue
            found[name] = distribution(name)
            open_ends.append(found[name])
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an empty environment with the wheel and what it says it needs, and no more.

    Qt, torch and the rest are linked from this environment, so that nothing is downloaded.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    scripts = home / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    answer = run(*pip, "install", "--no-index", "--no-deps", wheel, cwd=home)
    assert answer.returncode == 0, answer.stderr
    (packages,) = home.rglob("site-packages")
    (description,) = packages.glob("siamark-*.dist-info")
    for needed in needed_by(PathDistribution(description)).values():
        for name in {file.parts[0] for file in needed.files or ()} - {"..", "__pycache__"}:
            if not (packages / name).exists():
                (packages / name).symlink_to(Path(str(needed.locate_file(name))))
    return scripts


def test_the_wheel_holds_what_the_program_shows_and_nothing_of_the_tests(wheel: Path) -> None:
    assert wheel.stat().st_size < LARGEST
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {*SOURCES, f"siamark-{__version__}.dist-info"}
    for kind in ("resources/weights/siamrpnpp_small.safetensors", "resources/weights/siamrpnpp_small.md"):
        assert kind in names
    assert "resources/demo.mp4" in names
    assert "resources/icons/siamark.svg" in names
    assert not [name for name in names if name.startswith("resources/training")]


def test_the_command_tells_its_version(installed: Path, tmp_path: Path) -> None:
    answer = run(installed / "siamark", "--version", cwd=tmp_path)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, f"Siamark {__version__}\n", "")


def test_the_command_speaks_of_itself_by_its_name(installed: Path, tmp_path: Path) -> None:
    assert "Usage: siamark [OPTIONS] COMMAND" in run(installed / "siamark", "--help", cwd=tmp_path).stdout


def test_the_trackers_come_along(installed: Path, tmp_path: Path) -> None:
    answer = run(installed / "siamark", "models", "info", "siamrpnpp_small", cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert str(installed.parent) in answer.stdout  # where the weights are


def test_the_window_tracks_the_demo_clip(installed: Path, tmp_path: Path) -> None:
    answer = run(installed / "siamark", "demo", "--offscreen", tmp_path / "demo", cwd=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    made = {path.name for path in (tmp_path / "demo").iterdir()}
    assert {"1-boxes.png", "3-tracked.png", "7-dark.png", "tracks.mot.txt", "tracks.coco.json"} <= made


def test_the_ten_lines_of_the_readme_track_without_a_screen(
    installed: Path, tmp_path: Path, project_root: Path
) -> None:
    write_street(tmp_path, frames=FRAMES)
    answer = run(installed / "python", "-c", WITHOUT_SCREEN + library_example(project_root), cwd=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert [int(line.split()[0]) for line in answer.stdout.splitlines()] == list(range(1, FRAMES))


def test_what_only_the_tests_need_is_not_there(installed: Path, tmp_path: Path) -> None:
    """Else the tests above would not tell that a requirement is missing."""
    answer = run(installed / "python", "-c", "import pytest", cwd=tmp_path)
    assert "ModuleNotFoundError" in answer.stderr
