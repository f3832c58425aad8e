"""A run: its batches are one undo step, and it never touches what a person has drawn."""

from __future__ import annotations

from copy import deepcopy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.document.commands import ExtendTracks, PutRecords, RemoveTracks
from app.document.document import Document
from app.model.box_record import BoxRecord, keyframe
from app.model.project import Project
from tests.support.annotated_projects import tracked
from tests.support.stores import FillingStore, assert_same
from tracker_core.geometry import Box

FRAMES = st.integers(0, 29)
BATCHES = st.lists(
    st.dictionaries(st.sampled_from([1, 2, 5]), st.dictionaries(FRAMES, st.floats(0, 1), max_size=8), max_size=3),
    max_size=6,
)


def found(frame: int, score: float = 0.5) -> BoxRecord:
    return tracked(Box(frame, 0, 10, 10), score, run_id=1)


def extend(document: Document, track_id: int, *frames: int, run_id: int = 1, score: float = 0.5) -> None:
    records = {track_id: {frame: found(frame, score) for frame in frames}}
    document.undo_stack.push(ExtendTracks(document, run_id, records))


def test_all_batches_of_a_run_are_one_step(document: Document, project: Project) -> None:
    before = deepcopy(project)
    extend(document, 2, 7, 8)
    extend(document, 2, 9)
    extend(document, 5, 10)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Track 2 targets"
    after = deepcopy(project)
    document.undo_stack.undo()
    assert_same(project, before)
    document.undo_stack.redo()
    assert_same(project, after)


def test_two_runs_are_two_steps(document: Document) -> None:
    extend(document, 2, 7)
    extend(document, 2, 8, run_id=2)
    assert [document.undo_stack.text(index) for index in range(2)] == ["Track 1 target"] * 2


def test_an_edit_during_a_run_is_a_step_of_its_own(document: Document, project: Project) -> None:
    extend(document, 2, 7)
    document.undo_stack.push(PutRecords(document, "Draw box", 2, {8: keyframe(None)}))
    extend(document, 2, 8, 9)
    assert project.tracks[2].get(8) == keyframe(None)
    assert document.undo_stack.count() == 3


def test_undo_brings_back_what_an_earlier_run_had_found(document: Document, project: Project) -> None:
    before = dict(project.tracks[1].items())
    extend(document, 1, 11, 12, score=0.2)
    extend(document, 1, 12, 13, score=0.3)  # the second batch comes to a frame of the first again
    assert project.tracks[1].get(12) == found(12, 0.3)
    document.undo_stack.undo()
    assert dict(project.tracks[1].items()) == before


def test_batches_for_a_track_that_is_gone_are_left_out(document: Document, project: Project) -> None:
    document.undo_stack.push(RemoveTracks(document, [2]))
    extend(document, 2, 7)
    assert document.undo_stack.count() == 1
    assert 2 not in project.tracks


def test_a_batch_of_keyframes_only_leaves_no_step(document: Document) -> None:
    extend(document, 1, 0, 10)
    assert document.undo_stack.count() == 0
    extend(document, 1, 16)
    extend(document, 1, 0, 10)
    assert document.undo_stack.count() == 1


def test_a_batch_that_cannot_be_written_leaves_the_run_before_it_as_one_step(
    document: Document, project: Project, store: FillingStore
) -> None:
    before = deepcopy(project)
    extend(document, 2, 7)
    store.is_full = True
    extend(document, 2, 8)
    store.is_full = False
    extend(document, 2, 9)
    assert [frame for frame, _ in project.tracks[2].items(7)] == [7, 9]
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert_same(project, before)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES)
def test_a_run_never_touches_a_keyframe_and_undo_restores_the_rest(
    document: Document, project: Project, batches: list[dict[int, dict[int, float]]]
) -> None:
    before = deepcopy(project)
    drawn = {
        (track.id, frame): record
        for track in project.tracks.values()
        for frame, record in track.items()
        if record.is_keyframe
    }
    expected = {(track.id, frame): record for track in project.tracks.values() for frame, record in track.items()}
    for batch in batches:
        records = {
            track_id: {frame: found(frame, score) for frame, score in scores.items()}
            for track_id, scores in batch.items()
        }
        expected |= {
            (track_id, frame): record
            for track_id, its_records in records.items()
            for frame, record in its_records.items()
            if (track_id, frame) not in drawn
        }
        document.undo_stack.push(ExtendTracks(document, 1, records))
    assert {
        (track.id, frame): record for track in project.tracks.values() for frame, record in track.items()
    } == expected
    assert document.undo_stack.count() <= 1
    document.undo_stack.undo()
    assert_same(project, before)
    document.undo_stack.clear()


def test_a_runs_boxes_are_as_occluded_as_the_keyframe_before_them(document: Document, project: Project) -> None:
    document.undo_stack.push(PutRecords(document, "Occluded", 2, {8: keyframe(Box(1, 2, 3, 4), occluded=True)}))
    document.undo_stack.push(PutRecords(document, "In view", 2, {11: keyframe(Box(1, 2, 3, 4))}))
    extend(document, 2, 7, 9, 10, 12)
    occluded = {frame: record.occluded for frame, record in project.tracks[2].items(7, 12)}
    assert occluded == {7: False, 8: True, 9: True, 10: True, 11: False, 12: False}
