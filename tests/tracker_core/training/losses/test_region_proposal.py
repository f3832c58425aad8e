from __future__ import annotations

import math
from typing import get_args

import pytest
import torch
from torch import Tensor

from tracker_core.decision.anchors import AnchorGrid
from tracker_core.geometry import Box
from tracker_core.training.losses.labels import AnchorLabels, label_anchors
from tracker_core.training.losses.region_proposal import (
    BoxLoss,
    ProposalLoss,
    box_loss,
    classification_loss,
    decode,
    generalised_iou,
    proposed_overlap,
)

ANCHORS = torch.from_numpy(AnchorGrid(9).boxes)
TRUTH = torch.tensor([[0.0, 0, 64, 64], [10, -13, 50, 90], [math.nan] * 4])


def labelled() -> AnchorLabels:
    return label_anchors(ANCHORS, TRUTH)


def logits_for(labels: AnchorLabels, *, sure: float) -> Tensor:
    """(N, 2, k, S, S): foreground at the positives, background elsewhere."""
    foreground = torch.where(labels.positive, sure, -sure).float()
    return torch.stack([-foreground, foreground], dim=1)


def test_perfect_logits_cost_nothing_and_wrong_ones_what_they_should() -> None:
    labels = labelled()
    assert float(classification_loss(logits_for(labels, sure=20), labels)) == pytest.approx(0, abs=1e-6)
    assert float(classification_loss(logits_for(labels, sure=-5), labels)) == pytest.approx(10, rel=1e-3)
    undecided = torch.zeros(3, 2, 5, 9, 9)
    assert float(classification_loss(undecided, labels)) == pytest.approx(math.log(2))


def test_positives_and_negatives_are_half_of_the_loss_each() -> None:
    labels = labelled()
    all_background = torch.stack([torch.full((3, 5, 9, 9), 4.0), torch.full((3, 5, 9, 9), -4.0)], dim=1)
    expected = 0.5 * math.log1p(math.exp(8)) + 0.5 * math.log1p(math.exp(-8))
    assert float(classification_loss(all_background, labels)) == pytest.approx(expected, rel=1e-4)


def test_the_hardest_negative_of_each_pair_is_always_among_those_that_count() -> None:
    labels = labelled()
    logits = logits_for(labels, sure=10.0)
    worst = []
    for pair in range(3):
        k, row, column = torch.nonzero(labels.negative[pair])[7 * pair].tolist()
        logits[pair, 1, k, row, column] = 30
        worst.append((pair, k, row, column))
    logits.requires_grad_()
    (gradient,) = torch.autograd.grad(classification_loss(logits, labels), logits)
    assert all(float(gradient[pair, 1, k, row, column]) > 1e-3 for pair, k, row, column in worst)


def test_at_most_sixteen_positives_and_fortyeight_negatives_a_pair_count() -> None:
    labels = labelled()
    logits = torch.zeros(3, 2, 5, 9, 9, requires_grad=True)
    (gradient,) = torch.autograd.grad(classification_loss(logits, labels), logits)
    counted = gradient[:, 1] != 0
    assert not (counted & ~labels.positive & ~labels.negative).any()
    positives = (counted & labels.positive).flatten(1).sum(dim=1)
    assert positives.tolist() == [min(16, n) for n in labels.positive.flatten(1).sum(dim=1).tolist()]
    assert (counted & labels.negative).flatten(1).sum(dim=1).tolist() == [48, 48, 48]


def test_a_batch_without_targets_still_teaches_what_is_none() -> None:
    labels = label_anchors(ANCHORS, torch.full((2, 4), math.nan))
    logits = torch.zeros(2, 2, 5, 9, 9, requires_grad=True)
    loss = classification_loss(logits, labels)
    assert loss.item() == pytest.approx(0.5 * math.log(2))
    (gradient,) = torch.autograd.grad(loss, logits)
    assert bool(gradient.isfinite().all())
    deltas = torch.randn(2, 4, 5, 9, 9, requires_grad=True)
    nothing = box_loss(deltas, labels, ANCHORS)
    assert nothing.item() == 0
    nothing.backward()  # type: ignore[no-untyped-call]  # a batch without a box is still a step
    assert deltas.grad is not None
    assert not deltas.grad.any()


