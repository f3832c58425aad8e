"""Of one process the global norm is the plain one; of several, ``test_processes.py`` holds a whole network to it."""

from __future__ import annotations

from copy import deepcopy

import pytest
import torch
from torch import nn

from tracker_core.training.processes import ALONE, Processes
from tracker_core.training.run.global_norm import GlobalBatchNorm2d, make_norms_global


def norm(*, momentum: float | None = 0.1, affine: bool = True) -> nn.BatchNorm2d:
    torch.manual_seed(1)
    made = nn.BatchNorm2d(3, momentum=momentum, affine=affine)
    if affine:
        nn.init.uniform_(made.weight, 0.5, 1.5)
        nn.init.uniform_(made.bias, -1, 1)
    return made


@pytest.mark.parametrize(("momentum", "affine"), [(0.1, True), (None, True), (0.05, False)])
def test_alone_it_is_the_plain_one_forward_backward_and_in_what_it_remembers(
    momentum: float | None, affine: bool
) -> None:
    plain = norm(momentum=momentum, affine=affine)
    found = GlobalBatchNorm2d(deepcopy(plain), ALONE)
    for seed in range(3):
        generator = torch.Generator().manual_seed(seed)
        features = [(torch.randn(4, 3, 5, 6, generator=generator) * 7 + 90).requires_grad_()]
        features.append(features[0].detach().clone().requires_grad_())
        answers = [module(values) for module, values in zip((plain, found), features, strict=True)]
        torch.testing.assert_close(answers[1], answers[0], atol=1e-4, rtol=1e-4)
        weight = torch.randn(answers[0].shape, generator=generator)
        for answer in answers:
            (answer * weight).sum().backward()
        torch.testing.assert_close(features[1].grad, features[0].grad, atol=1e-5, rtol=1e-3)
    state = found.state_dict()
    assert state.keys() == plain.state_dict().keys()
    for name, value in plain.state_dict().items():
        torch.testing.assert_close(state[name], value)
    torch.testing.assert_close(found.eval()(features[0]), plain.eval()(features[0]), atol=1e-4, rtol=1e-4)


def test_half_precision_comes_out_as_it_went_in() -> None:
    found = GlobalBatchNorm2d(norm(), ALONE)(torch.randn(2, 3, 4, 4).bfloat16())
    assert found.dtype == torch.bfloat16


def test_every_norm_of_a_network_is_replaced_and_no_tensor() -> None:
    network = nn.Sequential(nn.Conv2d(3, 3, 1), norm(), nn.Sequential(nn.ReLU(), norm()))
    before = {name: value.data_ptr() for name, value in network.state_dict().items()}
    make_norms_global(network, Processes(1, 2))
    assert {name: value.data_ptr() for name, value in network.state_dict().items()} == before
    kinds = [type(module) for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    assert kinds == [GlobalBatchNorm2d, GlobalBatchNorm2d]
