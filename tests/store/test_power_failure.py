"""Settled commits survive a power failure at any moment, and the file is always a consistent project."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from app.store.errors import UnreadableProjectError
from app.store.project_store import ProjectStore
from tests.support.power_failure import Act, Disk, build_watcher, watch

FAILURES = 40
TRACKS, EDITS, ROWS = 3, 200, 60  # enough edits for the log to be merged into the file in between

WORK = f"""
import os, sys
from pathlib import Path
from app.model.box_record import keyframe
from app.model.track import Track
from app.store.project_store import ProjectStore
from tests.support.annotated_projects import VIDEO
from tracker_core.geometry import Box

folder = Path(sys.argv[1])
said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT)

def say(word, number):
    os.write(said, f"{{word}} {{number}}\\n".encode())

store = ProjectStore.create(folder / "a.siamark", VIDEO)
say("made", 0)
for track_id in range(1, {TRACKS} + 1):
    store.put_track(Track(track_id, "car", "#3b82f6"))
for number in range(1, {EDITS} + 1):
    with store.transaction():
        for track_id in range(1, {TRACKS} + 1):
            store.put_records(track_id, {{row: keyframe(Box(row, number, 3, 4)) for row in range({ROWS})}})
    say("done", number)
    if number % 25 == 0:
        store.settle()
        say("settled", number)
store.close()
say("settled", {EDITS})
"""


@pytest.fixture(scope="module")
def watcher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = build_watcher(tmp_path_factory.mktemp("watcher"))
    if library is None:
        pytest.skip("needs Linux and a C compiler")
    return library


@pytest.fixture(scope="module")
def acts(watcher: Path, tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> list[Act]:
    room = tmp_path_factory.mktemp("power")
    (room / "work").mkdir()
    return watch(WORK, library=watcher, folder=room / "work", log=room / "log", root=project_root)


def said(act: Act) -> tuple[str, int] | None:
    if act.kind != "W" or not act.name.endswith("/said"):
        return None
    word, number = act.data.decode().split()
    return word, int(number)


def state_of(path: Path) -> int:
    """The last edit that a project has. It is there whole, in all rows of all tracks."""
    store = ProjectStore.open(path)
    try:
        project = store.load()
    finally:
        store.close()
    rows = [record.box for track in project.tracks.values() for _, record in track.items()]
    if not rows:
        return 0
    (edit,) = {box.y for box in rows if box is not None}
    assert len(rows) == TRACKS * ROWS
    return int(edit)


def test_the_watcher_sees_what_the_store_does(acts: list[Act]) -> None:
    kinds = {act.kind for act in acts}
    assert kinds >= {"C", "W", "B", "E", "L", "U"}
    flushed = {Path(act.name).name for act in acts if act.kind == "E"}
    assert {"a.siamark-wal", "a.siamark"} <= flushed  # the log soon after each commit, the file as the log is merged


def test_a_power_failure_at_any_moment_loses_nothing_that_was_settled(acts: list[Act], tmp_path: Path) -> None:
    chance = Random(1)
    moments = {*chance.sample(range(len(acts)), FAILURES), len(acts) - 1}
    disk = Disk(Path(acts[0].name).parent)
    done = settled = 0
    is_made = False
    for number, act in enumerate(acts):
        disk.do(act)
        match said(act):
            case ("made", _):
                is_made = True
            case ("done", edit):
                done = edit
            case ("settled", edit):
                settled = edit
        if number not in moments:
            continue
        left = tmp_path / f"left-{number}"
        disk.after_failure(left, chance)
        path = left / "a.siamark"
        if not is_made and not path.exists():
            continue
        assert settled <= state_of(path) <= done + 1, f"after act {number}"


def test_what_is_not_flushed_may_be_lost_so_the_test_can_fail(acts: list[Act], tmp_path: Path) -> None:
    """The same disk that never flushes: something that was settled is lost, or the project cannot be read."""
    chance = Random(2)
    disk = Disk(Path(acts[0].name).parent)
    for act in acts:
        if act.kind not in "BE" or act.name.endswith("partial") or act.name == str(Path(acts[0].name).parent):
            disk.do(act)
    lost = 0
    for number in range(10):
        left = tmp_path / f"left-{number}"
        disk.after_failure(left, chance)
        try:
            lost += state_of(left / "a.siamark") < EDITS
        except (UnreadableProjectError, FileNotFoundError, AssertionError, ValueError):
            lost += 1
    assert lost > 0
