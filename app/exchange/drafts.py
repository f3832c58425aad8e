"""Folders in which an export is written before it is put in place. Removes those that a killed export has left."""

from __future__ import annotations

import os
import platform
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.processes import may_still_write

# Short, because the export's own name may already be as long as the file system allows.
DRAFT_PREFIX = ".siamark-export-"

_LEFT = re.compile(re.escape(DRAFT_PREFIX) + r"(?P<host>[\w.-]{0,40})\.(?P<pid>\d{1,10})\.\w+")


@contextmanager
def draft_folder(beside: Path) -> Iterator[Path]:
    """An empty folder beside the goal, so that what is made in it can be renamed into place. Deleted at the end of the
    block.

    Raises:
        OSError: if there can be none.
    """
    remove_left(beside)
    # What a drive does not let go of is left to the next export: what was put in place is there all the same.
    prefix = f"{DRAFT_PREFIX}{_host()}.{os.getpid()}."
    with TemporaryDirectory(prefix=prefix, dir=beside, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def remove_left(place: Path) -> None:
    """Remove what killed exports have left, if possible.

    Folders of another machine stay, because it may still be writing them.
    """
    try:
        with os.scandir(place) as entries:
            found = [(entry.path, match) for entry in entries if (match := _LEFT.fullmatch(entry.name))]
    except OSError:
        return
    for path, match in found:
        if match["host"] == _host() and not may_still_write(Path(path), int(match["pid"])):
            shutil.rmtree(path, ignore_errors=True)


def _host() -> str:
    return re.sub(r"[^\w.-]", "", platform.node())[:40]
