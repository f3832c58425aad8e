"""COCO with videos: one JSON that pycocotools, CocoVID, TAO and KWCOCO readers all take.

Every frame has an entry in ``images``, with boxes or without: ``frame_id`` and ``frame_index`` from 0, ``mot_frame_id``
from 1, ids from 1, ``file_name`` as ffmpeg numbers pictures. Each annotation says its track twice, as ``track_id`` and
as ``instance_id``. The score stands in ``attributes``: many readers take an annotation with a score for a detection.
What no dialect has a place for (colours, attributes, stated absences, who says so) stands beside it in extra keys, so
that a project comes back exactly. Boxes of other programs become keyframes, or a tracker's where they carry a score.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Never, TextIO

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row, TrackHead, counted
from app.exchange.errors import ExchangeError, read_text
from app.model.box_record import BoxRecord, Source
from app.model.project import VideoReference
from tracker_core.geometry import Box

TOLERANCE = 0.0  # JSON keeps every digit of a float
VIDEO_ID = 1

Entry = dict[str, Any]

_SOURCES = frozenset(Source)
_ENCODER = json.JSONEncoder(allow_nan=False)  # Python would write NaN, which is no JSON


def write(path: Path, annotations: Annotations, options: ExportOptions) -> tuple[str, ...]:
    del options  # all of them are settled in the rows
    video = annotations.video
    category_of = {label: number for number, label in enumerate(annotations.labels, start=1)}
    category_of_track = {head.id: category_of[head.label] for head in annotations.tracks}
    absences: dict[int, list[Row]] = {head.id: [] for head in annotations.tracks}
    for row in annotations.absences or ():
        absences[row.track_id].append(row)
    tracks = (_track(head, category_of_track[head.id], absences[head.id]) for head in annotations.tracks)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{\n"info": {"description": "Tracks made with Siamark", "version": "1.0"},\n"licenses": []')
        _write_list(file, "videos", [_video(video)])
        _write_list(file, "categories", ({"id": n, "name": label} for label, n in category_of.items()))
        _write_list(file, "tracks", tracks)
        _write_list(file, "images", (_image(video, frame) for frame in range(video.frame_count)))
        rows = enumerate(annotations.rows, start=1)
        _write_list(file, "annotations", (_annotation(n, row, category_of_track[row.track_id]) for n, row in rows))
        file.write("\n}\n")
    return (f"Pictures are not written; the file names them {video.name}/000001.jpg and on.",)


def _write_list(file: TextIO, key: str, entries: Iterable[Entry]) -> None:
    # An entry a line: readable, comparable by line, and an hour of video is never in memory as one tree of dicts.
    # Escaped to ASCII, because pycocotools opens the file in the encoding of the machine.
    file.write(f',\n"{key}": [')
    for position, entry in enumerate(entries):
        file.write(",\n" if position else "\n")
        file.write(_ENCODER.encode(entry))
    file.write("]")


def _video(video: VideoReference) -> Entry:
    return {
        "id": VIDEO_ID, "name": video.name, "width": video.width, "height": video.height,
        "fps": float(video.frame_rate), "length": video.frame_count,
        "neg_category_ids": [], "not_exhaustive_category_ids": [], "metadata": {},
    }  # fmt: skip


def _track(head: TrackHead, category: int, absences: Iterable[Row]) -> Entry:
    return {
        "id": head.id, "category_id": category, "video_id": VIDEO_ID, "colour": head.colour,
        "attributes": dict(head.attributes),
        "absences": [{"frame_index": row.frame, **_said(row.record)} for row in absences],
    }  # fmt: skip


def _image(video: VideoReference, frame: int) -> Entry:
    return {
        "id": frame + 1, "video_id": VIDEO_ID, "file_name": f"{video.name}/{frame + 1:06d}.jpg",
        "width": video.width, "height": video.height,
        "frame_id": frame, "frame_index": frame, "mot_frame_id": frame + 1,
    }  # fmt: skip


def _annotation(number: int, row: Row, category: int) -> Entry:
    record = row.record
    assert record.box is not None
    box = [float(value) for value in record.box.as_tuple()]
    return {
        "id": number, "image_id": row.frame + 1, "video_id": VIDEO_ID, "category_id": category,
        "track_id": row.track_id, "instance_id": row.track_id,
        "bbox": box, "area": box[2] * box[3], "iscrowd": 0,
        "attributes": {
            **_said(record), "occluded": record.occluded, "interpolated": record.source is Source.INTERPOLATED,
        },
    }  # fmt: skip


def _said(record: BoxRecord) -> Entry:
    score = None if record.score is None else float(record.score)  # float(): a tracker's may be a numpy number
    return {"source": str(record.source), "score": score, "reviewed": record.reviewed}


def load(path: Path) -> Entry:
    """The whole file.

    Raises:
        ExchangeError: if it is no JSON object, or holds NaN, which is no JSON although Python writes it.
    """

    def refuse(constant: str) -> Never:
        raise ValueError(f"it holds {constant}, which JSON does not know")

    try:
        document = json.loads(read_text(path), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"{path} is not valid JSON: {error}.") from None
    if not isinstance(document, dict):
        raise ExchangeError(f"{path} is not a COCO file: it is a {type(document).__name__}, not an object.")
    return document


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The tracks of one video in the file: its only one, or the one with the name of ``video``.

    Raises:
        ExchangeError: naming the first entry that makes no sense.
    """
    del options  # a COCO file says it all itself
    return _Reader(path, video).annotations()


