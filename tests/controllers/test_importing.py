"""Imports in the background: shown, and taken as one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.controllers.importing import ImportingController, ImportPreview
from app.controllers.settings import SettingsController
from app.document.document import Document
from app.exchange.annotations import ImportOptions
from app.exchange.export import export
from app.settings.store import SettingsStore
from app.store.project_store import ProjectStore
from tests.support.annotated_projects import VIDEO, street
from tests.support.stores import assert_same, load_as_after_a_crash


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    document = Document()
    document.open(ProjectStore.create(tmp_path / "a.siamark", VIDEO))
    yield document
    document.close()


@pytest.fixture
def controller(document: Document, tmp_path: Path) -> ImportingController:
    return ImportingController(document, SettingsController(SettingsStore(tmp_path / "settings.json")))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    export(street(), "coco", tmp_path / "tracks.json")
    return tmp_path / "tracks.json"


def read(controller: ImportingController, qtbot: QtBot, path: Path, **options: object) -> ImportPreview:
    with qtbot.waitSignal(controller.previewed) as previewed:
        controller.read("", path, ImportOptions(**options), least_iou=0.5)  # type: ignore[arg-type]
    assert previewed.args is not None
    assert isinstance(previewed.args[0], ImportPreview)
    return previewed.args[0]


def test_a_preview_changes_nothing_and_taking_it_is_one_step(
    controller: ImportingController, document: Document, qtbot: QtBot, source: Path
) -> None:
    preview = read(controller, qtbot, source)
    assert (preview.format_name, len(preview.tracks.tracks), preview.frames) == ("coco", 3, (0, 29))
    assert preview.labels == ("person", "car")
    assert document.opened_project.tracks == {}
    with qtbot.waitSignal(controller.imported) as imported:
        controller.take()
    assert imported.args == [3]
    assert document.opened_project.tracks == street().tracks
    assert list(document.opened_project.labels) == ["person", "car"]
    assert document.undo_stack.undoText() == "Import 3 tracks"
    assert document.store_path is not None
    assert_same(load_as_after_a_crash(document.store_path), document.opened_project)
    document.undo_stack.undo()
    assert (document.opened_project.tracks, document.opened_project.labels) == ({}, {})
    document.undo_stack.redo()
    assert document.opened_project.tracks == street().tracks


def test_what_is_there_already_is_noticed_and_keeps_its_ids(
    controller: ImportingController, document: Document, qtbot: QtBot, source: Path
) -> None:
    read(controller, qtbot, source)
    controller.take()
    preview = read(controller, qtbot, source)
    assert preview.doubled == {6: 1, 7: 2, 8: 5}
    assert preview.labels == ()
    controller.take()
    assert sorted(document.opened_project.tracks) == [1, 2, 5, 6, 7, 8]


def test_detections_are_joined_to_tracks(controller: ImportingController, qtbot: QtBot, tmp_path: Path) -> None:
    export(street(), "yolo", tmp_path / "yolo")
    preview = read(controller, qtbot, tmp_path / "yolo")
    assert (preview.format_name, preview.detections, preview.boxes) == ("yolo", 20, 20)


def test_nothing_is_taken_twice_or_after_it_was_given_up(
    controller: ImportingController, document: Document, qtbot: QtBot, source: Path
) -> None:
    read(controller, qtbot, source)
    controller.forget()
    controller.take()
    assert document.opened_project.tracks == {}
    read(controller, qtbot, source)
    controller.take()
    controller.take()
    assert document.undo_stack.count() == 1


def test_only_the_last_of_several_reads_is_heard_of(
    controller: ImportingController, qtbot: QtBot, source: Path, tmp_path: Path
) -> None:
    heard: list[object] = []
    for signal in (controller.previewed, controller.failed):
        signal.connect(heard.append)
    with qtbot.waitSignal(controller.failed):
        controller.read("", source, ImportOptions(), least_iou=0.5)
        controller.read("coco", tmp_path / "nothing.json", ImportOptions(), least_iou=0.5)
    read(controller, qtbot, source)  # by now the first of them is through as well
    assert [type(said) for said in heard] == [str, ImportPreview]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello\n", "choose its format"),
        ("{", "choose its format"),
        ("1,1,1,1,-5,6,1,1,1\n", "line 1"),
    ],
)
def test_why_a_file_cannot_be_read_is_said(
    controller: ImportingController, qtbot: QtBot, tmp_path: Path, text: str, reason: str
) -> None:
    (tmp_path / "a.any").write_text(text)
    with qtbot.waitSignal(controller.failed) as failed:
        controller.read("", tmp_path / "a.any", ImportOptions(), least_iou=0.5)
    assert failed.args is not None
    assert reason in failed.args[0]


def test_where_two_rules_disagree_the_choices_are_told(
    controller: ImportingController, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("frame,picture,x,y,w,h\n3,shot_7.jpg,1,2,3,4\n4,shot_9.jpg,1,2,3,4\n")
    with qtbot.waitSignal(controller.undecided) as undecided:
        controller.read("csv", tmp_path / "a.csv", ImportOptions(), least_iou=0.5)
    assert undecided.args is not None
    assert [str(matching.match.rule) for matching in undecided.args[1]] == ["number", "frame-id"]
