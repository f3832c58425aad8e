"""A project's video at another place than the one that the project names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.model.project import VideoReference
from app.video.expected import check_is
from app.video.source import open_source


def moved_to(path: Path, video: VideoReference) -> VideoReference:
    """The video as it is found at ``path``, known by its content.

    Raises:
        VideoError: if nothing there is that video.
    """
    source = open_source(path, known_as=video.fingerprint)
    try:
        check_is(source.info, video)
        return replace(video, path=source.info.path)
    finally:
        source.close()
