"""LabelMe: one ``NAME.json`` a picture, a rectangle as two opposite corners, the track as ``group_id``.

``flags`` of a shape say whether it is occluded, and attributes that are yes or no; ``attributes`` has the others, a key
that is ours. ``frame`` is ours: the frame of the video. LabelMe keeps keys that it
does not know.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row, TrackHead
from app.exchange.bounds import LARGEST_ID, LAST_FRAME, box_within_reach, frame_index, number, score_or_none, whole
from app.exchange.coco_document import notes_on_size
from app.exchange.errors import ExchangeError, quoted
from app.exchange.findings import Findings
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.json_file import Entry, attributes_of, load_object
from app.exchange.picture_lists import files_below, listed_frames, match_files, refuse_none
from app.exchange.picture_names import PictureNames
from app.model.attributes import NO, YES, AttributeDefinition, AttributeKind
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.names import clean_name
from app.model.project import VideoReference
from tracker_core.geometry import Box

HOLDS = frozenset({Holds.TRACKS, Holds.LABELS, Holds.OCCLUDED, Holds.ATTRIBUTES, Holds.ATTRIBUTE_CHANGES})
TOLERANCE = 1e-9  # corner plus size differs in the last digits
WHAT = "a LabelMe file"
VERSION = "5.5.0"
OCCLUDED = "occluded"
ATTRIBUTES = "attributes"
MOST_NOTES = 5


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video = annotations.video
    names = PictureNames.of_video(video, options.pictures)
    heads = {head.id: head for head in annotations.tracks}
    yes_no = {name for name, one in annotations.attributes.items() if one.kind is AttributeKind.YES_NO}
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in annotations.rows:
        rows[row.frame].append(row)
    path.mkdir(exist_ok=True)
    pictures: dict[int, list[Path]] = {}
    for frame in listed_frames(annotations, options):
        stem = names.stem(frame, prefix=video.name)
        picture = f"{stem}.{options.pictures}" if options.pictures else _named(names, frame, stem)
        if options.pictures:
            pictures[frame] = [path / picture]
        document: Entry = {
            "version": VERSION, "flags": {},
            "shapes": [_shape(row, heads[row.track_id], yes_no) for row in rows[frame]],
            "imagePath": picture, "imageData": None, "imageHeight": video.height, "imageWidth": video.width,
            "frame": frame,
        }  # fmt: skip
        text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)
        (path / f"{stem}.json").write_text(text, encoding="utf-8", newline="\n")
    notes = () if options.pictures else ("Pictures are not written; LabelMe looks for them beside the files.",)
    return Written(notes, pictures)


def _named(names: PictureNames, frame: int, stem: str) -> str:
    return names.of_frame(frame) if names.has_own_stems else f"{stem}{names.suffix}"


def _shape(row: Row, head: TrackHead, yes_no: Set[str]) -> Entry:
    """``yes_no``: the attributes that are written as flags."""
    box, values = row.record.box, head.attributes_at(row.frame)
    assert box is not None
    flags = {name: value == YES for name, value in values.items() if _is_flag(name, value, yes_no)}
    others = {name: value for name, value in values.items() if name not in flags}
    shape: Entry = {
        "label": head.label, "points": [[float(box.x), float(box.y)], [float(box.right), float(box.bottom)]],
        "group_id": row.track_id, "description": "", "shape_type": "rectangle",
        "flags": ({OCCLUDED: True} if row.record.occluded else {}) | flags, "mask": None,
    }  # fmt: skip
    return shape | ({ATTRIBUTES: others} if others else {})


def _is_flag(name: str, value: str, yes_no: Set[str]) -> bool:
    return name in yes_no and name != OCCLUDED and value in (YES, NO)


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The boxes of the pictures that are frames of ``video``: of tracks if they name a group, else detections. A
    polygon, circle or mask becomes the box around it.

    Raises:
        ExchangeError: naming the first invalid file.
    """
    files = [path] if path.is_file() else files_below(path, ".json", places=("",))
    documents = {file: load_object(file, WHAT) for file in files}
    try:
        stated = {file: frame_index(entry["frame"]) for file, entry in documents.items() if "frame" in entry}
    except ValueError as error:
        raise ExchangeError(f"{path}: {error}.") from None
    matching = match_files(files, video, options, frames=stated, source=path)
    gathering = Gathering(video)
    sizes: set[tuple[int, int]] = set()
    grouped: list[_Grouped] = []
    for file, document in documents.items():
        shapes = document.get("shapes")
        if not isinstance(shapes, list) or not all(isinstance(shape, dict) for shape in shapes):
            raise ExchangeError(f'{file} has no list "shapes" of objects, so it is not {WHAT}.')
        frame = matching.frames.get(file)
        if frame is None:
            gathering.leave_out("in a picture that is not in this video: left out", len(shapes))
            continue
        try:
            sizes.add(_size(document, video))
            found = [one for shape in shapes if (one := _read_shape(shape, frame, video, gathering)) is not None]
            grouped += _united(found, gathering)
        except (ValueError, TypeError, KeyError) as error:
            what = f"{error} is missing" if isinstance(error, KeyError) else error
            raise ExchangeError(f"{file} is invalid: {what}.") from None
    notes = _gather_groups(grouped, gathering)
    return gathering.annotations(
        notes=(*notes, *matching.notes, *notes_on_size(sizes, video)),
        matched=matching.sentence,
        listed=matching.frames.values(),
    )


