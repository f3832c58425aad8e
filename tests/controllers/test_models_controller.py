from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from app.controllers.models import ModelsController
from tests.support.model_files import save_small_model
from tests.support.networks import CONSTANTS
from tracker_core.weights.catalog import CatalogError
from tracker_core.weights.published import OnProgress, published_named

WAIT = 30_000  # ms: the first of these imports torch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def controller(qtbot: QtBot, folder: Path) -> ModelsController:
    controller = ModelsController(folder)
    refresh(controller, qtbot)
    return controller


def refresh(controller: ModelsController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.models_changed, timeout=WAIT):
        controller.refresh()


def added(controller: ModelsController) -> list[str]:
    return [model.name for model in controller.models if not model.is_built_in]


def test_a_file_is_added_on_another_thread_and_removed_again(
    controller: ModelsController, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    file = save_small_model(tmp_path / "small.safetensors")
    said: list[str] = []
    controller.busy_changed.connect(said.append)
    with qtbot.waitSignal(controller.added, timeout=WAIT) as done:
        controller.add(file, "mine")
        assert controller.is_busy
        assert added(controller) == []
    assert done.args == ["mine"]
    assert said == ["Adding small.safetensors…", ""]
    assert added(controller) == ["mine"]
    assert controller.constants_of("mine") == CONSTANTS
    with qtbot.waitSignal(controller.removed, timeout=WAIT) as gone:
        controller.remove("mine")
    assert gone.args == ["mine"]
    assert added(controller) == []
    assert not (folder / "mine.safetensors").exists()
    with pytest.raises(CatalogError, match="no tracker 'mine'"):
        controller.constants_of("mine")


def test_a_wrong_file_gets_one_sentence_and_changes_nothing(
    controller: ModelsController, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "letter.pth"
    file.write_text("Dear reader")
    with qtbot.waitSignal(controller.refused, timeout=WAIT) as refused:
        controller.add(file)
    assert refused.args is not None
    assert str(file) in refused.args[0]
    assert "\n" not in refused.args[0]
    assert not controller.is_busy
    assert added(controller) == []


def test_what_comes_with_siamark_stays(controller: ModelsController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.refused, timeout=WAIT) as refused:
        controller.remove("siamrpnpp_small")
    assert refused.args == [
        "siamrpnpp_small comes with Siamark and stays; only models that you have added can be removed"
    ]
    assert "siamrpnpp_small" in [model.name for model in controller.trackers]


def test_a_damaged_model_is_listed_as_such_and_can_be_removed(
    controller: ModelsController, folder: Path, qtbot: QtBot
) -> None:
    folder.mkdir()
    (folder / "broken.safetensors").write_bytes(b"no")
    refresh(controller, qtbot)
    assert [model.name for model in controller.damaged] == ["broken"]
    assert added(controller) == []
    with qtbot.waitSignal(controller.removed, timeout=WAIT):
        controller.remove("broken")
    assert controller.damaged == ()


def test_the_digest_of_a_file_is_told(controller: ModelsController, qtbot: QtBot) -> None:
    model = controller.models[0]
    with qtbot.waitSignal(controller.digest_found, timeout=WAIT) as found:
        controller.find_digest(model)
    assert found.args == [model.path, hashlib.sha256(model.path.read_bytes()).hexdigest()]


def test_a_download_tells_how_far_it_is_and_can_be_cancelled(qtbot: QtBot, folder: Path) -> None:
    may_go_on = Event()

    def download(address: str, path: Path, on_progress: OnProgress) -> None:
        on_progress(100, 400)
        assert may_go_on.wait(10)
        on_progress(200, 400)
        raise AssertionError("nobody has ended the download")

    controller = ModelsController(folder, download=download)
    published = published_named("mmtracking-lasot")
    assert published is not None
    with qtbot.waitSignal(controller.progressed, timeout=WAIT) as progressed:
        controller.fetch(published)
    assert progressed.args == [100, 400]
    with qtbot.waitSignal(controller.refused, timeout=WAIT) as refused:
        controller.cancel()
        may_go_on.set()
    assert refused.args == ["mmtracking-lasot was not fetched: it was cancelled"]
    assert not list(folder.glob("*.safetensors"))


def test_a_download_that_fails_says_why(qtbot: QtBot, folder: Path) -> None:
    def download(address: str, path: Path, on_progress: OnProgress) -> None:
        raise OSError("there is no connection to the server")

    controller = ModelsController(folder, download=download)
    published = published_named("mmtracking-lasot")
    assert published is not None
    with qtbot.waitSignal(controller.refused, timeout=WAIT) as refused:
        controller.fetch(published)
    assert refused.args is not None
    assert refused.args[0].startswith("mmtracking-lasot could not be fetched from https://")
    assert refused.args[0].endswith("there is no connection to the server")


def test_a_published_model_that_was_added_is_no_longer_offered(
    controller: ModelsController, folder: Path, qtbot: QtBot
) -> None:
    assert "siamfc-pytorch" in [model.name for model in controller.published]
    save_small_model(folder / "siamfc-pytorch.safetensors")
    refresh(controller, qtbot)
    assert "siamfc-pytorch" not in [model.name for model in controller.published]
