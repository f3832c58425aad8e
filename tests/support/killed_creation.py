"""Kills a program at every line, or every few, of making a project file. ``... killed_creation FOLDER [STEP]``

After each kill the same file must be there whole or not at all, and can be made or opened. Prints how often it killed.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from app.store.project_store import ProjectStore
from tests.support.annotated_projects import VIDEO


def die_at(line: int) -> None:
    """End this process like ``kill -9``, at the n-th executed line of app/store."""
    lines = count()

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        if "/app/store/" not in frame.f_code.co_filename:
            return None
        if event == "line" and next(lines) == line:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def main(folder: Path, step: int) -> None:
    path = folder / "street.siamark"
    for line in count(step=step):
        child = os.fork()
        if child == 0:
            die_at(line)
            ProjectStore.create(path, VIDEO).close()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            break
        store = ProjectStore.open(path) if path.exists() else ProjectStore.create(path, VIDEO)
        assert store.load().video.frame_count == VIDEO.frame_count
        store.close()
        left = sorted(os.listdir(folder))
        assert left == [path.name], left
        path.unlink()
    print(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
