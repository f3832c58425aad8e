"""What a person's edit of one box does to the records of its track."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.model.box_record import BoxRecord, keyframe
from app.model.interpolation import record_at
from app.model.track import Track
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class BoxEdit:
    """The records to put; where there are none, ``refusal`` is the sentence that tells the person why."""

    records: Mapping[int, BoxRecord | None] = field(default_factory=dict)
    refusal: str = ""


def place_box(track: Track, frame: int, box: Box) -> BoxEdit:
    """Draw, drag or nudge: the frame becomes a keyframe there. What was said about occlusion still holds."""
    shown = record_at(track, frame)
    return BoxEdit({frame: keyframe(box, occluded=shown is not None and shown.occluded)})


def toggle_occluded(track: Track, frame: int) -> BoxEdit:
    """Say that something hides part of the target here, or that nothing does; the frame becomes a keyframe."""
    shown = record_at(track, frame)
    if shown is None or shown.box is None:
        return BoxEdit(refusal=f"Track {track.id} has no box on frame {frame} that could be hidden.")
    return BoxEdit({frame: keyframe(shown.box, occluded=not shown.occluded)})


def toggle_absent(track: Track, frame: int) -> BoxEdit:
    """Say that the target is not in the picture from here on, or take that back where it was said."""
    record, shown = track.get(frame), record_at(track, frame)
    if record is not None and record.absent:
        return BoxEdit({frame: None})
    if shown is None:
        return BoxEdit(refusal=f"Track {track.id} has no box on frame {frame} or before it.")
    if shown.absent:
        since = track.frame_before(frame)
        return BoxEdit(refusal=f"Track {track.id} is absent here since frame {since}; take that back there.")
    return BoxEdit({frame: keyframe(None)})


def delete_box(track: Track, frame: int) -> BoxEdit:
    """Delete: this frame's record goes, a person's or a tracker's, and nothing else does."""
    if track.get(frame) is not None:
        return BoxEdit({frame: None})
    shown, before, after = record_at(track, frame), track.frame_before(frame), track.frame_after(frame)
    if shown is None:
        return BoxEdit(refusal=f"Track {track.id} has no box on frame {frame}.")
    if shown.absent:
        return BoxEdit(refusal=f"Track {track.id} is absent here since frame {before}; delete that mark there.")
    return BoxEdit(
        refusal=f"This box is interpolated between frames {before} and {after}; delete one of those instead."
    )
