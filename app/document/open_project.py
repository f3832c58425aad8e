"""The open project with its file and its signals: everything to read, and what every write goes through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.document.undo_stack import UndoStack
from app.language import tr
from app.model.project import Project, VideoReference
from app.store.outside import WrittenOverError
from app.store.project_store import ProjectStore, StoreError


class OpenProject(QObject):
    """The state of the project while it is open, and the signals of ``Document``, which alone changes it."""

    project_opened = Signal()
    project_closed = Signal()
    store_path_changed = Signal()
    track_added = Signal(int)
    track_removed = Signal(int)
    track_changed = Signal(int)  # label, colour or attributes
    boxes_changed = Signal(int, int, int)  # track, first and last frame (included) where another box may be seen now
    labels_changed = Signal()
    left_as_is_changed = Signal()  # a person has confirmed the identities at a meeting, or takes that back
    notes_changed = Signal()
    attributes_changed = Signal()  # the definitions; values count as changes of their tracks
    detections_changed = Signal()
    run_added = Signal(int)
    certificate_changed = Signal()  # drawn, answered or deleted; not sent when boxes change
    sure_frames_changed = Signal()
    lock_changed = Signal(int)  # track
    refused = Signal(str)  # the sentence for the person; an edit of a locked track has not happened
    write_failed = Signal(str)  # the sentence for the person; the edit has not happened
    file_moved = Signal(str)  # another program has moved, deleted or written the file: the sentence says what is done

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = UndoStack(self)
        self._project: Project | None = None
        self._store: ProjectStore | None = None
        self._sure_frames: int | None = None
        self._told_of_file = ""  # why the file cannot be written, while that is so
        self._locked: set[int] = set()
        self._changes_to_come: list[Callable[[], None]] | None = None  # of the model, while several writes are one
        self._blocks_to_come: dict[int, dict[int, bytes]] = {}  # written in that time, by track and number

    @property
    def project(self) -> Project | None:
        return self._project

    @property
    def opened_project(self) -> Project:
        """The project; one must be open."""
        return self._opened()[0]

    @property
    def store_path(self) -> Path | None:
        return self._store.path if self._store else None

    def open(self, store: ProjectStore, project: Project | None = None) -> None:
        """Take over a store and show its project; ``project`` is that project if it was read before.

        Raises:
            StoreError: if the project cannot be read, or the open one cannot be closed. The store is closed then, and
                the open project stays.
        """
        try:
            project = project or store.load()
            self.close()
        except StoreError:
            store.close()
            raise
        self._project, self._store, self._sure_frames = project, store, None
        self._locked.clear()
        self.project_opened.emit()

    def show_anew(self) -> None:
        """Show the project as if it was opened again, because its frames have new numbers. Undo does not go back beyond
        that.
        """
        project, _ = self._opened()
        self.undo_stack.clear()
        self._project = None
        self.project_closed.emit()
        self._project, self._sure_frames = project, None
        self._locked.clear()
        self.project_opened.emit()

    def close(self) -> None:
        """
        Raises:
            StoreError: if the file is gone and cannot be written again. The project stays open, to be saved elsewhere.
        """
        if self._store is None:
            return
        before = self._store.path
        told = self._store.follow_file(self._project)
        if self._store.path != before:
            self.store_path_changed.emit()
        self.undo_stack.clear()
        store, self._store, self._project = self._store, None, None
        store.close()
        self.project_closed.emit()
        if told:
            self.file_moved.emit(told)

    def is_locked(self, track_id: int) -> bool:
        """Whether commands must leave a track unchanged for now. This is not saved."""
        return track_id in self._locked

    def set_locked(self, track_id: int, locked: bool) -> None:
        """Lock a track: commands that change it are refused, but undo and redo are not."""
        if locked != self.is_locked(track_id):
            self._locked ^= {track_id}
            self.lock_changed.emit(track_id)

    def may_change(self, *track_ids: int) -> bool:
        """Whether none of these tracks is locked; if one is, tell the person."""
        locked = [track_id for track_id in track_ids if self.is_locked(track_id)]
        if locked:
            self.refuse_locked(locked[0])
        return not locked

    def refuse_locked(self, track_id: int) -> None:
        """Tell the person why a command on this track does nothing."""
        self.refused.emit(tr("{name} is locked; Shift+L unlocks it.", name=self.opened_project.tracks[track_id].name))

    @property
    def sure_frames(self) -> int | None:
        """How many first frames have a final number; None if unknown."""
        return self._sure_frames

    def set_sure_frames(self, count: int) -> None:
        """Refuse records on frames whose number may still change: the first ``count`` frames are final."""
        self._sure_frames = count
        self.sure_frames_changed.emit()

    def is_sure_of(self, frame: int) -> bool:
        """Whether the number of this frame is final, so that it may get a record."""
        return self._sure_frames is None or frame < self._sure_frames

    def put_video(self, video: VideoReference) -> None:
        """Note that the video has moved, or has another number of frames.

        Raises:
            StoreError: if the file cannot be written; nothing has changed then.
        """
        project, store = self._for_writing()
        store.put_video(video)
        project.video = video

    def save_as(self, path: Path) -> None:
        """Write the project to another file and continue there; the old file keeps its last state.

        Raises:
            StoreError: if that cannot be done; the document stays with its file.
        """
        project, store = self._opened()
        try:
            self._for_writing()
            store.copy_to(path)
        except StoreError:  # the old file cannot be read any more
            store.copy_to(path, project)
        self._store = ProjectStore.open(path)
        with suppress(StoreError):  # everything is in the new file
            store.let_go()
        self.store_path_changed.emit()

    def look_after_file(self) -> None:
        """Check what another program has done to the file, before the next edit. Each problem is reported once."""
        if self._store is None or self._changes_to_come is not None:
            return
        try:
            self._for_writing()
        except StoreError as error:
            if str(error) != self._told_of_file:
                self._told_of_file = str(error)
                self.write_failed.emit(self._told_of_file)
        else:
            self._told_of_file = ""

    def attempt(self, write: Callable[[], None]) -> bool:
        """Do a command's write. If the file cannot be written, tell the person and return False."""
        try:
            try:
                write()
            except WrittenOverError:  # nothing has changed yet; write the whole project anew, including this
                write()
        except StoreError as error:
            self.write_failed.emit(str(error))
            return False
        return True

    # What commands share

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """All writes inside the block are one commit. The model changes, and signals are sent, after it. So no write
        may depend on a change of another one in the same block.

        Raises:
            StoreError: if the file cannot be written; then nothing has changed, in the file or in the model.
        """
        _, store = self._for_writing()
        changes: list[Callable[[], None]] = []
        self._changes_to_come = changes
        try:
            with store.transaction():
                yield
        finally:
            self._changes_to_come = None
            self._blocks_to_come = {}
        for change in changes:
            change()

    def when_written(self, change: Callable[[], None]) -> None:
        """Do something after the file was written: now, or at the end of ``one_write``. Skip it if the write fails."""
        if self._changes_to_come is None:
            change()
        else:
            self._changes_to_come.append(change)

    def _for_writing(self) -> tuple[Project, ProjectStore]:
        """The store, after making sure that its file is still in place.

        Raises:
            StoreError: if the file is gone and cannot be written anywhere.
        """
        project, store = self._opened()
        if self._changes_to_come is not None:
            return project, store
        before = store.path
        told = store.follow_file(project)
        if told:
            project.video = store.load_video()  # it may have moved with the project
            if store.path != before:
                self.store_path_changed.emit()
            self.file_moved.emit(told)
        return project, store

    def _refuse_unsure(self, frames: Iterable[int]) -> None:
        if self._sure_frames is None:
            return
        last = max(frames, default=0)
        if last >= self._sure_frames:
            raise StoreError(
                tr(
                    "Nothing was changed: the frames of the video are still being counted, and frame {last} may get "
                    "another number. Up to frame {sure_frames} all is sure; try again in a moment.",
                    last=last,
                    sure_frames=self._sure_frames - 1,
                )
            )

    def _opened(self) -> tuple[Project, ProjectStore]:
        assert self._project is not None, "no project is open"
        assert self._store is not None
        return self._project, self._store
