"""VOT long-term: Lukezic et al., "Performance Evaluation Methodology for Long-Term Single-Object Tracking", 2020.

A tracker reports a box and its confidence; under a threshold of the confidence the box does not count as reported.
Precision is the mean overlap of the reported boxes; recall is the sum of their overlaps, divided by the number of
frames that show the target. Both are averaged over sequences, F is their harmonic mean, and the threshold with the best
F is quoted. The confidence is the tracker's own score.

The details are those of the pysot toolkit (``f1_benchmark.py``): 100 thresholds divide the scores of all sequences
evenly. Overlaps count pixels. A frame without truth has overlap 0, so a box there lowers the precision. Frame 0, whose
box is given, has overlap 0 and no score, but counts among the frames that show the target.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.plot import Plot
from tracker_core.evaluation.report import Curve, Report, mean_known
from tracker_core.evaluation.runner import SequenceRun
from tracker_core.evaluation.vot import frame_overlaps

Floats = NDArray[np.float64]

RESOLUTION = 100

DEFINITIONS = {
    "f_score": "2 * precision * recall / (precision + recall) at the confidence threshold where it is highest",
    "precision": "mean overlap of the frames with a confidence of at least that threshold; 1 if there are none",
    "recall": "sum of these overlaps, by the number of frames in which the target is there",
    "confidence": "that threshold: one for all sequences",
    "fps": "frames a second of the tracking steps, as the mean over sequences",
}


def thresholds(scores: Floats, *, resolution: int = RESOLUTION) -> Floats:
    """(resolution,): falling thresholds from infinity to minus infinity that divide the scores evenly; NaN is no score.

    With fewer than ``resolution - 2`` scores each is a threshold, as in the VOT toolkit (pysot's fails).
    """
    known = np.sort(scores[~np.isnan(scores)])
    inner = resolution - 2
    if len(known) > inner:
        margin = len(known) // inner
        places = np.floor(np.linspace(margin - 1, len(known) - margin, inner) + 0.5).astype(np.intp)
        known = known[places]
    return np.concatenate([[np.inf], known[::-1], [-np.inf]])


def precision_recall(overlaps: Floats, scores: Floats, limits: Floats, *, present: int) -> tuple[Floats, Floats]:
    """Precision (T,) and recall (T,) of a sequence at each threshold.

    Args:
        overlaps, scores: (N,); a NaN counts as 0.
        present: the number of frames that show the target.
    """
    overlaps, scores = np.nan_to_num(overlaps, nan=0.0), np.nan_to_num(scores, nan=0.0)
    # The lowest threshold accepts all frames but those without a score.
    spoken = np.where(np.isneginf(limits)[:, None], scores > 0, scores >= limits[:, None])
    counts = spoken.sum(axis=1)
    gained = (spoken * overlaps).sum(axis=1)
    precision = np.divide(gained, counts, out=np.ones(len(limits)), where=counts > 0)
    return precision, gained / present


def f_scores(precision: Floats, recall: Floats) -> Floats:
    """(T,): the harmonic mean; 0 if both are 0."""
    total = precision + recall
    return np.divide(2 * precision * recall, total, out=np.zeros(len(total)), where=total > 0)


def report(tracker: str, runs: list[SequenceRun]) -> Report:
    """The figures at the best threshold, which is the same for all sequences."""
    limits = thresholds(np.concatenate([run.scores for run in runs]))
    curves = []
    for run in runs:
        width, height = run.sequence.image_size()
        overlaps = frame_overlaps(run, right=width, bottom=height)
        present = int(run.sequence.visible.sum())
        curves.append(precision_recall(overlaps, run.scores, limits, present=present))
    precision, recall = (np.asarray(np.mean(side, axis=0)) for side in zip(*curves, strict=True))
    f_curve = f_scores(precision, recall)
    best = int(f_curve.argmax())
    # At infinity no box is reported, and there is no confidence to quote.
    confidence = float(limits[best]) if math.isfinite(limits[best]) else math.nan
    mean = _figures(precision[best], recall[best], confidence, mean_known([run.fps for run in runs]))
    return Report(
        tracker,
        "votlt",
        mean,
        {
            run.sequence.name: _figures(own_precision[best], own_recall[best], confidence, run.fps)
            for run, (own_precision, own_recall) in zip(runs, curves, strict=True)
        },
        (
            Curve("precision_recall", Plot(recall, precision, "recall", "precision", x_end=1.0), mean["f_score"]),
            Curve("f_score", _f_plot(f_curve), mean["f_score"]),
        ),
        definitions=DEFINITIONS,
    )


def _figures(precision: float, recall: float, confidence: float, fps: float) -> dict[str, float]:
    f_score = float(f_scores(np.array([precision]), np.array([recall]))[0])
    return {
        "f_score": f_score,
        "precision": float(precision),
        "recall": float(recall),
        "confidence": confidence,
        "fps": fps,
    }


def _f_plot(f_curve: Floats) -> Plot:
    """F over the index of the threshold, because the scores of trackers have no common scale."""
    return Plot(np.linspace(0, 1, len(f_curve)), f_curve, "thresholds, from the strictest", "F-score")
