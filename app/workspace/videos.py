"""Finds the videos and folders of images in and below a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from app.model.names import clean_name
from app.video.image_files import IMAGE_SUFFIXES

VIDEO_SUFFIXES = frozenset(
    {".mp4", ".mov", ".mkv", ".avi", ".webm", ".m4v", ".mpg", ".mpeg", ".ts", ".mts", ".wmv", ".flv", ".ogv", ".3gp"}
)
DEEPEST = 6  # levels of folders below the opened one
MOST_VIDEOS = 20_000
LEAST_IMAGES = 2  # in a folder that counts as a video; a single picture is a note or a poster


LONGEST_FOLDER_NAME = 100  # bytes
FORBIDDEN_IN_NAMES = '<>:"/\\|?*'  # not allowed in file names on some systems


class WorkspaceError(Exception):
    """A folder cannot be read as a workspace; the text is the sentence for the person."""


def find_videos(folder: Path, *, is_cancelled: Callable[[], bool] = lambda: False) -> list[Path]:
    """All videos, in natural order of their paths, without hidden folders and results of batches.

    Raises:
        WorkspaceError: if the folder cannot be read, or has more than ``MOST_VIDEOS`` videos.
    """
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be read: {error.strerror}.") from None
    found: list[Path] = []
    for path in _walked(Path(os.path.abspath(folder)), 0):
        if is_cancelled():
            break
        found.append(path)
        if len(found) > MOST_VIDEOS:
            raise WorkspaceError(f"{folder} holds more than {MOST_VIDEOS:,} videos; open one of the folders in it.")
    return sorted(found, key=natural_key)


def folder_name(video: Path, folder: Path) -> str:
    """The path below the folder as the name of a folder: "day 1/cam.mp4" becomes "day 1-cam.mp4"."""
    below = os.path.relpath(video, folder) if video != folder else video.name
    name = clean_name("".join("-" if character in FORBIDDEN_IN_NAMES else character for character in below)).strip(".")
    while len(name.encode()) > LONGEST_FOLDER_NAME:
        name = name[1:]  # the end identifies it
    return name.strip(". ") or "video"


def natural_key(path: Path) -> list[tuple[int, int, str]]:
    """Sorts video 10 after video 9."""
    key: list[tuple[int, int, str]] = []
    text, digits = "", ""
    for character in f"{path}\0":
        if character.isascii() and character.isdigit():
            digits += character
            continue
        if digits:
            key += [(0, 0, text.casefold()), (1, int(digits[:18]), digits)]
            text, digits = "", ""
        text += character
    return [*key, (0, 0, text.casefold())]


def _walked(folder: Path, depth: int) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:  # skip a folder without permission; the others are readable
        return
    images = 0
    for entry in found:
        if entry.name.startswith("."):
            continue
        suffix = os.path.splitext(entry.name)[1].lower()
        try:
            is_folder = entry.is_dir()
        except OSError:
            continue
        if is_folder:
            if depth < DEEPEST and not entry.is_symlink():  # a link may lead in a circle
                yield from _walked(Path(entry.path), depth + 1)
        elif suffix in VIDEO_SUFFIXES:
            yield Path(entry.path)
        elif suffix in IMAGE_SUFFIXES:
            images += 1
    if images >= LEAST_IMAGES:
        yield folder
