"""What a network of each family is asked to get right, as loss parts by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from tracker_core.runtime.placement import place
from tracker_core.tracker import PrecisionName
from tracker_core.trackers.families import Family
from tracker_core.training.losses.contrastive import batch_loss
from tracker_core.training.losses.labels import label_anchors
from tracker_core.training.losses.region_proposal import ProposalLoss, box_loss, classification_loss, proposed_overlap
from tracker_core.training.losses.siamfc import ScoreMapLoss, siamfc_loss
from tracker_core.training.pairs.pairs import Pair
from tracker_core.training.pairs.verifier_samples import Triple
from tracker_core.training.processes import ALONE, Processes

LossParts: TypeAlias = dict[str, Tensor]
"""Names are those of ``config.Weights``."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a loss is computed with: by which processes, and in which precision ("auto" is bf16 where the processor has
    instructions for it; a CPU without them takes seven times as long in bf16 as in float32).
    """

    processes: Processes = ALONE
    precision: PrecisionName = "auto"

    @property
    def device(self) -> torch.device:
        return self.processes.device

    def autocast(self) -> torch.autocast:
        """Where the network runs: bf16 for convolutions, float32 for what needs it."""
        dtype = place(self.device.type, self.precision).dtype
        return torch.autocast(self.device.type, torch.bfloat16, enabled=dtype == torch.bfloat16)


class Objective(Protocol):
    """A loss for one batch."""

    def __call__(self, batch: Any) -> tuple[LossParts, Tensor]:  # noqa: ANN401  (Pair or Triple, as the family learns)
        """Of a collated batch: the parts of the loss, and the backbone's features (N, C, h, w) of its search regions,
        for a teacher looks at them as well.
        """
        ...


class ProposalObjective:
    """Of the networks that propose boxes: SiamRPN, DaSiamRPN, SiamRPN++."""

    def __init__(self, network: Any, loss: ProposalLoss, means: Means) -> None:  # noqa: ANN401  (any of the three)
        self._network = network
        self._loss = loss
        self._means = means
        self._anchors = torch.from_numpy(network.anchors.boxes).to(means.device)

    def __call__(self, batch: Pair) -> tuple[LossParts, Tensor]:
        exemplar, search = pixels(batch.exemplar, self._means.device), pixels(batch.search, self._means.device)
        with self._means.autocast():
            features = self._network.backbone(search)
            kernels = self._network.template(exemplar)
            if getattr(self._network.config, "exemplars", 1) == 2:
                kernels += self._network.template(pixels(batch.second, self._means.device))
            logits, deltas = self._network.respond(kernels, features)
        labels = label_anchors(self._anchors, torch.as_tensor(batch.box, device=self._means.device))
        target = proposed_overlap(deltas, labels, self._anchors) if self._loss.target == "overlap" else None
        parts = {
            "classification": classification_loss(logits, labels, target=target, processes=self._means.processes),
            "box": box_loss(deltas, labels, self._anchors, kind=self._loss.box, processes=self._means.processes),
        }
        return parts, features


class ScoreMapObjective:
    """Of SiamFC: every cell says whether it is the target's."""

    def __init__(self, network: Any, loss: ScoreMapLoss, means: Means) -> None:  # noqa: ANN401  (SiamFCNetwork)
        self._network = network
        self._loss = loss
        self._means = means

    def __call__(self, batch: Pair) -> tuple[LossParts, Tensor]:
        exemplar, search = pixels(batch.exemplar, self._means.device), pixels(batch.search, self._means.device)
        with self._means.autocast():
            features = self._network.backbone(search)
            logits = self._network.respond(self._network.template(exemplar), features)
        box = torch.as_tensor(batch.box, device=self._means.device)
        loss = siamfc_loss(logits.float(), box, radius=self._loss.radius, distance=self._loss.distance)
        return {"classification": loss}, features


class ContrastiveObjective:
    """Of the verifier: crops of one object lie close together, all others a margin apart."""

    def __init__(self, network: Any, means: Means) -> None:  # noqa: ANN401  (VerifierNetwork, untyped by torch)
        self._network = network
        self._means = means

    def __call__(self, batch: Triple) -> tuple[LossParts, Tensor]:
        crops = torch.cat([pixels(crop, self._means.device) for crop in (batch.exemplar, batch.same, batch.other)])
        with self._means.autocast():
            features = self._network.backbone(crops)
            exemplar, same, other = self._network.embeddings(features).chunk(3)
        config = self._network.config
        identity = torch.as_tensor(batch.identity, device=self._means.device)
        loss = batch_loss(
            exemplar, same, other, identity,
            margin=config.margin, kind=config.distance, processes=self._means.processes,
        )  # fmt: skip
        return {"classification": loss.same + loss.different}, features


def pixels(images: object, device: torch.device) -> Tensor:
    """(N, H, W, 3) uint8 -> (N, 3, H, W) float, channels last: the memory is already in that order."""
    return torch.as_tensor(np.asarray(images), device=device).permute(0, 3, 1, 2).float()


LOSSES: Mapping[str, type[Any]] = {
    "siamfc": ScoreMapLoss,
    "siamrpn": ProposalLoss,
    "dasiamrpn": ProposalLoss,
    "siamrpnpp": ProposalLoss,
    "siamrpnpp_lt": ProposalLoss,
}
"""By family, what the [loss] table of a training file may say. The verifier's margin belongs to its network."""


def objective_of(family: Family, network: nn.Module, loss: Any, means: Means) -> Objective:  # noqa: ANN401
    """What a network of a family learns. ``loss`` is of the family's type in ``LOSSES``, None where there is none."""
    if family.name == "verifier":
        return ContrastiveObjective(network, means)
    if family.name == "siamfc":
        return ScoreMapObjective(network, loss, means)
    return ProposalObjective(network, loss, means)
