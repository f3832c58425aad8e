"""Crops by track: the inside of each box as a picture, for re-identification or to look through.

``LABEL-ID/000013.jpg`` is the crop of the frame that is picture 13, counted from 1 as in every folder of ours.
``crops.csv`` says of each crop what it shows and which pixels of the frame it is.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, Row
from app.exchange.errors import ExchangeError
from app.exchange.format import OnStep, Rendered
from app.exchange.picture_names import DIGITS
from app.exchange.pictures import encoded, frames_of, notes_on_damage
from app.exchange.single_target import folder_name
from app.model.project import VideoReference
from app.model.words import counted
from tracker_core.geometry import Box

TABLE = "crops.csv"
HEADING = ("file", "track", "label", "frame", "x", "y", "width", "height", "source", "occluded")

Pixels = tuple[int, int, int, int]  # left, top, right, bottom; the last two are the first outside


def render(path: Path, annotations: Annotations, options: ExportOptions, on_step: OnStep) -> Rendered:
    """
    Raises:
        ExchangeError: if there is nothing to cut, or the video cannot be read.
        OSError: if a picture cannot be written.
    """
    suffix = f".{options.pictures or 'jpg'}"
    head_of = {head.id: head for head in annotations.tracks}
    wanted, outside = _wanted(annotations, options.margin)
    if not wanted:
        raise ExchangeError("There is no box inside the picture, so nothing can be cut out.")
    path.mkdir(exist_ok=True)
    cut = 0
    with (
        frames_of(annotations.video, on_step) as frames,
        (path / TABLE).open("w", encoding="utf-8", newline="") as file,
    ):
        table = csv.writer(file, lineterminator="\n")
        table.writerow(HEADING)
        for done, (frame, crops) in enumerate(wanted.items()):
            on_step(f"cutting frame {done + 1:,} of {len(wanted):,}")
            image = frames.read(frame)
            if frame in frames.damaged[-1:]:  # a stand-in from another moment, which the box does not fit
                continue
            for row, (left, top, right, bottom) in crops:
                head, record = head_of[row.track_id], row.record
                name = f"{folder_name(head.label)}-{head.id}/{frame + 1:0{DIGITS}d}{suffix}"
                (path / name).parent.mkdir(exist_ok=True)
                (path / name).write_bytes(encoded(image[top:bottom, left:right], suffix))
                table.writerow([
                    name, head.id, head.label, frame, left, top, right - left, bottom - top, record.source,
                    int(record.occluded),
                ])  # fmt: skip
                cut += 1
    notes = notes_on_damage(frames.damaged, "nothing was cut from them")
    if outside:
        notes = (*notes, f"{counted(outside, 'box', 'boxes')} outside the picture: left out.")
    return Rendered(cut, notes)


def _wanted(annotations: Annotations, margin: float) -> tuple[dict[int, list[tuple[Row, Pixels]]], int]:
    """What to cut out of each frame, in order of frames, and how many boxes contain no pixel of the picture."""
    wanted: dict[int, list[tuple[Row, Pixels]]] = defaultdict(list)
    outside = 0
    for row in annotations.rows:
        assert row.record.box is not None
        pixels = pixels_in(row.record.box, annotations.video, margin=margin)
        if pixels is None:
            outside += 1
        else:
            wanted[row.frame].append((row, pixels))
    return wanted, outside


def pixels_in(box: Box, video: VideoReference, *, margin: float) -> Pixels | None:
    """The whole pixels that a box with its margin touches, cut at the border; None if it touches none."""
    if box.right <= 0 or box.bottom <= 0 or box.x >= video.width or box.y >= video.height:
        return None
    wide, high = margin * box.width, margin * box.height
    left, top = max(0, math.floor(box.x - wide)), max(0, math.floor(box.y - high))
    right, bottom = min(video.width, math.ceil(box.right + wide)), min(video.height, math.ceil(box.bottom + high))
    return left, top, right, bottom
