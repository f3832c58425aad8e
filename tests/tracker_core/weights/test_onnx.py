"""NanoTrack's two ONNX files become the model that its checkpoint becomes; other files are refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.onnx_bytes import field, varint_field
from tests.support.nanotrack_networks import random_nanotrack_network, smooth_noise
from tests.support.onnx_files import (
    assert_same_answers,
    backbone_steps,
    graph,
    head_steps,
    tensor,
    write_nanotrack,
)
from tracker_core.trackers.nanotrack_network import NanoTrackConfig, NanoTrackNetwork
from tracker_core.weights.adding import add_model
from tracker_core.weights.catalog import Model
from tracker_core.weights.files import read_weights
from tracker_core.weights.keeping import ModelError
from tracker_core.weights.onnx_file import OnnxError, read_onnx

VERSIONS = [1, 2, 3]
PICTURES = {"exemplar": smooth_noise(127, seed=1), "search": smooth_noise(223, seed=2)}


def network_of(model: Model) -> NanoTrackNetwork:
    network = NanoTrackNetwork(NanoTrackConfig(**model.network)).eval()
    network.load_state_dict(read_weights(model.path).tensors, strict=False)
    return network


def for_bgr(network: NanoTrackNetwork) -> NanoTrackNetwork:
    """A published network takes BGR, an added one RGB."""
    stem = network.backbone.features[0][0]  # type: ignore[index]
    with torch.no_grad():
        stem.weight.copy_(stem.weight.flip(1).clone())
    return network


@pytest.mark.parametrize("version", VERSIONS)
def test_two_files_become_the_network_that_they_are_of(version: int, tmp_path: Path) -> None:
    network = random_nanotrack_network(version)
    backbone, head = write_nanotrack(tmp_path / "files", network)
    model = add_model(head, folder=tmp_path / "models")  # either of the two
    assert (model.name, model.family.name) == (f"nanotrack-v{version}", "nanotrack")
    assert model.source["file"] == f"{backbone.name}, {head.name}"
    assert f"NanoTrack, version {version}: NanoTrack with 0." in model.card
    assert_same_answers(for_bgr(network_of(model)), network, **PICTURES)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_checkpoint_becomes_the_same_network(version: int, tmp_path: Path) -> None:
    network = random_nanotrack_network(version)
    channels = {1: 64, 2: 64, 3: 96}[version]
    neck = {"neck.downsample.0.weight": torch.rand(channels, channels, 1, 1)}
    neck |= {f"neck.downsample.1.{part}": torch.rand(channels) for part in ("weight", "bias", "running_mean")}
    neck["neck.downsample.1.running_var"] = torch.rand(channels)
    file = tmp_path / "nano.pth"
    torch.save({"epoch": 3, "state_dict": network.state_dict() | neck, "optimizer": {}}, file)
    model = add_model(file, folder=tmp_path / "models")
    assert model.name == f"nanotrack-v{version}"
    assert_same_answers(for_bgr(network_of(model)), network, **PICTURES)


@pytest.mark.shared_data
@pytest.mark.parametrize("version", VERSIONS)
def test_the_published_files_agree_with_each_other(version: int, shared_data: Path, tmp_path: Path) -> None:
    peer = shared_data.parent / "peers" / f"nanotrackv{version}"
    models = [
        add_model(next(peer.glob(pattern)), folder=tmp_path, name=name)
        for pattern, name in (("*.pth", "torch"), ("*backbone*.onnx", "onnx"))
    ]
    assert models[0].source["layout"] == models[1].source["layout"] == f"nanotrack-v{version}"
    assert models[0].constants == models[1].constants
    one, other = map(network_of, models)
    assert_same_answers(one, other, **PICTURES)


# Files by name


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return write_nanotrack(tmp_path / "files", random_nanotrack_network(1))


def test_both_files_may_be_named_in_either_order_and_lie_anywhere(pair: tuple[Path, Path], tmp_path: Path) -> None:
    backbone, head = pair
    elsewhere = (tmp_path / "elsewhere").with_name("my_HEAD.onnx")
    head.rename(elsewhere)
    for number, (one, other) in enumerate(((backbone, elsewhere), (elsewhere, backbone))):
        assert add_model(one, other=other, folder=tmp_path / "models", name=f"m{number}").name == f"m{number}"


def test_half_a_model_says_which_half_is_missing(pair: tuple[Path, Path], tmp_path: Path) -> None:
    backbone, head = pair
    head.unlink()
    with pytest.raises(ModelError, match=r"sim\.onnx is only the backbone of a model, and its head is missing"):
        add_model(backbone, folder=tmp_path / "models")
    with pytest.raises(ModelError, match="are both called backbone"):
        add_model(backbone, other=backbone, folder=tmp_path / "models")
    with pytest.raises(ModelError, match=r"head\.onnx is not there"):
        add_model(backbone, other=tmp_path / "head.onnx", folder=tmp_path / "models")
    model = backbone.rename(tmp_path / "model.onnx")
    with pytest.raises(ModelError, match=r"model\.onnx does not say what it is"):
        add_model(model, folder=tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_two_files_of_which_one_is_whole_are_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    torch.save({}, tmp_path / "a.pth")
    with pytest.raises(ModelError, match=r"a\.pth is a whole model; leave .*head_sim\.onnx out"):
        add_model(tmp_path / "a.pth", other=pair[1], folder=tmp_path / "models")


# Graphs of something else


def test_a_layer_of_another_shape_and_one_too_many_are_named(tmp_path: Path) -> None:
    network = random_nanotrack_network(3)
    backbone, head = write_nanotrack(tmp_path / "files", network)
    steps = head_steps(network)
    operator, name, weight, bias = steps[-1]
    head.write_bytes(graph([*steps[:-1], (operator, name, weight[:3], bias)]))
    with pytest.raises(ModelError, match=r"head_sim\.onnx are nearest to NanoTrack, version 3, but 'bbox_pred\.0"):
        add_model(backbone, folder=tmp_path / "models")
    head.write_bytes(graph([*steps, steps[-1]]))
    with pytest.raises(ModelError, match="have 41 and 45 layers with weights, which no version of NanoTrack has"):
        add_model(backbone, folder=tmp_path / "models")


def test_layers_of_class_and_box_the_other_way_round_are_noticed(tmp_path: Path) -> None:
    network = random_nanotrack_network(2)
    backbone, head = write_nanotrack(tmp_path / "files", network)
    steps = head_steps(network)
    head.write_bytes(graph([*steps[4:8], *steps[:4], *steps[8:]]))
    with pytest.raises(ModelError, match=r"'corr_pw_cls.* stands where a layer of the other branch is expected"):
        add_model(backbone, folder=tmp_path / "models")


def test_numbers_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    network = random_nanotrack_network(1)
    backbone, _ = write_nanotrack(tmp_path / "files", network)
    steps = backbone_steps(network)
    steps[0][2][0, 0, 0, 0] = np.nan
    backbone.write_bytes(graph(steps))
    with pytest.raises(ModelError, match=r"cannot track: its 'backbone\.features\.0\.0\.weight' holds numbers"):
        add_model(backbone, folder=tmp_path / "models")


ONE = torch.ones(1, 1, 1, 1)
BROKEN = {
    "nothing": b"",
    "a text": b"this is no model at all",
    "a length beyond the end": field(7, field(1, b"abc"))[:-2],
    "a length of four thousand million": b"\x3a\xff\xff\xff\xff\x0f",
    "a number without an end": b"\x08" + b"\xff" * 30,
    "a wire type that nobody uses": b"\x3b\x00",
    "fewer numbers than its shape says": field(7, field(5, tensor("w", ONE).replace(b"\x08\x01", b"\x08\x7f", 1))),
    "too many dimensions": field(7, field(5, varint_field(1, 1) * 1000 + tensor("w", ONE))),
    "no weights": field(7, field(1, field(1, b"x") + field(4, b"Relu"))),
    "a graph that is a number": varint_field(7, 3),
    "a node that is a number": field(7, varint_field(1, 3)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / "backbone.onnx"
    path.write_bytes(BROKEN[name])
    with pytest.raises(OnnxError, match=r"^(is|has|describes) [^\n]+$"):
        read_onnx(path)
