"""Caches the figures of projects in files, because counting reads every box."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.model.attributes import AttributeDefinition, AttributeKind
from app.model.doubt import DoubtRules
from app.small_files import make_folder, make_way, read_small_file
from app.store.unfinished import unfinished_beside
from app.workspace.figures import LENGTH_STEPS, SIZE_STEPS, ProjectFigures

VERSION = 2  # of the cached content; other versions are counted again
LARGEST = 2**20  # bytes


class FiguresCache:
    """One small file for each project. If it cannot be read or written, only time is lost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, project: Path, rules: DoubtRules) -> ProjectFigures | None:
        """The cached figures, if the project's file has not changed since."""
        try:
            mark = _mark(project, rules)
            kept = json.loads(read_small_file(self._place(project), LARGEST))
            return _figures(kept["figures"]) if kept["mark"] == mark else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def put(self, project: Path, mark: str, figures: ProjectFigures) -> None:
        """``mark``: taken before the project was read, so that a change in the meantime is noticed."""
        place = self._place(project)
        try:
            make_folder(self._folder)
            make_way(place)
            unfinished = unfinished_beside(place)
            unfinished.write_text(json.dumps({"mark": mark, "figures": asdict(figures)}), encoding="utf-8")
            os.replace(unfinished, place)
        except (OSError, ValueError):
            return

    def mark(self, project: Path, rules: DoubtRules) -> str:
        """A mark of the file's present state; empty if the file cannot be examined."""
        try:
            return _mark(project, rules)
        except OSError:
            return ""

    def _place(self, project: Path) -> Path:
        return self._folder / f"{hashlib.sha256(os.fsencode(os.path.abspath(project))).hexdigest()[:24]}.json"


def _mark(project: Path, rules: DoubtRules) -> str:
    """Changes with the file, with its write-ahead log, and with the rules of doubt."""
    parts: list[object] = [VERSION, rules.least_right, rules.target_iou]
    for path in (project, project.with_name(f"{project.name}-wal")):
        try:
            status = path.stat()
            parts += [status.st_ino, status.st_size, status.st_mtime_ns]
        except FileNotFoundError:
            if path is project:
                raise
            parts.append(None)
    return json.dumps(parts)


def _figures(kept: dict[str, Any]) -> ProjectFigures:
    sizes, lengths = (tuple(map(int, kept[name])) for name in ("sizes", "lengths"))
    if (len(sizes), len(lengths)) != (len(SIZE_STEPS) + 1, len(LENGTH_STEPS) + 1):
        raise ValueError("made with other classes")
    doubts, settled, unsettled = (int(kept[name]) for name in ("doubts", "settled", "unsettled"))
    boxes, tracks = ({str(name): int(count) for name, count in kept[of].items()} for of in ("boxes", "tracks"))
    labels = tuple((str(name), str(colour)) for name, colour in kept["labels"])
    attributes = tuple(map(_attribute, kept["attributes"]))
    return ProjectFigures(doubts, settled, unsettled, boxes, tracks, sizes, lengths, labels, attributes)


def _attribute(kept: dict[str, Any]) -> AttributeDefinition:
    choices, bounds = tuple(map(str, kept["choices"])), [kept[key] for key in ("low", "high")]
    low, high = (None if bound is None else float(bound) for bound in bounds)
    return AttributeDefinition(
        str(kept["name"]), AttributeKind(kept["kind"]), kept["per_frame"] is True, choices, low, high
    )
