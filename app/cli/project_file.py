"""Opens a project file for a command. Its problems become one line, and it is always closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.output import refuse
from app.exchange.errors import ExchangeError
from app.model.project import Project
from app.store.errors import DamagedProjectError
from app.store.project_store import ProjectStore, StoreError
from app.video.info import VideoError
from app.video.moved import moved_to


@contextmanager
def opened_project(path: Path) -> Iterator[tuple[ProjectStore, Project]]:
    """The open store and what it holds."""
    store = ProjectStore.open(path)
    try:
        yield store, store.load()
    finally:
        store.close()


def place_video(project: Project, path: Path | None, *, needed: bool = False) -> None:
    """Take the project's video from ``path``; None: from where the project says.

    Args:
        needed: its frames will be read.

    Raises:
        VideoError: if that video is not there.
    """
    if path is not None:
        project.video = moved_to(path, project.video)
    elif needed and not project.video.path.exists():
        raise VideoError(f"the project's video is not at {project.video.path}; --video says where it is now")


@contextmanager
def exchange_errors_refused() -> Iterator[None]:
    """End the command with one line if a project, its video or a foreign file cannot be read or written."""
    try:
        yield
    except DamagedProjectError as error:
        refuse(f"{str(error).rstrip('.')}: the command recover makes one")
    except (ExchangeError, StoreError, VideoError) as error:
        refuse(error)
