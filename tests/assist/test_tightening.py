"""Tightening: which boxes are tightened, and which results are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.assist.errand import ErrandError, ErrandStoppedError
from app.assist.tightening import LooseBox, Tightened, Tightening, loose_box, loose_boxes, span_around, tight_edit
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import Project, Run
from app.model.score_meaning import ScoreMeaning
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from tests.support.annotated_projects import tracked
from tests.support.blank_video import video_reference
from tests.support.errand_tools import CHOICE, FakeTools
from tests.support.trackers import IdentityTracker, RefiningTracker
from tracker_core.decision.reliability import AS_IT_IS
from tracker_core.geometry import Box
from tracker_core.images import Image

LOOSE, TIGHT, ELSEWHERE = Box(10, 10, 20, 20), Box(12, 12, 16, 16), Box(40, 10, 16, 16)
HERE = frozenset({(1, 5)})


def blank(frame: int) -> Image:
    return np.zeros((48, 64, 3), np.uint8)


def project_of(**records: BoxRecord | None) -> Project:
    """Track 1: drawn at 0, tracked to 9, drawn at 10; ``f5=...`` puts another record at 5."""
    project = Project(video_reference(20))
    track = project.tracks[1] = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(LOOSE), 10: keyframe(LOOSE)} | {frame: tracked(LOOSE, 0.6) for frame in range(1, 10)})
    track.put({int(name[1:]): record for name, record in records.items()})
    return project


def tightened(project: Project, boxes: tuple[LooseBox, ...], *, sure: float = 0.9, finds: Box = TIGHT) -> Tightened:
    errand = Tightening(Path("v.mp4"), "", CHOICE, boxes)
    answer = errand.run(FakeTools(RefiningTracker(finds, sure=sure), blank))
    assert isinstance(answer, Tightened)
    return answer


def test_a_tracked_box_takes_the_place_that_was_found_and_its_score() -> None:
    project = project_of()
    loose = loose_box(project.tracks[1], 5)
    assert isinstance(loose, LooseBox)
    edit = tight_edit(project, tightened(project, (loose,)), asked_for=HERE)
    before = project.tracks[1].get(5)
    assert before is not None
    assert edit.records == {1: {5: replace(before, box=TIGHT, score=0.9)}}
    assert edit.run is None


@pytest.mark.parametrize(("finds", "sure"), [(ELSEWHERE, 0.99), (TIGHT, 0.2)], ids=["elsewhere", "unsure"])
def test_a_look_that_found_something_else_or_nothing_changes_nothing(finds: Box, sure: float) -> None:
    project = project_of()
    answer = tightened(project, loose_boxes(project.tracks.values(), 0, 19), finds=finds, sure=sure)
    assert answer.left == 9
    assert tight_edit(project, answer, asked_for=frozenset()).records == {}


def test_a_box_beyond_the_picture_stays_and_the_others_are_tightened() -> None:
    project = project_of(f5=tracked(Box(700, 10, 20, 20), 0.6))
    answer = tightened(project, loose_boxes(project.tracks.values(), 4, 6))
    assert ([tight.frame for tight in answer.boxes], answer.left) == ([4, 6], 1)


def test_of_a_span_nothing_that_a_person_has_drawn_or_reviewed_is_looked_at() -> None:
    project = project_of(f5=replace(tracked(LOOSE, 0.6), reviewed=True))
    frames = [loose.frame for loose in loose_boxes(project.tracks.values(), 0, 19)]
    assert frames == [1, 2, 3, 4, 6, 7, 8, 9]


def test_a_box_that_was_reviewed_meanwhile_stays() -> None:
    project = project_of()
    answer = tightened(project, loose_boxes(project.tracks.values(), 4, 6))
    project.tracks[1].put({5: replace(tracked(LOOSE, 0.6), reviewed=True), 6: tracked(ELSEWHERE, 0.5)})
    assert list(tight_edit(project, answer, asked_for=frozenset()).records[1]) == [4]


def test_a_drawn_box_that_was_asked_for_stays_drawn() -> None:
    project = project_of(f5=keyframe(LOOSE, occluded=True))
    loose = loose_box(project.tracks[1], 5)
    assert isinstance(loose, LooseBox)
    assert loose.exemplar[0] != 5
    edit = tight_edit(project, tightened(project, (loose,)), asked_for=HERE)
    assert edit.records == {1: {5: keyframe(TIGHT, occluded=True)}}


def test_a_line_that_was_looked_at_is_the_trackers_of_a_run_that_is_remembered() -> None:
    project = project_of(f4=None, f5=None, f6=None)
    answer = tightened(project, loose_boxes(project.tracks.values(), 4, 6))
    edit = tight_edit(project, answer, asked_for=frozenset())
    assert edit.run is not None
    assert (edit.run.id, edit.run.tracker, edit.run.weights) == (1, "refining", "ab12")
    for record in edit.records[1].values():
        assert record is not None
        assert (record.source, record.box, record.run_id) == (Source.TRACKER, TIGHT, 1)


def test_without_a_clear_keyframe_there_is_nothing_to_compare_with() -> None:
    project = project_of(f0=None, f10=keyframe(LOOSE, occluded=True))
    assert "keyframe" in str(loose_box(project.tracks[1], 5))
    assert loose_boxes(project.tracks.values(), 0, 19) == ()


def test_a_tracker_that_cannot_look_again_says_so_and_a_stop_ends_it() -> None:
    project = project_of()
    boxes = loose_boxes(project.tracks.values(), 0, 19)
    with pytest.raises(ErrandError, match="another tracker"):
        Tightening(Path("v.mp4"), "", CHOICE, boxes).run(FakeTools(IdentityTracker(), blank))
    with pytest.raises(ErrandStoppedError):
        Tightening(Path("v.mp4"), "", CHOICE, boxes).run(FakeTools(RefiningTracker(TIGHT), blank, stop_at=3))


def test_a_stretch_lies_between_the_keyframes_around() -> None:
    track = project_of().tracks[1]
    assert span_around(track, 5, last_frame=19) == (0, 10)
    assert span_around(track, 0, last_frame=19) == (0, 10)
    assert span_around(track, 10, last_frame=19) == (10, 10)


def project_of_a_run(*, is_measured: bool = True, own_constants: Mapping[str, float] | None = None) -> Project:
    """As ``project_of``, all tracked boxes by run 1."""
    project = project_of()
    run = Run(1, "refining", "2026-11-30T00:00:00+00:00", 1, 9, "nowhere", {})
    project.runs[1] = replace(run, has_measured_scores=is_measured, own_constants=own_constants or {})
    project.tracks[1].put({frame: tracked(LOOSE, 0.6, run_id=1) for frame in range(1, 10)})
    return project


@pytest.mark.parametrize(("is_measured", "own_constants"), [(False, {}), (True, {"lead": 0.5})])
def test_a_score_that_says_something_else_than_those_of_its_run_gets_a_run_of_its_own(
    is_measured: bool, own_constants: dict[str, float]
) -> None:
    project = project_of_a_run(is_measured=is_measured, own_constants=own_constants)
    edit = tight_edit(project, tightened(project, loose_boxes(project.tracks.values(), 5, 5)), asked_for=frozenset())
    assert edit.run is not None
    assert edit.run.score_meaning is ScoreMeaning.MEASURED
    assert edit.records == {1: {5: replace(tracked(TIGHT, 0.9), run_id=edit.run.id)}}


def test_a_raw_score_is_not_taken_for_one_of_a_measured_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RefiningTracker, "calibration", AS_IT_IS)
    project = project_of_a_run()
    edit = tight_edit(project, tightened(project, loose_boxes(project.tracks.values(), 5, 5)), asked_for=frozenset())
    assert edit.run is not None
    assert edit.run.score_meaning is ScoreMeaning.RAW


def test_a_stale_box_stays_stale_with_the_score_of_its_run() -> None:
    project = project_of_a_run(is_measured=False)
    project.tracks[1].marks = TrackMarks(overruled=(Overruled(1, 9, 1),))
    edit = tight_edit(project, tightened(project, loose_boxes(project.tracks.values(), 5, 5)), asked_for=frozenset())
    assert edit.run is None
    assert edit.records == {1: {5: tracked(TIGHT, 0.6, run_id=1)}}
