from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord
from app.model.project import VideoReference
from app.model.track import Track
from app.store.project_store import ProjectStore


@pytest.fixture
def document(tmp_path: Path, qapp: object) -> Iterator[Document]:
    """A project on disk of 1000 frames at 25 a second."""
    video = VideoReference(tmp_path / "clip.mp4", 1000, 640, 480, Fraction(25))
    document = Document()
    document.open(ProjectStore.create(tmp_path / "clip.siamark", video))
    yield document
    document.close()


@pytest.fixture
def session(document: Document) -> Session:
    return Session(document)


@pytest.fixture
def add_track(document: Document) -> Callable[..., Track]:
    def add(track_id: int, records: Mapping[int, BoxRecord | None], *, label: str = "car") -> Track:
        track = Track(track_id, label, "#22c55e")
        track.put(records)
        document.insert_tracks([track])
        return document.opened_project.tracks[track_id]

    return add
