"""Tracking without a window: boxes in, and the records come out as they are found."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from app.assist.joint_run import JointRun
from app.assist.loaded_tracker import LoadedTracker
from app.assist.run_plan import RunPlan
from app.assist.runs import started
from app.assist.tracking_run import Records, TrackEnd
from app.model.box_record import keyframe
from app.model.project import LABEL_COLOURS, Label, Project, Run, VideoReference
from app.model.track import Track
from app.video.info import VideoInfo
from tracker_core.geometry import Box

LABEL = "target"  # as the window names a first track
PERIOD = 0.5  # seconds between two hand-overs of records: a project file is written that often, not at every frame


def project_of_boxes(boxes: Sequence[Box], info: VideoInfo, frame: int) -> Project:
    """A new project. Each box is a keyframe of a track of its own, as if it was drawn in the window."""
    project = Project(
        VideoReference(info.path, info.frame_count, info.width, info.height, info.frame_rate, info.fingerprint)
    )
    project.labels[LABEL] = Label(LABEL, LABEL_COLOURS[0])
    for box in boxes:
        track = Track(project.next_track_id(), LABEL, project.next_colour())
        track.put({frame: keyframe(box)})
        project.tracks[track.id] = track
    return project


def carry_out(
    run: Run,
    plan: RunPlan,
    project: Project,
    loaded: LoadedTracker,
    *,
    on_frame: Callable[[int], None] = lambda done: None,
    on_records: Callable[[Records], None] = lambda records: None,
    damaged: set[int] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[TrackEnd, ...]:
    """Track what is planned and put the records into the tracks of the project. Returns where each track ended.

    However the run ends, what it has found until then is in the project, and ``on_records`` has been told all of it.

    Args:
        on_frame: hears how many frames are done, after each.
        on_records: hears what is new in the project, about twice a second.
        damaged: is given the frames that cannot be decoded, on which the last good picture is tracked.

    Raises:
        VideoError: if the video cannot be opened, is another one than the project's, or a frame cannot be read.
        Exception: whatever the tracker, ``on_frame`` or ``on_records`` raises.
    """
    loaded.prepare_for(len(plan.track_ids))
    tracking = JointRun(plan, loaded.tracker, run_id=run.id)

    def hand_over() -> None:
        records = tracking.take_records()
        if not records:
            return
        for track_id, of_track in records.items():
            project.tracks[track_id].put(of_track)
        on_records(records)

    handed_over_at = clock()
    try:
        video = project.video
        with started(tracking, video.path, known_as=video.fingerprint, damaged=damaged) as frames:
            for done, (frame, image) in enumerate(frames, start=1):
                tracking.step(frame, image)
                on_frame(done)
                if tracking.is_over:
                    break
                if clock() - handed_over_at >= PERIOD:
                    hand_over()
                    handed_over_at = clock()
    finally:
        tracking.settle()
        hand_over()
    return tracking.ends
