"""The dialogs that the window opens, each wired to who does the work. None of them blocks."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app import __version__
from app.controllers.editing import EditingController
from app.controllers.exporting import ExportingController
from app.controllers.playback import PlaybackController
from app.controllers.project import ProjectController
from app.document.document import Document
from app.document.session import Session
from app.exchange.formats import FORMATS
from app.store.autosave import PROJECT_SUFFIX
from app.views.dialogs.about import AboutDialog
from app.views.dialogs.error_dialog import show_error
from app.views.dialogs.shortcuts import ShortcutsDialog
from app.views.exporting.export_dialog import ExportDialog
from app.views.track_list.label_dialog import LabelDialog
from app.views.transport.go_to_frame import GoToFrameDialog
from app.views.window.actions import shortcut_rows
from resources import DEMO_VIDEO

VIDEO_FILTERS = ("Videos (*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.ts *.wmv *.flv)", "All files (*)")
PROJECT_FILTERS = (f"Siamark projects (*{PROJECT_SUFFIX})",)


class Prompts(QObject):
    def __init__(
        self,
        window: QWidget,
        document: Document,
        session: Session,
        *,
        project: ProjectController,
        playback: PlaybackController,
        editing: EditingController,
        exporting: ExportingController,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._session = session
        self._project = project
        self._playback = playback
        self._editing = editing
        self._exporting = exporting
        self._device_text = ""

    @Slot(str)
    def set_device(self, text: str) -> None:
        """What is computed on, for the page about the program."""
        self._device_text = text

    @Slot(str)
    def show_error(self, sentence: str) -> None:
        show_error(self._window, sentence)

    # Files

    @Slot()
    def open_video(self) -> None:
        self._choose("Open video", VIDEO_FILTERS, QFileDialog.FileMode.ExistingFile, self._project.open)

    @Slot()
    def open_folder(self) -> None:
        self._choose("Open folder of images", (), QFileDialog.FileMode.Directory, self._project.open)

    @Slot()
    def open_project(self) -> None:
        self._choose("Open project", PROJECT_FILTERS, QFileDialog.FileMode.ExistingFile, self._project.open_project)

    @Slot()
    def save_as(self) -> None:
        video = self._document.opened_project.video
        chooser = self._chooser("Save project as", PROJECT_FILTERS, self._project.save_as)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(PROJECT_SUFFIX.lstrip("."))
        chooser.selectFile(str(video.path.parent / f"{video.name}{PROJECT_SUFFIX}"))
        chooser.open()

    @Slot(object, object)
    def locate_video(self, project: Path, video: Path) -> None:
        """Ask where the video of a project is now."""

        def open_with(found: Path) -> None:
            self._project.open_project(project, video=found)

        mode = QFileDialog.FileMode.ExistingFile if video.suffix else QFileDialog.FileMode.Directory
        chooser = self._choose(f"Where is {video.name} now?", VIDEO_FILTERS if video.suffix else (), mode, open_with)
        chooser.setLabelText(QFileDialog.DialogLabel.Accept, "Use this")
        show_error(chooser, f"{video} is not there any more. Show where it is now, and {project.name} goes on with it.")

    # The project

    @Slot()
    def export(self) -> None:
        video = self._document.opened_project.video
        dialog = ExportDialog(FORMATS, stem=_place_beside(video.path) / f"{video.name}_tracks", parent=self._window)
        dialog.export_requested.connect(self._exporting.export)
        dialog.cancel_requested.connect(self._exporting.cancel)
        self._exporting.stepped.connect(dialog.show_step)
        self._exporting.exported.connect(dialog.show_report)
        self._exporting.cancelled.connect(dialog.show_cancelled)
        self._exporting.failed.connect(dialog.show_failure)
        self._open(dialog)

    @Slot()
    def go_to_frame(self) -> None:
        if self._playback.info is not None:
            dialog = GoToFrameDialog(
                times=self._playback.info.times, current=self._session.current_frame, parent=self._window
            )
            dialog.go_to_requested.connect(self._playback.go_to)
            self._open(dialog)

    @Slot()
    def edit_label(self) -> None:
        selected, project = self._session.selected_track_ids, self._document.opened_project
        if selected:
            track = project.tracks[selected[0]]
            dialog = LabelDialog(
                labels=list(project.labels), name=track.label, colour=track.colour, parent=self._window
            )
            dialog.label_chosen.connect(lambda name, colour: self._editing.set_label(selected, name, colour))
            self._open(dialog)

    # Help

    @Slot()
    def show_shortcuts(self) -> None:
        self._open(ShortcutsDialog(shortcut_rows(), self._window))

    @Slot()
    def show_about(self) -> None:
        self._open(AboutDialog(siamark_version=__version__, device=self._device_text, parent=self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose(
        self, title: str, filters: tuple[str, ...], mode: QFileDialog.FileMode, then: Callable[[Path], None]
    ) -> QFileDialog:
        chooser = self._chooser(title, filters, then)
        chooser.setFileMode(mode)
        chooser.open()
        return chooser

    def _chooser(self, title: str, filters: tuple[str, ...], then: Callable[[Path], None]) -> QFileDialog:
        chooser = QFileDialog(self._window, title)
        if filters:
            chooser.setNameFilters(filters)
        if self._document.project is not None:
            chooser.setDirectory(str(self._document.project.video.path.parent))
        chooser.fileSelected.connect(lambda path: then(Path(path)))
        chooser.finished.connect(chooser.deleteLater)
        return chooser


def _place_beside(video: Path) -> Path:
    """The folder of the video; the person's own where it may not be written to, or is the program's."""
    if video == DEMO_VIDEO or not os.access(video.parent, os.W_OK):
        return Path.home()
    return video.parent
