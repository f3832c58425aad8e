"""Tracking without a window: boxes in, records out as they are found."""

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

PERIOD = 0.5  # seconds between two deliveries of records, so that the project file is not written for every frame


def project_of_boxes(boxes: Sequence[Box], info: VideoInfo, frame: int, *, labels: Sequence[str] = ()) -> Project:
    """A new project. Each box is a keyframe of its own track, as if drawn in the window.

    Args:
        labels: none, one for all boxes, or one for each box.
    """
    project = Project(
        VideoReference(info.path, info.frame_count, info.width, info.height, info.frame_rate, info.fingerprint)
    )
    for name in filter(None, dict.fromkeys(labels)):
        project.labels[name] = Label(name, LABEL_COLOURS[len(project.labels) % len(LABEL_COLOURS)])
    of_boxes = labels if len(labels) == len(boxes) else [labels[0] if labels else ""] * len(boxes)
    for box, label in zip(boxes, of_boxes, strict=True):
        track = Track(project.next_track_id(), label, project.next_colour())
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
    """Carry out a plan and put the records into the project's tracks. Returns where each track ended. However the run
    ends, all results so far are in the project and were passed to ``on_records``.

    Args:
        on_frame: called after each frame with the number of frames done.
        on_records: called about twice a second with the new records.
        damaged: filled with the frames that could not be decoded; the last good picture was tracked instead.

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
