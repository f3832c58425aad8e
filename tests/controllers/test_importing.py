"""Imports in the background: shown, and taken as one step."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.controllers.importing import ImportingController, ImportPreview
from app.controllers.settings import SettingsController
from app.document.commands import AddTrack
from app.document.document import Document
from app.exchange.annotations import ImportOptions
from app.exchange.export import export
from app.model.box_record import keyframe
from app.model.track import Track
from app.settings.store import SettingsStore
from app.store.project_store import ProjectStore, StoreError
from tests.support.annotated_projects import VIDEO, street
from tests.support.stores import assert_same, load_as_after_a_crash
from tracker_core.geometry import Box


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


def take(controller: ImportingController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.imported):
        controller.take()


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
    take(controller, qtbot)
    preview = read(controller, qtbot, source)
    assert preview.doubled == {6: 1, 7: 2, 8: 5}
    assert preview.labels == ()
    take(controller, qtbot)
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
    with qtbot.waitSignal(controller.imported):
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


def test_tracks_are_written_on_another_thread_and_edits_meanwhile_wait(
    controller: ImportingController, document: Document, qtbot: QtBot, source: Path
) -> None:
    writing = threading.Event()
    threads: list[int] = []

    def on_step(_: str) -> None:
        threads.append(threading.get_ident())
        writing.set()

    controller.stepped.connect(on_step, Qt.ConnectionType.DirectConnection)
    read(controller, qtbot, source)
    with qtbot.waitSignal(controller.imported):
        controller.take()
        assert writing.wait(10)
        drawn = Track(document.opened_project.next_track_id(), "person", "#112233")
        drawn.put({3: keyframe(Box(1, 2, 30, 40))})
        document.undo_stack.push(AddTrack(document, drawn))  # while the import may be half-way
    assert threading.get_ident() not in threads
    assert drawn.id not in street().tracks
    assert document.opened_project.tracks == {**street().tracks, drawn.id: drawn}
    assert document.store_path is not None
    assert_same(load_as_after_a_crash(document.store_path), document.opened_project)
    document.undo_stack.undo()
    assert document.opened_project.tracks == {drawn.id: drawn}


def test_an_import_that_is_cancelled_adds_nothing_and_can_be_tried_again(
    controller: ImportingController, document: Document, qtbot: QtBot, source: Path
) -> None:
    read(controller, qtbot, source)
    before, steps = document.opened_project.copy(), 0

    def cancel(_: str) -> None:
        nonlocal steps
        steps += 1
        if steps == 2:  # one track is written by now
            controller.cancel()

    controller.stepped.connect(cancel, Qt.ConnectionType.DirectConnection)
    with qtbot.waitSignal(controller.cancelled):
        controller.take()
    assert document.opened_project == before
    assert document.opened_project.next_track_id() == before.next_track_id()
    assert document.undo_stack.count() == 0
    assert document.store_path is not None
    assert_same(load_as_after_a_crash(document.store_path), before)
    take(controller, qtbot)
    assert document.opened_project.tracks == street().tracks
    assert document.opened_project.next_track_id() == 6


def test_an_import_into_a_project_that_was_saved_elsewhere_meanwhile_is_in_that_file(
    controller: ImportingController, document: Document, qtbot: QtBot, source: Path, tmp_path: Path
) -> None:
    read(controller, qtbot, source)
    with qtbot.waitSignal(controller.imported):
        controller.take()
        document.save_as(tmp_path / "b.siamark")
    assert document.store_path == tmp_path / "b.siamark"
    assert document.opened_project.tracks == street().tracks
    assert_same(load_as_after_a_crash(document.store_path), document.opened_project)


def test_an_import_into_a_project_that_was_closed_meanwhile_is_told(
    controller: ImportingController, document: Document, qtbot: QtBot, source: Path, tmp_path: Path
) -> None:
    writing = threading.Event()
    controller.stepped.connect(lambda _: writing.set(), Qt.ConnectionType.DirectConnection)
    read(controller, qtbot, source)
    with qtbot.waitSignal(controller.failed) as failed:
        controller.take()
        assert writing.wait(10)
        document.open(ProjectStore.create(tmp_path / "b.siamark", VIDEO))
    assert failed.args == ["The project was closed meanwhile. Its file holds the imported tracks."]
    assert document.opened_project.tracks == {}
    assert load_as_after_a_crash(tmp_path / "a.siamark").tracks == street().tracks


def test_a_disk_that_refuses_an_import_leaves_nothing_of_it(
    controller: ImportingController,
    document: Document,
    qtbot: QtBot,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put_blocks = ProjectStore.put_blocks

    def refuse(store: ProjectStore, track_id: int, blocks: Mapping[int, bytes]) -> None:
        if track_id == 2:
            raise StoreError("The disk is full.")
        put_blocks(store, track_id, blocks)

    monkeypatch.setattr(ProjectStore, "put_blocks", refuse)
    read(controller, qtbot, source)
    with qtbot.waitSignal(controller.failed) as failed:
        controller.take()
    assert failed.args == ["The disk is full."]
    assert document.opened_project.tracks == {}
    assert document.store_path is not None
    assert load_as_after_a_crash(document.store_path).tracks == {}
