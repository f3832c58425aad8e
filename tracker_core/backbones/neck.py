"""The neck between a padded backbone and the correlation (SiamRPN++, section 3.2)."""

from __future__ import annotations

from torch import Tensor, nn

EXEMPLAR_CELLS = 7
"""A padded backbone's exemplar map is cut to its centre, because the outer cells have mostly seen padding."""


def adjust_layer(inputs: int, outputs: int) -> nn.Sequential:
    """A 1 x 1 convolution with its norm, to the number of channels that the heads take."""
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))


def exemplar_cells(features: Tensor) -> Tensor:
    """The cells of an exemplar's map that become its kernel: (N, C, 15, 15) of a padded backbone -> the middle (N, C,
    7, 7).
    """
    if features.shape[-1] < 2 * EXEMPLAR_CELLS:
        return features
    margin = (features.shape[-1] - EXEMPLAR_CELLS) // 2
    return features[:, :, margin : margin + EXEMPLAR_CELLS, margin : margin + EXEMPLAR_CELLS]
