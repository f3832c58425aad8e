"""Which project goes with which video, found without opening a video: a project says itself what it is about."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from app.store.autosave import PROJECT_SUFFIX, saved_as
from app.store.errors import StoreError
from app.store.looking import look_at_video

BATCH_RESULT = "job.json"  # lies beside the project in the folder of a job


def projects_of_videos(
    videos: Iterable[Path], *, folder: Path, autosaves: Path, is_cancelled: Callable[[], bool] = lambda: False
) -> dict[Path, Path]:
    """The project of each video that has one.

    Projects that a person has saved in or below ``folder`` come before those that videos get by themselves
    (``autosaves``), and of several the one that was written last. A project that cannot be read is about no video here;
    it says so when it is opened.
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
            if BATCH_RESULT not in names:  # what a batch has made is not what a person works in
                shown = sorted(name for name in names if not name.startswith("."))
                found += [Path(place, name) for name in shown if name.endswith(PROJECT_SUFFIX)]
    except OSError:
        return []
    return found
