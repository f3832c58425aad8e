"""Turns a workspace into a list of jobs, one for each video with a project."""

from __future__ import annotations

import os
from pathlib import Path

from app.batch.job import Job
from app.batch.manifest import Defaults, ManifestError, check_names
from app.model.words import counted
from app.workspace.projects import projects_of_videos
from app.workspace.videos import WorkspaceError, find_videos, folder_name


def jobs_of_workspace(folder: Path, autosaves: Path, defaults: Defaults) -> tuple[list[Job], list[str]]:
    """The jobs, and a sentence about what is left out.

    Raises:
        ManifestError: if the folder cannot be read, or none of its videos has a project.
    """
    folder = Path(os.path.abspath(folder))
    try:
        videos = find_videos(folder)
    except WorkspaceError as error:
        raise ManifestError(str(error)) from None
    projects = projects_of_videos(videos, folder=folder, autosaves=autosaves)
    if not projects:
        raise ManifestError(
            f"None of the {counted(len(videos), 'video')} in {folder} has a project; draw first boxes in the window, "
            "or write a manifest (docs/batch.md)."
        )
    jobs = [
        Job(folder_name(video, folder), defaults.tracker, project=projects[video], exports=defaults.exports)
        for video in videos
        if video in projects
    ]
    check_names(jobs, folder)
    without = len(videos) - len(jobs)
    notes = [f"{counted(without, 'video')} without a project: left out."] if without else []
    return jobs, notes
