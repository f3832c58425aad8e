"""Anchor labels of a batch: which anchors are positive, which are negative, and their offsets from the true box."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

POSITIVE_IOU = 0.6
NEGATIVE_IOU = 0.3


class AnchorLabels(NamedTuple):
    positive: Tensor  # (N, k, S, S) bool: IoU over 0.6
    negative: Tensor  # (N, k, S, S) bool: IoU under 0.3; all anchors if there is no target
    deltas: Tensor  # (N, 4, k, S, S); only meaningful where positive


def corners(boxes: Tensor, dim: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Convert cx, cy, width, height along ``dim`` to left, top, right, bottom, each without ``dim``."""
    cx, cy, width, height = boxes.unbind(dim)
    return cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2


def at_least_float32(values: Tensor) -> Tensor:
    """Convert half precision to float32, because a loss is a sum of many small numbers."""
    return values.to(torch.promote_types(values.dtype, torch.float32))


def label_anchors(anchors: Tensor, truth: Tensor) -> AnchorLabels:
    """Assign anchors to the target by overlap (SiamRPN, section 3.3; thresholds 0.6 and 0.3).

    Args:
        anchors: (4, k, S, S) cx, cy, width, height.
        truth: (N, 4) likewise; NaN if the search region does not show the target.
    """
    present = truth.isfinite().all(dim=1)
    box = torch.where(present[:, None], truth, 1.0)[:, :, None, None, None]  # (N, 4, 1, 1, 1)
    left, top, right, bottom = corners(anchors[None], 1)
    box_left, box_top, box_right, box_bottom = corners(box, 1)
    width = (torch.minimum(right, box_right) - torch.maximum(left, box_left)).clamp(min=0)
    height = (torch.minimum(bottom, box_bottom) - torch.maximum(top, box_top)).clamp(min=0)
    overlap = width * height
    union = anchors[2] * anchors[3] + box[:, 2] * box[:, 3] - overlap
    iou = (overlap / union) * present[:, None, None, None]
    deltas = torch.stack(
        [
            (box[:, 0] - anchors[0]) / anchors[2],
            (box[:, 1] - anchors[1]) / anchors[3],
            torch.log(box[:, 2] / anchors[2]),
            torch.log(box[:, 3] / anchors[3]),
        ],
        dim=1,
    )
    return AnchorLabels(iou > POSITIVE_IOU, iou < NEGATIVE_IOU, deltas)
