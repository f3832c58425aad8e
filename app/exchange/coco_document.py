"""What all dialects of COCO share: lists of entries with ids, and pictures that belong to one of several videos."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.exchange.bounds import LAST_FRAME, whole
from app.exchange.errors import ExchangeError, quoted
from app.exchange.json_file import Entry, load_object
from app.exchange.match_rules import Match
from app.exchange.matching import Matching, Picture, match_pictures
from app.model.project import VideoReference

FRAME_NUMBERS = {"frame_index": 0, "frame_id": None, "mot_frame_id": 1}
"""Keys of a picture that say its frame, and what the first is called there. Programs differ about ``frame_id``."""


class CocoDocument:
    """One video of a COCO file.

    Attributes:
        path: the file, for messages.
        labels: the names of the categories by their ids.

    Raises:
        ExchangeError: from every method, naming the first entry that makes no sense.
    """

    def __init__(self, path: Path, video: VideoReference) -> None:
        self.path = path
        self._video = video
        self._document = load_object(path, "a COCO file")
        self._video_id = self._choose_video()
        categories = self.entries("categories", "id", "name")
        self.labels = {entry["id"]: _text(entry["name"]) for entry in categories}
        self._foreign_pictures: set[int] = set()

    def entries(self, key: str, *needed: str, optional: bool = False) -> list[Entry]:
        """The objects in a list, each with the keys that are needed."""
        entries = self._document.get(key, [] if optional else None)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ExchangeError(f'{self.path} has no list "{key}" of objects, so it is not a COCO file with boxes.')
        for entry in entries:
            for name in needed:
                if name not in entry:
                    identity = quoted(entry["id"]) if "id" in entry else "without id"
                    raise ExchangeError(f'{self.path}: {key}, entry {identity} has no "{name}".')
                if name == "id" and not isinstance(entry["id"], int):
                    raise ExchangeError(
                        f"{self.path}: {key} has the id {quoted(entry['id'])}, which is no whole number."
                    )
        return entries

    def is_ours(self, entry: Entry) -> bool:
        """Whether a picture or a track belongs to the chosen video."""
        return self._video_id is None or entry.get("video_id", self._video_id) == self._video_id

    def is_of_another_video(self, image_id: int) -> bool:
        return image_id in self._foreign_pictures

    def match_pictures(self, chosen: Match | None) -> tuple[Matching, list[str]]:
        """The frames of the pictures, and a note where their size is another than the video's."""
        images = self.entries("images", "id")
        ours = [entry for entry in images if self.is_ours(entry)]
        self._foreign_pictures = {entry["id"] for entry in images} - {entry["id"] for entry in ours}
        key = next((key for key in FRAME_NUMBERS if ours and all(key in entry for entry in ours)), None)
        pictures = []
        sizes: set[tuple[int, int]] = set()
        for entry in ours:
            with self.at("image", entry):
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
                    sizes.add((_side(entry["width"]), _side(entry["height"])))
        matching = match_pictures(pictures, self._video, chosen=chosen, file=self.path)
        return matching, notes_on_size(sizes, self._video)

    @contextmanager
    def at(self, kind: str, entry: Entry) -> Iterator[None]:
        """Name the entry in the errors of reading it."""
        try:
            yield
        except KeyError as error:
            named = quoted(error.args[0])
            raise ExchangeError(f"{self._place(kind, entry)} names {named}, which is not there.") from None
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ExchangeError(f"{self._place(kind, entry)} makes no sense: {error}.") from None

    def _place(self, kind: str, entry: Entry) -> str:
        return f"{self.path}: {kind} {quoted(entry['id']) if 'id' in entry else 'without id'}"

    def _choose_video(self) -> int | None:
        """The id of the only video, or of the one with our name; None where the file knows no videos."""
        entries = self.entries("videos", "id", optional=True)
        videos: dict[int, str] = {entry["id"]: _text(entry.get("name")) for entry in entries}
        if len(videos) <= 1:
            return next(iter(videos), None)
        chosen = [key for key, name in videos.items() if name == self._video.name]
        if len(chosen) != 1:
            raise ExchangeError(
                f"{self.path} holds {len(videos)} videos, and not one {quoted(self._video.name)}: "
                f"{', '.join(list(videos.values())[:_MOST_NAMES])}{', …' if len(videos) > _MOST_NAMES else ''}."
            )
        return chosen[0]


_MOST_NAMES = 10  # of videos in a message


def notes_on_size(sizes: set[tuple[int, int]], video: VideoReference) -> list[str]:
    """A note for each size of pictures that is not the video's."""
    return [
        f"Made for pictures of {width} x {height}; this video has {video.width} x {video.height}."
        for width, height in sorted(sizes - {(video.width, video.height)})
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else quoted(value)


def _frame_number(value: object) -> int:
    if isinstance(value, int) and value < 0:
        raise ValueError(f"a frame cannot be negative: {quoted(value)}")
    return whole(value, "the frame", low=0, high=LAST_FRAME)


def _side(value: object) -> int:
    return whole(value, "the size of a picture", low=0, high=_LARGEST_SIDE)


_LARGEST_SIDE = 10**9  # only for the note; nothing is made of that size
