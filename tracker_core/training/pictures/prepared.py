"""Prepared training pictures: for each source a blob of JPEGs and an index, both written completely or not at all.

A *source* is one data set or one video. Its pictures keep only what training can use: the part within four exemplar
sides of any target, at most ``LONGEST_SIDE`` pixels long. Boxes and outlines are in pixels of the stored picture.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Self

import cv2
import numpy as np

from tracker_core.geometry import Box
from tracker_core.images import Image

LONGEST_SIDE = 640
JPEG_QUALITY = 92
MOST_OF_A_PROVENANCE = 100_000  # characters

Kind = Literal["video", "stills"]


class PreparedDataError(Exception):
    """A prepared source cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One target in one picture. ``track`` is the same for the same target in all pictures of a video."""

    track: int
    category: str
    box: Box
    outline: tuple[tuple[float, ...], ...] = ()  # polygons x1, y1, x2, y2, ...


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a JPEG lies in the blob, and the targets in it."""

    offset: int
    length: int
    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a source was made from: a file or folder, and a mark that changes when its annotations change."""

    path: str
    mark: str

    @classmethod
    def read(cls, index_path: Path) -> Self | None:
        """The provenance of a prepared source; None if there is no source, or it has none."""
        try:
            with index_path.open(encoding="utf-8") as file:
                line = file.readline(MOST_OF_A_PROVENANCE)
            return cls(**json.loads(f"{line.rstrip().rstrip(',')}}}")["provenance"])
        except (OSError, ValueError, KeyError, TypeError):
            return None


class SourceWriter:
    """Writes one source. Its files get their final names in ``close``, so an interrupted run leaves no half-written
    source.

    ``close`` replaces an existing source of that name.
    """

    def __init__(self, folder: Path, name: str, kind: Kind, provenance: Provenance | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index_path = folder / f"{name}.json"
        self._blob_path = folder / f"{name}.bin"
        self._blob: BinaryIO = self._blob_path.with_suffix(".bin.partial").open("wb")
        self._kind = kind
        self._provenance = provenance
        self._pictures: list[dict[str, object]] = []

    def add(self, image: Image, instances: list[Instance]) -> None:
        """Store an RGB picture with its targets.

        Raises:
            PreparedDataError: if the picture cannot be compressed.
        """
        done, data = cv2.imencode(".jpg", image[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        if not done:
            raise PreparedDataError(f"a picture of {self._index_path.stem} could not be compressed")
        rows = [[i.track, i.category, *(round(v, 2) for v in i.box.as_tuple()), i.outline] for i in instances]
        self._pictures.append({"offset": self._blob.tell(), "length": len(data), "instances": rows})
        self._blob.write(data.tobytes())

    def close(self) -> None:
        self._blob.close()
        partial = self._index_path.with_suffix(".json.partial")
        content = json.dumps({"kind": self._kind, "pictures": self._pictures})
        if self._provenance is not None:  # on its own line, so that it can be read without the rest
            content = f'{{"provenance": {json.dumps(asdict(self._provenance))},\n{content[1:]}'
        partial.write_text(content)
        self._index_path.unlink(missing_ok=True)  # an old index would not fit the new blob
        os.replace(self._blob_path.with_suffix(".bin.partial"), self._blob_path)
        os.replace(partial, self._index_path)  # last: a source exists when its index does

    def abandon(self) -> None:
        self._blob.close()
        for path in (self._blob_path, self._index_path):
            path.with_suffix(f"{path.suffix}.partial").unlink(missing_ok=True)


@dataclass(slots=True)
class Source:
    """One prepared source, read through a memory map, so that only what is in use takes memory."""

    name: str
    kind: Kind
    pictures: tuple[Picture, ...]
    _blob: np.memmap[tuple[int], np.dtype[np.uint8]]

    @classmethod
    def open(cls, index_path: Path) -> Self:
        """
        Raises:
            PreparedDataError: if it is not a prepared source.
        """
        try:
            index = json.loads(index_path.read_text())
            pictures = tuple(_picture(row) for row in index["pictures"])
            blob = np.memmap(index_path.with_suffix(".bin"), np.uint8, "r")
            return cls(index_path.stem, index["kind"], pictures, blob)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PreparedDataError(f"{index_path} is not a prepared source ({error}); prepare it again") from error

    def image(self, picture: Picture) -> Image:
        """
        Raises:
            PreparedDataError: if the picture is damaged.
        """
        data = self._blob[picture.offset : picture.offset + picture.length]
        image = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB)
        if image is None:
            raise PreparedDataError(f"a picture of {self.name} is damaged; prepare it again")
        return np.asarray(image, np.uint8)


def _picture(row: dict[str, object]) -> Picture:
    rows = row["instances"]
    assert isinstance(rows, list)
    instances = tuple(
        Instance(track, category, Box(x, y, w, h), tuple(tuple(polygon) for polygon in outline))
        for track, category, x, y, w, h, outline in rows
    )
    return Picture(int(str(row["offset"])), int(str(row["length"])), instances)


def open_sources(folder: Path) -> Iterator[Source]:
    """Every prepared source of a folder, in the order of names.

    Raises:
        PreparedDataError: if there is none, or one is damaged.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise PreparedDataError(f"{folder} holds no prepared pictures; run `prepare` first")
    for path in paths:
        yield Source.open(path)
