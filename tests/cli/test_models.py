"""``models list`` and ``models info``, and how a tracker is found by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.small_networks import write_small_network
from tracker_core.weights import catalog

CARD = "# Siamark small\n\nTrained on street\nvideos.\n\nMore.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalog's folder: the default tracker with a card, and another without."""
    for name in ("siamrpnpp_small", "other"):
        write_small_network(tmp_path / f"{name}.safetensors")
    (tmp_path / "siamrpnpp_small.md").write_text(CARD)
    monkeypatch.setattr("app.cli_models.models", lambda: catalog.models(built_in=tmp_path))
    monkeypatch.setattr("app.cli_models.model_named", lambda name: catalog.model_named(name, built_in=tmp_path))
    return tmp_path


def test_list_has_a_line_a_tracker_and_marks_the_default(run: Run, folder: Path) -> None:
    answer = run("models", "list")
    assert (answer.code, answer.complained) == (0, "")
    lines = [line.split() for line in answer.said.splitlines()]
    assert lines == [
        ["name", "family", "size", "description"],
        ["other", "siamrpnpp", "0.0", "MB"],
        ["siamrpnpp_small", "siamrpnpp", "0.0", "MB", "default", "Trained", "on", "street", "videos."],
    ]


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
    for words in (("list",), ("info", damaged)):
        answer = run("models", *words)
        assert answer.is_refusal, answer
        assert "damaged.safetensors is not a Siamark weights file" in answer.complained


def test_any_command_refuses_a_device_that_is_not_there_and_weights_cut_short(
    run: Run, clip: Path, tmp_path: Path
) -> None:
    import torch

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
