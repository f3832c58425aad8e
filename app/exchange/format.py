"""What a format is: how it is read, written and checked, and what it can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions
from app.model.project import VideoReference


class Holds(StrEnum):
    """What a format may hold. The values are its names in the report of an export."""

    TRACKS = "which boxes belong to one track"
    LABELS = "labels"
    SCORES = "scores"
    SOURCES = "who made a box"
    OCCLUDED = "what is occluded"
    REVIEWED = "what is reviewed"
    ATTRIBUTES = "attributes"
    ATTRIBUTE_CHANGES = "attributes that change from frame to frame"
    ATTRIBUTE_KINDS = "what attributes can be"


ALL = frozenset(Holds)


class Place(StrEnum):
    """What an export is: one file, a folder, or either (a folder if the path is one already or has no suffix)."""

    FILE = "file"
    FOLDER = "folder"
    EITHER = "either"


class Option(StrEnum):
    """Options that only some formats have. The values are their names on the command line."""

    PICTURES = "--pictures"
    SINGLE_CLASS = "--single-class"
    FIRST_PIXEL = "--zero-based"
    MOT17 = "--mot17"
    POLYGONS = "--polygons"
    COLUMNS = "--columns"
    MARGIN = "--margin"


OnStep = Callable[[str], None]
"""Hears what is done next, as in "reading it back". What it raises ends the export, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer did: a sentence for everything that readers should know, and the places of the pictures.
    ``pictures``: from a frame to its paths, beside or below the written one; only if pictures were asked for.
    """

    notes: tuple[str, ...] = ()
    pictures: Mapping[int, list[Path]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The result of a rendering: how many pictures, and a sentence for everything that a viewer should know."""

    pictures: int
    notes: tuple[str, ...] = ()


def read_as_written(options: ImportOptions) -> ImportOptions:
    """The default of ``Format.reading``: written files are read back without options."""
    return options


def as_it_is(annotations: Annotations, options: ExportOptions) -> Annotations:
    """The default of ``Format.fit``: the format takes every box and every label."""
    del options
    return annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Anything that tracks can be exported to.

    ``name`` on the command line; ``label``, ``description`` and ``file_filter`` in dialogs; ``suffix`` of a file.
    ``options``: those of the special options that it has.
    ``first_class``: the number of the first class; None where it does not number classes.
    ``unit``: singular and plural of what it writes.
    """

    name: str
    label: str
    description: str
    file_filter: str
    suffix: str
    place: Place
    options: frozenset[Option] = frozenset()
    first_class: int | None = 1
    unit: tuple[str, str] = ("picture", "pictures")

    @property
    def may_be_folder(self) -> bool:
        return self.place is not Place.FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering(Export):
    """An export to look at, or pictures to train on. No tracks can be read back from it.

    ``render`` writes it and checks that it can be opened.
    """

    render: Callable[[Path, Annotations, ExportOptions, OnStep], Rendered]


def recognises_nothing(path: Path) -> bool:
    """The default of ``Format.recognises``."""
    del path
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Format(Export):
    """An export that other programs read, and an import.

    ``fit`` changes annotations into what the format can hold exactly (cuts boxes at the border, takes spaces out of
    labels) and adds a note for each change. ``write`` writes the result, and ``read`` brings it back. ``tolerance``:
    how many pixels a box may move by being written and read back. ``holds``: what survives.
    ``counts_frames``: its frames are counted from the first one that is written. ``names_pictures``: it names the
    pictures of the video, by the names that they have in a folder.
    ``reading``, ``holds_with``, ``check_with``: for formats where options decide how a file is read back, what it
    holds, and what is right. ``difference_in_many``: does what checking, reading and comparing do, without holding
    all boxes as objects; None if a format knows no such way. ``recognises``: whether a file or folder is certainly of
    this format; ``guessing.py`` tells apart those formats that look alike.
    """

    tolerance: float
    write: Callable[[Path, Annotations, ExportOptions], Written]
    read: Callable[[Path, VideoReference, ImportOptions], Annotations]
    check: Callable[[Path], list[str]]
    fit: Callable[[Annotations, ExportOptions], Annotations] = as_it_is
    holds: frozenset[Holds] = ALL
    counts_frames: bool = False
    names_pictures: bool = False
    reading: Callable[[ImportOptions], ImportOptions] = read_as_written
    holds_with: Callable[[ExportOptions], frozenset[Holds]] | None = None
    check_with: Callable[[ExportOptions], Callable[[Path], list[str]]] | None = None
    difference_in_many: Callable[[Path, Annotations], str | None] | None = None
    recognises: Callable[[Path], bool] = recognises_nothing

    def held(self, options: ExportOptions) -> frozenset[Holds]:
        """What survives with these options."""
        return self.holds if self.holds_with is None else self.holds_with(options)

    def checker(self, options: ExportOptions) -> Callable[[Path], list[str]]:
        """The check for files written with these options."""
        return self.check if self.check_with is None else self.check_with(options)
