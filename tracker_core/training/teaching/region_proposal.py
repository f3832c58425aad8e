"""Teaching networks that propose boxes: which anchors show the target, and their offsets from its box."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tracker_core.decision.anchors import SCALE, AnchorGrid
from tracker_core.images import Image
from tracker_core.training.losses.labels import label_anchors
from tracker_core.training.losses.region_proposal import ProposalLoss, box_loss, classification_loss, proposed_overlap
from tracker_core.training.pairs.pairs import Pair, PairConfig, PairSampler
from tracker_core.training.pictures.places import Origin
from tracker_core.training.teaching.cards import LABEL, NEGATIVE, TRUTH, Labels, pair_card
from tracker_core.training.teaching.teaching import LossParts, Means, Teaching, pixels


class ProposalObjective:
    """Classification and box loss over all anchors."""

    def __init__(self, network: Any, loss: ProposalLoss, means: Means) -> None:  # noqa: ANN401  (of several families)
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


def card(pair: Pair, origin: Origin, network: Any, loss: ProposalLoss) -> Image:  # noqa: ANN401  (of several families)
    """The card of a pair, with the positive anchors drawn in the search region."""
    return pair_card(pair, origin, _labels(pair.box, network))


def _labels(box: NDArray[np.float32], network: Any) -> Labels:  # noqa: ANN401  (of several families)
    anchors = AnchorGrid(network.score_size, scale=getattr(network, "target_cells", SCALE)).boxes
    positive = label_anchors(torch.from_numpy(anchors), torch.from_numpy(box[None])).positive[0].numpy()
    chosen = anchors[:, positive].T
    return Labels("anchors", places=chosen[:, :2], boxes=chosen)


TEACHING = Teaching(
    samples="pairs",
    pairs=PairConfig,
    sampler=PairSampler,
    objective=ProposalObjective,
    card=card,
    key=(("true box", TRUTH), ("positive anchors", LABEL), ("negative", NEGATIVE)),
    loss=ProposalLoss,
)
