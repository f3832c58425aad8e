"""A batch: what a bad job, a dead process and a kill do to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.batch.batch import State
from app.batch.job import FirstBox, Job
from app.batch.places import PlaceError, held
from tests.support.batch_trackers import MARKS
from tests.support.batches import BOX, box_job, carried_out, places, project_in
from tests.support.numbered_clips import Coding, write_clip

WAIT_AT_MOST = 60.0  # seconds; for a process of ours to end


def summary(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "summary.json").read_text())
    return read


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_bad_job_is_named_and_stops_no_other(tmp_path: Path, clip: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film at all")
    jobs = [
        box_job("first", clip),
        box_job("gone", tmp_path / "gone.mp4"),
        box_job("broken", broken),
        replace(box_job("outside", clip), boxes=(FirstBox(BOX, 99),)),
        box_job("unloadable", clip, tracker="broken"),
        box_job("last", clip),
    ]
    reports = carried_out(jobs, tmp_path / "out")
    assert [report.state for report in reports] == ["done", "failed", "failed", "failed", "failed", "done"]
    problems = {report.job.name: report.problem for report in reports if report.problem}
    assert list(problems) == ["gone", "broken", "outside", "unloadable"]
    assert "gone.mp4" in problems["gone"]
    assert "broken.mp4" in problems["broken"]
    assert "its weights are cut off" in problems["unloadable"]
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {".siamark-batch.lock", "first", "last", "summary.json"}
    told = summary(tmp_path / "out")
    assert (told["done"], told["failed"], told["left"], told["tracks"]) == (2, 4, 0, 2)
    assert {job["name"]: job.get("problem") for job in told["jobs"] if "problem" in job} == problems


def test_a_batch_that_is_done_is_left_alone(tmp_path: Path, clip: Path) -> None:
    jobs = [box_job("a", clip), box_job("b", clip)]
    carried_out(jobs, tmp_path / "out")
    before = content(tmp_path / "out")
    reports = carried_out([*jobs, box_job("c", clip)], tmp_path / "out")
    assert [(report.state, report.is_old) for report in reports] == [("done", True), ("done", True), ("done", False)]
    after = content(tmp_path / "out")
    assert {name: after[name] for name in before if name != "summary.json"} == {
        name: data for name, data in before.items() if name != "summary.json"
    }


def test_results_of_another_job_or_of_a_person_are_never_replaced(tmp_path: Path, clip: Path) -> None:
    job = box_job("a", clip)
    carried_out([job], tmp_path / "out")
    (tmp_path / "out" / "b").mkdir()
    (tmp_path / "out" / "b" / "notes.txt").write_text("a person's")
    before = content(tmp_path / "out" / "a")
    other = replace(job, boxes=(FirstBox(BOX, 3),))
    reports = carried_out([other, box_job("b", clip), box_job("c", clip)], tmp_path / "out")
    assert [report.state for report in reports] == [State.FAILED, State.FAILED, State.DONE]
    assert "was made from other boxes, files or settings" in reports[0].problem
    assert "no batch has made it" in reports[1].problem
    assert content(tmp_path / "out" / "a") == before
    assert (tmp_path / "out" / "b" / "notes.txt").read_text() == "a person's"


def test_several_processes_come_to_the_same(tmp_path: Path, clip: Path) -> None:
    jobs = [box_job(f"job {number}", clip) for number in range(4)]
    carried_out(jobs, tmp_path / "one")
    carried_out(jobs, tmp_path / "two", processes=2)
    for job in jobs:
        one, two = tmp_path / "one" / job.name, tmp_path / "two" / job.name
        assert (one / "tracks.mot.txt").read_bytes() == (two / "tracks.mot.txt").read_bytes()
        assert places(project_in(one)) == places(project_in(two))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_process_that_dies_costs_one_more_try_and_then_only_its_job(
    tmp_path: Path, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MARKS, str(tmp_path))
    jobs = [
        box_job("first", clip),
        box_job("unlucky", clip, tracker="deadly once"),
        box_job("deadly", clip, tracker="deadly"),
        box_job("last", clip),
    ]
    reports = carried_out(jobs, tmp_path / "out")
    assert [report.state for report in reports] == ["done", "done", "failed", "done"]
    assert reports[2].problem == "The process that worked on it ended 2 times (signal 9)."
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {".siamark-batch.lock", "first", "unlucky", "last", "summary.json"}


def test_two_batches_do_not_work_in_one_folder(tmp_path: Path, clip: Path) -> None:
    with held(tmp_path / "out"), pytest.raises(PlaceError, match="Another batch works in"):
        carried_out([box_job("a", clip)], tmp_path / "out")
    assert carried_out([box_job("a", clip)], tmp_path / "out").count(State.DONE) == 1


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path, clip: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PlaceError, match="choose another folder"):
        carried_out([box_job("a", clip)], tmp_path / "file" / "out")


MANIFEST = """
export = ["mot"]
[[job]]
name = "a"
video = "{clip}"
boxes = [[40, 20, 20, 10]]
[[job]]
name = "b"
video = "{clip}"
boxes = [[40, 20, 20, 10]]
[[job]]
name = "c"
video = "{clip}"
boxes = [[40, 20, 20, 10]]
"""


@contextmanager
def started(manifest: Path, folder: Path, root: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.support.batches", str(manifest), str(folder)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdout is not None
    return iter(process.stdout.readline, "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("kill_at", ["a done", "at b 1"])
def test_a_batch_that_is_killed_goes_on_where_it_stopped_and_comes_to_the_same(
    tmp_path: Path, clip: Path, project_root: Path, kill_at: str
) -> None:
    manifest, out = tmp_path / "jobs.toml", tmp_path / "out"
    manifest.write_text(MANIFEST.format(clip=clip))
    with started(manifest, out, project_root) as process:
        for line in lines(process):
            if line.startswith(kill_at):
                break
        process.kill()
    done = {path.name for path in out.iterdir() if path.name in "abc"}
    assert done == {"a"}
    kept = {name: content(out / name) for name in done}
    with started(manifest, out, project_root) as process:
        said = [line.split() for line in lines(process) if not line.startswith("at ")]
        assert process.wait(WAIT_AT_MOST) == 0
    assert sorted(said) == [[name, "done", str(name in done)] for name in "abc"]
    assert {name: content(out / name) for name in done} == kept
    _wait_until_gone(out)
    assert {path.name for path in out.iterdir()} == {".siamark-batch.lock", "a", "b", "c", "summary.json"}
    assert summary(out)["done"] == 3
    whole = carried_out([_slow_job(name, clip) for name in "abc"], tmp_path / "whole")
    assert whole.count(State.DONE) == 3
    for name in "abc":
        ours, theirs = out / name, tmp_path / "whole" / name
        assert places(project_in(ours)) == places(project_in(theirs))
        assert (ours / "tracks.mot.txt").read_bytes() == (theirs / "tracks.mot.txt").read_bytes()


def _slow_job(name: str, clip: Path) -> Job:
    return box_job(name, clip, tracker="drifting")


def _wait_until_gone(folder: Path) -> None:
    """The process of the killed batch ends at its next frame, and takes its draft along."""
    ends_at = time.monotonic() + WAIT_AT_MOST
    while any(path.name.endswith(".partial") for path in folder.iterdir()):
        assert time.monotonic() < ends_at, sorted(os.listdir(folder))
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_process_ends_when_its_batch_was_killed(tmp_path: Path, project_root: Path) -> None:
    long = write_clip(tmp_path, Coding(), frames=400)
    manifest, out = tmp_path / "jobs.toml", tmp_path / "out"
    manifest.write_text(f'[[job]]\nvideo = "{long}"\nboxes = [[0, 20, 20, 10]]\n')
    with started(manifest, out, project_root) as process:
        for line in lines(process):
            if line.startswith("at clip 1"):
                break
        (draft,) = (path.name for path in out.iterdir() if path.name.endswith(".partial"))
        process.kill()
    pid = int(draft.split(".")[-2])
    ends_at = time.monotonic() + WAIT_AT_MOST
    while Path(f"/proc/{pid}").exists() and time.monotonic() < ends_at:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
    assert not (out / "clip").exists()
