from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.model.project import Project
from tests.support.stores import MEMORY_DISK, FillingStore, certified_street


@pytest.fixture
def store() -> Iterator[FillingStore]:
    """The street project on a disk that can be full. ``document`` closes it."""
    project = certified_street()
    with tempfile.TemporaryDirectory(dir=MEMORY_DISK) as folder:
        store = FillingStore.create(Path(folder, "street.siamark"), project.video)
        store.put_project(project)
        yield store


@pytest.fixture
def document(qapp: QApplication, store: FillingStore) -> Iterator[Document]:
    """The street project, open."""
    document = Document()
    document.open(store)
    yield document
    document.close()


@pytest.fixture
def project(document: Document) -> Project:
    """The street project as ``document`` holds it."""
    return document.opened_project
