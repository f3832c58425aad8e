"""Where the projects that make themselves are kept, where they go on, and which were open when Siamark ended."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

from app.model.project import VideoReference

PROJECT_SUFFIX = ".siamark"
_DIGITS = 12
_LONGEST_STEM = 255 - len(f"-{'0' * _DIGITS}{PROJECT_SUFFIX}-journal")  # bytes


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
    return folder / f"{_cut(video.name)}-{_digest(key)}{PROJECT_SUFFIX}"


def note_saved_as(autosave: Path, project: Path) -> None:
    """Note that the work on a video goes on in a project that a person has given a name.

    Raises:
        OSError: if the note cannot be written.
    """
    autosave.parent.mkdir(parents=True, exist_ok=True)
    _write_path(_successor_note(autosave), project)


def saved_as(autosave: Path) -> Path | None:
    """Where the work on a video goes on; None if nowhere else, or if what was there is gone."""
    note = _successor_note(autosave)
    project = _read_path(note) if note.is_file() else None
    return project if project is not None and project.is_file() else None


def _successor_note(autosave: Path) -> Path:
    return autosave.with_suffix(".saved-as")


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
        _write_path(self._place(project), project)

    def forget(self, project: Path) -> None:
        """
        Raises:
            OSError: if the note cannot be removed.
        """
        self._place(project).unlink(missing_ok=True)

    def projects(self) -> list[Path]:
        """Projects that are open in another window or were when it crashed, the one opened last first."""
        notes = sorted(self._folder.glob("*.txt"), key=lambda note: note.stat().st_mtime_ns, reverse=True)
        return [_read_path(note) for note in notes]

    def _place(self, project: Path) -> Path:
        return self._folder / f"{_digest(os.path.abspath(project))}.txt"


def _cut(name: str) -> str:
    """As much of a name as leaves room for what is added to it, and for the journal that SQLite puts beside a file."""
    encoded = os.fsencode(name)
    return name if len(encoded) <= _LONGEST_STEM else encoded[:_LONGEST_STEM].decode(errors="ignore")


def _write_path(note: Path, path: Path) -> None:
    """As bytes: a name on disk need not be text."""
    note.write_bytes(os.fsencode(os.path.abspath(path)))


def _read_path(note: Path) -> Path:
    return Path(os.fsdecode(note.read_bytes()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]
