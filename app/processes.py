"""Whether the program that began a file still runs: what a killed one has left may be removed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

SECONDS_UNTIL_LEFT = 3600  # on Windows, which cannot tell whether a process still runs


def may_still_write(path: Path, pid: int) -> bool:
    """Whether this process of this machine may still be writing the file or folder that it began."""
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # os.kill would end the process there
        try:
            return time.time() - path.stat().st_mtime < SECONDS_UNTIL_LEFT
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):  # the second: no process can have such a number
        return False
    return True
