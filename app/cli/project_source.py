"""Siamark projects as sources of training pictures: a person's own corrected tracks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.assist.project_pictures import training_instances
from app.model.project import Project, VideoReference
from app.store.autosave import PROJECT_SUFFIX
from app.store.project_store import ProjectStore, StoreError
from app.video.source import FrameSource, VideoError, open_source
from tracker_core.training.sources.reader import AnnotatedPicture, Note, SourceError, SourceReader


def find_projects(place: Path) -> list[SourceReader]:
    """``place`` if it is a project, else all projects in that folder and below it."""
    place = place.absolute()
    if place.is_file():
        return [ProjectReader(place)] if place.suffix == PROJECT_SUFFIX else []
    return [ProjectReader(path) for path in sorted(place.rglob(f"*{PROJECT_SUFFIX}")) if path.is_file()]


@dataclass(frozen=True, slots=True)
class ProjectReader:
    """The frames of one project's video with the boxes that may teach (``assist/project_pictures.py``)."""

    path: Path  # the project file
    kind: Literal["video"] = "video"

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}.{self.path.stem}"

    def mark(self) -> str:
        """Changes if the project's teaching boxes change; not if it is opened or a colour changes."""
        try:
            instances = training_instances(self._project())
        except SourceError as error:
            raise OSError(str(error)) from error
        return hashlib.sha256(repr(instances).encode()).hexdigest()[:16]

    def pictures(self, note: Note) -> Iterator[AnnotatedPicture]:
        project = self._project()
        instances = training_instances(project)
        if not instances:
            raise SourceError(f"nobody has drawn or reviewed a box in {self.path}")
        frames = _opened(project.video)
        try:
            for frame, found in instances.items():
                try:
                    image = frames.read(frame)
                except (VideoError, IndexError):  # damaged, or the video is shorter than it was
                    note("frame that cannot be read", f"frame {frame}")
                    continue
                yield image, found
        finally:
            frames.close()

    def _project(self) -> Project:
        try:
            store = ProjectStore.open(self.path)
            try:
                return store.load()
            finally:
                store.close()
        except StoreError as error:
            raise SourceError(str(error)) from error


def _opened(video: VideoReference) -> FrameSource:
    try:
        frames = open_source(video.path)
    except VideoError as error:
        raise SourceError(str(error)) from error
    info = frames.info
    if (info.width, info.height) != (video.width, video.height):
        frames.close()
        raise SourceError(
            f"{video.path} has {info.width} x {info.height} pixels, but the project was made on {video.width} x "
            f"{video.height}; it is another video"
        )
    return frames
