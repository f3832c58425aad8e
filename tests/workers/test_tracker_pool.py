from __future__ import annotations

import gc
import hashlib
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.assist.loaded_tracker import LoadedTracker
from app.settings.tracker_choice import TrackerChoice
from app.workers.tracker_pool import TrackerLoadError, TrackerPool, load_from
from tests.support.model_files import save_small_model
from tests.support.trackers import IdentityTracker
from tracker_core.tracker import Place

AUTO = TrackerChoice("identity")
PROGRAM = """
import sys
from pathlib import Path
import app.controllers.tracking, app.controllers.score_map
from app.workers.tracker_pool import TrackerPool, load_from
TrackerPool(load_from(Path('.')))
print(*(name for name in ("torch", "safetensors") if name in sys.modules))
"""


def test_a_tracker_is_loaded_once_however_many_threads_ask() -> None:
    loads: list[TrackerChoice] = []
    all_ask = threading.Barrier(4)

    def load(choice: TrackerChoice) -> LoadedTracker:
        loads.append(choice)
        return LoadedTracker(IdentityTracker())

    def ask() -> None:
        all_ask.wait(5)
        got.append(pool.tracker(AUTO))

    pool, got = TrackerPool(load), list[LoadedTracker]()
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert loads == [AUTO]
    assert len(got) == 4
    assert len(set(map(id, got))) == 1


@pytest.mark.parametrize("other", [replace(AUTO, device="cpu"), replace(AUTO, precision="bf16")])
def test_another_device_or_precision_is_another_tracker(other: TrackerChoice) -> None:
    pool = TrackerPool(lambda choice: LoadedTracker(IdentityTracker()))
    assert pool.tracker(AUTO) is not pool.tracker(other)


def test_loaded_answers_without_loading() -> None:
    pool = TrackerPool(lambda choice: LoadedTracker(IdentityTracker()))
    assert pool.loaded(AUTO) is None
    tracker = pool.tracker(AUTO)
    assert pool.loaded(AUTO) is tracker


def test_a_tracker_that_cannot_be_loaded_is_tried_again_next_time() -> None:
    answers: list[LoadedTracker | Exception] = [ValueError("there is no such file"), LoadedTracker(IdentityTracker())]

    def load(choice: TrackerChoice) -> LoadedTracker:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    pool = TrackerPool(load)
    with pytest.raises(TrackerLoadError, match=r"^The tracker small could not be loaded: there is no such file\.$"):
        pool.tracker(TrackerChoice("small"))
    assert pool.tracker(TrackerChoice("small")).tracker.name == "identity"


def test_a_name_that_is_another_file_s_now_is_loaded_again() -> None:
    pool = TrackerPool(lambda choice: LoadedTracker(IdentityTracker()))
    other = TrackerChoice("other")
    before, kept = pool.tracker(AUTO), pool.tracker(other)
    pool.forget("identity")
    assert pool.loaded(AUTO) is None
    assert pool.tracker(AUTO) is not before
    assert pool.tracker(other) is kept


def test_a_person_s_model_is_loaded_with_what_tells_it_from_others(tmp_path: Path) -> None:
    path = save_small_model(tmp_path / "mine.safetensors")
    loaded = load_from(tmp_path)(TrackerChoice("mine", device="cpu", precision="bf16"))
    assert loaded.tracker.name == "mine"
    assert loaded.tracker.place == Place("cpu", "bf16")
    assert loaded.family == "siamrpnpp"
    assert loaded.weights == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_window_gets_its_controllers_and_a_pool_without_torch(project_root: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=project_root, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == []


def test_only_the_trackers_used_last_are_kept() -> None:
    loads: list[str] = []

    def load(choice: TrackerChoice) -> LoadedTracker:
        loads.append(choice.name)
        return LoadedTracker(IdentityTracker())

    pool = TrackerPool(load)
    for name in ("a", "b", "c", "a", "d"):
        pool.tracker(TrackerChoice(name))
    assert loads == ["a", "b", "c", "d"]
    assert pool.loaded(TrackerChoice("b")) is None
    assert all(pool.loaded(TrackerChoice(name)) is not None for name in "acd")


def test_a_loaded_tracker_makes_collections_short(tmp_path: Path) -> None:
    gc.unfreeze()
    save_small_model(tmp_path / "mine.safetensors")
    TrackerPool(load_from(tmp_path)).tracker(TrackerChoice("mine", device="cpu"))
    try:
        assert "torch" in sys.modules
        assert gc.get_freeze_count() > len(gc.get_objects())
    finally:
        gc.unfreeze()
