"""Shared by the formats of single-object tracking: a folder a target, a row a frame, from its first box to its last.
Their readers start a tracker in the first frame of a folder and expect a picture for each row, so a project with
several tracks becomes a folder of such folders. A frame in which the target is unknown is written as absent.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, TrackHead
from app.exchange.bounds import box_within_reach, number
from app.exchange.errors import ExchangeError, read_text, shortened
from app.exchange.findings import Findings
from app.exchange.format import Holds
from app.exchange.gathering import Gathering
from app.exchange.origin import FrameOf, read_origin, write_origin
from app.exchange.text_lines import at_line, numbered_lines
from app.model.box_record import BoxRecord, keyframe
from app.model.project import VideoReference
from app.model.words import counted
from tracker_core.geometry import Box

HOLDS = frozenset({Holds.TRACKS, Holds.LABELS})
LIST = "list.txt"

Numbers = list[float]

_LABEL_AND_NUMBER = re.compile(r"(.+)-(\d{1,9})")
_NO_FOLDER_NAME = re.compile(r'[\\/:*?"<>|\s.]+')
_LONGEST_FOLDER_NAME = 80


@dataclass(frozen=True, slots=True)
class Target:
    """One track as a folder: a record a frame, None if the target is absent or unknown."""

    head: TrackHead
    frames: range
    records: Sequence[BoxRecord | None]

    @property
    def boxes(self) -> Iterator[Box | None]:
        return (None if record is None else record.box for record in self.records)

    def flags(self, is_set: Callable[[BoxRecord | None], bool]) -> list[int]:
        """0 or 1 for each frame."""
        return [int(is_set(record)) for record in self.records]


def folder_name(text: str) -> str:
    """A text as a folder name that every system allows."""
    return _NO_FOLDER_NAME.sub("_", text)[:_LONGEST_FOLDER_NAME].strip("_-") or "object"


def targets(annotations: Annotations) -> Iterator[Target]:
    """Each track from its first box to its last."""
    records: dict[int, dict[int, BoxRecord]] = defaultdict(dict)
    for row in annotations.rows:
        records[row.track_id][row.frame] = row.record
    for head in annotations.tracks:
        shown = records[head.id]
        first, last = annotations.frames.index(min(shown)), annotations.frames.index(max(shown))
        frames = annotations.frames[first : last + 1]
        yield Target(head, frames, [shown.get(frame) for frame in frames])


def write_targets(
    path: Path,
    annotations: Annotations,
    options: ExportOptions,
    *,
    folder_of: Callable[[TrackHead], str],
    picture_of: Callable[[int, str], str],
    write_one: Callable[[Path, Target], None],
    jpg_only: bool = True,
) -> tuple[list[str], dict[int, list[Path]]]:
    """Write each target into its folder.

    Args:
        folder_of: the folder of a track, below ``path``.
        picture_of: from a frame, counted from 1, and a suffix to the picture's path below the target's folder.
        write_one: writes the format's files into an existing folder.
        jpg_only: whether the format's own toolkits take no other pictures.

    Returns: notes, and the pictures' paths by frame, if asked for.
    """
    if options.keyframes_only:
        raise ExchangeError("This format has a row for every frame; export all boxes and not the keyframes only.")
    if not annotations.tracks:
        raise ExchangeError("There is no track to write, and this format has a folder for each.")
    path.mkdir(exist_ok=True)
    pictures: dict[int, list[Path]] = defaultdict(list)
    absent = 0
    starts = []
    of_one_frame: set[int] = set()
    for target in targets(annotations):
        folder = path / folder_of(target.head)
        folder.mkdir(parents=True, exist_ok=True)
        write_one(folder, target)
        write_origin(folder, annotations.video.name, target.frames, target.head)
        absent += sum(record is None for record in target.records)
        if len(target.records) == 1:
            of_one_frame.add(target.head.id)
        starts.append(f"{folder.relative_to(path).as_posix()} begins with frame {target.frames.start}")
        for position, frame in enumerate(target.frames, start=1):
            if options.pictures:
                pictures[frame].append(folder / picture_of(position, f".{options.pictures}"))
    write_lines(path / LIST, [folder_of(head) for head in annotations.tracks])
    notes = [f"A folder a track: {'; '.join(starts[:_MOST_STARTS])}{'; …' if len(starts) > _MOST_STARTS else ''}."]
    if absent:
        notes.append(f"{counted(absent, 'frame')} without a box between the first and the last: written as absent.")
    if single := [folder_of(head) for head in annotations.tracks if head.id in of_one_frame]:
        more = f" and {len(single) - 1} more" if len(single) > 1 else ""
        notes.append(f"{single[0]}{more} shows its target in a single frame: toolkits have nothing to follow there.")
    if not options.pictures:
        notes.append("Pictures are not written; readers expect one for each row.")
    elif options.pictures != "jpg" and jpg_only:
        notes.append("The toolkits of this format look for .jpg pictures only.")
    return notes, pictures


_MOST_STARTS = 5


def read_targets(
    path: Path,
    video: VideoReference,
    options: ImportOptions,
    *,
    truth: str,
    records_of: Callable[[Path, VideoReference], Sequence[BoxRecord]],
    label_of: Callable[[Path], str] = lambda folder: "",
) -> Annotations:
    """The targets of ``video`` in a folder that is one target, or a folder of such folders.

    Args:
        truth: the file that marks a target's folder; the same name with a number is a further target.
        records_of: a record a frame from a truth file.
        label_of: the label that a folder gives its target; empty if none.

    Raises:
        ExchangeError: if nothing is there, or naming the first invalid line.
    """
    gathering = Gathering(video)
    for folder in _folders_of(path, video, truth):
        for file in truth_files(folder, truth):
            origin = read_origin(folder)
            label, track_id = _label_and_id(folder, gathering.heads)
            label = label_of(folder) or label
            if origin is not None and origin.track_id is not None:
                label, track_id = origin.label or label, origin.track_id
            if track_id in gathering.heads:
                track_id = max(gathering.heads) + 1
            frame_of = FrameOf(options if origin is None else ImportOptions(), folder)
            gathering.heads[track_id] = TrackHead(track_id, label)
            was_absent = True
            for position, record in enumerate(records_of(file, video)):
                if not (record.absent and was_absent):  # one absence holds for the following frames
                    gathering.add(frame_of(position), track_id, label, record)
                was_absent = record.absent
    return gathering.annotations(states_absences=True)


def truth_files(folder: Path, truth: str) -> list[Path]:
    """``groundtruth_rect.txt``, or for several targets ``groundtruth_rect.1.txt`` and on."""
    if (folder / truth).is_file():
        return [folder / truth]
    if not folder.is_dir():  # its name may be one that no system takes, which glob would not bear
        return []
    stem, suffix = truth.rsplit(".", 1)
    return sorted(folder.glob(f"{stem}.*.{suffix}"))


def sequence_folders(path: Path, truth: str) -> list[Path]:
    """The folder itself, or those in its ``list.txt``, or its folders, or (LaSOT) those in its class folders.

    Raises:
        ExchangeError: if there is none.
    """
    listed = [path / line for _, line in numbered_lines(path / LIST)] if (path / LIST).is_file() else []
    if listed and not truth_files(path, truth):
        if missing := [folder for folder in listed if not truth_files(folder, truth)]:
            raise ExchangeError(f"{path / LIST} names {shortened(missing[0].name)}, which has no file {truth}.")
        return listed
    for depth in ("", "*", "*/*"):
        found = sorted(folder for folder in path.glob(depth) if folder.is_dir()) if depth else [path]
        folders = [folder for folder in found if truth_files(folder, truth)]
        if folders:
            return folders
    raise ExchangeError(f"{path} holds no folder with the file {truth} in it." if path.is_dir() else
                        f"{path} is not a folder; give the one that holds {truth}.")  # fmt: skip


def _folders_of(path: Path, video: VideoReference, truth: str) -> list[Path]:
    folders = sequence_folders(path, truth)
    origins = {folder: read_origin(folder) for folder in folders}
    ours = [folder for folder, origin in origins.items() if origin is not None and origin.video in ("", video.name)]
    if ours:
        return ours
    named = [folder for folder in folders if folder.name == video.name]
    if named or len(folders) == 1:
        return named or folders
    raise ExchangeError(
        f"{path} holds {len(folders)} sequences, and none is called {shortened(video.name)}; give the folder of one."
    )


def _label_and_id(folder: Path, taken: dict[int, TrackHead]) -> tuple[str, int]:
    found = _LABEL_AND_NUMBER.fullmatch(folder.name)
    if found:
        return found[1], int(found[2])
    return folder.name, max(taken, default=0) + 1


def rows_of(file: Path) -> Iterator[tuple[int, Numbers]]:
    """Line number and numbers of each row, separated by commas, tabs or spaces; NaN is allowed.

    Raises:
        ExchangeError: naming the line.
    """
    for position, line in numbered_lines(file):
        with at_line(file, position):
            words = re.split(r"\s*,\s*|\s+", line.removesuffix(","))
            yield position, [math.nan if word.lower() == "nan" else number(word, "a value") for word in words]


def boxes_of(file: Path, video: VideoReference, *, first_pixel: int) -> list[Box | None]:
    """A box for each row ``left, top, width, height``; None for a row without area or with NaN.

    Raises:
        ExchangeError: naming the invalid line.
    """
    boxes: list[Box | None] = []
    for position, row in rows_of(file):
        with at_line(file, position):
            if len(row) != 4:
                raise ValueError(f"{counted(len(row), 'number')}, but a row is left, top, width, height")
            if any(map(math.isnan, row)) or min(row[2:]) <= 0:
                boxes.append(None)
            else:
                x, y, width, height = row
                boxes.append(box_within_reach(x - first_pixel, y - first_pixel, width, height, video=video))
    return boxes


def labels_of(file: Path, rows: int) -> list[float]:
    """A number for each row, in lines or in one line with commas; zeros if the file is missing or too short.

    Raises:
        ExchangeError: if there are more labels than rows, or one is not a number.
    """
    if not file.is_file():
        return [0.0] * rows
    labels: list[float] = []
    for position, line in numbered_lines(file):
        with at_line(file, position):
            labels += [number(word, "a label") for word in re.split(r"[\s,]+", line.strip(", "))]
    if len(labels) > rows:
        raise ExchangeError(f"{file} has {len(labels)} labels, but the truth beside it has {rows} rows.")
    return labels + [0.0] * (rows - len(labels))


def record_of(box: Box | None, *, occluded: bool = False) -> BoxRecord:
    """A person's record: the box, or that the target is absent."""
    return keyframe(box, occluded=occluded and box is not None)


