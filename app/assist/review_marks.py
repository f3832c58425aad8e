"""What a person's answer to a doubt writes into a track: pure functions that return the records for a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.certificate import Certificate
from app.model.doubt import Doubt, DoubtKind
from app.model.interpolation import shown_records
from app.model.track import Track

Records = Mapping[int, BoxRecord | None]


def right(track: Track, doubt: Doubt) -> dict[int, BoxRecord | None]:
    """The person says that the track is right where it was doubted: every box of the span is reviewed.

    A gap that is right says that nothing is there: the target is absent from its first frame on.
    """
    if doubt.kind is DoubtKind.GAP:
        return {doubt.first_frame: keyframe(None)}
    return reviewed(track, doubt.first_frame, doubt.last_frame)


def reviewed(track: Track, first: int, last: int) -> dict[int, BoxRecord | None]:
    """Mark everything shown from ``first`` to ``last`` (both included) as reviewed; already marked frames are left out.
    An interpolated box becomes a record, so that it stays where the person saw it. For an absent stretch the record at
    its beginning is marked, wherever that is.
    """
    marked: dict[int, BoxRecord | None] = {}
    for frame, record in shown_records(track, first, last):
        place = frame
        if record.absent and track.get(frame) is None:
            before = track.frame_before(frame)
            assert before is not None
            place = before
        stored = track.get(place)
        if stored is not None:
            record = stored
        if not record.reviewed:
            marked[place] = replace(record, reviewed=True)
    return marked


def looked_through(track: Track, frame: int) -> dict[int, BoxRecord | None]:
    """A person has looked at every box from the last drawn one up to ``frame`` (included), and they are right.

    A correction behind them no longer changes them: what was seen to be right is not tracked again.
    """
    before = track.keyframe_before(frame)
    return reviewed(track, 0 if before is None else before, frame)


def said_wrong(certificate: Certificate | None, doubt: Doubt) -> dict[int, list[int]]:
    """The frames in the doubt's span whose box was judged wrong, each with its places in the certificate."""
    if certificate is None or DoubtKind.SAID_WRONG not in (doubt.kind, *doubt.also):
        return {}
    places: dict[int, list[int]] = {}
    for place, drawn in enumerate(certificate.drawn):
        is_within = drawn.track_id == doubt.track_id and doubt.first_frame <= drawn.frame <= doubt.last_frame
        if is_within and drawn.is_right is False:
            places.setdefault(drawn.frame, []).append(place)
    return places


def unreviewed(track: Track, first: int, last: int) -> dict[int, BoxRecord | None]:
    """Take the marks of ``reviewed`` back. A person's own boxes do not change; a stored interpolated box is removed."""
    return {
        frame: None if record.source is Source.INTERPOLATED else replace(record, reviewed=False)
        for frame, record in track.items(first, last)
        if record.reviewed and not record.is_keyframe
    }
