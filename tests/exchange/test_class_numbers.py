"""A label that was exported keeps its class number, whatever happens to its tracks and to other labels."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from app.exchange.annotations import ExportOptions
from app.exchange.export import ExportReport, export
from app.exchange.rows import labels_in_order
from app.model.class_numbers import class_numbers, numbered_anew, renamed_class
from app.model.project import Label, Project
from app.store.project_store import ProjectStore
from app.store.salvage import salvage
from tests.support.annotated_projects import street
from tests.support.stores import assert_is_told_and_recovered_without, stored


def after_an_export(*, gone: str) -> Project:
    """``street`` with class 1 person and class 2 car, without the tracks of a label."""
    project = street()
    project.class_numbers = class_numbers(project)
    assert project.class_numbers == {"person": 1, "car": 2}
    project.tracks = {key: track for key, track in project.tracks.items() if track.label != gone}
    return project


def written(project: Project, format_name: str, path: Path) -> ExportReport:
    return export(project, format_name, path, ExportOptions())


@pytest.mark.parametrize("format_name", ["coco", "coco-detection", "youtube-vis"])
def test_a_category_keeps_its_id_when_the_last_track_of_another_goes(format_name: str, tmp_path: Path) -> None:
    report = written(after_an_export(gone="person"), format_name, tmp_path / "a.json")

    document = json.loads((tmp_path / "a.json").read_text())
    assert [(entry["id"], entry["name"]) for entry in document["categories"]] == [(2, "car")]
    assert {entry["category_id"] for entry in document["annotations"]} == {2}
    assert report.numbered_classes == "2 car"
    assert any(note.startswith('No track is "person" any more') for note in report.notes)


def test_a_yolo_class_keeps_its_number_when_the_last_track_of_another_goes(tmp_path: Path) -> None:
    report = written(after_an_export(gone="person"), "yolo", tmp_path / "a")

    data = yaml.safe_load((tmp_path / "a" / "data.yaml").read_text())
    assert (data["nc"], data["names"]) == (2, {0: "person", 1: "car"})
    lines = [line for file in (tmp_path / "a" / "labels").rglob("*.txt") for line in file.read_text().splitlines()]
    assert {line.split()[0] for line in lines} == {"1"}
    assert report.numbered_classes == "1 car"


def test_a_mot_class_keeps_its_number_when_the_last_track_of_another_goes(tmp_path: Path) -> None:
    written(after_an_export(gone="person"), "mot", tmp_path / "a")

    assert (tmp_path / "a" / "gt" / "labels.txt").read_text() == "person\ncar\n"
    rows = (tmp_path / "a" / "gt" / "gt.txt").read_text().splitlines()
    assert {row.split(",")[7] for row in rows} == {"2"}


def test_a_number_at_the_end_needs_nobody_to_hold_it(tmp_path: Path) -> None:
    report = written(after_an_export(gone="car"), "mot", tmp_path / "a")

    assert report.classes == ("person",)
    assert (tmp_path / "a" / "gt" / "labels.txt").read_text() == "person\n"


def test_a_label_that_comes_later_gets_the_next_number_wherever_it_is_listed(tmp_path: Path) -> None:
    project = after_an_export(gone="person")
    project.labels = {name: Label(name, "#112233") for name in ("bus", "person", "car")}
    project.tracks[5].label = "bus"

    assert class_numbers(project) == {"person": 1, "car": 2, "bus": 3}
    assert written(project, "mot", tmp_path / "a").numbered_classes == "2 car, 3 bus"
    project.class_numbers = {}
    assert class_numbers(project) == {"bus": 1, "car": 2}


def test_before_an_export_the_order_of_the_labels_decides() -> None:
    project = street()
    assert labels_in_order(project) == ["person", "car"]
    del project.tracks[2]
    assert labels_in_order(project) == ["car"]


def test_a_new_name_takes_over_the_number_unless_it_had_one() -> None:
    assert renamed_class({"person": 1, "car": 2}, "car", "van") == {"person": 1, "van": 2}
    assert renamed_class({"person": 1, "car": 2}, "car", "person") == {"person": 1, "car": 2}


def test_a_person_who_moves_a_label_numbers_anew() -> None:
    assert numbered_anew({"person": 1, "car": 2, "dog": 3}, ["car", "cat", "person"]) == {"car": 1, "person": 2}


def saved(path: Path) -> Path:
    return stored(after_an_export(gone="person"), path)


def test_they_are_read_as_they_were_written_also_from_a_damaged_project(tmp_path: Path) -> None:
    salvage(saved(tmp_path / "a.siamark"), tmp_path / "b.siamark")
    for name in ("a", "b"):
        with closing(ProjectStore.open(tmp_path / f"{name}.siamark")) as store:
            assert store.load().class_numbers == {"person": 1, "car": 2}


@pytest.mark.parametrize(
    "value", ["no JSON", "[]", '{"car": 0}', '{"car": 1, "bus": 1}', '{"car": 10000000}', '{"car": "1"}']
)
def test_what_no_siamark_writes_is_told_and_recovered_without(value: str, tmp_path: Path) -> None:
    assert_is_told_and_recovered_without("class_numbers", value, saved(tmp_path / "a.siamark"))
