"""Judges the demo clip's boxes by its truth: which are right, and which frame to correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.model.box_record import BoxRecord
from app.model.doubt import Doubt
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from tracker_core.geometry import Box

RIGHT_IOU = 0.5

Truth = Sequence[Box | None]
"""The true box in each frame; None where the target cannot be seen."""


def is_right(record: BoxRecord | None, truth: Box | None) -> bool:
    """Whether a track is right at a frame. Showing nothing is wrong if the target is visible."""
    box = None if record is None else record.box
    if truth is None:
        return box is None
    return box is not None and truth.iou(box) >= RIGHT_IOU


def frame_to_mend(track: Track, doubt: Doubt, truth: Truth) -> int | None:
    """The frame of a doubt to correct: the shown one if it is wrong, or else the first wrong one of its span. None if
    all are right.
    """
    span = range(doubt.first_frame, doubt.last_frame + 1)
    frames = (doubt.frame, *span)
    return next((frame for frame in frames if not is_right(record_at(track, frame), truth[frame])), None)


def wrong_answers(project: Project, truth: Mapping[str, Truth]) -> list[str]:
    """Where a wrong box was called right, as in "boat 96"."""
    return [
        f"{track.label} {frame}"
        for track in project.tracks.values()
        for frame, record in track.items(0, project.video.frame_count - 1)
        if record.reviewed and not is_right(record, truth[track.label][frame])
    ]
