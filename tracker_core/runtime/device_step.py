"""A whole tracking step on the device: the frame is uploaded once, and a few numbers for each target come back.

This does for N targets at once what ``crops.cut``, ``AnchorGrid.decode`` and ``score_map.decide`` do in OpenCV and
numpy. A GPU's network takes a few milliseconds for all targets, so N crops and N decisions on the host would be most of
a frame (ADR 0005). Tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from tracker_core.crops import Square
from tracker_core.decision.anchors import SCALE, anchor_grid
from tracker_core.decision.score_map import AGREEING, Winner, cosine_window
from tracker_core.images import FloatArray, Image
from tracker_core.runtime.cuda_graph import Replayed
from tracker_core.target import TargetFacts


class FactTensors(NamedTuple):
    """The facts of N targets on the device; see ``TargetFacts``."""

    fill: Tensor  # (N, 3)
    width: Tensor  # (N,)
    height: Tensor  # (N,)
    penalty_k: Tensor  # (N,)
    window_influence: Tensor  # (N,)
    voting: Tensor  # (N,)

    @classmethod
    def of(cls, rows: Tensor) -> FactTensors:
        """From the rows (N, 8) of ``fact_rows``."""
        return cls(rows[:, :3], *rows[:, 3:].unbind(dim=1))


def fact_rows(facts: Sequence[TargetFacts]) -> Tensor:
    """(N, 8) on the host, for one upload."""
    return torch.tensor([(*fact.fill, *fact[1:]) for fact in facts], dtype=torch.float32)


class DeviceStep:
    """Cuts search regions out of a frame and runs ``step`` on them, all in one recording.

    ``step`` takes the search regions (N, S, S, 3) as bytes, the facts of their targets, and the kernels.
    """

    def __init__(self, step: Callable[..., Tensor], device: torch.device) -> None:
        self._step = step
        self._device = device
        self._replayed = Replayed(self._computed, device)

    def __call__(
        self, image: Image, squares: Sequence[Square], facts: Sequence[TargetFacts], *kernels: Tensor
    ) -> FloatArray:
        frame = uploaded(image, squares, self._device)
        return self._replayed(frame, torch.from_numpy(places(squares)), fact_rows(facts), *kernels)

    def _computed(self, frame: Tensor, where: Tensor, rows: Tensor, *kernels: Tensor) -> Tensor:
        facts = FactTensors.of(rows)
        return self._step(cut(frame, where, facts.fill), facts, *kernels)


def uploaded(image: Image, squares: Sequence[Square], device: torch.device) -> Tensor:
    """The frame (H, W, 3) as bytes on the device. Only the rows that squares cover are sent, and one more on each side,
    because interpolation can reach it by a rounding error. All other rows are left undefined.
    """
    first = max(min(int(square.window.y) for square in squares) - 1, 0)
    last = min(max(int(square.window.bottom) for square in squares) + 1, image.shape[0])
    rows = image[first : max(first, last)]
    waiting = torch.empty(rows.shape, dtype=torch.uint8, pin_memory=device.type == "cuda")
    waiting.numpy()[:] = rows
    frame = torch.empty(image.shape, dtype=torch.uint8, device=device)
    frame[first : first + len(rows)].copy_(waiting, non_blocking=True)
    return frame


def places(squares: Sequence[Square]) -> FloatArray:
    """(N, 2, S): the columns and rows of the frame that a crop's pixels are sampled at. As in cv2.resize, pixels are
    areas, and the outermost half pixel of a window is repeated.
    """
    size = squares[0].size
    corners = np.array([(square.window.x, square.window.y) for square in squares])
    pixels = np.array([(square.window.width, square.window.height) for square in squares])[:, :, None]
    within = np.clip((np.arange(size) + 0.5) * pixels / size - 0.5, 0, pixels - 1)
    return np.asarray(corners[:, :, None] + within, np.float32)


def cut(frame: Tensor, where: Tensor, fills: Tensor) -> Tensor:
    """Crops (N, S, S, 3) from a frame (H, W, 3), both as bytes.

    Args:
        where: (N, 2, S) columns and rows of the frame.
        fills: (N, 3) the colour outside the frame.
    """
    height, width, _ = frame.shape
    columns, rows = where[:, 0, None, :], where[:, 1, :, None]  # (N, 1, S) and (N, S, 1)
    count, _, size = where.shape
    across, down = (2 * columns + 1) / width - 1, (2 * rows + 1) / height - 1
    grid = torch.stack([across.expand(-1, size, -1), down.expand(-1, -1, size)], dim=-1)  # (N, S, S, 2) from -1 to 1
    pixels = frame.permute(2, 0, 1).float().expand(count, -1, -1, -1)
    found = F.grid_sample(pixels, grid, align_corners=False)  # black outside
    outside = 1 - _inside(columns, width) * _inside(rows, height)
    filled = found + outside[:, None] * fills[:, :, None, None]
    return (filled + 0.5).to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def _inside(place: Tensor, length: int) -> Tensor:
    """The share of an interpolated pixel, from 0 to 1, that comes from inside a picture of that length."""
    return (place + 1).clamp(0, 1) * (length - place).clamp(0, 1)


def winners(scores: Tensor, deltas: Tensor, facts: FactTensors, *, scale: int = SCALE) -> Tensor:
    """``winners_of_boxes`` for boxes that correct anchors ``scale`` cells wide: ``deltas`` (N, 4, k, S, S) as the
    network gives them.
    """
    anchors = _anchors(scores.shape[-1], scale, scores.device)
    boxes = torch.cat(
        [deltas[:, :2] * anchors[2:] + anchors[:2], deltas[:, 2:].clamp(-6, 6).exp() * anchors[2:]], dim=1
    )
    return winners_of_boxes(scores, boxes, facts)


def winners_of_boxes(scores: Tensor, boxes: Tensor, facts: FactTensors) -> Tensor:
    """(N, 7): for each target the score, penalty and box of the winning anchor, and the agreement of the best anchors;
    see ``read_winners``.

    Args:
        scores: (N, k, S, S) foreground probability.
        boxes: (N, 4, k, S, S) cx, cy, width, height in pixels of the crop relative to its centre.
        facts: of the N targets.
    """
    window = _window(scores.shape[-1], scores.device)
    last_width, last_height, penalty_k, influence = (fact[:, None, None, None] for fact in facts[1:5])
    width, height = boxes[:, 2:].clamp(min=1e-3).unbind(dim=1)
    scale_change = _change(_padded_side(width, height) / _padded_side(last_width, last_height))
    ratio_change = _change(last_width / last_height / (width / height))
    penalty = torch.exp(-(ratio_change * scale_change - 1) * penalty_k)
    decided = scores * penalty * (1 - influence) + window * influence
    first = decided.flatten(1).argmax(dim=1)[:, None, None]
    choices = torch.cat([scores[:, None], penalty[:, None], boxes], dim=1).flatten(2)  # (N, 6, k * S * S)
    best = choices.gather(2, first.expand(-1, choices.shape[1], -1))[:, :, 0]
    near = decided.flatten(1).topk(min(AGREEING, decided[0].numel()), dim=1, sorted=False).indices
    candidates = choices.gather(2, near[:, None].expand(-1, choices.shape[1], -1))
    overlaps = _overlaps(candidates[:, 2:], best[:, 2:, None])
    box = _vote(candidates, overlaps, best[:, 2:], facts.voting)
    return torch.cat([best[:, :2], box, overlaps.mean(dim=1, keepdim=True)], dim=1)


def _overlaps(boxes: Tensor, own: Tensor) -> Tensor:
    """IoU of (N, 4, M) with (N, 4, 1) -> (N, M)."""
    low = torch.maximum(boxes[:, :2] - boxes[:, 2:] / 2, own[:, :2] - own[:, 2:] / 2)
    high = torch.minimum(boxes[:, :2] + boxes[:, 2:] / 2, own[:, :2] + own[:, 2:] / 2)
    overlap = (high - low).clamp(min=0).prod(dim=1)
    union = boxes[:, 2:].prod(dim=1) + own[:, 2:].prod(dim=1) - overlap
    return overlap / union.clamp(min=1e-6)


def _vote(candidates: Tensor, overlaps: Tensor, own: Tensor, least: Tensor) -> Tensor:
    """(N, 6, M) score, penalty and box, (N, M), (N, 4) and (N,) -> (N, 4); see ``score_map.vote``."""
    weights = torch.where(overlaps >= least[:, None], overlaps * candidates[:, 0], 0.0)
    total = weights.sum(dim=1, keepdim=True)
    share = (weights / total.clamp(min=1e-12))[:, None]
    low = ((candidates[:, 2:4] - candidates[:, 4:] / 2) * share).sum(dim=2)
    high = ((candidates[:, 2:4] + candidates[:, 4:] / 2) * share).sum(dim=2)
    voted = torch.cat([(low + high) / 2, high - low], dim=1)
    return torch.where((least[:, None] > 0) & (total > 0), voted, own)


def read_winners(rows: FloatArray) -> list[Winner]:
    """The answer of ``winners``, on the host."""
    return [Winner(float(row[0]), float(row[1]), row[2:6], float(row[6])) for row in rows]


@cache  # never freed, for recordings read this memory
def _anchors(size: int, scale: int, device: torch.device) -> Tensor:
    """(4, k, S, S) of a score map."""
    return torch.tensor(anchor_grid(size, scale).boxes, device=device)


@cache
def _window(size: int, device: torch.device) -> Tensor:
    """(S, S) cosine window of a score map."""
    return torch.tensor(cosine_window(size), device=device)


def _padded_side(width: Tensor, height: Tensor) -> Tensor:
    padding = (width + height) / 2
    return torch.sqrt((width + padding) * (height + padding))


def _change(ratio: Tensor) -> Tensor:
    return torch.maximum(ratio, 1 / ratio)
