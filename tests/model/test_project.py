from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from app.model.box_record import BoxRecord, Source
from app.model.project import LABEL_COLOURS, Project, Run, VideoReference
from app.model.score_meaning import score_text
from app.model.track import Track
from tracker_core.geometry import Box


def video(path: str) -> VideoReference:
    return VideoReference(Path(path), 10, 640, 360, Fraction(25))


@pytest.fixture
def project() -> Project:
    return Project(video("a.mp4"))


@pytest.mark.parametrize(("path", "name"), [("clips/a.b.mp4", "a.b"), ("frames/car4", "car4")])
def test_a_video_is_called_as_its_file_or_folder(path: str, name: str) -> None:
    assert video(path).name == name


def test_ids_start_at_1_and_go_on_after_the_highest(project: Project) -> None:
    assert (project.next_track_id(), project.next_run_id()) == (1, 1)
    project.tracks = {4: Track(4, "car", "#000000"), 2: Track(2, "car", "#000000")}
    project.runs[7] = Run(7, "scripted", "2024-05-01T12:00:00+00:00", 0, 9, "cpu")
    assert (project.next_track_id(), project.next_run_id()) == (5, 8)


def test_an_id_is_not_given_again_after_its_owner_has_gone(project: Project) -> None:
    project.last_track_id, project.last_run_id = 4, 7
    assert (project.next_track_id(), project.next_run_id()) == (5, 8)


def test_only_scores_of_measured_runs_say_how_likely_a_box_is_right(project: Project) -> None:
    about = "tracker", "2024-05-01T12:00:00+00:00", 0, 9, "cpu"
    changed = Run(3, *about, constants={"lead": 0.5}, own_constants={"lead": 0.0})
    project.runs = {1: Run(1, *about), 2: Run(2, *about, has_measured_scores=False), 3: changed}
    records = [BoxRecord(Box(0, 0, 5, 5), Source.TRACKER, score=0.9, run_id=run_id) for run_id in (1, 2, 3, None)]
    said = ["0.90", "raw 0.90", "0.90 (changed settings)", "raw 0.90"]
    assert [score_text(0.9, project.score_meaning(record)) for record in records] == said


def test_colours_are_handed_out_evenly(project: Project) -> None:
    for track_id in range(2 * len(LABEL_COLOURS)):
        project.tracks[track_id] = Track(track_id, "car", project.next_colour())
    worn = [track.colour for track in project.tracks.values()]
    assert worn == [*LABEL_COLOURS, *LABEL_COLOURS]
    del project.tracks[3]
    assert project.next_colour() == LABEL_COLOURS[3]
