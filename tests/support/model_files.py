"""Weights files of trackers that are small and find nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from tests.support.networks import CONSTANTS, SMALL, random_network
from tracker_core.weights.files import save_weights


def save_small_model(path: Path, *, seed: int = 1) -> Path:
    """A SiamRPN++ of a few thousand parameters."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = random_network(seed=seed).state_dict()
    save_weights(path, tensors, family="siamrpnpp", network=asdict(SMALL), constants=asdict(CONSTANTS))
    return path
