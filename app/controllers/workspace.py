"""The open workspace: lists the videos of a folder on another thread, opens each with its project, exports them all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from app.controllers.project import ProjectController
from app.document.document import Document
from app.document.session import Session
from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError
from app.language import tr
from app.model.project import Label, Project
from app.workers.background import run_in_background
from app.workspace.entries import VideoEntry, WorkspacePlaces, carried_over, list_videos, looked_into
from app.workspace.exporting import WorkspaceReport, export_all, videos_to_export, with_classes
from app.workspace.figures import together
from app.workspace.merging import export_merged
from app.workspace.splits import Shares
from app.workspace.videos import WorkspaceError


class WorkspaceController(QObject):
    """
    Signals:
        opened: the folder (Path), or None after ``close``; its entries follow.
        listed: there is a new list of entries.
        entry_changed: the place of an entry about which more is known.
        scanned: the scan is complete.
        failed: why a folder cannot be opened.
        export_stepped: how many videos are done, and the name of the next.
        exported: the WorkspaceReport.
        export_failed: why the export failed or ended early.
    """

    opened = Signal(object)
    listed = Signal()
    entry_changed = Signal(int)
    scanned = Signal()
    failed = Signal(str)
    export_stepped = Signal(int, str)
    exported = Signal(object)
    export_failed = Signal(str)
    _found = Signal(object, object)  # its scan, and an entry; emitted on the pool's thread

    def __init__(
        self,
        document: Document,
        session: Session,
        project: ProjectController,
        places: WorkspacePlaces,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._project = project
        self._places = places
        self._folder: Path | None = None
        self._entries: list[VideoEntry] = []
        self._scan = Event()  # set to stop the running scan
        self._export = Event()
        self._is_scanning = False
        self._shown: Path | None = None
        self._found.connect(self._on_found)
        document.project_opened.connect(self._on_project_changed)
        document.project_closed.connect(self._on_project_changed)

    @property
    def folder(self) -> Path | None:
        return self._folder

    @property
    def entries(self) -> tuple[VideoEntry, ...]:
        """In the natural order of their paths."""
        return tuple(self._entries)

    @property
    def is_scanning(self) -> bool:
        return self._is_scanning

    @property
    def current(self) -> Path | None:
        """The open video, even if it is not in the workspace."""
        project = self._document.project
        return None if project is None else Path(os.path.abspath(project.video.path))

    def open(self, folder: Path) -> None:
        """List the videos of a folder; the old list stays until the new one is ready."""
        self._look_through(Path(os.path.abspath(folder)))

    @Slot()
    def refresh(self) -> None:
        """Scan the folder again."""
        if self._folder is not None:
            self._look_through(self._folder)

    def show(self, video: Path) -> None:
        """Open a video with the project that is listed for it."""
        entry = next((entry for entry in self._entries if entry.path == video), None)
        project = None if entry is None else entry.project
        is_own = project is None or project.parent == self._places.autosaves  # its automatic project
        self._project.open(video if project is None or is_own else project)

    def export(
        self,
        videos: Sequence[Path],
        format_name: str,
        folder: Path,
        options: ExportOptions,
        shares: Shares | None,
        merged: bool = False,
    ) -> None:
        """Export the projects of these videos, each by itself or ``merged`` as one data set; videos without a project
        are skipped.
        """
        assert self._folder is not None
        asked = set(videos)
        projects = {e.path: e.project for e in self._entries if e.path in asked and e.project is not None}
        wanted = videos_to_export(projects, self._folder)
        labels = tuple(name for name, _ in together(e.figures for e in self._entries if e.figures is not None).labels)
        options = with_classes(options, labels)
        self._export = cancel = Event()

        def on_step(done: int, name: str) -> None:  # on the pool's thread
            if cancel.is_set():
                raise _CancelledError
            self.export_stepped.emit(done, name)

        run_in_background(
            partial(
                export_merged if merged else export_all,
                wanted,
                format_name,
                folder,
                options,
                shares=shares,
                in_hand=self._in_hand(),
                on_step=on_step,
            ),
            on_done=self._on_exported,
            on_error=self._on_export_error,
            owner=self,
        )

    @Slot()
    def cancel_export(self) -> None:
        """Stop the export before the next video; what is written stays."""
        self._export.set()

    @Slot()
    def stop(self) -> None:
        """Stop everything, because the window closes."""
        self._scan.set()
        self._export.set()

    def _look_through(self, folder: Path) -> None:
        self._scan.set()
        self._scan = scan = Event()
        self._is_scanning = True
        in_hand, rules, places = self._in_hand(), self._session.doubt_rules, self._places
        known = {entry.path: entry for entry in self._entries}

        def look() -> None:  # on the pool's thread
            listed = list_videos(folder, places, is_cancelled=scan.is_set)
            entries = [carried_over(entry, known.get(entry.path)) for entry in listed]
            if scan.is_set():
                return
            self._found.emit(scan, (folder, entries))
            for place, entry in enumerate(
                looked_into(entries, places, rules, in_hand=in_hand, is_cancelled=scan.is_set)
            ):
                self._found.emit(scan, (place, entry))

        run_in_background(
            look,
            on_done=lambda _: self._on_scanned(scan),
            on_error=lambda error: self._on_scan_failed(scan, error),
            owner=self,
        )

    @Slot(object, object)
    def _on_found(self, scan: Event, found: tuple[Path, list[VideoEntry]] | tuple[int, VideoEntry]) -> None:
        if scan is not self._scan or scan.is_set():
            return
        where, what = found
        if isinstance(where, int):
            assert isinstance(what, VideoEntry)
            self._entries[where] = what
            self.entry_changed.emit(where)
            return
        assert isinstance(what, list)
        self._folder, self._entries = where, what
        self.opened.emit(where)
        self.listed.emit()

    def _on_scanned(self, scan: Event) -> None:
        if scan is self._scan:
            self._is_scanning = False
            self._share_labels()
            self.scanned.emit()

    def _on_scan_failed(self, scan: Event, error: Exception) -> None:
        if scan is self._scan:
            self._is_scanning = False
            self.scanned.emit()
        if not isinstance(error, WorkspaceError):
            raise error
        self.failed.emit(str(error))

    @Slot()
    def _on_project_changed(self) -> None:
        """The video just left has new figures, and the one just opened may have a new project."""
        current = self.current
        left, self._shown = self._shown, current
        if self._folder is None or left == current:
            return
        listed = {entry.path for entry in self._entries}
        if left in listed or current in listed:
            self.refresh()

    def _share_labels(self) -> None:
        whole = together(entry.figures for entry in self._entries if entry.figures is not None)
        self._session.set_shared_labels(tuple(Label(name, colour) for name, colour in whole.labels))
        self._session.set_shared_attributes(whole.attributes)

    def _in_hand(self) -> dict[Path, Project]:
        project, path = self._document.project, self._document.store_path
        return {} if project is None or path is None else {path: project.copy()}

    def _on_exported(self, report: WorkspaceReport) -> None:
        self.exported.emit(report)

    def _on_export_error(self, error: Exception) -> None:
        if isinstance(error, _CancelledError):
            self.export_failed.emit(tr("The export was cancelled. The folder holds only a part of it."))
        elif isinstance(error, ExchangeError):
            self.export_failed.emit(str(error))
        else:
            raise error


class _CancelledError(Exception):
    """The person cancelled the export."""
