"""The verifier by the common loop: from a training file to a weights file that answers."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.support.networks import SMALL as SMALL_TRACKER
from tests.support.networks import random_network
from tests.support.training_data import BLUE, passing_boxes, picture_with, write_source
from tracker_core.trackers.families import FAMILIES
from tracker_core.trackers.verifier import NetworkConfig, VerifierNetwork
from tracker_core.training.pairs.verifier_samples import TripleConfig, TripleSampler
from tracker_core.training.pictures.prepared import open_sources
from tracker_core.training.run.batches import collate
from tracker_core.training.run.config import ConfigError, read_config
from tracker_core.training.run.loop import train
from tracker_core.training.run.start import begin_from
from tracker_core.weights.catalog import CatalogError, load_tracker, load_verifier
from tracker_core.weights.files import read_weights, save_weights

SMALL = NetworkConfig(stem=8, middle=8, channels=16, blocks=1, embedding=8)
FILE = """
family = "verifier"
data = "prepared"
out = "run"
[network]
stem = 8
middle = 8
channels = 16
blocks = 1
embedding = 8
[pairs]
mix = {"*" = 1.0}
strangers = {drifted = 0.5, alike = 0.5}
[schedule]
steps = 4
batch = 2
checkpoint_every = 2
workers = 0
threads = 1
"""


@pytest.fixture
def prepared(tmp_path: Path) -> Path:
    write_source(tmp_path / "prepared", "video.red", "video", passing_boxes(6))
    write_source(tmp_path / "prepared", "stills.blue", "stills", passing_boxes(4), colour=BLUE)
    return tmp_path / "prepared"


def test_a_training_file_of_the_family_is_read_with_its_own_tables(prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "verifier.toml").write_text(FILE)
    config = read_config(tmp_path / "verifier.toml")
    assert config.family is FAMILIES["verifier"]
    assert config.network == SMALL
    assert config.pairs == TripleConfig(mix={"*": 1.0}, strangers={"drifted": 0.5, "alike": 0.5})


def test_it_ends_in_a_file_that_answers(prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "verifier.toml").write_text(FILE)
    path = train(read_config(tmp_path / "verifier.toml"))
    verifier = load_verifier(str(path), device="cpu", precision="float32")
    box = passing_boxes(1)[0]
    image = picture_with(box)
    assert verifier.probability(verifier.embed(image, box), image, box) == 0.5  # not calibrated yet: it claims nothing


def test_a_tracker_is_no_verifier_and_a_verifier_no_tracker(tmp_path: Path) -> None:
    tracker, verifier = tmp_path / "tracker.safetensors", tmp_path / "verifier.safetensors"
    constants = {"penalty_k": 0.1, "window_influence": 0.4, "size_lr": 0.3}
    save_weights(
        tracker, random_network().state_dict(), family="siamrpnpp", network=asdict(SMALL_TRACKER), constants=constants
    )
    save_weights(verifier, VerifierNetwork(SMALL).state_dict(), family="verifier", network=asdict(SMALL))
    with pytest.raises(CatalogError, match=r"tracker is a tracker \(SiamRPN\+\+\) and compares nothing"):
        load_verifier(str(tracker), device="cpu")
    with pytest.raises(CatalogError, match="verifier is a verifier, which follows nothing by itself"):
        load_tracker(str(verifier), device="cpu")


def test_a_run_that_was_killed_goes_on_as_if_it_had_not_been(prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "verifier.toml").write_text(FILE)
    config = read_config(tmp_path / "verifier.toml")
    whole = read_weights(train(config)).tensors

    class KilledError(Exception):
        pass

    def kill(log: object) -> None:
        raise KilledError

    config = replace(config, out=tmp_path / "other")
    with pytest.raises(KilledError):
        train(config, on_log=kill, log_every=3)
    resumed = read_weights(train(config)).tensors
    assert all(torch.equal(value, whole[name]) for name, value in resumed.items())


def test_the_identity_of_an_object_is_a_number_in_the_batch(prepared: Path) -> None:
    sampler = TripleSampler(list(open_sources(prepared)), TripleConfig(mix={"*": 1.0}), seed=3, count=6)
    batch = collate([sampler[n] for n in range(6)])
    assert np.asarray(batch.identity).shape == (6,)
    assert np.asarray(batch.identity).dtype == np.int64


def test_it_may_begin_from_a_tracker_s_backbone(tmp_path: Path) -> None:
    """Whose neck it has no use for."""
    tracker = random_network()
    path = tmp_path / "tracker.safetensors"
    save_weights(path, tracker.state_dict(), family="siamrpnpp", network=asdict(SMALL_TRACKER))
    network = VerifierNetwork(SMALL)
    before = network.embed.weight.clone()
    begin_from(path, network, family=FAMILIES["verifier"])
    for name, value in tracker.backbone.state_dict().items():
        if not name.endswith("num_batches_tracked"):
            assert torch.equal(network.backbone.state_dict()[name], value)
    assert torch.equal(network.embed.weight, before)


def test_a_teacher_is_refused(tmp_path: Path) -> None:
    (tmp_path / "verifier.toml").write_text(FILE.replace("out =", 'teacher = "teacher.onnx"\nout ='))
    with pytest.raises(ConfigError, match="a verifier learns without a `teacher`"):
        read_config(tmp_path / "verifier.toml")