def _size(document: Entry, video: VideoReference) -> tuple[int, int]:
    width, height = document.get("imageWidth", video.width), document.get("imageHeight", video.height)
    return tuple(whole(side, "the size of a picture", low=0, high=LAST_FRAME) for side in (width, height))  # type: ignore[return-value]


class _Grouped(NamedTuple):
    """A box of a group in one picture."""

    frame: int
    group: int
    label: str
    record: BoxRecord
    attributes: dict[str, str]


def _united(found: Sequence[_Grouped], gathering: Gathering) -> list[_Grouped]:
    """Unite the shapes of one picture that have the same group and label: they are parts of one thing, such as a car
    behind a pole. LabelMe's own converters do the same.
    """
    by_thing: dict[tuple[int, str], _Grouped] = {}
    for one in found:
        earlier = by_thing.setdefault((one.group, one.label), one)
        if earlier is one:
            continue
        gathering.leave_out("of a group that has another of its label in the picture: one box round both")
        box, other = earlier.record.box, one.record.box
        assert box is not None
        assert other is not None
        record = replace(
            earlier.record,
            box=Box.from_corners(
                min(box.x, other.x), min(box.y, other.y), max(box.right, other.right), max(box.bottom, other.bottom)
            ),
            occluded=earlier.record.occluded or one.record.occluded,
        )
        by_thing[one.group, one.label] = earlier._replace(
            record=record, attributes={**one.attributes, **earlier.attributes}
        )
    return list(by_thing.values())


def _gather_groups(grouped: Sequence[_Grouped], gathering: Gathering) -> list[str]:
    """A track for each group. One that has several labels in one picture is a track for each of its labels: a person
    and a bicycle that were grouped are two things. Returns a sentence for each group of that kind.
    """
    labels: dict[tuple[int, int], list[str]] = defaultdict(list)
    for one in grouped:
        labels[one.frame, one.group].append(one.label)
    mixed = {group for (_, group), several in labels.items() if len(several) > 1}
    free = max(0, *(one.group for one in grouped)) if grouped else 0
    ids: dict[tuple[int, str], int] = {}
    taken: set[int] = set()
    said: dict[int, dict[int, dict[str, str]]] = defaultdict(dict)
    notes = []
    for one in grouped:
        track_id = one.group
        if one.group in mixed:
            if (one.group, one.label) not in ids and one.group in taken:
                free += 1
                ids[one.group, one.label] = free
                notes.append(
                    f"Group {one.group} has several labels in one picture: its {quoted(one.label)} is track {free}."
                )
            track_id = ids.setdefault((one.group, one.label), one.group)
            taken.add(one.group)
        gathering.add(one.frame, track_id, one.label, one.record)
        said[track_id][one.frame] = one.attributes
    gathering.say(said)
    more = len(notes) - MOST_NOTES
    return [*notes[:MOST_NOTES], *([f"And {more} more tracks of such groups."] if more > 0 else [])]


