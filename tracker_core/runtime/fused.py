"""Fuses layers into fewer, faster ones. The results differ only by rounding."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def fold_batch_norm(module: nn.Module) -> None:
    """Join each convolution with the batch norm after it, in place; the norm becomes an identity.

    A norm belongs to a convolution if it was registered right after it. This holds in a Sequential, and all other
    modules here follow the same order (``Bottleneck``: conv1, bn1, conv2, bn2, ..).
    """
    for child in module.children():
        fold_batch_norm(child)
    for (name, convolution), (norm_name, norm) in pairwise(module.named_children()):
        if isinstance(convolution, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
            setattr(module, name, fuse_conv_bn_eval(convolution, norm))
            setattr(module, norm_name, nn.Identity())


def side_by_side(first: nn.Conv2d, second: nn.Conv2d, *, groups: int = 1) -> nn.Conv2d:
    """Two convolutions as one, the channels of the first before those of the second. Both read the same input; with two
    groups each reads its own half.
    """
    weight = torch.cat([first.weight, second.weight])
    return convolution_of(weight, torch.cat([bias_of(first), bias_of(second)]), groups=groups)


def one_after_the_other(first: nn.Conv2d, second: nn.Conv2d) -> nn.Conv2d:
    """A 1 x 1 convolution and an unpadded one of its result, as one convolution."""
    weight, bias = second.weight.double(), bias_of(second).double()
    through, offset = first.weight.double()[:, :, 0, 0], bias_of(first).double()
    weight, bias = torch.einsum("omhw,mi->oihw", weight, through), bias + torch.einsum("omhw,m->o", weight, offset)
    return convolution_of(weight.to(second.weight.dtype), bias.to(second.weight.dtype))


def convolution_of(weight: Tensor, bias: Tensor, *, groups: int = 1) -> nn.Conv2d:
    """An unpadded convolution of stride 1 with these weights, which are not trainable."""
    outputs, inputs, height, width = weight.shape
    made = nn.Conv2d(inputs * groups, outputs, (height, width), groups=groups, device="meta")
    made.weight, made.bias = (nn.Parameter(value.detach(), requires_grad=False) for value in (weight, bias))
    return made


def bias_of(convolution: nn.Conv2d) -> Tensor:
    """The bias, (O,), of a convolution.

    Raises:
        ValueError: if it has none, which means that its batch norm was not folded.
    """
    if convolution.bias is None:
        raise ValueError("this convolution has no bias: fold its batch norm first")
    return convolution.bias.detach()
