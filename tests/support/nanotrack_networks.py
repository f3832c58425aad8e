"""NanoTrack networks with random weights, and the published ones where they are."""

from __future__ import annotations

import copy
import functools
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tracker_core.decision.point_boxes import NanoTrackConstants
from tracker_core.runtime.placement import place
from tracker_core.trackers.nanotrack import NanoTrack, NanoTrackConfig, NanoTrackEngine, NanoTrackNetwork
from tracker_core.trackers.nanotrack_network import HeadV2
from tracker_core.weights.checkpoint import open_checkpoint

CONSTANTS = NanoTrackConstants(penalty_k=0.14, window_influence=0.45, size_lr=0.35)


def smooth_noise(size: int, *, seed: int) -> Tensor:
    """(1, 3, size, size) in 0..255, as varied as a picture and as smooth."""
    coarse = torch.rand(1, 3, 24, 24, generator=torch.Generator().manual_seed(seed)) * 255
    return F.interpolate(coarse, size=(size, size), mode="bilinear")


def random_nanotrack_network(version: int = 3) -> NanoTrackNetwork:
    """A new network each time; see ``_random_network``."""
    return copy.deepcopy(_random_network(version))


@functools.cache
def _random_network(version: int) -> NanoTrackNetwork:
    """Weights by the version, in evaluation mode. Batch norms hold the statistics of noise, so that pictures still
    differ after forty layers; boxes are of the size of a target.
    """
    torch.manual_seed(version)
    network = NanoTrackNetwork(NanoTrackConfig(version))
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 1.0
    with torch.no_grad():
        exemplars, searches = (
            torch.cat([smooth_noise(size, seed=seed) for seed in range(4)]) + 80 * torch.rand(4, 3, size, size)
            for size in (127, 255)
        )
        network.train()(network.template(exemplars), searches)
        head = network.ban_head
        boxes, classes = head.bbox_pred[0], (head.cls_pred if isinstance(head, HeadV2) else head.cls_logits)[0]
        for layer, share in ((boxes, 0.05), (classes, 0.1)):
            assert isinstance(layer, nn.Conv2d)
            assert layer.bias is not None
            layer.weight.mul_(share)  # otherwise one more grey level would change the winner
        nn.init.constant_(boxes.get_parameter("bias"), 3.3)
    return network.eval()


def random_nanotrack(version: int = 3) -> NanoTrack:
    """A float32 tracker on the CPU."""
    return NanoTrack("random", NanoTrackEngine(random_nanotrack_network(version), place("cpu", "float32")), CONSTANTS)


def published_network(folder: Path) -> NanoTrackNetwork:
    """The network of a published checkpoint, in a folder named after its version. It takes BGR."""
    (file,) = folder.glob("*.pth")
    network = NanoTrackNetwork(NanoTrackConfig(int(file.stem[-1]))).eval()
    tensors = open_checkpoint(file).tensors()
    network.load_state_dict({name: value for name, value in tensors.items() if not name.startswith("neck.")})
    return network
