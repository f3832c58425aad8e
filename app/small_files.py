"""The small files in which Siamark remembers things. In their place may lie anything: a folder, a pipe, a link."""

from __future__ import annotations

import logging
import os
import stat
from itertools import count
from pathlib import Path
from typing import BinaryIO

logger = logging.getLogger(__name__)


class NoFileError(OSError):
    """Something that is no file lies at a path."""

    def __init__(self, path: Path) -> None:
        super().__init__(0, "it is no file", str(path))


def open_small_file(path: Path) -> BinaryIO:
    """
    Raises:
        OSError: if it cannot be read, or is no file. Opened like a file, a pipe would wait for ever.
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
    """Whether something lies at a path that is neither a file nor a link to one."""
    return os.path.lexists(path) and not os.path.isfile(path)


def set_aside(path: Path) -> Path:
    """Give what lies at a path another name beside it, and return that.

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
    """Before a file is written: set aside what is none.

    Raises:
        OSError: if the system refuses.
    """
    if is_in_the_way(path):
        logger.warning("What lay at %s was no file; it was set aside as %s", path, set_aside(path))


def make_folder(path: Path) -> None:
    """Make a folder with all above it; set aside what lies in its place.

    Raises:
        OSError: if it cannot be made.
    """
    if os.path.lexists(path) and not os.path.isdir(path):
        logger.warning("What lay at %s was no folder; it was set aside as %s", path, set_aside(path))
    path.mkdir(parents=True, exist_ok=True)
