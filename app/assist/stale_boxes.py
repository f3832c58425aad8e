"""What a lost track leaves behind: boxes of an earlier run that nothing supports any more."""

from __future__ import annotations

from app.assist.run_plan import TrackPlan
from app.model.track import Track


def stale_boxes(track: Track, plan: TrackPlan, *, lost_frame: int) -> list[int]:
    """Frames beyond the one on which a run lost the track, up to the next keyframe or the end of its plan, that still
    hold a tracker's box from before. The run that made them started from what has been corrected since.

    A box that a person has looked at and let stand is not among them.
    """
    direction = 1 if plan.last_frame > plan.start_frame else -1
    first, last = sorted((lost_frame, plan.last_frame))
    stale = []
    for frame, record in list(track.items(first, last))[::direction]:
        if frame == lost_frame:
            continue
        if record.is_keyframe:
            break
        if not record.reviewed:
            stale.append(frame)
    return stale
