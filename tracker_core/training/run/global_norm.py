"""Batch norm over the batch of all processes together.

PyTorch's own ``SyncBatchNorm`` does this on GPUs only. This one also runs on CPUs, so the tests run the same code as
several GPUs do. Parameters and buffers have the names of ``BatchNorm2d``.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from tracker_core.training.processes import Processes


class GlobalBatchNorm2d(nn.BatchNorm2d):
    """In training it uses the mean and variance over the features of all processes; each must have equally many."""

    def __init__(self, norm: nn.BatchNorm2d, processes: Processes) -> None:
        super().__init__(norm.num_features, norm.eps, norm.momentum, norm.affine, norm.track_running_stats)
        self.weight, self.bias = norm.weight, norm.bias
        self.running_mean, self.running_var = norm.running_mean, norm.running_var
        self.num_batches_tracked = norm.num_batches_tracked
        self._processes = processes

    def forward(self, features: Tensor) -> Tensor:
        if not self.training:
            return super().forward(features)
        values = features.float()
        variance, mean = torch.var_mean(values, dim=(0, 2, 3), correction=0)  # (C,)
        means, variances = self._processes.gathered(torch.stack([mean, variance])[None]).unbind(1)  # (count, C)
        mean = means.mean(dim=0)
        variance = variances.mean(dim=0) + (means - mean).square().mean(dim=0)
        self._remember(mean.detach(), variance.detach(), features.numel() // self.num_features * self._processes.count)
        scale = (variance + self.eps).rsqrt()
        if self.affine:
            scale = scale * self.weight
        offset = -mean * scale
        if self.affine:
            offset = offset + self.bias
        return (values * scale[:, None, None] + offset[:, None, None]).to(features.dtype)

    def _remember(self, mean: Tensor, variance: Tensor, number: int) -> None:
        if self.running_mean is None or self.running_var is None or self.num_batches_tracked is None:
            return
        self.num_batches_tracked.add_(1)
        momentum = 1 / float(self.num_batches_tracked) if self.momentum is None else self.momentum
        self.running_mean.lerp_(mean, momentum)
        self.running_var.lerp_(variance * (number / max(1, number - 1)), momentum)


def make_norms_global(module: nn.Module, processes: Processes) -> None:
    """Replace every batch norm of a module, in place; the new ones share their parameters and buffers."""
    for name, child in module.named_children():
        if isinstance(child, nn.BatchNorm2d):
            setattr(module, name, GlobalBatchNorm2d(child, processes))
        else:
            make_norms_global(child, processes)
