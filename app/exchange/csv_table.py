"""A table with a heading, for spreadsheets and scripts: one line a box, with everything in the project as named
columns.

``state`` is visible, absent (from this frame on) or unknown (from this frame on, until the next line of the track);
without it a line with a box is visible. Columns ``attribute:NAME`` hold the track's attributes
as they are at the frame. When read, the columns
may be in any order and others may be among them. A frame and a box are needed, as left-top and size or as corners.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, TrackHead
from app.exchange.bounds import LARGEST_ID, LAST_FRAME, box_within_reach, number, score_or_none, whole
from app.exchange.errors import ExchangeError, quoted, read_text
from app.exchange.findings import Findings
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.matching import Picture, match_pictures
from app.exchange.text_lines import at_line
from app.model.box_record import BoxRecord, Source
from app.model.frame_spans import FrameSpans
from app.model.project import VideoReference
from tracker_core.geometry import Box

HOLDS = frozenset(Holds) - {Holds.ATTRIBUTE_KINDS}
TOLERANCE = 0.0  # every digit of a float is written
COLUMNS = (
    "frame", "track", "label", "state", "x", "y", "width", "height", "source", "score", "occluded", "reviewed",
    "colour",
)  # fmt: skip
ATTRIBUTE = "attribute:"
VISIBLE, ABSENT, UNKNOWN = "visible", "absent", "unknown"
SYNONYMS = {
    "frame": ("frame_index", "frame_id", "frame_number", "frameid"),
    "track": ("track_id", "id", "object_id", "instance_id"),
    "label": ("class", "category", "class_name", "name"),
    "x": ("left", "xmin", "x1", "bb_left"), "y": ("top", "ymin", "y1", "bb_top"),
    "width": ("w", "bb_width"), "height": ("h", "bb_height"),
    "right": ("xmax", "x2"), "bottom": ("ymax", "y2"),
    "score": ("confidence", "conf"), "picture": ("image", "file_name", "filename"),
}  # fmt: skip
TRUE = ("1", "true", "yes")

Line = Mapping[str, str]


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    del options
    heads = {head.id: head for head in annotations.tracks}
    worn = (name for head in annotations.tracks for name in (*head.attributes, *head.changes.by_name))
    names = list(dict.fromkeys(worn))
    lines = sorted(_lines_of(annotations), key=lambda line: (line[0], line[1]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*COLUMNS, *(f"{ATTRIBUTE}{name}" for name in names)])
        for frame, track_id, state, record in lines:
            head = heads[track_id]
            about = [frame, track_id, head.label, state, *_said(record), head.colour or ""]
            values = head.attributes_at(frame)
            writer.writerow([*about, *(values.get(name, "") for name in names)])
    return Written(("Frames and pixels are counted from 0.",))


def _lines_of(annotations: Annotations) -> Iterator[tuple[int, int, str, BoxRecord | None]]:
    for row in annotations.rows:
        yield row.frame, row.track_id, VISIBLE, row.record
    for row in annotations.absences or ():
        yield row.frame, row.track_id, ABSENT, row.record
    told: dict[int, list[int]] = defaultdict(list)
    for row in (*annotations.rows, *(annotations.absences or ())):
        told[row.track_id].append(row.frame)
    for head in annotations.tracks:
        for first, last in head.gaps.spans:
            inside = [frame for frame in told[head.id] if first <= frame <= last]
            for frame in {first, *(frame + 1 for frame in inside)} - set(inside):
                if frame <= last and frame in annotations.frames:
                    yield frame, head.id, UNKNOWN, None


def _said(record: BoxRecord | None) -> list[object]:
    if record is None:
        return [""] * 8
    box = [""] * 4 if record.box is None else [float(value) for value in record.box.as_tuple()]
    score = "" if record.score is None else float(record.score)
    return [*box, record.source, score, int(record.occluded), int(record.reviewed)]


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """
    Raises:
        ExchangeError: naming the first invalid line.
    """
    lines = list(_lines(path))
    keys = lines[0][1].keys() if lines else frozenset()
    attribute_columns = [key for key in keys if key.startswith(ATTRIBUTE)]
    pictures: dict[tuple[str, str], Picture] = {}
    for position, line in lines:
        with at_line(path, position):
            key = name, text = line.get("picture", ""), line.get("frame", "")
            frame_id = whole(text, "the frame", low=0, high=LAST_FRAME) if text else None
            pictures[key] = Picture(key, name or None, frame_id, 0 if "state" in keys else None)
    matching = match_pictures(list(pictures.values()), video, chosen=options.match, file=path)
    gathering = Gathering(video)
    told: dict[int, list[tuple[int, str]]] = defaultdict(list)
    said: dict[int, dict[int, dict[str, str]]] = defaultdict(dict)
    for position, line in lines:
        with at_line(path, position):
            key = line.get("picture", ""), line.get("frame", "")
            if key not in matching.frames:
                gathering.leave_out("in a picture that is not in this video: left out")
                continue
            frame, label = matching.frames[key], line.get("label", "") or "object"
            state = line.get("state", VISIBLE) or VISIBLE
            if state not in (VISIBLE, ABSENT, UNKNOWN):
                raise ValueError(f"the state is {quoted(state)}, and it is {VISIBLE}, {ABSENT} or {UNKNOWN}")
            if not line.get("track"):
                gathering.detect(frame, label, _record(line, VISIBLE, video))
                continue
            track_id = whole(line["track"], "the track", low=-LARGEST_ID, high=LARGEST_ID)
            gathering.heads.setdefault(track_id, _head(track_id, label, line))
            if attribute_columns:
                said[track_id][frame] = _attributes(line, attribute_columns)
            told[track_id].append((frame, state))
            if state != UNKNOWN:
                gathering.add(frame, track_id, label, _record(line, state, video))
    gathering.say(said)
    for track_id, states in told.items():
        gathering.heads[track_id] = replace(gathering.heads[track_id], gaps=_gaps(sorted(states)))
    return gathering.annotations(states_absences="state" in keys, notes=matching.notes, matched=matching.sentence)


def _head(track_id: int, label: str, line: Line) -> TrackHead:
    colour = line.get("colour", "")
    is_colour = len(colour) == 7 and colour.startswith("#") and all(c in "0123456789abcdefABCDEF" for c in colour[1:])
    return TrackHead(track_id, label, colour if is_colour else None)


def _attributes(line: Line, columns: Iterable[str]) -> dict[str, str]:
    return {key.removeprefix(ATTRIBUTE): line[key] for key in columns if line[key]}


def _gaps(states: list[tuple[int, str]]) -> FrameSpans:
    """The gaps: unknown from such a line up to the track's next line."""
    spans = [
        (frame, following - 1)
        for (frame, state), (following, _) in pairwise(states)
        if state == UNKNOWN and following > frame
    ]
    return FrameSpans.of(spans)


