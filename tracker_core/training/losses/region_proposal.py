"""The classification loss and the box loss of a region proposal network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import torch
import torch.nn.functional as F
from torch import Tensor

from tracker_core.training.losses.labels import AnchorLabels, at_least_float32, corners
from tracker_core.training.processes import ALONE, Processes

ClassTarget = Literal["anchor", "overlap"]
BoxLoss = Literal["l1", "smooth_l1", "l1_giou"]


@dataclass(frozen=True, slots=True)
class ProposalLoss:
    """The table [loss] of networks that propose boxes.

    ``target`` is the class score that a positive anchor should get: 1 as published ("anchor"), or the IoU of its
    proposed box with the target ("overlap"). With IoU the best box wins, and its score says how good it is (Jiang et
    al., "Acquisition of Localization Confidence", ECCV 2018; Zhang et al., "VarifocalNet", CVPR 2021, section 3.1).
    ``box`` is the loss of its deltas: L1 (SiamRPN++'s code), smooth L1 (SiamRPN, section 3.2), or L1 with generalised
    IoU.

    Raises:
        ValueError: if a value is not one of those named.
    """

    target: ClassTarget = "anchor"
    box: BoxLoss = "l1_giou"

    def __post_init__(self) -> None:
        for name, value, known in (
            ("target", self.target, get_args(ClassTarget)),
            ("box", self.box, get_args(BoxLoss)),
        ):
            if value not in known:
                raise ValueError(f"`{name}` is one of {', '.join(known)}, not '{value}'")


def classification_loss(
    logits: Tensor,
    labels: AnchorLabels,
    *,
    target: Tensor | None = None,
    positives: int = 16,
    negatives: int = 48,
    hardest: float = 0.5,
    processes: Processes = ALONE,
) -> Tensor:
    """Cross-entropy, (), over at most 16 positive and 48 negative anchors a pair (SiamRPN, section 3.3). Positives and
    negatives each make half of the loss. The means are over the batch of all ``processes``.

    The published code draws all negatives at random; nearly all are empty background, which is soon learnt. Here a
    share ``hardest`` of the negatives are those with the highest scores; only the rest are random.

    Args:
        logits: (N, 2, k, S, S), background first.
        target: (N, k, S, S) in [0, 1], the wanted scores of the positive anchors; 1 if left out.
    """
    log_probability = F.log_softmax(at_least_float32(logits), dim=1).flatten(2)  # (N, 2, kSS)
    positive, negative = labels.positive.flatten(1), labels.negative.flatten(1)
    chance = processes.random(*positive.shape).to(logits.device)  # CPU: the checkpoint keeps its state
    picked_positive = _highest(chance, positive, positives)
    hard = round(negatives * hardest)
    picked_negative = _highest(log_probability[:, 1].detach(), negative, hard)
    picked_negative |= _highest(chance, negative & ~picked_negative, negatives - hard)
    wanted = torch.ones_like(chance) if target is None else target.flatten(1)
    of_positives = wanted * log_probability[:, 1] + (1 - wanted) * log_probability[:, 0]
    positive_loss = processes.mean(-of_positives[picked_positive].sum(), picked_positive.sum())
    negative_loss = processes.mean(-log_probability[:, 0][picked_negative].sum(), picked_negative.sum())
    return 0.5 * (positive_loss + negative_loss)


def _highest(values: Tensor, allowed: Tensor, count: int) -> Tensor:
    """(N, M) bool: in each row the ``count`` allowed places with the highest values, or fewer if fewer are allowed."""
    masked = values.masked_fill(~allowed, -torch.inf)
    places = masked.topk(min(count, values.shape[1]), dim=1).indices
    picked = torch.zeros_like(allowed).scatter(1, places, True)
    return picked & allowed


def box_loss(
    deltas: Tensor,
    labels: AnchorLabels,
    anchors: Tensor,
    *,
    kind: BoxLoss = "l1_giou",
    processes: Processes = ALONE,
) -> Tensor:
    """The loss, (), of the deltas at the positive anchors. Each pair with a positive anchor counts the same, however
    many it has. The mean is over the batch of all ``processes``.

    L1 is relative to the anchor's size, while trackers are judged by IoU. So ``l1_giou`` adds generalised IoU
    (Rezatofighi et al., CVPR 2019): 0.5 L1 + 1.5 (1 - GIoU).

    Args:
        deltas: (N, 4, k, S, S)
        anchors: (4, k, S, S)
    """
    positive = labels.positive
    counts = positive.flatten(1).sum(dim=1)
    weight = (positive / counts.clamp(min=1)[:, None, None, None])[positive]  # (P,)
    found, wanted, anchor = _at_positives(deltas, labels, anchors)
    total = (_of_boxes(found, wanted, anchor, kind) * weight).sum()  # without positive anchors still a tensor: 0
    return processes.mean(total, (counts > 0).sum())


def _of_boxes(found: Tensor, wanted: Tensor, anchor: Tensor, kind: BoxLoss) -> Tensor:
    """(P, 4) deltas -> (P,) losses."""
    if kind == "smooth_l1":
        return F.smooth_l1_loss(found, wanted, reduction="none").sum(dim=1)
    difference = (found - wanted).abs().sum(dim=1)
    if kind == "l1":
        return difference
    overlap_loss = 1 - generalised_iou(decode(found, anchor), decode(wanted, anchor))
    return 0.5 * difference + 1.5 * overlap_loss


@torch.no_grad()
def proposed_overlap(deltas: Tensor, labels: AnchorLabels, anchors: Tensor) -> Tensor:
    """(N, k, S, S): IoU of each positive anchor's proposed box with the target; 0 at all other anchors."""
    overlap = torch.zeros(labels.positive.shape, device=deltas.device)
    found, wanted, anchor = _at_positives(deltas, labels, anchors)
    overlap[labels.positive] = _areas(decode(found, anchor), decode(wanted, anchor)).iou
    return overlap


def _at_positives(deltas: Tensor, labels: AnchorLabels, anchors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """(P, 4) each: deltas, wanted deltas and anchors."""
    positive = labels.positive
    return (
        at_least_float32(deltas).movedim(1, -1)[positive],
        labels.deltas.movedim(1, -1)[positive],
        anchors.movedim(0, -1).expand(*positive.shape, 4)[positive],
    )


def decode(deltas: Tensor, anchors: Tensor) -> Tensor:
    """(P, 4) deltas and (P, 4) anchors -> (P, 4) boxes as cx, cy, width, height."""
    centre = deltas[:, :2] * anchors[:, 2:] + anchors[:, :2]
    return torch.cat([centre, deltas[:, 2:].clamp(-6, 6).exp() * anchors[:, 2:]], dim=1)


class _Areas(NamedTuple):
    overlap: Tensor
    union: Tensor
    hull: Tensor

    @property
    def iou(self) -> Tensor:
        return self.overlap / self.union


def generalised_iou(first: Tensor, second: Tensor) -> Tensor:
    """Generalised IoU, (P,) in (-1, 1], of boxes (P, 4) as cx, cy, width, height (Rezatofighi et al., CVPR 2019)."""
    areas = _areas(first, second)
    return areas.iou - (areas.hull - areas.union) / areas.hull


def _areas(first: Tensor, second: Tensor) -> _Areas:
    left, top, right, bottom = corners(first, 1)
    other_left, other_top, other_right, other_bottom = corners(second, 1)
    width = (torch.minimum(right, other_right) - torch.maximum(left, other_left)).clamp(min=0)
    height = (torch.minimum(bottom, other_bottom) - torch.maximum(top, other_top)).clamp(min=0)
    overlap = width * height
    union = first[:, 2] * first[:, 3] + second[:, 2] * second[:, 3] - overlap
    hull_width = torch.maximum(right, other_right) - torch.minimum(left, other_left)
    hull_height = torch.maximum(bottom, other_bottom) - torch.minimum(top, other_top)
    return _Areas(overlap, union, hull_width * hull_height)
