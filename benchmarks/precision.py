"""Measures how much bf16 changes a network's boxes: their overlap with those of float32 on real videos."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from tracker_core.evaluation.runner import start_target
from tracker_core.evaluation.sequences import Sequence
from tracker_core.tracker import Tracker


@dataclass(frozen=True, slots=True)
class PrecisionRow:
    """Overlap (IoU) of the boxes of both precisions in the first ``frames`` frames of a video."""

    sequence: str
    frames: int
    step_mean: float  # each frame starts from the float32 tracker's last box: the effect of the precision alone
    step_least: float
    free_mean: float  # each tracker runs alone from the first frame on: the effect with its consequences
    free_least: float


def measure_precision(
    exact: Tracker, rough: Tracker, sequences: list[Sequence], *, frames: int, on_done: Callable[[int], None]
) -> Iterator[PrecisionRow]:
    """A row for each sequence, and one for all their frames together.

    Raises:
        SequenceError: if a sequence cannot be read.
    """
    of_steps, of_free = [], []
    for done, sequence in enumerate(sequences, start=1):
        steps, free = _overlaps(exact, rough, sequence, frames)
        of_steps += steps
        of_free += free
        on_done(done)
        yield _row(sequence.name, steps, free)
    yield _row("all", of_steps, of_free)


def _overlaps(exact: Tracker, rough: Tracker, sequence: Sequence, frames: int) -> tuple[list[float], list[float]]:
    pictures = islice(sequence.open_frames(), frames)
    first = next(pictures)
    leader, follower, free = (start_target(tracker, sequence, first, frame=0) for tracker in (exact, rough, rough))
    steps, alone = [], []
    for image in pictures:
        follower.move_to(leader.box)
        box = leader.update(image).box
        steps.append(box.iou(follower.update(image).box))
        alone.append(box.iou(free.update(image).box))
    return steps, alone


def _row(name: str, steps: list[float], free: list[float]) -> PrecisionRow:
    return PrecisionRow(
        sequence=name,
        frames=len(steps),
        step_mean=float(np.mean(steps)),
        step_least=min(steps),
        free_mean=float(np.mean(free)),
        free_least=min(free),
    )
