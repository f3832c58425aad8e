"""Every tracker that Siamark ships really tracks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.demo.clip import demo_truth
from app.video.source import open_source
from benchmarks.card import read_rows
from resources import DEMO_VIDEO
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.otb import measure
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.images import Image
from tracker_core.tracker import Tracker
from tracker_core.tracking import track
from tracker_core.weights.catalog import DEFAULT_TRACKER, Model, load_tracker, models

LARGEST_FILE = 12_000_000
TRACKERS = [model for model in models() if model.family.is_tracker]
each_tracker = pytest.mark.parametrize("model", TRACKERS, ids=[model.name for model in TRACKERS])


def loaded(model: Model) -> Tracker:
    return load_tracker(model.name, device="cpu")


@pytest.fixture(scope="module")
def demo_pictures() -> list[Image]:
    """The first 80 frames, decoded once for all trackers."""
    source = open_source(DEMO_VIDEO)
    pictures = [source.read(index) for index in range(80)]
    source.close()
    return pictures


def test_there_is_a_tracker_of_every_family_of_the_papers() -> None:
    shipped = {model.name: model.family.name for model in TRACKERS}
    assert shipped.items() >= {
        ("siamfc", "siamfc"), ("siamrpn", "siamrpn"), ("dasiamrpn", "dasiamrpn"), ("siamrpnpp_small", "siamrpnpp"),
    }  # fmt: skip
    assert DEFAULT_TRACKER in shipped


@pytest.mark.parametrize("model", models(), ids=lambda model: model.name)
def test_a_file_is_small_and_has_a_card(model: Model) -> None:
    assert model.size <= LARGEST_FILE
    assert model.card.startswith(f"# {model.name}")


@each_tracker
def test_the_car_of_the_demo_clip_is_followed(model: Model, demo_pictures: list[Image]) -> None:
    truth = demo_truth()["car"]
    assert truth[0] is not None
    overlaps = []
    for step in track(demo_pictures, truth[0], tracker=loaded(model)):
        true_box = truth[step.frame]
        assert true_box is not None
        overlaps.append(true_box.iou(step.box))
    assert np.mean(overlaps) > 0.5


@each_tracker
@pytest.mark.slow
@pytest.mark.shared_data
def test_a_car_on_the_road_is_followed(model: Model, shared_data: Path) -> None:
    """``car4`` of OTB, all of its 659 frames: bridges take the light from it. The card says how well."""
    (sequence,) = (s for s in read_sequences(shared_data / "val") if s.name == "car4")
    (run,) = run_one_pass(loaded(model), [sequence])
    (said,) = (row for row in read_rows(model.card) if row.video == "car4")
    assert said.frames == len(sequence)
    assert measure(run)["auc"] == pytest.approx(said.auc, abs=0.03)  # processors round differently
    assert said.auc >= 0.45
