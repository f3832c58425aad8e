"""``models list``, ``info``, ``add``, ``remove`` and ``default``, and how a tracker is found by its name."""

from __future__ import annotations

import hashlib
import shutil
from functools import partial
from pathlib import Path

import pytest
import torch

from app.cli import models as commands
from app.cli import trackers
from tests.support.checkpoints import random_tensors
from tests.support.commands import Run
from tests.support.nanotrack_networks import random_nanotrack_network
from tests.support.onnx_files import write_nanotrack
from tests.support.small_networks import write_small_network
from tracker_core.weights import catalog, published
from tracker_core.weights.layouts.siamfc_pytorch import SIAMFC

CARD = "# Siamark small\n\nTrained on street\nvideos.\n\nMore.\n"


@pytest.fixture(autouse=True)
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder of the person's models, beside the settings."""
    monkeypatch.setattr(catalog, "models_folder", lambda: tmp_path / "home" / "models")
    for module in (commands, trackers):
        monkeypatch.setattr(module, "models_folder", lambda: tmp_path / "home" / "models")
        monkeypatch.setattr(module, "settings_path", lambda: tmp_path / "home" / "settings.json")
    return tmp_path / "home" / "models"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of Siamark's own: the default tracker with a card, and another without."""
    for name in ("siamrpnpp_small", "other"):
        write_small_network(tmp_path / f"{name}.safetensors")
    (tmp_path / "siamrpnpp_small.md").write_text(CARD)
    for name in ("models", "damaged_models", "model_named"):
        monkeypatch.setattr(commands, name, partial(getattr(catalog, name), built_in=tmp_path))
    return tmp_path


def listed(run: Run) -> list[list[str]]:
    """The words of the lines of ``models list`` about what is there."""
    answer = run("models", "list")
    assert (answer.code, answer.complained) == (0, "")
    return [line.split() for line in answer.said.partition("\nPublished")[0].splitlines() if line]


def test_list_has_a_line_a_tracker_and_marks_the_default(run: Run, folder: Path) -> None:
    assert listed(run) == [
        ["name", "family", "size", "description"],
        ["other", "siamrpnpp", "0.0", "MB"],
        ["siamrpnpp_small", "siamrpnpp", "0.0", "MB", "default", "Trained", "on", "street", "videos."],
    ]


def test_list_marks_what_was_added_and_what_is_damaged(run: Run, folder: Path, added: Path) -> None:
    added.mkdir(parents=True)
    write_small_network(added / "mine.safetensors")
    (added / "broken.safetensors").write_bytes(b"x" * 20)
    lines = listed(run)
    assert lines[3] == ["mine", "siamrpnpp", "0.0", "MB", "added"]
    assert lines[4][:2] == ["broken", "damaged"]


def test_list_shows_the_published_ones_and_how_they_are_had(run: Run, folder: Path) -> None:
    said = run("models", "list").said
    _, plain, by_hand = said.split("\nPublished")
    assert "`models add NAME`" in plain
    assert "mmtracking-lasot " in plain
    assert "Apache-2.0, https://github.com/open-mmlab/mmtracking" in plain
    assert "with a browser" in by_hand
    assert "pysot-r50 " in by_hand
    assert "CC BY-SA 3.0, https://github.com/STVIR/pysot" in by_hand
    assert "download.openmmlab.com" not in said


def test_info_tells_header_constants_and_card(run: Run, folder: Path) -> None:
    answer = run("models", "info", "siamrpnpp_small")
    assert (answer.code, answer.complained) == (0, "")
    lines = answer.said.splitlines()
    assert lines[0] == "siamrpnpp_small (the default)"
    assert lines[-2:] == ["", "Trained on street videos."]
    facts = {tuple(line.rsplit(maxsplit=1)) for line in lines[1:-2]}
    assert {
        ("  family", "siamrpnpp"), ("  network head_channels", "8"), ("  network backbone", "residual"),
        ("  window_influence", "0.4"), ("  card", str(folder / "siamrpnpp_small.md")),
    } <= facts  # fmt: skip


def test_info_of_a_tracker_without_a_card_says_so(run: Run, folder: Path) -> None:
    lines = run("models", "info", "other").said.splitlines()
    assert lines[0] == "other"
    assert lines[-1].split() == ["card", "none"]


def test_a_name_that_is_not_there_and_a_damaged_file_are_refused(run: Run, folder: Path) -> None:
    answer = run("models", "info", "nobody")
    assert answer.is_refusal, answer
    assert "there is no tracker 'nobody'; known are: other, siamrpnpp_small" in answer.complained
    damaged = folder / "damaged.safetensors"
    damaged.write_bytes(b"not weights")
    for words in (("list",), ("info", damaged), ("default", damaged)):
        answer = run("models", *words)
        assert answer.is_refusal, answer
        assert "damaged.safetensors is not a Siamark weights file" in answer.complained


def test_any_command_refuses_a_device_that_is_not_there_and_weights_cut_short(
    run: Run, clip: Path, tmp_path: Path
) -> None:
    weights = write_small_network(tmp_path / "small.safetensors")
    absent = "mps" if torch.cuda.is_available() else "cuda"
    words = ("track", clip, "--box", "40,20,20,10", "--tracker", weights)
    answer = run(*words, "--device", absent)
    assert answer.is_refusal, answer
    assert f"there is no device '{absent}' here" in answer.complained
    weights.write_bytes(weights.read_bytes()[:-100])
    answer = run(*words)
    assert answer.is_refusal, answer
    assert "small.safetensors" in answer.complained


