from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest
import torch

from tracker_core.training.losses.siamfc import Distance, label_cells, siamfc_loss

NAN = math.nan
ABSENT = [NAN, NAN, NAN, NAN]


def cells(text: str) -> torch.Tensor:
    return torch.tensor([[mark == "#" for mark in row] for row in text.split()])


def boxes(*centres: tuple[float, float]) -> torch.Tensor:
    return torch.tensor([[cx, cy, 40.0, 60.0] for cx, cy in centres])


def test_the_disc_in_the_middle_has_radius_two_cells() -> None:
    disc = cells("..#.. .###. ##### .###. ..#..")
    for distance in get_args(Distance):
        assert torch.equal(label_cells(5, boxes((0, 0)), distance=distance)[0], disc)


def test_between_cells_the_two_distances_differ() -> None:
    beside = boxes((4, 0))
    assert torch.equal(label_cells(5, beside)[0], cells("..... .#### .#### .#### ....."))
    assert torch.equal(label_cells(5, beside, distance="block")[0], cells("..... ..##. .#### ..##. ....."))


def test_the_disc_lies_round_the_targets_place() -> None:
    labels = label_cells(7, boxes((16, -8)))
    assert torch.equal(labels[0], cells(".....#. ....### ...#### ....### .....#. ....... ......."))


def test_a_target_outside_the_map_leaves_none_positive() -> None:
    labels = label_cells(5, torch.cat([boxes((80, 0)), torch.tensor([ABSENT])]))
    assert not labels.any()


@pytest.mark.parametrize("distance", get_args(Distance))
def test_labels_are_those_of_a_slow_loop(distance: Distance) -> None:
    rng = np.random.default_rng(0)
    places = rng.uniform(-70, 70, (20, 2))
    labels = label_cells(17, boxes(*map(tuple, places)), radius=20, distance=distance)
    for n, (cx, cy) in enumerate(places):
        for row in range(17):
            for column in range(17):
                dx, dy = 8 * (column - 8) - cx, 8 * (row - 8) - cy
                away = math.sqrt(dx * dx + dy * dy) if distance == "euclidean" else abs(dx) + abs(dy)
                if abs(away - 20) > 1e-3:
                    assert bool(labels[n, row, column]) == (away < 20)


def test_each_class_is_half_of_a_pairs_loss() -> None:
    """A 3 x 3 map with one positive cell: softplus(-2) / 2 for it, and the mean of the other eight, halved."""
    logits = torch.tensor([[[-1.0, 0, 0], [0, 2, 0], [0, 0, 3]]])
    softplus = [math.log1p(math.exp(v)) for v in (-1, 0, 0, 0, 0, 0, 0, 3)]
    expected = 0.5 * math.log1p(math.exp(-2)) + 0.5 * sum(softplus) / 8
    assert siamfc_loss(logits, boxes((0, 0)), radius=4).item() == pytest.approx(expected, rel=1e-6)


def test_without_a_target_only_the_background_is_taught() -> None:
    logits = torch.full((1, 3, 3), 2.0, requires_grad=True)
    loss = siamfc_loss(logits, torch.tensor([ABSENT]))
    assert loss.item() == pytest.approx(0.5 * math.log1p(math.exp(2)), rel=1e-6)
    loss.backward()  # type: ignore[no-untyped-call]
    assert logits.grad is not None
    assert (logits.grad > 0).all()


def test_a_batch_is_the_mean_of_its_pairs() -> None:
    generator = torch.Generator().manual_seed(1)
    logits = torch.randn(3, 9, 9, generator=generator)
    truth = torch.cat([boxes((10, -20), (0, 31)), torch.tensor([ABSENT])])
    alone = [siamfc_loss(logits[i : i + 1], truth[i : i + 1]) for i in range(3)]
    assert siamfc_loss(logits, truth).item() == pytest.approx(sum(one.item() for one in alone) / 3, rel=1e-6)


def test_the_gradient_is_the_numeric_one() -> None:
    generator = torch.Generator().manual_seed(2)
    logits = (2 * torch.randn(2, 5, 5, generator=generator, dtype=torch.float64)).requires_grad_()
    truth = torch.cat([boxes((6, 3)), torch.tensor([ABSENT])]).double()
    assert torch.autograd.gradcheck(lambda logits: siamfc_loss(logits, truth), (logits,))


def test_a_sure_and_wrong_network_is_not_infinitely_wrong() -> None:
    logits = torch.full((1, 5, 5), -1e4, dtype=torch.bfloat16, requires_grad=True)
    loss = siamfc_loss(logits, boxes((0, 0)))
    assert loss.item() == pytest.approx(0.5e4, rel=0.01)
    assert loss.dtype == torch.float32
