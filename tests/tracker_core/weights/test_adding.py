from __future__ import annotations

import hashlib
import os
from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from tests.support.checkpoints import empty_tensors, random_tensors, save_as_python2
from tests.support.moving_square import moving_square
from tests.support.networks import CONSTANTS, SMALL, random_network
from tracker_core.weights import adding
from tracker_core.weights.adding import add_model
from tracker_core.weights.catalog import BUILT_IN, load_tracker, models
from tracker_core.weights.files import read_weights, save_weights
from tracker_core.weights.keeping import ModelError, remove_model
from tracker_core.weights.layouts import dasiamrpn, mmtracking
from tracker_core.weights.layouts.siamfc_pytorch import SIAMFC


@pytest.fixture(scope="session")
def siamfc_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("siamfc") / "siamfc_alexnet_e50.pth"
    torch.save(random_tensors(SIAMFC.shapes), path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def small_weights(path: Path) -> Path:
    tensors = random_network().state_dict()
    save_weights(path, tensors, family="siamrpnpp", network=asdict(SMALL), constants=asdict(CONSTANTS))
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []


def test_a_published_checkpoint_becomes_a_model_that_says_where_it_is_from(siamfc_file: Path, folder: Path) -> None:
    model = add_model(siamfc_file, folder=folder)
    assert (model.name, model.family.name, model.is_built_in) == ("siamfc-pytorch", "siamfc", False)
    assert model.path == folder / "siamfc-pytorch.safetensors"
    assert dict(SIAMFC.constants).items() <= model.constants.as_mapping().items()
    assert model.source == {
        "file": "siamfc_alexnet_e50.pth",
        "sha256": hashlib.sha256(siamfc_file.read_bytes()).hexdigest(),
        "layout": "siamfc-pytorch",
        "title": SIAMFC.title,
        "licence": SIAMFC.licence,
        "page": SIAMFC.page,
    }
    assert model.card.startswith("# siamfc-pytorch\n\nsiamfc-pytorch, AlexNetV1: SiamFC with 2.3 million parameters.\n")
    for fact in (model.source["sha256"], SIAMFC.page, SIAMFC.licence, "scale_step: 1.0375"):
        assert fact in model.card
    assert names(folder) == ["siamfc-pytorch.md", "siamfc-pytorch.safetensors"]


def test_an_added_checkpoint_tracks(siamfc_file: Path, folder: Path) -> None:
    add_model(siamfc_file, folder=folder, name="mine")
    tracker = load_tracker("mine", device="cpu", precision="float32", added=folder)
    images, truth = moving_square(2)
    found = tracker.init(images[0], truth[0]).update(images[1]).box
    assert min(found.width, found.height) > 0


def test_a_model_of_python_27_is_converted_whole(tmp_path: Path, folder: Path) -> None:
    tensors = random_tensors(dasiamrpn.VOT.shapes)
    model = add_model(save_as_python2(tmp_path / "SiamRPNOTB.model", tensors), folder=folder)
    assert (model.name, model.constants.as_mapping()["penalty_k"]) == ("dasiamrpn-otb", 0.22)
    ours = read_weights(model.path).tensors
    assert torch.equal(ours["backbone.layer1.0.weight"], tensors["featureExtract.0.weight"][:, [2, 1, 0]])
    assert torch.equal(ours["backbone.layer5.1.running_var"], tensors["featureExtract.15.running_var"])
    assert torch.equal(ours["conv_r1.weight"], tensors["conv_r1.weight"])


def test_the_layout_can_be_said(tmp_path: Path, folder: Path) -> None:
    torch.save(empty_tensors(SIAMFC.shapes), tmp_path / "a.pth")
    with pytest.raises(
        ModelError, match=r"a\.pth does not have the layout mmtracking-lasot: its 'backbone\.conv1\.weight'"
    ):
        add_model(tmp_path / "a.pth", folder=folder, layout="mmtracking-lasot")
    assert add_model(tmp_path / "a.pth", folder=folder, layout="siamfc-pytorch").name == "siamfc-pytorch"


def test_a_weights_file_of_siamark_is_taken_as_it_is(tmp_path: Path, folder: Path) -> None:
    path = small_weights(tmp_path / "trained.safetensors")
    model = add_model(path, folder=folder)
    assert (model.name, model.constants) == ("trained", CONSTANTS)
    assert model.path.read_bytes() == path.read_bytes()
    assert "Added from trained.safetensors." in model.card
    path.with_suffix(".md").write_text("# Trained\n\nOn my street.\n")
    assert add_model(path, folder=folder, name="again").card == "# Trained\n\nOn my street.\n"


def test_a_name_that_is_taken_is_refused_before_anything_is_written(
    siamfc_file: Path, folder: Path, tmp_path: Path
) -> None:
    small_weights(tmp_path / "built-in.safetensors")
    add_model(siamfc_file, folder=folder)
    for name in ("siamfc-pytorch", "SiamFC-PyTorch", "built-in"):
        with pytest.raises(ModelError, match=f"there is a model '{name}' already; give this one another name"):
            add_model(siamfc_file, folder=folder, name=name, built_in=tmp_path)
    with pytest.raises(ModelError, match="there is a model 'siamrpnpp_small' already"):
        add_model(siamfc_file, folder=folder, name="siamrpnpp_small")
    assert len(names(folder)) == 2


@pytest.mark.parametrize("name", ["../up", "a/b", "a b", ".hidden", "x.safetensors", "a" * 65, "ü", "-x", "a\n"])
def test_a_name_that_could_be_a_path_is_refused(siamfc_file: Path, folder: Path, name: str) -> None:
    with pytest.raises(ModelError, match="is not a possible name for a model"):
        add_model(siamfc_file, folder=folder, name=name)
    assert names(folder) == []


def test_what_is_no_model_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    bad: dict[str, str] = {}
    (tmp_path / "page.pth").write_text("<!DOCTYPE html><title>Google Drive")
    bad["page.pth"] = "is a web page"
    (tmp_path / "text.safetensors").write_text("no weights at all")
    bad["text.safetensors"] = "is not a Siamark weights file"
    torch.save({"fc.weight": torch.zeros(3, 3)}, tmp_path / "mnist.pth")
    bad["mnist.pth"] = "has no tensor in common with any layout"
    torch.save(
        {**random_tensors(SIAMFC.shapes), "backbone.conv3.0.bias": torch.full((384,), torch.nan)}, tmp_path / "nan.pth"
    )
    bad["nan.pth"] = "its 'backbone.conv3.0.bias' holds numbers that are not finite"
    cut = small_weights(tmp_path / "cut.safetensors")
    cut.write_bytes(cut.read_bytes()[:-100])
    bad["cut.safetensors"] = "may be truncated"
    bad["gone.pth"] = bad["gone.safetensors"] = "is not there"
    bad["."] = "is a folder"
    for name, problem in bad.items():
        with pytest.raises(ModelError) as refused:
            add_model(tmp_path / name, folder=folder)
        assert problem in str(refused.value)
        assert "\n" not in str(refused.value)
    assert names(folder) == []


def test_layers_other_than_described_are_refused(tmp_path: Path, folder: Path) -> None:
    tensors = random_network().state_dict()
    path = tmp_path / "odd.safetensors"
    save_weights(
        path, tensors, family="siamrpnpp", network=asdict(SMALL) | {"channels": 24}, constants=asdict(CONSTANTS)
    )
    with pytest.raises(ModelError, match=r"odd\.safetensors does not fit its own description"):
        add_model(path, folder=folder)
    assert names(folder) == []


def test_a_conversion_that_is_interrupted_leaves_nothing(
    siamfc_file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(adding, "save_weights", killed)
    with pytest.raises(KeyboardInterrupt):
        add_model(siamfc_file, folder=folder)
    assert names(folder) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a folder that cannot be written to")
def test_a_folder_that_cannot_be_written_to_is_named(siamfc_file: Path, folder: Path) -> None:
    folder.mkdir(mode=0o500)
    with pytest.raises(ModelError, match="cannot be read or written"):
        add_model(siamfc_file, folder=folder)


def test_a_folder_that_is_a_file_is_named(siamfc_file: Path, folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(ModelError, match=r"models cannot be read or written \(File exists\)"):
        add_model(siamfc_file, folder=folder)


def test_removing_takes_weights_and_card_and_only_of_ones_own(tmp_path: Path, folder: Path) -> None:
    add_model(small_weights(tmp_path / "mine.safetensors"), folder=folder)
    (folder / "damaged.safetensors").write_bytes(b"x")
    with pytest.raises(ModelError, match="siamrpnpp_small comes with Siamark and stays"):
        remove_model("siamrpnpp_small", folder=folder)
    with pytest.raises(ModelError, match="you have added no model 'his'; added are: damaged, mine"):
        remove_model("his", folder=folder)
    remove_model("mine", folder=folder)
    remove_model("damaged", folder=folder)
    assert names(folder) == []
    assert (BUILT_IN / "siamrpnpp_small.safetensors").is_file()
    with pytest.raises(ModelError, match="added are: none"):
        remove_model("mine", folder=folder)


def test_a_checkpoint_of_mmtracking_with_all_that_it_carries_is_added(tmp_path: Path, folder: Path) -> None:
    """54 million numbers, all zero, so that the file itself is small."""
    content = {
        "meta": {"env_info": "sys.platform: linux", "epoch": 20, "hook_msgs": {"best_score": 50.4}},
        "state_dict": empty_tensors(mmtracking.LASOT.shapes),
        "optimizer": {"state": {0: {"momentum_buffer": torch.zeros(3)}}, "param_groups": [{"lr": 0.005}]},
    }
    path = tmp_path / "siamese_rpn_r50_20e_uav123_20220420_181845-dc2d4831.pth"
    torch.save(content, path)
    model = add_model(path, folder=folder)
    assert (model.name, model.constants.as_mapping()["window_influence"]) == ("mmtracking-uav123", 0.1)
    assert [model.name for model in models(built_in=tmp_path / "none", added=folder)] == ["mmtracking-uav123"]
