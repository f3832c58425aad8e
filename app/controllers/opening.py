"""One attempt to open a project with its video. Files are read on the threads of the pool, so no window waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock

from app.language import tr, tr_counted
from app.model.project import Project, VideoReference
from app.store.autosave import LeftOpen
from app.store.errors import ProjectInUseError, StoreError
from app.store.project_store import ProjectStore
from app.store.video_projects import FoundProject, VideoProjects, can_go_on_with, update
from app.video.expected import check_is, shape_of
from app.video.info import OtherVideoError, VideoInfo


class VideoDiffersError(Exception):
    """The video is not the one that the project was made on; the text says why, ``video`` where it is."""

    def __init__(self, reason: str, video: Path) -> None:
        super().__init__(reason)
        self.video = video


class DroppedError(Exception):
    """The person wants something else by now."""


class Opening:
    """What is opened, and what of it has been read. Work is done on other threads, all else on the window's.

    ``is_named``: it is a project file, not a video with its own project. ``accepts_other``: the person says that the
    video is the right one although it looks different.
    """

    def __init__(self, path: Path, one_at_a_time: Lock, *, is_named: bool, accepts_other: bool = False) -> None:
        """``one_at_a_time``: all openings share it, because one that is dropped may still hold its file."""
        self.path = path
        self.is_named = is_named
        self.accepts_other = accepts_other
        self.found: FoundProject | None = None
        self.error: Exception | None = None  # why the project cannot be opened with its video
        self._one_at_a_time = one_at_a_time
        self._store: ProjectStore | None = None
        self._project: Project | None = None
        self._lock = Lock()  # between dropping and the end of work: one of them closes the store
        self._dropped = Event()
        self._is_at_work = False

    def drop(self) -> None:
        """Close the project, now or when the thread that reads it has finished."""
        with self._lock:
            self._dropped.set()
            if self._is_at_work:
                return
        self._close()

    def take(self) -> tuple[ProjectStore, Project]:
        """The project that was read. From now on it is the caller's."""
        store, self._store = self._store, None
        assert store is not None
        assert self._project is not None
        return store, self._project

    # On a thread of the pool

    def look_up(self) -> VideoReference:
        """Hold a project file, and return its video.

        Raises:
            StoreError, OSError: if it cannot be read. The file is let go then.
            DroppedError: see above.
        """
        with self._work():
            self._store = ProjectStore.open(self.path)
            return self._store.load_video()

    def look_up_left_open(
        self, candidates: Iterable[Path], left_open: LeftOpen
    ) -> tuple[VideoReference | None, list[Exception]]:
        """Hold the first of these projects that can be opened. Returns its video, and what was wrong with others.

        A project that another window has open is passed over. The others are tried once only, so that none fails at
        every start.
        """
        problems: list[Exception] = []
        for self.path in candidates:
            try:
                return self.look_up(), [*problems, *_forgotten(left_open, self.path)]
            except ProjectInUseError:
                continue
            except (StoreError, OSError) as error:
                problems += _forgotten(left_open, self.path)
                if self.path.exists():  # else it was moved or deleted since
                    problems.append(StoreError(tr("What was open last cannot be opened again. {error}", error=error)))
        return None, problems

    def read_for(self, info: VideoInfo, projects: VideoProjects, open_now: Path | None) -> bool:
        """Read the project to be shown with a video. If that cannot be done, ``error`` says why."""
        try:
            with self._work():
                if self.is_named:
                    assert self._store is not None
                    self._project = self._read_named(self._store, info)
                else:
                    found = self.found = projects.project_of(
                        reference_to(info), open_now=open_now, is_one_of_several=len(info.films) > 1
                    )
                    self._store, self._project = found.store, found.project
        except (StoreError, OSError, VideoDiffersError, DroppedError) as error:
            self.error = error
            return False
        return True

    def _read_named(self, store: ProjectStore, info: VideoInfo) -> Project:
        """
        Raises:
            VideoDiffersError: if the video shows other pictures than the project's video.
            StoreError: if the project cannot be read, or the video cannot be that one.
        """
        project = store.load()
        video = reference_to(info)
        is_same = bool(info.fingerprint) and info.fingerprint == project.video.fingerprint
        if not is_same and shape_of(info) != shape_of(project.video):
            if not can_go_on_with(project.video, video):
                raise StoreError(
                    f"{info.path} has {shape_of(info)}, but the project {self.path.name} was made on a video of "
                    f"{shape_of(project.video)}; find that one."
                )
            if not self.accepts_other:
                raise VideoDiffersError(
                    f"{info.path} has {tr_counted(info.frame_count, 'frame')}, but the project {self.path.name} "
                    f"was made when it had {project.video.frame_count}.",
                    info.path,
                )
        if not self.accepts_other:
            try:
                check_is(info, project.video)
            except OtherVideoError as error:
                raise VideoDiffersError(str(error), info.path) from error
        update(store, project, video)
        return project

    @contextmanager
    def _work(self) -> Iterator[None]:
        """Nothing is left open after an error, nor if the opening was dropped before or meanwhile."""
        with self._one_at_a_time:
            with self._lock:
                if self._dropped.is_set():
                    raise DroppedError
                self._is_at_work = True
            try:
                yield
            except BaseException:
                self._close()
                raise
            finally:
                with self._lock:
                    self._is_at_work = False
                    is_dropped = self._dropped.is_set()
                if is_dropped:
                    self._close()
            if is_dropped:
                raise DroppedError

    def _close(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            store.close()


def _forgotten(left_open: LeftOpen, path: Path) -> list[Exception]:
    try:
        left_open.forget(path)
    except OSError as error:
        return [
            StoreError(
                tr(
                    "{sentence} Until then the project {path} opens at each start.",
                    sentence=sentence_of(error),
                    path=path,
                )
            )
        ]
    return []


def reference_to(info: VideoInfo) -> VideoReference:
    return VideoReference(
        info.path, info.frame_count, info.width, info.height, info.frame_rate, fingerprint=info.fingerprint
    )


def sentence_of(error: Exception) -> str:
    if isinstance(error, OSError):
        return tr(
            "{filename} could not be written ({strerror}); check the folder.",
            filename=error.filename,
            strerror=error.strerror,
        )
    return str(error)
