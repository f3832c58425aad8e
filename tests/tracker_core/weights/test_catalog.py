from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, SMALL, random_network, random_tracker
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration
from tracker_core.tracker import Place
from tracker_core.trackers.families import FAMILIES
from tracker_core.trackers.siamrpnpp import NetworkConfig
from tracker_core.weights import catalog
from tracker_core.weights.catalog import CatalogError, damaged_models, load_tracker, model_named, models, models_folder
from tracker_core.weights.files import WeightsError, read_weights, save_weights


def save_model(
    path: Path,
    *,
    family: str = "siamrpnpp",
    network: Mapping[str, Any] | None = None,
    tensors: Mapping[str, torch.Tensor] | None = None,
) -> Path:
    tensors = random_network().state_dict() if tensors is None else tensors
    save_weights(path, tensors, family=family, network=network or asdict(SMALL), constants=asdict(CONSTANTS))
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    save_model(tmp_path / "small.safetensors")
    save_model(tmp_path / "another.safetensors")
    (tmp_path / "small.md").write_text("# Small\n")
    monkeypatch.setattr(catalog, "BUILT_IN", tmp_path)
    return tmp_path


def test_models_are_listed_by_name_with_what_their_headers_say(folder: Path) -> None:
    another, small = models(built_in=folder)
    assert (another.name, small.name) == ("another", "small")
    assert (small.family.name, NetworkConfig(**small.network), small.constants) == ("siamrpnpp", SMALL, CONSTANTS)
    assert small.size == (folder / "small.safetensors").stat().st_size
    assert (small.card, another.card) == ("# Small\n", "")


def test_a_card_that_is_not_text_or_without_end_is_shown_as_far_as_it_goes(folder: Path) -> None:
    (folder / "small.md").write_bytes(b"caf\xe9")
    (folder / "another.md").write_bytes(b"a" * 1_000_000)
    another, small = models(built_in=folder)
    assert small.card == "caf\ufffd"
    assert set(another.card) == {"a"}
    assert len(another.card) < 1_000_000


def test_a_model_is_told_from_another_by_its_file_s_digest(folder: Path) -> None:
    digests = {hashlib.sha256(model.path.read_bytes()).hexdigest() for model in models(built_in=folder)}
    assert {model.sha256 for model in models(built_in=folder)} == digests


def test_an_empty_folder_has_no_models(tmp_path: Path) -> None:
    assert models(built_in=tmp_path, added=tmp_path / "not there") == ()


