"""MOTChallenge detections (``det.txt``): ``frame,-1,left,top,width,height,score,-1,-1,-1``, boxes without tracks."""

from __future__ import annotations

import math
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row
from app.exchange.bounds import LAST_FRAME
from app.exchange.findings import Findings
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.mot import label_of_class, read_entry
from app.exchange.origin import FrameOf
from app.exchange.text_lines import TOLERANCE, at_line, comma_fields, decimal, numbered_lines
from app.model.box_record import BoxRecord, Source
from app.model.project import VideoReference

__all__ = ["HOLDS", "TOLERANCE"]

HOLDS = frozenset({Holds.SCORES})
SURE = 1.0  # the score of a box that a person drew
UNSCORED = -1


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in annotations.rows:
            file.write(_line(row, annotations.frames.index(row.frame), first_pixel=options.first_pixel))
    notes = [f"Pixels are counted from {options.first_pixel}, frames from 1."]
    if annotations.frames and (annotations.frames.start, annotations.frames.step) != (0, 1):
        notes.append(
            f"Frame 1 of the file is frame {annotations.frames.start} of the video; each goes on by "
            f"{annotations.frames.step}."
        )
    if drawn := sum(row.record.score is None for row in annotations.rows):
        notes.append(f"Boxes without a score ({drawn}) have the score 1 if a person drew them, else -1.")
    return Written(tuple(notes))


def _line(row: Row, position: int, *, first_pixel: int) -> str:
    record = row.record
    assert record.box is not None
    x, y, width, height = record.box.as_tuple()
    score = record.score if record.score is not None else SURE if record.is_keyframe else UNSCORED
    numbers = (x + first_pixel, y + first_pixel, width, height, score)
    return f"{position + 1},-1,{','.join(map(decimal, numbers))},-1,-1,-1\n"


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """All boxes as detections; ids in the file are ignored.

    Raises:
        ExchangeError: naming the first invalid line.
    """
    file = path / "det" / "det.txt" if path.is_dir() else path
    frame_of, gathering = FrameOf(options), Gathering(video)
    for position, line in numbered_lines(file):
        with at_line(file, position):
            entry = read_entry(comma_fields(line), video, first_pixel=options.first_pixel)
            gathering.leave_out("with a score outside 0 to 1: its score is left out", entry.has_unusable_score)
            record = entry.record()
            if entry.is_ground_truth:  # columns of a ground truth, in a file of detections
                record = BoxRecord(record.box, Source.TRACKER, None, record.occluded)
            gathering.detect(frame_of(entry.frame), label_of_class(entry.class_number, options.label_names), record)
    return gathering.annotations()


def check(path: Path) -> list[str]:
    """What breaks readers of detections, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    findings = Findings()
    file = path / "det" / "det.txt" if path.is_dir() else path
    for position, line in numbered_lines(file):
        place, fields = f"{file.name}, line {position}", comma_fields(line)
        if len(fields) < 7:
            findings.add(place, "columns, but readers of detections need 7 or more (10 is usual)", f"{len(fields)} ")
            continue
        try:
            frame, track_id, _left, _top, width, height, _score = map(float, fields[:7])
        except ValueError:
            findings.add(place, "not a number in every column")
            continue
        if not 1 <= frame <= LAST_FRAME or frame != math.floor(frame):
            findings.add(place, "frames are whole numbers from 1", f"frame {frame:g}: ")
        if track_id != -1:
            findings.add(place, "the id of a detection is -1", f"id {track_id:g}: ")
        if not (0 < width < math.inf and 0 < height < math.inf):
            findings.add(place, "a box needs a width and a height above 0", f"{width:g} x {height:g}: ")
    return findings.lines()
