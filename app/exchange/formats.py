"""The table of formats. A new one is a file with ``write``, ``read`` and ``check``, and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.exchange import coco, coco_check, mot, mot_check
from app.exchange.annotations import Annotations, ExportOptions, ImportOptions
from app.exchange.errors import ExchangeError, check_path, quoted
from app.model.project import VideoReference


@dataclass(frozen=True, slots=True)
class Format:
    """``name`` on the command line; ``label``, ``description`` and ``file_filter`` in dialogs; ``suffix`` of a file.

    ``may_be_folder``: a path that is a folder or has no suffix is written as a folder.
    ``tolerance``: how far, in pixels, a box may be from itself after being written and read back.
    """

    name: str
    label: str
    description: str
    file_filter: str
    suffix: str
    may_be_folder: bool
    tolerance: float
    write: Callable[[Path, Annotations, ExportOptions], tuple[str, ...]]
    read: Callable[[Path, VideoReference, ImportOptions], Annotations]
    check: Callable[[Path], list[str]]


FORMATS = (
    Format(
        name="mot", label="MOTChallenge",
        description="Text rows for TrackEval and MOTChallenge tools; frames and pixels are counted from 1.",
        file_filter="MOT text (*.txt)", suffix=".txt", may_be_folder=True,
        tolerance=mot.TOLERANCE, write=mot.write, read=mot.read, check=mot_check.check,
    ),
    Format(
        name="coco", label="COCO with videos",
        description="One JSON file with images, videos and tracks, as pycocotools and most training loaders read it.",
        file_filter="COCO JSON (*.json)", suffix=".json", may_be_folder=False,
        tolerance=coco.TOLERANCE, write=coco.write, read=coco.read, check=coco_check.check,
    ),
)  # fmt: skip


def format_named(name: str) -> Format:
    """
    Raises:
        ExchangeError: naming the formats that there are.
    """
    for entry in FORMATS:
        if entry.name == name:
            return entry
    known = ", ".join(entry.name for entry in FORMATS)
    raise ExchangeError(f"There is no format {quoted(name)}; choose one of {known}.")


def check(path: Path, format_name: str) -> list[str]:
    """What is wrong with a file as its consumers read it, a line a rule; empty where nothing is.

    Raises:
        ExchangeError: for an unknown format or a file that cannot be read.
    """
    entry = format_named(format_name)
    check_path(path)
    return entry.check(path)
