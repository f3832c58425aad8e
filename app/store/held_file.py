"""The file behind an open project, recognised by identity and not by name, because it may be renamed or deleted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

MAC_GET_PATH = 50  # fcntl's F_GETPATH, which Python does not name
MAC_LONGEST_PATH = 1024


class HeldFile:
    """Keeps a file open to recognise it. Close it after the database connection to the same file, never before: on
    POSIX systems, closing any descriptor of a file releases all locks that the process has on it.

    Raises:
        OSError: if the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = os.open(path, os.O_RDONLY)
        status = os.fstat(self._descriptor)
        self._identity = status.st_dev, status.st_ino
        self._disk = _device_of(path.parent)
        # Some network drives give a file a new number on each call; there it cannot be followed.
        self.can_be_known = self._is_at(path)

    def is_in_place(self) -> bool:
        """Whether the file is still at its path, or was closed. Takes microseconds."""
        return self._descriptor is None or not self.can_be_known or self._is_at(self._path)

    def is_disk_there(self) -> bool:
        """Whether the folder is still on its disk. When a disk is removed, its empty mount point stays."""
        return _device_of(self._path.parent) == self._disk

    @property
    def is_closed(self) -> bool:
        return self._descriptor is None

    @property
    def descriptor(self) -> int:
        """For reading only; never close it."""
        assert self._descriptor is not None
        return self._descriptor

    def status(self) -> os.stat_result | None:
        """The status of the file itself, wherever it is; None if it was closed or its disk is gone."""
        try:
            return None if self._descriptor is None else os.fstat(self._descriptor)
        except OSError:
            return None

    def place(self) -> Path | None:
        """Where the file is now; None if it was deleted, or if this system cannot tell."""
        status = self.status()
        if status is None or status.st_nlink == 0:
            return None
        return next((path for path in self._candidates() if self._is_at(path)), None)

    def close(self) -> None:
        """May be called several times; a closed descriptor's number may already belong to another file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _is_at(self, path: Path) -> bool:
        try:
            status = path.lstat()  # not a link to the file, because SQLite would look for the log elsewhere
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == self._identity

    def _candidates(self) -> Iterator[Path]:
        """Where the file may be: the system's answer, then the files beside the old place."""
        try:
            if sys.platform == "linux":
                yield Path(os.readlink(f"/proc/self/fd/{self._descriptor}"))
            elif sys.platform == "darwin":
                import fcntl

                said = fcntl.fcntl(self._descriptor, MAC_GET_PATH, bytes(MAC_LONGEST_PATH))
                yield Path(os.fsdecode(said.split(b"\0")[0]))
        except OSError:
            pass
        try:
            with os.scandir(self._path.parent) as entries:
                for entry in entries:
                    if entry.inode() == self._identity[1]:
                        yield Path(entry.path)
        except OSError:
            return


def _device_of(folder: Path) -> int | None:
    try:
        return folder.stat().st_dev
    except OSError:
        return None