class _Reader:
    def __init__(self, path: Path, video: VideoReference) -> None:
        self._path = path
        self._video = video
        self._document = load(path)
        self._video_id = self._choose_video()
        self._labels = {entry["id"]: str(entry["name"]) for entry in self._entries("categories", "id", "name")}
        self._notes: list[str] = []
        self._left_out: Counter[str] = Counter()

    def annotations(self) -> Annotations:
        heads, absences = self._heads_and_absences()
        frames = self._frame_of_image()
        rows: dict[tuple[int, int], Row] = {}
        for entry in self._entries("annotations", "image_id", "category_id", "bbox"):
            with self._at("annotation", entry):
                row = self._row(entry, frames)
                if row is None:
                    continue
                if (row.frame, row.track_id) in rows:
                    raise ValueError(f"track {row.track_id} has a box in frame {row.frame} already")
                rows[row.frame, row.track_id] = row
                label = self._labels[entry["category_id"]]
                if heads.setdefault(row.track_id, TrackHead(row.track_id, label)).label != label:
                    self._left_out["whose class differs from that of its track: taken as the track's"] += 1
        if self._left_out["without a track: left out"] and not rows:
            raise ExchangeError(f"{self._path} holds boxes, but none says which track it belongs to (track_id).")
        return Annotations(
            video=self._video,
            labels=tuple(dict.fromkeys(self._labels.values())),
            tracks=tuple(heads.values()),
            rows=tuple(rows[key] for key in sorted(rows)),
            absences=absences,
            notes=(*self._notes, *(f"{counted(n, 'box', 'boxes')} {what}." for what, n in self._left_out.items())),
        )

    def _choose_video(self) -> int | None:
        """The id of the only video, or of the one with our name; None where the file knows no videos."""
        videos = {entry["id"]: str(entry.get("name")) for entry in self._entries("videos", "id", optional=True)}
        if len(videos) <= 1:
            return next(iter(videos), None)
        chosen = [key for key, name in videos.items() if name == self._video.name]
        if len(chosen) != 1:
            known = ", ".join(videos.values())
            raise ExchangeError(f'{self._path} holds {len(videos)} videos, and not one "{self._video.name}": {known}.')
        return int(chosen[0])

    def _heads_and_absences(self) -> tuple[dict[int, TrackHead], tuple[Row, ...] | None]:
        heads: dict[int, TrackHead] = {}
        absences: list[Row] = []
        tracks = [entry for entry in self._entries("tracks", "id", optional=True) if self._is_ours(entry)]
        for entry in tracks:
            with self._at("track", entry):
                label, colour = self._labels[entry["category_id"]], entry.get("colour")
                attributes = {str(key): str(value) for key, value in entry.get("attributes", {}).items()}
                heads[entry["id"]] = TrackHead(entry["id"], label, colour, attributes)
                for absence in entry.get("absences", ()):
                    record = _record(None, absence, score=absence["score"])
                    absences.append(Row(_frame(absence["frame_index"]), entry["id"], record))
        states_absences = bool(tracks) and all("absences" in entry for entry in tracks)
        return heads, tuple(absences) if states_absences else None

    def _frame_of_image(self) -> dict[int, int]:
        images = [entry for entry in self._entries("images", "id") if self._is_ours(entry)]
        frames: dict[int, int] = {}
        sizes: set[tuple[int, int]] = set()
        for position, entry in enumerate(images):
            with self._at("image", entry):
                counted_from_one = entry.get("mot_frame_id", position + 1)
                frames[entry["id"]] = _frame(entry.get("frame_index", entry.get("frame_id", counted_from_one - 1)))
                if "width" in entry and "height" in entry:
                    sizes.add((int(entry["width"]), int(entry["height"])))
        if images and not images[0].keys() & {"frame_index", "frame_id", "mot_frame_id"}:
            self._notes.append("The pictures carry no frame numbers: they are counted in the order of the file.")
        ours = (self._video.width, self._video.height)
        self._notes += (
            f"Made for pictures of {width} x {height}; this video has {ours[0]} x {ours[1]}."
            for width, height in sorted(sizes - {ours})
        )
        return frames

    def _row(self, entry: Entry, frames: Mapping[int, int]) -> Row | None:
        attributes = entry.get("attributes", {})
        track_id = entry.get("track_id", entry.get("instance_id", attributes.get("track_id")))
        if entry["image_id"] not in frames:
            self._left_out["in a picture of another video: left out"] += 1
        elif track_id is None:
            self._left_out["without a track: left out"] += 1
        elif entry.get("iscrowd"):
            self._left_out["around a crowd (iscrowd): left out"] += 1
        else:
            left, top, width, height = map(float, entry["bbox"])
            score = attributes.get("score", entry.get("score"))
            record = _record(Box(left, top, width, height), attributes, score=score)
            return Row(frames[entry["image_id"]], int(track_id), record)
        return None

    def _is_ours(self, entry: Entry) -> bool:
        return self._video_id is None or entry.get("video_id", self._video_id) == self._video_id

    def _entries(self, key: str, *needed: str, optional: bool = False) -> list[Entry]:
        entries = self._document.get(key, [] if optional else None)
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ExchangeError(f'{self._path} has no list "{key}" of objects, so it is not a COCO file with boxes.')
        for entry in entries:
            for name in needed:
                if name not in entry:
                    raise ExchangeError(f'{self._path}: {key}, entry {entry.get("id", "without id")} has no "{name}".')
                if name == "id" and not isinstance(entry["id"], int):
                    raise ExchangeError(f"{self._path}: {key} has the id {entry['id']!r}, which is no whole number.")
        return entries

    @contextmanager
    def _at(self, kind: str, entry: Entry) -> Iterator[None]:
        try:
            yield
        except KeyError as error:
            raise ExchangeError(f"{self._path}: {kind} {entry.get('id')} names {error}, which is not there.") from None
        except (TypeError, ValueError, AttributeError, OverflowError) as error:
            raise ExchangeError(f"{self._path}: {kind} {entry.get('id')} makes no sense: {error}.") from None


def _frame(value: int) -> int:
    if int(value) < 0:
        raise ValueError(f"a frame cannot be negative: {value}")
    return int(value)


def _record(box: Box | None, attributes: Mapping[str, Any], *, score: float | None) -> BoxRecord:
    """What ``_annotation`` has written, or the nearest to what another program says."""
    said = attributes.get("source")
    source = Source(said) if said in _SOURCES else Source.HUMAN if score is None else Source.TRACKER
    return BoxRecord(
        box=box,
        source=source,
        score=None if score is None or source is Source.HUMAN else float(score),
        occluded=bool(attributes.get("occluded", False)),
        reviewed=bool(attributes.get("reviewed", source is Source.HUMAN)),
    )
