"""MOTChallenge: ``frame,id,left,top,width,height,flag,class,visibility``, frames, ids, classes and pixels from 1.

A path without a suffix, or a folder, is a whole sequence: ``gt/gt.txt``, ``gt/labels.txt`` and ``seqinfo.ini``. A
folder of sequences is read if one has the name of the video. Any other path is a single text file. Chosen here, because
the format leaves it open:

- The flag is always 1. Evaluation casts it to a whole number, so a score there would silently mean "ignore this box".
- Visibility is a ratio, but a project only knows whether a person said "occluded": that is 0, all else 1. When read,
  less than half visible is occluded.
- Rows with a class and a whole flag are ground truth and become keyframes. Rows without a class (7 columns, or class
  -1), or with a fraction for a flag, are a tracker's result: the flag is their score, and they stay a tracker's boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row
from app.exchange.bounds import (
    LARGEST_CLASS,
    LARGEST_ID,
    box_within_reach,
    frame_index,
    number,
    score_or_none,
    whole,
)
from app.exchange.errors import ExchangeError, quoted, read_text, shortened
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.origin import FrameOf, write_origin
from app.exchange.seqinfo import read_seqinfo, write_seqinfo
from app.exchange.text_lines import TOLERANCE, at_line, comma_fields, decimal, numbered_lines
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import VideoReference
from app.model.words import counted
from tracker_core.geometry import Box

__all__ = ["HOLDS", "TOLERANCE"]

HOLDS = frozenset({Holds.TRACKS, Holds.LABELS, Holds.OCCLUDED})
NO_CONFIDENCE = -1.0
PEDESTRIAN = 1  # the one class that TrackEval scores
MOT17_CLASSES = (
    "pedestrian", "person_on_vehicle", "car", "bicycle", "motorbike", "non_mot_vehicle", "static_person", "distractor",
    "occluder", "occluder_on_ground", "occluder_full", "reflection", "crowd",
)  # fmt: skip
OFFICIAL = re.compile(r"MOT(16|17|20)-\d")  # names of sequences with these classes
MOT17_SYNONYMS = {"person": "pedestrian", "people": "pedestrian", "bike": "bicycle", "motorcycle": "motorbike"}


def is_sequence(path: Path) -> bool:
    """Whether this path is a sequence folder and not a single text file."""
    return path.is_dir() or (not path.suffix and not path.is_file())


def ground_truth_file(path: Path) -> Path:
    return path / "gt" / "gt.txt" if is_sequence(path) else path


def labels_file(path: Path) -> Path:
    return ground_truth_file(path).with_name("labels.txt")


def fit(annotations: Annotations, options: ExportOptions) -> Annotations:
    """Use the classes of MOT17 if asked for, and leave out tracks of other labels."""
    if not options.mot17:
        return annotations
    names = {label: _mot17_class(label) for label in annotations.labels}
    kept = [replace(head, label=name) for head in annotations.tracks if (name := names[head.label])]
    ids = {head.id for head in kept}
    notes = [
        f"Tracks of the label {quoted(label)} are left out: MOT17 has no such class."
        for label in dict.fromkeys(head.label for head in annotations.tracks if not names[head.label])
    ]
    return replace(
        annotations,
        labels=MOT17_CLASSES,
        tracks=tuple(kept),
        rows=tuple(row for row in annotations.rows if row.track_id in ids),
        absences=tuple(row for row in annotations.absences or () if row.track_id in ids),
        notes=(*annotations.notes, *notes),
    )


def _mot17_class(label: str) -> str | None:
    name = label.casefold().replace(" ", "_").replace("-", "_")
    name = MOT17_SYNONYMS.get(name, name)
    return name if name in MOT17_CLASSES else None


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video, frames = annotations.video, annotations.frames
    notes = [f"Pixels are counted from {options.first_pixel}, frames from 1."]
    pictures: dict[int, list[Path]] = {}
    if is_sequence(path):
        (path / "gt").mkdir(parents=True, exist_ok=True)
        labels_file(path).write_text("".join(f"{label}\n" for label in annotations.labels), "utf-8", newline="\n")
        suffix = f".{options.pictures or 'jpg'}"
        write_seqinfo(path / "seqinfo.ini", name=path.name, video=video, frame_count=len(frames), suffix=suffix)
        write_origin(path, video.name, frames)
        if video.frame_rate.denominator != 1:
            notes.append(f"The frame rate {float(video.frame_rate):.6g} is written as a whole number.")
        if options.pictures:
            pictures = {frame: [path / "img1" / f"{n:06d}{suffix}"] for n, frame in enumerate(frames, start=1)}
        else:
            notes.append("Pictures are not written; seqinfo.ini names the folder img1 for them.")
    else:
        if len(annotations.labels) > 1:
            notes.append("The file numbers its classes and has no place for their names; a sequence folder has.")
        if options.pictures:
            raise ExchangeError("Pictures are written with a whole sequence: give a folder, not a text file.")
    if frames and (frames.start, frames.step) != (0, 1):
        notes.append(f"Frame 1 of the file is frame {frames.start} of the video; each goes on by {frames.step}.")
    class_of = annotations.class_of_track(first=1)
    if any(n != PEDESTRIAN for n in class_of.values()):
        notes.append("TrackEval's MOTChallenge evaluation scores class 1 only; export a single class for it.")
    if any(n > len(MOT17_CLASSES) for n in class_of.values()):
        notes.append(f"TrackEval refuses classes above {len(MOT17_CLASSES)}.")
    occluded = sum(row.record.occluded for row in annotations.rows)
    if occluded:
        notes.append(f"{counted(occluded, 'occluded box', 'occluded boxes')} with visibility 0, all others with 1.")
    with ground_truth_file(path).open("w", encoding="utf-8", newline="\n") as file:
        for row in annotations.rows:
            position = frames.index(row.frame)
            file.write(_line(row, position, class_of[row.track_id], first_pixel=options.first_pixel))
    return Written(tuple(notes), pictures)


def _line(row: Row, position: int, class_number: int, *, first_pixel: int) -> str:
    box = row.record.box
    assert box is not None
    place = (decimal(value) for value in (box.x + first_pixel, box.y + first_pixel, box.width, box.height))
    return f"{position + 1},{row.track_id},{','.join(place)},1,{class_number},{int(not row.record.occluded)}\n"


class Entry(NamedTuple):
    """A line as read; ``class_number`` is None if it has no class. ``track_id`` -1 is a detection."""

    frame: int  # 0-based, of the file
    track_id: int
    box: Box
    confidence: float
    class_number: int | None
    visibility: float

    @property
    def is_ground_truth(self) -> bool:
        return self.class_number is not None and self.confidence.is_integer()

    @property
    def has_unusable_score(self) -> bool:
        """A score on another scale; -1 means none in this format."""
        is_said = not self.is_ground_truth and self.confidence != NO_CONFIDENCE
        return is_said and score_or_none(self.confidence) is None

    def record(self) -> BoxRecord:
        if self.is_ground_truth:
            return keyframe(self.box, occluded=0 <= self.visibility < 0.5)
        return BoxRecord(self.box, Source.TRACKER, score=score_or_none(self.confidence))


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """Boxes of a ground truth or of a tracker's result; ``video`` is what they are meant for.

    Raises:
        ExchangeError: naming the first invalid line.
    """
    path = _sequence_of(path, video)
    file = ground_truth_file(path)
    frame_of = FrameOf(options, path if is_sequence(path) else None)
    named = label_names(path) or options.label_names
    names = named or _official_names(path)
    gathering = Gathering(video)
    for position, line in numbered_lines(file):
        with at_line(file, position):
            entry = read_entry(comma_fields(line), video, first_pixel=options.first_pixel)
            if entry.track_id < 0:
                raise ValueError(f"the id is {entry.track_id}: these are detections, which belong to no track")
            if entry.is_ground_truth and entry.confidence == 0:
                gathering.leave_out("with the flag 0 (to be ignored): left out")
                continue
            gathering.leave_out("with a score outside 0 to 1: its score is left out", entry.has_unusable_score)
            label = label_of_class(entry.class_number, names)
            gathering.add(frame_of(entry.frame), entry.track_id, label, entry.record())
    return gathering.annotations(labels=named, notes=_notes_on_size(path, video))


def read_entry(fields: list[str], video: VideoReference, *, first_pixel: int) -> Entry:
    """
    Raises:
        ValueError: for a line that is not a row of MOT.
    """
    if len(fields) < 6:
        raise ValueError(f"{counted(len(fields), 'column')}, MOT needs frame,id,left,top,width,height and more")
    values = [number(field, "a column") for field in fields]
    if values[0] < 1:
        raise ValueError(f"frame {values[0]:g}, but MOT counts frames from 1")
    left, top, width, height = values[2:6]
    has_class = len(values) > 7 and values[7] >= 0
    return Entry(
        frame=frame_index(fields[0], first=1),
        track_id=whole(fields[1], "the id", low=-LARGEST_ID, high=LARGEST_ID),
        box=box_within_reach(left - first_pixel, top - first_pixel, width, height, video=video),
        confidence=values[6] if len(values) > 6 else NO_CONFIDENCE,
        class_number=whole(fields[7], "the class", low=0, high=LARGEST_CLASS) if has_class else None,
        visibility=values[8] if len(values) > 8 else 1.0,
    )


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number (from 1) and fields of each line that is not blank."""
    for position, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield position, comma_fields(line.strip())


