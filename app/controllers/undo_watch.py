"""Tells an undo or a redo from a new edit: to the undo stack each is but another index."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack


class UndoWatch(QObject):
    """Signals:
    stepped: the person has gone back or forth on the stack. A step that could not be written is none, nor is a
        stack that was cleared.
    """

    stepped = Signal()

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._remember()
        stack.indexChanged.connect(self._on_index_changed)

    @Slot()
    def _on_index_changed(self) -> None:
        # Not the index of the signal: a step that is taken back at once sends two, in the wrong order.
        index = self._stack.index()
        went_back = index < self._index and self._stack.count() > 0
        went_forth = index > self._index and self._next is not None and self._stack.command(self._index) is self._next
        self._remember()
        if went_back or went_forth:
            self.stepped.emit()

    def _remember(self) -> None:
        self._index = self._stack.index()
        self._next = self._stack.command(self._index)  # what a redo would do; a new edit puts another in its place
