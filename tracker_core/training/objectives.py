"""What a network of each family is asked to get right, as loss parts by name."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

import torch
from torch import Tensor, nn

from tracker_core.families import Family
from tracker_core.training.labels import label_anchors
from tracker_core.training.losses import box_loss, classification_loss
from tracker_core.training.siamfc_loss import siamfc_loss

LossParts: TypeAlias = dict[str, Tensor]
"""Names are those of ``config.Weights``."""


class Objective(Protocol):
    """A loss for one batch. ``features`` are the backbone's of the search regions: a teacher looks at them as well."""

    def __call__(self, exemplar: Tensor, features: Tensor, box: Tensor) -> LossParts:
        """
        Args:
            exemplar: (N, 3, 127, 127)
            features: (N, C, h, w)
            box: (N, 4) cx, cy, width, height in search pixels relative to the centre; NaN where there is no target.
        """
        ...


class ProposalObjective:
    """Of the networks that propose boxes: SiamRPN, DaSiamRPN, SiamRPN++."""

    def __init__(self, network: Any, device: torch.device) -> None:  # noqa: ANN401  (any of the three)
        self._network = network
        self._anchors = torch.from_numpy(network.anchors.boxes).to(device)

    def __call__(self, exemplar: Tensor, features: Tensor, box: Tensor) -> LossParts:
        with torch.autocast(exemplar.device.type, torch.bfloat16):
            logits, deltas = self._network.respond(self._network.template(exemplar), features)
        labels = label_anchors(self._anchors, box)
        return {
            "classification": classification_loss(logits, labels),
            "box": box_loss(deltas, labels, self._anchors),
        }


class ScoreMapObjective:
    """Of SiamFC: every cell says whether it is the target's."""

    def __init__(self, network: Any) -> None:  # noqa: ANN401  (SiamFCNetwork, whose methods torch leaves untyped)
        self._network = network

    def __call__(self, exemplar: Tensor, features: Tensor, box: Tensor) -> LossParts:
        with torch.autocast(exemplar.device.type, torch.bfloat16):
            logits = self._network.respond(self._network.template(exemplar), features)
        return {"classification": siamfc_loss(logits.float(), box)}


def objective_of(family: Family, network: nn.Module, device: torch.device) -> Objective:
    """What a network of a family learns."""
    if family.name == "siamfc":
        return ScoreMapObjective(network)
    return ProposalObjective(network, device)
