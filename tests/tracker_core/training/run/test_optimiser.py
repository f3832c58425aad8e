from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

from tracker_core.training.run.config import ConfigError, Schedule
from tracker_core.training.run.optimiser import average_of, parameter_groups, rate_at, still_norms, still_parameters


def rates(schedule: Schedule) -> list[float]:
    return [rate_at(step, schedule) for step in range(schedule.steps)]


def test_the_rate_rises_then_falls_as_half_a_cosine() -> None:
    found = rates(Schedule(steps=110, warm_up=10, rate=1.0, final_rate=0.1))
    assert found[:10] == pytest.approx([(n + 1) / 10 for n in range(10)])
    assert found[10:] == pytest.approx([0.1 + 0.9 * (1 + math.cos(math.pi * n / 100)) / 2 for n in range(100)])
    assert found[10] == pytest.approx(1.0)
    assert found[60] == pytest.approx(0.55)
    assert found[109] == pytest.approx(0.1, abs=1e-3)


def test_the_logarithmic_decay_is_a_geometric_sequence() -> None:
    """From SiamRPN++'s rates, 0.005 to 0.0005, as numpy spaces them; the end itself is the step after the last."""
    found = rates(Schedule(steps=60, warm_up=10, decay="log", rate=0.005, final_rate=0.0005))
    assert found[:10] == pytest.approx([0.005 * (n + 1) / 10 for n in range(10)])
    assert found[10:] == pytest.approx(np.geomspace(0.005, 0.0005, 51)[:-1].tolist())
    ratios = [after / before for before, after in pairwise(found[10:])]
    assert ratios == pytest.approx([0.1 ** (1 / 50)] * 49)


def test_without_warm_up_the_first_step_has_the_full_rate() -> None:
    for decay in ("cosine", "log"):
        assert rate_at(0, Schedule(warm_up=0, rate=0.3, decay=decay)) == pytest.approx(0.3)


def test_the_average_trusts_the_first_steps_less_and_counts_all() -> None:
    """Held to the sum written out: after n steps the weight of what was before is min(decay, (1 + n) / (10 + n))."""
    network = nn.Linear(1, 1, bias=False)
    weight = network.weight
    values = [3.0, -1.0, 4.0, 1.0, 5.0]
    with torch.no_grad():
        weight.fill_(2.0)
    average = average_of(network, 0.3)
    expected = values[0]  # the first is taken as it is
    for n, value in enumerate(values):
        with torch.no_grad():
            weight.fill_(value)
        average.update_parameters(network)
        if n:
            keep = min(0.3, (1 + n) / (10 + n))
            expected = keep * expected + (1 - keep) * value
        assert average.module.state_dict()["weight"].item() == pytest.approx(expected)


def test_layers_of_rate_0_are_named_and_learn_nothing() -> None:
    network = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2), nn.Linear(2, 2))
    rates = {"0.*": 0.0, "1.weight": 0.5}
    assert [id(p) for p in still_parameters(network, rates)] == [id(p) for p in network[0].parameters()]
    groups = {group["factor"]: group["params"] for group in parameter_groups(network, None, rates)}
    assert [id(p) for p in groups[0.5]] == [id(network[1].weight)]
    assert {id(p) for p in groups[1.0]} == {id(network[1].bias), *map(id, network[2].parameters())}


def test_rates_that_leave_nothing_to_learn_are_refused() -> None:
    with pytest.raises(ConfigError, match="leaves no parameter to learn"):
        parameter_groups(nn.Linear(2, 2), None, {"*": 0.0})


def test_norms_of_still_layers_are_found() -> None:
    network = nn.Sequential(nn.BatchNorm2d(2), nn.BatchNorm2d(2))
    assert still_norms(network, still_parameters(network, {"0.*": 0.0})) == [network[0]]
    assert still_norms(network, still_parameters(network, {"0.weight": 0.0})) == []
