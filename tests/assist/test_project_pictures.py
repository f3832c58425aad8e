from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from app.assist.project_pictures import SUPPORTED_FROM, SURE_FROM, training_instances
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tests.support.annotated_projects import VIDEO, projects, street, tracked
from tests.support.stores import RUN
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance

HOME, AWAY = Box(10, 10, 20, 20), Box(50, 10, 20, 20)
SURE, DOUBTFUL, SO_SO = tracked(HOME, 0.95), tracked(HOME, 0.3), tracked(HOME, 0.7)


def project_of(records: dict[int, BoxRecord]) -> Project:
    track = Track(7, "car", "#3b82f6")
    track.put(records)
    return Project(VIDEO, tracks={7: track})


def frames_of(records: dict[int, BoxRecord]) -> list[int]:
    return list(training_instances(project_of(records)))


def test_instances_carry_the_id_and_the_label_of_the_track() -> None:
    assert training_instances(project_of({4: keyframe(HOME)})) == {4: [Instance(7, "car", HOME)]}


def test_a_whole_project() -> None:
    """The person: 0.8, doubtful, 0.7, with no keyframe near. The cars: all but the absent and the occluded one."""
    instances = training_instances(street())
    cars = [frame for frame, found in instances.items() if any(instance.category == "car" for instance in found)]
    persons = [frame for frame, found in instances.items() if any(instance.category == "person" for instance in found)]
    assert cars == [*range(0, 15), 20]
    assert persons == [4]
    assert {i.track for found in instances.values() for i in found} == {1, 2}


def test_between_keyframes_the_line_counts_and_beyond_them_nothing_is_known() -> None:
    instances = training_instances(project_of({2: keyframe(HOME), 6: keyframe(AWAY)}))
    assert [found[0].box.x for found in instances.values()] == [10, 20, 30, 40, 50]
    assert list(instances) == [2, 3, 4, 5, 6]


def test_boxes_deleted_between_two_keyframes_teach_nothing() -> None:
    project = project_of({2: keyframe(HOME), 6: keyframe(AWAY)})
    project.tracks[7].marks = TrackMarks(gaps=FrameSpans(((3, 4),)))
    assert list(training_instances(project)) == [2, 5, 6]


@pytest.mark.parametrize("end", [tracked(AWAY, 0.95), keyframe(None), keyframe(AWAY, occluded=True)])
def test_a_line_counts_only_between_keyframes_in_full_view(end: BoxRecord) -> None:
    assert 4 not in frames_of({2: keyframe(HOME), 6: end})
    assert 4 not in frames_of({2: end, 6: keyframe(HOME)})


def test_absent_and_occluded_boxes_teach_nothing() -> None:
    hidden = replace(SURE, occluded=True, reviewed=True)
    assert frames_of({0: keyframe(None), 1: keyframe(HOME, occluded=True), 2: hidden}) == []


def test_a_reviewed_box_counts_whatever_its_score() -> None:
    assert frames_of({5: replace(DOUBTFUL, reviewed=True), 6: DOUBTFUL}) == [5]


def test_a_tracked_box_needs_less_of_a_score_between_two_keyframes() -> None:
    between = {0: keyframe(HOME), 1: SO_SO, 2: DOUBTFUL, 3: SURE, 4: keyframe(HOME)}
    assert frames_of(between) == [0, 1, 3, 4]
    assert frames_of({0: keyframe(HOME), 1: SO_SO, 2: DOUBTFUL, 3: SURE}) == [0, 3]
    edges = {0: keyframe(HOME), 1: tracked(HOME, SUPPORTED_FROM), 2: keyframe(HOME), 3: tracked(HOME, SURE_FROM)}
    assert frames_of(edges) == [0, 1, 2, 3]


def test_a_person_who_said_absent_has_fenced_the_tracked_boxes_in() -> None:
    assert frames_of({0: keyframe(HOME), 1: SO_SO, 2: keyframe(None)}) == [0, 1]


def test_boxes_without_a_score_count_only_if_a_person_has_seen_them() -> None:
    unknown = BoxRecord(HOME, Source.TRACKER)
    seen = replace(unknown, reviewed=True)
    assert frames_of({0: keyframe(HOME), 1: unknown, 2: seen, 3: keyframe(HOME)}) == [0, 2, 3]


def test_an_imported_interpolated_box_counts_between_keyframes() -> None:
    line = BoxRecord(HOME, Source.INTERPOLATED)
    assert frames_of({0: keyframe(HOME), 1: line, 2: keyframe(HOME), 3: line}) == [0, 1, 2]


def test_a_high_score_of_a_family_that_is_always_sure_proves_nothing() -> None:
    project = project_of({0: keyframe(HOME), 1: replace(SURE, run_id=RUN.id)})
    project.runs[RUN.id] = RUN
    assert list(training_instances(project)) == [0, 1]
    project.runs[RUN.id] = replace(RUN, family="siamfc")
    assert list(training_instances(project)) == [0]


@settings(max_examples=30)
@given(projects())
def test_every_instance_is_a_box_that_a_person_sees_there(project: Project) -> None:
    instances = training_instances(project)
    assert list(instances) == sorted(instances)
    for frame, found in instances.items():
        assert len({instance.track for instance in found}) == len(found) > 0
        for instance in found:
            record = record_at(project.tracks[instance.track], frame)
            assert record is not None
            assert (record.box, record.occluded) == (instance.box, False)


def test_the_pure_part_needs_no_video(tmp_path: Path) -> None:
    project = project_of({0: keyframe(HOME)})
    project.video = replace(VIDEO, path=tmp_path / "gone.mp4")
    assert list(training_instances(project)) == [0]
