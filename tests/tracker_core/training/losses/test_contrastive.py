from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from tracker_core.trackers.verifier import Distance, NetworkConfig, VerifierNetwork, distance_between
from tracker_core.training.losses.contrastive import batch_loss, contrastive_loss

DISTANCES = torch.linspace(0, 2.5, 26, dtype=torch.float64)


def loss_of(distance: Tensor, *, different: bool, margin: float) -> Tensor:
    return torch.stack([contrastive_loss(d[None], torch.tensor([different]), margin=margin) for d in distance])


def test_the_loss_is_the_published_curve() -> None:
    """Figure 1 of the paper: half a parabola that rises for the same object, half a parabola down to the margin for
    another, nothing beyond it.
    """
    same = loss_of(DISTANCES, different=False, margin=1.25)
    np.testing.assert_allclose(same, [d**2 / 2 for d in DISTANCES.tolist()])
    other = loss_of(DISTANCES, different=True, margin=1.25)
    np.testing.assert_allclose(other, [(1.25 - d) ** 2 / 2 if d < 1.25 else 0 for d in DISTANCES.tolist()], atol=1e-12)
    assert float(same[10]) == pytest.approx(0.5)  # D = 1
    assert float(other[0]) == pytest.approx(0.78125)  # 1.25^2 / 2


def test_its_slope_is_the_distance_or_what_lacks_to_the_margin() -> None:
    """The paper's spring: equations 5 and 7."""
    for different in (False, True):
        distance = DISTANCES.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(loss_of(distance, different=different, margin=1.25).sum(), distance)
        expected = [-max(1.25 - d, 0) if different else d for d in DISTANCES.tolist()]
        np.testing.assert_allclose(gradient, expected, atol=1e-12)
    assert (gradient[DISTANCES > 1.25] == 0).all()


def test_a_pair_at_the_margin_is_left_alone_and_one_just_inside_hardly_pushed() -> None:
    """The spring of the paper has no length to jump: value and force go to 0 together at the margin."""
    for short, force in ((0.0, 0.0), (1e-3, 1e-3), (-1e-3, 0.0)):
        distance = torch.tensor([1.25 - short], dtype=torch.float64, requires_grad=True)
        loss = contrastive_loss(distance, torch.tensor([True]), margin=1.25)
        (gradient,) = torch.autograd.grad(loss, distance)
        assert loss.item() == pytest.approx(force**2 / 2)
        assert -gradient.item() == pytest.approx(force)


@pytest.mark.parametrize(("different", "distance"), [(False, 0.7), (True, 0.7), (True, 1.6)])
def test_the_force_lies_along_the_line_between_the_two_points(different: bool, distance: float) -> None:
    """Equations 5 and 7 in the space of embeddings: the gradient with respect to one point is D, or D - m, times the
    unit vector from the other; and the other feels the opposite.
    """
    direction = torch.tensor([0.6, 0.0, -0.8], dtype=torch.float64)
    one = (distance * direction).requires_grad_()
    other = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    apart = distance_between(one[None], other[None], "euclidean")
    loss = contrastive_loss(apart, torch.tensor([different]), margin=1.25)
    pull, counter = torch.autograd.grad(loss, (one, other))
    size = min(distance - 1.25, 0.0) if different else distance
    np.testing.assert_allclose(pull, size * direction, atol=1e-6)
    np.testing.assert_allclose(counter, -pull, atol=1e-12)


def test_the_loss_of_a_batch_is_the_mean_over_its_pairs() -> None:
    found = contrastive_loss(torch.tensor([1.0, 0.5, 3.0]), torch.tensor([False, True, True]), margin=2.0)
    assert float(found) == pytest.approx((1 / 2 + 1.5**2 / 2 + 0) / 3)


def triples(count: int = 5, size: int = 6) -> tuple[Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(4)
    one, two, three = torch.randn(3, count, size, generator=generator, dtype=torch.float64)
    return one, two, three


@pytest.mark.parametrize("kind", ["euclidean", "cosine"])
def test_a_batch_costs_what_its_pairs_cost_one_by_one(kind: Distance) -> None:
    exemplar, same, other = triples()
    identity = [7, 8, 7, 9, 8]
    margin = 3.5 if kind == "euclidean" else 1.1

    def apart(one: Tensor, two: Tensor) -> float:
        difference = (one - two).numpy()
        if kind == "euclidean":
            return float(np.linalg.norm(difference))
        return 1 - float(one @ two / (one.norm() * two.norm()))

    pulled = [apart(exemplar[i], same[i]) ** 2 / 2 for i in range(5)]
    pushed = [apart(exemplar[i], other[i]) for i in range(5)]
    pushed += [min(apart(exemplar[i], same[j]) for j in range(5) if identity[i] != identity[j]) for i in range(5)]
    found = batch_loss(exemplar, same, other, torch.tensor(identity), margin=margin, kind=kind)
    assert float(found.same) == pytest.approx(np.mean(pulled))
    assert float(found.different) == pytest.approx(np.mean([max(0, margin - d) ** 2 / 2 for d in pushed]))
    assert float(found.different) > 0


def test_where_all_triples_are_of_one_object_only_their_strangers_push() -> None:
    exemplar, same, other = triples()
    found = batch_loss(exemplar, same, other, torch.zeros(5, dtype=torch.int64), margin=9.0, kind="euclidean")
    expected = contrastive_loss((exemplar - other).norm(dim=1), torch.ones(5, dtype=torch.bool), margin=9.0)
    assert float(found.different) == pytest.approx(float(expected))


def test_the_gradient_of_a_batch_is_the_numeric_one() -> None:
    exemplar, same, other = (part.requires_grad_() for part in triples())
    identity = torch.tensor([0, 1, 2, 0, 3])

    def total(exemplar: Tensor, same: Tensor, other: Tensor) -> Tensor:
        return torch.stack(batch_loss(exemplar, same, other, identity, margin=3.5, kind="euclidean")).sum()

    assert torch.autograd.gradcheck(total, (exemplar, same, other))


def test_one_batch_can_be_learnt_by_heart() -> None:
    """Four objects, each seen twice and a stranger beside it: in the end every object is nearer than any stranger."""
    torch.manual_seed(2)
    network = VerifierNetwork(NetworkConfig(stem=8, middle=8, channels=16, blocks=1, embedding=16))
    base = torch.rand(4, 3, 127, 127) * 255
    noisy = (base + torch.randn_like(base) * 25).clamp(0, 255)
    crops = torch.cat([base, noisy, torch.rand(4, 3, 127, 127) * 255])
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3)
    losses = []
    for _ in range(25):
        exemplar, same, other = network(crops).chunk(3)
        loss = torch.stack(batch_loss(exemplar, same, other, torch.arange(4), margin=1.0, kind="euclidean")).sum()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.1 * losses[0]
    exemplar, same, other = network(crops).detach().chunk(3)
    own = distance_between(exemplar, same, "euclidean")
    foreign = distance_between(exemplar[:, None], torch.cat([same, other])[None], "euclidean")
    foreign[torch.arange(4), torch.arange(4)] = torch.inf
    assert float(own.max()) < float(foreign.min())
