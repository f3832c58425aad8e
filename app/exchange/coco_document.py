"""Shared by all dialects of COCO: lists of entries with ids, and pictures of one of several videos."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from app.exchange.bounds import LAST_FRAME, whole
from app.exchange.errors import ExchangeError, quoted
from app.exchange.gathering import Gathering
from app.exchange.json_file import Entry, load_object
from app.exchange.match_rules import Match
from app.exchange.matching import Matching, Picture, match_pictures
from app.exchange.picture_names import PictureNames
from app.model.project import VideoReference

FRAME_NUMBERS = {"frame_index": 0, "frame_id": None, "mot_frame_id": 1}
"""Keys of a picture that say its frame, and what the first is called there. Programs differ about ``frame_id``."""


BEGIN = '{\n"info": {"description": "Tracks made with Siamark", "version": "1.0"},\n"licenses": []'
END = "\n}\n"

_ENCODER = json.JSONEncoder(allow_nan=False)  # otherwise Python writes NaN, which is not JSON


def write_list(file: TextIO, key: str, entries: Iterable[Entry]) -> None:
    """Write one list of a file, between ``BEGIN`` and ``END``. One entry a line: readable, easy to compare, and an hour
    of video is never in memory as one tree of dicts. Escaped to ASCII, because pycocotools opens files in the machine's
    encoding.
    """
    write_texts(file, key, map(entry_text, entries))


def entry_text(entry: Entry) -> str:
    """An entry of a list as JSON."""
    return _ENCODER.encode(entry)


def write_texts(file: TextIO, key: str, texts: Iterable[str]) -> None:
    """As ``write_list``, with the entries as JSON already."""
    file.write(f',\n"{key}": [')
    begin = "\n"
    for text in texts:
        file.write(begin + text)
        begin = ",\n"
    file.write("]")


def picture_path(video: VideoReference, names: PictureNames, frame: int) -> str:
    """``file_name``: in the video's folder, or in a folder with the video's name."""
    return names.of_frame(frame) if names.own else f"{video.name}/{names.of_frame(frame)}"


class CocoDocument:
    """One video of a COCO file.

    Attributes:
        path: the file, for messages.
        labels: the names of the categories by their ids.
        file_names: the pictures of the video, where its entry lists them.

    Raises:
        ExchangeError: from every method, naming the first invalid entry.
    """

    def __init__(self, path: Path, video: VideoReference, *, file_names: bool = False) -> None:
        """
        Args:
            file_names: whether the entries of videos list their pictures (YouTube-VIS), and are recognised by their
                folder.
        """
        self.path = path
        self._video = video
        self._document = load_object(path, "a COCO file")
        self.file_names: list[str] = []
        self._video_id = self._choose_video(file_names=file_names)
        categories = self.entries("categories", "id", "name")
        self.labels = {entry["id"]: _text(entry["name"]) for entry in categories}
        self._foreign_pictures: set[int] = set()

    def entries(self, key: str, *needed: str, optional: bool = False) -> list[Entry]:
        """The objects in a list, each with the required keys."""
        entries = self._document.get(key, [] if optional else None)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ExchangeError(f'{self.path} has no list "{key}" of objects, so it is not a COCO file with boxes.')
        keys = frozenset(needed)
        for entry in entries:
            if entry.keys() >= keys and ("id" not in keys or type(entry["id"]) is int):
                continue
            for name in needed:
                if name not in entry:
                    identity = quoted(entry["id"]) if "id" in entry else "without id"
                    raise ExchangeError(f'{self.path}: {key}, entry {identity} has no "{name}".')
                if name == "id" and not isinstance(entry["id"], int):
                    raise ExchangeError(
                        f"{self.path}: {key} has the id {quoted(entry['id'])}, which is not a whole number."
                    )
        return entries

    def is_ours(self, entry: Entry) -> bool:
        """Whether a picture or a track belongs to the chosen video."""
        return self._video_id is None or entry.get("video_id", self._video_id) == self._video_id

    def listed_pictures(self) -> list[Picture]:
        """The pictures in ``file_names``, by their position; with their frames where the entry lists them too."""
        (entry,) = [entry for entry in self.entries("videos", "id") if entry["id"] == self._video_id]
        with self.at("video", entry):
            numbers = entry.get("frame_index")
            if not isinstance(numbers, list) or len(numbers) != len(self.file_names):
                return [Picture(position, name) for position, name in enumerate(self.file_names)]
            frames = map(_frame_number, numbers)
            return [
                Picture(position, name, frame, 0)
                for position, (name, frame) in enumerate(zip(self.file_names, frames, strict=True))
            ]

    def frame_of(self, annotation: Entry, matching: Matching, gathering: Gathering) -> int | None:
        """The frame of an annotation; None (and counted as left out) if its picture is not in this video."""
        frame = matching.frames.get(annotation["image_id"])
        if frame is None:
            is_foreign = annotation["image_id"] in self._foreign_pictures
            where = "of another video" if is_foreign else "that is not in this video"
            gathering.leave_out(f"in a picture {where}: left out")
        return frame

    def match_pictures(self, chosen: Match | None) -> tuple[Matching, list[str]]:
        """The frames of the pictures, and a note for each size that differs from the video's."""
        images = self.entries("images", "id")
        ours = [entry for entry in images if self.is_ours(entry)]
        self._foreign_pictures = {entry["id"] for entry in images} - {entry["id"] for entry in ours}
        key = next((key for key in FRAME_NUMBERS if ours and all(key in entry for entry in ours)), None)
        pictures = []
        sizes: set[tuple[int, int]] = set()
        last_size: tuple[object, object] | None = None
        with self.each("image", ours) as each:
            for entry in each:
                name, number = entry.get("file_name"), None
                if key is not None:
                    number = _frame_number(entry[key])
                pictures.append(
                    Picture(
                        entry["id"],
                        name if isinstance(name, str) else None,
                        number,
                        FRAME_NUMBERS[key] if key else None,
                    )
                )
                if "width" in entry and "height" in entry:
                    size = entry["width"], entry["height"]
                    if size != last_size:  # nearly all are of one size
                        sizes.add((_side(size[0]), _side(size[1])))
                        last_size = size
        matching = match_pictures(pictures, self._video, chosen=chosen, file=self.path)
        return matching, notes_on_size(sizes, self._video)

    @contextmanager
    def each(self, kind: str, entries: Iterable[Entry]) -> Iterator[Iterator[Entry]]:
        """Iterate over the entries, each inside ``at``. Faster than calling ``at`` for each, because a file has
        millions.
        """
        now: Entry = {}

        def told() -> Iterator[Entry]:
            nonlocal now
            for now in entries:  # noqa: UP028 (yield from would not say which entry it is)
                yield now

        try:
            yield told()
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            with self.at(kind, now):
                raise error

    @contextmanager
    def at(self, kind: str, entry: Entry) -> Iterator[None]:
        """Add the entry's name to errors raised while reading it."""
        try:
            yield
        except KeyError as error:
            named = quoted(error.args[0])
            raise ExchangeError(f"{self._place(kind, entry)} names {named}, which is not there.") from None
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ExchangeError(f"{self._place(kind, entry)} is invalid: {error}.") from None

    def _place(self, kind: str, entry: Entry) -> str:
        return f"{self.path}: {kind} {quoted(entry['id']) if 'id' in entry else 'without id'}"

    def _choose_video(self, *, file_names: bool) -> int | None:
        """The id of the only video, or of the one with our name; None if the file knows no videos."""
        entries = self.entries("videos", "id", *(("file_names",) if file_names else ()), optional=not file_names)
        names = {entry["id"]: _folder(entry) if file_names else _text(entry.get("name")) for entry in entries}
        chosen = list(names) if len(names) <= 1 else [key for key, name in names.items() if name == self._video.name]
        if len(names) > 1 and len(chosen) != 1:
            raise ExchangeError(
                f"{self.path} holds {len(names)} videos, and not one {quoted(self._video.name)}: "
                f"{', '.join(list(names.values())[:_MOST_NAMES])}{', …' if len(names) > _MOST_NAMES else ''}."
            )
        if file_names and chosen:
            self.file_names = [_text(name) for entry in entries if entry["id"] == chosen[0] for name in _names(entry)]
        return chosen[0] if chosen else None


def _names(entry: Entry) -> list[object]:
    names = entry["file_names"]
    return names if isinstance(names, list) else []


def _folder(entry: Entry) -> str:
    names = _names(entry)
    return _text(names[0]).replace("\\", "/").partition("/")[0] if names else ""


_MOST_NAMES = 10  # names of videos in a message


def notes_on_size(sizes: set[tuple[int, int]], video: VideoReference) -> list[str]:
    """A note for each size of pictures that is not the video's."""
    return [
        f"Made for pictures of {width} x {height}; this video has {video.width} x {video.height}."
        for width, height in sorted(sizes - {(video.width, video.height)})
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else quoted(value)


def _frame_number(value: object) -> int:
    if type(value) is int and 0 <= value <= LAST_FRAME:  # the usual case, made fast
        return value
    if isinstance(value, int) and value < 0:
        raise ValueError(f"a frame cannot be negative: {quoted(value)}")
    return whole(value, "the frame", low=0, high=LAST_FRAME)


def _side(value: object) -> int:
    return whole(value, "the size of a picture", low=0, high=_LARGEST_SIDE)


_LARGEST_SIDE = 10**9  # only for the note; nothing is allocated in that size
