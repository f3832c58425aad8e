"""VIAME CSV: one line a box, ``track,picture,frame,left,top,right,bottom,confidence,length,label,confidence`` and more.

Frames and pixels count from 0; lines that begin with # are remarks. What follows the pairs of label and confidence are
attributes: ``(atr) name value`` of the box, for what changes, ``(trk-atr) name value`` of the track. Who made a box,
whether it is occluded and whether it is reviewed are attributes of the box here. The confidence of a person's box is 1.
"""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row, TrackHead
from app.exchange.bounds import LARGEST_ID, LAST_FRAME, box_within_reach, frame_index, number, score_or_none, whole
from app.exchange.errors import ExchangeError, read_text
from app.exchange.findings import Findings
from app.exchange.fitting import with_labels
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.matching import Picture, match_pictures
from app.exchange.picture_names import PictureNames
from app.exchange.text_lines import at_line
from app.model.attributes import AttributeChanges
from app.model.box_record import BoxRecord, Source
from app.model.project import VideoReference
from app.model.words import counted
from app.video.image_files import IMAGE_SUFFIXES

HOLDS = frozenset(Holds) - {Holds.ATTRIBUTE_KINDS}
TOLERANCE = 1e-9  # corner plus size differs in the last digits
HEADING = (
    "# 1: Detection or Track-id", "2: Video or Image Identifier", "3: Unique Frame Identifier", "4-7: Img-bbox(TL_x",
    "TL_y", "BR_x", "BR_y)", "8: Detection or Length Confidence", "9: Target Length (0 or -1 if invalid)",
    "10-11+: Repeated Species", "Confidence Pairs or Attributes",
)  # fmt: skip
BOX_ATTRIBUTE, TRACK_ATTRIBUTE = "(atr) ", "(trk-atr) "
SOURCE, OCCLUDED, REVIEWED, UNSCORED = "source", "occluded", "reviewed", "unscored"
OURS = frozenset({SOURCE, OCCLUDED, REVIEWED, UNSCORED})
COLUMNS = 9


def fit(annotations: Annotations, options: ExportOptions) -> Annotations:
    """Attribute names of one word, because a space separates name and value; labels that do not look like attributes or
    numbers.
    """
    del options
    heads = tuple(
        replace(
            head,
            attributes={_one_word(name): value for name, value in head.attributes.items()},
            changes=AttributeChanges({_one_word(name): several for name, several in head.changes.by_name.items()}),
        )
        for head in annotations.tracks
    )
    return with_labels(replace(annotations, tracks=heads), lambda label: label.lstrip("(#").strip() or "object")


def _one_word(name: str) -> str:
    """An attribute name without spaces. If it changes from frame to frame, it must not be a name that already means
    something for a box.
    """
    word = "_".join(name.split())
    return f"{word}_" if word in OURS else word


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video = annotations.video
    names = PictureNames.of_video(video, options.pictures)
    heads = {head.id: head for head in annotations.tracks}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        file.write(",".join(HEADING) + "\n")
        for row in annotations.rows:
            writer.writerow(_fields(row, heads[row.track_id], names.of_frame(row.frame)))
    if options.pictures:
        return Written(pictures={frame: [path.parent / names.of_frame(frame)] for frame in annotations.frames})
    return Written()


def _fields(row: Row, head: TrackHead, picture: str) -> list[object]:
    record = row.record
    assert record.box is not None
    box = record.box
    score = 1.0 if record.score is None else float(record.score)
    said = [f"{BOX_ATTRIBUTE}{SOURCE} {record.source}"]
    if record.score is None and record.source is Source.TRACKER:
        said.append(f"{BOX_ATTRIBUTE}{UNSCORED} true")
    for name, flag in ((OCCLUDED, record.occluded), (REVIEWED, record.reviewed and not record.is_keyframe)):
        if flag:
            said.append(f"{BOX_ATTRIBUTE}{name} true")
    for name, value in head.attributes_at(row.frame).items():
        said.append(f"{BOX_ATTRIBUTE if name in head.changes.by_name else TRACK_ATTRIBUTE}{name} {value}")
    corners = (float(value) for value in (box.x, box.y, box.right, box.bottom))
    return [head.id, picture, row.frame, *corners, score, -1, head.label, score, *said]


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """
    Raises:
        ExchangeError: naming the first invalid line.
    """
    lines = list(_lines(path))
    pictures: dict[int, Picture] = {}
    for position, fields in lines:
        with at_line(path, position):
            if len(fields) < COLUMNS:
                raise ValueError(f"{counted(len(fields), 'column')}, VIAME needs 9 or more")
            frame = frame_index(fields[2])
            is_picture = PurePosixPath(fields[1]).suffix.lower() in IMAGE_SUFFIXES  # otherwise it is a time or a video
            pictures[frame] = Picture(frame, fields[1] if is_picture else None, frame, 0)
    matching = match_pictures(list(pictures.values()), video, chosen=options.match, file=path)
    gathering = Gathering(video)
    said: dict[int, dict[int, dict[str, str]]] = defaultdict(dict)
    for position, fields in lines:
        with at_line(path, position):
            frame_of_file = frame_index(fields[2])
            if frame_of_file not in matching.frames:
                gathering.leave_out("in a picture that is not in this video: left out")
                continue
            track_id = whole(fields[0], "the track", low=-1, high=LARGEST_ID)
            label, record, attributes, values = _read_line(fields, video)
            gathering.leave_out("with an outline or points, which are not kept", _has_outline(fields))
            if track_id < 0:
                gathering.detect(matching.frames[frame_of_file], label, record)
                continue
            head = gathering.heads.setdefault(track_id, TrackHead(track_id, label))
            if attributes:
                gathering.heads[track_id] = replace(head, attributes={**head.attributes, **attributes})
            gathering.add(matching.frames[frame_of_file], track_id, label, record)
            said[track_id][matching.frames[frame_of_file]] = values
    gathering.say(said)
    return gathering.annotations(notes=matching.notes, matched=matching.sentence)


