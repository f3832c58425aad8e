"""After a crash nothing is asked and nothing is lost; and a window that is closed during a run ends properly."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt

from tests.stories.conftest import Begin
from tests.support.crashing_window import BOX, DIES_AFTER
from tests.support.trackers import ScriptedTracker


def test_a_window_killed_in_the_middle_of_a_run_comes_back_with_all_that_was_tracked(
    begin: Begin, clip: Path, home: Path, project_root: Path
) -> None:
    words = [sys.executable, "-m", "tests.support.crashing_window", str(home), str(clip)]
    death = subprocess.run(words, cwd=project_root, capture_output=True, text=True, timeout=120, check=False)
    assert death.returncode == -signal.SIGKILL, death.stderr

    story = begin()
    story.wait_for_frame(0)
    track = story.track(1)
    record = track.get(0)
    assert record is not None
    assert record.box == BOX
    assert len(track) > DIES_AFTER
    assert story.project.runs[1].tracker == "identity"

    # It goes on as if nothing had been: the run can be done again.
    story.click(BOX.cx, BOX.cy)
    story.track_with()
    assert len(track) == story.project.video.frame_count

    story.window.close()
    assert begin().application.document.project is None  # closed in good order: nothing to come back to


def test_closing_the_window_in_a_run_keeps_what_was_tracked(begin: Begin, clip: Path) -> None:
    tracker = ScriptedTracker([BOX], block_at=30)
    story = begin(clip, tracker=tracker)
    story.application.window.docks["Score map"].close()  # or its questions would count as updates
    story.draw(BOX)
    story.press(Qt.Key.Key_T)
    story.qtbot.waitUntil(tracker.reached.is_set)
    story.qtbot.waitUntil(lambda: len(story.track(1)) > 1)
    kept = dict(story.track(1).items())
    tracker.gate.set()
    story.window.close()

    later = begin(clip)
    assert dict(later.track(1).items()).items() >= kept.items()
