"""KITTI tracking: one line a box, 17 values separated by spaces, frames and pixels from 0, corners instead of sizes.

``frame id type truncated occluded alpha left top right bottom`` and seven numbers of a box in space, which are unknown
here, so they have the values that KITTI gives to what is unknown. ``occluded`` is 0 (seen), 1 (partly hidden), 2
(largely hidden) or 3 (unknown); a project knows 0 and 1. An 18th value is the score of a tracker's result. Rows of the
type DontCare mark regions and are left out.
"""

from __future__ import annotations

import math
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row
from app.exchange.bounds import LARGEST_ID, LAST_FRAME, box_within_reach, frame_index, number, score_or_none, whole
from app.exchange.errors import listed
from app.exchange.findings import Findings
from app.exchange.fitting import with_labels
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.origin import FrameOf
from app.exchange.text_lines import at_line, decimal, numbered_lines
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import VideoReference
from app.model.words import counted

HOLDS = frozenset({Holds.TRACKS, Holds.LABELS, Holds.OCCLUDED})
COLUMNS = 17
TOLERANCE = 2e-6  # two corners, each rounded to six decimals
DONT_CARE = "DontCare"
JUDGED = ("car", "pedestrian")  # TrackEval and KITTI's own evaluation score no other
KNOWN = (*JUDGED, "van", "truck", "person", "cyclist", "tram", "misc")
HIDDEN = (1, 2)
NO_PLACE_IN_SPACE = "-1 -1 -1 -1000 -1000 -1000 -10"


def fit(annotations: Annotations, options: ExportOptions) -> Annotations:
    """Labels without spaces, which separate the values."""
    del options
    return with_labels(annotations, lambda label: "_".join(label.split()))


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    del options
    frames, label_of = annotations.frames, annotations.label_of_track()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in annotations.rows:
            file.write(_line(row, frames.index(row.frame), label_of[row.track_id], annotations.video))
    notes = _notes_on_judges(annotations)
    if frames and (frames.start, frames.step) != (0, 1):
        notes.append(f"Frame 0 of the file is frame {frames.start} of the video; each goes on by {frames.step}.")
    return Written(tuple(notes))


def _notes_on_judges(annotations: Annotations) -> list[str]:
    """What the programs that score this format refuse or ignore."""
    labels = list(dict.fromkeys(head.label for head in annotations.tracks))
    unknown = [label for label in labels if label.casefold() not in KNOWN]
    ignored = [label for label in labels if label.casefold() in KNOWN and label.casefold() not in JUDGED]
    notes = []
    if unknown:
        notes.append(
            f"TrackEval refuses the file because of {listed(unknown)}; it knows Car, Pedestrian, Van, Truck, Person, "
            "Cyclist, Tram and Misc. Give these labels one of those names, or leave them out."
        )
    if ignored:
        notes.append(f"TrackEval and KITTI score Car and Pedestrian only, not {listed(ignored)}.")
    cut = sum(_is_cut(row, annotations.video) for row in annotations.rows)
    if cut:
        boxes = counted(cut, "box reaches", "boxes reach")
        notes.append(f"{boxes} over the border (truncated 1): TrackEval and KITTI do not score them.")
    return notes


def _is_cut(row: Row, video: VideoReference) -> bool:
    box = row.record.box
    assert box is not None
    return box.x < 0 or box.y < 0 or box.right > video.width or box.bottom > video.height


def _line(row: Row, position: int, label: str, video: VideoReference) -> str:
    box = row.record.box
    assert box is not None
    corners = " ".join(map(decimal, (box.x, box.y, box.right, box.bottom)))
    flags = f"{int(_is_cut(row, video))} {int(row.record.occluded)} -10"
    return f"{position} {row.track_id} {label} {flags} {corners} {NO_PLACE_IN_SPACE}\n"


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """Boxes of a ground truth or of a tracker's result.

    Raises:
        ExchangeError: naming the first invalid line.
    """
    frame_of, gathering = FrameOf(options), Gathering(video)
    for position, line in numbered_lines(path):
        with at_line(path, position):
            fields = line.split()
            if len(fields) < 10:
                raise ValueError(f"{counted(len(fields), 'value')}, KITTI needs frame id type truncated occluded alpha "
                                 "left top right bottom and more")  # fmt: skip
            if fields[2] == DONT_CARE:
                gathering.leave_out("of the type DontCare: left out")
                continue
            frame = frame_index(fields[0])
            track_id = whole(fields[1], "the id", low=-LARGEST_ID, high=LARGEST_ID)
            occluded = whole(fields[4], "occluded", low=-1, high=3) in HIDDEN
            left, top, right, bottom = (number(field, "a corner") for field in fields[6:10])
            box = box_within_reach(left, top, right - left, bottom - top, video=video)
            record = keyframe(box, occluded=occluded)
            if len(fields) > COLUMNS:
                score = score_or_none(fields[COLUMNS])
                gathering.leave_out("with a score outside 0 to 1: its score is left out", score is None)
                record = BoxRecord(box, Source.TRACKER, score, occluded)
            if track_id < 0:
                gathering.detect(frame_of(frame), fields[2], record)
            else:
                gathering.add(frame_of(frame), track_id, fields[2], record)
    return gathering.annotations()


def check(path: Path) -> list[str]:
    """What breaks TrackEval and KITTI's own evaluation, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    findings = Findings()
    seen: set[tuple[float, float]] = set()
    for position, line in numbered_lines(path):
        place, fields, add = f"{path.name}, line {position}", line.split(), findings.add
        if len(fields) not in (COLUMNS, COLUMNS + 1):
            add(place, "values, but a line has 17, or 18 with a score", f"{len(fields)} ")
            continue
        try:
            frame, track_id, *values = (float(field) for field in (*fields[:2], *fields[3:]))
        except ValueError:
            add(place, "not a number where one belongs")
            continue
        if not all(map(math.isfinite, values)):
            add(place, "a value is not finite (NaN or infinity)")
        if not 0 <= frame <= LAST_FRAME or frame != math.floor(frame):
            add(place, "frames are whole numbers from 0", f"frame {frame:g}: ")
        if fields[2] == DONT_CARE:
            continue
        if not 0 <= track_id <= LARGEST_ID or track_id != math.floor(track_id):
            add(place, "ids are whole numbers from 0", f"id {track_id:g}: ")
        if (frame, track_id) in seen:
            add(place, "an id stands twice in a frame", f"id {track_id:g} in frame {frame:g}: ")
        seen.add((frame, track_id))
        if values[1] not in (0, 1, 2, 3):
            add(place, "occluded is 0, 1, 2 or 3", f"{values[1]:g}: ")
        if not (values[3] < values[5] and values[4] < values[6]):
            add(place, "right is beyond left, and bottom below top")
    return findings.lines()
