"""Backups of each project: copies from the last five times that it was opened."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Self

from app.store.autosave import PROJECT_SUFFIX, cut_name
from app.store.errors import StoreError
from app.store.looking import look_at_track_count
from app.store.project_store import ProjectStore
from app.store.unfinished import (
    check_goal,
    make_durable,
    put_in_place,
    remove_journals,
    remove_left,
    remove_unfinished,
    unfinished_beside,
)

KEPT = 5
_TIME = "%Y-%m-%d %H.%M.%S"  # the time of the project's last change; sorts by time


class EarlierState(NamedTuple):
    """A copy of a project: its file, when the project was changed last before, and its number of tracks; None if it
    cannot be read.
    """

    path: Path
    changed_at: float  # seconds since 1970
    tracks: int | None


class Backups:
    """Copies of project files, in a folder for each project; by name the newest is the last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of_person(cls, autosaves: Path) -> Self:
        """The usual folder, beside that of automatic projects."""
        return cls(autosaves.with_name("backups"))

    def take(self, store: ProjectStore) -> None:
        """Copy the file of a store that was just opened, as it was before, on a separate thread. Nothing is copied if
        the newest copy has the same state. Errors are ignored until the next opening: a full backup disk must not keep
        a person from opening a project.
        """
        store.copy_as_opened(self._keep(store.path))

    def of(self, project: Path) -> list[Path]:
        """The copies of a project, the newest first."""
        try:
            return sorted(self._room_of(project).glob(f"*{PROJECT_SUFFIX}"), reverse=True)
        except OSError:
            return []

    def states_of(self, project: Path) -> list[EarlierState]:
        """The copies of a project with their contents, the newest first."""
        states = []
        for copy in self.of(project):
            with suppress(OSError):
                changed_at = copy.stat().st_mtime
                try:
                    tracks: int | None = look_at_track_count(copy)
                except StoreError:
                    tracks = None
                states.append(EarlierState(copy, changed_at, tracks))
        return states

    def copy_to(self, copy: Path, goal: Path) -> None:
        """Copy one of the copies to a new project.

        Raises:
            StoreError: if that cannot be done; then nothing is left there.
        """
        check_goal(goal)
        unfinished = unfinished_beside(goal)
        try:
            shutil.copy2(copy, unfinished)
            if not _can_be_read(unfinished):
                raise StoreError(f"The earlier state {copy} cannot be read; choose another.")
            make_durable(unfinished)
            put_in_place(unfinished, goal)
        except FileExistsError as error:
            raise StoreError(f"{goal} exists already; choose another name.") from error
        except OSError as error:
            raise StoreError(f"{goal} could not be written ({error.strerror}).") from error
        finally:
            remove_unfinished(unfinished)

    def put_back(self, copy: Path, project: Path) -> None:
        """Replace a closed project by one of its copies. Its present state becomes a copy.

        Raises:
            StoreError: if that cannot be done; then the project is as it was.
        """
        unfinished = unfinished_beside(project)
        try:
            shutil.copy2(copy, unfinished)
            if not _can_be_read(unfinished):
                raise StoreError(f"The earlier state {copy} cannot be read; choose another.")
            make_durable(unfinished)
            with project.open("rb") as present:
                self._keep(project)(present.fileno())
            os.replace(unfinished, project)
            make_durable(project.parent)
        except OSError as error:
            raise StoreError(f"{project} could not be replaced ({error.strerror}); it is as it was.") from error
        finally:
            remove_unfinished(unfinished)

    def restore(self, project: Path) -> Path | None:
        """Restore the newest readable copy of a project whose file is gone. Returns that copy; None if there is none,
        or if it cannot be written.
        """
        for copy in self.of(project):
            unfinished = unfinished_beside(project)
            try:
                shutil.copyfile(copy, unfinished)
                if _can_be_read(unfinished):
                    put_in_place(unfinished, project)
                    return copy
            except OSError:  # a folder in its place, or unreadable: try an older one
                continue
            finally:
                unfinished.unlink(missing_ok=True)
                remove_journals(unfinished)
        return None

    def _keep(self, project: Path) -> Callable[[int], None]:
        room = self._room_of(project)

        def keep(descriptor: int) -> None:
            """The path of the file behind a descriptor."""
            status = os.fstat(descriptor)
            copies = self.of(project)
            if copies and _is_of(copies[0], status):
                return
            room.mkdir(parents=True, exist_ok=True)
            remove_left(room)
            changed = datetime.fromtimestamp(status.st_mtime).strftime(_TIME)
            copy = room / f"{changed}{PROJECT_SUFFIX}"
            unfinished = unfinished_beside(copy)
            try:
                with unfinished.open("xb") as goal:
                    _copy(descriptor, goal.fileno(), status.st_size)
                make_durable(unfinished)
                os.utime(unfinished, ns=(status.st_atime_ns, status.st_mtime_ns))
                os.replace(unfinished, copy)
            finally:
                unfinished.unlink(missing_ok=True)
            for old in self.of(project)[KEPT:]:
                with suppress(OSError):
                    old.unlink()

        return keep

    def _room_of(self, project: Path) -> Path:
        digits = hashlib.sha256(os.fsencode(os.path.abspath(project))).hexdigest()[:12]
        return self._folder / f"{cut_name(project.stem)}-{digits}"


def _copy(source: int, goal: int, size: int) -> None:
    os.lseek(source, 0, os.SEEK_SET)
    while size > 0:
        part = os.read(source, min(size, 2**20))
        if not part:
            raise OSError("the project file has become shorter while it was copied")
        os.write(goal, part)
        size -= len(part)


def _is_of(copy: Path, status: os.stat_result) -> bool:
    try:
        kept = copy.stat()
    except OSError:
        return False
    return (kept.st_size, kept.st_mtime_ns) == (status.st_size, status.st_mtime_ns)


def _can_be_read(path: Path) -> bool:
    try:
        store = ProjectStore.open(path)
    except StoreError:
        return False
    try:
        store.load()
    except StoreError:
        return False
    finally:
        store.close()
    return True
