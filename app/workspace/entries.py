"""The entries of a workspace: what is known about each video, found step by step on another thread."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.model.doubt import DoubtRules
from app.model.project import Project
from app.store.errors import ProjectInUseError, StoreError
from app.store.looking import look_at_project
from app.video.glance import glance
from app.video.info import VideoError
from app.workspace.figures import ProjectFigures, figures_of
from app.workspace.figures_cache import FiguresCache
from app.workspace.projects import projects_of_videos
from app.workspace.videos import find_videos
from tracker_core.tracker import Image

THUMBNAIL = 96, 54  # pixels, width and height


class Progress(StrEnum):
    """How far the work on a video is."""

    NOT_BEGUN = "not begun"
    OPEN = "in work"  # there are tracks, and doubts among them
    FINISHED = "finished"  # nothing is doubtful


@dataclass(frozen=True, slots=True)
class VideoEntry:
    """One video of a workspace.

    ``name``: its path below the workspace's folder. ``opened_at``: when its project was last written, in seconds since
        1970; 0 without a project. ``figures``: None until they are known; ``problem`` may say why they cannot be.
        ``picture``: a thumbnail; None until it is made.
    """

    path: Path
    name: str
    project: Path | None = None
    opened_at: float = 0.0
    seconds: float = 0.0
    frames: int = 0
    picture: Image | None = None
    figures: ProjectFigures | None = None
    problem: str = ""
    video_written_at: float = 0.0  # to see whether ``picture`` is still that of this file

    @property
    def progress(self) -> Progress:
        if self.figures is None or not self.figures.track_count:
            return Progress.NOT_BEGUN
        return Progress.FINISHED if self.figures.is_finished else Progress.OPEN

    @property
    def is_finished(self) -> bool:
        return self.progress is Progress.FINISHED


@dataclass(frozen=True, slots=True)
class WorkspacePlaces:
    """The folders of automatic projects and of cached figures."""

    autosaves: Path
    figures: Path


Cancelled = Callable[[], bool]


def list_videos(folder: Path, places: WorkspacePlaces, *, is_cancelled: Cancelled = lambda: False) -> list[VideoEntry]:
    """List the videos and their projects without opening any of them.

    Raises:
        WorkspaceError: if the folder cannot be read.
    """
    folder = Path(os.path.abspath(folder))
    videos = find_videos(folder, is_cancelled=is_cancelled)
    projects = projects_of_videos(videos, folder=folder, autosaves=places.autosaves, is_cancelled=is_cancelled)
    return [_entry(video, folder, projects) for video in videos]


def looked_into(
    entries: list[VideoEntry],
    places: WorkspacePlaces,
    rules: DoubtRules,
    *,
    in_hand: Mapping[Path, Project] | None = None,
    is_cancelled: Cancelled = lambda: False,
) -> Iterator[VideoEntry]:
    """Yield each entry completed with figures, length and picture.

    Args:
        in_hand: copies of the projects open in this window, by file.
    """
    cache = FiguresCache(places.figures)
    for entry in entries:
        if is_cancelled():
            return
        yield _with_picture(_with_figures(entry, cache, rules, in_hand or {}))


def carried_over(entry: VideoEntry, known: VideoEntry | None) -> VideoEntry:
    """The entry with what an earlier scan has found, until this scan gets there. The picture is kept if the file is the
    same.
    """
    if known is None or known.video_written_at != entry.video_written_at:
        return entry
    seen = replace(entry, picture=known.picture, seconds=known.seconds, frames=known.frames)
    return replace(seen, figures=known.figures) if known.project == entry.project else seen


def refreshed(entry: VideoEntry, project: Project, rules: DoubtRules) -> VideoEntry:
    """The entry, updated from its loaded project."""
    video = project.video
    seconds = float(video.frame_count / video.frame_rate) if video.frame_rate else 0.0
    return replace(entry, figures=figures_of(project, rules), frames=video.frame_count, seconds=seconds, problem="")


def _entry(video: Path, folder: Path, projects: Mapping[Path, Path]) -> VideoEntry:
    project = projects.get(video)
    name = os.path.relpath(video, folder) if video != folder else video.name
    return VideoEntry(video, name, project, _written_at(project), video_written_at=_written_at(video))


def _written_at(path: Path | None) -> float:
    try:
        return 0.0 if path is None else path.stat().st_mtime
    except OSError:
        return 0.0


def _with_figures(
    entry: VideoEntry, cache: FiguresCache, rules: DoubtRules, in_hand: Mapping[Path, Project]
) -> VideoEntry:
    path = entry.project
    if path is None:
        return replace(entry, figures=ProjectFigures())
    if path in in_hand:
        return refreshed(entry, in_hand[path], rules)
    kept = cache.get(path, rules)
    if kept is not None:
        return replace(entry, figures=kept)
    mark = cache.mark(path, rules)
    try:
        entry = refreshed(entry, look_at_project(path), rules)
    except ProjectInUseError:
        return replace(entry, problem="It is open in another window.")
    except StoreError as error:
        return replace(entry, problem=str(error))
    assert entry.figures is not None
    if mark:
        cache.put(path, mark, entry.figures)
    return entry


def _with_picture(entry: VideoEntry) -> VideoEntry:
    if entry.picture is not None:
        return entry
    try:
        seen = glance(entry.path, width=THUMBNAIL[0], height=THUMBNAIL[1])
    except VideoError as error:
        return replace(entry, problem=entry.problem or str(error))
    return replace(
        entry, picture=seen.picture, seconds=entry.seconds or seen.seconds, frames=entry.frames or seen.frames
    )


def next_unfinished(entries: list[VideoEntry], after: Path | None) -> VideoEntry | None:
    """The next unfinished video in this order, starting over at the end; never ``after`` itself."""
    place = next((number for number, entry in enumerate(entries) if entry.path == after), -1)
    order = entries[place + 1 :] + entries[: max(place, 0)]
    return next((entry for entry in order if not entry.is_finished), None)
