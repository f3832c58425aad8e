"""Where an export is written before it is put in place; and what a killed one has left there."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

# Short: a name may be as long as the file system allows, and this one lies beside it.
DRAFT_PREFIX = ".siamark-export-"
SECONDS_UNTIL_LEFT = 3600  # where nobody can tell whether the program that began a folder still runs

_LEFT = re.compile(re.escape(DRAFT_PREFIX) + r"(?P<host>[\w.-]{0,40})\.(?P<pid>\d{1,10})\.\w+")


@contextmanager
def draft_folder(beside: Path) -> Iterator[Path]:
    """An empty folder in the same place, so that what is made in it can be renamed. It goes when the block is left.

    Raises:
        OSError: if there can be none.
    """
    remove_left(beside)
    with TemporaryDirectory(prefix=f"{DRAFT_PREFIX}{_host()}.{os.getpid()}.", dir=beside) as folder:
        yield Path(folder)


def remove_left(place: Path) -> None:
    """Remove what exports have left that were killed. What cannot be removed stays.

    Those of another machine stay: nobody here knows whether it still writes them.
    """
    try:
        with os.scandir(place) as entries:
            found = [(entry.path, match) for entry in entries if (match := _LEFT.fullmatch(entry.name))]
    except OSError:
        return
    for path, match in found:
        if match["host"] == _host() and not _is_in_use(Path(path), int(match["pid"])):
            shutil.rmtree(path, ignore_errors=True)


def _host() -> str:
    return re.sub(r"[^\w.-]", "", platform.node())[:40]


def _is_in_use(path: Path, pid: int) -> bool:
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # asking there would end the process that is asked about
        try:
            return time.time() - path.stat().st_mtime < SECONDS_UNTIL_LEFT
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):  # the second: no process has such a number
        return False
    return True
