"""Connects the workspace panel and its dialogs to the workspace controller."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.controllers.project import ProjectController
from app.controllers.workspace import WorkspaceController
from app.exchange.annotations import ExportOptions
from app.exchange.formats import all_exports
from app.language import marked, tr, tr_counted
from app.views.workspace.export_dialog import WorkspaceExportDialog
from app.views.workspace.panel import WorkspacePanel
from app.views.workspace.statistics_dialog import StatisticsDialog
from app.workspace.entries import VideoEntry, next_unfinished
from app.workspace.figures import together
from app.workspace.splits import Shares

PANEL = marked("Workspace")


class WorkspacePresenter(QObject):
    """
    Signals:
        told: a sentence for the status bar.
        opened: a workspace is open.
    """

    told = Signal(str)
    opened = Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        workspace: WorkspaceController,
        project: ProjectController,
        bring_forward: Callable[[str], None],
    ) -> None:
        """``bring_forward`` shows the panel with a title."""
        super().__init__(window)
        self.view = WorkspacePanel()
        self._window = window
        self._workspace = workspace
        self._bring_forward = bring_forward
        view = self.view
        view.open_requested.connect(self.ask_for_folder)
        view.refresh_requested.connect(workspace.refresh)
        view.statistics_requested.connect(self.show_statistics)
        view.export_requested.connect(self.ask_for_export)
        view.list.video_chosen.connect(workspace.show)
        workspace.opened.connect(self._on_opened)
        workspace.listed.connect(self._on_listed)
        workspace.entry_changed.connect(self._on_entry_changed)
        workspace.scanned.connect(self._write_head)
        project.video_opened.connect(self._show_current)

    @Slot()
    def ask_for_folder(self) -> None:
        chooser = QFileDialog(self._window, tr("Open workspace"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        if self._workspace.folder is not None:
            chooser.setDirectory(str(self._workspace.folder))
        chooser.fileSelected.connect(lambda path: self._workspace.open(Path(path)))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    @property
    def is_open(self) -> bool:
        return self._workspace.folder is not None

    @Slot()
    def show_next_unfinished(self) -> None:
        """Open the next unfinished video of the list."""
        entries = self.view.list.order.entries()
        following = next_unfinished(entries, self._workspace.current)
        if following is None:
            self.told.emit(tr("No other video of the list is unfinished."))
            return
        self.view.choose_row(entries.index(following))
        self._workspace.show(following.path)

    @Slot()
    def show_statistics(self) -> None:
        """Show statistics of the chosen videos if there are several, or else of all listed ones."""
        selected = self.view.list.selected
        entries = selected if len(selected) > 1 else self.view.list.order.entries()
        dialog = StatisticsDialog(entries, parent=self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def ask_for_export(self) -> None:
        folder = self._workspace.folder
        if folder is None:
            return
        chosen = [entry for entry in self.view.list.selected if entry.project is not None]
        every = [entry for entry in self._workspace.entries if entry.project is not None]
        dialog = WorkspaceExportDialog(
            all_exports(),
            chosen=len(chosen),
            every=len(every),
            doubts=_doubts(chosen if len(chosen) > 1 else every),
            folder=folder.with_name(f"{folder.name}-export"),
            parent=self._window,
        )
        self._chosen = [entry.path for entry in chosen]
        dialog.export_requested.connect(self._on_export_requested)
        dialog.cancel_requested.connect(self._workspace.cancel_export)
        self._workspace.export_stepped.connect(dialog.show_step)
        self._workspace.exported.connect(dialog.show_report)
        self._workspace.export_failed.connect(dialog.show_failure)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(bool, str, object, object, object, bool)
    def _on_export_requested(
        self,
        only_chosen: bool,
        format_name: str,
        folder: Path,
        options: ExportOptions,
        shares: Shares | None,
        merged: bool,
    ) -> None:
        videos = self._chosen if only_chosen else [entry.path for entry in self._workspace.entries]
        self._workspace.export(videos, format_name, folder, options, shares, merged=merged)

    @Slot(object)
    def _on_opened(self, folder: Path) -> None:
        self.view.show_list()
        self._bring_forward(PANEL)
        self.opened.emit()

    @Slot()
    def _on_listed(self) -> None:
        self.view.list.videos.set_entries(self._workspace.entries)
        self._show_current()
        self._write_head()

    @Slot(int)
    def _on_entry_changed(self, place: int) -> None:
        self.view.list.videos.set_entry(place, self._workspace.entries[place])
        self._write_head()

    @Slot()
    def _show_current(self) -> None:
        self.view.list.show_current(self._workspace.current)

    @Slot()
    def _write_head(self) -> None:
        folder, entries = self._workspace.folder, self._workspace.entries
        if folder is None:
            return
        finished = sum(entry.is_finished for entry in entries)
        parts = [
            tr("{finished} of {videos} finished", finished=finished, videos=tr_counted(len(entries), "video")),
            tr("{doubts} left", doubts=tr_counted(_doubts(entries), "doubt")),
        ]
        if self._workspace.is_scanning:
            known = sum(entry.figures is not None and entry.picture is not None for entry in entries)
            parts = (
                [tr("looking at video {known} of {entries}", known=min(known + 1, len(entries)), entries=len(entries))]
                if entries
                else [tr("looking")]
            )
        elif not entries:
            parts = [tr("There are no videos and no folders of images in it.")]
        self.view.show_head(folder.name, " · ".join(parts))


def _doubts(entries: list[VideoEntry] | tuple[VideoEntry, ...]) -> int:
    return together(entry.figures for entry in entries if entry.figures is not None).doubts
