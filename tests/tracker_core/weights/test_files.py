from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
import torch

from tracker_core.weights.files import WeightsError, read_weights, save_weights

TENSORS = {
    "layer.weight": torch.arange(24, dtype=torch.float32).reshape(2, 3, 2, 2),
    "layer.bias": torch.tensor([0.1, -0.2]),
    "layer.num_batches_tracked": torch.tensor(7),
}
CONSTANTS = {"penalty_k": 0.05, "window_influence": 0.4, "size_lr": 0.3}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "small.safetensors"
    save_weights(path, TENSORS, family="siamrpnpp", network={"stem": 8}, constants=CONSTANTS)
    return path


def test_what_was_saved_is_read(path: Path) -> None:
    file = read_weights(path)
    assert (file.family, file.network, file.constants) == ("siamrpnpp", {"stem": 8}, CONSTANTS)
    assert set(file.tensors) == {"layer.weight", "layer.bias"}  # the counter is of no use to anybody
    assert all(torch.equal(file.tensors[name], TENSORS[name]) for name in file.tensors)


def test_tensors_in_another_memory_order_are_saved_by_their_values(path: Path) -> None:
    turned = TENSORS["layer.weight"].contiguous(memory_format=torch.channels_last)
    save_weights(path, {"layer.weight": turned}, family="f", network={})
    assert torch.equal(read_weights(path).tensors["layer.weight"], TENSORS["layer.weight"])


def test_saving_again_replaces_the_file_and_leaves_nothing_beside_it(path: Path) -> None:
    save_weights(path, {"a": torch.zeros(1)}, family="other", network={})
    assert read_weights(path).family == "other"
    assert [entry.name for entry in path.parent.iterdir()] == ["small.safetensors"]


def test_a_save_that_fails_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        save_weights(path, {"a": torch.zeros(1)}, family="other", network={})
    assert path.read_bytes() == before


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"gone\.safetensors is not there"):
        read_weights(tmp_path / "gone.safetensors")


@pytest.mark.parametrize("kept", [0, 5, 60, -1])
def test_a_truncated_file_is_said_to_be_one(path: Path, kept: int) -> None:
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(WeightsError, match=r"small\.safetensors cannot be read .* may be truncated"):
        read_weights(path)


def test_what_is_no_weights_file_is_refused(path: Path) -> None:
    path.write_bytes(b"\x80\x04\x95 a pickle, say, that would run code" * 9)
    with pytest.raises(WeightsError, match="cannot be read as a weights file"):
        read_weights(path)


def test_a_safetensors_file_of_another_program_is_told_apart(path: Path) -> None:
    safetensors.numpy.save_file({"a": np.zeros(3, np.float32)}, path)
    with pytest.raises(WeightsError, match="without Siamark's header"):
        read_weights(path)


@pytest.mark.parametrize("header", ["no JSON", "{}", '{"family": "siamrpnpp"}', '{"family": 1, "network": {}}', "[]"])
def test_a_damaged_header_is_named(tmp_path: Path, header: str) -> None:
    path = tmp_path / "odd.safetensors"
    safetensors.numpy.save_file({"a": np.zeros(1, np.float32)}, path, metadata={"siamark": header})
    with pytest.raises(WeightsError, match=r"odd\.safetensors has a damaged header"):
        read_weights(path)


def test_what_a_score_means_is_kept_beside_all_else(path: Path) -> None:
    reliability = {"score": {"slope": 0.5, "agreement": 3.0, "intercept": -2.0}, "verified": {"score": 1.0}}
    assert read_weights(path).reliability == {}
    replace(read_weights(path), reliability=reliability, source={"file": "a.pth"}).save(path)
    file = read_weights(path)
    assert (file.reliability, file.source) == (reliability, {"file": "a.pth"})
    assert (file.family, file.network, file.constants) == ("siamrpnpp", {"stem": 8}, CONSTANTS)
    assert torch.equal(file.tensors["layer.weight"], TENSORS["layer.weight"])
