"""Every command: done, undone and done again, in memory and in the file; and what happens where the disk is full."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from app.assist.track_edits import join, split, swap
from app.document.commands import (
    AddTrack,
    DocumentCommand,
    EditTrack,
    ExtendTracks,
    ImportTracks,
    LeaveAsIs,
    PutAnswers,
    PutCertificate,
    PutLabel,
    PutNote,
    PutRecords,
    RemoveTracks,
    SetAttributes,
    SetLabels,
    SeveralEdits,
    rearrangement_command,
)
from app.document.detection_commands import AddDetections, TakeDetections
from app.document.document import Document
from app.model.attributes import AttributeChanges, AttributeDefinition
from app.model.box_record import keyframe
from app.model.detection import Detection
from app.model.frame_spans import FrameSpans
from app.model.meeting import LeftAsIs, MeetingKind
from app.model.note import NotePlace
from app.model.project import Label, Project
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tests.support.annotated_projects import tracked
from tests.support.news import News
from tests.support.stores import CERTIFICATE, FillingStore, assert_same, load_as_after_a_crash
from tracker_core.geometry import Box

BOX = Box(1, 2, 3, 4)
LIGHTS = AttributeDefinition("lights", per_frame=True)
DETECTIONS = [Detection(11, 3, "car", BOX, 0.5), Detection(12, 0, "bus", BOX)]
MARKS = TrackMarks(FrameSpans.of([(0, 3), (11, 12)])).overruling(13, 14, run_id=1)


def _new_track(track_id: int) -> Track:
    track = Track(track_id, "bicycle", "#e11d48", {"gear": "8"})
    track.put({3: keyframe(BOX), 4: keyframe(None)})
    return track


COMMANDS: dict[str, tuple[Callable[[Document], DocumentCommand], str]] = {
    "two edits of neighbouring frames of a track": (
        lambda document: SeveralEdits(
            document,
            "Tighten",
            [PutRecords(document, "", 1, {frame: keyframe(BOX), 7: None}) for frame in (3, 4)],
        ),
        "Tighten",
    ),
    "add a track": (lambda document: AddTrack(document, _new_track(6)), "Draw box"),
    "add a track between others": (lambda document: AddTrack(document, _new_track(3)), "Draw box"),
    "import": (
        lambda document: ImportTracks(
            document, [_new_track(6), _new_track(9)], [Label("bicycle", "#e11d48"), Label("van", "#000000")]
        ),
        "Import 2 tracks",
    ),
    "remove a track": (lambda document: RemoveTracks(document, [1]), "Delete 1 track"),
    "remove tracks": (lambda document: RemoveTracks(document, [5, 1]), "Delete 2 tracks"),
    "label": (lambda document: EditTrack(document, 1, label="van"), "Change label"),
    "colour": (lambda document: EditTrack(document, 1, colour="#000000"), "Change colour"),
    "attributes": (lambda document: EditTrack(document, 1, attributes={}), "Change attributes"),
    "an attribute from a frame on": (
        lambda document: EditTrack(document, 1, changes=AttributeChanges({"lights": ((4, "on"),)})),
        "Change attributes",
    ),
    "attributes of the project": (lambda document: SetAttributes(document, [LIGHTS]), "Change attributes"),
    "detections": (lambda document: AddDetections(document, DETECTIONS), "Import 2 detections"),
    "taken detections": (
        lambda document: TakeDetections(document, tuple(document.opened_project.detections)),
        "Delete 2 detections",
    ),
    "label and colour": (lambda document: EditTrack(document, 1, label="van", colour="#000000"), "Change track"),
    "new label": (lambda document: PutLabel(document, Label("van", "#000000")), "Add label"),
    "label colour": (lambda document: PutLabel(document, Label("person", "#000000")), "Change label colour"),
    "draw": (lambda document: PutRecords(document, "Draw box", 2, {20: keyframe(BOX)}), "Draw box"),
    "correct": (lambda document: PutRecords(document, "Move box", 1, {12: keyframe(BOX)}), "Move box"),
    "mark absent": (lambda document: PutRecords(document, "Mark absent", 1, {10: keyframe(None)}), "Mark absent"),
    "delete": (lambda document: PutRecords(document, "Delete box", 5, {29: None}), "Delete box"),
    "several at once": (
        lambda document: PutRecords(document, "Edit boxes", 1, {0: None, 5: keyframe(BOX), 12: keyframe(BOX)}),
        "Edit boxes",
    ),
    "delete a span": (
        lambda document: PutRecords(document, "Delete boxes", 1, {0: None, 12: None}, marks=MARKS),
        "Delete boxes",
    ),
    "split a track": (
        lambda document: rearrangement_command(
            document, "Split track", split(document.opened_project.tracks[1], 12, new_id=7, colour="#000000")
        ),
        "Split track",
    ),
    "join two tracks": (
        lambda document: rearrangement_command(
            document,
            "Join tracks",
            join(document.opened_project.tracks[1], document.opened_project.tracks[5]),
        ),
        "Join tracks",
    ),
    "swap two tracks": (
        lambda document: rearrangement_command(
            document, "Swap tracks", swap(document.opened_project.tracks[1], document.opened_project.tracks[2], 5)
        ),
        "Swap tracks",
    ),
    "other labels": (
        lambda document: SetLabels(
            document, (Label("bicycle", "#e11d48"), *reversed(document.opened_project.labels.values()))
        ),
        "Change labels",
    ),
    "leave as is": (
        lambda document: LeaveAsIs(document, LeftAsIs(MeetingKind.RELAY, one=1, other=5, first_frame=12, frame=29)),
        "Leave tracks as they are",
    ),
    "note on a track": (lambda document: PutNote(document, NotePlace(12, 1), "whose is this?"), "Leave note"),
    "note on a frame": (lambda document: PutNote(document, NotePlace(7), "it rains\nfrom here"), "Leave note"),
    "another note": (lambda document: PutNote(document, NotePlace(3), "a bus"), "Change note"),
    "no note": (lambda document: PutNote(document, NotePlace(3), ""), "Delete note"),
    "certificate": (
        lambda document: PutCertificate(document, replace(CERTIFICATE, target_iou=0.5)),
        "Draw 3 boxes for a certificate",
    ),
    "answers": (lambda document: PutAnswers(document, {2: True, 1: None}), "Say right of 2 boxes"),
    "a gesture": (
        lambda document: SeveralEdits(
            document,
            "Draw box",
            [
                PutLabel(document, Label("bicycle", "#e11d48")),
                AddTrack(document, _new_track(6)),
                EditTrack(document, 1, label="bicycle"),
                PutRecords(document, "", 2, {20: keyframe(BOX)}),
                RemoveTracks(document, [5]),
            ],
        ),
        "Draw box",
    ),
    "track over an older run": (
        lambda document: ExtendTracks(
            document, 2, {1: {9: tracked(BOX, 0.5, run_id=1)}}, marks={1: MARKS, 2: MARKS, 7: MARKS}
        ),
        "Track 1 target",
    ),
    "track": (
        lambda document: ExtendTracks(
            document, 1, {1: {9: tracked(BOX, 0.5, run_id=1), 12: tracked(BOX, 0.5)}, 2: {7: tracked(None, 0.1)}}
        ),
        "Track 2 targets",
    ),
}

every_command = pytest.mark.parametrize("name", COMMANDS)


def test_the_table_has_every_command(document: Document) -> None:
    assert {type(make(document)) for make, _ in COMMANDS.values()} == set(DocumentCommand.__subclasses__())


@every_command
def test_redo_undo_redo(document: Document, project: Project, name: str) -> None:
    make, text = COMMANDS[name]
    stack, path = document.undo_stack, document.store_path
    assert path is not None
    before = deepcopy(project)
    stack.push(make(document))
    after = deepcopy(project)
    assert stack.undoText() == text
    assert after != before
    assert_same(load_as_after_a_crash(path), after)
    for _ in range(2):
        stack.undo()
        assert_same(project, before)
        assert_same(load_as_after_a_crash(path), before)
        stack.redo()
        assert_same(project, after)
        assert_same(load_as_after_a_crash(path), after)


@every_command
def test_a_command_that_cannot_be_written_never_happened(
    document: Document, project: Project, store: FillingStore, name: str
) -> None:
    before, path = deepcopy(project), store.path
    news = News(document)
    store.is_full = True
    document.undo_stack.push(COMMANDS[name][0](document))
    assert news.take() == [("write_failed", "The disk is full.")]
    assert document.undo_stack.count() == 0
    assert_same(project, before)
    assert_same(load_as_after_a_crash(path), before)


@pytest.mark.parametrize("writes", [1, 2, 3])
@every_command
def test_a_command_is_written_whole_or_not_at_all(
    document: Document, project: Project, store: FillingStore, name: str, writes: int
) -> None:
    before = deepcopy(project)
    store.writes_until_full = writes
    document.undo_stack.push(COMMANDS[name][0](document))
    assert (project == before) == (document.undo_stack.count() == 0)
    assert_same(load_as_after_a_crash(store.path), project)


@every_command
def test_an_undo_that_cannot_be_written_can_be_tried_again(
    document: Document, project: Project, store: FillingStore, name: str
) -> None:
    stack = document.undo_stack
    before = deepcopy(project)
    stack.push(COMMANDS[name][0](document))
    after = deepcopy(project)
    news = News(document)

    store.is_full = True
    stack.undo()
    assert news.take() == [("write_failed", "The disk is full.")]
    assert (stack.index(), stack.count(), stack.canUndo(), stack.canRedo()) == (1, 1, True, False)
    assert_same(project, after)
    assert_same(load_as_after_a_crash(store.path), after)

    store.is_full = False
    stack.undo()
    assert_same(project, before)
    assert_same(load_as_after_a_crash(store.path), before)


@every_command
def test_a_redo_that_cannot_be_written_can_be_tried_again(
    document: Document, project: Project, store: FillingStore, name: str
) -> None:
    stack = document.undo_stack
    stack.push(COMMANDS[name][0](document))
    after = deepcopy(project)
    stack.undo()
    before = deepcopy(project)

    store.is_full = True
    stack.redo()
    assert (stack.index(), stack.count(), stack.canUndo(), stack.canRedo()) == (0, 1, False, True)
    assert_same(project, before)
    assert_same(load_as_after_a_crash(store.path), before)

    store.is_full = False
    stack.redo()
    assert_same(project, after)


def _draw_with_a_new_label(document: Document) -> None:
    stack = document.undo_stack
    stack.beginMacro("Draw box")
    stack.push(PutLabel(document, Label("bicycle", "#e11d48")))
    stack.push(AddTrack(document, _new_track(6)))
    stack.endMacro()


def test_a_macro_stays_done_where_its_first_undo_fails(
    document: Document, project: Project, store: FillingStore
) -> None:
    before = deepcopy(project)
    _draw_with_a_new_label(document)
    after = deepcopy(project)
    store.is_full = True
    document.undo_stack.undo()
    assert_same(project, after)
    store.is_full = False
    document.undo_stack.undo()
    assert_same(project, before)


def test_a_macro_can_be_finished_where_its_undo_failed_half_way(
    document: Document, project: Project, store: FillingStore
) -> None:
    before = deepcopy(project)
    _draw_with_a_new_label(document)
    after = deepcopy(project)

    def fill_the_disk() -> None:
        store.is_full = True

    document.track_removed.connect(fill_the_disk)
    document.undo_stack.undo()
    assert document.undo_stack.index() == 1
    assert "bicycle" in project.labels
    assert_same(load_as_after_a_crash(store.path), project)

    document.track_removed.disconnect(fill_the_disk)
    store.is_full = False
    document.undo_stack.undo()
    assert_same(project, before)
    document.undo_stack.redo()
    assert_same(project, after)


def test_a_jump_over_several_steps_fails_once_and_goes_back_to_where_it_started(
    document: Document, project: Project, store: FillingStore
) -> None:
    stack, news = document.undo_stack, News(document)
    for start, end in ((3, 0), (0, 3)):
        stack.clear()
        for frame in (20, 21, 22):
            stack.push(PutRecords(document, "Draw box", 2, {frame: keyframe(BOX)}))
        stack.setIndex(start)
        before = deepcopy(project)
        news.take()
        store.is_full = True
        stack.setIndex(end)
        assert stack.index() == start
        assert news.take() == [("write_failed", "The disk is full.")]
        assert_same(project, before)
        store.is_full = False


def test_saving_elsewhere_keeps_what_can_be_undone(document: Document, project: Project, tmp_path: Path) -> None:
    before = deepcopy(project)
    document.undo_stack.push(RemoveTracks(document, [1]))
    document.save_as(tmp_path / "other.siamark")
    document.undo_stack.undo()
    assert_same(load_as_after_a_crash(tmp_path / "other.siamark"), before)


def test_a_rename_of_twenty_tracks_on_a_full_disk_is_one_message_and_no_step(
    document: Document, project: Project, store: FillingStore
) -> None:
    for track_id in range(10, 30):
        document.undo_stack.push(AddTrack(document, _new_track(track_id)))
    document.undo_stack.clear()
    before = deepcopy(project)
    edits = [EditTrack(document, track_id, label="van") for track_id in range(10, 30)]
    statements: list[str] = []
    store._connection.set_trace_callback(statements.append)
    document.undo_stack.push(SeveralEdits(document, "Change label of 20 tracks", edits))
    assert {project.tracks[track_id].label for track_id in range(10, 30)} == {"van"}
    assert statements.count("COMMIT") == 1  # so a kill leaves all of them renamed, or none
    document.undo_stack.undo()
    assert statements.count("COMMIT") == 2
    assert_same(project, before)
    document.undo_stack.clear()
    store.is_full = True
    news = News(document)
    document.undo_stack.push(SeveralEdits(document, "Change label of 20 tracks", edits))
    assert news.take() == [("write_failed", "The disk is full.")]
    assert document.undo_stack.count() == 0
    assert_same(project, before)


def test_a_gesture_of_nothing_is_no_step(document: Document) -> None:
    document.undo_stack.push(SeveralEdits(document, "Change label", []))
    assert document.undo_stack.count() == 0
