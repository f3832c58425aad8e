"""OTB: ``groundtruth_rect.txt`` with ``left,top,width,height`` a frame, pixels from 1, pictures ``img/0001.jpg``.

A frame without the target is a row of zeros: the toolkits leave boxes without area out. All of them can read that; the
format itself has no absence.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, TrackHead
from app.exchange.format import Written
from app.exchange.single_target import (
    HOLDS,
    Target,
    boxes_of,
    check_targets,
    folder_name,
    read_targets,
    record_of,
    write_lines,
    write_targets,
)
from app.exchange.text_lines import TOLERANCE, decimal
from app.model.box_record import BoxRecord
from app.model.project import VideoReference
from tracker_core.geometry import Box

__all__ = ["HOLDS", "TOLERANCE"]

TRUTH = "groundtruth_rect.txt"
NO_BOX = "0,0,0,0"
JUDGES = "Toolkits evaluate only the sequences that OTB itself has; add the names of these folders to their lists."


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    def write_one(folder: Path, target: Target) -> None:
        write_lines(folder / TRUTH, [row_of(box, first_pixel=options.first_pixel) for box in target.boxes])

    notes, pictures = write_targets(
        path, annotations, options, folder_of=folder_of,
        picture_of=lambda position, suffix: f"img/{position:04d}{suffix}", write_one=write_one,
    )  # fmt: skip
    return Written((f"Pixels are counted from {options.first_pixel}.", *notes, JUDGES), pictures)


def folder_of(head: TrackHead) -> str:
    return f"{folder_name(head.label)}-{head.id}"


def row_of(box: Box | None, *, first_pixel: int) -> str:
    if box is None:
        return NO_BOX
    return ",".join(map(decimal, (box.x + first_pixel, box.y + first_pixel, box.width, box.height)))


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """
    Raises:
        ExchangeError: naming the first invalid line.
    """

    def records_of(file: Path, video: VideoReference) -> Sequence[BoxRecord]:
        return [record_of(box) for box in boxes_of(file, video, first_pixel=options.first_pixel)]

    return read_targets(path, video, options, truth=TRUTH, records_of=records_of)


def check(path: Path) -> list[str]:
    """
    Raises:
        ExchangeError: if a file cannot be read at all.
    """
    return check_targets(path, TRUTH, pictures="img").lines()
