"""Undo and redo, showing what changed and saying it in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand

from app.controllers.playback import PlaybackController
from app.document.commands import DocumentCommand, Touched
from app.document.document import Document
from app.document.session import Session
from app.language import listed, tr, tr_counted

MOST_TRACKS_BY_NAME = 3


class HistoryController(QObject):
    """
    Signals:
        told: what was undone or redone, of which tracks, and where.
    """

    told = Signal(str)

    def __init__(
        self, document: Document, session: Session, *, playback: PlaybackController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._playback = playback

    @Slot()
    def undo(self) -> None:
        stack = self._document.undo_stack
        if stack.canUndo():
            self._step(stack.undo, tr("Undone"), stack.command(stack.index() - 1))

    @Slot()
    def redo(self) -> None:
        stack = self._document.undo_stack
        if stack.canRedo():
            self._step(stack.redo, tr("Redone"), stack.command(stack.index()))

    def _step(self, step: Callable[[], None], done: str, command: QUndoCommand) -> None:
        stack = self._document.undo_stack
        names = self._names()
        text, index = command.text(), stack.index()
        step()
        if stack.index() == index:  # the file could not be written, which was reported already
            return
        touched = command.touched() if isinstance(command, DocumentCommand) else ()
        names |= self._names()  # tracks that are gone now, and those that are back
        self._show(touched)
        self.told.emit(_sentence(f"{done}: {text[:1].lower()}{text[1:]}", touched, names))

    def _names(self) -> dict[int, str]:
        return {track.id: track.name for track in self._document.opened_project.tracks.values()}

    def _show(self, touched: tuple[Touched, ...]) -> None:
        """Select the changed tracks, and go to where their records changed, unless that frame is shown already."""
        tracks = self._document.opened_project.tracks
        there = [track_id for track_id in dict.fromkeys(one.track_id for one in touched) if track_id in tracks]
        if there:
            self._session.select(*there)
        span = _span(touched)
        if span is not None and not span[0] <= self._session.current_frame <= span[1]:
            self._playback.go_to(span[0])


def _span(touched: tuple[Touched, ...]) -> tuple[int, int] | None:
    """The first and the last frame of all spans."""
    spans = [(one.first, one.last) for one in touched if one.first is not None and one.last is not None]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def _sentence(what: str, touched: tuple[Touched, ...], names: dict[int, str]) -> str:
    """As in "Undone: correct box, car #1, frame 20"."""
    told = [names[track_id] for track_id in dict.fromkeys(one.track_id for one in touched) if track_id in names]
    parts = [what, *([tr_counted(len(told), "track")] if len(told) > MOST_TRACKS_BY_NAME else told)]
    span = _span(touched)
    if span is not None:
        parts.append(
            tr("frame {span}", span=span[0])
            if span[0] == span[1]
            else tr("frames {span} to {span2}", span=span[0], span2=span[1])
        )
    return tr("{parts}.", parts=listed(parts))
