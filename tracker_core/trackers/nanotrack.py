"""NanoTrack (HonglinChu/SiamTrackers): a mobile-sized Siamese tracker without anchors, in its three published versions.

Each cell of the score map says how likely the target is there, and how far the four sides of its box are from the
cell's point. The decision is SiamRPN's with one anchor (``region_proposal.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import torch
from torch import Tensor

from tracker_core.crops import Square
from tracker_core.decision.point_boxes import LONGEST, NanoTrackConstants, decode, points
from tracker_core.decision.score_map import Response, Winner
from tracker_core.images import Image
from tracker_core.runtime.device_step import FactTensors, read_winners, winners_of_boxes
from tracker_core.runtime.placed_engine import PlacedEngine
from tracker_core.runtime.placement import Placement, network_order, optimise, stacked, to_input
from tracker_core.target import TargetFacts
from tracker_core.trackers.families import Parts
from tracker_core.trackers.nanotrack_network import STRIDE, Kernels, NanoTrackConfig, NanoTrackNetwork
from tracker_core.trackers.region_proposal import RPNTracker

__all__ = ["PARTS", "NanoTrack", "NanoTrackConfig", "NanoTrackEngine", "NanoTrackNetwork"]


class NanoTrackEngine(PlacedEngine[Kernels, Response | Winner]):
    """The network on its device. Search regions may have any size; the score map has as many cells as fit."""

    def __init__(self, network: NanoTrackNetwork, placement: Placement) -> None:
        self._network = network
        optimise(self._network, placement)
        super().__init__(
            placement,
            instance_size=network.config.instance_size,
            answer=self._computed,
            step=self._on_device,
        )

    @torch.inference_mode()
    def template(self, exemplar: Image) -> Kernels:
        return self._network.template(to_input([exemplar], self._placement))

    @torch.inference_mode()
    def respond(self, kernels: Sequence[Kernels], regions: Sequence[Image]) -> list[Response]:
        answers = self._answer(stacked(regions), *_together(kernels))
        return [Response(answer[:1], decode(answer[1:], stride=STRIDE), stride=STRIDE) for answer in answers]

    @torch.inference_mode()
    def respond_on_device(
        self, kernels: Sequence[Kernels], image: Image, squares: Sequence[Square], facts: Sequence[TargetFacts]
    ) -> list[Winner]:
        return read_winners(self._step(image, squares, facts, *_together(kernels)))

    def _computed(self, regions: Tensor, *kernels: Tensor) -> Tensor:
        """(N, H, W, 3) bytes -> (N, 1 + 4, S, S): probability, and logarithms of the distances, for one copy back."""
        search = self._network.backbone(network_order(regions, self._placement))
        logits, logarithms = self._network.ban_head(kernels, search)
        return torch.cat([torch.softmax(logits.float(), dim=1)[:, 1:], logarithms.float()], dim=1)

    def _on_device(self, regions: Tensor, facts: FactTensors, *kernels: Tensor) -> Tensor:
        answer = self._computed(regions, *kernels)
        left, top, right, bottom = answer[:, 1:].clamp(-LONGEST, LONGEST).exp().unbind(dim=1)
        offsets = _offsets(answer.shape[-1], answer.device)
        cx, cy = offsets[None, None, :] + (right - left) / 2, offsets[None, :, None] + (bottom - top) / 2
        boxes = torch.stack([cx, cy, left + right, top + bottom], dim=1)[:, :, None]
        return winners_of_boxes(answer[:, :1], boxes, facts)


@cache  # never freed, for recordings read this memory
def _offsets(size: int, device: torch.device) -> Tensor:
    return torch.tensor(points(size, STRIDE), device=device)


def _together(kernels: Sequence[Kernels]) -> Kernels:
    return kernels[0] if len(kernels) == 1 else tuple(map(torch.cat, zip(*kernels, strict=True)))


class NanoTrack(RPNTracker[Kernels, NanoTrackConstants]):
    """The tracker."""

    constants_type = NanoTrackConstants


PARTS = Parts(NanoTrackConfig, NanoTrackNetwork, NanoTrackEngine, NanoTrack)
