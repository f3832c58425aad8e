"""Plans the run that a person asks for: which tracks, in which direction, and how far."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from app.assist.correction import end_at, joined, plan_between
from app.assist.exemplar import next_keyframe
from app.assist.known_sides import End
from app.assist.run_plan import (
    RefusalError,
    RunPlan,
    TrackPlan,
    Until,
    known_start,
    nothing_ahead,
    plan_run,
    together,
)
from app.assist.stretch import Stretch
from app.model.direction import BACKWARD, FORWARD, Direction, reverse_of
from app.model.project import Project
from app.model.track import Track

Directions = tuple[Direction, ...]
BOTH_WAYS: Directions = (FORWARD, BACKWARD)


@dataclass(frozen=True, slots=True)
class RunWish:
    """The run that a person asks for.

    ``until``: to the next keyframe of each track, through all keyframes to the end of the video, or this many frames,
    also through keyframes.
    """

    track_ids: tuple[int, ...]  # the active one first
    frame: int
    directions: Directions = (FORWARD,)
    until: Until | int = Until.NEXT_KEYFRAME

    def of(self, track_ids: Collection[int]) -> RunWish:
        """The same wish for only those of its tracks that are in ``track_ids``."""
        return replace(self, track_ids=tuple(track_id for track_id in self.track_ids if track_id in track_ids))


def plan_wish(project: Project, wish: RunWish) -> RunPlan:
    """Plan a wish. A track that can start in one of two directions is not refused."""
    plans = [
        plan_between(project, wish.track_ids, wish.frame, direction)
        if wish.until is Until.NEXT_KEYFRAME
        else plan_through(project, wish.track_ids, wish.frame, direction, until=wish.until)
        for direction in wish.directions
    ]
    if len(plans) == 1:
        return plans[0]
    started = {track_id for plan in plans for track_id in plan.track_ids}
    stuck = [track_id for track_id in wish.track_ids if track_id not in started]
    refusals = plan_run(project, stuck, wish.frame, wish.directions[0]).refusals
    parts = [part for plan in plans for part in _chain(plan)]
    return joined(parts, [stretch for plan in plans for stretch in plan.stretches], wish.frame, refusals)


def plan_through(
    project: Project, track_ids: Collection[int], frame: int, direction: Direction, *, until: Until | int
) -> RunPlan:
    """Track through all keyframes, up to the end of the video or so many frames: between two keyframes that show the
    target from both sides, elsewhere one way. Nothing is tracked after a keyframe that says absent, up to the next one.
    """
    last = project.video.frame_count - 1
    end = last if direction == FORWARD else 0
    if isinstance(until, int):
        end = min(max(frame + until * direction, 0), last)
    one_way: list[list[TrackPlan]] = []
    stretches: list[Stretch] = []
    refusals: list[str] = []
    for track_id in track_ids:
        track = project.tracks[track_id]
        try:
            start = known_start(track, frame, direction, project.video)
        except RefusalError as refusal:
            refusals.append(str(refusal))
            continue
        parts = list(_parts(project, track, start, end, direction))
        if not parts:
            refusals.append(nothing_ahead(track, start.frame, direction, project.video.frame_count))
        one_way.append([part for part in parts if isinstance(part, TrackPlan)])
        stretches += [part for part in parts if isinstance(part, Stretch)]
    passes = [[part for part in of_pass if part is not None] for of_pass in zip_longest(*one_way)]
    plans = [together(of_pass, direction) for of_pass in passes if of_pass]
    return joined(plans, stretches, frame, tuple(refusals))


def _parts(project: Project, track: Track, start: End, end: int, direction: Direction) -> Iterator[TrackPlan | Stretch]:
    """The frames between the start and ``end``, cut at the keyframes."""
    here: End | None = start
    for frame in _keyframes(track, start.frame, end, direction):
        goal = end_at(project, track, frame, reverse_of(direction))
        if here is not None and goal is not None and abs(frame - here.frame) > 1:
            first, last = (here, goal) if direction == FORWARD else (goal, here)
            yield Stretch(track.id, first, last, from_here=direction)
        elif here is not None and goal is None:
            yield from _one_way(track, here, frame - direction, direction)
        here = end_at(project, track, frame, direction)
    if here is not None:
        yield from _one_way(track, here, end, direction)


def _one_way(track: Track, here: End, last_frame: int, direction: Direction) -> Iterator[TrackPlan]:
    if (last_frame - here.frame) * direction > 0:
        yield TrackPlan(track.id, here.exemplar_frame, here.exemplar_box, here.frame, here.box, last_frame)


def _keyframes(track: Track, frame: int, end: int, direction: Direction) -> Iterator[int]:
    """The keyframes after ``frame`` up to ``end``, in the order of the run."""
    place = next_keyframe(track, frame, direction)
    while place is not None and (end - place) * direction >= 0:
        yield place
        place = next_keyframe(track, place, direction)


def _chain(plan: RunPlan) -> Iterator[RunPlan]:
    """The one-way passes of a plan, one by one."""
    one: RunPlan | None = plan
    while one is not None:
        if one.tracks:
            yield replace(one, then=None, stretches=(), refusals=())
        one = one.then
