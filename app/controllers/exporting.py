"""Exports in the background: a copy of the project is written, so the person can keep working."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from app.controllers.settings import SettingsController
from app.document.document import Document
from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import ExportReport, export
from app.exchange.formats import all_exports, plugin_problems
from app.settings.schema import EXPORT_FOLDER, EXPORT_FORMAT
from app.workers.background import run_in_background
from resources import DEMO_VIDEO


class ExportingController(QObject):
    """
    Signals:
        stepped: the current step, such as "reading it back".
        exported: the ExportReport.
        cancelled: nothing was changed.
        failed: why nothing was written.
        told: why a plug-in's format cannot be used.
    """

    stepped = Signal(str)
    exported = Signal(object)
    cancelled = Signal()
    failed = Signal(str)
    told = Signal(str)

    def __init__(self, document: Document, settings: SettingsController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self._cancel = Event()

    @property
    def last_format(self) -> str:
        """The name of the last export's format; empty if there was none."""
        return self._settings.get(EXPORT_FORMAT)

    @property
    def folder(self) -> Path:
        """The folder to propose for an export: that of the last one, else that of the video, else the home folder."""
        last, video = self._settings.get(EXPORT_FOLDER), self._document.opened_project.video.path
        if last and os.access(last, os.W_OK):
            return Path(last)
        is_free = video != DEMO_VIDEO and os.access(video.parent, os.W_OK)
        return video.parent if is_free else Path.home()

    def export(self, format_name: str, path: Path, options: ExportOptions) -> None:
        document = self._document
        has_classes = any(one.name == format_name and one.first_class is not None for one in all_exports())
        if has_classes and not document.attempt(document.keep_class_numbers):
            self.cancelled.emit()
            return
        copy = document.opened_project.copy()
        self._cancel = cancel = Event()

        def on_step(what: str) -> None:  # on the pool's thread
            if cancel.is_set():
                raise _CancelledError
            self.stepped.emit(what)

        run_in_background(
            partial(export, copy, format_name, path, options, on_step=on_step),
            on_done=lambda report: self._on_done(report, format_name, path),
            on_error=self._on_error,
            owner=self,
        )

    def look_for_plugins(self) -> None:
        """Import the formats of plug-ins on another thread, before a dialog lists them."""
        run_in_background(plugin_problems, on_done=self._tell_problems, on_error=self._on_error, owner=self)

    def cancel(self) -> None:
        """Cancel the export before its next step. If its file is already in place, it still counts as exported."""
        self._cancel.set()

    def _tell_problems(self, problems: tuple[str, ...]) -> None:
        if problems:
            self.told.emit(" ".join(problems))

    def _on_done(self, report: ExportReport, format_name: str, path: Path) -> None:
        self._settings.set(EXPORT_FORMAT, format_name)
        self._settings.set(EXPORT_FOLDER, str(path.absolute().parent))
        self.exported.emit(report)

    def _on_error(self, error: Exception) -> None:
        if isinstance(error, _CancelledError):
            self.cancelled.emit()
        elif isinstance(error, ExchangeError):
            self.failed.emit(str(error))
        else:
            raise error


class _CancelledError(Exception):
    """The person cancelled the export."""
