"""Teaching SiamFC: every cell of the score map learns whether the target is there."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from tracker_core.decision.scale_pyramid import STRIDE
from tracker_core.images import Image
from tracker_core.training.losses.siamfc import ScoreMapLoss, label_cells, siamfc_loss
from tracker_core.training.pairs.pairs import Pair, PairConfig, PairSampler
from tracker_core.training.pictures.places import Origin
from tracker_core.training.teaching.cards import LABEL, NEGATIVE, TRUTH, Labels, pair_card
from tracker_core.training.teaching.teaching import LossParts, Means, Teaching, pixels


class ScoreMapObjective:
    """The logistic loss over all cells."""

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


def card(pair: Pair, origin: Origin, network: Any, loss: ScoreMapLoss) -> Image:  # noqa: ANN401  (its NetworkConfig)
    """The card of a pair, with the positive cells drawn in the search region."""
    size = network.score_size
    cells = label_cells(size, torch.from_numpy(pair.box[None]), radius=loss.radius, distance=loss.distance)
    rows, columns = np.nonzero(cells[0].numpy())
    centres = (np.arange(size) - (size - 1) / 2) * STRIDE
    return pair_card(pair, origin, Labels("cells", places=np.column_stack([centres[columns], centres[rows]])))


TEACHING = Teaching(
    samples="pairs",
    pairs=PairConfig,
    sampler=PairSampler,
    objective=ScoreMapObjective,
    card=card,
    key=(("true box", TRUTH), ("cells of the target", LABEL), ("negative", NEGATIVE)),
    loss=ScoreMapLoss,
)
