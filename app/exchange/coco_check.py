"""What breaks pycocotools and readers of COCO with videos, or makes them silently score too low."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from pathlib import Path
from typing import Any

from app.exchange.bounds import REACH
from app.exchange.errors import ExchangeError, quoted, shortened
from app.exchange.findings import Findings
from app.exchange.json_file import Entry, load_object

NEEDED = {
    "images": ("id", "width", "height", "file_name"),
    "categories": ("id", "name"),
    "annotations": ("id", "image_id", "category_id", "bbox", "area", "iscrowd"),
    "videos": ("id", "name"),
    "tracks": ("id", "category_id", "video_id"),
}
OPTIONAL = ("videos", "tracks")
MOST_SHOWN = 8  # numbers of a list in a message
LARGEST_NUMBER = 1e15  # pixels, or square pixels; far beyond every picture


def check(path: Path) -> list[str]:
    """What is wrong with a COCO ground truth, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    try:
        document = load_object(path, "a COCO file")
    except ExchangeError as error:
        if not path.is_file():
            raise
        return [str(error)]
    return faults_of(document)


def faults_of(document: Entry) -> list[str]:
    """As ``check``, for the content of the file."""
    return _Checker(document).findings()


class _Checker:
    def __init__(self, document: Entry) -> None:
        self._findings = Findings()
        self._lists = {key: self._list(document, key) for key in NEEDED}
        self._size_of_image: dict[int, tuple[int, int]] = {
            entry["id"]: (entry["width"], entry["height"])
            for entry in self._lists["images"]
            if _is_whole(entry.get("id")) and _is_whole(entry.get("width")) and _is_whole(entry.get("height"))
        }

    def findings(self) -> list[str]:
        ids = {key: self._check_entries(key) for key in NEEDED}
        for entry in self._lists["annotations"]:
            self._check_annotation(entry, ids)
        for entry in self._lists["tracks"]:
            self._check_reference("tracks", entry, "category_id", ids["categories"])
            self._check_reference("tracks", entry, "video_id", ids["videos"])
        if self._lists["videos"]:
            for entry in self._lists["images"]:
                self._check_reference("images", entry, "video_id", ids["videos"])
            self._check_frames()
        self._check_boxes_per_frame()
        return self._findings.lines()

    def _list(self, document: Entry, key: str) -> list[Entry]:
        entries = document.get(key)
        if entries is None and key in OPTIONAL:
            return []
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self._findings.add(key, "this list of objects is missing")
            return []
        return entries

    def _check_entries(self, key: str) -> set[Hashable]:
        """Check required keys and unique ids. Returns the ids."""
        ids: set[Hashable] = set()
        needed = frozenset(NEEDED[key])
        for entry in self._lists[key]:
            if not entry.keys() >= needed:
                for name in NEEDED[key]:
                    if name not in entry:
                        self._findings.add(_place(key, entry), f"{name} is missing")
            identity = entry.get("id")
            if type(identity) is int and identity not in ids:  # the usual case, made fast
                ids.add(identity)
                continue
            if identity is not None and not _is_whole(identity):
                self._findings.add(_place(key, entry), "an id is a whole number")
            elif identity in ids and identity is not None:
                self._findings.add(_place(key, entry), "an id stands twice; readers keep one of the two")
            if isinstance(identity, Hashable):
                ids.add(identity)
        return ids

    def _check_annotation(self, entry: Entry, ids: dict[str, set[Hashable]]) -> None:
        def add(rule: str, detail: str = "") -> None:
            self._findings.add(_place("annotations", entry), rule, detail)

        if _is_whole(entry.get("id")) and entry["id"] < 1:
            add("ids of annotations begin with 1; pycocotools takes a match with 0 for none and scores too low")
        self._check_reference("annotations", entry, "image_id", ids["images"])
        self._check_reference("annotations", entry, "category_id", ids["categories"])
        if "track_id" in entry and self._lists["tracks"]:
            self._check_reference("annotations", entry, "track_id", ids["tracks"])
        if "bbox" in entry and not _is_box(entry["bbox"]):
            rule = "bbox is [left, top, width, height], finite, with a width and a height above 0"
            add(rule, f"{_shown(entry['bbox'])}: ")
        elif "bbox" in entry and self._is_far_outside(entry):
            add("bbox lies far outside its picture", f"{_shown(entry['bbox'])}: ")
        if "area" in entry and not (_is_number(entry["area"]) and entry["area"] > 0):
            add("area is a number above 0", f"{quoted(entry['area'])}: ")
        if entry.get("iscrowd", 0) not in (0, 1):
            add("iscrowd is 0 or 1", f"{quoted(entry['iscrowd'])}: ")

    def _is_far_outside(self, entry: Entry) -> bool:
        size = self._size_of_image.get(entry["image_id"]) if _is_whole(entry.get("image_id")) else None
        if size is None:
            return False
        x, y, width, height = entry["bbox"]
        reach = REACH * max(size)
        return not (-reach <= x and -reach <= y and x + width <= reach and y + height <= reach)

    def _check_reference(self, key: str, entry: Entry, name: str, ids: set[Hashable]) -> None:
        value = entry.get(name)
        if type(value) is int and value in ids:  # the usual case, made fast
            return
        if name not in entry:
            if name == "video_id":
                self._findings.add(_place(key, entry), "video_id is missing")
        elif not isinstance(value, Hashable) or value not in ids:
            self._findings.add(_place(key, entry), f"{name} names nothing in this file", f"{quoted(value)}: ")

    def _check_frames(self) -> None:
        frames: dict[str, list[Any]] = defaultdict(list)
        last: object = object()  # the last picture's video: the next one is usually of the same
        numbers: list[Any] = []
        for entry in self._lists["images"]:
            if "frame_id" in entry and "video_id" in entry:
                if entry["video_id"] is not last:
                    last = entry["video_id"]
                    numbers = frames[_plain(last)]
                numbers.append(entry["frame_id"])
        for video, numbers in frames.items():
            if not all(map(_is_whole, numbers)) or sorted(numbers) != list(range(len(numbers))):
                self._findings.add(f"video {video}", "frame_id counts 0, 1, 2, ... without a gap, one picture each")

    def _check_boxes_per_frame(self) -> None:
        seen: set[tuple[Any, Any]] = set()
        for entry in self._lists["annotations"]:
            if _is_whole(entry.get("track_id")) and _is_whole(entry.get("image_id")):
                key = entry["image_id"], entry["track_id"]
                if key in seen:
                    self._findings.add(_place("annotations", entry), "a track has two boxes in a picture")
                seen.add(key)


def _place(key: str, entry: Entry) -> str:
    return f"{key}, id {_plain(entry['id'])}" if "id" in entry else f"{key}, an entry without id"


def _plain(identity: object) -> str:
    return shortened(identity) if isinstance(identity, str) else quoted(identity)


def _shown(box: object) -> str:
    if isinstance(box, list) and len(box) <= MOST_SHOWN:
        return f"[{', '.join(map(quoted, box))}]"
    return quoted(box)


def _is_whole(value: object) -> bool:
    return type(value) is int or (isinstance(value, int) and not isinstance(value, bool))


def _is_number(value: object) -> bool:
    """Whether it is a finite number: NaN and infinity fail the comparison."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER


def _is_box(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(map(_is_number, value)) and min(value[2:]) > 0
