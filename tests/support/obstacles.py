"""Things that may lie in place of a file: folders, pipes, links."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

Obstacle = Callable[[Path], None]


def folder(path: Path) -> None:
    path.mkdir(parents=True)
    path.joinpath("of a person").touch()


def empty_folder(path: Path) -> None:
    path.mkdir(parents=True)


def pipe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def link_to_nowhere(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path.with_name("nowhere"))


def link_to_itself(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(path)


def link_to_a_folder(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name("a folder").mkdir()
    path.symlink_to(path.with_name("a folder"))


OBSTACLES: tuple[Obstacle, ...] = (folder, empty_folder, pipe, link_to_nowhere, link_to_itself, link_to_a_folder)
