"""Export without a wait: a copy of the project is written while the window goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.document.document import Document
from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import ExportReport, export
from app.model.project import Project
from app.workers.background import run_in_background


class ExportingController(QObject):
    """
    Signals:
        exported: the ExportReport.
        failed: why nothing was written.
    """

    exported = Signal(object)
    failed = Signal(str)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    def export(self, format_name: str, path: Path, options: ExportOptions) -> None:
        copy = _copy_of(self._document.opened_project)
        run_in_background(
            partial(export, copy, format_name, path, options),
            on_done=self._on_done,
            on_error=self._on_error,
            owner=self,
        )

    def _on_done(self, report: ExportReport) -> None:
        self.exported.emit(report)

    def _on_error(self, error: Exception) -> None:
        if not isinstance(error, ExchangeError):
            raise error
        self.failed.emit(str(error))


def _copy_of(project: Project) -> Project:
    """Records are values, so that copies of the tracks' tables are enough."""
    tracks = {track.id: track.copy() for track in project.tracks.values()}
    return replace(project, tracks=tracks, labels=dict(project.labels), runs=dict(project.runs))
