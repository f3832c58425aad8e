"""NanoTrack's network says what the published files say, and takes search regions of any size."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from tests.support.nanotrack_networks import published_network, random_nanotrack_network, smooth_noise
from tracker_core.trackers.nanotrack_network import NanoTrackConfig, NanoTrackNetwork

VERSIONS = [1, 2, 3]
PARAMETERS = {1: 287_966, 2: 334_078, 3: 541_446}


@pytest.mark.shared_data
@pytest.mark.parametrize("version", VERSIONS)
def test_maps_are_those_of_the_published_onnx_files(version: int, shared_data: Path) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    folder = shared_data.parent / "peers" / f"nanotrackv{version}"
    network = published_network(folder)
    backbone, head = (
        onnxruntime.InferenceSession(next(folder.glob(f"*{part}*.onnx")), providers=["CPUExecutionProvider"])
        for part in ("backbone", "head")
    )
    search = smooth_noise(255, seed=1)
    with torch.inference_mode():
        exemplar = network.backbone(smooth_noise(127, seed=2))
        logits, distances = network(network.ban_head.kernels(exemplar), search)
    (features,) = backbone.run(None, {"input": search.numpy()})
    expected_logits, expected_distances = head.run(None, {"input1": exemplar.numpy(), "input2": features})
    assert expected_logits.std() > 0.1
    np.testing.assert_allclose(logits, expected_logits, atol=1e-4)
    np.testing.assert_allclose(distances, expected_distances, atol=1e-4, rtol=1e-5)


@pytest.mark.parametrize("version", VERSIONS)
def test_it_has_as_many_parameters_as_the_published_one(version: int) -> None:
    with torch.device("meta"):
        network = NanoTrackNetwork(NanoTrackConfig(version))
    assert sum(p.numel() for p in network.parameters()) == PARAMETERS[version]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("size", [191, 223, 255, 287])
def test_a_search_region_of_any_size_gives_the_map_that_the_config_says(version: int, size: int) -> None:
    network = random_nanotrack_network(version)
    with torch.inference_mode():
        logits, distances = network(network.template(smooth_noise(127, seed=2)), smooth_noise(size, seed=3))
    cells = NanoTrackConfig(version, instance_size=size).score_size
    assert logits.shape == (1, 2, cells, cells)
    assert distances.shape == (1, 4, cells, cells)
    assert (distances > 0).all()


@pytest.mark.parametrize("version", VERSIONS)
def test_pairs_of_a_batch_do_not_mix(version: int) -> None:
    network = random_nanotrack_network(version)
    pairs = [(smooth_noise(127, seed=seed), smooth_noise(255, seed=seed + 10)) for seed in (1, 2)]
    exemplars, searches = (torch.cat(pictures) for pictures in zip(*pairs, strict=True))
    with torch.inference_mode():
        together = network(network.template(exemplars), searches)
        alone = [network(network.template(exemplar), search) for exemplar, search in pairs]
    for kind in (0, 1):
        torch.testing.assert_close(together[kind], torch.cat([one[kind] for one in alone]), rtol=1e-3, atol=1e-4)
    assert (alone[0][0] - alone[1][0]).abs().mean() > 0.005


def test_a_version_that_nobody_published_is_refused() -> None:
    with pytest.raises(ValueError, match="no NanoTrack version 4"):
        NanoTrackConfig(4)
