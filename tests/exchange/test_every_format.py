"""Tests that every row of the table of formats must pass."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.format import Format, Holds, Place
from app.exchange.formats import EXPORTS, FORMATS, check
from app.exchange.importing import import_tracks
from app.exchange.rows import collect_rows
from app.model.attributes import AttributeChanges, AttributeDefinition, AttributeKind
from app.model.interpolation import record_at
from app.model.project import Project
from tests.support.annotated_projects import FOLDER_PER_TARGET, VIDEO, projects, street

EVERY = pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
FOLDERS = pytest.mark.parametrize(
    "entry", [entry for entry in FORMATS if entry.place is Place.FOLDER], ids=lambda entry: entry.name
)


@contextmanager
def exported(project: Project, entry: Format, options: ExportOptions) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"tracks{entry.suffix}")
        export(project, entry.name, path, options)
        yield path


def as_fitted(project: Project, entry: Format, options: ExportOptions) -> Annotations:
    return entry.fit(collect_rows(project, options), options)


def assert_same_boxes(entry: Format, fitted: Annotations, project: Project, path: Path, options: ExportOptions) -> None:
    held = entry.held(options)
    reading = entry.reading(ImportOptions(
        fitted.labels, options.first_pixel, frames=fitted.frames if entry.counts_frames else None,
        columns=options.columns,
    ))  # fmt: skip
    imported = import_tracks(entry.name, path, project.video, reading)
    label_of = fitted.label_of_track()
    if Holds.TRACKS not in held:
        assert len(imported.detections) == len(fitted.rows)
        found = sorted(imported.detections, key=lambda detection: detection.frame)
        both = zip(fitted.rows, found, strict=True)
        pairs = [(row, label_of[row.track_id], other.label, other.record) for row, other in both]
        assert [row.frame for row, *_ in pairs] == [detection.frame for detection in found]
    else:
        tracks = {track.id: track for track in imported.tracks}
        assert tracks.keys() == label_of.keys()
        pairs = []
        for row in fitted.rows:
            record = record_at(tracks[row.track_id], row.frame)
            assert record is not None
            pairs.append((row, label_of[row.track_id], tracks[row.track_id].label, record))
        shown = {(row.frame, row.track_id) for row in fitted.rows}
        for track in tracks.values():
            visible = {f for f in fitted.frames if (r := record_at(track, f)) is not None and not r.absent}
            if not options.keyframes_only and fitted.frames.step == 1:
                assert {(frame, track.id) for frame in visible} == {key for key in shown if key[1] == track.id}
    for row, label, other_label, record in pairs:
        assert row.record.box is not None
        assert record.box is not None
        assert record.box.as_tuple() == pytest.approx(row.record.box.as_tuple(), rel=0, abs=entry.tolerance + 1e-12)
        if Holds.LABELS in held:
            assert other_label == label
        if Holds.OCCLUDED in held:
            assert record.occluded == row.record.occluded
        if Holds.SOURCES in held:
            assert record.source == row.record.source
        if Holds.SCORES in held and row.record.score is not None:
            assert record.score == pytest.approx(row.record.score, abs=1e-6)
    for track in imported.tracks if Holds.ATTRIBUTES in held else ():
        head = next(head for head in fitted.tracks if head.id == track.id)
        assert track.attributes == head.attributes


def assert_comes_back(entry: Format, project: Project, options: ExportOptions) -> None:
    fitted = as_fitted(project, entry, options)
    if entry.name in FOLDER_PER_TARGET and not fitted.tracks:
        with pytest.raises(ExchangeError, match="There is no"):
            export(project, entry.name, Path("tracks"), options)
        return
    with exported(project, entry, options) as path:
        assert_same_boxes(entry, fitted, project, path, options)


@EVERY
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_every_box_comes_back(entry: Format, project: Project) -> None:
    assert_comes_back(entry, project, ExportOptions())


@EVERY
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects(), first=st.integers(0, 20), length=st.integers(1, 30), step=st.integers(1, 4))
def test_a_range_of_frames_comes_back_to_its_frames(
    entry: Format, project: Project, first: int, length: int, step: int
) -> None:
    assert_comes_back(entry, project, ExportOptions(frames=range(first, first + length, step)))


@EVERY
def test_a_format_that_makes_a_folder_for_each_target_is_tested_as_one(entry: Format, tmp_path: Path) -> None:
    folders = []
    for name, kept in (("two", {1, 2}), ("three", {1, 2, 5})):
        project = street()
        project.tracks = {track_id: track for track_id, track in project.tracks.items() if track_id in kept}
        export(project, entry.name, tmp_path / f"{name}{entry.suffix}")
        folders.append(sum(path.is_dir() for path in (tmp_path / f"{name}{entry.suffix}").rglob("*")))
    assert (folders[1] == folders[0] + 1) == (entry.name in FOLDER_PER_TARGET)


@EVERY
def test_nothing_is_wrong_with_our_own_file(entry: Format, tmp_path: Path) -> None:
    path = tmp_path / f"tracks{entry.suffix}"
    export(street(), entry.name, path)
    assert check(path, entry.name) == []
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@EVERY
def test_what_the_format_has_no_place_for_is_said_in_one_sentence(entry: Format, tmp_path: Path) -> None:
    project = street()
    project.attributes = {
        "make": AttributeDefinition("make", AttributeKind.CHOICE, choices=("Saab", "Volvo"), per_frame=True)
    }
    project.tracks[1].changes = AttributeChanges({"make": ((4, "Volvo"),)})
    report = export(project, entry.name, tmp_path / f"tracks{entry.suffix}")
    said = [note for note in report.notes if note.startswith("The format has no place for")]
    lost = {held for held in Holds if held is not Holds.REVIEWED} - entry.held(ExportOptions())
    assert len(said) == bool(lost)
    for held in lost:
        assert held in said[0]


@EVERY
@pytest.mark.parametrize("name", ["nothing", "nothing.txt"])
def test_a_missing_file_is_said_in_a_sentence(entry: Format, tmp_path: Path, name: str) -> None:
    for use in (lambda path: check(path, entry.name), lambda path: import_tracks(entry.name, path, VIDEO)):
        with pytest.raises(ExchangeError, match="nothing"):
            use(tmp_path / name)


GARBAGE = [b"", b"\x00\xff\xfe", b"not boxes\n", b"{", b"[]", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
           b"frame,x\n1,2\n", b"1,2,3\n", b"{}", b"- a\n- b\n", b"1 2 3\n", b"[" * 20_000, b"<a>" * 20_000,
           b"9" * 5000 + b"\n", b"a: " * 3000]  # fmt: skip


@EVERY
@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_is_said_in_a_short_sentence_or_holds_nothing(entry: Format, tmp_path: Path, garbage: bytes) -> None:
    """Whatever stands where the format looks: no traceback, no hang, nothing unprintable."""
    places = ["tracks.any"] if entry.place is not Place.FOLDER else [
        "data.yaml", "labels/train/a_1.txt", "Annotations/a_1.xml", "a_1.json", "groundtruth.txt",
        "groundtruth_rect.txt", "list.txt", "origin.txt", "absence.label", "sequence",
    ]  # fmt: skip
    for place in places:
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(garbage)
    path = tmp_path / "tracks.any" if entry.place is not Place.FOLDER else tmp_path
    said: list[str] = []
    try:
        imported = import_tracks(entry.name, path, VIDEO)
        said += imported.notes
        assert not imported.tracks
        assert not imported.detections
    except ExchangeError as error:
        said.append(str(error))
    try:
        said += check(path, entry.name)
    except ExchangeError as error:
        said.append(str(error))
    for sentence in said:
        assert sentence.isprintable()
        assert len(sentence) < 400 + 2 * len(str(tmp_path))


@FOLDERS
def test_a_name_in_a_list_that_no_system_takes_is_said_in_a_short_sentence(entry: Format, tmp_path: Path) -> None:
    """Whatever a list of folders names: too long for a name, or with a zero byte."""
    said: list[str] = []
    for name in ("x" * 5000, "a\0b", "9" * 300 + "/b"):
        (tmp_path / "list.txt").write_text(f"{name}\n")
        (tmp_path / "data.yaml").write_text(f"train: {name}\nval: {name}\nnames: [car]\n")
        for use in (lambda: check(tmp_path, entry.name), lambda: import_tracks(entry.name, tmp_path, VIDEO)):
            try:
                use()
            except ExchangeError as error:
                said.append(str(error))
    assert all(sentence.isprintable() for sentence in said)
    assert all(len(sentence) < 300 + 2 * len(str(tmp_path)) for sentence in said)


@EVERY
def test_options_that_a_format_does_not_know_are_refused(entry: Format, tmp_path: Path) -> None:
    given = {
        "--pictures": ExportOptions(pictures="png"), "--single-class": ExportOptions(single_class=True),
        "--zero-based": ExportOptions(first_pixel=0), "--mot17": ExportOptions(mot17=True),
        "--polygons": ExportOptions(polygons=True), "--columns": ExportOptions(columns="fn,id,x,y,w,h"),
        "--margin": ExportOptions(margin=0.1),
    }  # fmt: skip
    for option, options in given.items():
        if option not in entry.options:
            with pytest.raises(ExchangeError, match=f"has no option {option}"):
                export(street(), entry.name, tmp_path / f"tracks{entry.suffix}", options)
    assert list(tmp_path.iterdir()) == []


@EVERY
def test_labels_can_be_renamed_joined_and_left_out(entry: Format, tmp_path: Path) -> None:
    path = tmp_path / f"tracks{entry.suffix}"
    report = export(street(), entry.name, path, ExportOptions(label_map={"car": "vehicle", "person": ""}))
    assert report.tracks == 2
    assert "1 track whose label is to be left out." in report.notes
    if entry.first_class is not None:
        assert report.classes == ("vehicle",)


def test_a_label_that_the_project_lacks_cannot_be_renamed(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match='The project has no label "cat" to rename'):
        export(street(), "coco", tmp_path / "a.json", ExportOptions(label_map={"cat": "dog"}))


def test_classes_can_be_put_in_an_order(tmp_path: Path) -> None:
    report = export(street(), "mot", tmp_path / "a.txt", ExportOptions(class_order=("car", "bus")))
    assert report.numbered_classes == "1 car, 2 bus, 3 person"


def test_only_what_a_person_has_drawn_or_reviewed_can_be_written(tmp_path: Path) -> None:
    project = street()
    record = project.tracks[2].get(6)
    assert record is not None
    project.tracks[2].put({6: replace(record, reviewed=True)})
    report = export(project, "coco", tmp_path / "a.json", ExportOptions(reviewed_only=True))
    assert report.boxes == 5  # the keyframes at 0, 10, 20 and 29, and this one
    assert "15 boxes that nobody has reviewed: left out." in report.notes


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The street in every format."""
    folder = tmp_path_factory.mktemp("exports")
    for entry in FORMATS:
        export(street(), entry.name, folder / f"{entry.name}{entry.suffix}")
    return {entry.name: folder / f"{entry.name}{entry.suffix}" for entry in FORMATS}


