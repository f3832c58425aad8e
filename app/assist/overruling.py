"""Decides which boxes become stale after a correction, or when a new run is about to replace them."""

from __future__ import annotations

from collections.abc import Mapping

from app.assist.exemplar import next_keyframe
from app.assist.run_plan import RunPlan, TrackPlan
from app.assist.tracking_run import TrackEnd
from app.model.direction import BACKWARD, FORWARD, Direction
from app.model.frame_spans import Span
from app.model.project import Run
from app.model.track import Track
from app.model.track_marks import TrackMarks


def overruled_by_correction(track: Track, frame: int, runs: Mapping[int, Run]) -> TrackMarks:
    """The marks of a track after a person moved its box at ``frame``. A run that passed or started here continued from
    a wrong box: its boxes beyond are overruled up to the next keyframe, and so are those of later runs that continued
    from them.
    """
    marks = track.marks
    for direction in (FORWARD, BACKWARD):
        marks = _overruled_beyond(track, frame, direction, runs, marks)
    return marks


def overruled_by_run(track: Track, plan: RunPlan, *, run_id: int) -> TrackMarks:
    """The marks of a track when a run starts: it will replace all boxes of its plan, so the older ones are overruled.

    So frames that it never reaches, because it is stopped or loses the target, are marked from the start. Parts that
    may stop where they agree with the old boxes overrule nothing.
    """
    marks = track.marks
    for span in _spans_made_anew(track.id, plan):
        older = {other for other in track.run_ids(*span) if other < run_id}
        marks = marks.overruling(*span, run_id=max(older)) if older else marks
    return marks


def marks_after_run(marks: TrackMarks, plan: RunPlan, end: TrackEnd, *, run_id: int) -> TrackMarks:
    """The marks of a track when this part of a run has ended. If it reached the end of its plan, no older box is left;
    if it agrees with the old boxes, they are valid again.
    """
    if end.reason in ("deleted", "dropped"):
        return marks
    for planned in plan.one_way:
        is_whole = end.reason == "agreed" or (end.reason == "reached" and end.frame == planned.last_frame)
        if planned.track_id == end.track_id and planned.makes(end.frame) and is_whole:
            marks = marks.holding(*_frames_of(planned), before_run=run_id)
    for stretch in plan.two_sided:
        if stretch.track_id == end.track_id and stretch.first.frame <= end.frame <= stretch.last.frame:
            marks = marks.holding(stretch.first.frame + 1, stretch.last.frame - 1, before_run=run_id)
    return marks


def start_over_stale(track: Track, frame: int) -> tuple[int, Direction] | None:
    """The frame and direction from which to track the stale boxes at ``frame`` again; if there are none, the next ones
    after it, or else the last ones before it. None if there are none, or no box beside them can be a start.
    """
    stale = next(track.stale_frames(frame), None)
    if stale is None:
        stale = max(track.stale_frames(0, frame), default=None)
    if stale is None:
        return None
    first = last = stale
    while (before := track.frame_before(first)) is not None and track.is_stale(before):
        first = before
    while (after := track.frame_after(last)) is not None and track.is_stale(after):
        last = after
    starts: tuple[tuple[int | None, Direction], ...] = ((before, FORWARD), (after, BACKWARD))
    for start, direction in starts:
        record = None if start is None else track.get(start)
        if start is not None and record is not None and record.box is not None:
            return start, direction
    return None


def _spans_made_anew(track_id: int, plan: RunPlan) -> list[Span]:
    spans = [_frames_of(planned) for planned in plan.one_way if planned.track_id == track_id and not planned.standing]
    return spans + [
        (stretch.first.frame + 1, stretch.last.frame - 1)
        for stretch in plan.two_sided
        if stretch.track_id == track_id and not stretch.standing
    ]


def _frames_of(plan: TrackPlan) -> tuple[int, int]:
    if plan.last_frame > plan.start_frame:
        return plan.start_frame + 1, plan.last_frame
    return plan.last_frame, plan.start_frame - 1


def _overruled_beyond(
    track: Track, frame: int, direction: Direction, runs: Mapping[int, Run], marks: TrackMarks
) -> TrackMarks:
    beside = frame + direction
    record = track.get(beside)
    if record is None or record.run_id is None or not _goes(runs.get(record.run_id), direction):
        return marks
    keyframe = next_keyframe(track, frame, direction)
    end = track.last_frame if direction == FORWARD else track.first_frame
    assert end is not None
    last = end if keyframe is None else keyframe - direction
    run_ids = track.run_ids(*sorted((beside, last)))
    going = {run_id for run_id in run_ids if _goes(runs.get(run_id), direction)}
    if any(other < max(going) for other in run_ids - going):  # here the stretch ends at a run from the other side
        last = _before_others(track, beside, last, direction, going)
    return marks.overruling(*sorted((beside, last)), run_id=max(going))


def _before_others(track: Track, beside: int, last: int, direction: Direction, going: set[int]) -> int:
    """The last frame before the first box of another run."""
    first_frame, last_frame = sorted((beside, last))
    for frame, record in list(track.items(first_frame, last_frame))[::direction]:
        if record.run_id is not None and record.run_id not in going:
            return frame - direction
    return last


def _goes(run: Run | None, direction: Direction) -> bool:
    return direction == (FORWARD if run is None else run.direction)
