"""Plans tracking a span again: from its first box, through the person's boxes in it, to its end."""

from __future__ import annotations

from itertools import pairwise

from app.assist.correction import end_at, joined
from app.assist.run_plan import RunPlan, plan_run
from app.assist.stretch import Stretch
from app.model.direction import BACKWARD, FORWARD
from app.model.project import Project


def plan_span(project: Project, track_id: int, first: int, last: int) -> RunPlan:
    """Track the frames after ``first`` up to ``last`` again.

    Between boxes that a person has drawn or reviewed, the frames are tracked from both sides. From the last of them,
    one run goes on to ``last``; a tracker's box there is no goal, because the person wants it replaced.
    """
    track = project.tracks[track_id]
    said = [frame for frame, record in track.items(first + 1, last) if record.is_keyframe or record.reviewed]
    plans: list[RunPlan] = []
    stretches: list[Stretch] = []
    for here, there in pairwise([first, *said]):
        start, goal = end_at(project, track, here, FORWARD), end_at(project, track, there, BACKWARD)
        if there - here < 2:
            continue
        if start is not None and goal is not None:
            stretches.append(Stretch(track_id, start, goal, from_here=FORWARD))
        elif goal is None:
            plans.append(plan_run(project, [track_id], here, FORWARD, until=there - here - 1))
    here = said[-1] if said else first
    if last > here:
        plans.append(plan_run(project, [track_id], here, FORWARD, until=last - here))
    return joined(plans, stretches, first)
