"""Every layout is recognised, and its network, converted, says what its file says: a plain second forward pass that
goes by the names of the file, in the colours and with the anchors of the program that published it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from tests.support.checkpoints import empty_tensors
from tracker_core.trackers.families import FAMILIES, network_of
from tracker_core.weights.checkpoint import open_checkpoint
from tracker_core.weights.layouts import dasiamrpn, mmtracking, pysot
from tracker_core.weights.layouts.layout import Layout
from tracker_core.weights.layouts.recognise import LAYOUTS, UnknownLayoutError, recognise
from tracker_core.weights.layouts.siamfc_pytorch import SIAMFC

BY_NAME = {layout.name: layout for layout in LAYOUTS}

PARAMETERS = {  # and entries of the state dict, counters included, both as measured on the published programs
    "pysot-alexnetlegacy": (6_251_102, 75),
    "pysot-alexnet": (6_251_102, 75),
    "pysot-mobilev2": (11_150_446, 450),
    "pysot-r50": (53_950_624, 458),
    "pysot-r50-otb": (53_950_618, 456),
    "pysot-r50-lt": (60_018_336, 458),
    "dasiamrpn-big": (90_436_132, 45),
    "dasiamrpn-vot": (22_632_932, 45),
    "dasiamrpn-otb": (22_632_932, 45),
    "siamrpn-pytorch": (90_436_132, 45),
    "siamfc-pytorch": (2_336_320, 30),
    "mmtracking-lasot": (53_950_624, 458),
    "mmtracking-uav123": (53_950_624, 458),
    "mmtracking-otb100": (53_950_624, 458),
    "mmtracking-vot2018": (53_950_624, 458),
    "nanotrack-v1": (287_966, 231),
    "nanotrack-v2": (334_078, 298),
    "nanotrack-v3": (541_446, 438),
}

KEYS: dict[str, dict[str, tuple[int, ...]]] = {  # one of each kind, as they stand in the published files
    "pysot-alexnetlegacy": {"backbone.features.0.weight": (96, 3, 11, 11), "rpn_head.cls.head.3.bias": (10,)},
    "pysot-alexnet": {"backbone.layer5.1.running_var": (256,), "rpn_head.loc.conv_kernel.0.weight": (256, 256, 3, 3)},
    "pysot-mobilev2": {
        "backbone.layer1.0.conv.0.weight": (44, 44, 1, 1),
        "backbone.layer7.0.conv.3.weight": (1344, 1, 3, 3),
        "neck.downsample4.downsample.0.weight": (256, 448, 1, 1),
    },
    "pysot-r50": {
        "backbone.layer2.0.downsample.0.weight": (512, 256, 3, 3),
        "backbone.layer4.2.conv3.weight": (2048, 512, 1, 1),
        "rpn_head.rpn3.loc.head.3.weight": (20, 256, 1, 1),
        "rpn_head.loc_weight": (3,),
    },
    "pysot-r50-lt": {"rpn_head.rpn4.cls.conv_search.0.weight": (512, 512, 3, 3)},
    "dasiamrpn-big": {"conv_r1.weight": (10240, 512, 3, 3), "conv_cls1.bias": (5120,)},
    "dasiamrpn-vot": {"featureExtract.14.weight": (256, 384, 3, 3), "regress_adjust.weight": (20, 20, 1, 1)},
    "siamrpn-pytorch": {"feature.4.weight": (512, 192, 5, 5), "adjust_reg.bias": (20,)},
    "siamfc-pytorch": {"backbone.conv2.0.weight": (256, 48, 5, 5), "backbone.conv5.0.bias": (256,)},
    "mmtracking-lasot": {
        "backbone.layer3.0.downsample.0.weight": (1024, 512, 3, 3),
        "neck.convs.0.bn.running_mean": (256,),
        "head.cls_heads.2.kernel_convs.conv.weight": (256, 256, 3, 3),
        "head.reg_heads.0.head_convs.0.bn.weight": (256,),
        "head.reg_heads.1.head_convs.1.conv.bias": (20,),
        "head.reg_weight": (3,),
    },
    "nanotrack-v1": {"ban_head.cls_tower.0.weight": (64, 1, 5, 5), "neck.downsample.0.weight": (64, 64, 1, 1)},
    "nanotrack-v2": {"ban_head.corr_pw_reg.conv_kernel.0.bias": (48,), "ban_head.cls_pred.0.weight": (2, 96, 1, 1)},
    "nanotrack-v3": {
        "backbone.features.9.conv.5.fc.0.weight": (72, 288),
        "ban_head.down_cls.0.weight": (96, 160, 1, 1),
        "ban_head.corr_pw_cls.conv.0.weight": (64, 1, 2, 2),
        "neck.downsample.1.running_var": (96,),
    },
}


def test_every_layout_has_the_size_of_the_published_network() -> None:
    norms = {layout.name: sum(name.endswith("running_mean") for name in layout.shapes) for layout in LAYOUTS}
    assert {
        layout.name: (layout.parameters, len(layout.shapes) + norms[layout.name]) for layout in LAYOUTS
    } == PARAMETERS


@pytest.mark.parametrize("name", KEYS)
def test_the_tensors_are_called_as_in_the_published_files(name: str) -> None:
    assert KEYS[name].items() <= BY_NAME[name].shapes.items()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: str(layout.name))
def test_a_converted_network_takes_every_tensor_and_misses_none(layout: Layout) -> None:
    family = FAMILIES[layout.family]
    with torch.device("meta"):
        network = network_of(family, layout.network)
        tensors = {name: torch.empty(shape) for name, shape in layout.shapes.items()}
    if layout.name.startswith("mmtracking"):  # computes with its numbers
        tensors |= empty_tensors({name: shape for name, shape in layout.shapes.items() if "head_convs.1" in name})
    network.load_state_dict(layout.to_ours(tensors), assign=True)
    assert layout.constants.items() <= family.constants(**layout.constants).as_mapping().items()
    if layout is not SIAMFC:  # ours learns two numbers more there
        assert sum(value.numel() for value in network.parameters()) == layout.parameters


# Recognising


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: str(layout.name))
def test_a_file_is_recognised_by_its_tensors_with_and_without_counters(tmp_path: Path, layout: Layout) -> None:
    path = tmp_path / f"model{''.join(layout.file_words[:1])}.pth"
    counters = {
        name.replace("running_mean", "num_batches_tracked"): torch.tensor(3)
        for name in layout.shapes
        if name.endswith("running_mean")
    }
    for extra in ({}, counters):
        torch.save({"state_dict": empty_tensors(layout.shapes) | extra}, path)
        assert recognise(open_checkpoint(path).shapes, file_name=path.name) is layout


@pytest.mark.parametrize(
    ("file_name", "layout"),
    [
        ("SiamRPNVOT.model", dasiamrpn.VOT),
        ("SiamRPNOTB.model", dasiamrpn.OTB),
        ("model.pth", dasiamrpn.VOT),
        ("siamese_rpn_r50_20e_otb100_20220421_144232-6b8f1730.pth", mmtracking.OTB100),
        ("siamese_rpn_r50_20e_uav123_20220420_181845-dc2d4831.pth", mmtracking.UAV123),
        ("siamese_rpn_r50_20e_vot2018_20220420_181845-1111f25e.pth", mmtracking.VOT2018),
        ("epoch_20.pth", mmtracking.LASOT),
    ],
)
def test_the_name_of_the_file_chooses_among_equal_shapes(file_name: str, layout: Layout) -> None:
    assert recognise(layout.shapes, file_name=file_name) is layout


def test_the_wanted_layout_is_taken_if_it_fits() -> None:
    assert recognise(dasiamrpn.VOT.shapes, file_name="SiamRPNVOT.model", wanted="dasiamrpn-otb") is dasiamrpn.OTB
    with pytest.raises(
        UnknownLayoutError, match=r"does not have the layout dasiamrpn-big: its 'featureExtract\.0\.weight'"
    ):
        recognise(dasiamrpn.VOT.shapes, wanted="dasiamrpn-big")
    with pytest.raises(UnknownLayoutError, match=r"'yolo': there is no such layout; known are: pysot-alexnetlegacy, "):
        recognise(dasiamrpn.VOT.shapes, wanted="yolo")


def test_a_missing_a_misshapen_and_a_foreign_tensor_are_named_with_the_nearest_layout() -> None:
    shapes = dict(pysot.RESNET50.shapes)
    del shapes["backbone.layer4.0.conv1.weight"]
    with pytest.raises(
        UnknownLayoutError,
        match=r"nearest is pysot, siamrpn_r50_l234_dwxcorr, but its 'backbone\.layer4\.0\.conv1\.weight' is missing",
    ):
        recognise(shapes)
    shapes = {**SIAMFC.shapes, "backbone.conv5.0.weight": (32, 192, 3, 3), "backbone.conv5.0.bias": (32,)}
    with pytest.raises(
        UnknownLayoutError, match=r"conv5\.0\.weight' has the shape \(32, 192, 3, 3\) instead of \(256, 192"
    ):
        recognise(shapes)
    with pytest.raises(
        UnknownLayoutError, match="nearest is siamfc-pytorch, AlexNetV1, but its 'adjust' does not belong"
    ):
        recognise({**SIAMFC.shapes, "adjust": (1,)})
    with pytest.raises(
        UnknownLayoutError, match=r"has no tensor in common .*its first is 'fc\.weight' of the shape \(9, 9\)"
    ):
        recognise({"fc.weight": (9, 9)})


# Converting, in double precision (our depthwise correlation is float32 always). Pictures here are BGR, as theirs.
