"""Fine-tune a trained network on a few pictures of one video without losing what it knows.

A person's machine has no other training pictures to mix in, so the network must not move far: the learning rate is
small, the backbone is frozen, and the result is an average of the old and the new weights. That loses less of the old
skill than the new weights alone (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
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
"""The weight of the new weights in the average."""
SLOW_RATE = 0.01
"""Factor of the learning rate for ``Parts.slow_layers``, the same as when the network was trained."""


def finetuning_config(model: Model, *, data: Path, out: Path, steps: int, threads: int) -> TrainingConfig:
    """The training file, in effect, that fine-tunes this model on the prepared pictures in ``data``.

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
    """The old weights for ``share`` 0, the new ones for 1, and a linear mix in between."""
    return {name: old[name].float().lerp(new[name].float(), share) for name in new}
