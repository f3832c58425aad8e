"""Convolutions with fewer multiplications (Lavin and Gray, CVPR 2016), for the CPU.

A plain 3 x 3 convolution of stride 1 takes 9 products for an output. Here it takes 36 / 16 = 2.25: tiles of the input
and the kernels are evaluated at 6 x 6 points, multiplied point by point (a matrix product over the channels), and
transformed back into 4 x 4 outputs. 5 x 5 kernels need 64 / 16 = 4 products instead of 25. The result differs from a
plain convolution by rounding, a few parts in a million.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

TILE = 4
POINTS = {3: (0, 1, -1, 0.5, -2), 5: (0, 1, -1, 2, -2, 0.5, -0.5)}
"""Where polynomials are evaluated, by the side of the kernel; infinity is the last point. The points for 3 lose least
to rounding (Barabasz et al., ACM TOMS 2020), a third of what 0, 1, -1, 2, -2 lose.
"""
FEWEST_CHANNELS_IN_BF16 = 1024
FEWEST_CHANNELS = 64  # with fewer the transforms cost more than the products that they save
LARGEST_BATCH = 4 * 2**20
"""Bytes of input tiles in one matrix product. Many rows make it fast (small maps: 8 pictures in 0.9 of the time), but
more than the caches hold makes it slow (5 x 5, 96 > 256 channels: 8 pictures cost as much as 19 single ones, not 11).
"""

Matrix = NDArray[np.float64]


class WinogradConvolution(nn.Module):
    """Computes what a convolution that ``fits`` computes, in float32. The output has the type of the input.

    The weights are not parameters, so they stay float32 when the network is cast to bf16.
    """

    def __init__(self, convolution: nn.Conv2d) -> None:
        super().__init__()
        self.side = convolution.kernel_size[0]
        self.padding, self.dilation = int(convolution.padding[0]), convolution.dilation[0]
        self.outputs = convolution.out_channels
        evaluate_kernel, evaluate_input, bring_back = transforms(self.side)
        weight = convolution.weight.detach().double().numpy()
        points = np.einsum("ai,bj,ocij->abco", evaluate_kernel, evaluate_kernel, weight)
        self._kernels = torch.from_numpy(points).float().flatten(0, 1).contiguous()  # (points, C, outputs)
        self._evaluate = torch.from_numpy(evaluate_input).float()
        self._bring_back = torch.from_numpy(bring_back).float()
        bias = convolution.bias
        self._bias = torch.zeros(self.outputs) if bias is None else bias.detach().float()

    def forward(self, features: Tensor) -> Tensor:
        """(N, C, H, W) -> (N, outputs, H', W'), channels last."""
        tiles_of_one = features[0].numel() * len(self._kernels) / TILE**2
        together = max(1, int(LARGEST_BATCH / (4 * tiles_of_one)))
        if len(features) <= together:
            return self._convolved(features)
        return torch.cat([self._convolved(some) for some in torch.split(features, together)])

    def _convolved(self, features: Tensor) -> Tensor:
        count, channels, height, width = features.shape
        lost = (self.side - 1) * self.dilation - 2 * self.padding
        tiles, rows, columns = self._tiles(features.float(), height=height - lost, width=width - lost)
        points = _both_axes(self._evaluate, tiles).view(len(self._kernels), -1, channels)
        products = torch.bmm(points, self._kernels).view(len(self._evaluate), len(self._evaluate), -1)
        answers = _both_axes(self._bring_back, products)
        d = self.dilation
        answers = answers.view(TILE, TILE, count, rows, d, columns, d, self.outputs).permute(2, 3, 0, 4, 5, 1, 6, 7)
        result = answers.new_empty(answers.shape)
        torch.add(answers, self._bias, out=result)  # adds the bias and changes the memory order in one pass
        result = result.view(count, rows * TILE * d, columns * TILE * d, self.outputs)
        return result[:, : height - lost, : width - lost].permute(0, 3, 1, 2).to(features.dtype)

    def _tiles(self, features: Tensor, *, height: int, width: int) -> tuple[Tensor, int, int]:
        """The overlapping input tiles for an output of ``height`` and ``width``, (points a side, points a side, rest),
        and their number in rows and columns. A dilated convolution is ``dilation`` interleaved plain ones in each
        direction, so its tiles take every ``dilation``-th cell.
        """
        count, channels, _, _ = features.shape
        d, border, side = self.dilation, self.padding, TILE + self.side - 1
        rows, columns = -(-height // (TILE * d)), -(-width // (TILE * d))
        below = (rows * TILE + self.side - 1) * d - features.shape[2] - border
        behind = (columns * TILE + self.side - 1) * d - features.shape[3] - border
        padded = F.pad(features.permute(0, 2, 3, 1), (0, 0, border, behind, border, below)).contiguous()
        image, row, cell, _ = padded.stride()
        tiles = padded.as_strided(
            (side, side, count, rows, d, columns, d, channels),
            (row * d, cell * d, image, row * d * TILE, row, cell * d * TILE, cell, 1),
        )
        return tiles.reshape(side, side, -1), rows, columns


def fits(convolution: nn.Conv2d, dtype: torch.dtype) -> bool:
    """Whether Winograd's form is faster on a CPU than the plain convolution in ``dtype``.

    A plain convolution in bf16 multiplies twice as fast. With 3 x 3 kernels this form is faster only with so many
    channels that the transforms hardly matter.
    """
    side = convolution.kernel_size[0]
    fewest = FEWEST_CHANNELS if dtype == torch.float32 or side > 3 else FEWEST_CHANNELS_IN_BF16
    return (
        side in POINTS
        and convolution.kernel_size == (side, side)
        and convolution.stride == (1, 1)
        and convolution.groups == 1
        and convolution.dilation[0] == convolution.dilation[1]
        and not isinstance(convolution.padding, str)
        and convolution.padding[0] == convolution.padding[1]
        and convolution.padding_mode == "zeros"
        and min(convolution.in_channels, convolution.out_channels) >= fewest
    )


def transforms(side: int) -> tuple[Matrix, Matrix, Matrix]:
    """Three matrices for kernels of ``side``: from a kernel to the points (points, side), from an input tile to the
    points (points, points), and from the points to the output (TILE, points).

    A correlation of TILE outputs is the transpose of Toom-Cook's multiplication, which multiplies two polynomials by
    their values at enough points. The value at infinity is the leading coefficient.
    """
    count = TILE + side - 1

    def values(coefficients: int) -> Matrix:
        powers = np.vander(np.array(POINTS[side], np.float64), coefficients, increasing=True)
        at_infinity = np.zeros((1, coefficients))
        at_infinity[0, -1] = 1
        return np.concatenate([powers, at_infinity])

    evaluate_input: Matrix = np.asarray(np.linalg.inv(values(count)).T, np.float64)
    return values(side), evaluate_input.copy(), values(TILE).T.copy()


def _both_axes(matrix: Tensor, values: Tensor) -> Tensor:
    """Multiply (a, a, rest) by a (b, a) matrix along the first axis and then along the second: (b, b, rest)."""
    along_first = matrix @ values.reshape(len(values), -1)
    return torch.matmul(matrix, along_first.view(len(matrix), values.shape[1], -1))
