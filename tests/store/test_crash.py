"""What a kill -9 leaves, and two programs on one file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.store.project_store import ProjectStore, StoreError
from tests.support.annotated_projects import VIDEO

BATCH = 30

WRITER = f"""
import sys
from pathlib import Path
from app.model.box_record import keyframe
from app.model.track import Track
from app.store.project_store import ProjectStore
from tracker_core.geometry import Box

store = ProjectStore.open(Path(sys.argv[1]))
store.put_track(Track(1, "car", "#3b82f6"))
print("open", flush=True)
batch = 0
while True:
    frames = range(batch * {BATCH}, (batch + 1) * {BATCH})
    store.put_records(1, {{frame: keyframe(Box(frame, batch, 3, 4)) for frame in frames}})
    batch += 1
    print(batch, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    ProjectStore.create(tmp_path / "a.siamark", VIDEO).close()
    return tmp_path / "a.siamark"


@contextmanager
def writing(path: Path, project_root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that writes batches without end, and says so after each one has returned."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=project_root, stdout=subprocess.PIPE, text=True
    ) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "open\n"
            yield writer
        finally:
            writer.kill()


@pytest.mark.parametrize("batches", [1, 40, 400])  # the last is long enough for the log to be merged in between
def test_a_kill_loses_no_write_that_has_returned(path: Path, project_root: Path, batches: int) -> None:
    with writing(path, project_root) as writer:
        assert writer.stdout is not None
        while int(writer.stdout.readline()) < batches:
            pass
        writer.kill()
        returned = max([batches, *map(int, writer.stdout.read().split())])
    store = ProjectStore.open(path)
    records = dict(store.load().tracks[1].items())
    store.close()
    whole_batches, rest = divmod(len(records), BATCH)
    assert rest == 0
    assert returned <= whole_batches <= returned + 1  # at most the one that was committed and not yet told of
    assert all(
        record.box is not None and record.box.as_tuple() == (frame, frame // BATCH, 3, 4)
        for frame, record in records.items()
    )


def test_a_file_is_open_in_one_program_only_and_free_again_after_a_kill(path: Path, project_root: Path) -> None:
    with writing(path, project_root) as writer:
        with pytest.raises(
            StoreError, match=r"a\.siamark is open in another window or program; close it there first\."
        ):
            ProjectStore.open(path)
        writer.kill()
        writer.wait()
        ProjectStore.open(path).close()


def test_a_file_is_open_once_within_one_program_too(path: Path) -> None:
    first = ProjectStore.open(path)
    with pytest.raises(StoreError, match="is open in another window"):
        ProjectStore.open(path)
    first.close()
    ProjectStore.open(path).close()
