"""Which project belongs to a video: its automatic one, or the one it was saved as, wherever the video is now."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from app.model.project import Project, VideoReference
from app.small_files import is_in_the_way, make_folder, set_aside
from app.store.autosave import PROJECT_SUFFIX, autosave_path, digest, note_saved_as, read_path, saved_as, write_path
from app.store.backups import Backups
from app.store.errors import DamagedProjectError, ReadOnlyProjectError, StoreError, UnreadableProjectError
from app.store.project_store import ProjectStore
from app.store.salvage import salvage
from app.store.unfinished import free_name_beside, put_in_place, remove_journals, remove_left, unfinished_beside

Opened: TypeAlias = tuple[ProjectStore, Project]


@dataclass(frozen=True, slots=True)
class EarlierProject:
    """The project of an earlier video at the same path, with fewer frames of the same size: pictures were added to the
    folder, or a longer recording replaced the file.
    """

    path: Path
    video: VideoReference
    track_count: int


@dataclass(frozen=True, slots=True)
class FoundProject:
    """The open project of a video. ``told``: what a person should know about how it was found. ``copy_of``: the project
    of another file with the same content, if this file got its own project.
    """

    store: ProjectStore
    project: Project
    told: str = ""
    copy_of: Path | None = None
    earlier: EarlierProject | None = None


class VideoProjects:
    """The automatic projects of videos, in one folder, and notes on which named project a video continues in. A video
    is recognised by its path, or by its content if the file was renamed or moved. A damaged project never blocks its
    video: it is set aside, and the person is told.
    """

    def __init__(self, folder: Path, backups: Backups | None = None) -> None:
        """``backups``: earlier states, for a project that cannot be read."""
        self._folder = folder
        self._backups = backups

    def place_of(self, video: VideoReference) -> Path:
        """The path of a video's automatic project."""
        return autosave_path(self._folder, video)

    def project_of(
        self, video: VideoReference, *, open_now: Path | None = None, is_one_of_several: bool = False
    ) -> FoundProject:
        """Open the project of a video, or make one. ``open_now`` is the project that is already open.

        Raises:
            StoreError: if another window has it open, or it cannot be made.
            OSError: if the folder cannot be made.
        """
        make_folder(self._folder)
        remove_left(self._folder)
        told: list[str] = []
        own = self.place_of(video)
        named = saved_as(own)
        for path in (named, own, self._place_by_content(video)):
            if path is None or not os.path.lexists(path) or path == open_now:
                continue
            found = self._opened_for(path, video, told)
            if found is not None:
                return FoundProject(*found, " ".join(told))
        elsewhere = self._known_by_content(video)
        copy_of: Path | None = None
        if elsewhere is not None and elsewhere != open_now:
            found, is_copy = self._opened_elsewhere(elsewhere, video, told)
            if found is not None:
                return FoundProject(*found, " ".join(told))
            copy_of = elsewhere if is_copy else None
        earlier = None
        if not is_one_of_several and not os.path.lexists(own):
            earlier = self._earlier(video, open_now, told)
        made = ProjectStore.create(self._place_by_content(video) if os.path.lexists(own) else own, video)
        return FoundProject(made, made.load(), " ".join(told), copy_of, earlier)

    def note_place(self, video: VideoReference, project: Path) -> None:
        """Remember where the project of a video is, to find it when the file is renamed or changed.

        Raises:
            OSError: if the note cannot be written.
        """
        for note in (self._content_note(video) if video.fingerprint else None, self._place_note(video)):
            if note is not None:
                make_folder(note.parent)
                write_path(note, project)

    def _opened_for(self, path: Path, video: VideoReference, told: list[str]) -> Opened | None:
        """The project, if it is this video's. An unreadable one is set aside, or left alone if it is not ours."""
        try:
            store, project = _opened(path)
        except ReadOnlyProjectError:
            if path.parent != self._folder:
                raise
            told.append(_made_writable(path))
            return self._opened_for(path, video, told)
        except UnreadableProjectError as error:
            told.append(self._set_aside(path, error))
            if not os.path.lexists(path) or path.parent != self._folder:
                return None
            store, project = _opened(path)  # an earlier state of it
        known = project.video
        if self._is_same(known, video):
            update(store, project, video)
            return store, project
        store.close()
        if known.fingerprint and self.place_of(known) == self.place_of(video):
            told.append(f"Another video lay at {video.path} before; its project is kept as {path}.")
        return None

    def _opened_elsewhere(self, path: Path, video: VideoReference, told: list[str]) -> tuple[Opened | None, bool]:
        """The project of a file with the same content, if that file is gone. If it still exists, only note that this
        file is a copy.
        """
        try:
            store, project = _opened(path)
        except StoreError:  # in use, damaged or read-only: a new project will do
            return None, False
        known = project.video
        is_same = known.fingerprint == video.fingerprint
        if not is_same or (known.path != video.path and _exists(known.path)):
            store.close()
            return None, is_same
        update(store, project, video)
        if known.path != video.path:
            told.append(f"This video was annotated as {known.path}; its project goes on here.")
            note_saved_as(self.place_of(video), path)
        return (store, project), False

    def _is_same(self, known: VideoReference, video: VideoReference) -> bool:
        if known.fingerprint and video.fingerprint:
            return known.fingerprint == video.fingerprint
        return self.place_of(known) == self.place_of(video)

    def _set_aside(self, path: Path, error: StoreError) -> str:
        if path.parent != self._folder:
            return f"{error} Until then the project that the video had before is shown."
        aside = free_name_beside(path.with_name(f"{path.stem}.unreadable{path.suffix}"))
        os.replace(path, aside)
        for suffix in ("-wal", "-journal"):
            log = path.with_name(path.name + suffix)
            if is_in_the_way(log) or (log.exists() and log.stat().st_size):
                os.replace(log, aside.with_name(aside.name + suffix))
        remove_journals(path)
        if isinstance(error, DamagedProjectError):
            with suppress(StoreError):  # if not even the video can be read, an earlier state is better
                salvaged = salvage(aside, path)
                return f"The project of this video is damaged; it was set aside as {aside}. {salvaged.sentence}"
        copy = None if self._backups is None else self._backups.restore(path)
        goes_on = "a new one begins" if copy is None else f"it goes on as it was opened before ({copy.stem})"
        return f"The project of this video could not be read. It was set aside as {aside}, and {goes_on}."

    def _place_by_content(self, video: VideoReference) -> Path:
        """A place named by content, for a video at the path of an earlier one."""
        own = self.place_of(video)
        digits = video.fingerprint[:12] or "other"
        return own.with_name(f"{own.stem}-{digits}{PROJECT_SUFFIX}")

    def _known_by_content(self, video: VideoReference) -> Path | None:
        note = self._content_note(video)
        project = read_path(note) if video.fingerprint else None
        return project if project is not None and _exists(project) else None

    def _earlier(self, video: VideoReference, open_now: Path | None, told: list[str]) -> EarlierProject | None:
        """The last project of an earlier video at this path, if it is not empty and fits this video."""
        path = read_path(self._place_note(video))
        if path is None or path == open_now or not _exists(path):
            return None
        try:
            store, project = _opened(path)
        except StoreError:  # in use or damaged: a new project will do
            return None
        store.close()
        known = project.video
        if not project.tracks or known.path != video.path or self._is_same(known, video):
            return None
        if can_go_on_with(known, video):
            return EarlierProject(path, known, len(project.tracks))
        told.append(f"Another video lay at {video.path} before; its project is kept as {path}.")
        return None

    def _place_note(self, video: VideoReference) -> Path:
        return self._folder / "by-place" / f"{digest(os.path.abspath(video.path))}.txt"

    def _content_note(self, video: VideoReference) -> Path:
        return self._folder / "by-content" / f"{video.fingerprint}.txt"


def can_go_on_with(known: VideoReference, video: VideoReference) -> bool:
    """Whether the other video has all frames and pixels of this one."""
    return (known.width, known.height) == (video.width, video.height) and known.frame_count <= video.frame_count


def update(store: ProjectStore, project: Project, video: VideoReference) -> None:
    """Update a project's video: its path, fingerprint, and corrected number of frames."""
    now = replace(video, fingerprint=video.fingerprint or project.video.fingerprint)
    if now != project.video:
        store.put_video(now)
        project.video = now


def _made_writable(path: Path) -> str:
    """Continue in a copy of a read-only project.

    Raises:
        OSError: if the folder may not be written either.
    """
    unfinished = unfinished_beside(path)
    try:
        shutil.copyfile(path, unfinished)
        kept = set_aside(path)
        put_in_place(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return f"The project of this video may only be read. It is kept as {kept.name}, and you go on in a copy of it."


def _opened(path: Path) -> Opened:
    store = ProjectStore.open(path)
    try:
        return store, store.load()
    except StoreError:
        store.close()
        raise


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
