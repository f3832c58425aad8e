"""Still images with a COCO index, in two layouts.

    NAME/{annotations.json, images/} one index with its pictures beside it NAME/{annotations/instances_X.json, X/ or
    images/X/} COCO's own layout: an index for each X

Boxes are ``x, y, width, height`` from 0. Crowds (``iscrowd``) are left out, because they are more than one target.
Polygons become outlines; of a run-length segmentation only the box is used.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tracker_core.evaluation.frames import read_picture
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.reader import (
    AnnotatedPicture,
    Note,
    SourceError,
    SourceReader,
    box_or_none,
    mark_of,
)

PREFIX = "instances_"

Entry = dict[str, Any]
"""An object of the JSON file, not checked yet."""


def readers_in(folder: Path, files: Sequence[str]) -> list[SourceReader]:
    readers: list[SourceReader] = []
    if "annotations.json" in files:
        name = f"{folder.parent.name}.{folder.name}"
        readers.append(CocoReader(folder / "annotations.json", name, (folder / "images",)))
    for index in sorted((folder / "annotations").glob(f"{PREFIX}*.json")):
        part = index.stem.removeprefix(PREFIX)
        readers.append(CocoReader(index, f"{folder.name}.{part}", (folder / part, folder / "images" / part)))
    return readers


@dataclass(frozen=True, slots=True)
class CocoReader:
    path: Path  # the index
    name: str
    pictures_in: tuple[Path, ...]  # the first of these folders that exists
    kind: Literal["stills"] = "stills"

    def mark(self) -> str:
        return mark_of([self.path])

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        folder = next((folder for folder in self.pictures_in if folder.is_dir()), None)
        if folder is None:
            places = " nor ".join(str(place) for place in self.pictures_in)
            raise SourceError(f"{self.path} has no pictures: there is no folder {places}")
        index = _read_index(self.path)
        names = {entry.get("id"): str(entry.get("name", "")) for entry in _entries(index, "categories")}
        boxes: dict[object, list[Entry]] = {}
        for annotation in _entries(index, "annotations"):
            boxes.setdefault(annotation.get("image_id"), []).append(annotation)
        for entry in _entries(index, "images"):
            try:
                image = read_picture(_picture(folder, str(entry.get("file_name"))))
            except SequenceError:
                note("unreadable image", entry.get("file_name"))
                continue
            yield image, list(_instances(boxes.get(entry.get("id"), []), names, note, entry))


def _read_index(path: Path) -> Entry:
    try:
        index = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError) as error:  # not JSON, or not text
        raise SourceError(f"{path} is damaged: {error}") from error
    if not isinstance(index, dict) or not isinstance(index.get("images"), list):
        raise SourceError(f"{path} is no COCO index: it lists no images")
    return index


def _entries(index: Entry, key: str) -> Iterator[Entry]:
    """The objects under this key whose ids can be looked up."""
    listed = index.get(key)
    for entry in listed if isinstance(listed, list) else ():
        ids = [entry.get(name) for name in ("id", "image_id", "category_id")] if isinstance(entry, dict) else [[]]
        if all(isinstance(identity, str | int | float | None) for identity in ids):
            yield entry


def _picture(folder: Path, file_name: str) -> Path:
    """The picture at the path in the index. If there is none, it is looked up by file name alone, because some indices
    hold paths of another machine.
    """
    path = folder / file_name
    return path if os.path.isfile(path) else folder / Path(file_name).name


def _instances(annotations: Sequence[Entry], names: Mapping[Any, str], note: Note, image: Entry) -> Iterator[Instance]:
    for number, annotation in enumerate(annotations):
        if annotation.get("iscrowd"):
            note("crowd", image.get("file_name"))
            continue
        values = annotation.get("bbox")
        box = box_or_none(*values) if isinstance(values, list) and len(values) == 4 else None
        if box is None:
            note("broken box", image.get("file_name"))
            continue
        yield Instance(number, names.get(annotation.get("category_id"), ""), box, _outline(annotation))


def _outline(annotation: Entry) -> tuple[tuple[float, ...], ...]:
    """The polygons that have at least three valid corners; empty for a run-length segmentation."""
    polygons = annotation.get("segmentation")
    if not isinstance(polygons, list):
        return ()
    return tuple(
        tuple(polygon)
        for polygon in polygons
        if isinstance(polygon, list)
        and len(polygon) >= 6
        and len(polygon) % 2 == 0
        and all(isinstance(value, int | float) and abs(value) < 1e6 for value in polygon)
    )
