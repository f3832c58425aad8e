"""COCO with videos: one JSON that pycocotools, CocoVID, TAO and KWCOCO readers all take.

Every frame has an entry in ``images``, with boxes or without: ``frame_id`` and ``frame_index`` from 0, ``mot_frame_id``
from 1, ids from 1, ``file_name`` as in the folder that the video is, or as ffmpeg numbers pictures. Each annotation
says its track twice, as ``track_id`` and as ``instance_id``. The score stands in ``attributes``: many readers take an
annotation with a score for a detection. What no dialect has a place for (colours, attributes, stated absences, gaps,
who says so) stands beside it in extra keys, so that a project comes back exactly. Boxes of other programs become
keyframes, or a tracker's where they carry a score.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row, TrackHead, counted
from app.exchange.bounds import LARGEST_ID, box_within_reach, frame_index, score_or_none, whole
from app.exchange.coco_document import CocoDocument
from app.exchange.errors import ExchangeError, quoted
from app.exchange.json_file import Entry, attributes_of, colour_or_none
from app.exchange.picture_names import PictureNames
from app.model.box_record import BoxRecord, Source
from app.model.frame_spans import FrameSpans
from app.model.project import VideoReference
from tracker_core.geometry import Box

TOLERANCE = 0.0  # JSON keeps every digit of a float
VIDEO_ID = 1

_SOURCES = frozenset(Source)
_ENCODER = json.JSONEncoder(allow_nan=False)  # Python would write NaN, which is no JSON


def write(path: Path, annotations: Annotations, options: ExportOptions) -> tuple[str, ...]:
    del options  # all of them are settled in the rows
    video = annotations.video
    names = PictureNames.of_video(video)
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
        _write_list(file, "images", (_image(video, names, frame) for frame in range(video.frame_count)))
        rows = enumerate(annotations.rows, start=1)
        _write_list(file, "annotations", (_annotation(n, row, category_of_track[row.track_id]) for n, row in rows))
        file.write("\n}\n")
    return (f"Pictures are not written; the file names them {_file_name(video, names, 0)} and on.",)


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
        "gaps": [list(span) for span in head.gaps.spans],
    }  # fmt: skip


def _file_name(video: VideoReference, names: PictureNames, frame: int) -> str:
    """In the folder that the video is, or in a folder of its name."""
    return names.of_frame(frame) if names.own else f"{video.name}/{names.of_frame(frame)}"


def _image(video: VideoReference, names: PictureNames, frame: int) -> Entry:
    return {
        "id": frame + 1, "video_id": VIDEO_ID, "file_name": _file_name(video, names, frame),
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


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The tracks of one video in the file: its only one, or the one with the name of ``video``.

    Raises:
        ExchangeError: naming the first entry that makes no sense.
    """
    return _Reader(path, video).annotations(options)


class _Reader:
    def __init__(self, path: Path, video: VideoReference) -> None:
        self._video = video
        self._document = CocoDocument(path, video)
        self._left_out: Counter[str] = Counter()

    def annotations(self, options: ImportOptions) -> Annotations:
        document = self._document
        heads, absences = self._heads_and_absences()
        matching, notes = document.match_pictures(options.match)
        rows: dict[tuple[int, int], Row] = {}
        for entry in document.entries("annotations", "image_id", "category_id", "bbox"):
            with document.at("annotation", entry):
                row = self._row(entry, matching.frames)
                if row is None:
                    continue
                if (row.frame, row.track_id) in rows:
                    raise ValueError(f"track {quoted(row.track_id)} has a box in frame {row.frame} already")
                rows[row.frame, row.track_id] = row
                label = document.labels[entry["category_id"]]
                if heads.setdefault(row.track_id, TrackHead(row.track_id, label)).label != label:
                    self._left_out["whose class differs from that of its track: taken as the track's"] += 1
        if self._left_out["without a track: left out"] and not rows:
            raise ExchangeError(f"{document.path} holds boxes, but none says which track it belongs to (track_id).")
        return Annotations(
            video=self._video,
            labels=tuple(dict.fromkeys(document.labels.values())),
            tracks=tuple(heads.values()),
            rows=tuple(rows[key] for key in sorted(rows)),
            absences=absences,
            notes=(
                *matching.notes,
                *notes,
                *(f"{counted(n, 'box', 'boxes')} {what}." for what, n in self._left_out.items()),
            ),
            matched=matching.sentence,
        )

    def _heads_and_absences(self) -> tuple[dict[int, TrackHead], tuple[Row, ...] | None]:
        document = self._document
        heads: dict[int, TrackHead] = {}
        absences: list[Row] = []
        tracks = [entry for entry in document.entries("tracks", "id", optional=True) if document.is_ours(entry)]
        for entry in tracks:
            with document.at("track", entry):
                label, colour = document.labels[entry["category_id"]], colour_or_none(entry.get("colour"))
                gaps = FrameSpans.of((frame_index(first), frame_index(last)) for first, last in entry.get("gaps", ()))
                heads[entry["id"]] = TrackHead(entry["id"], label, colour, attributes_of(entry), gaps)
                for absence in entry.get("absences", ()):
                    record = _record(None, absence, score=score_or_none(absence["score"]))
                    absences.append(Row(frame_index(absence["frame_index"]), entry["id"], record))
        states_absences = bool(tracks) and all("absences" in entry for entry in tracks)
        return heads, tuple(absences) if states_absences else None

    def _row(self, entry: Entry, frames: Mapping[Hashable, int]) -> Row | None:
        attributes = entry.get("attributes", {})
        track_id = entry.get("track_id", entry.get("instance_id", attributes.get("track_id")))
        if entry["image_id"] not in frames:
            is_foreign = self._document.is_of_another_video(entry["image_id"])
            self._left_out[
                f"in a picture {'of another video' if is_foreign else 'that is not in this video'}: left out"
            ] += 1
        elif track_id is None:
            self._left_out["without a track: left out"] += 1
        elif entry.get("iscrowd"):
            self._left_out["around a crowd (iscrowd): left out"] += 1
        else:
            left, top, width, height = entry["bbox"]
            box = box_within_reach(left, top, width, height, video=self._video)
            said = attributes.get("score", entry.get("score"))
            score = score_or_none(said)
            if said is not None and score is None:
                self._left_out["with a score outside 0 to 1: its score is left out"] += 1
            return Row(frames[entry["image_id"]], _track_id(track_id), _record(box, attributes, score=score))
        return None


def _track_id(value: object) -> int:
    if isinstance(value, int):
        return value  # however large: the import gives it another id then
    return whole(value, "the track", low=-LARGEST_ID, high=LARGEST_ID)


def _record(box: Box | None, attributes: Mapping[str, Any], *, score: float | None) -> BoxRecord:
    """What ``_annotation`` has written, or the nearest to what another program says."""
    said = attributes.get("source")
    source = Source(said) if said in _SOURCES else Source.HUMAN if score is None else Source.TRACKER
    return BoxRecord(
        box=box,
        source=source,
        score=None if source is Source.HUMAN else score,
        occluded=bool(attributes.get("occluded", False)),
        reviewed=bool(attributes.get("reviewed", source is Source.HUMAN)),
    )
