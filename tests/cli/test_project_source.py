"""A person's own project as a source of training pictures."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.cli.project_source import ProjectReader, find_projects
from app.model.box_record import BoxRecord, keyframe
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from app.store.project_store import ProjectStore
from tests.support.annotated_projects import tracked
from tests.support.training_data import HEIGHT, WIDTH, passing_boxes, read_all, seen, write_video
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Source
from tracker_core.training.sources.prepare import prepare
from tracker_core.training.sources.reader import SourceError

BOXES = passing_boxes(8)
VIDEO = VideoReference(Path(), frame_count=8, width=WIDTH, height=HEIGHT, frame_rate=Fraction(25))
RECORDS = {0: keyframe(BOXES[0]), 4: keyframe(BOXES[4]), 5: tracked(BOXES[5], 0.9), 6: tracked(Box(1, 1, 9, 9), 0.3)}


def write_project(path: Path, records: Mapping[int, BoxRecord], *, video: VideoReference | None = None) -> Path:
    """A project of one track, called car, beside its video, in which ``BOXES`` are seen."""
    film = path.parent / "film.mp4"
    if not film.exists():
        write_video(film, BOXES)
    project = Project(video or replace(VIDEO, path=film), {"car": Label("car", "#3b82f6")})
    track = Track(3, "car", "#3b82f6")
    track.put(dict(records))
    project.tracks[3] = track
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    return path


def test_the_boxes_that_may_teach_come_with_the_frames_that_show_them(tmp_path: Path) -> None:
    write_project(tmp_path / "film.siamark", RECORDS)
    (reader,) = find_projects(tmp_path)
    assert (reader.name, reader.kind) == (f"{tmp_path.name}.film", "video")
    found, notes = read_all(reader)
    assert [seen(image) for image, _ in found] == BOXES[:6]  # the line between two keyframes, and a sure box
    assert [instances[0].box for _, instances in found] == BOXES[:6]
    assert {(i.track, i.category) for _, instances in found for i in instances} == {(3, "car")}
    assert notes == {}


def test_a_project_is_prepared_as_any_source(tmp_path: Path) -> None:
    write_project(tmp_path / "mine" / "film.siamark", RECORDS)
    (report,) = prepare(find_projects(tmp_path), tmp_path / "out")
    assert (report.name, report.pictures, dict(report.problems)) == ("mine.film", 6, {})
    source = Source.open(tmp_path / "out" / "mine.film.json")
    assert (source.kind, len(source.pictures)) == ("video", 6)


def test_opening_a_project_is_no_news_and_a_correction_is(tmp_path: Path) -> None:
    path = write_project(tmp_path / "film.siamark", RECORDS)
    (reader,) = find_projects(path)
    assert [report.skipped for _ in range(2) for report in prepare([reader], tmp_path / "out")] == [False, True]
    store = ProjectStore.open(path)
    store.put_records(3, {6: keyframe(BOXES[6])})
    store.close()
    (report,) = prepare([reader], tmp_path / "out")
    assert (report.skipped, report.pictures, report.remark) == (
        False,
        7,
        "prepared again because its truth has changed",
    )


def test_frames_that_are_gone_are_noted(tmp_path: Path) -> None:
    write_project(tmp_path / "film.siamark", {2: keyframe(BOXES[2]), 8: keyframe(BOXES[2])})
    (reader,) = find_projects(tmp_path)
    found, notes = read_all(reader)
    assert len(found) == 6
    assert (notes, notes.places) == ({"frame that cannot be read": 1}, ["frame 8"])


def _no_boxes(folder: Path) -> None:
    write_project(folder / "film.siamark", {0: tracked(BOXES[0], 0.4)})


def _no_video(folder: Path) -> None:
    write_project(folder / "film.siamark", RECORDS)
    (folder / "film.mp4").unlink()


def _another_video(folder: Path) -> None:
    write_project(folder / "film.siamark", RECORDS, video=replace(VIDEO, path=folder / "film.mp4", width=640))


def _no_project(folder: Path) -> None:
    (folder / "film.siamark").write_text("not a project")


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (_no_boxes, "nobody has drawn or reviewed a box in .*film.siamark"),
        (_no_video, "film.mp4"),
        (_another_video, "has 320 x 240 pixels, but the project was made on 640 x 240"),
        (_no_project, "film.siamark is not a Siamark project"),
    ],
)
def test_a_project_that_cannot_teach_is_told(tmp_path: Path, make: object, problem: str) -> None:
    assert callable(make)
    make(tmp_path)
    (reader,) = find_projects(tmp_path)
    with pytest.raises(SourceError, match=problem):
        read_all(reader)


def test_a_project_that_is_open_elsewhere_is_told(tmp_path: Path) -> None:
    store = ProjectStore.open(write_project(tmp_path / "film.siamark", RECORDS))
    (report,) = prepare(find_projects(tmp_path), tmp_path / "out")
    store.close()
    (problem,) = report.problems
    assert "is open in another window or program" in problem


def test_only_projects_are_projects(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not one")
    (tmp_path / "folder.siamark").mkdir()
    assert find_projects(tmp_path) == find_projects(tmp_path / "notes.txt") == []
    assert pickle.loads(pickle.dumps(ProjectReader(tmp_path))) == ProjectReader(tmp_path)
