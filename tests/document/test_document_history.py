"""Random edits, undos and redos, on a disk that fills up and is freed: model, file and undo stack always agree."""

from __future__ import annotations

import tempfile
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.document.commands import (
    AddTrack,
    DocumentCommand,
    EditTrack,
    ExtendTracks,
    PutLabel,
    PutRecords,
    RemoveTracks,
)
from app.document.document import Document
from app.model.box_record import BoxRecord, keyframe
from app.model.project import Label, Project
from app.model.track import Track
from tests.support.annotated_projects import VIDEO, tracked
from tests.support.stores import (
    MEMORY_DISK,
    FillingStore,
    assert_same,
    load_as_after_a_crash,
    street_with_a_run,
)
from tracker_core.geometry import Box

BOXES = st.builds(Box, *[st.integers(0, 300)] * 4)
HUMAN = st.builds(keyframe, st.none() | BOXES)
TRACKED = st.builds(tracked, st.none() | BOXES, st.floats(0, 1), run_id=st.just(1))
FRAMES = st.integers(0, VIDEO.frame_count - 1)
NAMES = st.sampled_from(["car", "person", "bus", "Straße"])
COLOURS = st.sampled_from(["#000000", "#ffffff"])


class DocumentHistory(RuleBasedStateMachine):
    """``history[i]`` is what the project must be while the stack stands at index ``i``."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY_DISK)
        project = street_with_a_run()
        self.store = FillingStore.create(Path(self.folder.name, "a.siamark"), project.video)
        self.store.put_project(project)
        self.document = Document()
        self.document.open(self.store)
        self.history = [deepcopy(self.project)]

    def teardown(self) -> None:
        self.document.close()
        self.folder.cleanup()

    @property
    def project(self) -> Project:
        return self.document.opened_project

    def push(self, command: DocumentCommand) -> None:
        stack = self.document.undo_stack
        del self.history[stack.index() + 1 :]
        stack.push(command)
        if not self.store.is_full:
            self.history[stack.index() :] = [deepcopy(self.project)]

    def some_track(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.project.tracks)))

    @rule(label=NAMES, colour=COLOURS, frame=FRAMES, record=HUMAN)
    def add_track(self, label: str, colour: str, frame: int, record: BoxRecord) -> None:
        track = Track(self.project.next_track_id(), label, colour)
        track.put({frame: record})
        self.push(AddTrack(self.document, track))

    @precondition(lambda self: self.project.tracks)
    @rule(data=st.data())
    def remove_tracks(self, data: st.DataObject) -> None:
        ids = data.draw(st.lists(st.sampled_from(sorted(self.project.tracks)), min_size=1, max_size=2, unique=True))
        self.push(RemoveTracks(self.document, ids))

    @precondition(lambda self: self.project.tracks)
    @rule(data=st.data(), label=st.none() | NAMES, colour=st.none() | COLOURS)
    def edit_track(self, data: st.DataObject, label: str | None, colour: str | None) -> None:
        self.push(EditTrack(self.document, self.some_track(data), label=label, colour=colour))

    @rule(name=NAMES, colour=COLOURS)
    def put_label(self, name: str, colour: str) -> None:
        self.push(PutLabel(self.document, Label(name, colour)))

    @precondition(lambda self: self.project.tracks)
    @rule(data=st.data(), records=st.dictionaries(FRAMES, st.none() | HUMAN, min_size=1, max_size=4))
    def put_records(self, data: st.DataObject, records: dict[int, BoxRecord | None]) -> None:
        self.push(PutRecords(self.document, "Edit", self.some_track(data), records))

    @rule(records=st.dictionaries(st.integers(1, 6), st.dictionaries(FRAMES, TRACKED, max_size=6), max_size=3))
    def extend_tracks(self, records: dict[int, dict[int, BoxRecord]]) -> None:
        self.push(ExtendTracks(self.document, 1, records))

    @rule()
    def undo(self) -> None:
        stack = self.document.undo_stack
        expected = stack.index() if self.store.is_full else max(stack.index() - 1, 0)
        stack.undo()
        assert stack.index() == expected

    @rule()
    def redo(self) -> None:
        stack = self.document.undo_stack
        expected = stack.index() if self.store.is_full else min(stack.index() + 1, stack.count())
        stack.redo()
        assert stack.index() == expected

    @rule(is_full=st.booleans())
    def fill_or_free_the_disk(self, is_full: bool) -> None:
        self.store.is_full = is_full

    @invariant()
    def model_and_file_are_what_the_stack_says(self) -> None:
        stack = self.document.undo_stack
        assert stack.count() == len(self.history) - 1
        assert_same(self.project, self.history[stack.index()])
        assert_same(load_as_after_a_crash(self.store.path), self.history[stack.index()])


TestDocumentHistory = pytest.mark.usefixtures("qapp")(DocumentHistory.TestCase)
TestDocumentHistory.settings = settings(max_examples=25, stateful_step_count=20)
