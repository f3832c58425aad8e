"""The tooltip for a place on the timeline."""

from __future__ import annotations

from collections.abc import Callable

from app.language import listed, tr
from app.model.box_record import BoxRecord, Source
from app.model.interpolation import record_at
from app.model.score_meaning import ScoreMeaning, agreement_text, score_text, with_caution
from app.model.track import Track
from app.views.timeline.clock import Clock


def hover_text(
    frame: int, clock: Clock, track: Track | None, *, meaning_of: Callable[[BoxRecord], ScoreMeaning]
) -> str:
    """``frame 214, 0:08.56, car #1, score 0.43``; without a track only the frame and its time.

    ``meaning_of``: what a record's score says.
    """
    parts = [tr("frame {frame}", frame=frame), clock.text(frame)]
    if track is not None:
        record = record_at(track, frame)
        parts += [track.name, _said_of(record, meaning_of)]
        if record is not None and record.occluded:
            parts.append(tr("occluded"))
        if record is not None and (agreement := agreement_text(record)):
            parts.append(agreement)
        if record is not None and record.reviewed and not record.is_keyframe:
            parts.append(tr("reviewed"))
        if track.is_stale(frame):
            parts.append(tr("stale"))
    return listed(parts)


def _said_of(record: BoxRecord | None, meaning_of: Callable[[BoxRecord], ScoreMeaning]) -> str:
    if record is None:
        return tr("no box")
    if record.source is Source.HUMAN:
        return tr("absent from here (keyframe)") if record.absent else tr("keyframe")
    if record.absent:
        return tr("absent")
    if record.source is Source.INTERPOLATED:
        return tr("interpolated")
    if record.score is None:
        return tr("tracked")
    meaning = meaning_of(record)
    number = score_text(record.score, ScoreMeaning.RAW if meaning is ScoreMeaning.RAW else ScoreMeaning.MEASURED)
    return with_caution(tr("score {score_text}", score_text=number), meaning)