def test_headers_are_read_without_torch(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tracker_core.weights.catalog import models;"
        "import tracker_core.decision.evidence, tracker_core.tracker, tracker_core.tracking, tracker_core.crops;"
        "print([m.name for m in models(built_in=Path(sys.argv[1]))], 'torch' in sys.modules, 'PySide6' in sys.modules)"
    )
    root = Path(catalog.__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == "['another', 'small'] False False"


def test_no_family_needs_torch_s_compiler_to_check_a_file() -> None:
    """Its import takes seconds, at the first use of a random number on the meta device."""
    program = (
        "import sys, torch; from tracker_core.trackers.families import FAMILIES, parts_of\n"
        "with torch.device('meta'):\n"
        "    for family in FAMILIES.values(): parts_of(family).network_of({})\n"
        "print(len(FAMILIES), 'torch._dynamo' in sys.modules)"
    )
    root = Path(catalog.__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == f"{len(FAMILIES)} False\n"


def test_a_model_is_found_by_name_and_by_path(folder: Path) -> None:
    assert model_named("small", built_in=folder).path == folder / "small.safetensors"
    assert model_named(str(folder / "small.safetensors"), built_in=folder / "elsewhere").name == "small"


def test_an_unknown_name_is_answered_with_the_known_ones(folder: Path) -> None:
    with pytest.raises(CatalogError, match="no tracker 'large'; known are: another, small"):
        model_named("large", built_in=folder)
    with pytest.raises(CatalogError, match="known are: none"):
        model_named("large", built_in=folder / "elsewhere")


@pytest.mark.parametrize("content", [b"", b"\x00" * 8, b"\xff" * 40, b"\x05\0\0\0\0\0\0\0{}abc", b"not a file of ours"])
def test_a_file_that_is_none_of_ours_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.safetensors").write_bytes(content)
    with pytest.raises(CatalogError, match=r"broken\.safetensors is not a Siamark weights file"):
        models(built_in=tmp_path)


@pytest.fixture
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a person's models: one that is whole, two that are not."""
    added = tmp_path_factory.mktemp("added")
    save_model(added / "mine.safetensors")
    save_model(added / "small.safetensors")  # as one of Siamark's own is called
    (added / "cut.safetensors").write_bytes((added / "mine.safetensors").read_bytes()[:40])
    return added


def test_added_models_follow_the_built_in_ones(folder: Path, added: Path) -> None:
    found = models(built_in=folder, added=added)
    assert [(model.name, model.is_built_in) for model in found] == [("another", True), ("small", True), ("mine", False)]


def test_damaged_models_of_a_person_are_listed_apart_and_stop_nothing(folder: Path, added: Path) -> None:
    cut, small = damaged_models(built_in=folder, added=added)
    assert (cut.name, small.name) == ("cut", "small")
    assert "cut.safetensors is not a Siamark weights file" in cut.problem
    assert "has the name of a tracker that comes with Siamark" in small.problem
    with pytest.raises(CatalogError, match=r"cut\.safetensors is not a Siamark weights file"):
        model_named("cut", built_in=folder, added=added)
    assert model_named("small", built_in=folder, added=added).is_built_in


def test_a_person_s_models_are_looked_for_where_such_things_are_kept(folder: Path) -> None:
    models_folder().mkdir(parents=True)
    save_model(models_folder() / "kept.safetensors")
    try:
        assert [model.name for model in models(built_in=folder)] == ["another", "small", "kept"]
    finally:
        (models_folder() / "kept.safetensors").unlink()


def test_an_added_tracker_is_loaded_by_its_name(folder: Path, added: Path) -> None:
    tracker = load_tracker("mine", device="cpu", precision="float32", built_in=folder, added=added)
    assert (tracker.name, tracker.constants) == ("mine", CONSTANTS)


def test_the_source_of_a_converted_model_is_told(tmp_path: Path) -> None:
    path = tmp_path / "from.safetensors"
    source = {"file": "model.pth", "sha256": "ab" * 32}
    tensors = random_network().state_dict()
    save_weights(path, tensors, family="siamrpnpp", network=asdict(SMALL), constants=asdict(CONSTANTS), source=source)
    assert model_named(str(path)).source == source
    assert model_named(str(save_model(tmp_path / "own.safetensors"))).source == {}


def test_a_tracker_tells_scores_as_its_header_says(tmp_path: Path) -> None:
    path = save_model(tmp_path / "measured.safetensors")
    assert model_named(str(path)).calibration == AS_IT_IS
    plain = load_tracker(str(path), device="cpu", precision="float32")
    calibration = ScoreCalibration(slope=0.5, agreement=3.0, intercept=-2.0)
    replace(read_weights(path), reliability={"score": calibration.as_mapping()}).save(path)
    assert model_named(str(path)).calibration == calibration
    measured = load_tracker(str(path), device="cpu", precision="float32")
    images, truth = moving_square(2)
    before, after = (tracker.init(images[0], truth[0]).update(images[1]) for tracker in (plain, measured))
    assert after.signs is not None
    assert (after.box, after.signs) == (before.box, before.signs)
    assert before.score == after.signs.raw_score
    assert after.score == calibration.score(after.signs)


def test_what_a_header_says_of_its_score_must_be_understood(tmp_path: Path) -> None:
    path = save_model(tmp_path / "odd.safetensors")
    replace(read_weights(path), reliability={"score": {"gamma": 2.0}}).save(path)
    with pytest.raises(CatalogError, match=r"odd\.safetensors is not a Siamark weights file .*gamma"):
        model_named(str(path))


def test_a_header_nested_beyond_measure_is_damage(tmp_path: Path) -> None:
    header = b"[" * 200_000
    (tmp_path / "deep.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    with pytest.raises(CatalogError, match="is not a Siamark weights file"):
        models(built_in=tmp_path)


def test_a_tracker_loaded_by_path_follows_as_the_one_that_was_saved(folder: Path) -> None:
    tracker = load_tracker(str(folder / "small.safetensors"), device="cpu", precision="float32")
    assert (tracker.name, tracker.constants, tracker.place) == ("small", CONSTANTS, Place("cpu", "float32"))
    images, truth = moving_square(4)
    found, expected = tracker.init(images[0], truth[0]), random_tracker().init(images[0], truth[0])
    for image in images[1:]:
        assert found.update(image) == expected.update(image)


def test_a_family_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = save_model(tmp_path / "new.safetensors", family="siamfc5")
    with pytest.raises(CatalogError, match=r"of the family 'siamfc5', which this version does not know"):
        load_tracker(str(path), device="cpu")


def test_layers_of_another_size_than_described_are_refused(tmp_path: Path) -> None:
    path = save_model(tmp_path / "odd.safetensors", network=asdict(replace(SMALL, channels=24)))
    with pytest.raises(WeightsError, match=r"odd\.safetensors does not fit its own description"):
        load_tracker(str(path), device="cpu")


def test_missing_layers_are_no_reason_to_track_with_random_ones(tmp_path: Path) -> None:
    tensors = {name: value for name, value in random_network().state_dict().items() if not name.startswith("loc.")}
    path = save_model(tmp_path / "half.safetensors", tensors=tensors)
    with pytest.raises(WeightsError, match=r"half\.safetensors does not fit its own description"):
        load_tracker(str(path), device="cpu")


@pytest.mark.parametrize("setting", [{"attention": 4}, {"backbone": "resnet50"}])
def test_an_unknown_layer_setting_is_refused(tmp_path: Path, setting: dict[str, object]) -> None:
    path = save_model(tmp_path / "later.safetensors", network={**asdict(SMALL), **setting})
    with pytest.raises(WeightsError, match=r"later\.safetensors does not fit its own description"):
        load_tracker(str(path), device="cpu")
