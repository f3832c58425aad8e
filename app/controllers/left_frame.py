"""Opens a project at the frame at which it was left."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.document.document import Document
from app.document.session import Session
from app.store.left_frames import LeftFrames


class LeftFrameController(QObject):
    def __init__(
        self, document: Document, session: Session, left_frames: LeftFrames, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._left_frames = left_frames
        self._path: Path | None = None
        self._frame = 0
        document.project_opened.connect(self._on_project_opened)
        document.project_closed.connect(self._on_project_closed)
        document.store_path_changed.connect(self._on_store_path_changed)
        session.frame_changed.connect(self._on_frame_changed)

    @Slot()
    def _on_project_opened(self) -> None:
        self._path, self._frame = self._document.store_path, 0
        if self._path is not None:
            self._session.set_frame(self._left_frames.frame_of(self._path))

    @Slot()
    def _on_store_path_changed(self) -> None:
        self._path = self._document.store_path

    @Slot(int)
    def _on_frame_changed(self, frame: int) -> None:
        if self._document.project is not None:  # not when the project was closed, because the session then starts over
            self._frame = frame

    @Slot()
    def _on_project_closed(self) -> None:
        if self._path is not None:
            with suppress(OSError):  # failing to note the frame must not block closing
                self._left_frames.note(self._path, self._frame)
        self._path = None
