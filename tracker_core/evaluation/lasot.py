"""LaSOT: Fan et al., "LaSOT: A High-quality Benchmark for Large-scale Single Object Tracking", CVPR 2019.

The figures of OTB, over frames in which the target is neither fully occluded nor out of view. Two ways of counting are
in use. The GOT-10k toolkit divides by the frames in view. pysot divides by **all** frames (``..._all_frames``), so its
figures are lower if the target is often out of view.
"""

from __future__ import annotations

from tracker_core.evaluation import otb
from tracker_core.evaluation.report import Report, mean_of
from tracker_core.evaluation.runner import SequenceRun

FIGURES = ("auc", "precision_20", "norm_precision", "norm_precision_20")

COLUMNS = ("auc", "precision_20", "norm_precision", "auc_all_frames", "precision_20_all_frames", "fps")

DEFINITIONS = {
    **otb.DEFINITIONS,
    **{f"{key}_all_frames": f"{key} with the frames in view divided by all frames (pysot toolkit)" for key in FIGURES},
}


def measure(run: SequenceRun) -> dict[str, float]:
    """The figures of one sequence, in both ways."""
    in_view = otb.measure(run)
    share = float(run.sequence.visible.mean())
    return in_view | {f"{key}_all_frames": in_view[key] * share for key in FIGURES}


def report(tracker: str, runs: list[SequenceRun]) -> Report:
    """The figures of each sequence and their plain mean; the curves are over the frames in view."""
    sequences = {run.sequence.name: measure(run) for run in runs}
    mean = mean_of(sequences.values())
    return Report(tracker, "lasot", mean, sequences, otb.curves(runs, mean), columns=COLUMNS, definitions=DEFINITIONS)
