"""The published networks with random weights, to measure their speed without downloading the trained ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch

from tracker_core.runtime.placement import Placement
from tracker_core.tracker import Tracker
from tracker_core.trackers.families import FAMILIES, network_of, tracker_of
from tracker_core.weights.files import WeightsFile

THREE_NECKS = {"neck_channels": (256, 256, 256)}


@dataclass(frozen=True, slots=True)
class Layout:
    """A published network. ``experiment`` is its folder in pysot, if it was published there."""

    name: str
    family: str
    network: Mapping[str, Any]
    constants: Mapping[str, float] = field(default_factory=dict)
    experiment: str = ""


LAYOUTS = (
    Layout(
        "alexnet (random)", "siamrpnpp",
        {"backbone": "alexnet", "head_channels": 256, "instance_size": 287},
        {"penalty_k": 0.16, "window_influence": 0.40, "size_lr": 0.30}, "siamrpn_alex_dwxcorr",
    ),
    Layout(
        "mobilenet_v2 (random)", "siamrpnpp",
        {"backbone": "mobilenet_v2", "width": 1.4, "levels": (3, 5, 7), **THREE_NECKS},
        {"penalty_k": 0.04, "window_influence": 0.40, "size_lr": 0.50}, "siamrpn_mobilev2_l234_dwxcorr",
    ),
    Layout(
        "resnet50 (random)", "siamrpnpp",
        {"backbone": "resnet50", "levels": (2, 3, 4), "weighted": True, **THREE_NECKS},
        {"penalty_k": 0.05, "window_influence": 0.42, "size_lr": 0.38}, "siamrpn_r50_l234_dwxcorr",
    ),
)  # fmt: skip


def untrained(layout: Layout, placement: Placement) -> Tracker:
    """A tracker with the layers of a published one, and the same random weights every time."""
    torch.manual_seed(0)
    family = FAMILIES[layout.family]
    tensors = network_of(family, layout.network).state_dict()
    file = WeightsFile(layout.family, layout.network, tensors, layout.constants)
    return tracker_of(layout.name, family, file, placement, family.constants(**layout.constants))