def test_perfect_boxes_cost_nothing() -> None:
    labels = labelled()
    deltas = labels.deltas.nan_to_num()
    assert float(box_loss(deltas, labels, ANCHORS)) == pytest.approx(0, abs=1e-5)


def test_every_pair_counts_the_same_however_many_anchors_it_has() -> None:
    labels = labelled()
    counts = labels.positive.flatten(1).sum(dim=1)
    assert int(counts[0]) != int(counts[1])
    off = torch.zeros(3, 4, 1, 1, 1)
    losses = []
    for pair in (0, 1):
        shifted = off.clone()
        shifted[pair, 0] = 0.3
        losses.append(float(box_loss(labels.deltas.nan_to_num() + shifted, labels, ANCHORS, kind="l1")))
    assert losses == pytest.approx([0.3 / 2] * 2, rel=1e-4)


def test_steps_along_the_gradient_bring_the_boxes_to_the_truth() -> None:
    labels = labelled()
    deltas = torch.zeros(3, 4, 5, 9, 9, requires_grad=True)
    first = box_loss(deltas, labels, ANCHORS).item()
    for _ in range(100):
        (gradient,) = torch.autograd.grad(box_loss(deltas, labels, ANCHORS), deltas)
        with torch.no_grad():
            deltas -= 0.02 * gradient.sign()
    assert box_loss(deltas, labels, ANCHORS).item() < 0.15 * first
    assert not deltas[2].any()  # nothing is said about a pair without a target


def test_decoding_is_the_formula_of_the_paper_and_finite_whatever_is_asked() -> None:
    anchor = torch.tensor([[10.0, 20, 40, 80]])
    found = decode(torch.tensor([[0.5, -0.25, math.log(2), 0]]), anchor)
    assert found[0].tolist() == pytest.approx([30, 0, 80, 80])
    assert bool(decode(torch.full((1, 4), 1000.0), anchor).isfinite().all())


def test_generalised_iou_is_that_of_a_slow_loop() -> None:
    generator = torch.Generator().manual_seed(0)
    first, second = (
        torch.cat([torch.randn(200, 2, generator=generator) * 30, torch.rand(200, 2, generator=generator) * 60 + 1], 1)
        for _ in range(2)
    )
    found = generalised_iou(first, second)
    for one, other, value in zip(first.tolist(), second.tolist(), found.tolist(), strict=True):
        a = Box.from_centre(one[0], one[1], width=one[2], height=one[3])
        b = Box.from_centre(other[0], other[1], width=other[2], height=other[3])
        hull = (max(a.right, b.right) - min(a.x, b.x)) * (max(a.bottom, b.bottom) - min(a.y, b.y))
        iou = a.iou(b)
        union = (a.area + b.area) / (1 + iou)
        assert value == pytest.approx(iou - (hull - union) / hull, abs=1e-4)
    assert float(generalised_iou(first[:1], first[:1])) == pytest.approx(1)
    assert -1 < float(found.min()) < 0


def test_smooth_l1_is_a_parabola_near_the_truth_and_a_line_far_from_it() -> None:
    labels = labelled()

    def loss(offset: float) -> float:
        return float(box_loss(labels.deltas.nan_to_num() + offset, labels, ANCHORS, kind="smooth_l1"))

    assert loss(0.5) == pytest.approx(4 * 0.5 * 0.5**2)  # four coordinates (Girshick, "Fast R-CNN", equation 3)
    assert loss(3.0) == pytest.approx(4 * (3.0 - 0.5))


