"""Opening and closing what a person works on: a video with the project it gets by itself, or a project file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.document.document import Document
from app.model.project import VideoReference
from app.model.words import counted
from app.settings.schema import RECENT_FILES
from app.settings.store import SettingsError, SettingsStore
from app.store.autosave import PROJECT_SUFFIX, LeftOpen, autosave_path, note_saved_as, saved_as
from app.store.errors import ProjectInUseError
from app.store.project_store import ProjectStore, StoreError
from app.store.unfinished import free_name_beside
from app.video.info import VideoInfo
from app.workers.frame_loader import FrameLoader

MOST_RECENT_FILES = 10


@dataclass(frozen=True, slots=True)
class _Opening:
    """What is to be shown once its video is open. ``store`` is None for a video that brings its own project."""

    path: Path
    store: ProjectStore | None
    relocates_to: Path | None = None


class ProjectController(QObject):
    """What cannot be opened leaves alone what is open; ``failed`` says why.

    Signals:
        failed: the sentence for the person.
        opening_started: name of what is being opened; ``opening_ended`` follows, however it ends.
        video_opened: the VideoInfo of the video that the document is about from now on.
        named_project_opened: the video brought the project (Path) that it was once saved as.
        video_missing: a project (Path) whose video (Path) is not where it was; ``open_project`` takes a new place.
        recent_files_changed.
        told: a sentence about the video that needs no answer.
    """

    failed = Signal(str)
    opening_started = Signal(str)
    opening_ended = Signal()
    video_opened = Signal(object)
    named_project_opened = Signal(object)
    video_missing = Signal(object, object)
    recent_files_changed = Signal()
    told = Signal(str)

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
        self._opening: _Opening | None = None
        self._noted: Path | None = None
        document.project_opened.connect(self._note_open_project)
        document.project_closed.connect(self._note_open_project)
        document.store_path_changed.connect(self._note_open_project)
        loader.opened.connect(self._on_video_opened)
        loader.open_failed.connect(self._on_video_failed)
        loader.recounted.connect(self._on_recounted)
        loader.sure_frames_changed.connect(document.set_sure_frames)
        loader.check_failed.connect(self.told)

    @property
    def recent_files(self) -> tuple[Path, ...]:
        return tuple(map(Path, self._settings.get(RECENT_FILES)))

    @property
    def is_autosaved(self) -> bool:
        """Whether the open project is the one that its video got by itself: it has no name that a person gave it."""
        path = self._document.store_path
        return path is not None and path.parent == self._autosaves

    @property
    def name(self) -> str:
        """What the open project is called: as its file, or as its video where it has no name of its own; else empty."""
        project, path = self._document.project, self._document.store_path
        if project is None or path is None:
            return ""
        return project.video.name if self.is_autosaved else path.stem

    def open(self, path: Path) -> None:
        """Open a video, a folder of images or a project file."""
        path = path.absolute()
        if path.suffix.lower() == PROJECT_SUFFIX:
            self.open_project(path)
        elif not self._shows(path):
            self._begin(_Opening(path, None), video=path)

    def open_project(self, path: Path, *, video: Path | None = None) -> None:
        """Open a project file; ``video`` is where its video is now, in case it has moved."""
        path = path.absolute()
        if path == self._document.store_path:
            return
        try:
            store = ProjectStore.open(path)
        except StoreError as error:
            self.failed.emit(str(error))
            return
        self._open_video_of(store, video)

    def reopen_after_crash(self) -> None:
        """Open the project that was open when Siamark ended in the middle, if there is one and nobody else has it."""
        for path in self._left_open.projects():
            try:
                store = ProjectStore.open(path)
            except ProjectInUseError:
                continue
            except StoreError:  # moved or deleted since: there is nothing left to come back to
                self._left_open.forget(path)
                continue
            self._left_open.forget(path)  # one try: what cannot be opened must not come back at every start
            self._open_video_of(store, None)
            return

    def save_as(self, path: Path) -> None:
        """Copy the project to another file and go on there, also when its video is opened the next time."""
        if path.suffix.lower() != PROJECT_SUFFIX:
            path = path.with_name(path.name + PROJECT_SUFFIX)
        try:
            self._document.save_as(path)
        except StoreError as error:
            self.failed.emit(str(error))
            return
        self._remember(path)
        try:
            note_saved_as(self._autosave_of(self._document.opened_project.video), path)
        except OSError as error:
            self.failed.emit(f"{_sentence(error)} The video would open with the project as it was before.")

    @Slot()
    def close(self) -> None:
        """Close the project. One whose file and folder are gone is saved among those that videos get by themselves."""
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
            self._document.close()
        except (StoreError, OSError) as error:
            self.failed.emit(f"{gone} {_sentence(error)}")
        else:
            self.failed.emit(f"{gone} It has been saved as {rescued}.")

    # Opening

    def _open_video_of(self, store: ProjectStore, video: Path | None) -> None:
        try:
            known = store.load_video().path
        except StoreError as error:
            store.close()
            self.failed.emit(str(error))
            return
        if video is None and not known.exists():
            store.close()
            self.video_missing.emit(store.path, known)
            return
        self._begin(_Opening(store.path, store, relocates_to=video), video=video or known)

    def _begin(self, opening: _Opening, *, video: Path) -> None:
        self._drop_opening()
        self._opening = opening
        self.opening_started.emit(opening.path.name)
        self._loader.open(video)

    def _drop_opening(self) -> None:
        opening, self._opening = self._opening, None
        if opening is None:
            return
        if opening.store is not None:
            opening.store.close()
        self.opening_ended.emit()

    @Slot(object)
    def _on_video_opened(self, info: VideoInfo) -> None:
        opening, self._opening = self._opening, None
        if opening is None:  # the video of the open project is back after another could not be shown
            self.video_opened.emit(info)
            return
        self.opening_ended.emit()
        try:
            self._document.open(self._store_for(opening, info))
        except (StoreError, OSError) as error:
            self.failed.emit(_sentence(error))
            if self._document.project is not None:
                self._loader.open(self._document.project.video.path)
            return
        self.video_opened.emit(info)
        if opening.store is None and not self.is_autosaved:
            self.named_project_opened.emit(self._document.store_path)
        self._remember(opening.path)

    @Slot(object)
    def _on_recounted(self, info: VideoInfo) -> None:
        """The video has other frames than was thought. Nothing was saved on those that got another number."""
        project = self._document.project
        if project is None or self._opening is not None or self._document.store_path is None:
            return
        known, path = project.video.frame_count, self._document.store_path
        try:
            video = replace(project.video, frame_count=info.frame_count, frame_rate=info.frame_rate)
            self._document.put_video(video)
            if self._autosave_of(video) != path:
                note_saved_as(self._autosave_of(video), path)
            self._document.close()
            self._document.open(ProjectStore.open(path))
        except (StoreError, OSError) as error:
            self.failed.emit(_sentence(error))
            return
        self.video_opened.emit(info)
        self.told.emit(
            f"{info.path.name} holds {counted(info.frame_count, 'frame')}, not the {known} that its header promises; "
            f"frames are numbered anew from where they differ."
        )

    @Slot(str)
    def _on_video_failed(self, reason: str) -> None:
        self._drop_opening()
        self.failed.emit(reason)

    def _store_for(self, opening: _Opening, info: VideoInfo) -> ProjectStore:
        """
        Raises:
            StoreError, OSError: if there is no project for this video.
        """
        found = VideoReference(info.path, info.frame_count, info.width, info.height, info.frame_rate, info.fingerprint)
        if opening.store is None:
            return self._store_of_video(found)
        try:
            self._fit(opening, found)
        except StoreError:
            opening.store.close()
            raise
        return opening.store

    def _store_of_video(self, video: VideoReference) -> ProjectStore:
        """What the person saved it as, else what it gets by itself."""
        path = self._autosave_of(video)
        named = saved_as(path)
        if named is not None and named != self._document.store_path:
            store = ProjectStore.open(named)
            try:
                is_of_video = self._autosave_of(store.load_video()) == path
            except StoreError:
                store.close()
                raise
            if is_of_video:
                return store
            store.close()  # its video has moved since, or another project has taken its name
        path.parent.mkdir(parents=True, exist_ok=True)
        return ProjectStore.open(path) if path.exists() else ProjectStore.create(path, video)

    def _autosave_of(self, video: VideoReference) -> Path:
        return autosave_path(self._autosaves, video)

    def _fit(self, opening: _Opening, found: VideoReference) -> None:
        """
        Raises:
            StoreError: if this is not the video that the boxes were drawn on.
        """
        assert opening.store is not None
        known = opening.store.load_video()
        if known.fingerprint and known.fingerprint == found.fingerprint:
            if known.frame_count != found.frame_count:  # counted by another version, or before all was decoded
                opening.store.put_video(replace(known, frame_count=found.frame_count))
        elif _shape(found) != _shape(known):
            raise StoreError(
                f"{found.path} has {_shape(found)}, but the project {opening.path.name} was made on a video of "
                f"{_shape(known)}; find that one."
            )
        if opening.relocates_to is not None:
            opening.store.put_video(replace(known, path=found.path))

    def _shows(self, video: Path) -> bool:
        project = self._document.project
        if project is None or project.video.path != video or self._opening is not None:
            return False
        return self.is_autosaved or saved_as(self._autosave_of(project.video)) == self._document.store_path

    # What is remembered of it

    @Slot()
    def _note_open_project(self) -> None:
        path = self._document.store_path
        try:
            if self._noted is not None and self._noted != path:
                self._left_open.forget(self._noted)
            if path is not None:
                self._left_open.note(path)
        except OSError as error:
            self.failed.emit(f"{_sentence(error)} After a crash the project would not open by itself.")
        self._noted = path

    def _remember(self, path: Path) -> None:
        recent = dict.fromkeys([str(path), *self._settings.get(RECENT_FILES)])
        try:
            self._settings.set(RECENT_FILES, tuple(recent)[:MOST_RECENT_FILES])
        except SettingsError as error:
            self.failed.emit(str(error))
        self.recent_files_changed.emit()


def _shape(video: VideoReference) -> str:
    return f"{video.frame_count} frames of {video.width} × {video.height}"


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename} could not be written ({error.strerror}); check the folder."
    return str(error)
