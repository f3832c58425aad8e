from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assist.run_plan import RunPlan, Until
from app.assist.wished_run import BOTH_WAYS, Directions, RunWish, plan_wish
from app.model.direction import BACKWARD, FORWARD, Direction
from app.model.project import Project
from tests.assist.test_run_plan import FRAMES, project_of


def made(plan: RunPlan, track_id: int = 1) -> set[int]:
    """The frames in which the plan may put a box of the track."""
    return {frame for frame in range(FRAMES) if plan.covers(track_id, frame)}


def wished(
    project: Project, frame: int, directions: Directions = (FORWARD,), until: Until | int = Until.NEXT_KEYFRAME
) -> RunPlan:
    return plan_wish(project, RunWish(tuple(project.tracks), frame, directions, until))


def test_to_the_next_keyframe_it_is_a_run_from_both_sides() -> None:
    plan = wished(project_of({20: 5, 50: 9}), 20)
    assert (plan.tracks, made(plan)) == ((), set(range(21, 50)))


def test_both_ways_go_to_the_neighbouring_keyframes() -> None:
    plan = wished(project_of({20: 5, 50: 9}), 50, BOTH_WAYS)
    assert made(plan) == {*range(21, 50), *range(51, FRAMES)}
    assert [(stretch.first.frame, stretch.last.frame) for stretch in plan.two_sided] == [(20, 50)]
    assert [(part.start_frame, part.last_frame) for part in plan.one_way] == [(50, FRAMES - 1)]


def test_a_track_at_the_beginning_goes_only_ahead_and_is_not_refused() -> None:
    plan = wished(project_of({0: 5}, {40: 5}), 0, BOTH_WAYS)
    assert made(plan, 1) == set(range(1, FRAMES))
    assert made(plan, 2) == set(range(40))  # from its nearest box
    assert plan.refusals == ()


def test_a_track_that_cannot_go_either_way_is_refused_once() -> None:
    plan = wished(project_of({20: None}, {20: 5}), 20, BOTH_WAYS)
    assert plan.track_ids == (2,)
    assert plan.refusals == ("Track 1 is absent on frame 20; draw its box there first.",)


def test_through_all_keyframes_each_stretch_is_run_from_both_sides_and_the_rest_one_way() -> None:
    plan = wished(project_of({20: 5, 50: 9, 51: 9, 70: 9}), 20, until=Until.END)
    assert made(plan) == {*range(21, 50), *range(52, 70), *range(71, FRAMES)}
    assert [(stretch.first.frame, stretch.last.frame) for stretch in plan.two_sided] == [(20, 50), (51, 70)]
    assert [(part.start_frame, part.last_frame) for part in plan.one_way] == [(70, FRAMES - 1)]


def test_where_the_target_is_absent_nothing_is_tracked_until_it_is_drawn_again() -> None:
    plan = wished(project_of({20: 5, 40: None, 60: 9}), 20, until=Until.END)
    assert made(plan) == {*range(21, 40), *range(61, FRAMES)}


def test_so_many_frames_end_there_also_between_two_keyframes() -> None:
    plan = wished(project_of({20: 5, 30: 9, 50: 9}), 20, until=15)
    assert made(plan) == {*range(21, 30), *range(31, 36)}
    assert made(wished(project_of({20: 5}), 20, BOTH_WAYS, until=4)) == {16, 17, 18, 19, 21, 22, 23, 24}


@given(
    places=st.dictionaries(st.integers(0, FRAMES - 1), st.sampled_from([5, None]), min_size=1, max_size=6),
    frame=st.integers(0, FRAMES - 1),
    ahead=st.sampled_from([FORWARD, BACKWARD]),
    until=st.one_of(st.just(Until.END), st.integers(1, FRAMES)),
)
@pytest.mark.filterwarnings("error")
def test_it_makes_every_frame_on_the_way_that_has_a_target_and_no_keyframe(
    places: dict[int, int | None], frame: int, ahead: Direction, until: Until | int
) -> None:
    plan = wished(project_of(dict(places)), frame, (ahead,), until)
    end = frame + until * ahead if isinstance(until, int) else FRAMES - 1 if ahead == FORWARD else 0
    behind = [place for place in places if (frame - place) * ahead >= 0]
    # A keyframe holds up to the next one, whatever the direction of the run.
    here = max((place for place in places if place <= frame), default=None)
    start = max(behind, key=lambda place: place * ahead, default=None)
    says = [places[place] for place in (start, here) if place is not None]
    expected: set[int] = set()
    if start is not None and None not in says:
        shows = True
        for place in range(start + ahead, min(max(end, 0), FRAMES - 1) + ahead, ahead):
            if place in places:
                shows = places[place] is not None
            elif shows:
                expected.add(place)
    assert made(plan) == expected
    assert len(plan.refusals) == (not expected)


def test_directly_before_an_absent_keyframe_it_goes_on_where_the_target_is_drawn_again() -> None:
    plan = wished(project_of({20: 5, 21: None, 60: 9}), 20, until=Until.END)
    assert made(plan) == set(range(61, FRAMES))


def test_where_every_frame_on_the_way_is_drawn_it_says_so() -> None:
    plan = wished(project_of(dict.fromkeys(range(90, FRAMES), 5)), 90, until=Until.END)
    assert plan.is_empty
    assert plan.refusals == ("Track 1 has a keyframe on frame 91 already, so there is nothing to track.",)
