"""``track`` fails in the middle: what it has found until then is kept, in the project and in the exports asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.assist import headless_run
from app.model.box_record import BoxRecord
from app.store.project_store import ProjectStore, StoreError
from tests.support.commands import Run
from tests.support.damaged_frames import damage
from tests.support.stores import frames_in
from tests.support.trackers import ScriptedTracker

START = ("--box", "40,20,20,10", "--tracker", "scripted")


@pytest.mark.parametrize(
    ("options", "kept"), [([], [0, 1, 2, 3, 4, 5, 6]), (["--backward", "--start", 12], [8, 9, 10, 11, 12])]
)
def test_a_damaged_frame_ends_the_run_and_keeps_those_before(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    options: list[object], kept: list[int],
) -> None:  # fmt: skip
    damage(7, monkeypatch)
    project, mot, coco = tmp_path / "new.siamark", tmp_path / "tracks.txt", tmp_path / "tracks.json"
    answer = run(
        "track", clip, *START, *options, "--project", project, "--export", f"mot:{mot}", "--export", f"coco:{coco}"
    )
    assert answer.code == 1
    places = f"{project} and {mot} and {coco}"
    assert answer.complained == f"Frame 7 is damaged; the {len(kept)} frames until then are kept in {places}.\n"
    assert frames_in(project) == kept
    assert [int(line.split(",")[0]) - 1 for line in mot.read_text().splitlines()] == kept
    assert run("check", coco, "--format", "coco").code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"new.siamark", "tracks.txt", "tracks.json"}


def test_a_tracker_that_fails_is_one_line_and_no_traceback(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path
) -> None:
    tracker.fail_at, tracker.error = 5, RuntimeError("not enough memory:\n  you tried to allocate 4 GB")
    answer = run("track", clip, *START, "--project", tmp_path / "new.siamark")
    assert answer.code == 1
    assert answer.complained == (
        "tracking failed (RuntimeError: not enough memory: you tried to allocate 4 GB); "
        f"the 6 frames until then are kept in {tmp_path / 'new.siamark'}.\n"
    )
    assert frames_in(tmp_path / "new.siamark") == list(range(6))


def test_what_was_found_is_printed_if_nothing_else_was_asked_for(
    run: Run, clip: Path, tracker: ScriptedTracker
) -> None:
    tracker.fail_at = 5
    answer = run("track", clip, *START)
    assert answer.code == 1
    assert [line.split(",")[0] for line in answer.said.splitlines()] == ["frame", "0", "1", "2", "3", "4", "5"]
    assert answer.complained.endswith("the 6 frames until then are kept in the lines printed.\n")


def test_the_project_file_grows_with_the_run(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headless_run, "PERIOD", 0.0)  # write at every frame
    written: list[list[int]] = []
    put = ProjectStore.put_records

    def put_and_note(store: ProjectStore, track_id: int, records: Mapping[int, BoxRecord | None]) -> None:
        put(store, track_id, records)
        written.append(list(records))

    monkeypatch.setattr(ProjectStore, "put_records", put_and_note)
    assert run("track", clip, *START, "--end", 4, "--project", tmp_path / "new.siamark").code == 0
    assert written == [[2], [3], [4]]  # the first two are in the project as it is made
    assert frames_in(tmp_path / "new.siamark") == [0, 1, 2, 3, 4]


def test_a_disk_that_fills_in_the_middle_ends_the_run_and_keeps_what_is_there(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(headless_run, "PERIOD", 0.0)
    put, calls = ProjectStore.put_records, 0

    def put_until_full(store: ProjectStore, track_id: int, records: Mapping[int, BoxRecord | None]) -> None:
        nonlocal calls
        calls += 1
        if calls > 2:  # after the project itself, with frames 0 and 1
            raise StoreError("The disk is full.")
        put(store, track_id, records)

    monkeypatch.setattr(ProjectStore, "put_records", put_until_full)
    answer = run("track", clip, *START, "--project", tmp_path / "new.siamark")
    assert answer.code == 1
    assert answer.complained.startswith("The disk is full; ")
    assert frames_in(tmp_path / "new.siamark") == [0, 1, 2, 3]