def label_of_class(class_number: int | None, names: tuple[str, ...]) -> str:
    if class_number is None:
        return names[0] if names else "object"
    return names[class_number - 1] if 1 <= class_number <= len(names) else f"class {class_number}"


def label_names(path: Path) -> tuple[str, ...]:
    """The names in ``labels.txt`` beside a ``gt.txt``, class 1 first; empty if there is no such file."""
    file = labels_file(path)
    if ground_truth_file(path).name != "gt.txt" or not file.exists():
        return ()
    text = read_text(file).removesuffix("\n")
    return tuple(line.removesuffix("\r") for line in text.split("\n")) if text else ()


def _official_names(path: Path) -> tuple[str, ...]:
    """The class names of a sequence published by the benchmark, which its ``seqinfo.ini`` shows."""
    about = ground_truth_file(path).parent.with_name("seqinfo.ini")
    is_official = about.is_file() and OFFICIAL.match(read_seqinfo(about).get("name", "")) is not None
    return MOT17_CLASSES if is_official else ()


def _sequence_of(path: Path, video: VideoReference) -> Path:
    """In a folder of sequences, the one with the name of the video; otherwise the path itself."""
    inner = path / video.name
    return inner if path.is_dir() and not ground_truth_file(path).exists() and inner.is_dir() else path


def _notes_on_size(path: Path, video: VideoReference) -> list[str]:
    file = path / "seqinfo.ini"
    if not file.is_file():
        return []
    values = read_seqinfo(file)
    made_for = (values.get("imWidth", str(video.width)), values.get("imHeight", str(video.height)))
    if made_for == (str(video.width), str(video.height)):
        return []
    size = " x ".join(map(shortened, made_for))
    return [f"Made for pictures of {size}; this video has {video.width} x {video.height}."]