def _read_line(fields: Sequence[str], video: VideoReference) -> tuple[str, BoxRecord, dict[str, str], dict[str, str]]:
    """Label, record, and attributes of the track and of the box."""
    left, top, right, bottom = (number(field, "a corner") for field in fields[3:7])
    box = box_within_reach(left, top, right - left, bottom - top, video=video)
    rest = fields[COLUMNS:]
    pairs = [place for place in range(0, len(rest) - 1, 2) if not rest[place].startswith("(")]
    best = max(pairs, key=lambda place: number(rest[place + 1], "the confidence of a label"), default=None)
    label = rest[best].strip() if best is not None else "object"
    of_box, of_track = _attributes(rest, BOX_ATTRIBUTE), _attributes(rest, TRACK_ATTRIBUTE)
    said = of_box.get(SOURCE, "")
    confidence = number(fields[7], "the confidence")
    source = Source(said) if said in frozenset(Source) else Source.HUMAN if confidence == 1 else Source.TRACKER
    is_scored = source is Source.TRACKER and UNSCORED not in of_box
    record = BoxRecord(
        box,
        source,
        score_or_none(confidence) if is_scored else None,
        occluded=of_box.get(OCCLUDED) == "true",
        reviewed=source is Source.HUMAN or of_box.get(REVIEWED) == "true",
    )
    return label, record, of_track, {name: value for name, value in of_box.items() if name not in OURS and value}


def _has_outline(fields: Sequence[str]) -> bool:
    return any(field.lstrip().startswith(("(poly)", "(kp)", "(+poly)", "(hole)")) for field in fields[COLUMNS:])


def _attributes(fields: Sequence[str], prefix: str) -> dict[str, str]:
    found = (field.removeprefix(prefix).partition(" ") for field in fields if field.startswith(prefix))
    return {name: value for name, _, value in found if name}


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(read_text(path)))
    try:
        for fields in reader:
            if fields and any(fields) and not fields[0].lstrip().startswith("#"):
                yield reader.line_num, fields
    except csv.Error as error:
        raise ExchangeError(f"{path}, line {reader.line_num}: {error}.") from None


def check(path: Path) -> list[str]:
    """What breaks VIAME and DIVE, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    findings = Findings()
    seen: set[tuple[str, str]] = set()
    for position, fields in _lines(path):
        place, add = f"{path.name}, line {position}", findings.add
        if len(fields) < COLUMNS + 2:
            add(place, "columns, but a box with a label has 11 or more", f"{len(fields)} ")
            continue
        try:
            frame, left, top, right, bottom, confidence = map(float, fields[2:8])
        except ValueError:
            add(place, "not a number where one belongs")
            continue
        if not fields[0].strip().isdecimal():
            add(place, "the number of a track is a whole number from 0")
        if not 0 <= frame <= LAST_FRAME or frame != math.floor(frame):
            add(place, "frames are whole numbers from 0", f"frame {frame:g}: ")
        if not (left < right and top < bottom):
            add(place, "right is beyond left, and bottom below top")
        if not 0 <= confidence <= 1:
            add(place, "confidence lies from 0 to 1", f"{confidence:g}: ")
        if (fields[0], fields[2]) in seen:
            add(place, "a track stands twice in a frame")
        seen.add((fields[0], fields[2]))
    return findings.lines()
