"""Set-up for every test: no display, its own home folder, few threads for torch, and a check that no thread is left
running.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.support.seconds import Meter, longer_tests

if TYPE_CHECKING:
    from app.assist.learning import LearningOutcome

PROJECT_ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = PROJECT_ROOT.parent / "shared" / "data"

# Set while this file is read, since Qt, torch and OpenMP read their variables once, when they are first imported.
_home = tempfile.TemporaryDirectory(prefix="siamark-tests-")
os.environ["HOME"] = os.environ["USERPROFILE"] = _home.name
for _variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
    _folder = Path(_home.name, _variable.lower())
    _folder.mkdir(mode=0o700)
    os.environ[_variable] = str(_folder)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["SIAMARK_RUNTIME"] = "torch"  # the same answers whether or not OpenVINO is installed
os.environ.setdefault("OMP_NUM_THREADS", "1" if "PYTEST_XDIST_WORKER" in os.environ else "2")

# No deadlines, because machines may be busy; and with CI set, the same examples each time.
hypothesis.settings.register_profile("siamark", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.register_profile("fast", parent=hypothesis.settings.get_profile("siamark"), max_examples=20)
hypothesis.settings.load_profile("siamark")  # or "fast", by pytest's option: script/test --fast


# As in the program (``app/workers/garbage.py``): objects of an earlier window must not be destroyed on a later one's
# threads.
gc.disable()
TESTS_PER_COLLECTION = 40
_tests_since_collection = 0


def pytest_collection_finish() -> None:
    """Exclude everything imported from garbage collection, which saves 0.3 s a collection and 40 s of a whole run."""
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    global _tests_since_collection
    _tests_since_collection += 1
    if _tests_since_collection == TESTS_PER_COLLECTION:
        _tests_since_collection = 0
        gc.collect()


def pytest_unconfigure() -> None:
    _home.cleanup()


REAL_TRAININGS = {"square_outcome", "taught"}
"""Fixtures that train a network, which takes more than 5 seconds."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="leave out long tests: script/test --fast")
    parser.addoption("--measure", action="store_true", help="measure the tests anew: script/test --measure")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--measure"):
        config.pluginmanager.register(Meter(config))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if not REAL_TRAININGS.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
    if config.getoption("--fast"):
        longer = longer_tests()
        left_out = [item for item in items if item.get_closest_marker("slow") or item.nodeid in longer]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    # Slow files first, so that no core is left alone with one at the end.
    slow_files = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow_files)
    if SHARED_DATA.is_dir():
        return
    skip = pytest.mark.skip(reason="the shared data sets (../shared/data beside the project) are not there")
    for item in items:
        if item.get_closest_marker("shared_data"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def project_root() -> Path:
    return PROJECT_ROOT


@pytest.fixture
def shared_data(request: pytest.FixtureRequest) -> Path:
    """The folder of the shared data sets, for tests that carry the marker ``shared_data``."""
    if not request.node.get_closest_marker("shared_data"):
        pytest.fail("mark a test that uses shared_data with @pytest.mark.shared_data, so that it can be skipped")
    return SHARED_DATA


@pytest.fixture(scope="session")
def square_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of images in which a square moves."""
    from tests.support.learning import write_square_video

    return write_square_video(tmp_path_factory.mktemp("squares") / "squares")


@pytest.fixture(scope="session")
def untaught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weights of a tiny tracker that has learnt nothing."""
    from tests.support.learning import save_untaught

    return save_untaught(tmp_path_factory.mktemp("untaught") / "untaught.safetensors")


@pytest.fixture(scope="session")
def square_outcome(square_video: Path, untaught: Path) -> LearningOutcome:
    """The result when that tracker learns from the squares by the real training. Slow: see ``REAL_TRAININGS``."""
    from app.assist.learning import Learning
    from tests.support.learning import square_task, taught_eagerly

    return Learning(square_task(square_video, untaught), trainer=taught_eagerly).run()


@pytest.fixture(scope="session")
def taught(square_outcome: LearningOutcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weights of the tiny tracker when it has learnt."""
    assert square_outcome.learnt is not None
    path = tmp_path_factory.mktemp("taught") / "taught.safetensors"
    path.write_bytes(square_outcome.learnt.weights)
    return path


@pytest.fixture(autouse=True)
def _no_thread_left_running(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a QThread running, because that would crash a later test, far from the cause."""
    if "qapp" not in request.fixturenames:
        yield
        return

    from PySide6.QtCore import QThread, QThreadPool
    from shiboken6 import isValid

    started: list[QThread] = []
    start = QThread.start

    def start_and_remember(thread: QThread, *priority: Any) -> None:
        started.append(thread)
        start(thread, *priority)

    monkeypatch.setattr(QThread, "start", start_and_remember)
    yield
    left = [thread for thread in started if isValid(thread) and not thread.wait(1000)]
    names = [thread.objectName() or type(thread).__name__ for thread in left]
    for thread in left:
        thread.requestInterruption()
        thread.quit()
        thread.wait(2000)
    if not QThreadPool.globalInstance().waitForDone(1000):
        names.append("a task in the global QThreadPool")
    assert not names, f"still running after the test: {', '.join(names)}"
