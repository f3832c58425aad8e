"""The supervised experiment of VOT 2013 to 2019: Kristan et al., "A Novel Performance Evaluation Methodology for
Single-Target Trackers", TPAMI 2016. ``runner.track_supervised`` is the run, ``expected_overlap.py`` the EAO.

Overlaps count pixels (``regions.py``). Two toolkits are in use, and the figures of both are given:

- pysot: accuracy over the frames of all sequences together; robustness as failures per 100 frames.
- VOT toolkit: accuracy and failures of each sequence, weighted by its length. The AR plot shows failures as
  ``exp(-30 * failures / length)``, the probability to survive 30 frames.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation import expected_overlap
from tracker_core.evaluation.plot import Plot
from tracker_core.evaluation.regions import overlap, polygon_of_box
from tracker_core.evaluation.report import Curve, Report, mean_known
from tracker_core.evaluation.runner import SequenceRun, State
from tracker_core.evaluation.sequences import Sequence

Floats = NDArray[np.float64]

BURN_IN = 10  # frames from each start on that do not count for accuracy
SENSITIVITY = 30

DEFINITIONS = {
    "eao": "expected average overlap over the interval of lengths, as the pysot toolkit computes it",
    "eao_vot_toolkit": "the same as the VOT toolkit computes it: one index on, and skipped frames do not count",
    "accuracy": "mean overlap of the tracked frames, without 10 frames from each start; all frames alike (pysot)",
    "accuracy_vot_toolkit": "the same for each sequence, then weighted by its length",
    "robustness": "failures per 100 frames, lower is better (pysot)",
    "robustness_vot_toolkit": "failures of a sequence, weighted by its length, lower is better",
    "reliability": "exp(-30 * failures / frames): the x of the AR plot, higher is better",
    "failures": "how often the tracker lost the target and was started again",
    "eao_low": "first sequence length of the interval of the EAO",
    "eao_high": "last sequence length of the interval of the EAO",
    "fps": "frames a second of the tracking steps, as the mean over sequences",
}


def frame_overlaps(run: SequenceRun, *, right: float, bottom: float) -> Floats:
    """(N,): overlap of the frames that were tracked and have a true region; NaN for the others.

    Args:
        right, bottom: the last column and row that count.
    """
    found = np.full(len(run.sequence), np.nan)
    for frame in np.flatnonzero((run.states == State.TRACKED) & run.sequence.visible).tolist():
        truth = run.sequence.true_polygon(frame)
        assert truth is not None
        found[frame] = overlap(polygon_of_box(run.boxes[frame]), truth, right=right, bottom=bottom)
    return found


def burnt_in(overlaps: Floats, states: NDArray[np.uint8]) -> Floats:
    """(N,): the overlaps, with NaN in the ten frames from each start on."""
    rest = overlaps.copy()
    for start in np.flatnonzero(states == State.STARTED):
        rest[start : start + BURN_IN] = np.nan
    return rest


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A run with its overlaps, (N,) each: with pysot's limits for accuracy, and one pixel less for all else."""

    run: SequenceRun
    loose: Floats
    tight: Floats

    @classmethod
    def of(cls, run: SequenceRun) -> Trial:
        width, height = run.sequence.image_size()
        return cls(
            run,
            loose=frame_overlaps(run, right=width, bottom=height),
            tight=frame_overlaps(run, right=width - 1, bottom=height - 1),
        )

    @property
    def failures(self) -> int:
        return int((self.run.states == State.FAILED).sum())


