"""Project files for tests: complete, as a crash would leave them, and on a full disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.model.attributes import AttributeChanges, AttributeDefinition, AttributeKind
from app.model.box_codes import BoxCodes
from app.model.certificate import Certificate, DrawnBox, Stratum
from app.model.detection import Detection, Detections
from app.model.note import NotePlace
from app.model.project import Project, Run
from app.model.record_block import BLOCK_FRAMES, ROW_TYPE, count
from app.store.project_store import ProjectStore, StoreError
from app.store.salvage import salvage
from tests.support.annotated_projects import VIDEO, street, tracked
from tracker_core.geometry import Box

RUN = Run(
    1,
    "scripted",
    "2024-05-01T12:00:00+00:00",
    11,
    14,
    "cpu",
    {"window_influence": 0.4},
    family="siamrpnpp",
    weights="0123456789abcdef" * 4,
    precision="bf16",
)

# Hundreds of project files are written and thrown away: in memory where the system has a disk there.
MEMORY_DISK = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def street_with_a_run() -> Project:
    """``street``, on a video with an absolute path, and with one tracking run that made frames 12 and 13 of the car."""
    project = street()
    project.video = replace(VIDEO, path=Path("/videos/street.mp4"))
    project.runs[RUN.id] = RUN
    project.tracks[1].put({frame: tracked(Box(30, 47, 43, 30), 0.75, run_id=RUN.id) for frame in (12, 13)})
    return project


class FillingStore(ProjectStore):
    """A store whose disk can be full: then a write does all it has to do and fails as it is committed."""

    writes_until_full: int | None = None

    @property
    def is_full(self) -> bool:
        return self.writes_until_full == 0

    @is_full.setter
    def is_full(self, is_full: bool) -> None:
        self.writes_until_full = 0 if is_full else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
            if self.is_full:
                raise StoreError("The disk is full.")
            if self.writes_until_full is not None:
                self.writes_until_full -= 1


CERTIFICATE = Certificate(
    "2026-11-30T08:00:00+00:00",
    0.7,
    (Stratum("drawn by a person", 4), Stratum("sure", 17)),
    (
        DrawnBox(1, 0, Box(10, 20, 40, 30), 0, is_right=True),
        DrawnBox(1, 12, Box(30.25, 47, 43, 30), 1, is_right=False),
        DrawnBox(2, 5, Box(203, 101, 20, 60), 1),
    ),
    {1: BoxCodes(0, bytes(range(84))), 2: BoxCodes(4, bytes(12))},
)


BOX = Box(1, 2, 30, 40.5)


def certified_street() -> Project:
    """``street_with_a_run``, with a certificate that is not finished with a note, attributes and detections."""
    project = street_with_a_run()
    project.certificate = CERTIFICATE
    project.notes = {NotePlace(3): "a taxi"}
    lights = AttributeDefinition("lights", AttributeKind.CHOICE, per_frame=True, choices=("off", "on"))
    seats = AttributeDefinition("seats", AttributeKind.NUMBER, low=0, high=8.5)
    project.attributes = {one.name: one for one in (seats, lights)}
    project.tracks[1].changes = AttributeChanges({"lights": ((2, "on"), (12, ""))})
    project.detections = Detections([Detection(1, 3, "car", BOX, 0.5), Detection(2, 0, "bus", BOX)])
    return project


def spoil_record(path: Path, track_id: int, frame: int, **values: float) -> None:
    """Write values of ``record_block.ROW_TYPE`` into the row of a box, as no Siamark writes them; ``place`` is where
    the record stands in its block.
    """
    number, place = divmod(frame, BLOCK_FRAMES)
    with closing(sqlite3.connect(path)) as file:
        asked = "SELECT records FROM block WHERE track_id = ? AND number = ?"
        (block,) = file.execute(asked, (track_id, number)).fetchone()
        held = count(block)
        places, rows = bytearray(block[:held]), np.frombuffer(block[held:], ROW_TYPE).copy()
        position = places.index(place)
        places[position] = int(values.pop("place", place))
        for name, value in values.items():
            rows[name][position] = value
        spoilt = bytes(places) + rows.tobytes()
        file.execute("UPDATE block SET records = ? WHERE track_id = ? AND number = ?", (spoilt, track_id, number))
        file.commit()


def load_as_after_a_crash(path: Path) -> Project:
    """What is in the file and its WAL at this moment, read by another store."""
    with tempfile.TemporaryDirectory(dir=MEMORY_DISK) as folder:
        for file in (path, path.with_name(f"{path.name}-wal")):
            if file.exists():
                shutil.copy(file, folder)
        store = ProjectStore.open(Path(folder, path.name))
        try:
            return store.load()
        finally:
            store.close()


def assert_same(project: Project | None, expected: Project) -> None:
    """Equal in everything that is saved, the order of tracks and labels included."""
    assert project == expected
    assert list(project.tracks) == list(expected.tracks)
    assert list(project.labels) == list(expected.labels)


def frames_in(path: Path) -> list[int]:
    """The frames of the records of the only track in a project file."""
    store = ProjectStore.open(path)
    try:
        (track,) = store.load().tracks.values()
        return [frame for frame, _ in track.items()]
    finally:
        store.close()


def stored(project: Project, path: Path) -> Path:
    """Write a project file and close it."""
    store = ProjectStore.create(path, project.video)
    store.put_project(project)
    store.close()
    return path


def assert_is_told_and_recovered_without(key: str, value: str, path: Path) -> None:
    """A project file with this text under ``key`` is refused, and a copy of what can be read of it lacks only that."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
        connection.commit()
    store = ProjectStore.open(path)
    with pytest.raises(StoreError):
        store.load()
    store.let_go()
    assert salvage(path, path.with_name("recovered.siamark")).unreadable == 1
