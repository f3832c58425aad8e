"""The kill test in short. ``python -m benchmarks.kills`` is the long form; its figures are in docs/reliability.md."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kills import states_of


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_kill_at_any_moment_loses_no_edit_and_leaves_none_half_done(project_root: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "benchmarks.kills", "--kills", "8", "--seed", "3", "--out", str(tmp_path / "kills")]
    ended = subprocess.run(words, cwd=project_root, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "8 kills" in ended.stdout


def test_the_same_seed_is_the_same_work_and_another_is_other_work() -> None:
    assert states_of(1, edits=40) == states_of(1, edits=40)
    assert states_of(1, edits=40) != states_of(2, edits=40)
