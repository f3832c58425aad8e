from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch

from tests.support.checkpoints import random_tensors
from tracker_core.weights import published
from tracker_core.weights.catalog import models
from tracker_core.weights.keeping import ModelError
from tracker_core.weights.layouts.recognise import LAYOUTS
from tracker_core.weights.layouts.siamfc_pytorch import SIAMFC
from tracker_core.weights.published import PUBLISHED, OnProgress, PublishedModel, fetch_model, published_named

BY_NAME = {layout.name: layout for layout in LAYOUTS}


@pytest.mark.parametrize("model", PUBLISHED, ids=lambda model: str(model.name))
def test_the_catalogue_says_what_the_layouts_say(model: PublishedModel) -> None:
    layout = BY_NAME[model.layout]
    assert (model.parameters, model.family, model.licence, model.page) == (
        layout.parameters, layout.family, layout.licence, layout.page,
    )  # fmt: skip
    assert model.is_plain_download == model.name.startswith("mmtracking-")
    if model.is_plain_download:
        assert model.address.startswith("https://")
        assert model.address.endswith(f"-{model.sha256_start}.pth")
        assert len(bytes.fromhex(model.sha256_start)) == 4


def test_names_are_unique_and_every_layout_but_pysots_of_training_can_be_had() -> None:
    assert len({model.name for model in PUBLISHED}) == len(PUBLISHED)
    assert {model.layout for model in PUBLISHED} == set(BY_NAME) - {"pysot-alexnet"}
    assert published_named("mmtracking-uav123") in PUBLISHED
    assert published_named("nobody") is None


def test_the_catalogue_and_what_keeps_models_need_no_torch() -> None:
    program = "import sys, tracker_core.weights.published, tracker_core.weights.keeping; print('torch' in sys.modules)"
    root = Path(published.__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("content") / "a.pth"
    torch.save(random_tensors(SIAMFC.shapes), path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def server(content: bytes) -> Iterator[str]:
    """Of four files: a model, half of it under the whole one's length, an error, and a page in place of the model."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            if name.startswith("gone"):
                self.send_error(404)
                return
            sent = b"<!DOCTYPE html>" if name.startswith("page") else content
            self.send_response(200)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            with suppress(ConnectionError):  # where the reader has had enough
                self.wfile.write(sent[: len(sent) // 2] if name.startswith("half") else sent)

        def log_message(self, *_: object) -> None: ...

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where unfinished files lie."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    return scratch


@pytest.fixture
def model(server: str, content: bytes) -> PublishedModel:
    return PublishedModel(
        "siamfc-there", "SiamFC", "siamfc", "siamfc-pytorch", 2_336_320, "none", "page",
        f"{server}/model.pth", hashlib.sha256(content).hexdigest()[:8],
    )  # fmt: skip


def assert_nothing_is_left(folder: Path, scratch: Path) -> None:
    assert not folder.exists() or not list(folder.iterdir())
    assert not list(scratch.iterdir())


def test_a_plain_download_is_fetched_checked_and_added(
    model: PublishedModel, content: bytes, folder: Path, scratch: Path
) -> None:
    heard: list[tuple[int, int]] = []
    made = fetch_model(model, folder=folder, on_progress=lambda done, total: heard.append((done, total)))
    assert (made.name, made.source["file"]) == ("siamfc-there", "model.pth")
    assert made.source["sha256"] == hashlib.sha256(content).hexdigest()
    assert heard[-1] == (len(content), len(content))
    assert heard == sorted(heard)
    assert len(heard) > 10
    assert model.checked_by == "The first 8 digits of its sha256, all that its publisher gives, are right."
    assert not list(scratch.iterdir())
    assert fetch_model(model, folder=folder, name="again").name == "again"
    assert [one.name for one in models(built_in=scratch, added=folder)] == ["again", "siamfc-there"]


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("gone.pth", "could not be fetched from .*: the server says 404 Not Found"),
        ("half.pth", "could not be fetched from .*: the connection broke off"),
        ("page.pth", "is not what was published: its sha256 begins with [0-9a-f]{8} instead of"),
    ],
)
def test_what_goes_wrong_is_told_in_a_line_and_leaves_nothing(
    model: PublishedModel, server: str, folder: Path, scratch: Path, file: str, problem: str
) -> None:
    with pytest.raises(ModelError, match=rf"^[^\n]*{problem}[^\n]*$"):
        fetch_model(replace(model, address=f"{server}/{file}"), folder=folder)
    assert_nothing_is_left(folder, scratch)


def test_no_connection_is_told(model: PublishedModel, folder: Path, scratch: Path) -> None:
    with pytest.raises(ModelError, match="there is no connection to the server"):
        fetch_model(replace(model, address="http://127.0.0.1:9/model.pth"), folder=folder)
    assert_nothing_is_left(folder, scratch)


def test_another_model_under_the_right_sum_is_refused(model: PublishedModel, folder: Path, scratch: Path) -> None:
    with pytest.raises(ModelError, match="does not have the layout mmtracking-lasot"):
        fetch_model(replace(model, layout="mmtracking-lasot"), folder=folder)
    assert_nothing_is_left(folder, scratch)


def test_an_interruption_leaves_nothing(model: PublishedModel, folder: Path, scratch: Path) -> None:
    def interrupt(done: int, _: int) -> None:
        if done > 1_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_model(model, folder=folder, on_progress=interrupt)
    assert_nothing_is_left(folder, scratch)


def test_more_than_any_model_has_is_not_fetched(
    model: PublishedModel, folder: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "MOST_BYTES", 1_000_000)
    with pytest.raises(ModelError, match="it has more than"):
        fetch_model(model, folder=folder)
    assert_nothing_is_left(folder, scratch)


def never(address: str, path: Path, on_progress: OnProgress) -> None:
    raise AssertionError("fetched")


def test_what_needs_a_browser_and_a_name_that_is_taken_are_refused_unfetched(
    model: PublishedModel, folder: Path
) -> None:
    zoo = published_named("pysot-r50")
    assert zoo is not None
    with pytest.raises(ModelError, match=r"pysot-r50 cannot be fetched by itself; .* from https://.*MODEL_ZOO\.md"):
        fetch_model(zoo, folder=folder, download=never)
    with pytest.raises(ModelError, match="there is a model 'siamrpnpp_small' already"):
        fetch_model(model, folder=folder, name="siamrpnpp_small", download=never)
