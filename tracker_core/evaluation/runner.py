"""Runs over one sequence: without help (one pass), or restarted after each failure (VOT supervised)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.regions import overlap, polygon_of_box
from tracker_core.evaluation.sequences import Sequence, SequenceError
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Target, Tracker

OnProgress = Callable[[str, int], None]
"""Called after each frame with the name of the sequence and the number of frames that are done in all sequences."""

SKIPPED_AFTER_FAILURE = 5
"""Frames from a failure to the restart of the tracker (VOT 2013 to 2019)."""


class State(IntEnum):
    """What happened in a frame. The first three are the codes of VOT's result files."""

    SKIPPED = 0
    STARTED = 1
    FAILED = 2
    TRACKED = 3


@dataclass(frozen=True, slots=True, eq=False)
class SequenceRun:
    """A tracker's results for a sequence of N frames."""

    sequence: Sequence
    boxes: NDArray[np.float64]  # (N, 4) x, y, width, height; 0-based; the given box if STARTED, NaN if SKIPPED
    scores: NDArray[np.float64]  # (N,) NaN if the box was given or the frame skipped
    seconds: NDArray[np.float64]  # (N,) of the tracker's step, image to box, or of a start; NaN if SKIPPED
    states: NDArray[np.uint8]  # (N,) of State

    @property
    def fps(self) -> float:
        """Frames a second of the tracking steps, without decoding and starts. NaN if no times are known."""
        steps = self.seconds[(self.states == State.TRACKED) | (self.states == State.FAILED)]
        return len(steps) / max(float(steps.sum()), 1e-9) if len(steps) else float("nan")


def one_pass_states(frame_count: int) -> NDArray[np.uint8]:
    """(frame_count,): the states of a run that starts in frame 0 and tracks in all others."""
    states = np.full(frame_count, State.TRACKED, dtype=np.uint8)
    states[0] = State.STARTED
    return states


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
        runs.append(track_once(tracker, sequence, frames_before=frames_before, on_progress=on_progress))
        frames_before += len(sequence)
    return runs


def track_once(
    tracker: Tracker, sequence: Sequence, *, frames_before: int = 0, on_progress: OnProgress | None = None
) -> SequenceRun:
    """The tracker gets the true box of frame 0 and tracks to the last frame without help.

    Raises:
        SequenceError: if frames cannot be read, or the tracker refuses the true box of the first.
    """
    log = _Log(sequence, frames_before, on_progress)
    target: Target | None = None
    for frame, image in enumerate(sequence.open_frames()):
        started = time.perf_counter()
        if target is None:
            target = start_target(tracker, sequence, image, frame=frame)
            log.add(State.STARTED, time.perf_counter() - started, box=target.box)
        else:
            prediction = target.update(image)
            log.add(State.TRACKED, time.perf_counter() - started, box=prediction.box, score=prediction.score)
    return log.run()


def track_supervised(
    tracker: Tracker, sequence: Sequence, *, frames_before: int = 0, on_progress: OnProgress | None = None
) -> SequenceRun:
    """The supervised experiment of VOT: a tracker that loses its target is restarted.

    A frame is a failure if the predicted box has no pixel in common with the true region. Then four frames are skipped,
    and in the fifth (or the next one with truth) the tracker starts from the true box.

    Raises:
        SequenceError: if frames cannot be read, or the tracker refuses a true box.
    """
    log = _Log(sequence, frames_before, on_progress)
    target: Target | None = None
    start_at = 0
    for frame, image in enumerate(sequence.open_frames()):
        truth = sequence.true_polygon(frame)
        started = time.perf_counter()
        if target is not None:
            prediction = target.update(image)
            seconds = time.perf_counter() - started
            height, width = image.shape[:2]
            predicted = polygon_of_box(np.array(prediction.box.as_tuple()))
            if truth is None or overlap(predicted, truth, right=width, bottom=height) > 0:
                log.add(State.TRACKED, seconds, box=prediction.box, score=prediction.score)
            else:
                log.add(State.FAILED, seconds, box=prediction.box, score=prediction.score)
                target, start_at = None, frame + SKIPPED_AFTER_FAILURE
        elif frame >= start_at and truth is not None:
            target = start_target(tracker, sequence, image, frame=frame)
            log.add(State.STARTED, time.perf_counter() - started, box=target.box)
        else:
            log.add(State.SKIPPED, float("nan"))
    return log.run()


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


class _Log:
    """What happened so far, frame by frame."""

    def __init__(self, sequence: Sequence, frames_before: int, on_progress: OnProgress | None) -> None:
        self._sequence = sequence
        self._frames_before = frames_before
        self._on_progress = on_progress
        self._boxes: list[tuple[float, ...]] = []
        self._scores: list[float] = []
        self._seconds: list[float] = []
        self._states: list[State] = []

    def add(self, state: State, seconds: float, *, box: Box | None = None, score: float = float("nan")) -> None:
        self._boxes.append((float("nan"),) * 4 if box is None else box.as_tuple())
        self._scores.append(score)
        self._seconds.append(seconds)
        self._states.append(state)
        if self._on_progress is not None:
            self._on_progress(self._sequence.name, self._frames_before + len(self._states))

    def run(self) -> SequenceRun:
        return SequenceRun(
            sequence=self._sequence,
            boxes=np.array(self._boxes, dtype=np.float64).reshape(-1, 4),
            scores=np.array(self._scores, dtype=np.float64),
            seconds=np.array(self._seconds, dtype=np.float64),
            states=np.array(self._states, dtype=np.uint8),
        )
