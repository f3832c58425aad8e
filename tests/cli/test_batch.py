"""``batch`` as a person meets it. What a batch does is tested in tests/batch."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import app.cli.batch
from tests.support.batch_trackers import load_drifting
from tests.support.batches import SEAT
from tests.support.commands import Run


@pytest.fixture
def manifest(tmp_path: Path, clip: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A job that can be done; its tracker follows nothing."""
    monkeypatch.setattr(app.cli.batch, "load_tracker", load_drifting)
    monkeypatch.setattr(app.cli.batch, "seats_here", lambda device, precision, processes: [SEAT])
    path = tmp_path / "jobs.toml"
    path.write_text(f'[[job]]\nname = "good"\nvideo = "{clip}"\nboxes = [[40, 20, 20, 10]]\n')
    return path


def test_jobs_are_done_told_and_summed_up_and_a_second_time_left_alone(run: Run, manifest: Path) -> None:
    out = manifest.with_name("out")
    words = ("batch", manifest, "--out", out, "--tracker", "siamrpnpp_tiny", "--export", "mot")
    answer = run(*words)
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said.splitlines()[0].startswith("good: 30 boxes of 1 track, 0 doubts, in ")
    assert answer.said.splitlines()[-1] == f"1 job: 1 done, 0 failed. {out / 'summary.json'} says more."
    assert (out / "good" / "tracks.mot.txt").exists()
    told = json.loads((out / "summary.json").read_text())
    assert (told["done"], told["device"], told["precision"]) == (1, "cpu", "float32")
    assert run(*words).said.splitlines()[0] == "good: done before."


def test_a_job_that_fails_is_named_on_standard_error_and_in_the_exit_code(run: Run, manifest: Path) -> None:
    with manifest.open("a") as file:
        file.write('[[job]]\nvideo = "gone.mp4"\nboxes = [[40, 20, 20, 10]]\n')
    answer = run("batch", manifest, "--out", manifest.with_name("out"), "--tracker", "siamrpnpp_tiny")
    assert answer.code == 1
    assert answer.complained.startswith("gone failed: ")
    assert answer.complained.count("\n") == 1
    assert "2 jobs: 1 done, 1 failed." in answer.said


@pytest.mark.parametrize(
    "words",
    [
        ("--tracker", "nobody"),
        ("--export", "word"),
        ("--processes", "0"),
        ("--device", "abacus"),
    ],
)
def test_bad_options_are_refused_in_one_line_and_nothing_is_begun(
    run: Run, manifest: Path, words: tuple[str, str]
) -> None:
    out = manifest.with_name("out")
    assert run("batch", manifest, "--out", out, *words).is_refusal
    assert not out.exists()


def test_a_cluster_without_its_package_is_refused_in_one_line(
    run: Run, manifest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    answer = run("batch", manifest, "--out", manifest.with_name("out"), "--ray", "auto")
    assert answer.is_refusal
    assert "pip install ray" in answer.complained


def test_a_bad_manifest_is_refused_in_one_line(run: Run, manifest: Path) -> None:
    out = manifest.with_name("out")
    manifest.write_text("[[job]]\n")
    answer = run("batch", manifest, "--out", out)
    assert answer.is_refusal
    assert "job 1: give one of boxes, detections, detector and project" in answer.complained
    assert run("batch", manifest.with_name("none.toml"), "--out", out).is_refusal
    assert not out.exists()
