"""Marks a span of frames as absent or occluded, and counts the boxes in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.assist.box_edits import BoxEdit
from app.language import plural, tr
from app.model.box_record import BoxRecord, keyframe
from app.model.interpolation import record_at
from app.model.record_block import Flag
from app.model.track import Track


def boxes_shown(track: Track, first: int, last: int) -> int:
    """How many frames from ``first`` to ``last`` (both included) show a box, stored or interpolated.

    It only reads the stored records of the span, so long spans are cheap.
    """
    if last < first:
        return 0
    before, after = track.frame_before(first), track.frame_after(last)
    stored = track.columns(first if before is None else before, last if after is None else after)
    frames, has_box = stored.frames, ~stored.has(Flag.ABSENT)
    count = int(np.count_nonzero(has_box & (frames >= first) & (frames <= last)))
    is_line = has_box[:-1] & has_box[1:] & (np.diff(frames) > 1)
    for left, right in zip(frames[:-1][is_line].tolist(), frames[1:][is_line].tolist(), strict=True):
        begin, end = max(left + 1, first), min(right - 1, last)
        if begin <= end:
            gaps = track.marks.gaps.between(begin, end)
            count += end - begin + 1 - sum(gap_last - gap_first + 1 for gap_first, gap_last in gaps)
    return count


def absent_span(track: Track, first: int, last: int) -> BoxEdit:
    """Mark the target as absent from ``first`` to ``last`` (both included), and delete its boxes there.

    What is shown around the span stays. If nothing is known after it, the absence goes on to the next box.
    """
    gone = boxes_shown(track, first, last)
    shown_first, beyond = record_at(track, first), record_at(track, last + 1)
    if not gone and shown_first is not None and shown_first.absent:
        return BoxEdit(
            refusal=tr(
                "{track} is absent from frame {first} to {last} already.", track=track.name, first=first, last=last
            )
        )
    records: dict[int, BoxRecord | None] = {frame: None for frame, _ in track.items(first, last)}
    records[first] = keyframe(None)
    for place, shown in ((first - 1, record_at(track, first - 1)), (last + 1, beyond)):
        if track.get(place) is None and shown is not None and shown.box is not None:
            records[place] = shown  # stored, because its line would vanish with the other end
    goes_on = beyond is None or beyond.absent
    after = track.frame_after(last)
    end = (
        tr("frame {last}", last=last)
        if not goes_on
        else tr("the end")
        if after is None
        else tr("the next box on frame {after}", after=after)
    )
    return BoxEdit(
        records,
        told=tr(
            "{track} is absent from frame {first} to {end}; {boxes} gone.",
            track=track.name,
            first=first,
            end=end,
            boxes=_boxes(gone),
        ),
    )


def occlude_span(track: Track, first: int, last: int) -> BoxEdit:
    """Mark the target as occluded from ``first`` to ``last``; if all boxes are marked already, take the mark back."""
    count = boxes_shown(track, first, last)
    if not count:
        return BoxEdit(
            refusal=tr("{track} has no box from frame {first} to {last}.", track=track.name, first=first, last=last)
        )
    start, beyond = record_at(track, first), record_at(track, last + 1)
    stored: dict[int, BoxRecord] = {frame: record for frame, record in track.items(first, last) if record.box}
    if first not in stored and start is not None and start.box is not None:
        stored[first] = start
    occluded = not all(record.occluded for record in stored.values())
    records: dict[int, BoxRecord | None] = {
        frame: replace(record, occluded=occluded) for frame, record in stored.items() if record.occluded != occluded
    }
    if track.get(last + 1) is None and beyond is not None and beyond.box is not None:
        records[last + 1] = beyond  # interpolated boxes take their mark from the record before
    says = tr("occluded") if occluded else tr("no longer occluded")
    return BoxEdit(
        records,
        told=tr(
            "{boxes} of {track} {says}, frames {first} to {last}.",
            boxes=_boxes(count),
            track=track.name,
            says=says,
            first=first,
            last=last,
        ),
    )


def _boxes(count: int) -> str:
    return plural(count, "{n} box is", "{n} boxes are")
