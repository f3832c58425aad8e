"""Where the projects that make themselves are kept, and which of them were open when Siamark ended."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

from app.model.project import VideoReference

PROJECT_SUFFIX = ".siamark"
_DIGITS = 12


def autosave_folder() -> Path:
    return Path(platformdirs.user_data_dir("Siamark")) / "projects"


def left_open_folder() -> Path:
    return Path(platformdirs.user_state_dir("Siamark")) / "open"


def autosave_path(folder: Path, video: VideoReference) -> Path:
    """The file of the project that a video gets by itself.

    It holds on to place and shape: another video that takes the place of this one gets a project of its own.
    """
    place = os.path.abspath(video.path)
    key = f"{place}\n{video.frame_count} {video.width} {video.height}"
    return folder / f"{video.name}-{_digest(key)}{PROJECT_SUFFIX}"


class LeftOpen:
    """Notes which projects are open, a small file each, so that a start after a crash knows.

    A project that is closed in good order leaves no note; where several windows crash each leaves its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, project: Path) -> None:
        """
        Raises:
            OSError: if the note cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        self._place(project).write_text(str(project), encoding="utf-8")

    def forget(self, project: Path) -> None:
        """
        Raises:
            OSError: if the note cannot be removed.
        """
        self._place(project).unlink(missing_ok=True)

    def projects(self) -> list[Path]:
        """Projects that are open in another window or were when it crashed, the one opened last first."""
        notes = sorted(self._folder.glob("*.txt"), key=lambda note: note.stat().st_mtime_ns, reverse=True)
        return [Path(note.read_text(encoding="utf-8")) for note in notes]

    def _place(self, project: Path) -> Path:
        return self._folder / f"{_digest(os.path.abspath(project))}.txt"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]
