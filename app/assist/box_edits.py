"""What a person's edit does to the records and the marks of its track."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.assist.overruling import overruled_by_correction
from app.language import tr
from app.model.box_record import BoxRecord, keyframe
from app.model.interpolation import record_at
from app.model.project import Run
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tracker_core.geometry import Box

NO_RUNS: Mapping[int, Run] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BoxEdit:
    """The records to write, and the marks if they change. ``told``: a sentence about what the person may not notice.
    ``refusal``: a sentence that says why there is nothing to do.
    """

    records: Mapping[int, BoxRecord | None] = field(default_factory=dict)
    refusal: str = ""
    marks: TrackMarks | None = None
    told: str = ""


def place_box(track: Track, frame: int, box: Box, *, runs: Mapping[int, Run] = NO_RUNS) -> BoxEdit:
    """Draw, drag or nudge a box: the frame becomes a keyframe with this box. Its occluded mark stays. Boxes that one of
    ``runs`` made from the old box are overruled.
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
    """Mark the target as occluded from here to the next keyframe, or as not occluded. The frame becomes a keyframe."""
    shown = record_at(track, frame)
    if shown is None or shown.box is None:
        return BoxEdit(
            refusal=tr("Track {id} has no box on frame {frame} to mark as occluded.", id=track.id, frame=frame)
        )
    occluded = not shown.occluded
    records: dict[int, BoxRecord | None] = {
        place: replace(record, occluded=occluded)
        for place, record in _up_to_next_keyframe(track, frame)
        if record.box is not None and record.occluded != occluded
    }
    return BoxEdit({frame: keyframe(shown.box, occluded=occluded), **records})


def toggle_absent(track: Track, frame: int) -> BoxEdit:
    """Mark the target as absent from here to the next keyframe or reviewed box, or take the mark back. The tracker's
    boxes in between are removed. Where a run lost the target, this confirms it.
    """
    record, shown = track.get(frame), record_at(track, frame)
    if record is not None and record.absent and record.is_keyframe:
        return BoxEdit({frame: None})
    if shown is None and track.frame_before(frame) is None:
        return BoxEdit(refusal=tr("Track {id} has no box on frame {frame} or before it.", id=track.id, frame=frame))
    if shown is not None and shown.absent and record is None:
        since = track.frame_before(frame)
        return BoxEdit(
            refusal=tr("Track {id} is absent here since frame {since}; take that back there.", id=track.id, since=since)
        )
    gone: dict[int, BoxRecord | None] = {}
    for place, beyond in _up_to_next_keyframe(track, frame):
        if beyond.reviewed and beyond.box is not None:
            break
        gone[place] = None
    return BoxEdit({frame: keyframe(None), **gone}, told=_told_of_absence(track, frame, len(gone)))


def delete_box(track: Track, frame: int) -> BoxEdit:
    """Delete only this frame's box, whether a person's, a tracker's or an interpolated one. No box is interpolated in
    its place. An absent mark is deleted for all its frames.
    """
    record, shown, before = track.get(frame), record_at(track, frame), track.frame_before(frame)
    if shown is None:
        return BoxEdit(refusal=tr("Track {id} has no box on frame {frame}.", id=track.id, frame=frame))
    if record is None and shown.absent:
        return BoxEdit(
            refusal=tr(
                "Track {id} is absent here since frame {before}; delete that mark there.", id=track.id, before=before
            )
        )
    after = track.frame_after(frame)
    last = frame if after is None or not shown.absent else after - 1
    return BoxEdit({} if record is None else {frame: None}, marks=_with_gap(track, frame, last))


def delete_span(track: Track, first: int, last: int, *, frame_count: int) -> BoxEdit:
    """Delete everything shown from ``first`` to ``last`` (both included), including a person's boxes. An absence that
    begins inside and goes on beyond then begins after ``last``.
    """
    first, last = max(min(first, last), 0), min(max(first, last), frame_count - 1)
    records: dict[int, BoxRecord | None] = {frame: None for frame, _ in track.items(first, last)}
    is_shown = any((shown := record_at(track, frame)) and not shown.absent for frame in range(first, last + 1))
    if not records and not is_shown:
        return BoxEdit(
            refusal=tr("Track {id} has no box from frame {first} to {last}.", id=track.id, first=first, last=last)
        )
    before = track.frame_before(last + 1)
    source = None if before is None else track.get(before)
    goes_on = source is not None and source.absent and before in records
    if goes_on and last + 1 < frame_count and track.get(last + 1) is None:
        records[last + 1] = source
    return BoxEdit(records, marks=_with_gap(track, first, last))


def delete_stale(track: Track) -> BoxEdit:
    """Delete the boxes that a correction or a later run overruled."""
    stale = list(track.stale_frames())
    if not stale:
        return BoxEdit(refusal=tr("Track {id} has no stale box.", id=track.id))
    gaps = track.marks.gaps
    for first, last in _spans_of(stale):
        gaps = gaps.with_span(first, last)
    return BoxEdit(dict.fromkeys(stale), marks=TrackMarks(gaps))


def keep_stale(track: Track) -> BoxEdit:
    """Make overruled boxes valid again."""
    if next(track.stale_frames(), None) is None:
        return BoxEdit(refusal=tr("Track {id} has no stale box.", id=track.id))
    return BoxEdit(marks=replace(track.marks, overruled=()))


def _up_to_next_keyframe(track: Track, frame: int) -> Iterator[tuple[int, BoxRecord]]:
    """The records after ``frame`` and before the next keyframe."""
    ahead = track.keyframe_after(frame)
    return track.items(frame + 1, None if ahead is None else ahead - 1)


def _with_gap(track: Track, first: int, last: int) -> TrackMarks | None:
    """Marks with a gap, if boxes would otherwise be interpolated where some were deleted, or else None."""
    before, after = track.frame_before(first), track.frame_after(last)
    left, right = (None if frame is None else track.get(frame) for frame in (before, after))
    if left is None or right is None or left.absent or right.absent:
        return None
    return replace(track.marks, gaps=track.marks.gaps.with_span(first, last))


def _drawn_in_gap(track: Track, frame: int) -> TrackMarks:
    """Marks after a box is drawn here. Inside a gap, boxes between it and those drawn in the gap before are
    interpolated again.
    """
    gap = track.marks.gaps.span_of(frame)
    if gap is None:
        return track.marks
    before, after = track.frame_before(frame), track.frame_after(frame)
    first = before if before is not None and before >= gap[0] else frame
    last = after if after is not None and after <= gap[1] else frame
    if first == last:
        return track.marks  # the first box in a gap says nothing about the frames around it
    return replace(track.marks, gaps=track.marks.gaps.without(first, last))


def _spans_of(frames: list[int]) -> Iterator[tuple[int, int]]:
    """Group ascending frames into spans."""
    first = frames[0]
    for one, other in zip(frames, [*frames[1:], None], strict=True):
        if other != one + 1:
            yield first, one
            first = other if other is not None else first


def _told_of_absence(track: Track, frame: int, gone: int) -> str:
    if not gone:
        return ""
    ahead = track.keyframe_after(frame)
    until = tr("to the end") if ahead is None else tr("up to the keyframe on {ahead}", ahead=ahead)
    boxes = tr("1 box of the tracker is") if gone == 1 else tr("{gone} boxes of the tracker are", gone=gone)
    return tr(
        "Track {id} is absent from frame {frame} {until}; {boxes} gone.",
        id=track.id,
        frame=frame,
        until=until,
        boxes=boxes,
    )
