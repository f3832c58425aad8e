"""The loss of SiamFC: each cell of the score map says whether the target is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import torch
import torch.nn.functional as F
from torch import Tensor

from tracker_core.decision.scale_pyramid import STRIDE
from tracker_core.training.losses.labels import at_least_float32

Distance = Literal["euclidean", "block"]

RADIUS = 16.0
"""Cells up to this many search-region pixels from the target's centre are positive (published: R = 16)."""


@dataclass(frozen=True, slots=True)
class ScoreMapLoss:
    """The table [loss] of SiamFC: which cells are positive (see ``label_cells``).

    Raises:
        ValueError: if there is no such distance, or the radius is not positive.
    """

    radius: float = RADIUS
    distance: Distance = "euclidean"

    def __post_init__(self) -> None:
        if self.distance not in get_args(Distance):
            raise ValueError(f"`distance` is one of {', '.join(get_args(Distance))}, not '{self.distance}'")
        if self.radius <= 0:
            raise ValueError(f"`radius` must be positive, not {self.radius:g}")


def label_cells(size: int, boxes: Tensor, *, radius: float = RADIUS, distance: Distance = "euclidean") -> Tensor:
    """(N, S, S) bool: which cells are positive (SiamFC, section 3.2, equation 4).

    In the paper every target is in the middle of the map. Here it may be anywhere, and the cells around it are
    positive.

    Args:
        boxes: (N, 4) cx, cy, width, height in pixels from the centre of the search region; NaN without a target: no
            cell is positive.
        distance: Euclidean as in the authors' code, or along rows and columns as in huanglianghua/siamfc-pytorch. At
            the published radius both give the same 13 cells if the target's centre is on a cell, but not if it is
            between cells.
    """
    centres = (torch.arange(size, device=boxes.device) - (size - 1) / 2) * STRIDE
    across = (centres[None, None, :] - boxes[:, 0, None, None]).abs()  # (N, 1, S)
    down = (centres[None, :, None] - boxes[:, 1, None, None]).abs()  # (N, S, 1)
    away = torch.hypot(across, down) if distance == "euclidean" else across + down
    return away <= radius  # false for NaN


def siamfc_loss(logits: Tensor, boxes: Tensor, *, radius: float = RADIUS, distance: Distance = "euclidean") -> Tensor:
    """Logistic loss, (), ``log(1 + exp(-y v))`` over all cells (SiamFC, section 2.2, equations 1 and 2). Positive and
    negative cells each make half of a pair's loss (the "balanced" weights of the authors' code). The result is the mean
    over this process's pairs; all processes have equally many.

    A pair without a target has only the background's half, so background cells weigh the same in all pairs.

    Args:
        logits: (N, S, S)
        boxes: (N, 4) as for ``label_cells``.
    """
    positive = label_cells(logits.shape[-1], boxes, radius=radius, distance=distance)
    logits = at_least_float32(logits)
    of_cells = F.softplus(torch.where(positive, -logits, logits))
    counts = positive.sum(dim=(1, 2), keepdim=True)
    weight = torch.where(positive, 0.5 / counts.clamp(min=1), 0.5 / (~positive).sum(dim=(1, 2), keepdim=True))
    return (of_cells * weight).sum(dim=(1, 2)).mean()
