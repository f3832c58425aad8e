"""Exports the projects of many videos, each into a folder of its own, with the same class numbers in all."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.format import Place
from app.exchange.formats import export_named
from app.model.project import Project
from app.store.errors import StoreError
from app.store.looking import look_at_project
from app.workspace.splits import Shares, split
from app.workspace.videos import folder_name

SPLITS_FILE = "splits.json"

OnStep = Callable[[int, str], None]
"""Called with the number of videos done and the name of the next. An exception ends the export."""


@dataclass(frozen=True, slots=True)
class VideoToExport:
    """``name``: of its subfolder in the export's folder. ``project``: its file."""

    name: str
    project: Path


def videos_to_export(projects: Mapping[Path, Path], folder: Path) -> list[VideoToExport]:
    """Each video of a workspace that has a project, under a unique name.

    Args:
        projects: the project of each video.
        folder: of the workspace.
    """
    taken: set[str] = set()
    return [
        VideoToExport(_free_name(folder_name(video, folder), taken), project) for video, project in projects.items()
    ]


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free.casefold() in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free.casefold())
    return free


def with_classes(options: ExportOptions, labels: Iterable[str]) -> ExportOptions:
    """The same class numbers for all files: first the labels in the person's order, then all others."""
    return replace(options, class_order=tuple(dict.fromkeys((*options.class_order, *labels))))


@dataclass(frozen=True, slots=True)
class WorkspaceReport:
    """What was written. ``failed``: names with the reason. ``parts``: how many videos are in each part of the split."""

    videos: int = 0
    tracks: int = 0
    boxes: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    parts: Mapping[str, int] | None = None


def export_all(
    videos: Sequence[VideoToExport],
    format_name: str,
    folder: Path,
    options: ExportOptions,
    *,
    shares: Shares | None = None,
    in_hand: Mapping[Path, Project] | None = None,
    on_step: OnStep = lambda done, name: None,
) -> WorkspaceReport:
    """Write every project to a folder of its own; with ``shares``, below ``train``, ``val`` or ``test``.

    A project that cannot be read or written is reported, and the others go on.

    Args:
        options: ``class_order`` numbers the classes in all files, so it must list every label.
        in_hand: copies of the projects open in this window, by file.

    Raises:
        ExchangeError: for an unknown format, or a folder that is not empty or cannot be written.
    """
    entry = export_named(format_name)
    refuse_full(folder)
    part_of = {} if shares is None else split([video.name for video in videos], shares)
    written = tracks = boxes = 0
    failed: list[tuple[str, str]] = []
    notes: list[str] = []
    for done, video in enumerate(videos):
        on_step(done, video.name)
        place = folder / part_of.get(video.name, "") / video.name
        try:
            project = (in_hand or {}).get(video.project) or look_at_project(video.project)
            goal = place if entry.place is Place.FOLDER else place / f"tracks{entry.suffix}"
            make_folder(goal.parent)
            report = export(project, format_name, goal, options)
        except (ExchangeError, StoreError) as error:
            failed.append((video.name, str(error)))
            part_of.pop(video.name, None)  # it is in no part
            continue
        written, tracks, boxes = written + 1, tracks + report.tracks, boxes + report.boxes
        notes += report.notes
    parts = None
    if shares is not None:
        parts = {name: list(part_of.values()).count(name) for name in ("train", "val", "test")}
        _write_splits(folder, part_of, shares)
    return WorkspaceReport(written, tracks, boxes, tuple(failed), _joined(notes), parts)


def _joined(notes: Sequence[str]) -> tuple[str, ...]:
    """Merge notes that differ only in numbers: keep the first, and say how many more there are."""
    alike: dict[str, dict[str, None]] = defaultdict(dict)
    for note in notes:
        alike[_NUMBER.sub("0", note)][note] = None
    groups = [list(group) for group in alike.values()]
    return tuple(first if not others else f"{first} And {len(others)} more like it." for first, *others in groups)


_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def refuse_full(folder: Path) -> None:
    """Refuse a folder with files: leftovers of another export would look like part of this one, or put a video into two
    parts of a split.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise ExchangeError(
                f"{folder} is not empty; choose a new folder, so that other files do not mix with this export."
            )
    except OSError as error:
        raise ExchangeError(f"{folder} cannot be written: {error.strerror}; choose another place.") from None


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExchangeError(f"The folder {folder} cannot be made: {error.strerror}; choose another place.") from None


def _write_splits(folder: Path, part_of: Mapping[str, str], shares: Shares) -> None:
    told = {"seed": shares.seed, "shares": shares.parts, "videos": dict(sorted(part_of.items()))}
    try:
        (folder / SPLITS_FILE).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ExchangeError(f"{folder / SPLITS_FILE} cannot be written: {error.strerror}.") from None
