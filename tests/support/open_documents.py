"""A document with a project open, for tests of what edits it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.document.document import Document
from app.model.project import Project
from tests.support.stores import MEMORY_DISK, FillingStore


@contextmanager
def opened(project: Project) -> Iterator[tuple[Document, FillingStore]]:
    """The project, written to a file and opened; the store can be made full."""
    with tempfile.TemporaryDirectory(dir=MEMORY_DISK) as folder:
        store = FillingStore.create(Path(folder, "project.siamark"), project.video)
        store.put_project(project)
        document = Document()
        document.open(store)
        try:
            yield document, store
        finally:
            document.close()
