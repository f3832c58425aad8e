"""Folders of one sequence each: OTB, GOT-10k, LaSOT, VOT and plain ones, in the layouts that ``evaluate`` reads.

The truth is read by ``tracker_core.evaluation.folders``. Everything usable is used, even if a sequence begins without
its target, a picture is broken or a video ends early. Several targets in one folder (OTB) become tracks of one source.
If the numbers of pictures and rows differ, the source is refused, because nobody knows which belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.folders import Truth, files_beside, read_truth, truth_files_in
from tracker_core.evaluation.frames import FrameFiles, read_picture
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.reader import AnnotatedPicture, Note, SourceError, SourceReader, mark_of

LABELS = ("absence.label", "cover.label", "full_occlusion.txt", "out_of_view.txt")


def readers_in(folder: Path, files: Sequence[str]) -> list[SourceReader]:
    is_sequence = any(name == "groundtruth.txt" or _is_rectangles(name) for name in files)
    return [SequenceReader(folder)] if is_sequence else []


def _is_rectangles(name: str) -> bool:
    return name.startswith("groundtruth_rect") and name.endswith(".txt")


@dataclass(frozen=True, slots=True)
class SequenceReader:
    path: Path  # the folder
    kind: Literal["video"] = "video"

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}.{self.path.name}"

    def mark(self) -> str:
        labels = (self.path / name for name in LABELS)
        return mark_of([*truth_files_in(self.path), *(label for label in labels if label.is_file())])

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        truth_files = truth_files_in(self.path)
        if not truth_files:
            raise SourceError(f"the truth in {self.path} is empty")
        truths = [read_truth(file) for file in truth_files]
        rows = len(truths[0].boxes)
        if any(len(truth.boxes) != rows for truth in truths):
            raise SourceError(f"the truth files in {self.path} have different numbers of rows")
        files = files_beside(truth_files[0], rows=rows)
        seen = np.stack([_is_seen(truth) for truth in truths])  # (targets, rows)
        for row, image in _numbered_frames(files, np.logical_or.reduce(seen), note):
            tracks = np.flatnonzero(seen[:, row]).tolist()
            boxes = [Box(*truths[track].boxes[row].tolist()) for track in tracks]
            yield image, [Instance(track, self.path.name, box) for track, box in zip(tracks, boxes, strict=True)]


def _is_seen(truth: Truth) -> NDArray[np.bool_]:
    """(N,): whether there is a box that shows at least part of the target."""
    seen = ~np.isnan(truth.boxes[:, 0])
    return seen if truth.cover is None else seen & (truth.cover > 0)


def _numbered_frames(files: FrameFiles, wanted: NDArray[np.bool_], note: Note) -> Iterator[tuple[int, Image]]:
    """The wanted frames, one for each wanted row."""
    for row in np.flatnonzero(~wanted).tolist():
        note("target absent", f"row {row + 1}")
    if files.is_video:
        yield from _video_frames(files, wanted, note)
        return
    if len(files.files) != len(wanted):
        raise SourceError(f"{len(wanted)} rows of truth for {len(files.files)} pictures")
    for row in np.flatnonzero(wanted).tolist():
        try:
            image = read_picture(files.files[row])
        except SequenceError:
            note("unreadable image", files.files[row].name)
            continue
        yield row, image


def _video_frames(files: FrameFiles, wanted: NDArray[np.bool_], note: Note) -> Iterator[tuple[int, Image]]:
    _, frames = files.frames()
    row = -1
    for row, image in enumerate(frames()):
        if row >= len(wanted):
            note("frame without truth", f"frame {row}")
        elif wanted[row]:
            yield row, image
    if row + 1 < len(wanted):
        note("video that ends before its truth", f"{row + 1} frames, {len(wanted)} rows")
