"""SiamRPN++ (Li et al., CVPR 2019): a Siamese region proposal network with depthwise cross-correlation.

``SiamRPNPP.init`` takes the exemplar, 127 x 127 pixels that show the target with context; backbone and neck turn it
into correlation kernels, once. Then every frame takes three steps (``target.py``, ``region_proposal.py``):

1. ``RPNTarget.squares``: one search region around the last place, cut out of the frame and resized to 255 x 255.
2. ``SiamRPNPPEngine.respond``: the search region goes through the same backbone. Two heads correlate it with the
   kernels channel by channel. For k anchors on each of S x S cells one says how likely the target is there, the other
   how its box differs from the anchor. ``AnchorGrid.decode`` makes boxes of the differences.
3. ``RPNTarget.conclude``: a penalty for a change of size or shape, the cosine window, arg-max. Then the box jumps to
   the winner's centre and its size moves part of the way to the winner's (``decision/score_map.py``,
   ``decision/evidence.py``).

The layers are in ``siamrpnpp_network.py``. For tracking, ``siamrpnpp_inference.py`` computes the same in fewer steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import partial

import torch
from torch import Tensor

from tracker_core.crops import Square
from tracker_core.decision.anchors import anchor_grid
from tracker_core.decision.score_map import Response, TrackingConstants, Winner
from tracker_core.images import Image
from tracker_core.runtime.device_step import FactTensors, read_winners, winners
from tracker_core.runtime.openvino_step import openvino_wanted
from tracker_core.runtime.placed_engine import PlacedEngine
from tracker_core.runtime.placement import Placement, network_order, optimise, stacked, to_input
from tracker_core.target import TargetFacts
from tracker_core.trackers.families import Parts
from tracker_core.trackers.region_proposal import RPNTracker
from tracker_core.trackers.siamrpnpp_inference import SiamRPNPPInference
from tracker_core.trackers.siamrpnpp_network import Kernels, NetworkConfig, SiamRPNPPNetwork, foreground
from tracker_core.trackers.siamrpnpp_openvino import has_graph, openvino_graph

__all__ = ["PARTS", "Kernels", "NetworkConfig", "SiamRPNPP", "SiamRPNPPEngine", "SiamRPNPPNetwork"]


class SiamRPNPPEngine(PlacedEngine[Kernels, Response | Winner]):
    """The network on its device. Search regions may have any size; the score map has as many cells as fit.

    The base class runs ``_computed`` on search regions cut on the host (``self._answer``), or ``_on_device`` on whole
    frames, which a GPU cuts and decides itself (``self._step``).
    """

    def __init__(self, network: SiamRPNPPNetwork, placement: Placement) -> None:
        self._network = SiamRPNPPInference(network)
        self._target_cells = network.config.target_cells
        graph_of = None
        if openvino_wanted(placement) and has_graph(self._network):
            graph_of = partial(openvino_graph, deepcopy(self._network))  # before the convolutions are replaced
        optimise(self._network, placement)
        super().__init__(
            placement,
            instance_size=network.config.instance_size,
            window=network.config.window,
            answer=self._computed,
            step=self._on_device,
            graph_of=graph_of,
        )

    @torch.inference_mode()
    def template(self, exemplar: Image) -> Kernels:
        """Step 0, once a target: the exemplar becomes correlation kernels."""
        return self._network.template(to_input([exemplar], self._placement))

    @property
    def exemplars(self) -> int:
        """How many exemplars of a target the network can use."""
        return 2 if len(self._network.fusion) > 0 else 1

    def joined(self, first: Kernels, second: Kernels) -> Kernels:
        return first + second

    @torch.inference_mode()
    def respond(self, kernels: Sequence[Kernels], regions: Sequence[Image]) -> list[Response]:
        """Step 2, once a frame: scores and boxes of all anchors in each search region."""
        answers = self._answer(stacked(regions), *_together(kernels))
        anchors = anchor_grid(answers.shape[-1], self._target_cells)
        return [Response(answer[0], anchors.decode(answer[1:])) for answer in answers]

    @torch.inference_mode()
    def respond_on_device(
        self, kernels: Sequence[Kernels], image: Image, squares: Sequence[Square], facts: Sequence[TargetFacts]
    ) -> list[Winner]:
        return read_winners(self._step(image, squares, facts, *_together(kernels)))

    def _computed(self, regions: Tensor, *kernels: Tensor) -> Tensor:
        """(N, S, S, 3) bytes -> (N, 1 + 4, k, S, S): class and box of each anchor together, for one copy back."""
        logits, deltas = self._network(kernels, network_order(regions, self._placement))
        return torch.cat([foreground(logits)[:, None], deltas.float()], dim=1)

    def _on_device(self, regions: Tensor, facts: FactTensors, *kernels: Tensor) -> Tensor:
        answer = self._computed(regions, *kernels)
        return winners(answer[:, 0], answer[:, 1:], facts, scale=self._target_cells)


def _together(kernels: Sequence[Kernels]) -> Kernels:
    """The kernels of N targets as one batch. If some have two exemplars, targets with one repeat it, which changes
    nothing.
    """
    if len(kernels) == 1:
        return kernels[0]
    most = max(map(len, kernels))
    return tuple(map(torch.cat, zip(*(own * (most // len(own)) for own in kernels), strict=True)))


class SiamRPNPP(RPNTracker[Kernels, TrackingConstants]):
    """The tracker: the engine above, with the steps of ``RPNTarget`` before and after it."""

    constants_type = TrackingConstants


PARTS = Parts(NetworkConfig, SiamRPNPPNetwork, SiamRPNPPEngine, SiamRPNPP)
