"""Finds the projects of videos without opening a video: a project names its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from app.store.autosave import PROJECT_SUFFIX, saved_as
from app.store.errors import StoreError
from app.store.looking import look_at_video

BATCH_RESULT = "job.json"  # next to the project in a job's folder


def projects_of_videos(
    videos: Iterable[Path], *, folder: Path, autosaves: Path, is_cancelled: Callable[[], bool] = lambda: False
) -> dict[Path, Path]:
    """The project of each video that has one.

    Projects saved in or below ``folder`` take precedence over automatic ones (in ``autosaves``); of several, the one
    written last counts. Unreadable projects are ignored; opening one says what is wrong.
    """
    wanted = {os.path.abspath(video): video for video in videos}
    found: dict[Path, tuple[int, int, Path]] = {}
    own = [(0, path) for path in _projects_in(autosaves, deep=False)]
    named = [(1, path) for path in _projects_in(folder, deep=True)]
    for rank, path in [*own, *named]:
        if is_cancelled():
            break
        try:
            about = os.path.abspath(look_at_video(path).path)
            written_at = path.stat().st_mtime_ns
        except (StoreError, OSError):
            continue
        video = wanted.get(about)
        if video is None:
            continue
        successor = saved_as(path) if rank == 0 else None
        standing = (2, written_at, successor) if successor is not None else (rank, written_at, path)
        found[video] = max(found.get(video, standing), standing, key=lambda entry: entry[:2])
    return {video: path for video, (_, _, path) in found.items()}


def _projects_in(folder: Path, *, deep: bool) -> list[Path]:
    try:
        if not deep:
            return sorted(folder.glob(f"*{PROJECT_SUFFIX}"))
        found: list[Path] = []
        for place, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if BATCH_RESULT not in names:  # a person does not work in the results of a batch
                shown = sorted(name for name in names if not name.startswith("."))
                found += [Path(place, name) for name in shown if name.endswith(PROJECT_SUFFIX)]
    except OSError:
        return []
    return found
