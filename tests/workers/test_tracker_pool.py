from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.workers.tracker_pool import TrackerLoadError, TrackerPool
from tests.support.trackers import IdentityTracker
from tracker_core.tracker import Tracker

PROGRAM = """
import sys
import app.controllers.tracking, app.controllers.score_map
from app.workers.tracker_pool import TrackerPool
TrackerPool()
print(*(name for name in ("torch", "safetensors") if name in sys.modules))
"""


def test_a_tracker_is_loaded_once_however_many_threads_ask() -> None:
    loads: list[tuple[str, str]] = []
    all_ask = threading.Barrier(4)

    def load(name: str, device: str) -> Tracker:
        loads.append((name, device))
        return IdentityTracker()

    def ask() -> None:
        all_ask.wait(5)
        got.append(pool.tracker("identity", "auto"))

    pool, got = TrackerPool(load), list[Tracker]()
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert loads == [("identity", "auto")]
    assert len(got) == 4
    assert len(set(map(id, got))) == 1


def test_another_device_is_another_tracker() -> None:
    pool = TrackerPool(lambda name, device: IdentityTracker())
    assert pool.tracker("identity", "cpu") is not pool.tracker("identity", "cuda")


def test_loaded_answers_without_loading() -> None:
    pool = TrackerPool(lambda name, device: IdentityTracker())
    assert pool.loaded("identity", "cpu") is None
    tracker = pool.tracker("identity", "cpu")
    assert pool.loaded("identity", "cpu") is tracker


def test_a_tracker_that_cannot_be_loaded_is_tried_again_next_time() -> None:
    answers: list[Tracker | Exception] = [ValueError("there is no such file"), IdentityTracker()]

    def load(name: str, device: str) -> Tracker:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    pool = TrackerPool(load)
    with pytest.raises(TrackerLoadError, match=r"^The tracker small could not be loaded: there is no such file\.$"):
        pool.tracker("small", "cpu")
    assert pool.tracker("small", "cpu").name == "identity"


def test_the_window_gets_its_controllers_and_a_pool_without_torch(project_root: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=project_root, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == []
