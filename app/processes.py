"""Tells whether the process that began a file still runs. If it was killed, its unfinished files may be removed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

SECONDS_UNTIL_LEFT = 3600  # on Windows, which cannot tell whether a process still runs


def may_still_write(path: Path, pid: int) -> bool:
    """Whether this process on this machine may still be writing a file or folder."""
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # on Windows os.kill would end the process
        try:
            return time.time() - path.stat().st_mtime < SECONDS_UNTIL_LEFT
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):  # OverflowError: no process can have such a number
        return False
    return True
