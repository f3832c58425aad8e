from __future__ import annotations

import copy

import numpy as np
import pytest
import torch
from torch import nn

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, SMALL, random_network, random_tracker
from tracker_core.runtime.placement import (
    DeviceError,
    Placement,
    _seconds,
    available_devices,
    bf16_pays,
    optimise,
    place,
    share_cores,
    to_input,
)
from tracker_core.tracker import Place
from tracker_core.trackers.siamrpnpp import NetworkConfig, SiamRPNPP, SiamRPNPPEngine

FLOAT32 = Placement(torch.device("cpu"), torch.float32)
ALEXNET = NetworkConfig(backbone="alexnet", width=0.1, head_channels=16)


@pytest.mark.parametrize(("cores", "alone", "in_a_crowd"), [(8, 7, 8), (2, 1, 2), (1, 1, 1)])
def test_a_single_target_leaves_a_core_to_the_decoder_and_a_crowd_none(
    monkeypatch: pytest.MonkeyPatch, cores: int, alone: int, in_a_crowd: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    share_cores(targets=1)
    assert torch.get_num_threads() == alone
    share_cores(targets=8)
    assert torch.get_num_threads() == in_a_crowd


@pytest.mark.parametrize("config", [SMALL, ALEXNET], ids=["residual", "alexnet"])
def test_a_folded_network_says_what_the_unfolded_one_says(config: NetworkConfig) -> None:
    network = random_network(config)
    folded = copy.deepcopy(network)
    optimise(folded, FLOAT32)
    assert any(isinstance(module, nn.BatchNorm2d) for module in network.modules())
    assert not any(isinstance(module, nn.BatchNorm2d) for module in folded.modules())
    generator = torch.Generator().manual_seed(0)
    exemplar = torch.rand(1, 3, 127, 127, generator=generator) * 255
    search = torch.rand(1, 3, 255, 255, generator=generator) * 255
    with torch.no_grad():
        expected = network(network.template(exemplar), search)
        found = folded(folded.template(exemplar), search)
    for one, other in zip(found, expected, strict=True):
        assert float((one - other).abs().max()) < 1e-4 * max(1.0, float(other.abs().max()))


def test_boxes_in_bf16_are_near_those_in_float32() -> None:
    images, truth = moving_square(20)
    exact = random_tracker()
    rough = SiamRPNPP("bf16", SiamRPNPPEngine(random_network(), place("cpu", "bf16")), CONSTANTS)
    assert rough.place == Place("cpu", "bf16")
    for number in range(19):
        # each step for itself: a near tie that falls the other way would be carried on through all that follow
        expected, found = (
            tracker.init(images[number], truth[number]).update(images[number + 1]) for tracker in (exact, rough)
        )
        assert found.box.iou(expected.box) > 0.9
        assert found.score == pytest.approx(expected.score, abs=0.05)


def test_auto_is_the_first_device_there_is() -> None:
    devices = available_devices()
    assert devices[-1] == "cpu"
    assert place("auto", "float32").device.type == devices[0]


@pytest.mark.parametrize(("precision", "text"), [("float32", "cpu float32"), ("bf16", "cpu bf16")])
def test_a_placement_says_where_and_how(precision: str, text: str) -> None:
    assert str(place("cpu", precision).place) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("device", ["cuda:99", "tpu", "", "CPU"])
def test_a_device_that_is_not_there_is_named_with_those_that_are(device: str) -> None:
    with pytest.raises(DeviceError, match=rf"no device '{device}' here; choose one of: auto, .*cpu"):
        place(device)


def test_a_picture_goes_in_without_a_copy_in_another_order() -> None:
    image = np.random.default_rng(0).integers(0, 256, (127, 127, 3), np.uint8)
    for dtype in (torch.float32, torch.bfloat16):
        tensor = to_input([image], Placement(torch.device("cpu"), dtype))
        assert tensor.shape == (1, 3, 127, 127)
        assert tensor.dtype == dtype
        assert tensor.is_contiguous(memory_format=torch.channels_last)
        np.testing.assert_array_equal(tensor[0].permute(1, 2, 0).float().numpy(), image)  # exact, in bf16 too


@pytest.mark.parametrize(("exact", "rough", "pays"), [(2.0, 1.0, True), (1.0, 2.0, False), (1.0, 0.95, False)])
def test_bf16_is_taken_where_it_is_clearly_quicker(
    monkeypatch: pytest.MonkeyPatch, exact: float, rough: float, pays: bool
) -> None:
    monkeypatch.setattr("torch.cpu._is_avx512_bf16_supported", lambda: True)
    monkeypatch.setattr(
        "tracker_core.runtime.placement._seconds", lambda dtype: rough if dtype == torch.bfloat16 else exact
    )
    bf16_pays.cache_clear()
    try:
        assert bf16_pays() == pays
        assert place("cpu").dtype == (torch.bfloat16 if pays else torch.float32)
    finally:
        bf16_pays.cache_clear()


def test_without_the_instructions_bf16_is_never_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torch.cpu._is_avx512_bf16_supported", lambda: False)
    bf16_pays.cache_clear()
    try:
        assert place("cpu").dtype == torch.float32
    finally:
        bf16_pays.cache_clear()


def test_a_layer_takes_time_in_both() -> None:
    assert _seconds(torch.float32) > 0
    assert _seconds(torch.bfloat16) > 0
