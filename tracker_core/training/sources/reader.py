"""What ``prepare`` asks of a source, whatever form its data has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.training.pictures.prepared import Instance, Kind

AnnotatedPicture = tuple[Image, list[Instance]]


class SourceError(Exception):
    """A source that cannot be read at all, or no further; its text says why."""


class Note(Protocol):
    """Hears what was left out and why: a few words that are the same for all cases of one kind, and where it was."""

    def __call__(self, problem: str, where: object = "") -> None: ...


class SourceReader(Protocol):
    """One source that can be read. It goes to other processes, so it is of plain data and opens nothing before it must.

    ``name`` is what the prepared files are called, unless another source is called so; ``path`` is the file or folder
    of which the source is made, and with ``name`` tells it from all others.
    """

    @property
    def name(self) -> str: ...

    @property
    def path(self) -> Path: ...

    @property
    def kind(self) -> Kind: ...

    def mark(self) -> str:
        """Another text when what is known of the targets has changed: then the source is prepared anew.

        Raises:
            OSError: if the files are gone.
        """
        ...

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        """RGB pictures with the boxes of their targets, in pixels, one picture in memory at a time.

        A picture or a box that cannot be used is noted and passed over. A picture with no target at all is a
        background; only stills have such.

        Raises:
            SourceError, SequenceError, OSError: if there is nothing (more) to be read. What came before stays good.
        """
        ...


def mark_of(files: Iterable[Path]) -> str:
    """A digest of the bytes of some files."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:16]


def box_or_none(x: object, y: object, width: object, height: object) -> Box | None:
    """The box of four numbers, or texts of numbers; None for what is no number, not finite, or has no area."""
    try:
        box = Box(float(str(x)), float(str(y)), float(str(width)), float(str(height)))
    except ValueError:
        return None
    return box if box.area > 0 else None
