"""Each family learns what its objective asks: one batch by heart, so that what it then says of it is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.support.training_data import BLUE, passing_boxes, write_source
from tracker_core.runtime.placement import place
from tracker_core.trackers.families import FAMILIES, parts_of
from tracker_core.trackers.verifier import distance_between
from tracker_core.training.losses.labels import label_anchors
from tracker_core.training.losses.region_proposal import proposed_overlap
from tracker_core.training.losses.siamfc import label_cells
from tracker_core.training.pairs.pairs import PairConfig
from tracker_core.training.pairs.verifier_samples import TripleConfig
from tracker_core.training.pictures.prepared import open_sources
from tracker_core.training.run.batches import collate, sampler_of
from tracker_core.training.run.config import Schedule, TrainingConfig
from tracker_core.training.run.loop import Training
from tracker_core.training.teaching.region_proposal import ProposalObjective
from tracker_core.training.teaching.teaching import Means, UntaughtError, pixels, teaching_of

CPU = torch.device("cpu")
BACKBONE = {"stem": 8, "middle": 8, "channels": 16, "blocks": 1}
LEARNABLE = PairConfig(mix={"*": 1.0}, negative=0.0, cover=0.0, grey=0.0)
"""Every target is there, whole and in its colour."""
TRACKER = {"backbone": "residual", "instance_size": 255}
RATES = {"siamrpn": {"conv_r1.*": 0.01, "conv_cls1.*": 0.01}}
"""What makes the kernels learns slower, as in docs/examples/siamrpn.toml."""


def learn_by_heart(tmp_path: Path, family: str, *, rate: float, **network: Any) -> tuple[Any, Any, list[float]]:
    """The network after 32 steps on the same four samples; the samples; and the loss of each step."""
    write_source(tmp_path, "video.red", "video", passing_boxes(6))
    if family == "verifier":  # which needs another object
        write_source(tmp_path, "stills.blue", "stills", passing_boxes(4), colour=BLUE)
    of_family = FAMILIES[family]
    pairs = LEARNABLE if of_family.is_tracker else TripleConfig(mix={"*": 1.0})
    config = TrainingConfig(
        tmp_path, tmp_path / "run", of_family, network=parts_of(of_family).config(**BACKBONE, **network), pairs=pairs,
        schedule=Schedule(
            steps=32, batch=4, rate=rate, rates=RATES.get(family, {}), warm_up=2,
            precision="float32", workers=0, threads=1,
        ),
    )  # fmt: skip
    torch.set_num_threads(1)
    sampler = sampler_of(config, list(open_sources(tmp_path)))
    batch: Any = collate([sampler[n] for n in range(4)])
    training = Training(config)
    losses = [training.train_step(batch)["loss"] for _ in range(config.schedule.steps)]
    return training.network, batch, losses


@torch.no_grad()
def respond(network: Any, batch: Any) -> Any:
    """As in training: in float32, normalised over the batch."""
    search = network.backbone(pixels(batch.search, CPU))
    return network.respond(network.template(pixels(batch.exemplar, CPU)), search)


@pytest.mark.parametrize("family", ["siamrpn", "siamrpnpp"])
def test_a_network_that_proposes_boxes_learns_four_pairs_by_heart(tmp_path: Path, family: str) -> None:
    network, batch, losses = learn_by_heart(tmp_path, family, rate=1e-2, head_channels=16, **TRACKER)
    assert losses[-1] < 0.3 * losses[0]
    logits, deltas = respond(network, batch)
    anchors = torch.from_numpy(network.anchors.boxes)
    labels = label_anchors(anchors, torch.as_tensor(batch.box))
    overlap = proposed_overlap(deltas, labels, anchors).flatten(1)
    best = logits.softmax(dim=1)[:, 1].flatten(1).argmax(dim=1, keepdim=True)
    fits = overlap.gather(1, best) > 0.5
    assert fits.sum() >= 3, "the proposal of the highest score is at the target and fits it, in three of four at least"


def test_siamfc_learns_four_pairs_by_heart(tmp_path: Path) -> None:
    network, batch, losses = learn_by_heart(tmp_path, "siamfc", rate=1e-2, **TRACKER)
    assert losses[-1] < 0.45 * losses[0]
    response: Tensor = respond(network, batch)
    target = label_cells(response.shape[-1], torch.as_tensor(batch.box)).flatten(1)
    assert target.gather(1, response.flatten(1).argmax(dim=1, keepdim=True)).all(), "the highest cell is the target's"


def test_the_verifier_learns_four_triples_by_heart(tmp_path: Path) -> None:
    network, batch, losses = learn_by_heart(tmp_path, "verifier", rate=5e-3, embedding=8)
    assert losses[-1] < 0.1 * losses[0]
    crops = torch.cat([pixels(crop, CPU) for crop in (batch.exemplar, batch.same, batch.other)])
    with torch.no_grad():
        exemplar, same, other = network.embeddings(network.backbone(crops)).chunk(3)
    kind = network.config.distance
    assert (distance_between(exemplar, same, kind) < distance_between(exemplar, other, kind)).all()


@pytest.mark.parametrize("family", ["dasiamrpn", "siamrpnpp_lt"])
def test_the_long_term_families_are_taught_as_those_that_they_are_made_of(family: str, tmp_path: Path) -> None:
    of_family = FAMILIES[family]
    config = TrainingConfig(tmp_path, tmp_path, of_family, network=parts_of(of_family).config())
    network = parts_of(of_family).network(config.network)
    assert isinstance(teaching_of(of_family).objective(network, config.loss, Means()), ProposalObjective)


def test_a_family_that_is_only_converted_says_so() -> None:
    converted = replace(FAMILIES["siamrpnpp"], title="OnlyConverted", teaching=None)
    with pytest.raises(UntaughtError, match="OnlyConverted cannot be trained here"):
        teaching_of(converted)


@pytest.mark.parametrize(
    ("means", "wanted"),
    [
        (Means(precision="bf16"), torch.bfloat16),
        (Means(precision="float32"), torch.float32),
        (Means(), None),
    ],
)
def test_by_default_it_learns_in_the_precision_that_it_would_track_in(means: Means, wanted: torch.dtype | None) -> None:
    wanted = wanted or place("cpu").dtype  # not asked at collection: it is measured, and another test measures it anew
    with means.autocast():
        assert torch.nn.functional.conv2d(torch.zeros(1, 1, 3, 3), torch.zeros(1, 1, 1, 1)).dtype == wanted


def test_pictures_become_numbers_in_the_order_of_the_network() -> None:
    images = np.arange(2 * 4 * 5 * 3, dtype=np.uint8).reshape(2, 4, 5, 3)
    found = pixels(images, CPU)
    assert found.shape == (2, 3, 4, 5)
    assert found.is_contiguous(memory_format=torch.channels_last)
    assert found[1, 2, 3, 4] == images[1, 3, 4, 2]
