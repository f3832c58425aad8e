"""Opens a project file for a command. Its problems become one line, and it is always closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.output import refuse
from app.exchange.errors import ExchangeError
from app.model.project import Project
from app.store.project_store import ProjectStore, StoreError


@contextmanager
def opened_project(path: Path) -> Iterator[tuple[ProjectStore, Project]]:
    """The open store and what it holds."""
    store = ProjectStore.open(path)
    try:
        yield store, store.load()
    finally:
        store.close()


@contextmanager
def exchange_errors_refused() -> Iterator[None]:
    """End the command with one line if a project or a foreign file cannot be read or written."""
    try:
        yield
    except (ExchangeError, StoreError) as error:
        refuse(error)
