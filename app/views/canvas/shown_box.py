"""The boxes to paint at a frame, from project and session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.document.session import Session
from app.language import tr
from app.model.box_record import BoxRecord
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.score_meaning import ScoreMeaning, agreement_text
from app.model.track import Track
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class ShownBox:
    """One box as the canvas paints it. A ghost is the track's last keyframe, for comparison; it cannot be edited.

    Raises:
        ValueError: for the record of an absent target.
    """

    track_id: int
    record: BoxRecord
    colour: str  # "#rrggbb"
    label: str
    selected: bool = False
    doubtful: bool = False
    score_meaning: ScoreMeaning = ScoreMeaning.MEASURED
    why_not_doubtful: str = ""  # what outweighs its low score
    stale: bool = False  # a correction or a later run has overruled the box's run
    ghost: bool = False
    locked: bool = False  # visible, but cannot be clicked or moved

    def __post_init__(self) -> None:
        if self.record.box is None:
            raise ValueError("an absent target has no box to show")

    @property
    def box(self) -> Box:
        assert self.record.box is not None
        return self.record.box


def shown_boxes(
    project: Project,
    session: Session,
    frame: int,
    *,
    with_ghost: bool = True,
    is_locked: Callable[[int], bool] = lambda track_id: False,
    is_doubtful: Callable[[int, int], bool] = lambda track_id, frame: False,
) -> tuple[ShownBox, ...]:
    """The boxes at a frame in painting order: the ghost, the others, the selected ones, and the active one last.
    ``is_doubtful`` gets a track and a frame.
    """
    selected_ids = session.selected_track_ids
    others = [track_id for track_id in project.tracks if track_id not in selected_ids]
    order = [track_id for track_id in [*others, *reversed(selected_ids)] if track_id in project.tracks]
    visible = [project.tracks[track_id] for track_id in order if not session.is_hidden(track_id)]
    boxes: list[ShownBox] = []
    for track in visible:
        if with_ghost and track.id == session.active_track_id:
            boxes[:0] = _ghost(track, frame)
        record = record_at(track, frame)
        if record is not None and not record.absent:
            boxes.append(
                ShownBox(
                    track.id,
                    record,
                    track.colour,
                    track.label,
                    selected=track.id in selected_ids,
                    score_meaning=project.score_meaning(record),
                    doubtful=(doubtful := is_doubtful(track.id, frame)),
                    why_not_doubtful="" if doubtful else _outweighing(record, session.doubt_rules.least_right),
                    stale=track.is_stale(frame),
                    locked=is_locked(track.id),
                )
            )
    return tuple(boxes)


def _outweighing(record: BoxRecord, least_right: float) -> str:
    """Why a box is not doubtful though its own score is low; empty if the score is not."""
    if record.score is None or record.score >= least_right:
        return ""
    return tr("reviewed") if record.reviewed else agreement_text(record)


def _ghost(track: Track, frame: int) -> Iterator[ShownBox]:
    here = track.get(frame)
    if here is not None and here.is_keyframe:
        return
    for beside in (track.keyframe_before(frame), track.keyframe_after(frame)):
        record = None if beside is None else track.get(beside)
        if record is not None and not record.absent:
            yield ShownBox(track.id, record, track.colour, track.label, ghost=True)