def write_lines(file: Path, lines: Sequence[str]) -> None:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def check_targets(path: Path, truth: str, *, labels: Sequence[str] = (), pictures: str = "") -> Findings:
    """What breaks the readers of folders of targets.

    Args:
        labels: files with one label for each row.
        pictures: the pictures' folder below the target's; checked if it holds any.

    Raises:
        ExchangeError: if a file cannot be read at all.
    """
    findings = Findings()
    for folder in sequence_folders(path, truth):
        for file in truth_files(folder, truth):
            rows = [row for _, row in rows_of(file)]
            place = f"{folder.name}/{file.name}"
            if not rows or len(rows[0]) == 1 or any(map(math.isnan, rows[0])) or _is_flat(rows[0]):
                findings.add(place, "the first row has no box, and a tracker starts from it")
            for name in labels:
                if not (folder / name).is_file():
                    findings.add(f"{folder.name}/{name}", "this file is missing")
                elif (found := len(labels_in(folder / name))) != len(rows):
                    findings.add(f"{folder.name}/{name}", "labels, but another number of rows", f"{found} ")
            shown = [item for item in (folder / pictures).glob("*") if item.suffix.lower() in (".jpg", ".png")]
            if shown and len(shown) != len(rows):
                findings.add(place, "pictures, but another number of rows", f"{len(shown)} ")
    return findings


def labels_in(file: Path) -> list[str]:
    return re.findall(r"[^\s,]+", read_text(file))


def _is_flat(row: Numbers) -> bool:
    return len(row) == 4 and min(row[2:]) <= 0
