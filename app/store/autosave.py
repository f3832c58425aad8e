"""Where the projects of videos are kept, which project a video continues in, and which were open when Siamark ended."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import platformdirs

from app.model.project import VideoReference
from app.small_files import is_in_the_way, make_folder, make_way, read_small_file
from app.store.unfinished import unfinished_beside

PROJECT_SUFFIX = ".siamark"
LONGEST_VIDEO_NAME = 200
"""Bytes of a video's name used for its project's; the rest of 255 is for what follows it."""
LARGEST_NOTE = 10_000  # bytes
_DIGITS = 12


def autosave_folder() -> Path:
    return Path(platformdirs.user_data_dir("Siamark")) / "projects"


def left_open_folder() -> Path:
    return Path(platformdirs.user_state_dir("Siamark")) / "open"


def autosave_path(folder: Path, video: VideoReference) -> Path:
    """The project file of a video that the person has not saved elsewhere. It depends on the video's path and shape:
    another video at the same path gets another file.
    """
    place = os.path.abspath(video.path)
    key = f"{place}\n{video.frame_count} {video.width} {video.height}"
    return folder / f"{cut_name(video.name)}-{digest(key)}{PROJECT_SUFFIX}"


def cut_name(name: str) -> str:
    """The beginning of a name, in at most this many bytes; never half a character."""
    while len(os.fsencode(name)) > LONGEST_VIDEO_NAME:
        name = name[:-1]
    return name


def note_saved_as(autosave: Path, project: Path) -> None:
    """Note that a video's work continues in a project that the person has named.

    Raises:
        OSError: if the note cannot be written.
    """
    make_folder(autosave.parent)
    write_path(_successor_note(autosave), project)


def saved_as(autosave: Path) -> Path | None:
    """The named project in which a video's work continues; None if there is none, or if it is gone."""
    project = read_path(_successor_note(autosave))
    try:
        return project if project is not None and project.is_file() else None
    except OSError:  # a path that this system does not allow
        return None


def _successor_note(autosave: Path) -> Path:
    return autosave.with_suffix(".saved-as")


class LeftOpen:
    """Notes which projects are open, in a small file each, for the next start after a crash. Closing a project removes
    its note; if several windows crash, each leaves its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, project: Path) -> None:
        """
        Raises:
            OSError: if the note cannot be written.
        """
        make_folder(self._folder)
        write_path(self._place(project), project)

    def forget(self, project: Path) -> None:
        """Remove every note of this project, whatever its name.

        Raises:
            OSError: if a note cannot be removed.
        """
        if not is_in_the_way(self._place(project)):  # then it is no note
            self._place(project).unlink(missing_ok=True)
        for note in self._folder.glob("*.txt"):
            if read_path(note) == Path(os.path.abspath(project)):
                note.unlink(missing_ok=True)

    def projects(self) -> list[Path]:
        """Projects that are open in another window, or were when it crashed; the last opened comes first. An unreadable
        note is removed, because it is useless.
        """
        found: list[tuple[int, Path]] = []
        for note in self._folder.glob("*.txt"):
            project = read_path(note)
            if project is None:
                _remove(note)
            else:
                found.append((_time_of(note), project))
        return [project for _, project in sorted(found, key=lambda entry: entry[0], reverse=True)]

    def _place(self, project: Path) -> Path:
        return self._folder / f"{digest(os.path.abspath(project))}.txt"


def write_path(note: Path, path: Path) -> None:
    """Write a new file and rename it, so that no note holds half a path. As bytes, because a file name need not be
    text.

    Raises:
        OSError: if the note cannot be written.
    """
    unfinished = unfinished_beside(note)
    make_way(note)
    try:
        unfinished.write_bytes(os.fsencode(os.path.abspath(path)))
        os.replace(unfinished, note)
    finally:
        unfinished.unlink(missing_ok=True)


def read_path(note: Path) -> Path | None:
    """None if there is no note, or if it does not hold a path."""
    try:
        content = read_small_file(note, LARGEST_NOTE)
    except (OSError, ValueError):
        return None
    if not content or b"\0" in content:
        return None
    path = Path(os.fsdecode(content))
    return path if path.is_absolute() else None


def _time_of(note: Path) -> int:
    try:
        return note.stat().st_mtime_ns
    except OSError:
        return 0


def _remove(note: Path) -> None:
    with suppress(OSError):
        note.unlink()


def digest(text: str) -> str:
    """A few digits that name a file after a text of any length."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:_DIGITS]
