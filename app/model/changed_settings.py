"""Boxes that were tracked with constants that a person had changed: nothing was measured for their scores."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from app.model.project import Project, Run
from app.model.record_block import Flag


def count_in(rows: NDArray[np.void], runs: Mapping[int, Run]) -> int:
    """How many of the (N,) rows of ``ROW_TYPE`` have a score of such a run."""
    changed = [run.id for run in runs.values() if run.own_constants]
    if not changed:
        return 0
    has_both = rows["flags"] & (Flag.HAS_RUN | Flag.HAS_SCORE) == Flag.HAS_RUN | Flag.HAS_SCORE
    return int(np.count_nonzero(has_both & np.isin(rows["run"], changed)))


def count_of(project: Project) -> int:
    """How many boxes of the project have such a score."""
    if not any(run.own_constants for run in project.runs.values()):
        return 0
    return sum(count_in(track.columns(0, None).rows, project.runs) for track in project.tracks.values())
