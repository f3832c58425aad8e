"""OpenVINO computes the same as torch. If it fails, torch takes over, and the person is told once."""

from __future__ import annotations

import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, SMALL, random_network
from tests.support.siamrpnpp_published import ALEXNET, thin
from tracker_core.runtime.openvino_step import RUNTIME, OpenVINOStep
from tracker_core.runtime.placement import place
from tracker_core.trackers.siamrpnpp import NetworkConfig, SiamRPNPP, SiamRPNPPEngine, SiamRPNPPNetwork

LITE0 = NetworkConfig(backbone="lite0", channels=16, head_channels=16, instance_size=159)
CONFIGS = {
    "lite0": LITE0,
    "residual": replace(SMALL, instance_size=159),
    "two exemplars": replace(LITE0, exemplars=2),
}
RNG = np.random.default_rng(0)
EXEMPLARS = RNG.integers(0, 256, (3, 127, 127, 3), np.uint8)
REGIONS = RNG.integers(0, 256, (3, 159, 159, 3), np.uint8)


@pytest.fixture
def openvino(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openvino", reason="an optional package: pip install openvino")
    monkeypatch.delenv(RUNTIME)


def network_of(config: NetworkConfig) -> SiamRPNPPNetwork:
    network = random_network(config)
    if config.exemplars == 2:
        for head in (network.cls, network.loc):
            nn.init.normal_(head.fusion.gate.weight, std=0.3)
    return network


def engines(config: NetworkConfig) -> tuple[SiamRPNPPEngine, SiamRPNPPEngine]:
    """OpenVINO's and torch's, with the same weights."""
    network, at = network_of(config), place("cpu", "float32")
    quick = SiamRPNPPEngine(network, at)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(RUNTIME, "torch")
        plain = SiamRPNPPEngine(network, at)
    assert isinstance(quick._answer, OpenVINOStep)
    assert not isinstance(plain._answer, OpenVINOStep)
    return quick, plain


@pytest.mark.usefixtures("openvino")
@pytest.mark.parametrize("config", list(CONFIGS.values()), ids=list(CONFIGS))
@pytest.mark.parametrize("threads", [1, 2])
def test_maps_are_those_of_torch(config: NetworkConfig, threads: int) -> None:
    torch.set_num_threads(threads)
    quick, plain = engines(config)
    kernels = [plain.template(exemplar) for exemplar in EXEMPLARS]
    if config.exemplars == 2:
        kernels = [plain.joined(one, kernels[0]) for one in kernels]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        alone = quick.respond(kernels[:1], [REGIONS[0]])
        together = quick.respond(kernels, list(REGIONS))
    of_torch = plain.respond(kernels[:1], [REGIONS[0]]) + plain.respond(kernels, list(REGIONS))
    for found, expected in zip(alone + together, of_torch, strict=True):
        assert expected.scores.std() > 0.01
        np.testing.assert_allclose(found.scores, expected.scores, atol=1e-4)
        np.testing.assert_allclose(found.boxes, expected.boxes, rtol=1e-3, atol=1e-2)


@pytest.mark.usefixtures("openvino")
def test_boxes_of_fifty_frames_are_those_of_torch() -> None:
    images, truth = moving_square(50)
    ways = [SiamRPNPP("random", engine, CONSTANTS).init(images[0], truth[0]) for engine in engines(LITE0)]
    for image in images[1:]:
        found, expected = (target.update(image) for target in ways)
        assert found.box.as_tuple() == pytest.approx(expected.box.as_tuple(), abs=0.01)
        assert found.score == pytest.approx(expected.score, abs=1e-4)


@pytest.mark.usefixtures("openvino")
def test_a_region_of_another_size_gets_a_graph_of_its_own() -> None:
    quick, plain = engines(LITE0)
    kernels = [plain.template(EXEMPLARS[0])]
    for side in (159, 191, 159):
        region = np.ascontiguousarray(np.resize(REGIONS[0], (side, side, 3)))
        found, expected = (engine.respond(kernels, [region])[0] for engine in (quick, plain))
        np.testing.assert_allclose(found.scores, expected.scores, atol=1e-4)


@pytest.mark.usefixtures("openvino")
def test_where_it_is_broken_torch_computes_and_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def core() -> None:
        raise ImportError("no module named openvino.runtime")

    quick, plain = engines(LITE0)
    assert (str(quick.place), str(plain.place)) == ("cpu float32 OpenVINO", "cpu float32")  # as the window shows it
    monkeypatch.setattr("tracker_core.runtime.openvino_step._core", core)
    kernels = [plain.template(EXEMPLARS[0])]
    with pytest.warns(UserWarning, match=r"^OpenVINO does not work here, torch computes instead, slower \(.+\)$"):
        first = quick.respond(kernels, [REGIONS[0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        second = quick.respond(kernels, [REGIONS[0]])
    expected = plain.respond(kernels, [REGIONS[0]])[0].scores
    assert np.array_equal(first[0].scores, expected)
    assert np.array_equal(second[0].scores, expected)
    assert quick.place == plain.place


SIGNAL_AFTER_TWO_STEPS = """
import gc, signal
from tests.tracker_core.trackers.test_siamrpnpp_openvino import EXEMPLARS, LITE0, REGIONS, engines

heard = []
signal.signal(signal.SIGUSR1, lambda *_: heard.append(True))
used = [engines(LITE0)[0] for _ in range(2)]
for engine in used:
    engine.respond([engine.template(EXEMPLARS[0])], [REGIONS[0]])
    assert engine._answer.works
del engine
while used:
    del used[0]  # in the order they came
    gc.collect()
signal.raise_signal(signal.SIGUSR1)
print("heard", heard)
"""


@pytest.mark.usefixtures("openvino")
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_signals_reach_a_process_that_has_used_openvino_twice() -> None:
    """Two plugins, freed in that order, left the thread without a stack for signal handlers: see ``_core``."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", SIGNAL_AFTER_TWO_STEPS],
        capture_output=True, text=True, timeout=120, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "heard [True]\n"), done.stderr


@pytest.mark.usefixtures("openvino")
def test_published_backbones_stay_with_torch() -> None:
    engine = SiamRPNPPEngine(random_network(thin(ALEXNET)), place("cpu", "float32"))
    assert not isinstance(engine._answer, OpenVINOStep)


def test_without_the_package_torch_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RUNTIME)
    monkeypatch.setattr("tracker_core.runtime.openvino_step.find_spec", lambda name: None)
    engine = SiamRPNPPEngine(random_network(LITE0), place("cpu", "float32"))
    assert not isinstance(engine._answer, OpenVINOStep)
