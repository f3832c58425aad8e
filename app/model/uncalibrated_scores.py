"""Counts boxes with uncalibrated scores: from trackers with raw scores, or made with changed constants."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.model.project import Project, Run
from app.model.record_block import Flag
from app.model.score_meaning import ScoreMeaning


def count_in(rows: NDArray[np.void], runs: Mapping[int, Run], meaning: ScoreMeaning) -> int:
    """How many of the (N,) rows of ``ROW_TYPE`` have a score of a run with this meaning."""
    such = [run.id for run in runs.values() if run.score_meaning is meaning]
    if not such:
        return 0
    has_both = rows["flags"] & (Flag.HAS_RUN | Flag.HAS_SCORE) == Flag.HAS_RUN | Flag.HAS_SCORE
    return int(np.count_nonzero(has_both & np.isin(rows["run"], such)))


def count_of(project: Project, meaning: ScoreMeaning) -> int:
    """How many boxes of the project have such a score."""
    if not any(run.score_meaning is meaning for run in project.runs.values()):
        return 0
    return sum(count_in(track.columns(0, None).rows, project.runs, meaning) for track in project.tracks.values())
