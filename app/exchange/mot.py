"""MOTChallenge: ``frame,id,left,top,width,height,flag,class,visibility``, frames, ids, classes and pixels from 1.

A path without a suffix, or a folder, is a whole sequence: ``gt/gt.txt``, ``gt/labels.txt`` and ``seqinfo.ini``. Any
other path is the one text file. Chosen here, because the format leaves it open:

- The flag is always 1. Evaluation casts it to a whole number, so a score there would silently mean "ignore this box".
- Visibility is a ratio, and a project only knows whether a person said "occluded": 0 where so, else 1. Reading, less
  than half visible is occluded.
- Rows with a class and a whole flag are ground truth and become keyframes. Rows without a class (7 columns, or class
  -1) or with a fraction for a flag are a tracker's result: it is their score, and they stay a tracker's boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row, TrackHead, counted
from app.exchange.bounds import (
    LARGEST_CLASS,
    LARGEST_ID,
    box_within_reach,
    frame_index,
    number,
    score_or_none,
    whole,
)
from app.exchange.errors import ExchangeError, read_text, shortened
from app.exchange.seqinfo import read_seqinfo, write_seqinfo
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import VideoReference
from tracker_core.geometry import Box

DECIMALS = 6
TOLERANCE = 1e-6  # pixels between a box and itself written and read back
NO_CONFIDENCE = -1.0
PEDESTRIAN = 1  # the one class that TrackEval scores


def is_sequence(path: Path) -> bool:
    """Whether this path stands for a sequence folder rather than for the one text file."""
    return path.is_dir() or (not path.suffix and not path.is_file())


def ground_truth_file(path: Path) -> Path:
    return path / "gt" / "gt.txt" if is_sequence(path) else path


def labels_file(path: Path) -> Path:
    return ground_truth_file(path).with_name("labels.txt")


def write(path: Path, annotations: Annotations, options: ExportOptions) -> tuple[str, ...]:
    video = annotations.video
    notes = [f"Pixels are counted from {options.first_pixel}, frames from 1."]
    if is_sequence(path):
        (path / "gt").mkdir(parents=True, exist_ok=True)
        labels_file(path).write_text("".join(f"{label}\n" for label in annotations.labels), "utf-8", newline="\n")
        write_seqinfo(path / "seqinfo.ini", name=path.name, video=video)
        if video.frame_rate.denominator != 1:
            notes.append(f"The frame rate {float(video.frame_rate):.6g} is written as a whole number.")
        notes.append("Pictures are not written; seqinfo.ini names the folder img1 for them.")
    elif len(annotations.labels) > 1:
        notes.append("The file numbers its classes and has no place for their names; a sequence folder has.")
    classes = {label: position for position, label in enumerate(annotations.labels, start=1)}
    class_of = {head.id: classes[head.label] for head in annotations.tracks}
    if any(n != PEDESTRIAN for n in class_of.values()):
        notes.append("TrackEval's MOTChallenge evaluation scores class 1 only; export a single class for it.")
    occluded = sum(row.record.occluded for row in annotations.rows)
    if occluded:
        notes.append(f"{counted(occluded, 'occluded box', 'occluded boxes')} with visibility 0, all others with 1.")
    with ground_truth_file(path).open("w", encoding="utf-8", newline="\n") as file:
        for row in annotations.rows:
            file.write(_line(row, class_of[row.track_id], first_pixel=options.first_pixel))
    return tuple(notes)


def _line(row: Row, class_number: int, *, first_pixel: int) -> str:
    box = row.record.box
    assert box is not None
    place = (_number(value) for value in (box.x + first_pixel, box.y + first_pixel, box.width, box.height))
    return f"{row.frame + 1},{row.track_id},{','.join(place)},1,{class_number},{int(not row.record.occluded)}\n"


def _number(value: float) -> str:
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number (from 1) and fields of each line that is not blank."""
    for position, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield position, [field.strip() for field in line.rstrip().removesuffix(",").split(",")]


