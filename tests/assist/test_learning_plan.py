"""Which boxes of a project teach, and which are held back to judge."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assist.learning_plan import (
    LEAST_KEYFRAMES,
    LEAST_PLACES,
    LEAST_TEACHING,
    LONGEST_LEG,
    MOST_FRAMES,
    MOST_TEACHING,
    LearningPlan,
    count_keyframes,
    plan_learning,
    why_not,
)
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import Project, VideoReference
from app.model.track import Track
from tracker_core.geometry import Box
from tracker_core.trackers.families import FAMILIES
from tracker_core.weights.catalog import model_named

BOX = Box(100, 80, 40, 30)
GAP = 8  # a third of a second


def project_of(*tracks: dict[int, BoxRecord | None], frames: int = 6000) -> Project:
    project = Project(VideoReference(Path("video.mp4"), frames, 640, 360, Fraction(25)))
    for number, records in enumerate(tracks, start=1):
        track = Track(number, "car", "#3b82f6")
        track.put(records)
        project.tracks[number] = track
    return project


def drawn(frames: range | list[int]) -> dict[int, BoxRecord | None]:
    return {frame: keyframe(BOX.translated(dx=frame % 50, dy=0)) for frame in frames}


def goals(plan: LearningPlan) -> set[tuple[int, int]]:
    return {(leg.track_id, frame) for leg in plan.legs for frame, _ in leg.goals}


def test_every_third_keyframe_is_held_back_and_is_reached_from_both_sides() -> None:
    plan = plan_learning(project_of(drawn(range(0, 325, 25))))
    assert plan.refusal == ""
    assert [known.frame for known in plan.teaching if known.frame % 25 == 0] == [
        0, 50, 75, 125, 150, 200, 225, 275, 300,
    ]  # fmt: skip
    assert [(leg.start_frame, *(frame for frame, _ in leg.goals)) for leg in plan.legs] == [
        (0, 25), (75, 100), (150, 175), (225, 250),
        (275, 250), (200, 175), (125, 100), (50, 25),
    ]  # fmt: skip
    assert (plan.drawn, plan.held_back, plan.places, plan.frames_to_compare) == (9, 4, 4, 8 * 26)
    assert plan.legs[0].frames == range(26)
    assert plan.legs[-1].frames == range(50, 24, -1)


def test_a_box_made_from_a_held_back_one_teaches_nothing() -> None:
    records = drawn(range(0, 325, 25))
    records |= {f: BoxRecord(BOX, Source.TRACKER, score=0.9) for f in range(325) if f not in records}
    plan = plan_learning(project_of(records))
    # Between 25 and 50, say, a run may have started from the held-back box at 25; between 50 and 75 none has.
    between = {known.frame for known in plan.teaching} - set(records_of_people(records))
    assert between == {f for first in (50, 125, 200, 275) for f in range(first + 1, first + 25)}


def records_of_people(records: dict[int, BoxRecord | None]) -> list[int]:
    return [frame for frame, record in records.items() if record is not None and record.is_keyframe]


@settings(max_examples=40)
@given(
    frames=st.lists(st.sets(st.integers(0, 900), min_size=6, max_size=60), min_size=1, max_size=3),
    absent=st.sets(st.integers(0, 900), max_size=5),
)
def test_nothing_that_judges_teaches_or_lies_near_to_what_does(frames: list[set[int]], absent: set[int]) -> None:
    project = project_of(*(drawn(sorted(of_track)) | {f: keyframe(None) for f in absent} for of_track in frames))
    plan = plan_learning(project)
    if plan.refusal:
        assert not plan.teaching
        return
    judging = {frame for _, frame in goals(plan)}
    assert all(abs(known.frame - frame) >= GAP for known in plan.teaching for frame in judging)
    for leg in plan.legs:
        start, last = leg.frames[0], leg.frames[-1]
        assert abs(last - start) <= LONGEST_LEG
        assert not any(min(start, last) < f < max(start, last) for f in absent)
        record = project.tracks[leg.track_id].get(start)
        assert record is not None
        assert record.is_keyframe
        assert (leg.track_id, start) in {(known.track_id, known.frame) for known in plan.teaching}
    assert plan.drawn >= LEAST_TEACHING
    assert plan.places >= LEAST_PLACES


def test_too_few_boxes_are_refused_with_a_sentence() -> None:
    project = project_of(drawn(range(0, 275, 25)))
    assert count_keyframes(project) == LEAST_KEYFRAMES - 1
    assert plan_learning(project).refusal == (
        "Learning needs at least 12 boxes that you drew or corrected, in full view; this project has 11."
    )


@pytest.mark.parametrize("kind", ["occluded", "absent", "outside", "tiny"])
def test_boxes_in_which_nothing_is_seen_do_not_count(kind: str) -> None:
    hidden = {
        "occluded": keyframe(BOX, occluded=True),
        "absent": keyframe(None),
        "outside": keyframe(Box(630, 10, 40, 30)),
        "tiny": keyframe(Box(10, 10, 4, 30)),
    }[kind]
    project = project_of(drawn(range(0, 275, 25)) | {300: hidden})
    assert "this project has 11." in plan_learning(project).refusal


@pytest.mark.parametrize("frames", [list(range(40)), list(range(0, 4800, 400))], ids=["dense", "sparse"])
def test_boxes_that_lie_too_close_or_too_far_apart_are_refused(frames: list[int]) -> None:
    assert "in more places of the video" in plan_learning(project_of(drawn(frames))).refusal


def test_boxes_on_every_frame_are_divided_into_stretches() -> None:
    plan = plan_learning(project_of(drawn(range(1000))))
    assert plan.refusal == ""
    assert plan.places == 6
    assert plan.held_back == 300
    assert len(plan.teaching) == plan.drawn
    assert plan.frames_to_compare <= MOST_FRAMES


def test_a_large_project_is_thinned_out_from_all_over() -> None:
    records = drawn(range(0, 5000, 50))
    records |= {f: BoxRecord(BOX, Source.TRACKER, score=0.9) for f in range(4900) if f not in records}
    plan = plan_learning(project_of(*[records] * 8))
    assert plan.drawn <= len(plan.teaching) <= max(MOST_TEACHING, plan.drawn)
    assert plan.frames_to_compare <= MOST_FRAMES
    assert {leg.track_id for leg in plan.legs} == set(range(1, 9))


def test_a_model_that_is_only_used_as_it_was_published_says_so() -> None:
    model = model_named("siamrpnpp_small")
    assert why_not(model) == ""
    published = replace(model, name="nano", family=FAMILIES["nanotrack"])
    assert why_not(published) == "nano is a NanoTrack, used as it was published; choose another tracker to teach."
