"""Shared by runs with and without a window: the record of a run in the project, and its frames."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.assist.joint_run import JointRun
from app.assist.loaded_tracker import LoadedTracker
from app.assist.run_plan import RunPlan
from app.model.project import Run
from app.video.read_ahead import reading_ahead
from app.video.source import open_source, picture_shown
from tracker_core.decision.reliability import AS_IT_IS
from tracker_core.decision.score_map import Constants
from tracker_core.tracker import Image


def new_run(run_id: int, plan: RunPlan, loaded: LoadedTracker, *, own: Constants | None = None) -> Run:
    """The record of a run that begins now. ``loaded`` has the constants of the run; ``own`` are those that its tracker
    has by itself, if a person has changed some.
    """
    tracker = loaded.tracker
    used = tracker.constants.as_mapping()
    before = used if own is None else own.as_mapping()
    return Run(
        id=run_id,
        tracker=tracker.name,
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        first_frame=plan.first_frame,
        last_frame=plan.last_frame,
        direction=plan.direction,
        device=tracker.place.device,
        precision=tracker.place.precision,
        constants=used,
        own_constants={name: number for name, number in before.items() if number != used[name]},
        family=loaded.family,
        weights=loaded.weights,
        has_measured_scores=tracker.calibration != AS_IT_IS,
    )


@contextmanager
def started(
    run: JointRun,
    video: Path,
    *,
    known_as: str = "",
    damaged: set[int] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Iterator[tuple[int, Image]]]:
    """Give a run its exemplars, then deliver its frames in order, decoded ahead. ``known_as`` is the fingerprint of the
    project's video. Frames that cannot be decoded are added to ``damaged`` and replaced by the last good picture.

    Raises:
        VideoError: if the video cannot be opened or an exemplar cannot be read; from the iterator, for a later frame.
    """
    source = open_source(video, is_cancelled=is_cancelled, known_as=known_as)
    try:
        run.start(lambda frame: picture_shown(source, frame).image)
    finally:
        source.close()
    with reading_ahead(video, run.frames_wanted(), known_as=known_as, damaged=damaged) as frames:
        yield frames


def damage_sentence(damaged: Collection[int]) -> str:
    """A sentence about the damaged frames of a run."""
    frames = sorted(damaged)
    if len(frames) == 1:
        return f"Frame {frames[0]} is damaged; the last good picture stood for it."
    return f"{len(frames)} frames are damaged, the first is {frames[0]}; the last good pictures stood for them."
