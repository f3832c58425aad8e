"""What a person's edit does to the records of its track, and to what is said of spans of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.assist.overruling import overruled_by_correction
from app.model.box_record import BoxRecord, keyframe
from app.model.interpolation import record_at
from app.model.project import Run
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tracker_core.geometry import Box

NO_RUNS: Mapping[int, Run] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BoxEdit:
    """The records to put, and the marks where they change. ``told`` says what the person may not have seen.

    Where there is nothing to do, ``refusal`` is the sentence that says why.
    """

    records: Mapping[int, BoxRecord | None] = field(default_factory=dict)
    refusal: str = ""
    marks: TrackMarks | None = None
    told: str = ""


def place_box(track: Track, frame: int, box: Box, *, runs: Mapping[int, Run] = NO_RUNS) -> BoxEdit:
    """Draw, drag or nudge: the frame becomes a keyframe there. What was said about occlusion still holds.

    Boxes that a run (of ``runs``) went on to make from a box that stood here are overruled.
    """
    shown = record_at(track, frame)
    marks = _drawn_in_gap(track, frame)
    if shown is None or shown.box != box:
        overruled = overruled_by_correction(track, frame, runs).overruled
        marks = replace(marks, overruled=overruled)
    return BoxEdit(
        {frame: keyframe(box, occluded=shown is not None and shown.occluded)},
        marks=None if marks == track.marks else marks,
    )


def toggle_occluded(track: Track, frame: int) -> BoxEdit:
    """Say that something hides part of the target from here to the next keyframe, or that nothing does.

    The frame becomes a keyframe.
    """
    shown = record_at(track, frame)
    if shown is None or shown.box is None:
        return BoxEdit(refusal=f"Track {track.id} has no box on frame {frame} that could be hidden.")
    occluded = not shown.occluded
    records: dict[int, BoxRecord | None] = {
        place: replace(record, occluded=occluded)
        for place, record in _up_to_next_keyframe(track, frame)
        if record.box is not None and record.occluded != occluded
    }
    return BoxEdit({frame: keyframe(shown.box, occluded=occluded), **records})


def toggle_absent(track: Track, frame: int) -> BoxEdit:
    """Say that the target is not in the picture from here to the next keyframe, or take that back where it was said.

    Boxes of the tracker in between go, but a box that a person has reviewed stands like a keyframe. Where a run has
    given the target up, this says that it was right.
    """
    record, shown = track.get(frame), record_at(track, frame)
    if record is not None and record.absent and record.is_keyframe:
        return BoxEdit({frame: None})
    if shown is None:
        return BoxEdit(refusal=f"Track {track.id} has no box on frame {frame} or before it.")
    if shown.absent and record is None:
        since = track.frame_before(frame)
        return BoxEdit(refusal=f"Track {track.id} is absent here since frame {since}; take that back there.")
    gone: dict[int, BoxRecord | None] = {}
    for place, beyond in _up_to_next_keyframe(track, frame):
        if beyond.reviewed and beyond.box is not None:
            break
        gone[place] = None
    return BoxEdit({frame: keyframe(None), **gone}, told=_told_of_absence(track, frame, len(gone)))


def delete_box(track: Track, frame: int) -> BoxEdit:
    """Delete: this frame's box goes, a person's, a tracker's or an interpolated one, and no other does.

    No box is interpolated in its place. An absent mark goes for all the frames that it speaks for.
    """
    record, shown, before = track.get(frame), record_at(track, frame), track.frame_before(frame)
    if shown is None:
        return BoxEdit(refusal=f"Track {track.id} has no box on frame {frame}.")
    if record is None and shown.absent:
        return BoxEdit(refusal=f"Track {track.id} is absent here since frame {before}; delete that mark there.")
    after = track.frame_after(frame)
    last = frame if after is None or not shown.absent else after - 1
    return BoxEdit({} if record is None else {frame: None}, marks=_with_gap(track, frame, last))


def delete_span(track: Track, first: int, last: int, *, frame_count: int) -> BoxEdit:
    """Delete what is shown from ``first`` to ``last`` (both included), a person's boxes too, and nothing else.

    Where an absence that began inside goes on beyond, it begins after ``last`` then.
    """
    first, last = max(min(first, last), 0), min(max(first, last), frame_count - 1)
    records: dict[int, BoxRecord | None] = {frame: None for frame, _ in track.items(first, last)}
    is_shown = any((shown := record_at(track, frame)) and not shown.absent for frame in range(first, last + 1))
    if not records and not is_shown:
        return BoxEdit(refusal=f"Track {track.id} has no box from frame {first} to {last}.")
    before = track.frame_before(last + 1)
    source = None if before is None else track.get(before)
    goes_on = source is not None and source.absent and before in records
    if goes_on and last + 1 < frame_count and track.get(last + 1) is None:
        records[last + 1] = source
    return BoxEdit(records, marks=_with_gap(track, first, last))


def delete_stale(track: Track) -> BoxEdit:
    """Delete the boxes that a correction or a later run has overruled."""
    stale = list(track.stale_frames())
    if not stale:
        return BoxEdit(refusal=f"Track {track.id} has no stale box.")
    gaps = track.marks.gaps
    for first, last in _spans_of(stale):
        gaps = gaps.with_span(first, last)
    return BoxEdit(dict.fromkeys(stale), marks=TrackMarks(gaps))


def keep_stale(track: Track) -> BoxEdit:
    """Let the boxes that were overruled hold again: a person says so."""
    if next(track.stale_frames(), None) is None:
        return BoxEdit(refusal=f"Track {track.id} has no stale box.")
    return BoxEdit(marks=replace(track.marks, overruled=()))


def _up_to_next_keyframe(track: Track, frame: int) -> Iterator[tuple[int, BoxRecord]]:
    """What is stored after ``frame`` and before the next keyframe."""
    ahead = track.keyframe_after(frame)
    return track.items(frame + 1, None if ahead is None else ahead - 1)


def _with_gap(track: Track, first: int, last: int) -> TrackMarks | None:
    """Marks with a gap where boxes would be interpolated once nothing is stored; None if none would."""
    before, after = track.frame_before(first), track.frame_after(last)
    left, right = (None if frame is None else track.get(frame) for frame in (before, after))
    if left is None or right is None or left.absent or right.absent:
        return None
    return replace(track.marks, gaps=track.marks.gaps.with_span(first, last))


def _drawn_in_gap(track: Track, frame: int) -> TrackMarks:
    """Marks once a box is drawn here: in a span that was deleted, boxes drawn since have their line between them."""
    gap = track.marks.gaps.span_of(frame)
    if gap is None:
        return track.marks
    before, after = track.frame_before(frame), track.frame_after(frame)
    first = before if before is not None and before >= gap[0] else frame
    last = after if after is not None and after <= gap[1] else frame
    if first == last:
        return track.marks  # the first box drawn there says nothing about the frames around it
    return replace(track.marks, gaps=track.marks.gaps.without(first, last))


def _spans_of(frames: list[int]) -> Iterator[tuple[int, int]]:
    """The frames, which are in order, as spans."""
    first = frames[0]
    for one, other in zip(frames, [*frames[1:], None], strict=True):
        if other != one + 1:
            yield first, one
            first = other if other is not None else first


def _told_of_absence(track: Track, frame: int, gone: int) -> str:
    if not gone:
        return ""
    ahead = track.keyframe_after(frame)
    until = "to the end" if ahead is None else f"up to the keyframe on {ahead}"
    boxes = "1 box of the tracker is" if gone == 1 else f"{gone} boxes of the tracker are"
    return f"Track {track.id} is absent from frame {frame} {until}; {boxes} gone."
