"""Fine-tune a trained network on few pictures of one video, without losing what it knows.

A person's machine has no other training pictures to mix in, so the network must stay near what it was: the rate is
small, the backbone is frozen, and the result lies between the old weights and the new ones, which keeps more of both
than the last step does (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from tracker_core.target import EXEMPLAR_SIZE
from tracker_core.trackers.families import parts_of
from tracker_core.training.pairs.pairs import PairConfig
from tracker_core.training.run.config import Logging, Schedule, TrainingConfig
from tracker_core.weights.catalog import Model

BATCH = 8
RATE = 2e-4
SHARE = 0.6
"""Share of the new weights in the result; the rest are the old ones."""
SLOW_RATE = 0.01
"""Factor of the rate for ``Parts.slow_layers``, as when the network was trained."""


def finetuning_config(model: Model, *, data: Path, out: Path, steps: int, threads: int) -> TrainingConfig:
    """A training of this model's network on the prepared pictures in ``data``.

    It uses no worker processes, because a process with a window must not fork.
    """
    parts = parts_of(model.family)
    network = parts.config(**model.network)
    return TrainingConfig(
        data=data,
        out=out,
        family=model.family,
        start=model.path,
        network=network,
        logging=Logging(curves=False),
        pairs=PairConfig(
            mix={"*": 1.0},
            search_size=network.instance_size,
            window=getattr(network, "window", EXEMPLAR_SIZE),
            frame_range=10_000,
            negative_kinds={"elsewhere": 1.0},
        ),
        schedule=Schedule(
            steps=steps,
            batch=BATCH,
            rate=RATE,
            final_rate=RATE / 20,
            warm_up=max(1, min(20, steps // 10)),
            frozen=steps,
            rates=dict.fromkeys(parts.slow_layers, SLOW_RATE),
            average=0.99,
            checkpoint_every=steps,
            workers=0,
            threads=threads,
        ),
    )


def between(old: Mapping[str, Tensor], new: Mapping[str, Tensor], *, share: float = SHARE) -> dict[str, Tensor]:
    """The weights at that share of the way from the old to the new ones."""
    return {name: old[name].float().lerp(new[name].float(), share) for name in new}
