"""Cross-correlation of exemplars with search regions, as convolutions whose kernels are the exemplars."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor


def xcorr_depthwise(search: Tensor, exemplar: Tensor) -> Tensor:
    """Correlate each channel with the same channel of the exemplar (SiamRPN++, section 3.3).

    Args:
        search: (N, C, H, W)
        exemplar: (N, C, h, w)

    Returns:
        (N, C, H - h + 1, W - w + 1), of the type of ``search``.
    """
    # In float32 on purpose: ADR 0006. Double precision, which tests use, is kept.
    exact = torch.promote_types(search.dtype, torch.float32)
    learns = torch.is_grad_enabled() and (search.requires_grad or exemplar.requires_grad)
    if search.device.type == "cpu" and not learns:
        return _each_alone(search.to(exact), exemplar.to(exact)).to(search.dtype)
    with torch.autocast(search.device.type, enabled=False):
        correlate: Any = _DepthwiseCorrelation.apply  # torch leaves it untyped
        response: Tensor = correlate(search.to(exact), exemplar.to(exact))
    return response.to(search.dtype)


def xcorr(search: Tensor, exemplar: Tensor) -> Tensor:
    """Correlate over all channels together (SiamFC, section 2.1), each exemplar with its own search region.

    One group for each channel and a sum is several times faster on a CPU than one group for each exemplar, forward and
    backward.

    Args:
        search: (N, C, H, W)
        exemplar: (N, C, h, w)

    Returns:
        (N, H - h + 1, W - w + 1), always float32, because in bf16 neighbouring cells would tie.
    """
    return xcorr_depthwise(search.float(), exemplar.float()).sum(dim=1)


def xcorr_upchannel(search: Tensor, kernels: Tensor) -> Tensor:
    """Correlate over all channels with each of O kernels (SiamRPN, section 3.1). Each search region has its own
    kernels.

    Args:
        search: (N, C, H, W)
        kernels: (N, O, C, h, w)

    Returns:
        (N, O, H - h + 1, W - w + 1)
    """
    count, outputs = kernels.shape[:2]
    if search.device.type == "cpu":
        # One convolution with a group for each pair is 4 to 7 times slower, forward and backward, in float32 and bf16:
        # a batch of 32, 128 channels, 20 x 20 with 4 x 4 took 305 against 40 ms in bf16, channels last.
        return torch.cat([F.conv2d(one[None], own) for one, own in zip(search, kernels, strict=True)])
    together = F.conv2d(search.reshape(1, -1, *search.shape[2:]), kernels.reshape(-1, *kernels.shape[2:]), groups=count)
    return together.reshape(count, outputs, *together.shape[2:])


class _DepthwiseCorrelation(torch.autograd.Function):
    """Computes the gradients as correlations too. On a CPU that is faster than torch's own gradients (90 against 250 ms
    for a batch of 32, forward pass included), which use one core for a grouped convolution.
    """

    @staticmethod
    def forward(ctx: Any, search: Tensor, exemplar: Tensor) -> Tensor:  # noqa: ANN401  (torch names no type)
        ctx.save_for_backward(search, exemplar)
        return _correlate(search, exemplar)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor | None]:  # noqa: ANN401
        search, exemplar = ctx.saved_tensors
        (gradient,) = gradients
        of_search = of_exemplar = None
        if ctx.needs_input_grad[0]:
            border = exemplar.shape[-1] - 1
            of_search = _correlate(F.pad(gradient.contiguous(), (border,) * 4), exemplar.flip(2, 3))
        if ctx.needs_input_grad[1]:
            of_exemplar = _correlate(search, gradient)
        return of_search, of_exemplar


def _each_alone(search: Tensor, exemplar: Tensor) -> Tensor:
    """Correlate each pair by itself, in the memory order of the layers around it: no copies, and 0.4 of the time for
    one pair.
    """
    with torch.autocast("cpu", enabled=False):
        answers = [
            F.conv2d(one, own.transpose(0, 1), groups=len(own[0]))
            for one, own in zip(torch.split(search, 1), torch.split(exemplar, 1), strict=True)
        ]
    return answers[0] if len(answers) == 1 else torch.cat(answers)


def _correlate(search: Tensor, kernel: Tensor) -> Tensor:
    count, channels = kernel.shape[:2]
    groups = count * channels
    search = search.reshape(1, groups, *search.shape[2:]).contiguous()
    kernel = kernel.reshape(groups, 1, *kernel.shape[2:]).contiguous()
    response = F.conv2d(search, kernel, groups=groups)
    return response.reshape(count, channels, *response.shape[2:])