def report(tracker: str, runs: list[SequenceRun]) -> Report:
    """The figures over all sequences, and those of each with the same interval for the EAO."""
    low, high, note = expected_overlap.interval(runs[0].sequence.benchmark, [len(run.sequence) for run in runs])
    trials = [Trial.of(run) for run in runs]
    mean = measure(trials, low=low, high=high)
    sequences = {trial.run.sequence.name: measure([trial], low=low, high=high) for trial in trials}
    notes = [note]
    if without_truth := sum(int((~run.sequence.visible).sum()) for run in runs):
        notes.append(
            f"{without_truth} frames have no true region, which VOT's own data never lack: no failure is counted "
            "there, and the EAO takes them for an overlap of 0."
        )
    return Report(
        tracker,
        "vot",
        mean,
        sequences,
        (_expected_overlap_curve(trials, mean), _accuracy_robustness([*sequences.values(), mean])),
        mean_over="all",
        columns=("eao", "eao_vot_toolkit", "accuracy", "robustness", "failures", "fps"),
        definitions=DEFINITIONS,
        notes=tuple(notes),
        tags=_tag_figures(trials),
    )


def measure(trials: list[Trial], *, low: int, high: int) -> dict[str, float]:
    """The figures over some runs together; ``DEFINITIONS`` says what each is."""
    overlaps, states = [trial.tight for trial in trials], [trial.run.states for trial in trials]
    lengths = np.array([len(trial.run.sequence) for trial in trials], dtype=np.float64)
    failures = np.array([trial.failures for trial in trials], dtype=np.float64)
    own_accuracy = [mean_known(burnt_in(trial.tight, trial.run.states)) for trial in trials]
    weighted_failures = float(np.average(failures, weights=lengths))
    return {
        "eao": expected_overlap.pysot_eao(overlaps, states, low=low, high=high),
        "eao_vot_toolkit": expected_overlap.vot_eao(overlaps, states, low=low, high=high),
        "accuracy": mean_known(np.concatenate([burnt_in(trial.loose, trial.run.states) for trial in trials])),
        # In the toolkit a sequence that is too short for an accuracy gets 0.
        "accuracy_vot_toolkit": float(np.average(np.nan_to_num(own_accuracy), weights=lengths)),
        "robustness": 100 * float(failures.sum() / lengths.sum()),
        "robustness_vot_toolkit": weighted_failures,
        "reliability": math.exp(-SENSITIVITY * weighted_failures / float(lengths.mean())),
        "failures": float(failures.sum()),
        "eao_low": float(low),
        "eao_high": float(high),
        "fps": mean_known([trial.run.fps for trial in trials]),
    }


def _tag_figures(trials: list[Trial]) -> dict[str, dict[str, float]]:
    """Accuracy and failures in the frames with each tag, and in those without any (``empty``)."""
    names = sorted({name for trial in trials for name in trial.run.sequence.tags})
    if not names:
        return {}
    overlaps = np.concatenate([burnt_in(trial.loose, trial.run.states) for trial in trials])
    failed = np.concatenate([trial.run.states == State.FAILED for trial in trials])
    masks = {name: np.concatenate([_tagged(trial.run.sequence, name) for trial in trials]) for name in names}
    masks["empty"] = ~np.any(list(masks.values()), axis=0)
    return {
        name: {
            "frames": float(mask.sum()),
            "accuracy": mean_known(overlaps[mask]),
            "failures": float(failed[mask].sum()),
        }
        for name, mask in masks.items()
    }


def _tagged(sequence: Sequence, name: str) -> NDArray[np.bool_]:
    return sequence.tags.get(name, np.zeros(len(sequence), dtype=np.bool_))


def _expected_overlap_curve(trials: list[Trial], mean: dict[str, float]) -> Curve:
    curve = expected_overlap.pysot_curve([trial.tight for trial in trials], [trial.run.states for trial in trials])
    lengths = np.arange(1, len(curve) + 1, dtype=np.float64)
    interval = (mean["eao_low"], mean["eao_high"])
    plot = Plot(lengths, curve, "sequence length, frames", "expected overlap", verticals=interval)
    return Curve("expected_overlap", plot, mean["eao"])


def _accuracy_robustness(figures: list[dict[str, float]]) -> Curve:
    """A faint point for each sequence, a large one for all of them."""
    across, up = (np.array([one[key] for one in figures]) for key in ("reliability", "accuracy"))
    label = f"reliability: exp(-{SENSITIVITY} failures / frames)"
    return Curve("accuracy_robustness", Plot(across, up, label, "accuracy", x_end=1.0, points=True))
