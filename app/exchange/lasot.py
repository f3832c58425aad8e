"""LaSOT: ``CLASS/CLASS-N/groundtruth.txt`` with ``left,top,width,height`` a frame, pixels from 1.

``full_occlusion.txt`` and ``out_of_view.txt`` have a 0 or 1 a frame, in one line with commas; in such a frame nothing
can be seen of the target. A project calls that absent, and writes it as out of view.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, TrackHead
from app.exchange.format import Written
from app.exchange.otb import row_of
from app.exchange.single_target import (
    HOLDS,
    Target,
    boxes_of,
    check_targets,
    folder_name,
    labels_of,
    read_targets,
    record_of,
    write_lines,
    write_targets,
)
from app.exchange.text_lines import TOLERANCE
from app.model.box_record import BoxRecord
from app.model.project import VideoReference

__all__ = ["HOLDS", "TOLERANCE"]

TRUTH = "groundtruth.txt"
HIDDEN, OUTSIDE = "full_occlusion.txt", "out_of_view.txt"
JUDGES = "Toolkits evaluate only the sequences that LaSOT itself has; add the names of these folders to their lists."


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    def write_one(folder: Path, target: Target) -> None:
        write_lines(folder / TRUTH, [row_of(box, first_pixel=options.first_pixel) for box in target.boxes])
        outside = target.flags(lambda record: record is None)
        write_lines(folder / HIDDEN, [",".join("0" for _ in outside)])
        write_lines(folder / OUTSIDE, [",".join(map(str, outside))])

    notes, pictures = write_targets(
        path, annotations, options, folder_of=_folder_of,
        picture_of=lambda position, suffix: f"img/{position:08d}{suffix}", write_one=write_one,
    )  # fmt: skip
    return Written((f"Pixels are counted from {options.first_pixel}.", *notes, JUDGES), pictures)


def _folder_of(head: TrackHead) -> str:
    name = folder_name(head.label)
    return f"{name}/{name}-{head.id}"


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """
    Raises:
        ExchangeError: naming the first invalid line.
    """

    def records_of(file: Path, video: VideoReference) -> Sequence[BoxRecord]:
        boxes = boxes_of(file, video, first_pixel=options.first_pixel)
        labels = (labels_of(file.with_name(name), len(boxes)) for name in (HIDDEN, OUTSIDE))
        return [record_of(None if any(unseen) else box) for box, *unseen in zip(boxes, *labels, strict=True)]

    return read_targets(path, video, options, truth=TRUTH, records_of=records_of)


def check(path: Path) -> list[str]:
    """
    Raises:
        ExchangeError: if a file cannot be read at all.
    """
    return check_targets(path, TRUTH, labels=(HIDDEN, OUTSIDE), pictures="img").lines()
