"""Chooses the keyframe that a run takes as its exemplar."""

from __future__ import annotations

from app.model.direction import FORWARD, Direction, reverse_of
from app.model.interpolation import record_at
from app.model.track import Track
from tracker_core.geometry import Box


def exemplar_for(track: Track, frame: int, direction: Direction) -> tuple[int, Box] | None:
    """Frame and box of the best keyframe for a run at ``frame``: the nearest one at ``frame`` or behind it, or else the
    nearest ahead. Occluded keyframes are never chosen, because they also show something else.
    """
    passed = _clear_keyframe(track, frame + direction, reverse_of(direction))
    return passed or _clear_keyframe(track, frame, direction)


def box_before(track: Track, frame: int, direction: Direction) -> Box | None:
    """The target's box on the frame from which a run in this direction reaches ``frame``."""
    record = record_at(track, frame - direction)
    return None if record is None else record.box


def next_keyframe(track: Track, frame: int, direction: Direction) -> int | None:
    """The nearest keyframe ahead in this direction."""
    return track.keyframe_after(frame) if direction == FORWARD else track.keyframe_before(frame)


def _clear_keyframe(track: Track, frame: int, direction: Direction) -> tuple[int, Box] | None:
    ahead = next_keyframe(track, frame, direction)
    while ahead is not None:
        record = track.get(ahead)
        if record is not None and record.box is not None and not record.occluded:
            return ahead, record.box
        ahead = next_keyframe(track, ahead, direction)
    return None
