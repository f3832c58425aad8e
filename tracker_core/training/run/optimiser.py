"""The learning rate of each parameter at each step, and the moving average of the weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatch
from typing import Any

import torch
from torch import Tensor, nn

from tracker_core.training.run.config import ConfigError, Schedule


def rate_at(step: int, schedule: Schedule) -> float:
    """Learning rate of a step: a linear warm-up, then a fall to the final rate, as half a cosine or in equal ratios."""
    if step < schedule.warm_up:
        return schedule.rate * (step + 1) / schedule.warm_up
    done = (step - schedule.warm_up) / max(1, schedule.steps - schedule.warm_up)
    if schedule.decay == "log":
        return schedule.rate * math.pow(schedule.final_rate / schedule.rate, done)
    return schedule.final_rate + (schedule.rate - schedule.final_rate) * (1 + math.cos(math.pi * done)) / 2


def parameter_groups(
    network: nn.Module, distillation: nn.Module | None, rates: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Parameters grouped by their factor of the rate; those with factor 0 are left out.

    Raises:
        ConfigError: if a pattern matches no parameter, or nothing is left to learn.
    """
    groups: dict[float, list[Tensor]] = {1.0: list(distillation.parameters()) if distillation is not None else []}
    for parameter, factor in _factors(network, rates):
        if factor != 0:
            groups.setdefault(factor, []).append(parameter)
    learning = [{"params": parameters, "factor": factor} for factor, parameters in groups.items() if parameters]
    if not learning:
        raise ConfigError("[schedule]: `rates` leaves no parameter to learn")
    return learning


def still_parameters(network: nn.Module, rates: Mapping[str, float]) -> list[nn.Parameter]:
    """The parameters whose rate is 0. If they need no gradients, the layers before the first trainable one need no
    backward pass; for EfficientNet-Lite0 that is half of a training step.
    """
    return [parameter for parameter, factor in _factors(network, rates) if factor == 0]


def still_norms(network: nn.Module, still: Sequence[nn.Parameter]) -> list[nn.Module]:
    """The batch norms whose parameters are frozen; their statistics must be frozen too."""
    known = set(map(id, still))
    norms = [module for module in network.modules() if isinstance(module, nn.modules.batchnorm._BatchNorm)]
    return [norm for norm in norms if norm.affine and all(id(p) in known for p in norm.parameters())]


def _factors(network: nn.Module, rates: Mapping[str, float]) -> list[tuple[nn.Parameter, float]]:
    """Each parameter with the factor of the first pattern that matches its name; 1 if none does."""
    unused = set(rates)
    factors = []
    for name, parameter in network.named_parameters():
        pattern = next((pattern for pattern in rates if fnmatch(name, pattern)), None)
        unused.discard(pattern or "")
        factors.append((parameter, 1.0 if pattern is None else rates[pattern]))
    if unused:
        raise ConfigError(f"[schedule]: `rates` names parameters that do not exist: {', '.join(sorted(unused))}")
    return factors


def average_of(network: nn.Module, decay: float) -> torch.optim.swa_utils.AveragedModel:
    """A moving average of parameters and buffers. In the first steps its decay is lower: min(decay, (1 + n) / (10 +
    n)).
    """
    return torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=_average_with(decay), use_buffers=True)


def _average_with(decay: float) -> Callable[..., None]:
    @torch.no_grad()
    def update(averaged: list[Tensor], current: list[Tensor], count: Tensor | int) -> None:
        keep = min(decay, (1 + int(count)) / (10 + int(count)))
        for old, new in zip(averaged, current, strict=True):
            if old.is_floating_point():
                old.lerp_(new, 1 - keep)
            else:
                old.copy_(new)

    return update
