"""An undo stack that stays in step with the file when a write fails."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack


class UndoStack(QUndoStack):
    """A QUndoStack whose index stays right even after an undo or redo that could not be written. Qt moves the index
    whether or not a command succeeded. A command that failed calls ``refuse_step``; the stack then goes back, and the
    step can be tried again when the disk has room. On the way back commands do nothing, because each knows whether it
    is done.

    To Qt an undo, a redo and a new edit all just change the index. A command that is undone or redone calls
    ``note_step``.

    Signals:
        stepped: the person has undone or redone. New edits and clearing the stack do not count.
    """

    stepped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settled_index = 0
        self._step_refused = False
        self._is_step = False
        self.indexChanged.connect(self._on_index_changed)

    @property
    def is_step_refused(self) -> bool:
        """True from the first failed write of a step until the stack is back, so that the rest of a macro stops."""
        return self._step_refused

    def do(self, command: QUndoCommand) -> bool:
        """Push a command. Returns whether it was done: not if it changes nothing, a track is locked, or the write
        failed.
        """
        before = self.index()
        self.push(command)
        return self.index() != before

    def refuse_step(self) -> None:
        self._step_refused = True

    def note_step(self) -> None:
        self._is_step = True

    def _on_index_changed(self, index: int) -> None:
        is_step, self._is_step = self._is_step, False
        if self._step_refused:
            self._step_refused = False
            self.setIndex(self._settled_index)
        else:
            self._settled_index = index
            if is_step:
                self.stepped.emit()
