"""Plans what to track again after a correction: only the frames between the neighbouring keyframes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.assist.exemplar import exemplar_for
from app.assist.known_sides import End
from app.assist.run_plan import RunPlan, TrackPlan, Until, plan_run, together
from app.assist.stretch import Stretch
from app.model.box_record import Source
from app.model.direction import BACKWARD, FORWARD, Direction, reverse_of
from app.model.project import Project
from app.model.record_block import TRACKER
from app.model.track import Track
from tracker_core.geometry import Box


def plan_correction(project: Project, track_id: int, frame: int, *, all_the_way: bool = False) -> RunPlan:
    """Track the tracker's boxes on both sides of a keyframe again. If a neighbouring keyframe shows the target, the
    frames up to it are tracked from both ends. If not, one run goes on from the correction, even past the frame where
    the last run lost the target or a person marked it as absent. A side without a tracker's box next to the correction
    is left alone.

    Args:
        all_the_way: do not stop when the run agrees with the old boxes.
    """
    track = project.tracks[track_id]
    plans: list[RunPlan] = []
    stretches: list[Stretch] = []
    for direction in (FORWARD, BACKWARD):
        if not (
            _has_tracked_beside(track, frame, direction)
            or _gave_up_beside(project, track, frame, direction)
            or _comes_back(track, frame, direction)
        ):
            continue
        standing = {} if all_the_way else _standing(track, frame, direction)
        stretch = _stretch(project, track, frame, direction)
        if stretch is not None:
            stretches.append(replace(stretch, from_here=direction, standing=standing))
            continue
        plan = plan_run(project, [track_id], frame, direction, until=Until.NEXT_KEYFRAME)
        tracks = tuple(replace(planned, standing=standing) for planned in plan.tracks)
        plans.append(replace(plan, tracks=tracks))
    return joined(plans, stretches, frame)


def plan_between(project: Project, track_ids: Iterable[int], frame: int, direction: Direction) -> RunPlan:
    """Track from ``frame`` to the next keyframe of each track, from both sides if that keyframe shows the target."""
    plan = plan_run(project, track_ids, frame, direction, until=Until.NEXT_KEYFRAME)
    alone: list[TrackPlan] = []
    stretches: list[Stretch] = []
    for planned in plan.tracks:
        start = End(planned.start_frame, planned.start_box, planned.exemplar_frame, planned.exemplar_box)
        meets = planned.last_frame + direction
        goal = end_at(project, project.tracks[planned.track_id], meets, reverse_of(direction))
        if goal is None:
            alone.append(planned)
        else:
            first, last = (start, goal) if direction == FORWARD else (goal, start)
            stretches.append(Stretch(planned.track_id, first, last, from_here=direction))
    if not stretches:
        return plan
    return joined([together(alone, direction)] if alone else [], stretches, frame, plan.refusals)


def joined(plans: list[RunPlan], stretches: list[Stretch], frame: int, refusals: tuple[str, ...] = ()) -> RunPlan:
    """Chain several plans, to be carried out one after the other."""
    first = min((stretch.first.frame + 1 for stretch in stretches), default=frame)
    last = max((stretch.last.frame - 1 for stretch in stretches), default=frame)
    plan = RunPlan((), FORWARD, first, last)
    for one in reversed([one for one in plans if one.tracks]):
        plan = replace(one, then=plan if plan.tracks else None)
    refusals = (*refusals, *(refusal for one in plans for refusal in one.refusals))
    return replace(plan, stretches=tuple(stretches), refusals=refusals)


def _has_tracked_beside(track: Track, frame: int, direction: Direction) -> bool:
    beside = track.frame_after(frame) if direction == FORWARD else track.frame_before(frame)
    record = None if beside is None else track.get(beside)
    return record is not None and record.source is Source.TRACKER


def _gave_up_beside(project: Project, track: Track, frame: int, direction: Direction) -> bool:
    """Whether a run in this direction ended at this frame although its plan went further."""
    ahead, behind = track.frame_after(frame), track.frame_before(frame)
    if direction == BACKWARD:
        ahead, behind = behind, ahead
    record = None if behind is None else track.get(behind)
    run = None if record is None or record.run_id is None else project.runs.get(record.run_id)
    if ahead is not None or run is None or run.direction != direction:
        return False
    return (run.last_frame - frame) * direction > 0


def _comes_back(track: Track, frame: int, direction: Direction) -> bool:
    """Whether the target is here again after it was absent or lost. A person's absent mark has removed the tracker's
    boxes up to the next keyframe, so no box on this side shows that the track is tracked.
    """
    if direction == BACKWARD:
        return False
    behind, ahead = track.frame_before(frame), track.frame_after(frame)
    before = None if behind is None else track.get(behind)
    after = None if ahead is None else track.get(ahead)
    if before is None or not before.absent or not (after is None or after.is_keyframe):
        return False
    return bool((track.columns().sources == TRACKER).any())


def _standing(track: Track, frame: int, direction: Direction) -> dict[int, Box]:
    """The current boxes up to and including the next keyframe."""
    if direction == FORWARD:
        records = track.items(frame + 1, track.keyframe_after(frame))
    else:
        records = track.items(track.keyframe_before(frame) or 0, frame - 1)
    return {place: record.box for place, record in records if record.box is not None}


def _stretch(project: Project, track: Track, frame: int, direction: Direction) -> Stretch | None:
    """The stretch from here to the neighbouring keyframe, if that shows the target."""
    other = track.keyframe_after(frame) if direction == FORWARD else track.keyframe_before(frame)
    if other is None:
        return None
    first, last = sorted((frame, other))
    ends = end_at(project, track, first, FORWARD), end_at(project, track, last, BACKWARD)
    return None if ends[0] is None or ends[1] is None else Stretch(track.id, ends[0], ends[1])


def end_at(project: Project, track: Track, frame: int, direction: Direction) -> End | None:
    """A stored box as the end of a stretch, if a run in this direction can start from it; else None."""
    record = track.get(frame)
    if record is None or record.box is None:
        return None
    exemplar = exemplar_for(track, frame, direction) or (None if record.occluded else (frame, record.box))
    if exemplar is None:
        return None
    video = project.video
    if any(box.clipped(width=video.width, height=video.height).area == 0 for box in (record.box, exemplar[1])):
        return None
    return End(frame, record.box, *exemplar)