def test_an_anchor_that_proposes_the_very_box_overlaps_it_wholly_and_a_worse_one_as_its_box_does() -> None:
    labels = labelled()
    exact = proposed_overlap(labels.deltas.nan_to_num(), labels, ANCHORS)
    assert exact[labels.positive].numpy() == pytest.approx(1.0, abs=1e-5)
    assert not exact[~labels.positive].any()
    anchors_themselves = proposed_overlap(torch.zeros_like(labels.deltas), labels, ANCHORS)
    pair, k, row, column = torch.nonzero(labels.positive)[3].tolist()
    anchor = Box.from_centre(*ANCHORS[:2, k, row, column].tolist(), width=float(ANCHORS[2, k, row, column]),
                             height=float(ANCHORS[3, k, row, column]))  # fmt: skip
    cx, cy, width, height = TRUTH[pair].tolist()
    truth = Box.from_centre(cx, cy, width=width, height=height)
    assert float(anchors_themselves[pair, k, row, column]) == pytest.approx(anchor.iou(truth), abs=1e-5)


def test_the_class_that_costs_least_is_the_one_that_was_asked_for() -> None:
    labels = labelled()
    target = torch.where(labels.positive, 0.7, 0.0)

    def loss(share: float) -> float:
        logits = logits_for(labels, sure=20)
        logits[:, 1][labels.positive] = math.log(share / (1 - share))
        logits[:, 0][labels.positive] = 0
        return float(classification_loss(logits, labels, target=target))

    assert loss(0.7) < min(loss(0.65), loss(0.75))
    entropy = -(0.7 * math.log(0.7) + 0.3 * math.log(0.3))
    assert loss(0.7) == pytest.approx(0.5 * entropy, rel=1e-4)


@pytest.mark.parametrize("wrong", [{"target": "iou"}, {"box": "l3"}])
def test_a_loss_that_there_is_not_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is one of"):
        ProposalLoss(**wrong)  # type: ignore[arg-type]


def in_float64() -> tuple[AnchorLabels, Tensor, Tensor]:
    """Labels, anchors and random answers (3, 4, 5, 3, 3) of a small grid, all in float64."""
    anchors = torch.from_numpy(AnchorGrid(3).boxes).double()
    labels = label_anchors(anchors, TRUTH.double())
    assert labels.positive.flatten(1).any(dim=1).tolist() == [True, True, False]
    generator = torch.Generator().manual_seed(3)
    return labels, anchors, torch.randn(3, 4, 5, 3, 3, generator=generator, dtype=torch.float64) * 0.3


@pytest.mark.parametrize("soft", [False, True])
def test_the_gradient_of_the_classification_is_the_numeric_one(soft: bool) -> None:
    labels, _, answers = in_float64()
    target = torch.rand(labels.positive.shape, dtype=torch.float64) if soft else None

    def loss(logits: Tensor) -> Tensor:
        torch.manual_seed(1)  # the same anchors are drawn each time
        return classification_loss(logits, labels, target=target, positives=4, negatives=6)

    logits = answers[:, :2].clone().requires_grad_()
    assert torch.autograd.gradcheck(loss, (logits,))
    (gradient,) = torch.autograd.grad(loss(logits), logits)
    assert torch.count_nonzero(gradient) > 10


@pytest.mark.parametrize("kind", get_args(BoxLoss))
def test_the_gradient_of_the_box_loss_is_the_numeric_one(kind: BoxLoss) -> None:
    labels, anchors, answers = in_float64()
    deltas = answers.clone().requires_grad_()
    assert torch.autograd.gradcheck(lambda deltas: box_loss(deltas, labels, anchors, kind=kind), (deltas,))


def test_losses_of_half_precision_are_in_full() -> None:
    labels = labelled()
    assert classification_loss(torch.zeros(3, 2, 5, 9, 9, dtype=torch.bfloat16), labels).dtype == torch.float32
    assert box_loss(torch.zeros(3, 4, 5, 9, 9, dtype=torch.bfloat16), labels, ANCHORS).dtype == torch.float32
