"""GOT-10k: Huang, Zhao and Huang, "GOT-10k: A Large High-Diversity Benchmark", TPAMI 2021, as its toolkit computes it.

- Frame 0, whose box is given, does not count.
- Boxes are first clipped in the toolkit's own way: a left or top side outside the picture moves to 0, which does not
  make the box smaller; then the box is cut at the right and bottom.
- Frames in which the target is not visible (``cover.label`` is 0) do not count; without ``cover.label`` those without a
  true box.
- Figures of a data set are over all its frames, so long sequences weigh more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.otb import overlaps
from tracker_core.evaluation.plot import Plot
from tracker_core.evaluation.report import Curve, Report, mean_known
from tracker_core.evaluation.runner import SequenceRun

Floats = NDArray[np.float64]

THRESHOLDS: Floats = np.linspace(0, 1, 101)

DEFINITIONS = {
    "ao": "average overlap over all frames but the first of each sequence",
    "sr_50": "share of these frames with an overlap over 0.5",
    "sr_75": "share of these frames with an overlap over 0.75",
    "fps": "mean of 1 / time over all frames, starts included",
}


def cut_to_picture(boxes: Floats, *, width: float, height: float) -> Floats:
    """(N, 4): the boxes, clipped like in the toolkit's ``rect_iou``."""
    limit = np.array([width, height], dtype=np.float64)
    corner = np.clip(boxes[:, :2], 0, limit)
    return np.concatenate([corner, np.clip(boxes[:, 2:], 0, limit - corner)], axis=1)


def counted_overlaps(run: SequenceRun) -> Floats:
    """(M,): overlaps of the frames that count."""
    width, height = run.sequence.image_size()
    found = overlaps(
        *(cut_to_picture(each[1:], width=width, height=height) for each in (run.boxes, run.sequence.truth))
    )
    if run.sequence.cover is not None:
        found = found[run.sequence.cover[1:] > 0]
    return found[~np.isnan(found)]


def report(tracker: str, runs: list[SequenceRun]) -> Report:
    """The figures of each sequence, and those over the frames of all."""
    found = [counted_overlaps(run) for run in runs]
    everything = np.concatenate(found)
    mean = _figures(everything, np.concatenate([run.seconds for run in runs]))
    success = np.array([_share(everything > threshold) for threshold in THRESHOLDS])
    return Report(
        tracker,
        "got10k",
        mean,
        {run.sequence.name: _figures(one, run.seconds) for run, one in zip(runs, found, strict=True)},
        (Curve("success", Plot(THRESHOLDS, success, "overlap threshold"), mean["ao"]),),
        mean_over="frames",
        definitions=DEFINITIONS,
    )


def _figures(overlap: Floats, seconds: Floats) -> dict[str, float]:
    return {
        "ao": mean_known(overlap),
        "sr_50": _share(overlap > 0.5),
        "sr_75": _share(overlap > 0.75),
        "fps": mean_known(1 / seconds[seconds > 0]),
    }


def _share(fulfilled: NDArray[np.bool_]) -> float:
    return float(fulfilled.mean()) if fulfilled.size else float("nan")
