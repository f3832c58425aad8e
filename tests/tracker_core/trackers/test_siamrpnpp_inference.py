"""The form that tracks is the trained network: in double precision the two differ by rounding alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from tests.support.networks import SMALL, random_network
from tests.support.siamrpnpp_published import ALEXNET, MOBILENET, RESNET, RESNET_LONG_TERM, RESNET_OTB, thin
from tracker_core.backbones.mobilenet_v2 import MobileNetV2
from tracker_core.trackers.siamrpnpp_inference import SiamRPNPPInference
from tracker_core.trackers.siamrpnpp_network import NetworkConfig, SiamRPNPPNetwork

CONFIGS = {
    "lite0": NetworkConfig(backbone="lite0", channels=16, head_channels=16),
    "residual": SMALL,
    "alexnet": thin(ALEXNET),
    "mobilenet_v2": thin(MOBILENET),
    "resnet50": thin(RESNET),
    "resnet50_otb": thin(RESNET_OTB),
    "resnet50_lt": thin(RESNET_LONG_TERM),
}


def unevenly_weighted(config: NetworkConfig) -> SiamRPNPPNetwork:
    network = random_network(config)
    if config.weighted:
        nn.init.normal_(network.cls_weight)
        nn.init.normal_(network.loc_weight)
    return network


@pytest.fixture(params=list(CONFIGS.values()), ids=list(CONFIGS))
def network(request: pytest.FixtureRequest) -> SiamRPNPPNetwork:
    return unevenly_weighted(request.param)


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-9), (torch.float32, 1e-5)])
def test_it_says_what_the_network_says(network: SiamRPNPPNetwork, dtype: torch.dtype, tolerance: float) -> None:
    network = network.to(dtype)
    size = network.config.instance_size
    exemplar, search = torch.rand(1, 3, 127, 127, dtype=dtype) * 255, torch.rand(1, 3, size, size, dtype=dtype) * 255
    fast = SiamRPNPPInference(network)
    with torch.no_grad():
        expected = network(network.template(exemplar), search)
        found = fast(fast.template(exemplar), search)
    for one, other in zip(found, expected, strict=True):
        assert other.std() > 0.01
        assert float((one - other).abs().max()) < tolerance * max(1.0, float(other.abs().max()))


@pytest.mark.parametrize("config", [SMALL, thin(RESNET)], ids=["one level", "several levels"])
def test_with_two_exemplars_it_says_what_the_network_says(config: NetworkConfig) -> None:
    network = unevenly_weighted(replace(config, exemplars=2)).double()
    for level in network.levels:
        for head in (level.cls, level.loc):
            nn.init.normal_(head.fusion.gate.weight, std=0.3)
            nn.init.normal_(head.fusion.gate.bias)  # type: ignore[arg-type]  # there is one
    size = config.instance_size
    one, other = torch.rand(2, 1, 3, 127, 127, dtype=torch.float64) * 255
    search = torch.rand(1, 3, size, size, dtype=torch.float64) * 255
    fast = SiamRPNPPInference(network)
    with torch.no_grad():
        expected = network(network.template(one) + network.template(other), search)
        found = fast(fast.template(one) + fast.template(other), search)
        alone = network(network.template(one), search)
        twice = network(network.template(one) * 2, search)
    for first, second in zip(found, expected, strict=True):
        assert torch.allclose(first, second, rtol=1e-9, atol=1e-9)
    for first, second, third in zip(twice, alone, expected, strict=True):
        assert torch.allclose(first, second, rtol=1e-9, atol=1e-9)  # one exemplar twice is one exemplar
        assert float((second - third).abs().max()) > 1e-3


def test_it_has_no_norm_and_the_network_keeps_its_own(network: SiamRPNPPNetwork) -> None:
    before = {name: value.clone() for name, value in network.state_dict().items()}
    fast = SiamRPNPPInference(network)
    assert not any(isinstance(module, nn.BatchNorm2d) for module in fast.modules())
    assert not any(parameter.requires_grad for parameter in fast.parameters())
    assert network.state_dict().keys() == before.keys()
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())


def test_a_frame_runs_three_convolutions_a_level_behind_the_backbone_and_one_for_all() -> None:
    fast = SiamRPNPPInference(random_network(thin(RESNET)))
    ran: list[tuple[int, ...]] = []
    for name, module in fast.named_modules():
        if isinstance(module, nn.Conv2d) and not name.startswith("backbone"):
            module.register_forward_hook(lambda layer, given, result: ran.append(tuple(layer.weight.shape[:2])))
    with torch.no_grad():
        kernels = fast.template(torch.rand(1, 3, 127, 127))
        ran.clear()
        fast(kernels, torch.rand(1, 3, 255, 255))
    # neck, both branches' adjustment, both branches' hidden layer; then the answer
    assert ran == [
        (32, 64), (64, 32), (64, 32), (32, 128), (64, 32), (64, 32), (32, 256), (64, 32), (64, 32), (30, 192),
    ]  # fmt: skip


def test_a_neck_is_joined_with_what_stands_beside_it_where_that_saves_work() -> None:
    config = thin(MOBILENET)
    fast = SiamRPNPPInference(random_network(config))
    levels = [[layer for layer in search if isinstance(layer, nn.Conv2d)] for search in fast.search]  # type: ignore[attr-defined]
    assert [len(layers) for layers in levels] == [1, 1, 1]
    # narrow levels: within the branches' convolution; the last one: within the convolution that ends the backbone
    *narrow, _ = MobileNetV2(config.levels, width=config.width).channels
    assert [layers[0].in_channels for layers in levels] == [*narrow, config.neck_channels[-1]]
