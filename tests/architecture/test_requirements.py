"""What is installed: exact pins within the ranges of pyproject.toml, and an OpenCV without its own Qt."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FILES = ["requirements.txt", "requirements-dev.txt", "requirements-judges.txt"]
PIN = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.]+)")


def pins(project_root: Path, *files: str) -> dict[str, str]:
    lines = [line for file in files for line in (project_root / file).read_text("utf-8").splitlines()]
    matches = [PIN.fullmatch(line) for line in lines if line and not line.startswith("#")]
    assert all(matches), "every line is name==version"
    return {canonicalize_name(match[1]): match[2] for match in matches if match}


def test_what_runs_here_is_what_is_pinned(project_root: Path) -> None:
    pinned = pins(project_root, *FILES)
    installed = {name: importlib.metadata.version(name).partition("+")[0] for name in pinned}
    assert installed == pinned


@pytest.mark.parametrize(("section", "files"), [("project", FILES[:1]), ("dev", FILES[:2])])
def test_every_pin_lies_in_its_range(section: str, files: list[str], project_root: Path) -> None:
    settings = tomllib.loads((project_root / "pyproject.toml").read_text("utf-8"))
    ranges = settings["project"]["dependencies"] if section == "project" else settings["dependency-groups"]["dev"]
    pinned = pins(project_root, *files)
    for requirement in map(Requirement, ranges):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} excludes the pin {version}"


def test_every_pin_of_the_guide_lies_in_its_range(project_root: Path) -> None:
    settings = tomllib.loads((project_root / "pyproject.toml").read_text("utf-8"))
    pinned = pins(project_root, "requirements-docs.txt")
    for requirement in map(Requirement, settings["project"]["optional-dependencies"]["docs"]):
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)])


def test_no_opencv_that_brings_its_own_qt_is_installed() -> None:
    names = {canonicalize_name(found.metadata["Name"]) for found in importlib.metadata.distributions()}
    assert {name for name in names if name.startswith("opencv")} == {"opencv-python-headless"}


def test_importing_cv2_leaves_the_plugins_of_qt_alone() -> None:
    program = "import os; before = set(os.environ); import cv2; print(*(set(os.environ) - before))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert not [name for name in answer.stdout.split() if name.startswith("QT_")]
