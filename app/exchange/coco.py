"""COCO with videos: one JSON that pycocotools, CocoVID, TAO and KWCOCO readers all take.

Every frame has an entry in ``images``, with boxes or without: ``frame_id`` and ``frame_index`` from 0, ``mot_frame_id``
from 1, ids from 1, ``file_name`` as in the folder that the video is, or as ffmpeg numbers pictures. Each annotation has
its track twice, as ``track_id`` and as ``instance_id``. The score is in ``attributes``, because many readers take an
annotation with a score for a detection. What no dialect has a place for (colours, attributes, stated absences, gaps,
sources, when attributes change) is in extra keys, so that a project comes back exactly. Boxes of other programs become
keyframes, or a tracker's boxes if they have a score.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row, TrackHead
from app.exchange.attribute_entries import changes_of, definition_entry, read_definitions
from app.exchange.bounds import LARGEST_ID, box_within_reach, frame_index, score_or_none, whole
from app.exchange.box_rows import BoxRows
from app.exchange.coco_check import faults_of
from app.exchange.coco_document import BEGIN, END, CocoDocument, picture_path, write_list, write_texts
from app.exchange.coco_many import annotation_texts, difference, without_annotations
from app.exchange.errors import ExchangeError
from app.exchange.format import Written
from app.exchange.gathering import Gathering
from app.exchange.json_file import Entry, attributes_of, colour_or_none, value_text
from app.exchange.picture_names import PictureNames
from app.model.box_record import BoxRecord, Source
from app.model.frame_spans import FrameSpans
from app.model.project import VideoReference
from tracker_core.geometry import Box

TOLERANCE = 0.0  # JSON keeps every digit of a float
VIDEO_ID = 1

_SOURCES: dict[object, Source] = {source.value: source for source in Source}
_OURS = frozenset({"source", "score", "reviewed", "occluded", "interpolated", "track_id", "keyframe", "rotation"})
_HUMAN = Source.HUMAN  # looking up members of an Enum is slow
_json_text = json.JSONEncoder().encode


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video, frames = annotations.video, annotations.frames
    names = PictureNames.of_video(video, options.pictures)
    categories = annotations.classes(first=1)
    category_of_track = annotations.class_of_track(first=1)
    absences: dict[int, list[Row]] = {head.id: [] for head in annotations.tracks}
    for row in annotations.absences or ():
        absences[row.track_id].append(row)
    tracks = (_track(head, category_of_track[head.id], absences[head.id]) for head in annotations.tracks)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(BEGIN)
        write_list(file, "videos", [_video(video)])
        write_list(file, "categories", ({"id": n, "name": label} for n, label in categories))
        write_list(file, "attributes", map(definition_entry, annotations.attributes.values()))
        write_list(file, "tracks", tracks)
        write_texts(file, "images", _images(video, names, frames))
        write_texts(file, "annotations", _annotations(annotations, category_of_track))
        file.write(END)
    if options.pictures:
        return Written(pictures={frame: [path.parent / picture_path(video, names, frame)] for frame in frames})
    first = picture_path(video, names, frames.start)
    return Written((f"Pictures are not written; the file names them {first} and on.",))


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
        "attribute_changes": {name: list(map(list, several)) for name, several in head.changes.by_name.items()},
        "absences": [{"frame_index": row.frame, **_said(row.record)} for row in absences],
        "gaps": [list(span) for span in head.gaps.spans],
    }  # fmt: skip


# With millions of pictures and boxes, writing texts is several times faster than making and encoding dicts.


def _images(video: VideoReference, names: PictureNames, frames: range) -> Iterator[str]:
    size = f'"width": {video.width}, "height": {video.height}'
    folder = "" if names.own else f"{video.name}/"
    for position, frame in enumerate(frames):
        name = _json_text(folder + names.of_frame(frame))
        # CocoVID's reader counts the pictures of the file by frame_id; frame_index and the id keep the frame of the
        # video.
        yield (
            f'{{"id": {frame + 1}, "video_id": {VIDEO_ID}, "file_name": {name}, {size}, '
            f'"frame_id": {position}, "frame_index": {frame}, "mot_frame_id": {position + 1}}}'
        )


def difference_in_many(path: Path, annotations: Annotations) -> str | None:
    """What readers would refuse in a written file, or would read differently; None if all is right.

    It does what ``check``, ``read`` and a comparison do, for files whose entries would not fit into memory.

    Raises:
        ValueError, LookupError: for a file that ``write`` cannot have written.
    """
    head, begins, ends = without_annotations(path)
    document = json.loads(head)
    faults = faults_of(document)
    if faults:
        return faults[0]
    rows, labels = BoxRows.of(annotations.rows), {entry["id"]: entry["name"] for entry in document["categories"]}
    read = {entry["id"]: labels[entry["category_id"]] for entry in document["tracks"]}
    if read != annotations.label_of_track():
        return "labels of tracks became others"
    pictures = np.array([entry["frame_index"] for entry in document["images"]], np.int64)
    del document  # hundreds of megabytes
    if not np.isin(rows.frames, pictures).all():
        return "a frame with boxes has no picture"
    if not ((rows.records["width"] > 0) & (rows.records["height"] > 0)).all():
        return "a box has no area"
    return difference(path, begins, ends, rows, annotations.class_of_track(first=1), video_id=VIDEO_ID)


def _annotations(annotations: Annotations, category_of_track: Mapping[int, int]) -> Iterator[str]:
    rows = BoxRows.of(annotations.rows)
    texts = annotation_texts(rows, category_of_track, video_id=VIDEO_ID)
    heads = {head.id: head for head in annotations.tracks if head.attributes or head.changes}
    if not heads:
        yield from texts
        return
    for text, frame, track in zip(texts, rows.frames.tolist(), rows.track_ids.tolist(), strict=True):
        head = heads.get(track)
        yield text if head is None else f"{text[:-2]}{_attributes_text(head.attributes_at(frame))}}}}}"


def _attributes_text(values: Mapping[str, str]) -> str:
    """The ``attributes`` of a box, for readers without tracks. A name that already means something gets an
    underscore.
    """
    named = ((f"{name}_" if name in _OURS else name, value) for name, value in values.items())
    return "".join(f", {_json_text(name)}: {_json_text(value)}" for name, value in named)


def _said(record: BoxRecord) -> Entry:
    score = None if record.score is None else float(record.score)  # float(): a tracker's may be a numpy number
    return {"source": str(record.source), "score": score, "reviewed": record.reviewed}


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The tracks of one video in the file: its only video, or the one with the name of ``video``.

    Raises:
        ExchangeError: naming the first invalid entry.
    """
    return _Reader(path, video).annotations(options)


