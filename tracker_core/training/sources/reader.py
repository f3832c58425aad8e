"""The interface between ``prepare`` and a source in any format."""

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
    """A source cannot be read, or only in part; the text says why."""


class Note(Protocol):
    """Called with the reason why something was left out (a few words, the same for all cases of a kind), and with its
    place.
    """

    def __call__(self, problem: str, where: object = "") -> None: ...


class SourceReader(Protocol):
    """One source. It is sent to other processes, so it holds plain data and opens files only to read them.

    ``name`` becomes the name of the prepared files, unless another source has it. ``path`` is the file or folder of the
    source; ``path`` and ``name`` together identify it.
    """

    @property
    def name(self) -> str: ...

    @property
    def path(self) -> Path: ...

    @property
    def kind(self) -> Kind: ...

    def mark(self) -> str:
        """A text that changes when the annotations change, which makes ``prepare`` prepare the source again.

        Raises:
            OSError: if the files are gone.
        """
        ...

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        """RGB pictures with the boxes of their targets, in pixels, one picture in memory at a time.

        Pictures and boxes that cannot be used are noted and skipped. A picture without targets is a background; only
        stills have those.

        Raises:
            SourceError, SequenceError, OSError: if nothing, or nothing more, can be read. Earlier pictures stay valid.
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
    """A box from four numbers or numeric texts; None if one is not a finite number, or the box has no area."""
    try:
        box = Box(float(str(x)), float(str(y)), float(str(width)), float(str(height)))
    except ValueError:
        return None
    return box if box.area > 0 else None
