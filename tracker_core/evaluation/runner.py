"""One-pass evaluation: the tracker gets the true box of frame 0 and is left alone until the last frame."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.sequences import Sequence, SequenceError
from tracker_core.geometry import Box
from tracker_core.tracker import Image, Target, Tracker

OnProgress = Callable[[str, int], None]
"""Told after each frame: the name of the sequence, and how many frames are done over all sequences."""


@dataclass(frozen=True, slots=True, eq=False)
class SequenceRun:
    """What a tracker said about a sequence of N frames."""

    sequence: Sequence
    boxes: NDArray[np.float64]  # (N, 4) x, y, width, height; 0-based; row 0 is the given box
    scores: NDArray[np.float64]  # (N,) score 0 is NaN: the box was given
    seconds: NDArray[np.float64]  # (N,) the tracker's own step, image to box; row 0 is its start

    @property
    def fps(self) -> float:
        """Frames a second of the tracking steps; decoding and the start are not counted."""
        steps = self.seconds[1:]
        return len(steps) / max(float(steps.sum()), 1e-9)


def run_one_pass(
    tracker: Tracker, sequences: Iterable[Sequence], on_progress: OnProgress | None = None
) -> list[SequenceRun]:
    """Track through each sequence once.

    Raises:
        SequenceError: if frames cannot be read, or the tracker refuses the true box of a first frame.
    """
    runs: list[SequenceRun] = []
    frames_before = 0
    for sequence in sequences:
        runs.append(_run_sequence(tracker, sequence, frames_before=frames_before, on_progress=on_progress))
        frames_before += len(sequence)
    return runs


def start_target(tracker: Tracker, sequence: Sequence, image: Image, *, frame: int) -> Target:
    """A target at the true box of a frame.

    Raises:
        SequenceError: if the tracker refuses it.
    """
    box = sequence.true_box(frame)
    assert box is not None
    try:
        return tracker.init(image, box)
    except ValueError as error:
        problem = f"{tracker.name} cannot start in frame {frame} of sequence {sequence.name}: {error}."
        raise SequenceError(problem) from error


def _run_sequence(
    tracker: Tracker, sequence: Sequence, *, frames_before: int, on_progress: OnProgress | None
) -> SequenceRun:
    boxes: list[Box] = []
    scores: list[float] = []
    seconds: list[float] = []
    target: Target | None = None
    for frame, image in enumerate(sequence.open_frames()):
        started = time.perf_counter()
        if target is None:
            target = start_target(tracker, sequence, image, frame=frame)
            box, score = target.box, float("nan")
        else:
            prediction = target.update(image)
            box, score = prediction.box, prediction.score
        seconds.append(time.perf_counter() - started)
        boxes.append(box)
        scores.append(score)
        if on_progress is not None:
            on_progress(sequence.name, frames_before + frame + 1)
    return SequenceRun(
        sequence=sequence,
        boxes=np.array([box.as_tuple() for box in boxes], dtype=np.float64),
        scores=np.array(scores, dtype=np.float64),
        seconds=np.array(seconds, dtype=np.float64),
    )
