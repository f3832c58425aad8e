"""Computes the records that a person's answer to a doubt writes into a track. Commands store them."""

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
    """The track is right: mark every box of the doubt as reviewed.

    If the doubt is a gap, mark the target as absent from the gap's first frame on.
    """
    if doubt.kind is DoubtKind.GAP:
        return {doubt.first_frame: keyframe(None)}
    return reviewed(track, doubt.first_frame, doubt.last_frame)


def reviewed(track: Track, first: int, last: int) -> dict[int, BoxRecord | None]:
    """Mark everything shown from ``first`` to ``last`` (both included) as reviewed, except frames already marked. An
    interpolated box is stored, so that it stays where the person saw it. An absent stretch is marked at its first
    record, even if that lies before ``first``.
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
    """Mark every box from the last drawn one up to ``frame`` (included) as reviewed.

    A correction after them then does not track them again.
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
    """Undo ``reviewed``. A person's own boxes do not change; a stored interpolated box is removed."""
    return {
        frame: None if record.source is Source.INTERPOLATED else replace(record, reviewed=False)
        for frame, record in track.items(first, last)
        if record.reviewed and not record.is_keyframe
    }
