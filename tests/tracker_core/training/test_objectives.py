"""Each family learns what its objective asks: a few pairs by heart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.support.training_data import passing_boxes, write_source
from tracker_core.families import FAMILIES, parts_of
from tracker_core.training.batches import collate
from tracker_core.training.config import Schedule, TrainingConfig
from tracker_core.training.loop import Training
from tracker_core.training.pairs import PairConfig, PairSampler
from tracker_core.training.pictures import open_sources

TINY = {"backbone": "residual", "stem": 8, "middle": 8, "channels": 16, "blocks": 1}


@pytest.mark.parametrize("family", ["siamfc", "siamrpn", "dasiamrpn"])
def test_a_tiny_network_of_the_family_learns_four_pairs_by_heart(family: str, tmp_path: Path) -> None:
    write_source(tmp_path, "video.red", "video", passing_boxes(6))
    network = parts_of(FAMILIES[family]).config
    small = {"head_channels": 8} if family != "siamfc" else {}
    schedule = Schedule(steps=25, batch=4, rate=5e-3, warm_up=2, workers=0, threads=1)
    config = TrainingConfig(
        tmp_path, tmp_path / "run", FAMILIES[family], network=network(**TINY, **small, instance_size=255),
        pairs=replace(PairConfig(mix={"*": 1.0}), negative=0.0), schedule=schedule,
    )  # fmt: skip
    sampler = PairSampler(list(open_sources(tmp_path)), config.pairs, seed=1, count=4)
    batch = collate([sampler[n] for n in range(4)])
    torch.manual_seed(0)
    training = Training(config)
    losses = [training.train_step(batch)["classification"] for _ in range(schedule.steps)]
    assert losses[-1] < 0.5 * losses[0]