@EVERY
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random=st.randoms(use_true_random=False), count=st.integers(1, 8))
def test_no_damage_makes_a_traceback(exports: dict[str, Path], entry: Format, random: Random, count: int) -> None:
    """Bytes of a good export changed, cut out and doubled: it is read, or refused in a sentence."""
    with TemporaryDirectory() as folder:
        path = Path(folder, exports[entry.name].name)
        if exports[entry.name].is_dir():
            shutil.copytree(exports[entry.name], path)
        else:
            shutil.copy(exports[entry.name], path)
        files = sorted(file for file in (path, *path.rglob("*")) if file.is_file())
        file = random.choice(files)
        file.write_bytes(damaged(file.read_bytes(), random, count))
        for use in (lambda: check(path, entry.name), lambda: import_tracks(entry.name, path, VIDEO)):
            said = ""
            try:
                use()
            except ExchangeError as error:
                said = str(error)
            assert said == "" or said.isprintable()
            assert len(said) < 500 + 2 * len(folder)


PIECES = (b"-1", b"1e30", b"nan", b"null", b"[]", b"{}", b'""', b"99999999999999999999", b",", b"\n", b"\xff", b"\x00",
          b"<", b'"', b"0", b"true", b"[[", b" ")  # fmt: skip


def damaged(data: bytes, random: Random, count: int) -> bytes:
    for _ in range(count):
        place = random.randrange(len(data) + 1)
        end = min(len(data), place + random.randrange(1, 12))
        kind = random.randrange(4)
        if kind == 0:
            data = data[:place] + random.choice(PIECES) + data[end:]
        elif kind == 1:
            data = data[:place] + random.choice(PIECES) + data[place:]
        elif kind == 2:
            data = data[:place] + data[end:]
        else:
            data = data[:place] + data[place:end] * 2 + data[end:]
    return data


def test_the_page_about_formats_has_a_row_for_each() -> None:
    page = Path(__file__).parents[2] / "docs" / "formats.md"
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| .* \| (.*) \|$", page.read_text(), re.MULTILINE)
    assert [name for name, _ in rows] == [entry.name for entry in EXPORTS]
    for (_, options), entry in zip(rows, EXPORTS, strict=True):
        assert set(re.findall(r"`(--[a-z0-9-]+)`", options)) == {str(option) for option in entry.options}