class _Entry(NamedTuple):
    """A line as read; ``class_number`` is None where it names no class."""

    frame: int  # 0-based
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
        """A score of another scale; -1 is how the format says that there is none."""
        is_said = not self.is_ground_truth and self.confidence != NO_CONFIDENCE
        return is_said and score_or_none(self.confidence) is None

    def record(self) -> BoxRecord:
        if self.is_ground_truth:
            return keyframe(self.box, occluded=0 <= self.visibility < 0.5)
        return BoxRecord(self.box, Source.TRACKER, score=score_or_none(self.confidence))


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """Boxes of a ground truth or of a tracker's result; ``video`` is what they are meant for.

    Raises:
        ExchangeError: naming the first line that makes no sense.
    """
    file = ground_truth_file(path)
    entries, notes = _entries(file, video, first_pixel=options.first_pixel)
    names = label_names(path) or options.label_names
    heads: dict[int, TrackHead] = {}
    rows: dict[tuple[int, int], Row] = {}
    strays = 0
    for position, entry in entries:
        label = _label(entry.class_number, names)
        head = heads.setdefault(entry.track_id, TrackHead(entry.track_id, label))
        strays += head.label != label
        key = entry.frame, entry.track_id
        if key in rows:
            place = f"{file}, line {position}"
            raise ExchangeError(f"{place}: track {entry.track_id} has two boxes in frame {entry.frame + 1}.")
        rows[key] = Row(entry.frame, entry.track_id, entry.record())
    if strays:
        notes.append(f"{counted(strays, 'box', 'boxes')} of another class than their track: taken as the track's.")
    found = tuple(dict.fromkeys(head.label for head in heads.values()))
    return Annotations(
        video=video,
        labels=names + tuple(label for label in found if label not in names),
        tracks=tuple(heads.values()),
        rows=tuple(rows[key] for key in sorted(rows)),
        notes=(*notes, *_notes_on_size(path, video)),
    )


def _entries(file: Path, video: VideoReference, *, first_pixel: int) -> tuple[list[tuple[int, _Entry]], list[str]]:
    entries: list[tuple[int, _Entry]] = []
    ignored = 0
    for position, fields in lines_of(read_text(file)):
        try:
            entry = _entry(fields, video, first_pixel=first_pixel)
        except ValueError as error:
            raise ExchangeError(f"{file}, line {position}: {error}.") from None
        if entry.is_ground_truth and entry.confidence == 0:
            ignored += 1
        else:
            entries.append((position, entry))
    notes = [f"{counted(ignored, 'box', 'boxes')} with the flag 0 (to be ignored): left out."] if ignored else []
    if unusable := sum(entry.has_unusable_score for _, entry in entries):
        notes.append(f"{counted(unusable, 'box', 'boxes')} with a score outside 0 to 1: its score is left out.")
    return entries, notes


def _entry(fields: list[str], video: VideoReference, *, first_pixel: int) -> _Entry:
    if len(fields) < 6:
        raise ValueError(f"{counted(len(fields), 'column')}, MOT needs frame,id,left,top,width,height and more")
    values = [number(field, "a column") for field in fields]
    if values[0] < 1:
        raise ValueError(f"frame {values[0]:g}, but MOT counts frames from 1")
    frame = frame_index(fields[0], first=1)
    track_id = whole(fields[1], "the id", low=-LARGEST_ID, high=LARGEST_ID)
    if track_id < 0:
        raise ValueError(f"the id is {track_id}: these are detections, which belong to no track")
    left, top, width, height = values[2:6]
    has_class = len(values) > 7 and values[7] >= 0
    return _Entry(
        frame=frame,
        track_id=track_id,
        box=box_within_reach(left - first_pixel, top - first_pixel, width, height, video=video),
        confidence=values[6] if len(values) > 6 else NO_CONFIDENCE,
        class_number=whole(fields[7], "the class", low=0, high=LARGEST_CLASS) if has_class else None,
        visibility=values[8] if len(values) > 8 else 1.0,
    )


def _label(class_number: int | None, names: tuple[str, ...]) -> str:
    if class_number is None:
        return names[0] if names else "object"
    return names[class_number - 1] if 1 <= class_number <= len(names) else f"class {class_number}"


def label_names(path: Path) -> tuple[str, ...]:
    """The names beside a ``gt.txt``, that of class 1 first; none where there is no such file."""
    file = labels_file(path)
    if ground_truth_file(path).name != "gt.txt" or not file.exists():
        return ()
    text = read_text(file).removesuffix("\n")
    return tuple(line.removesuffix("\r") for line in text.split("\n")) if text else ()


def _notes_on_size(path: Path, video: VideoReference) -> list[str]:
    file = path / "seqinfo.ini"
    if not file.is_file():
        return []
    values = read_seqinfo(file)
    made_for = (values.get("imWidth", str(video.width)), values.get("imHeight", str(video.height)))
    if made_for == (str(video.width), str(video.height)):
        return []
    return [
        f"Made for pictures of {' x '.join(map(shortened, made_for))}; this video has {video.width} x {video.height}."
    ]
