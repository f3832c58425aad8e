"""Attributes survive export and import: those of whole tracks, those that change, and their definitions."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.export import export
from app.exchange.importing import ImportedTracks, import_tracks, new_attributes
from app.model.attributes import AttributeChanges, AttributeDefinition, AttributeKind
from app.model.interpolation import record_at
from app.model.names import clean_name
from app.model.project import Project
from app.model.track import Track
from tests.support.annotated_projects import VIDEO, projects, street

NUMBER, CHOICE, YES_NO = AttributeKind.NUMBER, AttributeKind.CHOICE, AttributeKind.YES_NO
LIGHTS = AttributeDefinition("lights", CHOICE, per_frame=True, choices=("off", "dim", "full beam"))
DEFINITIONS = (
    LIGHTS,
    AttributeDefinition("seats", NUMBER, low=0, high=8),
    AttributeDefinition("parked", YES_NO, per_frame=True),
    AttributeDefinition("make"),
)
HOLD_CHANGES = {"cvat": "a.xml", "coco": "a.json", "csv": "a.csv", "viame": "v.csv", "labelme": "labelme"}
HOLD_KINDS = ("cvat", "coco")


def described_street() -> Project:
    """The car's lights go on at frame 2 and off at 12; it is parked from frame 20 on."""
    project = street()
    project.attributes = {one.name: one for one in DEFINITIONS}
    car = project.tracks[1]
    car.attributes = {"make": "Saab", "seats": "5", "lights": "off"}
    car.changes = AttributeChanges({"lights": ((2, "full beam"), (12, "")), "parked": ((20, "true"),)})
    return project


def round_trip(project: Project, name: str, file: str) -> ImportedTracks:
    with TemporaryDirectory() as folder:
        export(project, name, Path(folder, file))
        return import_tracks(name, Path(folder, file), project.video)


def said(track: Track) -> dict[int, dict[str, str]]:
    """What a track says of attributes where it shows a box."""
    shown = ((frame, record_at(track, frame)) for frame in range(VIDEO.frame_count))
    return {frame: track.attributes_at(frame) for frame, record in shown if record is not None and not record.absent}


@pytest.mark.parametrize("name", HOLD_CHANGES)
def test_what_holds_from_a_frame_on_comes_back(name: str) -> None:
    project = described_street()
    back = {track.id: track for track in round_trip(project, name, HOLD_CHANGES[name]).tracks}
    assert said(back[1]) == said(project.tracks[1])
    assert said(back[1])[11]["lights"] == "full beam"
    assert "lights" not in said(back[1])[13]
    assert said(back[2]) == said(project.tracks[2])


@pytest.mark.parametrize("name", HOLD_KINDS)
def test_what_attributes_can_be_comes_back(name: str) -> None:
    imported = round_trip(described_street(), name, HOLD_CHANGES[name])
    assert {one.name: one for one in imported.attributes} == {one.name: one for one in DEFINITIONS}


def test_a_flag_of_labelme_is_yes_or_no() -> None:
    imported = round_trip(described_street(), "labelme", "labelme")
    assert {one.kind for one in imported.attributes if one.name == "parked"} == {YES_NO}


def test_the_project_keeps_its_own_definition() -> None:
    project = described_street()
    imported = round_trip(project, "coco", "a.json")
    assert new_attributes(project, imported) == ()
    del project.attributes["lights"]
    assert new_attributes(project, imported) == (LIGHTS,)


@pytest.mark.parametrize(("name", "file"), [("mot", "a.txt"), ("voc", "voc"), ("kitti", "k.txt")])
def test_other_formats_say_what_they_leave_out(tmp_path: Path, name: str, file: str) -> None:
    notes = " ".join(export(described_street(), name, tmp_path / file).notes)
    assert "attributes (1 track)" in notes
    assert "attributes that change from frame to frame (1 track)" in notes
    assert "what attributes can be (3 attributes)" in notes


def test_a_coco_of_cvat_says_attributes_at_each_box(tmp_path: Path) -> None:
    boxes = [
        {"id": n, "image_id": n, "category_id": 1, "bbox": [1, 1, 9, 9],
         "attributes": {"track_id": 4, "colour": c, "old": True}}
        for n, c in ((1, "red"), (2, "red"), (3, "blue"))
    ]  # fmt: skip
    images = [{"id": n, "file_name": f"{n}.jpg", "frame_id": n - 1, "width": 640, "height": 360} for n in (1, 2, 3)]
    path = tmp_path / "cvat.json"
    path.write_text(json.dumps({"images": images, "annotations": boxes, "categories": [{"id": 1, "name": "car"}]}))
    (track,) = import_tracks("coco", path, VIDEO).tracks
    assert track.attributes == {"colour": "red", "old": "true"}
    assert track.changes == AttributeChanges({"colour": ((2, "blue"),)})


def test_cvat_reads_a_list_of_choices_that_makes_no_sense_as_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    export(described_street(), "cvat", path)
    path.write_text(path.read_text().replace("off\ndim\nfull beam", "").replace("0\n8\n1", "nine\nten"))
    kinds = {one.name: one.kind for one in import_tracks("cvat", path, VIDEO).attributes}
    assert (kinds["lights"], kinds["seats"]) == (AttributeKind.TEXT, AttributeKind.TEXT)


_VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")), max_size=8)
_VALUES = _VALUES.map(clean_name)


@st.composite
def described_projects(draw: st.DrawFn) -> Project:
    project = draw(projects())
    for track in project.tracks.values():
        names = st.sampled_from(("lights", "is it, parked?", "größe", "source", "occluded"))
        frames = st.dictionaries(st.integers(0, VIDEO.frame_count - 1), _VALUES, max_size=4)
        changes = draw(st.dictionaries(names, frames, max_size=3))
        several = {name: list(by_frame.items()) for name, by_frame in changes.items()}
        track.changes = AttributeChanges.of(several, track.attributes)
    return project


@pytest.mark.parametrize("name", ["cvat", "coco", "csv", "labelme"])
@settings(max_examples=8)
@given(project=described_projects())
def test_any_attributes_come_back(name: str, project: Project) -> None:
    for track in round_trip(project, name, HOLD_CHANGES[name]).tracks:
        assert said(track) == said(project.tracks[track.id])
