from __future__ import annotations

import pytest

from app.exchange.annotations import Annotations, ExportOptions
from app.exchange.rows import collect_rows
from app.model.box_record import Source, keyframe
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from tests.support.annotated_projects import VIDEO, street, tracked
from tracker_core.geometry import Box


def frames_of(annotations: Annotations, track_id: int) -> list[int]:
    return [row.frame for row in annotations.rows if row.track_id == track_id]


def project_with(*tracks: Track) -> Project:
    return Project(VIDEO, {}, {track.id: track for track in tracks})


def test_rows_are_what_the_canvas_shows_frame_by_frame() -> None:
    project = street()
    shown = {
        (frame, track.id): record
        for track in project.tracks.values()
        for frame in range(VIDEO.frame_count)
        if (record := record_at(track, frame)) is not None and not record.absent
    }
    rows = collect_rows(project, ExportOptions()).rows
    assert {(row.frame, row.track_id): row.record for row in rows} == shown
    assert [(row.frame, row.track_id) for row in rows] == sorted(shown)
    assert {row.record.source for row in rows} == set(Source)


def test_an_absent_stretch_has_no_rows_and_is_stated_once() -> None:
    annotations = collect_rows(street(), ExportOptions())
    assert frames_of(annotations, 1) == [*range(15), 20]
    assert [(row.frame, row.track_id) for row in annotations.absences or ()] == [(15, 1)]


def test_keyframes_only_leaves_the_machines_boxes_out_and_says_how_many() -> None:
    annotations = collect_rows(street(), ExportOptions(keyframes_only=True))
    assert frames_of(annotations, 1) == [0, 10, 20]
    assert "7 boxes made by a tracker: left out, keyframes only." in annotations.notes
    assert "9 boxes interpolated: left out, keyframes only." in annotations.notes
    assert "Track 2 (person) has no boxes to write and is left out." in annotations.notes


def test_a_doubtful_box_is_left_out_as_an_absence_and_said_so() -> None:
    annotations = collect_rows(street(), ExportOptions(minimum_score=0.5))
    assert frames_of(annotations, 2) == [4, 6]
    assert (5, 2) in [(row.frame, row.track_id) for row in annotations.absences or () if row.record.absent]
    assert "1 box scored below 0.5 and not reviewed: left out." in annotations.notes


def test_a_reviewed_box_stays_whatever_its_score() -> None:
    track = Track(1, "car", "#3b82f6")
    doubtful = tracked(Box(1, 2, 3, 4), 0.1)
    track.put({0: type(doubtful)(doubtful.box, doubtful.source, doubtful.score, reviewed=True)})
    assert len(collect_rows(project_with(track), ExportOptions(minimum_score=0.5)).rows) == 1


@pytest.mark.parametrize(
    ("box", "is_over"),
    [
        (Box(0, 0, 640, 360), False),
        (Box(-0.5, 0, 10, 10), True),
        (Box(0, -0.5, 10, 10), True),
        (Box(635, 0, 6, 10), True),
        (Box(0, 355, 10, 6), True),
    ],
)
def test_a_box_over_the_border_is_written_as_drawn_and_said_so(box: Box, is_over: bool) -> None:
    track = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(box)})
    annotations = collect_rows(project_with(track), ExportOptions())
    assert [row.record.box for row in annotations.rows] == [box]
    assert ("1 box reaching over the border of the picture: written as drawn." in annotations.notes) == is_over


def test_boxes_without_area_and_after_the_end_are_left_out_and_said_so() -> None:
    track = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(Box(1, 1, 5, 5)), 1: keyframe(Box(1, 1, 0, 5)), 29: keyframe(Box(1, 1, 5, 5))})
    track.put({31: keyframe(Box(1, 1, 5, 5))})
    annotations = collect_rows(project_with(track), ExportOptions())
    assert 1 not in frames_of(annotations, 1)
    assert max(frames_of(annotations, 1)) == 29
    assert "1 box without area: left out." in annotations.notes
    assert "2 boxes after the last frame (29) of the video: left out." in annotations.notes


def test_an_empty_track_and_an_empty_project_are_said_so() -> None:
    annotations = collect_rows(project_with(Track(3, "car", "#3b82f6")), ExportOptions())
    assert annotations.notes == (
        "There is no box to export: the file is empty.",
        "Track 3 (car) has no boxes and is left out.",
    )


def test_single_class_puts_every_track_into_class_one() -> None:
    annotations = collect_rows(street(), ExportOptions(single_class=True))
    assert annotations.labels == ("object",)
    assert {head.label for head in annotations.tracks} == {"object"}
    assert 'Tracks of 2 labels are all written as class 1, "object".' in annotations.notes


def test_single_class_keeps_the_name_of_the_only_label() -> None:
    project = street()
    del project.tracks[2]
    annotations = collect_rows(project, ExportOptions(single_class=True))
    assert annotations.labels == ("car",)
    assert not any("class 1" in note for note in annotations.notes)


def test_labels_keep_the_order_of_the_project_and_strangers_follow() -> None:
    project = street()
    stranger = Track(9, "tram", "#3b82f6")
    stranger.put({0: keyframe(Box(1, 1, 5, 5))})
    project.tracks[9] = stranger
    assert collect_rows(project, ExportOptions()).labels == ("person", "car", "tram")
