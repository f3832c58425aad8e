"""The layers against the published ones: their names and numbers, and what they compute."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch

from tests.support.networks import SMALL, random_network
from tests.support.siamrpnpp_oracle import Oracle, published_names
from tests.support.siamrpnpp_published import ALEXNET, MOBILENET, RESNET, RESNET_LONG_TERM, RESNET_OTB, thin
from tracker_core.trackers.siamrpnpp_network import NetworkConfig, SiamRPNPPNetwork


@pytest.mark.parametrize(
    ("config", "parameters", "entries", "backbone", "neck"),
    [
        (ALEXNET, 6_251_102, 75, 3.75e6, 0),
        (MOBILENET, 11_150_446, 450, 3.49e6, 0.16e6),
        (RESNET, 53_950_624, 458, 45.53e6, 0.92e6),
        (RESNET_OTB, 53_950_618, 456, 45.53e6, 0.92e6),
        (RESNET_LONG_TERM, 60_018_336, 458, 45.53e6, 1.38e6),
    ],
    ids=["alexnet", "mobilenet_v2", "resnet50", "resnet50_otb", "resnet50_lt"],
)
def test_published_networks_have_as_many_numbers(
    config: NetworkConfig, parameters: int, entries: int, backbone: float, neck: float
) -> None:
    with torch.device("meta"):
        network = SiamRPNPPNetwork(config)
    assert sum(p.numel() for p in network.parameters()) == parameters
    assert len(network.state_dict()) == entries
    assert sum(p.numel() for p in network.backbone.parameters()) == pytest.approx(backbone, abs=5e3)
    assert sum(p.numel() for p in network.neck.parameters()) == pytest.approx(neck, abs=5e3)


def test_the_long_term_network_has_its_published_names_and_shapes() -> None:
    with torch.device("meta"):
        shapes = {
            name: tuple(value.shape)
            for name, value in published_names(SiamRPNPPNetwork(RESNET_LONG_TERM).state_dict()).items()
        }
    for number, inputs, hidden in ((2, 512, 128), (3, 1024, 256), (4, 2048, 512)):
        assert shapes[f"neck.downsample{number}.downsample.0.weight"] == (hidden, inputs, 1, 1)
        assert shapes[f"neck.downsample{number}.downsample.1.running_mean"] == (hidden,)
        for branch, outputs in (("cls", 10), ("loc", 20)):
            head = f"rpn_head.rpn{number}.{branch}"
            assert shapes[f"{head}.conv_kernel.0.weight"] == shapes[f"{head}.conv_search.0.weight"]
            assert shapes[f"{head}.conv_search.0.weight"] == (hidden, hidden, 3, 3)
            assert shapes[f"{head}.head.3.weight"] == (outputs, hidden, 1, 1)
            assert shapes[f"{head}.head.3.bias"] == (outputs,)
    assert shapes["rpn_head.cls_weight"] == shapes["rpn_head.loc_weight"] == (3,)


@pytest.mark.parametrize(
    "config", [ALEXNET, MOBILENET, RESNET, RESNET_OTB, RESNET_LONG_TERM],
    ids=["alexnet", "mobilenet_v2", "resnet50", "resnet50_otb", "resnet50_lt"],
)  # fmt: skip
def test_a_network_computes_the_published_formula(config: NetworkConfig) -> None:
    network = random_network(thin(config)).double()
    if config.weighted:
        torch.nn.init.normal_(network.cls_weight)
        torch.nn.init.normal_(network.loc_weight)
    oracle = Oracle(published_names(network.state_dict()), config.backbone)
    exemplar = torch.rand(1, 3, 127, 127, dtype=torch.float64) * 255
    search = torch.rand(1, 3, config.instance_size, config.instance_size, dtype=torch.float64) * 255
    with torch.no_grad():
        found = network(network.template(exemplar), search)
        expected = oracle.respond(oracle.template(exemplar), search)
    for one, other in zip(found, expected, strict=True):
        assert one.shape[2:] == (5, config.score_size, config.score_size)
        assert other.std() > 0.01
        torch.testing.assert_close(one, other, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"backbone": "vgg"}, "no backbone 'vgg'; known are alexnet, residual, lite0, mobilenet_v2, resnet50"),
        ({"levels": (2, 3)}, "'residual' has one level"),
        ({"weighted": True}, "'residual' has one level"),
        ({"backbone": "resnet50"}, r"stages 2 to 4 in rising order, not \[\]"),
        ({"backbone": "resnet50", "levels": (3,), "neck_channels": (8,)}, r"two or more of the stages 2 to 4"),
        ({"backbone": "resnet50", "levels": (3, 2), "neck_channels": (8, 8)}, r"rising order, not \[3, 2\]"),
        ({"backbone": "resnet50", "levels": (1, 2), "neck_channels": (8, 8)}, r"not \[1, 2\]"),
        ({"backbone": "mobilenet_v2", "levels": (3, 5, 7), "neck_channels": (8, 8)}, "for each of the 3 levels"),
    ],
)
def test_a_description_that_fits_no_network_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(SMALL, **changed)


def test_every_level_and_its_share_learn() -> None:
    network = SiamRPNPPNetwork(replace(thin(RESNET), levels=(2, 3), neck_channels=(8, 16))).train()
    logits, deltas = network(network.template(torch.rand(2, 3, 127, 127)), torch.rand(2, 3, 255, 255))
    (logits.square().mean() + deltas.square().mean()).backward()
    still = [name for name, value in network.named_parameters() if value.grad is None or not value.grad.any()]
    assert still == []


def test_lists_of_a_file_become_what_they_were() -> None:
    read = NetworkConfig(backbone="resnet50", levels=[2, 3, 4], neck_channels=[8, 8, 8])  # type: ignore[arg-type]
    assert read == NetworkConfig(backbone="resnet50", levels=(2, 3, 4), neck_channels=(8, 8, 8))
