"""MOTChallenge sequences: ``NAME/{gt/gt.txt, seqinfo.ini, img1/000001.jpg ...}``, or a video in place of ``img1/``.

A row is ``frame,id,left,top,width,height,flag,class,visibility`` (TrackEval, docs/MOTChallenge-format.txt). Frames,
identities and pixels count from 1, so the left-top pixel is 1, 1. A picture belongs to the frame of its number. Rows
are left out if they are flagged 0 (to be ignored), have no identity or a class that is no target, or if the target is
hardly visible, because such a box mostly shows what covers it.

``gt/labels.txt`` names the classes if it is there; else they are numbered as in MOT16.
"""

from __future__ import annotations

import configparser
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tracker_core.evaluation.frames import PICTURE_SUFFIXES, VIDEO_SUFFIXES, FrameFiles, read_picture
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.images import Image
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.reader import AnnotatedPicture, Note, SourceError, SourceReader, box_or_none, mark_of

CLASSES = (
    "pedestrian", "person on vehicle", "car", "bicycle", "motorbike", "non-motorised vehicle", "static person",
    "distractor", "occluder", "occluder on ground", "full occluder", "reflection", "crowd",
)  # fmt: skip
NO_TARGETS = frozenset(CLASSES[CLASSES.index("occluder") :])
LEAST_VISIBLE = 0.3
FIRST_PIXEL = 1


def readers_in(folder: Path, files: Sequence[str]) -> list[SourceReader]:
    return [MotReader(folder)] if "seqinfo.ini" in files or (folder / "gt" / "gt.txt").is_file() else []


@dataclass(frozen=True, slots=True)
class MotReader:
    path: Path  # the folder of the sequence
    kind: Literal["video"] = "video"

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}.{self.path.name}"

    @property
    def _truth_file(self) -> Path:
        return self.path / "gt" / "gt.txt"

    def mark(self) -> str:
        return mark_of([self._truth_file])

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        if not self._truth_file.is_file():
            raise SourceError(f"{self.path} has no gt/gt.txt; a test sequence has no truth to learn from")
        targets = _targets(self._truth_file, note)
        for frame, image in _frames(self.path, targets, note):
            yield image, targets[frame]


def _targets(truth_file: Path, note: Note) -> dict[int, list[Instance]]:
    """The targets by frame, in order; frames count from 1, and frames without targets are missing."""
    names = _class_names(truth_file.with_name("labels.txt"))
    targets: dict[int, list[Instance]] = {}
    text = truth_file.read_text("utf-8-sig", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{truth_file.name}, line {number}"
        try:
            frame, instance = _instance(line, names)
        except ValueError as problem:
            note(str(problem), where)
            continue
        if any(other.track == instance.track for other in targets.get(frame, [])):
            note("second box of an identity in a frame", where)
            continue
        targets.setdefault(frame, []).append(instance)
    return dict(sorted(targets.items()))


def _instance(line: str, names: Sequence[str]) -> tuple[int, Instance]:
    """Parse a row into its frame and its target.

    Raises:
        ValueError: if the row is left out; the text is the reason.
    """
    fields = line.strip().removesuffix(",").split("," if "," in line else None)
    try:
        values = [float(field) for field in fields]
        frame, identity = int(values[0]), int(values[1])
        left, top, width, height = values[2:6]
    except (ValueError, IndexError, OverflowError):
        raise ValueError("invalid row") from None
    flag = values[6] if len(values) > 6 else 1.0
    class_number = values[7] if len(values) > 7 else -1.0
    visibility = values[8] if len(values) > 8 else -1.0
    if identity < 0 or frame < 1:
        raise ValueError("row without an identity or a frame")
    if flag == 0:
        raise ValueError("box flagged to be ignored")
    if 0 <= visibility < LEAST_VISIBLE:
        raise ValueError("target mostly hidden")
    named = 1 <= class_number <= len(names)
    name = names[int(class_number) - 1] if named else ""
    if names is CLASSES and name in NO_TARGETS:
        raise ValueError("class that is not a target")
    box = box_or_none(left - FIRST_PIXEL, top - FIRST_PIXEL, width, height)
    if box is None:
        raise ValueError("broken box")
    return frame, Instance(identity, name, box)


def _class_names(labels_file: Path) -> Sequence[str]:
    return labels_file.read_text("utf-8", errors="replace").splitlines() if labels_file.is_file() else CLASSES


def _frames(folder: Path, wanted: Collection[int], note: Note) -> Iterator[tuple[int, Image]]:
    """The wanted frames that exist, in order."""
    pictures = _numbered_pictures(folder / _picture_folder(folder, note))
    frames = _picture_frames(pictures, wanted, note) if pictures else _video_frames(folder, wanted)
    last = 0
    for last, image in frames:
        yield last, image
    for frame in wanted:
        if frame not in pictures if pictures else frame > last:
            note("missing frame", f"frame {frame}")


def _picture_frames(pictures: Mapping[int, Path], wanted: Iterable[int], note: Note) -> Iterator[tuple[int, Image]]:
    for frame in wanted:
        if frame not in pictures:
            continue
        try:
            image = read_picture(pictures[frame])
        except SequenceError:
            note("unreadable image", pictures[frame].name)
            continue
        yield frame, image


def _video_frames(folder: Path, wanted: Collection[int]) -> Iterator[tuple[int, Image]]:
    videos = sorted(path for path in folder.iterdir() if path.suffix.lower() in VIDEO_SUFFIXES)
    if len(videos) != 1:
        raise SourceError(f"{folder} holds neither pictures in img1 nor one video")
    _, frames = FrameFiles((videos[0],), is_video=True).frames()
    for frame, image in enumerate(frames(), start=1):
        if frame in wanted:
            yield frame, image


def _picture_folder(folder: Path, note: Note) -> str:
    """The folder that ``seqinfo.ini`` names."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read(folder / "seqinfo.ini", "utf-8-sig")
    except (configparser.Error, UnicodeDecodeError):
        note("unreadable seqinfo.ini", folder.name)
        return "img1"  # after an error the parser cannot be queried
    return parser.get("Sequence", "imDir", fallback="img1")


def _numbered_pictures(folder: Path) -> dict[int, Path]:
    if not folder.is_dir():
        return {}
    pictures = (path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES)
    return {int(path.stem): path for path in pictures if path.stem.isdecimal()}