def test_a_path_to_a_weights_file_is_a_name_too(run: Run, clip: Path, tmp_path: Path) -> None:
    weights = write_small_network(tmp_path / "small.safetensors")
    answer = run("track", clip, "--box", "40,20,20,10", "--tracker", weights, "--device", "cpu", "--end", 3)
    assert answer.code == 0
    assert answer.said.splitlines()[1] == "0,1,40.00,20.00,20.00,10.00,"
    assert len(answer.said.splitlines()) == 5


def test_a_checkpoint_is_added_looked_at_made_the_default_and_removed(run: Run, tmp_path: Path, added: Path) -> None:
    file = tmp_path / "model.pth"
    torch.save(random_tensors(SIAMFC.shapes), file)
    answer = run("models", "add", file, "--name", "mine")
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said == "Added mine: SiamFC, recognised as siamfc-pytorch. Licence of the weights: none stated.\n"
    info = run("models", "info", "mine").said
    for fact in ("family", "scale_step", "source sha256", "source page", str(added / "mine.md"), "2.3 million"):
        assert fact in info
    assert run("models", "default", "mine").said == "The default is mine.\n"
    assert next(line[:5] for line in listed(run) if line[0] == "mine") == ["mine", "siamfc", "9.4", "MB", "default,"]
    assert run("models", "remove", "mine").said == "Removed mine.\nThe default is siamrpnpp_small again.\n"
    assert not list(added.iterdir())
    assert trackers.default_tracker() == "siamrpnpp_small"


def test_a_command_takes_the_default_where_no_tracker_is_named(
    run: Run, clip: Path, tmp_path: Path, added: Path
) -> None:
    assert run("models", "add", write_small_network(tmp_path / "mine.safetensors")).code == 0
    assert run("models", "default", "mine").code == 0
    project = tmp_path / "a.siamark"
    answer = run("track", clip, "--box", "40,20,20,10", "--device", "cpu", "--end", 2, "--project", project)
    assert answer.code == 0
    assert b"mine" in project.read_bytes()


def test_what_cannot_be_added_removed_or_chosen_is_refused_in_a_line(run: Run, tmp_path: Path, added: Path) -> None:
    page = tmp_path / "page.pth"
    page.write_text("<html>")
    refusals = {
        ("add", "gone.pth"): "there is neither a file 'gone.pth' nor a published model of that name",
        ("add", page): "page.pth is a web page, not a model",
        ("add", tmp_path): "is a folder",
        ("add", "pysot-r50"): "pysot-r50 cannot be fetched by itself",
        ("add", "mmtracking-lasot", "--layout", "pysot-r50"): "has the layout mmtracking-lasot, not pysot-r50",
        ("add", "mmtracking-lasot", "--name", "siamrpnpp_small"): "there is a model 'siamrpnpp_small' already",
        ("add", page, "--name", "../x"): "is a web page",
        ("remove", "siamrpnpp_small"): "comes with Siamark and stays",
        ("remove", "nobody"): "you have added no model 'nobody'",
        ("default", "nobody"): "there is no tracker 'nobody'",
        ("info", "nobody"): "there is no tracker 'nobody'",
        ("add",): "Missing argument",
    }
    for words, problem in refusals.items():
        answer = run("models", *words)
        assert answer.is_refusal, answer
        assert problem in answer.complained
    assert not added.exists() or not list(added.iterdir())


def test_a_published_model_is_fetched_by_its_name(
    run: Run, tmp_path: Path, added: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "there.pth"
    torch.save(random_tensors(SIAMFC.shapes), content)
    model = published.PublishedModel(
        "siamfc-there", "SiamFC", "siamfc", "siamfc-pytorch", 2_336_320, "MIT", "page", "http://there/a.pth",
        hashlib.sha256(content.read_bytes()).hexdigest()[:8],
    )  # fmt: skip
    monkeypatch.setattr(published, "PUBLISHED", (model,))
    monkeypatch.setattr(published, "_over_http", lambda _, path, __: shutil.copyfile(content, path))
    answer = run("models", "add", "siamfc-there")
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said.splitlines() == [
        "The first 8 digits of its sha256, all that its publisher gives, are right.",
        "Added siamfc-there: SiamFC, recognised as siamfc-pytorch. Licence of the weights: none stated.",
    ]
    assert (added / "siamfc-there.safetensors").is_file()
    info = run("models", "info", "mmtracking-uav123")
    assert info.is_refusal  # it is in the catalogue no more


def test_info_tells_of_a_published_model_how_it_is_had(run: Run) -> None:
    lines = run("models", "info", "mmtracking-uav123").said.splitlines()
    assert lines[0] == "mmtracking-uav123 (published, not added)"
    assert lines[-1].split() == ["fetch", "models", "add", "mmtracking-uav123"]


def test_a_model_in_two_files_is_added_by_one_or_both_of_them(run: Run, tmp_path: Path, added: Path) -> None:
    backbone, head = write_nanotrack(tmp_path / "files", random_nanotrack_network(1))
    answer = run("models", "add", backbone)
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said.startswith("Added nanotrack-v1: NanoTrack, recognised as nanotrack-v1. Licence")
    head = head.rename(tmp_path / "the head.onnx")
    answer = run("models", "add", backbone)
    assert answer.code == 2
    assert "its head is missing" in answer.complained
    assert run("models", "add", head, backbone, "--name", "both").code == 0
    answer = run("models", "add", "mmtracking-lasot", head)
    assert (answer.code, answer.complained) == (2, f"mmtracking-lasot is fetched by its name; leave {head} out.\n")
