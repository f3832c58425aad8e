"""Annotation effort: how many boxes a person draws until every box of a video is good enough.

The first box counts. At the first frame whose box has an overlap under the threshold with the truth a person draws the
true box, which counts, and the tracker starts again there. Frames without truth ask for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker_core.evaluation.runner import start_target
from tracker_core.evaluation.sequences import Sequence
from tracker_core.tracker import Target, Tracker

THRESHOLDS = (0.5, 0.7)


@dataclass(frozen=True, slots=True)
class Effort:
    """The frames of one video in which a person drew a box, for one threshold."""

    sequence: str
    threshold: float
    frame_count: int
    drawn_in: tuple[int, ...]

    @property
    def boxes(self) -> int:
        return len(self.drawn_in)


def measure_effort(tracker: Tracker, sequence: Sequence, thresholds: tuple[float, ...] = THRESHOLDS) -> list[Effort]:
    """The effort for each threshold; the frames are read once for all.

    Raises:
        SequenceError: if frames cannot be read, or the tracker refuses a true box.
    """
    targets: dict[float, Target] = {}
    drawn_in: dict[float, list[int]] = {threshold: [] for threshold in thresholds}
    for frame, image in enumerate(sequence.open_frames()):
        truth = sequence.true_box(frame)
        for threshold in thresholds:
            if threshold in targets:
                box = targets[threshold].update(image).box
                if truth is None or box.iou(truth) >= threshold:
                    continue
            targets[threshold] = start_target(tracker, sequence, image, frame=frame)
            drawn_in[threshold].append(frame)
    return [Effort(sequence.name, threshold, len(sequence), tuple(frames)) for threshold, frames in drawn_in.items()]


def boxes_per_100_frames(efforts: Iterable[Effort]) -> float:
    """Over all videos together: a long one weighs more than a short one.

    Raises:
        ValueError: if the efforts are of no video, or of several thresholds.
    """
    efforts = list(efforts)
    if len({effort.threshold for effort in efforts}) != 1:
        raise ValueError("efforts of one threshold are needed")
    return 100 * sum(effort.boxes for effort in efforts) / sum(effort.frame_count for effort in efforts)
