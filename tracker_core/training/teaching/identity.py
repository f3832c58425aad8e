"""Teaching the verifier: embeddings of one object come close together, those of others at least a margin apart."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from tracker_core.images import Image
from tracker_core.training.losses.contrastive import batch_loss
from tracker_core.training.pairs.verifier_samples import Triple, TripleConfig, TripleSampler
from tracker_core.training.pictures.places import Origin
from tracker_core.training.teaching.cards import NEGATIVE, TRUTH, triple_card
from tracker_core.training.teaching.teaching import LossParts, Means, Teaching, pixels


class ContrastiveObjective:
    """The contrastive loss over the pairs of a batch. Margin and distance belong to the network's config."""

    def __init__(self, network: Any, loss: None, means: Means) -> None:  # noqa: ANN401  (VerifierNetwork)
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


def card(triple: Triple, origin: Origin, network: object, loss: None) -> Image:
    """The card of a triple."""
    return triple_card(triple, origin)


TEACHING = Teaching(
    samples="triples",
    pairs=TripleConfig,
    sampler=TripleSampler,
    objective=ContrastiveObjective,
    card=card,
    key=(("the same object", TRUTH), ("not it", NEGATIVE)),
)
