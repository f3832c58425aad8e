"""Opens and closes what a person works on: a video with its automatic project, or a project file."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.controllers.earlier_states import EarlierStates
from app.controllers.opening import Opening, VideoDiffersError, sentence_of
from app.document.document import Document
from app.language import tr, tr_counted
from app.model.project import VideoReference
from app.settings.schema import RECENT_FILES
from app.settings.store import SettingsError, SettingsStore
from app.store.autosave import PROJECT_SUFFIX, LeftOpen, note_saved_as, saved_as
from app.store.backups import Backups
from app.store.errors import DamagedProjectError, StoreError
from app.store.salvage import Salvaged, beside, salvage
from app.store.unfinished import free_name_beside
from app.store.video_projects import VideoProjects
from app.video.info import VideoInfo
from app.workers.background import run_in_background
from app.workers.frame_loader import FrameLoader

Result = TypeVar("Result")

LARGEST_COVER = 2  # packets; a film this short is a cover picture
MOST_RECENT_FILES = 10
MILLISECONDS_BETWEEN_LOOKS = 2000  # at the project file, for changes by other programs


class ProjectController(QObject):
    """If something cannot be opened, the open project stays, and ``failed`` says why.

    Signals:
        failed: the sentence for the person.
        opening_started: name of what is being opened; ``opening_ended`` always follows.
        video_opened: the VideoInfo of the document's new video.
        named_project_opened: the video opened with the project (Path) that it was once saved as.
        video_missing: a project (Path) whose video (Path) is gone; ``open_project`` takes the new path.
        video_differs: a project (Path), a video (Path), and why it does not look like the project's video;
            ``open_project`` can still take it.
        project_damaged: a project (Path), and the damage; ``recover`` copies what can be read into a new one.
        recovered: what of a damaged project was recovered and what was lost, a sentence to be shown until it is closed.
        copy_found: the project (Path) of another file with the same content. This file got its own project.
        earlier_found: the project (EarlierProject) of another video that was at this path before. This video got a new
            one.
        told: a sentence about the video or how its project was found.
        recent_files_changed.
    """

    failed = Signal(str)
    opening_started = Signal(str)
    opening_ended = Signal()
    video_opened = Signal(object)
    named_project_opened = Signal(object)
    video_missing = Signal(object, object)
    video_differs = Signal(object, object, str)
    project_damaged = Signal(object, str)
    recovered = Signal(str)
    copy_found = Signal(object)
    earlier_found = Signal(object)
    told = Signal(str)
    recent_files_changed = Signal()

    def __init__(
        self,
        document: Document,
        loader: FrameLoader,
        settings: SettingsStore,
        left_open: LeftOpen,
        autosaves: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._loader = loader
        self._settings = settings
        self._left_open = left_open
        self._autosaves = autosaves
        self._backups = Backups.of_person(autosaves)
        self._video_projects = VideoProjects(autosaves, self._backups)
        self.earlier_states = EarlierStates(document, self._backups, self.open_project)
        self._opening: Opening | None = None
        self._one_at_a_time = Lock()
        self._noted: Path | None = None
        document.project_opened.connect(self._note_open_project)
        document.project_closed.connect(self._note_open_project)
        document.store_path_changed.connect(self._note_open_project)
        document.store_path_changed.connect(self._note_new_place)
        looking = QTimer(self, interval=MILLISECONDS_BETWEEN_LOOKS)
        looking.timeout.connect(document.look_after_file)
        looking.start()
        loader.opened.connect(self._on_video_opened)
        loader.refused.connect(self._on_video_refused)
        loader.open_failed.connect(self._on_video_failed)
        loader.recounted.connect(self._on_recounted)
        loader.sure_frames_changed.connect(document.set_sure_frames)
        loader.check_failed.connect(self.told)

    @property
    def recent_files(self) -> tuple[Path, ...]:
        return tuple(map(Path, self._settings.get(RECENT_FILES)))

    @property
    def is_autosaved(self) -> bool:
        """Whether the open project is its video's automatic one, which the person has not named."""
        path = self._document.store_path
        return path is not None and path.parent == self._autosaves

    @property
    def name(self) -> str:
        """The name of the open project: of its file, or of its video if the person has not named it; empty if none is
        open.
        """
        project, path = self._document.project, self._document.store_path
        if project is None or path is None:
            return ""
        return project.video.name if self.is_autosaved else path.stem

    def open(self, path: Path) -> None:
        """Open a video, a folder of images or a project file."""
        path = path.absolute()
        if path.suffix.lower() == PROJECT_SUFFIX:
            self.open_project(path)
        elif self._shows(path):
            self._stay()
        else:
            self._begin(self._own(path))
            self._open_video(path)

    def open_project(self, path: Path, *, video: Path | None = None, accepts_other: bool = False) -> None:
        """Open a project file. ``video`` is the new path of its video if it has moved; ``accepts_other`` allows a
        different video.
        """
        path = Path(os.path.realpath(path)) if path.is_symlink() and path.exists() else path.absolute()
        if path == self._document.store_path:
            self._stay()
            return
        opening = Opening(path, self._one_at_a_time, is_named=True, accepts_other=accepts_other)
        self._begin(opening)
        self._look_up(opening, opening.look_up, lambda reference: self._open_video_of(opening, reference, video))

    def recover(self, path: Path) -> None:
        """Copy what can be read of a damaged project into a new one beside it, and open that."""
        goal = beside(path)
        self.opening_started.emit(path.name)

        def on_done(salvaged: Salvaged) -> None:
            self.opening_ended.emit()
            self.recovered.emit(salvaged.sentence)
            self.open_project(salvaged.path)

        def on_error(error: Exception) -> None:
            self.opening_ended.emit()
            self._tell_of_any(path, error)

        run_in_background(lambda: salvage(path, goal), on_done=on_done, on_error=on_error, owner=self)

    def _tell_of(self, path: Path, error: Exception) -> None:
        """Report why a project cannot be opened. A damaged one may be recovered."""
        if isinstance(error, DamagedProjectError):
            self.project_damaged.emit(path, str(error))
        else:
            self.failed.emit(sentence_of(error))

    def _tell_of_any(self, path: Path, error: Exception) -> None:
        """The same for an error from another thread; errors of our own are raised, not hidden."""
        if not isinstance(error, StoreError | OSError):
            raise error
        self._tell_of(path, error)

    @property
    def has_other_films(self) -> bool:
        """Whether the open video's file holds more films than the shown one."""
        return len(self._films) > 1

    @Slot()
    def open_next_film(self) -> None:
        """Open the next film of the file, with its own project."""
        info, numbers = self._loader.info, self._films
        if info is None or len(numbers) < 2:
            return
        place = numbers.index(info.film) if info.film in numbers else -1
        self._begin(self._own(info.path))
        self._open_video(info.path, film=numbers[(place + 1) % len(numbers)])

    @property
    def _films(self) -> list[int]:
        """The numbers of the films in the file, without covers of a picture or two."""
        info = self._loader.info
        return [] if info is None else [film.number for film in info.films if film.packet_count > LARGEST_COVER]

    def reopen_after_crash(self) -> None:
        """Open the project that was open when Siamark crashed, if there is one and no other window has it open."""
        candidates = self._left_open.projects()
        if not candidates:
            return
        opening = Opening(candidates[0], self._one_at_a_time, is_named=True)

        def on_done(found: tuple[VideoReference | None, list[Exception]]) -> None:
            reference, problems = found
            for problem in problems:
                self.failed.emit(str(problem))
            if reference is None:
                self._drop_opening()
            else:
                self._open_video_of(opening, reference, None)

        self._begin(opening)
        self._look_up(opening, lambda: opening.look_up_left_open(candidates, self._left_open), on_done)

    def save_as(self, path: Path) -> None:
        """Save the project to another file and continue there; the video opens with that file from now on."""
        if path.suffix.lower() != PROJECT_SUFFIX:
            path = path.with_name(path.name + PROJECT_SUFFIX)
        try:
            self._document.save_as(path)
        except StoreError as error:
            self.failed.emit(str(error))
            return
        self._remember(path)

    @Slot()
    def close(self) -> None:
        """Close the project. If its file and folder are gone, it is saved among the automatic projects, and its video
        opens with it.
        """
        self._drop_opening()
        try:
            self._document.close()
        except StoreError as error:
            if self._document.project is None:
                self.failed.emit(str(error))
            else:
                self._rescue(error)

    def _rescue(self, gone: StoreError) -> None:
        rescued = free_name_beside(self._autosaves / f"{self._document.opened_project.video.name}{PROJECT_SUFFIX}")
        try:
            self._autosaves.mkdir(parents=True, exist_ok=True)
            self._document.save_as(rescued)
            self._note_goes_on_in(rescued)
            self._note_place()
            self._document.close()
        except (StoreError, OSError) as error:
            self.failed.emit(f"{gone} {sentence_of(error)}")
        else:
            self.failed.emit(tr("{gone} It has been saved as {rescued}.", gone=gone, rescued=rescued))

    # Opening

    def _own(self, video: Path) -> Opening:
        """Of a video with its own project."""
        return Opening(video, self._one_at_a_time, is_named=False)

    def _begin(self, opening: Opening) -> None:
        self._drop_opening()
        self._opening = opening
        self.opening_started.emit(opening.path.name)

    def _look_up(self, opening: Opening, look: Callable[[], Result], then: Callable[[Result], None]) -> None:
        def on_done(found: Result) -> None:
            if opening is self._opening:
                then(found)

        def on_error(error: Exception) -> None:
            if opening is self._opening:
                self._drop_opening()
                self._tell_of_any(opening.path, error)

        run_in_background(look, on_done=on_done, on_error=on_error, owner=self)

    def _open_video_of(self, opening: Opening, reference: VideoReference, video: Path | None) -> None:
        known = reference.path
        try:
            is_there = video is not None or known.exists()
        except OSError as error:
            self._drop_opening()
            self._tell_of(opening.path, error)
            return
        if is_there:
            self._open_video(video or known, prefers=reference.fingerprint)
        else:
            self._drop_opening()
            self.video_missing.emit(opening.path, known)

    def _open_video(self, video: Path, *, prefers: str = "", film: int | None = None) -> None:
        opening, open_now = self._opening, self._document.store_path
        assert opening is not None
        self._loader.open(
            video,
            prefers=prefers,
            film=film,
            prepare=lambda info: opening.read_for(info, self._video_projects, open_now),
        )

    def _drop_opening(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.drop()
            self.opening_ended.emit()

    @Slot(object)
    def _on_video_opened(self, info: VideoInfo) -> None:
        opening, self._opening = self._opening, None
        if opening is None:  # the open project's video is back after another one could not be shown
            self.video_opened.emit(info)
            return
        self.opening_ended.emit()
        store, project = opening.take()
        try:
            self._document.open(store, project)
        except StoreError as error:
            self._tell_of(opening.path, error)
            self._show_open_video_again()
            return
        self._backups.take(store)
        if opening.accepts_other and self._autosave_of(project.video) != store.path:
            self._note_goes_on_in(store.path)
        self._note_place()
        found = opening.found
        if found is not None and found.told:
            self.told.emit(found.told)
        self.video_opened.emit(info)
        if info.notes:
            self.told.emit(" ".join(info.notes))
        if found is not None and not self.is_autosaved:
            self.named_project_opened.emit(self._document.store_path)
        if found is not None and found.copy_of is not None:
            self.copy_found.emit(found.copy_of)
        elif found is not None and found.earlier is not None:
            self.earlier_found.emit(found.earlier)
        self._remember(opening.path)

    @Slot()
    def _on_video_refused(self) -> None:
        """The video can be shown, but no project with it. What was open stays."""
        opening = self._opening
        self._drop_opening()
        error = None if opening is None else opening.error
        if opening is None or error is None:
            return
        if isinstance(error, VideoDiffersError):
            self.video_differs.emit(opening.path, error.video, str(error))
        else:
            self._tell_of_any(opening.path, error)

    @Slot(object)
    def _on_recounted(self, info: VideoInfo) -> None:
        """The video has other frames than the header said. Nothing was saved on frames that were renumbered."""
        project = self._document.project
        if project is None or project.video.path != info.path or self._document.store_path is None:
            return
        known, path = project.video.frame_count, self._document.store_path
        try:
            video = replace(project.video, frame_count=info.frame_count, frame_rate=info.frame_rate)
            self._document.put_video(video)
            if self._autosave_of(video) != path:
                note_saved_as(self._autosave_of(video), path)
            self._document.show_anew()
        except (StoreError, OSError) as error:
            self.failed.emit(sentence_of(error))
            return
        self.video_opened.emit(info)
        self.told.emit(
            tr(
                "{name} holds {frames}, not the {known} that its header promises; "
                "frames are numbered again from where they differ.",
                name=info.path.name,
                frames=tr_counted(info.frame_count, "frame"),
                known=known,
            )
        )

    def _stay(self) -> None:
        """The person chose the project that is already open, so stop opening the other one. Opening the video again
        would give it a new project, because its own is in use.
        """
        if self._opening is not None:
            self._drop_opening()
            self._show_open_video_again()

    def _show_open_video_again(self) -> None:
        if self._document.project is not None:
            video = self._document.project.video
            self._loader.open(video.path, prefers=video.fingerprint)

    @Slot(str)
    def _on_video_failed(self, reason: str) -> None:
        self._drop_opening()
        self.failed.emit(reason)

    @Slot()
    def _note_new_place(self) -> None:
        """The project was saved under another name or moved: its video continues there."""
        project, path = self._document.project, self._document.store_path
        if project is None or path is None or path == self._autosave_of(project.video):
            return
        self._note_goes_on_in(path)
        self._note_place()

    def _note_goes_on_in(self, project: Path) -> None:
        try:
            note_saved_as(self._autosave_of(self._document.opened_project.video), project)
        except OSError as error:
            self.failed.emit(
                tr("{sentence} The video would open with the project as it was before.", sentence=sentence_of(error))
            )

    def _note_place(self) -> None:
        path = self._document.store_path
        assert path is not None
        try:
            self._video_projects.note_place(self._document.opened_project.video, path)
        except OSError as error:
            self.failed.emit(
                tr("{sentence} If the video is renamed its project will not be found.", sentence=sentence_of(error))
            )

    def _autosave_of(self, video: VideoReference) -> Path:
        return self._video_projects.place_of(video)

    def _shows(self, video: Path) -> bool:
        project = self._document.project
        if project is None or project.video.path != video:
            return False
        return self.is_autosaved or saved_as(self._autosave_of(project.video)) == self._document.store_path

    # Remembering it

    @Slot()
    def _note_open_project(self) -> None:
        path = self._document.store_path
        try:
            if self._noted is not None and self._noted != path:
                self._left_open.forget(self._noted)
            if path is not None:
                self._left_open.note(path)
        except OSError as error:
            self.failed.emit(
                tr("{sentence} After a crash the project would not open by itself.", sentence=sentence_of(error))
            )
        self._noted = path

    def _remember(self, path: Path) -> None:
        recent = dict.fromkeys([str(path), *self._settings.get(RECENT_FILES)])
        try:
            self._settings.set(RECENT_FILES, tuple(recent)[:MOST_RECENT_FILES])
        except SettingsError as error:
            self.failed.emit(str(error))
        self.recent_files_changed.emit()
