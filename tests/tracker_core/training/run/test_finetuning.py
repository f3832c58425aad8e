"""Teaching a trained network of any family a little more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.support.networks import with_statistics
from tests.support.training_data import passing_boxes, write_source
from tracker_core.trackers.families import FAMILIES, parts_of
from tracker_core.training.run.finetuning import between, finetuning_config
from tracker_core.training.run.loop import train
from tracker_core.weights.catalog import model_named
from tracker_core.weights.files import read_weights, save_weights

SMALL_RESIDUAL = {"stem": 4, "middle": 8, "channels": 8, "blocks": 1}
TWO_LEVELS = {"width": 0.25, "weighted": True, "neck_channels": (8, 8)}
NETWORKS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "siamrpnpp, as shipped": ("siamrpnpp", {**SMALL_RESIDUAL, "head_channels": 8, "instance_size": 223}),
    "siamrpnpp, pysot's AlexNet": (
        "siamrpnpp", {"backbone": "alexnet", "width": 0.1, "head_channels": 8, "instance_size": 287},
    ),
    "siamrpnpp, pysot's MobileNetV2": ("siamrpnpp", {"backbone": "mobilenet_v2", "levels": (3, 5), **TWO_LEVELS}),
    "siamrpnpp, pysot's ResNet-50": ("siamrpnpp", {"backbone": "resnet50", "levels": (2, 3), **TWO_LEVELS}),
    "siamrpnpp_lt": ("siamrpnpp_lt", {**SMALL_RESIDUAL, "head_channels": 8}),
    "siamrpn, as shipped": (
        "siamrpn", {"backbone": "residual", **SMALL_RESIDUAL, "head_channels": 4, "instance_size": 255},
    ),
    "dasiamrpn, published": ("dasiamrpn", {"width": 0.1, "head_channels": 4}),
    "siamfc, as shipped": ("siamfc", SMALL_RESIDUAL),
    "siamfc, published": ("siamfc", {"backbone": "alexnet_v1"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    write_source(folder, "track.1", "video", passing_boxes(4), outlined=False)
    return folder


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_that_tracks_can_be_taught_with_its_backbone_still(
    name: str, pictures: Path, tmp_path: Path
) -> None:
    family, given = NETWORKS[name]
    parts = parts_of(FAMILIES[family])
    network = parts.config(**given)
    path = tmp_path / "model.safetensors"
    torch.manual_seed(1)
    tensors = with_statistics(parts.network(network)).state_dict()
    save_weights(
        path, tensors, family=family, network=asdict(network), constants=FAMILIES[family].constants().as_mapping()
    )
    config = finetuning_config(model_named(str(path)), data=pictures, out=tmp_path / "out", steps=2, threads=1)
    assert config.pairs.search_size == network.instance_size
    assert config.schedule.workers == 0
    taught = read_weights(train(replace(config, schedule=replace(config.schedule, batch=2))))
    old = read_weights(path).tensors
    assert taught.family == family
    changed = {name for name in old if not torch.allclose(old[name], taught.tensors[name], rtol=0, atol=1e-9)}
    assert changed
    assert not any(name.startswith("backbone.") for name in changed)


def test_what_is_kept_lies_between_old_and_new() -> None:
    old, new = {"a": torch.zeros(3)}, {"a": torch.full((3,), 10.0)}
    assert between(old, new, share=0.3)["a"].tolist() == [3.0] * 3
    assert between(old, new, share=0)["a"].tolist() == [0.0] * 3
