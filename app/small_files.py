"""Reads small files in which Siamark remembers things, whatever lies in their place: a folder, a pipe, a link."""

from __future__ import annotations

import logging
import os
import stat
from itertools import count
from pathlib import Path
from typing import BinaryIO

logger = logging.getLogger(__name__)


class NoFileError(OSError):
    """A path leads to something other than a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(0, "it is no file", str(path))


def open_small_file(path: Path) -> BinaryIO:
    """Open a file for reading, without waiting: an ordinary open of a pipe would wait for ever.

    Raises:
        OSError: if it cannot be read, or is no file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = open(os.open(path, flags), "rb")  # noqa: SIM115  (the caller closes it)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise NoFileError(path)
    return file


def read_small_file(path: Path, largest: int) -> bytes:
    """
    Raises:
        OSError: as from ``open_small_file``.
        ValueError: if there are more than ``largest`` bytes.
    """
    with open_small_file(path) as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise ValueError(f"longer than {largest:,} bytes")
    return content


def is_in_the_way(path: Path) -> bool:
    """Whether a path leads to something that is neither a file nor a link to one."""
    return os.path.lexists(path) and not os.path.isfile(path)


def set_aside(path: Path) -> Path:
    """Rename what lies at a path, and return its new path.

    Raises:
        OSError: if the system refuses.
    """
    for number in count(1):
        name = (
            f"{path.stem}.unreadable{path.suffix}" if number == 1 else f"{path.stem}.unreadable-{number}{path.suffix}"
        )
        kept = path.with_name(name)
        if not os.path.lexists(kept):
            os.rename(path, kept)
            return kept
    raise AssertionError("numbers have no end")


def make_way(path: Path) -> None:
    """Set aside what lies at a path unless it is a file, so that a file can be written there.

    Raises:
        OSError: if the system refuses.
    """
    if is_in_the_way(path):
        logger.warning("What lay at %s was no file; it was set aside as %s", path, set_aside(path))


def make_folder(path: Path) -> None:
    """Make a folder and its parents. What lies in its place is set aside.

    Raises:
        OSError: if it cannot be made.
    """
    if os.path.lexists(path) and not os.path.isdir(path):
        logger.warning("What lay at %s was no folder; it was set aside as %s", path, set_aside(path))
    path.mkdir(parents=True, exist_ok=True)
