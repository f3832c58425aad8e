"""Project -> file -> tracks: nothing may get lost or move."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from app.exchange.annotations import ExportOptions, ImportOptions
from app.exchange.export import export
from app.exchange.importing import ImportedTracks, import_tracks
from app.exchange.mot import TOLERANCE
from app.model.box_record import BoxRecord, Source
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from tests.support.annotated_projects import VIDEO, projects, street
from tracker_core.geometry import Box


def round_trip(
    project: Project,
    format_name: str,
    name: str,
    options: ExportOptions | None = None,
    reading: ImportOptions | None = None,
) -> ImportedTracks:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        export(project, format_name, path, options)
        return import_tracks(format_name, path, project.video, reading)


def shown_boxes(track: Track) -> dict[int, BoxRecord]:
    records = ((frame, record_at(track, frame)) for frame in range(VIDEO.frame_count))
    return {frame: record for frame, record in records if record is not None and not record.absent}


def tracks_with_boxes(project: Project) -> dict[int, Track]:
    return {track.id: track for track in project.tracks.values() if shown_boxes(track)}


def stored(track: Track) -> tuple[object, ...]:
    return track.id, track.label, track.colour, track.attributes, dict(track.items()), track.marks


@settings(max_examples=60, deadline=None)
@given(projects())
def test_coco_brings_every_track_back_exactly(project: Project) -> None:
    imported = round_trip(project, "coco", "tracks.json")
    back = {track.id: stored(track) for track in imported.tracks}
    assert back == {track.id: stored(track) for track in tracks_with_boxes(project).values()}
    worn = {track.label for track in tracks_with_boxes(project).values()}
    assert imported.labels == tuple(label for label in project.labels if label in worn)


@settings(max_examples=60, deadline=None)
@given(projects())
def test_a_mot_sequence_brings_every_shown_box_back(project: Project) -> None:
    imported = round_trip(project, "mot", "sequence")
    tracks = tracks_with_boxes(project)
    assert {track.id: track.label for track in imported.tracks} == {key: track.label for key, track in tracks.items()}
    for track in imported.tracks:
        here, there = shown_boxes(tracks[track.id]), shown_boxes(track)
        assert here.keys() == there.keys()
        for frame, record in here.items():
            box = record.box
            assert box is not None
            assert there[frame].box is not None
            assert there[frame].box.as_tuple() == pytest.approx(box.as_tuple(), rel=0, abs=TOLERANCE)  # type: ignore[union-attr]
            assert there[frame].occluded == record.occluded


@settings(max_examples=30, deadline=None)
@given(projects())
def test_keyframes_only_in_coco_still_says_where_a_target_is_absent(project: Project) -> None:
    imported = round_trip(project, "coco", "tracks.json", ExportOptions(keyframes_only=True))
    for track in imported.tracks:
        original = project.tracks[track.id]
        kept = {frame: record for frame, record in original.items() if record.is_keyframe or record.absent}
        assert dict(track.items()) == kept


def test_pixels_from_zero_come_back_when_read_as_such() -> None:
    imported = round_trip(street(), "mot", "a.txt", ExportOptions(first_pixel=0), ImportOptions(first_pixel=0))
    box = imported.tracks[0].get(0)
    assert box is not None
    assert box.box == Box(10, 20, 40, 30)


def test_the_names_of_the_classes_of_a_single_mot_file_can_be_given() -> None:
    imported = round_trip(street(), "mot", "a.txt", reading=ImportOptions(label_names=("person", "car")))
    assert {track.id: track.label for track in imported.tracks} == {1: "car", 2: "person", 5: "car"}


def test_classes_without_names_are_called_by_their_number() -> None:
    imported = round_trip(street(), "mot", "a.txt")
    assert {track.id: track.label for track in imported.tracks} == {1: "class 2", 2: "class 1", 5: "class 2"}


def test_mot_ground_truth_becomes_keyframes_and_nothing_is_drawn_across_its_gaps() -> None:
    track = round_trip(street(), "mot", "a.txt").tracks[0]
    assert {record.source for _, record in track.items()} == {Source.HUMAN}
    absent = track.get(15)
    assert absent is not None
    assert absent.absent


def test_an_interpolated_box_that_another_program_has_moved_stays_where_it_was_put(tmp_path: Path) -> None:
    path = tmp_path / "tracks.json"
    export(street(), "coco", path)
    document = json.loads(path.read_text())
    moved = next(a for a in document["annotations"] if a["track_id"] == 1 and a["attributes"]["interpolated"])
    moved["bbox"][0] += 7
    path.write_text(json.dumps(document))
    track = import_tracks("coco", path, VIDEO).tracks[0]
    record = track.get(moved["image_id"] - 1)
    assert record is not None
    assert record.box is not None
    assert record.box.x == moved["bbox"][0]
