"""The stack tells an undo or a redo from a new edit."""

from __future__ import annotations

import pytest

from app.document.commands import ExtendTracks, PutRecords
from app.document.document import Document
from app.model.box_record import keyframe
from tests.support.annotated_projects import tracked
from tests.support.stores import FillingStore
from tracker_core.geometry import Box

BOX = Box(1, 2, 30, 40)


class Steps:
    """How many the stack has told since the last time."""

    def __init__(self, document: Document) -> None:
        self._told = 0
        document.undo_stack.stepped.connect(self._note)

    def take(self) -> int:
        told, self._told = self._told, 0
        return told

    def _note(self) -> None:
        self._told += 1


@pytest.fixture
def steps(document: Document) -> Steps:
    return Steps(document)


def draw(document: Document, frame: int) -> None:
    document.undo_stack.push(PutRecords(document, "Draw box", 1, {frame: keyframe(BOX)}))


def test_edits_are_no_steps_merged_or_not(document: Document, steps: Steps) -> None:
    draw(document, 1)
    for frame in (21, 22):
        document.undo_stack.push(ExtendTracks(document, 1, {1: {frame: tracked(BOX, 0.5, run_id=1)}}))
    assert document.undo_stack.count() == 2
    assert steps.take() == 0


def test_each_undo_and_redo_is_one_step(document: Document, steps: Steps) -> None:
    draw(document, 1)
    document.undo_stack.beginMacro("Draw twice")
    draw(document, 2)
    draw(document, 3)
    document.undo_stack.endMacro()
    for go in (document.undo_stack.undo, document.undo_stack.undo, document.undo_stack.redo, document.undo_stack.redo):
        go()
        assert steps.take() == 1


@pytest.mark.parametrize("undone", [1, 2])
def test_an_edit_in_place_of_what_was_undone_is_no_step(document: Document, steps: Steps, undone: int) -> None:
    draw(document, 1)
    draw(document, 2)
    for _ in range(undone):
        document.undo_stack.undo()
    steps.take()
    draw(document, 3)
    assert steps.take() == 0


def test_a_step_that_cannot_be_written_is_none(document: Document, store: FillingStore, steps: Steps) -> None:
    draw(document, 1)
    store.is_full = True
    document.undo_stack.undo()
    assert steps.take() == 0
    store.is_full = False
    document.undo_stack.undo()
    assert steps.take() == 1
    store.is_full = True
    document.undo_stack.redo()
    assert steps.take() == 0
    store.is_full = False


def test_clearing_the_stack_is_no_step(document: Document, steps: Steps) -> None:
    draw(document, 1)
    document.undo_stack.clear()
    draw(document, 2)
    assert steps.take() == 0
