"""Ctrl+C in the middle of the work: exit code 130, one line, nothing half-written."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.trackers import ScriptedTracker

# Tracks with a tracker that, at its fifth frame, tells that it is there and then waits for the signal.
PROGRAM = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background of a shell ignores it
import app.cli.track
from app.cli.main import main
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

class WaitingTracker(ScriptedTracker):
    def on_update(self):
        super().on_update()
        if self.updates == 5:
            print("ready", flush=True)
            time.sleep(60)

app.cli.track.loaded_tracker = lambda name, **how: WaitingTracker([Box(1, 1, 9, 9)])
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_while_tracking_leaves_one_line_and_no_file(project_root: Path, clip: Path, tmp_path: Path) -> None:
    words = ("track", clip, "--box", "40,20,20,10", "--project", tmp_path / "new.siamark")
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, words), "--export", f"mot:{tmp_path / 'tracks.txt'}"],
        cwd=project_root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "")
    assert complained == "Interrupted; nothing is left half-written.\n"
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_the_project_is_written_leaves_none(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(store: object, track_id: int, records: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.store.project_store.ProjectStore.put_records", interrupt)
    words = ("--box", "40,20,20,10", "--tracker", "scripted", "--project", tmp_path / "new.siamark")
    answer = run("track", clip, *words)
    assert (answer.code, answer.said) == (130, "")
    assert answer.complained == "Interrupted; nothing is left half-written.\n"
    assert list(tmp_path.iterdir()) == []
