"""Edits of whole tracks: split one, join two, swap two from a frame on. The shown boxes stay the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.assist.attribute_edits import AttributeEdit, exchanged, from_frame, joined, up_to
from app.assist.box_edits import BoxEdit
from app.language import tr
from app.model.box_record import BoxRecord
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks


@dataclass(frozen=True, slots=True)
class Rearrangement:
    """One undo step: the edits of existing tracks, the new tracks and the deleted ones.

    If there is nothing to do, ``refusal`` says why.
    """

    edits: Mapping[int, BoxEdit] = field(default_factory=dict)
    added: tuple[Track, ...] = ()
    removed: tuple[int, ...] = ()
    refusal: str = ""
    attributes: Mapping[int, AttributeEdit] = field(default_factory=dict)


def split(track: Track, frame: int, *, new_id: int, colour: str) -> Rearrangement:
    """Move everything from ``frame`` on into a new track."""
    first, last = track.first_frame, track.last_frame
    if first is None or last is None or frame <= first or record_at(track, frame) is None:
        return Rearrangement(
            refusal=tr("Track {id} has nothing to split off on frame {frame}.", id=track.id, frame=frame)
        )
    going_on = from_frame(track, frame)
    later = Track(new_id, track.label, colour, dict(going_on.attributes), changes=going_on.changes)
    later.put(_from(track, frame))
    later.marks = _marks_within(track.marks, frame, None)
    kept = _without(track, frame)
    return Rearrangement(
        {track.id: BoxEdit(kept, marks=_changed(track, frame - 1))},
        added=(later,),
        attributes=_different([(track, up_to(track, frame))]),
    )


def swap(one: Track, other: Track, frame: int) -> Rearrangement:
    """Exchange the boxes of two tracks from ``frame`` on."""
    edits: dict[int, BoxEdit] = {}
    for track, giver in ((one, other), (other, one)):
        records = {**_without(track, frame), **_from(giver, frame)}
        before, after = _marks_within(track.marks, 0, frame - 1), _marks_within(giver.marks, frame, None)
        gaps = FrameSpans.of([*before.gaps.spans, *after.gaps.spans, *_gap_between(track, giver, frame)])
        marks = TrackMarks(gaps, before.overruled + after.overruled)
        edits[track.id] = BoxEdit(records, marks=None if marks == track.marks else marks)
    if not any(edit.records for edit in edits.values()):
        return Rearrangement(
            refusal=tr(
                "Neither track {id} nor track {id2} has a box from frame {frame} on.",
                id=one.id,
                id2=other.id,
                frame=frame,
            )
        )
    return Rearrangement(
        edits, attributes=_different([(one, exchanged(one, other, frame)), (other, exchanged(other, one, frame))])
    )


def join(first: Track, second: Track) -> Rearrangement:
    """Move the second track into the first. Frames between them become a gap. Where both have records (``overlap_of``),
    those of the first stay, except that a keyframe goes before what no person has made.

    Raises:
        ValueError: for a track and itself.
    """
    if first.id == second.id:
        raise ValueError("a track cannot be joined with itself")
    records: dict[int, BoxRecord | None] = {
        frame: record for frame, record in second.items() if _goes_before(record, first.get(frame))
    }
    gaps = [*first.marks.gaps.spans, *second.marks.gaps.spans]
    hole = _hole_between(first, second)
    if hole is not None:
        gaps.append(hole)
    marks = TrackMarks(FrameSpans.of(gaps), first.marks.overruled + second.marks.overruled)
    return Rearrangement(
        {first.id: BoxEdit(records, marks=marks)},
        removed=(second.id,),
        attributes=_different([(first, joined(first, second))]),
    )


def _goes_before(record: BoxRecord, other: BoxRecord | None) -> bool:
    return other is None or (record.is_keyframe and not other.is_keyframe)


def overlap_of(first: Track, second: Track) -> list[int]:
    """The frames at which both tracks have stored boxes."""
    return [frame for frame, record in first.items() if record.box and (it := second.get(frame)) and it.box]


def _different(edits: Sequence[tuple[Track, AttributeEdit]]) -> dict[int, AttributeEdit]:
    """The edits that change something."""
    return {
        track.id: edit for track, edit in edits if (edit.attributes, edit.changes) != (track.attributes, track.changes)
    }


def _from(track: Track, frame: int) -> dict[int, BoxRecord | None]:
    """The records from ``frame`` on, including one where something is first shown there without a record."""
    records: dict[int, BoxRecord | None] = dict(track.items(frame))
    place = _first_shown(track, frame)
    if place is not None and place not in records:
        shown, before = record_at(track, place), track.frame_before(place)
        assert shown is not None
        source = None if before is None else track.get(before)
        records[place] = source if shown.absent else shown  # a continued absence keeps its source
    return records


def _first_shown(track: Track, frame: int) -> int | None:
    """The first frame from ``frame`` on that shows something; a line or an absence may begin again after a gap."""
    gaps_end = max((last for _, last in track.marks.gaps.spans), default=frame - 1)
    end = max(frame, gaps_end + 1, -1 if track.last_frame is None else track.last_frame)
    return next((place for place in range(frame, end + 1) if record_at(track, place) is not None), None)


def _without(track: Track, frame: int) -> dict[int, BoxRecord | None]:
    """The track's records before ``frame``, including one that preserves an interpolated line that led beyond it."""
    records: dict[int, BoxRecord | None] = {place: None for place, _ in track.items(frame)}
    before = track.frame_before(frame)
    for place in range(frame - 1, frame - 1 if before is None else before, -1):
        shown = record_at(track, place)
        if shown is not None and shown.box is not None:
            records[place] = shown  # the last frame of the line that is in no gap
            break
    return records


def _marks_within(marks: TrackMarks, first: int, last: int | None) -> TrackMarks:
    """The marks from ``first`` to ``last`` (both included; None: to the end)."""
    end = max((span[1] for span in marks.gaps.spans), default=first) if last is None else last
    gaps = FrameSpans.of(marks.gaps.between(first, end)) if end >= first else FrameSpans()
    overruled = tuple(
        Overruled(max(span.first, first), span.last if last is None else min(span.last, last), span.run_id)
        for span in marks.overruled
        if span.last >= first and (last is None or span.first <= last)
    )
    return TrackMarks(gaps, overruled)


def _changed(track: Track, last: int) -> TrackMarks | None:
    marks = _marks_within(track.marks, 0, last)
    return None if marks == track.marks else marks


def _gap_between(track: Track, giver: Track, frame: int) -> list[tuple[int, int]]:
    """The frames before ``frame`` that must become a gap, or they would be interpolated."""
    before = track.frame_before(frame)
    after = _first_shown(giver, frame)
    if before is None or after is None or after - before < 2:
        return []
    unknown = [place for place in range(before + 1, after) if place < frame and record_at(track, place) is None]
    unknown += [place for place in range(max(frame, before + 1), after) if record_at(giver, place) is None]
    return [(place, place) for place in unknown]


def _hole_between(first: Track, second: Track) -> tuple[int, int] | None:
    """The frames between the end of one and the beginning of the other; None if there are none."""
    early, late = sorted((first, second), key=lambda track: track.last_frame if track.last_frame is not None else -1)
    if early.last_frame is None or late.first_frame is None or late.first_frame - early.last_frame < 2:
        return None
    end = early.get(early.last_frame)
    return None if end is None or end.absent else (early.last_frame + 1, late.first_frame - 1)
