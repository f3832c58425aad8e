"""GOT-10k: a folder a target with ``groundtruth.txt`` (``left,top,width,height`` a frame, pixels from 0) and labels.

``absence.label`` is 1 where the target is absent, ``cover.label`` says how much of it is seen in eighths, and
``cut_by_image.label`` is 1 where it reaches over the border. A project only knows whether a person said "occluded",
which is written as 3 eighths; less than half seen is read as occluded. Toolkits read ``meta_info.ini`` by line number,
so its lines are where they expect them. ``list.txt`` names the folders.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions
from app.exchange.errors import read_text
from app.exchange.format import Holds, Written
from app.exchange.otb import folder_of, row_of
from app.exchange.single_target import (
    HOLDS as COMMON_HOLDS,
)
from app.exchange.single_target import (
    LIST,
    Target,
    boxes_of,
    check_targets,
    labels_of,
    read_targets,
    record_of,
    sequence_folders,
    write_lines,
    write_targets,
)
from app.exchange.text_lines import TOLERANCE
from app.model.box_record import BoxRecord
from app.model.project import VideoReference

__all__ = ["HOLDS", "TOLERANCE"]

HOLDS = COMMON_HOLDS | {Holds.OCCLUDED}
TRUTH, META = "groundtruth.txt", "meta_info.ini"
ABSENCE, COVER, CUT = "absence.label", "cover.label", "cut_by_image.label"
ALL_SEEN, HALF_SEEN, OCCLUDED = 8, 4, 3  # eighths
OBJECT_CLASS_LINE = 5  # of meta_info.ini, from 0


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video = annotations.video

    def cover(record: BoxRecord | None) -> int:
        return 0 if record is None else OCCLUDED if record.occluded else ALL_SEEN

    def is_cut(record: BoxRecord | None) -> bool:
        box = None if record is None else record.box
        return box is not None and (box.x < 0 or box.y < 0 or box.right > video.width or box.bottom > video.height)

    def write_one(folder: Path, target: Target) -> None:
        write_lines(folder / TRUTH, [row_of(box, first_pixel=0) for box in target.boxes])
        write_lines(folder / ABSENCE, [str(flag) for flag in target.flags(lambda record: record is None)])
        write_lines(folder / COVER, [str(cover(record)) for record in target.records])
        write_lines(folder / CUT, [str(flag) for flag in target.flags(is_cut)])
        write_lines(folder / META, _meta_lines(video, target))

    notes, pictures = write_targets(
        path, annotations, options, folder_of=folder_of,
        picture_of=lambda position, suffix: f"{position:08d}{suffix}", write_one=write_one,
    )  # fmt: skip
    return Written(tuple(notes), pictures)


def _meta_lines(video: VideoReference, target: Target) -> list[str]:
    # The frame rate ends in a word of three characters, because VOT's reader cuts off that many.
    return [
        "[METAINFO]", "url: ", f"begin: {target.frames.start}", f"end: {target.frames[-1]}",
        f"anno_fps: {max(1, round(video.frame_rate / target.frames.step))}fps", f"object_class: {target.head.label}",
        "motion_class: ", "major_class: ", "root_class: ", "motion_adverb: ",
        f"resolution: ({video.width}, {video.height})",
    ]  # fmt: skip


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """
    Raises:
        ExchangeError: naming the first invalid line.
    """

    def records_of(file: Path, video: VideoReference) -> Sequence[BoxRecord]:
        boxes = boxes_of(file, video, first_pixel=0)
        absent = labels_of(file.with_name(ABSENCE), len(boxes))
        has_cover = file.with_name(COVER).is_file()
        cover = labels_of(file.with_name(COVER), len(boxes)) if has_cover else [float(ALL_SEEN)] * len(boxes)
        return [
            record_of(None if is_absent or seen == 0 else box, occluded=seen < HALF_SEEN)
            for box, is_absent, seen in zip(boxes, absent, cover, strict=True)
        ]

    return read_targets(path, video, options, truth=TRUTH, records_of=records_of, label_of=_object_class)


def _object_class(folder: Path) -> str:
    file = folder / META
    found = re.search(r"^object_class:[ \t]*(.*)$", read_text(file), re.MULTILINE) if file.is_file() else None
    return found[1].strip() if found else ""


def check(path: Path) -> list[str]:
    """
    Raises:
        ExchangeError: if a file cannot be read at all.
    """
    findings = check_targets(path, TRUTH, labels=(ABSENCE, COVER, CUT))
    folders = sequence_folders(path, TRUTH)
    for folder in folders:
        lines = read_text(folder / META).splitlines() if (folder / META).is_file() else []
        if not lines or lines[0].strip() != "[METAINFO]":
            findings.add(f"{folder.name}/{META}", "this file is missing, or does not begin with [METAINFO]")
        elif len(lines) <= OBJECT_CLASS_LINE or not lines[OBJECT_CLASS_LINE].startswith("object_class:"):
            findings.add(f"{folder.name}/{META}", "readers take line 6 for object_class, and it is another one")
    if folders != [path] and not (path / LIST).is_file():
        findings.add(LIST, "this file is missing, and readers go by it")
    return findings.lines()