def _read_shape(shape: Entry, frame: int, video: VideoReference, gathering: Gathering) -> _Grouped | None:
    kind, given = shape.get("shape_type", "polygon"), shape["points"]
    if not isinstance(given, list) or any(not isinstance(point, list) or len(point) != 2 for point in given):
        raise ValueError("the points of a shape are no pairs of numbers")
    points = [(number(x, "x"), number(y, "y")) for x, y in given]
    if (kind in ("rectangle", "mask") and len(points) in (2, 4)) or (kind == "polygon" and len(points) > 2):
        corners = points
    elif kind == "circle" and len(points) == 2:
        (x, y), edge = points
        radius = math.dist((x, y), edge)
        corners = [(x - radius, y - radius), (x + radius, y + radius)]
    else:
        gathering.leave_out("of a shape that encloses nothing, such as points and lines: left out")
        return None
    if kind != "rectangle":
        gathering.leave_out("round an outline, which is not kept")
    columns, rows = zip(*corners, strict=True)
    corner = Box.from_corners(min(columns), min(rows), max(columns), max(rows))
    box = box_within_reach(*corner.as_tuple(), video=video)
    label = shape["label"] if isinstance(shape["label"], str) else quoted(shape["label"])
    flags = shape.get("flags")
    occluded = isinstance(flags, dict) and flags.get(OCCLUDED) is True
    score = score_or_none(shape.get("score"))
    record = keyframe(box, occluded=occluded) if score is None else BoxRecord(box, Source.TRACKER, score, occluded)
    group = shape.get("group_id")
    if group is None:
        gathering.detect(frame, label, record)
        return None
    number_of_group = whole(group, "group_id", low=-LARGEST_ID, high=LARGEST_ID)
    return _Grouped(frame, number_of_group, label, record, _attributes(shape, gathering))


def _attributes(shape: Entry, gathering: Gathering) -> dict[str, str]:
    flags = shape.get("flags")
    values = attributes_of(shape, ATTRIBUTES)
    for key, flag in (flags if isinstance(flags, dict) else {}).items():
        name = clean_name(key)
        if name and key != OCCLUDED and isinstance(flag, bool):
            values[key] = YES if flag else NO
            gathering.attributes.setdefault(name, AttributeDefinition(name, AttributeKind.YES_NO))
    return values


def check(path: Path) -> list[str]:
    """What LabelMe refuses to load, one line for each rule.

    Raises:
        ExchangeError: if the folder cannot be read at all.
    """
    findings = Findings()
    files = [path] if path.is_file() else files_below(path, ".json", places=("",))
    refuse_none(files, path)
    for file in files:
        try:
            document = load_object(file, WHAT)
        except ExchangeError as error:
            findings.add(file.name, str(error))
            continue
        for key in ("version", "imageData", "imagePath", "shapes", "flags", "imageHeight", "imageWidth"):
            if key not in document:
                findings.add(path.name, f"{key} is missing")
        shapes = document.get("shapes")
        for shape in shapes if isinstance(shapes, list) else ():
            _check_shape(f"{path.name}, {file.name}", shape, findings)
    return findings.lines()


def _check_shape(place: str, shape: object, findings: Findings) -> None:
    if not isinstance(shape, dict):
        findings.add(place, "a shape is an object")
        return
    if not isinstance(shape.get("label"), str):
        findings.add(place, "the label of a shape is a text")
    points = shape.get("points")
    if shape.get("shape_type") == "rectangle" and (not isinstance(points, list) or len(points) != 2):
        findings.add(place, "a rectangle is two points")
    group = shape.get("group_id")
    if isinstance(group, bool) or not (group is None or isinstance(group, int)):
        findings.add(place, "group_id is a whole number or null")
    flags = shape.get("flags")
    if flags is not None and not (isinstance(flags, dict) and all(isinstance(flag, bool) for flag in flags.values())):
        findings.add(place, "flags are true or false")
