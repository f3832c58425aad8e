"""The contrastive loss, and the pairs of a batch that it compares.

Hadsell, Chopra and LeCun, "Dimensionality Reduction by Learning an Invariant Mapping", CVPR 2006, equation 4, with its
factors of one half: ``L = (1 - Y) D^2 / 2 + Y max(0, m - D)^2 / 2``, Y = 0 for the same object and 1 for another.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from tracker_core.trackers.verifier import Distance, distance_between
from tracker_core.training.processes import ALONE, Processes


class ContrastiveParts(NamedTuple):
    """The part for the same object and the part for different ones, () each; their sum is the loss."""

    same: Tensor
    different: Tensor


def contrastive_loss(distance: Tensor, different: Tensor, *, margin: float, processes: Processes = ALONE) -> Tensor:
    """The mean, (), over the pairs of all ``processes``. Pairs of two objects farther apart than ``margin`` add
    nothing.

    Args:
        distance: (N,) between the two embeddings, at least 0.
        different: (N,) bool, the paper's Y.
    """
    together = distance.square() / 2
    apart = (margin - distance).clamp(min=0).square() / 2
    total = torch.where(different, apart, together).sum()
    return processes.mean(total, torch.tensor(len(distance), device=distance.device))


def batch_loss(
    exemplar: Tensor,
    same: Tensor,
    other: Tensor,
    identity: Tensor,
    *,
    margin: float,
    kind: Distance,
    processes: Processes = ALONE,
) -> ContrastiveParts:
    """The loss of N triples. Each exemplar is compared with its own object, with the stranger of its triple, and with
    the nearest stranger in the batch of all ``processes``. Same and different objects weigh equally.

    Args:
        exemplar, same, other: (N, E) embeddings. ``other`` does not show the exemplar's object.
        identity: (N,) numbers of the objects; triples with the same number show the same object.
    """
    pulled = distance_between(exemplar, same, kind)
    pushed = [distance_between(exemplar, other, kind)]
    stranger = identity[:, None] != processes.gathered(identity)[None]  # (N, M), M triples in all processes
    has_stranger = stranger.any(dim=1)
    everyone = processes.gathered(same)  # (M, E)
    if has_stranger.any():
        pushed.append(_nearest(exemplar, everyone, stranger, kind)[has_stranger])
    apart = torch.cat(pushed)
    return ContrastiveParts(
        contrastive_loss(pulled, torch.zeros_like(pulled, dtype=torch.bool), margin=margin, processes=processes),
        contrastive_loss(apart, torch.ones_like(apart, dtype=torch.bool), margin=margin, processes=processes),
    )


def _nearest(exemplar: Tensor, same: Tensor, allowed: Tensor, kind: Distance) -> Tensor:
    """(N,): distance from each of N exemplars to the nearest of M crops that is allowed for it."""
    across = distance_between(exemplar[:, None], same[None], kind)  # (N, M)
    return across.masked_fill(~allowed, torch.inf).amin(dim=1)
