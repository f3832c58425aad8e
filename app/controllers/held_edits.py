"""Holds back edits of frames whose number is not proved yet, and does them once it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.document.document import Document
from app.language import listed, tr


class HeldEdits(QObject):
    """Keeps the order in which the person made the edits.

    Signals:
        told: which edit waits, how far the counting is meanwhile, and that the edit was done.
        lost: which edit was dropped, because its frame turned out to have another number or the project was closed.
    """

    told = Signal(str)
    lost = Signal(str)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._held: list[tuple[int, Callable[[], object]]] = []
        document.sure_frames_changed.connect(self._on_sure_frames_changed)
        document.project_closed.connect(self._on_project_closed)

    def do(self, frame: int, edit: Callable[[], object]) -> None:
        """Do an edit of this frame: at once, or as soon as the frame's number is proved."""
        if self._document.is_sure_of(frame):
            edit()
            return
        self._held.append((frame, edit))
        self.told.emit(
            tr("The frames are still being counted; your edit of frame {frame} follows in a moment.", frame=frame)
        )

    @Slot(float)
    def on_checking(self, fraction: float) -> None:
        """Counting takes minutes in a film of hours: while an edit waits for it, say how far it is."""
        if self._held:
            sentence = tr(
                "{done:.0%} of the frames are counted; your edit of frame {frame} follows.",
                done=fraction,
                frame=self._held[0][0],
            )
            self.told.emit(sentence)

    @Slot()
    def _on_sure_frames_changed(self) -> None:
        ready = [(frame, edit) for frame, edit in self._held if self._document.is_sure_of(frame)]
        self._held = [(frame, edit) for frame, edit in self._held if not self._document.is_sure_of(frame)]
        for frame, edit in ready:
            self.told.emit(tr("Frame {frame} is counted; your edit is done.", frame=frame))
            edit()

    @Slot()
    def _on_project_closed(self) -> None:
        """A recount also closes the project, and opens it again with other numbers."""
        frames, self._held = [frame for frame, _ in self._held], []
        if frames:
            which = listed(map(str, frames))
            self.lost.emit(
                tr(
                    "What you did in frame {which} was not kept: the frames had not been counted so far, and their "
                    "numbers may be others now. Look there, and do it again.",
                    which=which,
                )
            )
