"""Opening and saving: file dialogs, recent files, the window title, and questions about files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.controllers.project import ProjectController
from app.document.document import Document
from app.language import marked, tr, tr_counted, translated
from app.store.autosave import PROJECT_SUFFIX
from app.store.backups import EarlierState
from app.store.video_projects import EarlierProject
from app.views.dialogs.earlier_states import EarlierStatesDialog
from app.views.dialogs.error_dialog import show_error
from app.views.dialogs.question_dialog import ask
from app.views.window.main_window import MainWindow
from app.views.window.recent_menu import RecentMenu
from app.workers.frame_loader import FrameLoader

VIDEO_FILTERS = (
    marked("Videos (*.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.ts *.wmv *.flv)"),
    marked("All files (*)"),
)
PROJECT_FILTERS = (marked("Siamark projects (*.siamark)"),)


class FilesPresenter(QObject):
    """Its dialogs do not block.

    Signals:
        told: a sentence for the status bar.
        began: a sentence about what is being done, until ``ended``.
    """

    told = Signal(str)
    began = Signal(str)
    ended = Signal()

    def __init__(
        self, window: MainWindow, document: Document, *, project: ProjectController, loader: FrameLoader
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._project = project
        self.recent_menu = RecentMenu(window)
        self.recent_menu.set_paths(project.recent_files)
        self.recent_menu.path_chosen.connect(project.open)
        project.recent_files_changed.connect(lambda: self.recent_menu.set_paths(project.recent_files))
        project.video_missing.connect(self.locate_video)
        project.video_differs.connect(self.ask_about_video)
        project.project_damaged.connect(self.offer_recovery)
        project.recovered.connect(lambda sentence: show_error(self._window, sentence))
        project.copy_found.connect(self.offer_project_of_copy)
        project.earlier_found.connect(self.offer_earlier_project)
        project.opening_started.connect(lambda name: self.began.emit(tr("Opening {name}…", name=name)))
        project.opening_ended.connect(self.ended)
        project.named_project_opened.connect(
            lambda named: self.told.emit(tr("This video was saved as {named}; you go on there.", named=named.name))
        )
        loader.indexing.connect(
            lambda done: self.began.emit(
                tr("Reading through the video once, to know every frame: {done:.0%}", done=done)
            )
        )
        for changed in (document.project_closed, document.project_opened, document.store_path_changed):
            changed.connect(self._write_title)

    @Slot()
    def open_video(self) -> None:
        self._choose(tr("Open video"), VIDEO_FILTERS, QFileDialog.FileMode.ExistingFile, self._project.open)

    @Slot()
    def open_folder(self) -> None:
        self._choose(tr("Open folder of images"), (), QFileDialog.FileMode.Directory, self._project.open)

    @Slot()
    def open_project(self) -> None:
        self._choose(tr("Open project"), PROJECT_FILTERS, QFileDialog.FileMode.ExistingFile, self._project.open_project)

    @Slot()
    def save_as(self) -> None:
        video = self._document.opened_project.video
        chooser = self._chooser(tr("Save project as"), PROJECT_FILTERS, self._project.save_as)
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix(PROJECT_SUFFIX.lstrip("."))
        chooser.selectFile(str(video.path.parent / f"{video.name}{PROJECT_SUFFIX}"))
        chooser.open()

    @Slot()
    def show_earlier_states(self) -> None:
        """Offer the states that were kept when the project was opened."""
        states = self._project.earlier_states
        dialog = EarlierStatesDialog(states.of_open_project(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._go_back)
        dialog.open()

    @Slot(object)
    def _go_back(self, state: EarlierState) -> None:
        problem = self._project.earlier_states.go_back_to(state)
        if problem:
            show_error(self._window, problem)

    @Slot(object, object)
    def locate_video(self, project: Path, video: Path) -> None:
        """Ask for the new path of a project's video."""

        def open_with(found: Path) -> None:
            self._project.open_project(project, video=found)

        mode = QFileDialog.FileMode.ExistingFile if video.suffix else QFileDialog.FileMode.Directory
        chooser = self._choose(
            tr("Where is {video} now?", video=video.name), VIDEO_FILTERS if video.suffix else (), mode, open_with
        )
        chooser.setLabelText(QFileDialog.DialogLabel.Accept, tr("Use this"))
        show_error(
            chooser,
            tr(
                "{video} is not there any more. Show where it is now, and {project} goes on with it.",
                video=video,
                project=project.name,
            ),
        )

    @Slot(object, object, str)
    def ask_about_video(self, project: Path, video: Path, reason: str) -> None:
        """Ask whether to use a video that does not seem to be the project's own."""
        ask(
            self._window,
            tr(
                "{reason}\n\nIf you know that it is the right one, {project} can go on with it.",
                reason=reason,
                project=project.name,
            ),
            do=tr("Go on with it"),
            leave=tr("Do not open"),
            on_do=lambda: self._project.open_project(project, video=video, accepts_other=True),
        )

    @Slot(object, str)
    def offer_recovery(self, project: Path, reason: str) -> None:
        """Ask whether to recover a damaged project into a new one."""
        ask(
            self._window,
            tr(
                "{reason}\n\nWhat can still be read of it can be put into a new project beside it. The damaged "
                "file stays "
                "as it is.",
                reason=reason,
            ),
            do=tr("Recover"),
            leave=tr("Leave it"),
            on_do=lambda: self._project.recover(project),
        )

    @Slot(object)
    def offer_project_of_copy(self, project: Path) -> None:
        """Ask whether to open the project of another file with the same content."""
        ask(
            self._window,
            tr("A copy of this video was annotated before. Its project can be opened in place of this new one."),
            do=tr("Open its project"),
            leave=tr("Begin again"),
            on_do=lambda: self._project.open_project(project),
        )

    @Slot(object)
    def offer_earlier_project(self, earlier: EarlierProject) -> None:
        """Ask whether to use the project of an earlier video at this path for the video as it is now."""
        now, before = self._document.opened_project.video, earlier.video
        ask(
            self._window,
            tr(
                "{name} has {frame_count} frames now; when it was annotated it had {earlier_count}. The "
                "project with its {tracks} is {path}.\n\n"
                "It can go on if the frames from the first on are still the same: every box keeps its frame number.",
                name=now.path.name,
                frame_count=now.frame_count,
                earlier_count=before.frame_count,
                tracks=tr_counted(earlier.track_count, "track"),
                path=earlier.path,
            ),
            do=tr("Go on with it"),
            leave=tr("Begin again"),
            on_do=lambda: self._project.open_project(earlier.path, video=now.path, accepts_other=True),
        )

    @Slot()
    def _write_title(self) -> None:
        self._window.set_title(self._project.name)

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
            chooser.setNameFilters([translated(one) for one in filters])
        if self._document.project is not None:
            chooser.setDirectory(str(self._document.project.video.path.parent))
        chooser.fileSelected.connect(lambda path: then(Path(path)))
        chooser.finished.connect(chooser.deleteLater)
        return chooser
