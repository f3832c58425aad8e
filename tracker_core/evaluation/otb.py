"""The one-pass evaluation (OPE) of OTB: Wu, Lim and Yang, "Object Tracking Benchmark", TPAMI 2015.

- Frame 0, whose box is given, counts, as in the OTB toolbox, pysot and the GOT-10k toolkit.
- Boxes are continuous rectangles: the right side is ``x + width``, with no ``+ 1``.
- Figures of a data set are means over sequences, not over frames.
- Frames without truth are left out of every figure, as in the GOT-10k toolkit for LaSOT. OTB itself has none. pysot
  keeps them with an overlap of -1 (never a success) and a centre error of -1 (always precise). ``lasot.py`` gives both.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.plot import Plot
from tracker_core.evaluation.report import Curve, Report, mean_of
from tracker_core.evaluation.runner import SequenceRun

Floats = NDArray[np.float64]

OVERLAP_THRESHOLDS: Floats = np.linspace(0, 1, 21)
PIXEL_THRESHOLDS: Floats = np.arange(51, dtype=np.float64)
NORMALISED_THRESHOLDS: Floats = np.linspace(0, 0.5, 51)

DEFINITIONS = {
    "auc": "success: the share of frames with an overlap over t, as the mean over t = 0, 0.05 .. 1",
    "precision_20": "share of frames with the predicted centre at most 20 pixels from the true one",
    "norm_precision": "share of frames with a centre error, in true widths and heights, of at most t, as the mean over "
    "t = 0, 0.01 .. 0.5 (TrackingNet, LaSOT, GOT-10k toolkit)",
    "norm_precision_20": "the same share at t = 0.20 (pysot toolkit)",
    "sr_50": "share of frames with an overlap over 0.5",
    "sr_75": "share of frames with an overlap over 0.75",
    "fps": "frames a second of the tracking steps; decoding and the start are not counted",
}


def overlaps(boxes: Floats, truth: Floats) -> Floats:
    """(N,): intersection over union of (N, 4) boxes with (N, 4) truth, in [0, 1]; NaN if there is no truth."""
    left_top = np.maximum(boxes[:, :2], truth[:, :2])
    right_bottom = np.minimum(boxes[:, :2] + boxes[:, 2:], truth[:, :2] + truth[:, 2:])
    intersection = np.prod(np.maximum(right_bottom - left_top, 0), axis=1)
    union = np.prod(boxes[:, 2:], axis=1) + np.prod(truth[:, 2:], axis=1) - intersection
    # Two boxes without area have an overlap of 0, not 0 / 0. And x + width - x may exceed width by its last bit, but no
    # overlap exceeds 1.
    return np.asarray(np.minimum(intersection / np.where(union == 0, 1, union), 1), dtype=np.float64)


def centre_errors(boxes: Floats, truth: Floats) -> Floats:
    """(N,): distance of the centres in pixels; NaN if there is no truth."""
    return np.asarray(np.linalg.norm(_centre_offsets(boxes, truth), axis=1), dtype=np.float64)


def normalised_centre_errors(boxes: Floats, truth: Floats) -> Floats:
    """(N,): the same with x in true widths and y in true heights (Mueller et al., "TrackingNet", ECCV 2018)."""
    return np.asarray(np.linalg.norm(_centre_offsets(boxes, truth) / truth[:, 2:], axis=1), dtype=np.float64)


def success_curve(overlap: Floats) -> Floats:
    """(21,): share of frames whose overlap is **greater than** each threshold 0, 0.05 .. 1; its mean is the AUC."""
    known = overlap[~np.isnan(overlap)]
    return np.asarray((known > OVERLAP_THRESHOLDS[:, np.newaxis]).mean(axis=1), dtype=np.float64)


def precision_curve(error: Floats) -> Floats:
    """(51,): share of frames whose centre error is **at most** 0, 1 .. 50 pixels; usually the one at 20 is quoted."""
    return _share_within(error, PIXEL_THRESHOLDS)


def normalised_precision_curve(error: Floats) -> Floats:
    """(51,): share of frames whose normalised centre error is at most 0, 0.01 .. 0.50."""
    return _share_within(error, NORMALISED_THRESHOLDS)


def measure(run: SequenceRun) -> dict[str, float]:
    """The figures of one sequence; ``DEFINITIONS`` says what each is."""
    success = _success(run)
    normalised = _normalised_precision(run)
    return {
        "auc": float(success.mean()),
        "precision_20": float(_precision(run)[20]),
        "norm_precision": float(normalised.mean()),
        "norm_precision_20": float(normalised[20]),
        "sr_50": float(success[10]),
        "sr_75": float(success[15]),
        "fps": run.fps,
    }


def report(tracker: str, runs: list[SequenceRun]) -> Report:
    """The figures of each sequence, their plain mean, and the mean curves."""
    sequences = {run.sequence.name: measure(run) for run in runs}
    mean = mean_of(sequences.values())
    return Report(tracker, "otb", mean, sequences, curves(runs, mean), definitions=DEFINITIONS)


def curves(runs: list[SequenceRun], mean: dict[str, float]) -> tuple[Curve, ...]:
    """Success, precision and normalised precision: the mean over sequences."""
    return (
        _curve("success", "overlap threshold", OVERLAP_THRESHOLDS, _success, runs, mean["auc"]),
        _curve("precision", "centre error, pixels", PIXEL_THRESHOLDS, _precision, runs, mean["precision_20"]),
        _curve(
            "normalised_precision",
            "centre error, target sizes",
            NORMALISED_THRESHOLDS,
            _normalised_precision,
            runs,
            mean["norm_precision"],
        ),
    )


def _curve(
    name: str,
    threshold: str,
    x: Floats,
    of: Callable[[SequenceRun], Floats],
    runs: list[SequenceRun],
    headline: float,
) -> Curve:
    y = np.asarray(np.mean([of(run) for run in runs], axis=0), dtype=np.float64)
    return Curve(name, Plot(x, y, threshold), headline)


def _success(run: SequenceRun) -> Floats:
    return success_curve(overlaps(run.boxes, run.sequence.truth))


def _precision(run: SequenceRun) -> Floats:
    return precision_curve(centre_errors(run.boxes, run.sequence.truth))


def _normalised_precision(run: SequenceRun) -> Floats:
    return normalised_precision_curve(normalised_centre_errors(run.boxes, run.sequence.truth))


def _centre_offsets(boxes: Floats, truth: Floats) -> Floats:
    # OTB writes the centre as x + (width - 1) / 2; the half pixel cancels in the difference.
    centres = [each[:, :2] + each[:, 2:] / 2 for each in (boxes, truth)]
    return np.asarray(centres[0] - centres[1], dtype=np.float64)


def _share_within(error: Floats, thresholds: Floats) -> Floats:
    known = error[~np.isnan(error)]
    return np.asarray((known <= thresholds[:, np.newaxis]).mean(axis=1), dtype=np.float64)
