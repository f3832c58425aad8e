"""The frame at which each project was left, to continue there."""

from __future__ import annotations

import json
from pathlib import Path

from app.small_files import make_folder, make_way, read_small_file
from app.store.unfinished import unfinished_beside

MOST_PROJECTS = 500
LARGEST_FILE = 1_000_000  # bytes


class LeftFrames:
    """A small file that maps project paths to frames. If it is damaged, projects open at their first frame."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def frame_of(self, project: Path) -> int:
        """0 if unknown."""
        return self._read().get(str(project), 0)

    def note(self, project: Path, frame: int) -> None:
        """
        Raises:
            OSError: if it cannot be written.
        """
        frames = self._read()
        frames.pop(str(project), None)
        frames[str(project)] = frame  # the project left last comes last
        kept = dict(list(frames.items())[-MOST_PROJECTS:])
        make_folder(self._path.parent)
        make_way(self._path)
        unfinished = unfinished_beside(self._path)
        try:
            unfinished.write_text(json.dumps(kept), encoding="utf-8")
            unfinished.replace(self._path)
        finally:
            unfinished.unlink(missing_ok=True)

    def _read(self) -> dict[str, int]:
        try:
            frames = json.loads(read_small_file(self._path, LARGEST_FILE).decode("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(frames, dict):
            return {}
        return {path: frame for path, frame in frames.items() if type(frame) is int and frame >= 0}
