"""What every run of a tracker has in common, with and without a window: its record in the project, and its frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.assist.joint_run import JointRun
from app.assist.loaded_tracker import LoadedTracker
from app.assist.run_plan import RunPlan
from app.model.project import Run
from app.video.read_ahead import reading_ahead
from app.video.source import open_source
from tracker_core.decision.reliability import AS_IT_IS
from tracker_core.tracker import Image


def new_run(run_id: int, plan: RunPlan, loaded: LoadedTracker) -> Run:
    """The record of a run that begins now. ``loaded`` has the constants that the run decides with."""
    tracker = loaded.tracker
    return Run(
        id=run_id,
        tracker=tracker.name,
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        first_frame=plan.first_frame,
        last_frame=plan.last_frame,
        direction=plan.direction,
        device=tracker.place.device,
        precision=tracker.place.precision,
        constants=tracker.constants.as_mapping(),
        family=loaded.family,
        weights=loaded.weights,
        has_measured_scores=tracker.calibration != AS_IT_IS,
    )


@contextmanager
def started(
    run: JointRun, video: Path, *, is_cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Iterator[tuple[int, Image]]]:
    """Give a run its exemplars; inside the block, the frames that it wants come in order, decoded ahead.

    Raises:
        VideoError: if the video cannot be opened or an exemplar cannot be read; from the iterator, for a later frame.
    """
    source = open_source(video, is_cancelled=is_cancelled)
    try:
        run.start(source.read)
    finally:
        source.close()
    with reading_ahead(video, run.frames_wanted()) as frames:
        yield frames
