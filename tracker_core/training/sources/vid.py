"""ImageNet VID and data in its layout: ``Annotations/**/VIDEO/000000.xml`` beside ``Data/**/VIDEO/000000.JPEG``.

Each object of a frame has a ``trackid``, a ``name`` and a ``bndbox`` of corners. The left-top pixel is 0, 0, and no 1
is added to the right-bottom corner, as in the published preparations for trackers.

A source for each video would mean thousands of small files, and a single source could not be split among processes or
resumed. So a source holds ``VIDEOS_A_SOURCE`` videos of a folder in the order of names, and its track numbers run
through all of them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from tracker_core.evaluation.frames import PICTURE_SUFFIXES, read_picture
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.reader import AnnotatedPicture, Note, SourceError, SourceReader, box_or_none

VIDEOS_A_SOURCE = 50

Tracks = dict[tuple[str, str], int]
"""From a video and a ``trackid`` in it to the number of the track in the source."""


def readers_in(folder: Path, files: Sequence[str]) -> list[SourceReader]:
    annotations, data = folder / "Annotations", folder / "Data"
    if not annotations.is_dir() or not data.is_dir():
        return []
    groups: dict[Path, list[str]] = {}
    for place, below, names in os.walk(annotations):
        below.sort()
        video = Path(place)
        if video != annotations and any(name.endswith(".xml") for name in names):
            groups.setdefault(video.parent, []).append(video.name)
    return [
        VidReader(group, data / group.relative_to(annotations), number, tuple(videos[first : first + VIDEOS_A_SOURCE]))
        for group, videos in groups.items()
        for number, first in enumerate(range(0, len(videos), VIDEOS_A_SOURCE))
    ]


@dataclass(frozen=True, slots=True)
class VidReader:
    path: Path  # the folder, in Annotations, that holds the videos
    pictures_in: Path  # the same, in Data
    number: int  # the number of this source among those of the folder
    videos: tuple[str, ...]
    kind: Literal["video"] = "video"

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}.{self.path.name}-{self.number:03d}"

    def mark(self) -> str:
        """Made from names and sizes only, because reading all files would take as long as preparing them."""
        digest = hashlib.sha256()
        for video in self.videos:
            for file in _annotation_files(self.path / video):
                digest.update(f"{video}/{file.name} {file.stat().st_size}\n".encode())
        return digest.hexdigest()[:16]

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        if not self.pictures_in.is_dir():
            raise SourceError(f"{self.path} has no pictures: there is no folder {self.pictures_in}")
        tracks: Tracks = {}
        for video in self.videos:
            pictures = _pictures_by_stem(self.pictures_in / video)
            for file in _annotation_files(self.path / video):
                where = f"{video}/{file.name}"
                instances = list(_instances(file, video, tracks, note, where))
                if not instances:
                    continue
                if file.stem not in pictures:
                    note("missing picture", where)
                    continue
                try:
                    image = read_picture(pictures[file.stem])
                except SequenceError:
                    note("unreadable image", where)
                    continue
                yield image, instances


def _annotation_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.xml"))


def _pictures_by_stem(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    return {path.stem: path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES}


def _instances(file: Path, video: str, tracks: Tracks, note: Note, where: str) -> Iterator[Instance]:
    try:
        root = ElementTree.fromstring(file.read_bytes())
    except (ElementTree.ParseError, ValueError, OSError):  # ValueError: an encoding that it does not know
        note("unreadable annotation", where)
        return
    for target in root.iter("object"):
        identity = target.findtext("trackid")
        if identity is None:
            note("object without a trackid", where)
            continue
        left, top, right, bottom = (_number(target, side) for side in ("xmin", "ymin", "xmax", "ymax"))
        box = box_or_none(left, top, right - left, bottom - top)
        if box is None:
            note("broken box", where)
            continue
        track = tracks.setdefault((video, identity), len(tracks))
        yield Instance(track, target.findtext("name") or "", box)


def _number(target: ElementTree.Element, side: str) -> float:
    """The coordinate of a side; NaN if it is missing."""
    try:
        return float(target.findtext(f"bndbox/{side}") or "nan")
    except ValueError:
        return float("nan")
