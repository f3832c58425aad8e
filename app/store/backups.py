"""Backups of each project: copies from the last five times that it was opened."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.store.autosave import PROJECT_SUFFIX, cut_name
from app.store.errors import StoreError
from app.store.project_store import ProjectStore
from app.store.unfinished import make_durable, put_in_place, remove_journals, remove_left, unfinished_beside

KEPT = 5
_TIME = "%Y-%m-%d %H.%M.%S"  # the time of the project's last change; sorts by time


class Backups:
    """Copies of project files, in a folder for each project; by name the newest is the last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

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
