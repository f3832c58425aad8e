"""The file behind an open project, known by itself and not by its name: it may be renamed or deleted from outside."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

MAC_GET_PATH = 50  # fcntl's F_GETPATH, which Python does not name
MAC_LONGEST_PATH = 1024


class HeldFile:
    """Keeps a file open to know it again.

    It must be closed after the database connection to the same file and never before: on POSIX systems, closing any
    descriptor of a file lets go of all locks that the process has on it.

    Raises:
        OSError: if the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = os.open(path, os.O_RDONLY)
        status = os.fstat(self._descriptor)
        self._identity = status.st_dev, status.st_ino
        # Some network drives give a file another number each time they are asked; there it cannot be followed.
        self._can_be_known = self._is_at(path)

    def is_in_place(self) -> bool:
        """Whether the file is still the one that is found under its name, or was closed. Takes microseconds."""
        return self._descriptor is None or not self._can_be_known or self._is_at(self._path)

    @property
    def descriptor(self) -> int:
        """To read by; never to be closed by anybody else."""
        assert self._descriptor is not None
        return self._descriptor

    def place(self) -> Path | None:
        """Where the file is now; None where it has no name any more, or where nobody can tell."""
        if self._descriptor is None or os.fstat(self._descriptor).st_nlink == 0:
            return None
        return next((path for path in self._candidates() if self._is_at(path)), None)

    def close(self) -> None:
        """Once or several times: the number of a descriptor that was closed may be another's by now."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _is_at(self, path: Path) -> bool:
        try:
            status = path.stat()
        except OSError:
            return False
        return (status.st_dev, status.st_ino) == self._identity

    def _candidates(self) -> Iterator[Path]:
        """What the system says, then what lies beside the old place."""
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
