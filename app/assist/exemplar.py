"""Which of a person's boxes tells a tracker what to follow, and from where it comes to a frame."""

from __future__ import annotations

from app.model.direction import FORWARD, Direction, reverse_of
from app.model.interpolation import record_at
from app.model.track import Track
from tracker_core.geometry import Box


def exemplar_for(track: Track, frame: int, direction: Direction) -> tuple[int, Box] | None:
    """Frame and box of the keyframe that shows the target best to a run that is at ``frame``.

    That is the nearest one that the run has passed, ``frame`` itself included; where there is none, the nearest ahead.
    One that a person has marked as occluded shows something else as well, so it is never the one.
    """
    passed = _clear_keyframe(track, frame + direction, reverse_of(direction))
    return passed or _clear_keyframe(track, frame, direction)


def box_before(track: Track, frame: int, direction: Direction) -> Box | None:
    """Where the target is shown on the frame from which a run in this direction comes to ``frame``."""
    record = record_at(track, frame - direction)
    return None if record is None else record.box


def next_keyframe(track: Track, frame: int, direction: Direction) -> int | None:
    """The nearest frame ahead, in this direction, at which a person has said something."""
    return track.keyframe_after(frame) if direction == FORWARD else track.keyframe_before(frame)


def _clear_keyframe(track: Track, frame: int, direction: Direction) -> tuple[int, Box] | None:
    ahead = next_keyframe(track, frame, direction)
    while ahead is not None:
        record = track.get(ahead)
        if record is not None and record.box is not None and not record.occluded:
            return ahead, record.box
        ahead = next_keyframe(track, ahead, direction)
    return None
