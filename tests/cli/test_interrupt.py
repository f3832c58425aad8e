"""Ctrl+C in the middle of the work: exit code 130, one line, nothing half-written."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.stores import frames_in
from tests.support.trackers import ScriptedTracker

# Tracks with a tracker that, at its fifth frame, tells that it is there and then waits for the signal.
PROGRAM = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background of a shell ignores it
import app.cli.track
from app.assist.loaded_tracker import LoadedTracker
from app.cli.main import main
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

class WaitingTracker(ScriptedTracker):
    def on_update(self):
        super().on_update()
        if self.updates == 5:
            print("ready", flush=True)
            time.sleep(60)

app.cli.track.loaded_tracker = lambda name, **how: LoadedTracker(WaitingTracker([Box(1, 1, 9, 9)]))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
@pytest.mark.parametrize("with_project", [False, True])
def test_ctrl_c_while_tracking_keeps_the_project_and_writes_no_export(
    project_root: Path, clip: Path, tmp_path: Path, with_project: bool
) -> None:
    project = tmp_path / "new.siamark"
    outputs = ["--export", f"mot:{tmp_path / 'tracks.txt'}", *(["--project", project] if with_project else [])]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, ("track", clip, "--box", "40,20,20,10", *outputs))],
        cwd=project_root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "")
    *kept, interrupted = complained.splitlines()
    assert interrupted == "Interrupted; nothing is left half-written."
    assert [path.name for path in tmp_path.iterdir()] == (["new.siamark"] if with_project else [])
    assert kept == ([f"{project} keeps the 5 frames tracked so far."] if with_project else [])
    if with_project:
        assert frames_in(project) == [0, 1, 2, 3, 4]


def test_ctrl_c_while_the_project_is_written_leaves_none(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(store: object, track: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.store.project_store.ProjectStore.insert_track", interrupt)
    words = ("--box", "40,20,20,10", "--tracker", "scripted", "--project", tmp_path / "new.siamark")
    answer = run("track", clip, *words)
    assert (answer.code, answer.said) == (130, "")
    assert answer.complained == "Interrupted; nothing is left half-written.\n"
    assert list(tmp_path.iterdir()) == []