class _Reader:
    def __init__(self, path: Path, video: VideoReference) -> None:
        self._video = video
        self._document = CocoDocument(path, video)
        self._gathering = Gathering(video)

    def annotations(self, options: ImportOptions) -> Annotations:
        document, gathering = self._document, self._gathering
        states_absences = self._read_tracks()
        gathering.attributes = read_definitions(document.entries("attributes", "name", optional=True))
        said: dict[int, dict[int, dict[str, str]]] = defaultdict(dict)
        known = set(gathering.heads)
        matching, notes = document.match_pictures(options.match)
        trackless = 0
        entries = document.entries("annotations", "image_id", "category_id", "bbox")
        with document.each("annotation", entries) as each:
            for entry in each:
                attributes = entry.get("attributes", {})
                track_id = entry.get("track_id", entry.get("instance_id", attributes.get("track_id")))
                frame = document.frame_of(entry, matching, gathering)
                if frame is None:
                    continue
                if track_id is None:
                    trackless += 1
                elif entry.get("iscrowd"):
                    gathering.leave_out("around a crowd (iscrowd): left out")
                else:
                    label = document.labels[entry["category_id"]]
                    number = _track_id(track_id)
                    gathering.add(frame, number, label, self._record(entry, attributes))
                    if number not in known:
                        said[number][frame] = _attributes_of_box(attributes)
        if trackless and not gathering.has_rows:
            raise ExchangeError(
                f"{document.path} holds boxes, but none says which track it belongs to (track_id); read it as "
                "coco-detection."
            )
        gathering.leave_out("without a track: left out", trackless)
        gathering.say(said)
        return gathering.annotations(
            labels=document.labels.values(),
            states_absences=states_absences,
            notes=(*matching.notes, *notes),
            matched=matching.sentence,
            listed=matching.frames.values(),
        )

    def _read_tracks(self) -> bool:
        """The heads of the tracks, and whether the file states absences."""
        document, gathering = self._document, self._gathering
        tracks = [entry for entry in document.entries("tracks", "id", optional=True) if document.is_ours(entry)]
        for entry in tracks:
            with document.at("track", entry):
                label, colour = document.labels[entry["category_id"]], colour_or_none(entry.get("colour"))
                gaps = FrameSpans.of((frame_index(first), frame_index(last)) for first, last in entry.get("gaps", ()))
                values, changes = attributes_of(entry), changes_of(entry)
                gathering.heads[entry["id"]] = TrackHead(entry["id"], label, colour, values, gaps, changes)
                for absence in entry.get("absences", ()):
                    record = _record(None, absence, score=score_or_none(absence["score"]))
                    gathering.add(frame_index(absence["frame_index"]), entry["id"], label, record)
        return bool(tracks) and all("absences" in entry for entry in tracks)

    def _record(self, entry: Entry, attributes: Mapping[str, Any]) -> BoxRecord:
        left, top, width, height = entry["bbox"]
        box = box_within_reach(left, top, width, height, video=self._video)
        said = attributes.get("score", entry.get("score"))
        score = score_or_none(said)
        if said is not None and score is None:
            self._gathering.leave_out("with a score outside 0 to 1: its score is left out")
        return _record(box, attributes, score=score)


def _attributes_of_box(attributes: Mapping[str, Any]) -> dict[str, str]:
    """The attributes of a box, if there is no list of tracks, as in a COCO file of CVAT."""
    return {name: text for name, value in attributes.items() if name not in _OURS and (text := value_text(value))}


def _track_id(value: object) -> int:
    if isinstance(value, int):
        return value  # of any size; the import replaces ids that are too large
    return whole(value, "the track", low=-LARGEST_ID, high=LARGEST_ID)


def _record(box: Box | None, attributes: Mapping[str, Any], *, score: float | None) -> BoxRecord:
    """The record of an annotation: exact for ours, the closest match for those of other programs."""
    said = attributes.get("source")
    source = _SOURCES.get(said) or (_HUMAN if score is None else Source.TRACKER)
    return BoxRecord(
        box=box,
        source=source,
        score=None if source is _HUMAN else score,
        occluded=bool(attributes.get("occluded", False)),
        reviewed=bool(attributes.get("reviewed", source is _HUMAN)),
    )
