"""VOT: a folder a target with ``groundtruth.txt``, a region a frame, pixels from 0, and ``list.txt`` beside them.

A region is ``left,top,width,height``, or with the option the four corners ``x1,y1,...,x4,y4``; its outermost pixels are
its corners, as VOT's own code makes a polygon of a rectangle. A frame without the target is the one number 0. The file
``sequence`` says where the pictures are, and ``occlusion.tag`` in which frames the target is occluded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions
from app.exchange.bounds import box_within_reach
from app.exchange.errors import ExchangeError, read_text
from app.exchange.findings import Findings
from app.exchange.format import Holds, Written
from app.exchange.otb import folder_of, row_of
from app.exchange.single_target import (
    HOLDS as COMMON_HOLDS,
)
from app.exchange.single_target import (
    LIST,
    Target,
    check_targets,
    labels_of,
    read_targets,
    record_of,
    sequence_folders,
    write_lines,
    write_targets,
)
from app.exchange.text_lines import decimal, numbered_lines
from app.model.box_record import BoxRecord
from app.model.project import VideoReference
from tracker_core.evaluation.regions import Polygon, polygon_of_box
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.evaluation.truth_files import read_regions
from tracker_core.geometry import Box

HOLDS = COMMON_HOLDS | {Holds.OCCLUDED}
TOLERANCE = 2e-6  # two corners, each rounded
TRUTH, ABOUT, OCCLUDED = "groundtruth.txt", "sequence", "occlusion.tag"
NO_REGION = "0"


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    video = annotations.video

    def write_one(folder: Path, target: Target) -> None:
        write_lines(folder / TRUTH, [_region(box, polygons=options.polygons) for box in target.boxes])
        occluded = target.flags(lambda record: record is not None and record.occluded)
        write_lines(folder / OCCLUDED, [str(flag) for flag in occluded])
        write_lines(folder / ABOUT, [
            f"name={folder.name}", f"fps={float(video.frame_rate / target.frames.step):.6g}", "format=default",
            "channel.default=color", f"channels.color=color/%08d.{options.pictures or 'jpg'}", f"width={video.width}",
            f"height={video.height}", f"length={len(target.frames)}",
        ])  # fmt: skip

    notes, pictures = write_targets(
        path, annotations, options, folder_of=folder_of,
        picture_of=lambda position, suffix: f"color/{position:08d}{suffix}", write_one=write_one, jpg_only=False,
    )  # fmt: skip
    return Written(tuple(notes), pictures)


def _region(box: Box | None, *, polygons: bool) -> str:
    if box is None:
        return NO_REGION
    if not polygons:
        return row_of(box, first_pixel=0)
    corners = polygon_of_box(np.array(box.as_tuple(), dtype=np.float64))
    return ",".join(decimal(value) for value in corners.ravel().tolist())


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """The upright boxes around the regions: rectangles, polygons or masks.

    Raises:
        ExchangeError: naming the first invalid line.
    """

    def records_of(file: Path, video: VideoReference) -> Sequence[BoxRecord]:
        boxes = _boxes(file, video)
        occluded = labels_of(file.with_name(OCCLUDED), len(boxes))
        return [record_of(box, occluded=bool(flag)) for box, flag in zip(boxes, occluded, strict=True)]

    return read_targets(path, video, options, truth=TRUTH, records_of=records_of)


def _boxes(file: Path, video: VideoReference) -> list[Box | None]:
    read_text(file)  # for our own message if it is missing or not a text
    try:
        regions = read_regions(file)
    except SequenceError as error:
        raise ExchangeError(str(error)) from None
    positions = [position for position, _ in numbered_lines(file)]
    boxes: list[Box | None] = []
    for position, region in zip(positions, regions, strict=True):
        if region is None:
            boxes.append(None)
            continue
        left, top, right, bottom = _bounds(region)
        try:
            boxes.append(box_within_reach(left, top, right - left + 1, bottom - top + 1, video=video))
        except ValueError as error:
            raise ExchangeError(f"{file}, line {position}: {error}.") from None
    return boxes


def _bounds(region: Polygon) -> tuple[float, float, float, float]:
    """The outermost pixels. If a box is thinner than a pixel, the right one is before the left one."""
    corners = region.tolist()
    if len(corners) == 4:
        (left, top), (right, other_top), (other_right, bottom), (other_left, other_bottom) = corners
        is_upright = (left, top, right, bottom) == (other_left, other_top, other_right, other_bottom)
        if is_upright and right > left - 1 and bottom > top - 1:
            return left, top, right, bottom
    (left, top), (right, bottom) = region.min(axis=0).tolist(), region.max(axis=0).tolist()
    return left, top, right, bottom


def check(path: Path) -> list[str]:
    """
    Raises:
        ExchangeError: if a file cannot be read at all.
    """
    folders = sequence_folders(path, TRUTH)
    for folder in folders:
        if any(line.startswith("m") for _, line in numbered_lines(folder / TRUTH)):
            return Findings().lines()  # masks: their own reader reports what it cannot read
    findings = check_targets(path, TRUTH, pictures="color")
    for folder in folders:
        about = read_text(folder / ABOUT) if (folder / ABOUT).is_file() else ""
        for key in ("channels.color", "channel.default", "fps"):
            if not any(line.startswith(f"{key}=") for line in about.splitlines()):
                findings.add(f"{folder.name}/{ABOUT}", f"{key} is missing")
        for position, line in numbered_lines(folder / TRUTH):
            count = len(line.replace(",", " ").split())
            if count not in (1, 4) and (count < 6 or count % 2):
                findings.add(f"{folder.name}/{TRUTH}, line {position}", "a region has 4 numbers, or 6, 8 and on")
            elif line.lower() == "nan":
                findings.add(f"{folder.name}/{TRUTH}, line {position}", "a frame without a region is the number 0")
    if folders != [path] and not (path / LIST).is_file():
        findings.add(LIST, "this file is missing, and readers go by it")
    return findings.lines()