def _record(line: Line, state: str, video: VideoReference) -> BoxRecord:
    box: Box | None = None
    if state == VISIBLE:
        x, y = number(line.get("x", ""), "x"), number(line.get("y", ""), "y")
        if "width" in line:
            width, height = number(line["width"], "width"), number(line.get("height", ""), "height")
        else:
            width, height = number(line.get("right", ""), "right") - x, number(line.get("bottom", ""), "bottom") - y
        box = box_within_reach(x, y, width, height, video=video)
    said, score = line.get("source", ""), score_or_none(line.get("score") or None)
    source = Source(said) if said in frozenset(Source) else Source.HUMAN if score is None else Source.TRACKER
    return BoxRecord(
        box,
        source,
        None if source is Source.HUMAN else score,
        occluded=box is not None and line.get("occluded", "").lower() in TRUE,
        reviewed=source is Source.HUMAN or line.get("reviewed", "").lower() in TRUE,
    )


def _lines(path: Path) -> Iterator[tuple[int, Line]]:
    """Line number and values by our names of the columns, of each line that is not empty.

    Raises:
        ExchangeError: if it is not a table, or needed columns are missing.
    """
    text = read_text(path)
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    columns: list[str] = []
    try:
        for fields in reader:
            if not any(fields):
                continue
            if not columns:
                columns = [_our_name(field) for field in fields]
                _check_columns(path, columns)
                continue
            if len(fields) != len(columns):
                raise ExchangeError(
                    f"{path}, line {reader.line_num}: {len(fields)} values under {len(columns)} columns."
                )
            yield reader.line_num, {key: value.strip() if not key.startswith(ATTRIBUTE) else value
                                    for key, value in zip(columns, fields, strict=True)}  # fmt: skip
    except csv.Error as error:
        raise ExchangeError(f"{path}, line {reader.line_num}: {error}.") from None
    if not columns:
        raise ExchangeError(f"{path} is empty; a table begins with the names of its columns.")


def _delimiter(text: str) -> str:
    heading = text.lstrip().partition("\n")[0]
    return max((",", ";", "\t"), key=heading.count)


def _our_name(column: str) -> str:
    if column.startswith(ATTRIBUTE):
        return column
    name = column.strip().casefold().replace(" ", "_")
    return next((ours for ours, others in SYNONYMS.items() if name in others), name)


def _check_columns(path: Path, columns: Iterable[str]) -> None:
    there = set(columns)
    missing = [name for name in ("x", "y") if name not in there]
    if not there & {"frame", "picture"}:
        missing.insert(0, "frame")
    if not ({"width", "height"} <= there or {"right", "bottom"} <= there):
        missing += ["width", "height"]
    if missing:
        raise ExchangeError(f"{path} has no column {' or '.join(missing)}; its first line names the columns.")


def check(path: Path) -> list[str]:
    """What is wrong with a table, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    findings = Findings()
    seen: set[tuple[str, str]] = set()
    for position, line in _lines(path):
        place = f"{path.name}, line {position}"
        try:
            whole(line.get("frame", "0"), "the frame", low=0, high=LAST_FRAME)
            if (line.get("state") or VISIBLE) == VISIBLE:
                for key in ("x", "y", "width", "height") if "width" in line else ("x", "y", "right", "bottom"):
                    number(line.get(key, ""), key)
                if "width" in line and min(float(line["width"]), float(line["height"])) <= 0:
                    findings.add(place, "a box needs a width and a height above 0")
        except ValueError as error:
            findings.add(place, "no number where one belongs", f"{error}: ")
        if line.get("track"):
            if (line["track"], line.get("frame", "")) in seen:
                findings.add(place, "a track stands twice in a frame")
            seen.add((line["track"], line.get("frame", "")))
    return findings.lines()
