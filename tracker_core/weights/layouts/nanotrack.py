"""NanoTrack's three models as torch checkpoints, and as the pair of ONNX files that each was also published in.

Our network has the names of the checkpoints. Their neck is left over from training; the published program never uses
it. An ONNX file has no useful names: batch norm is already folded into the convolutions, and what is left is a list of
weights in the order of computation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from tracker_core.trackers.nanotrack_network import HeadV1, HeadV2, HeadV3, NanoTrackConfig, NanoTrackNetwork
from tracker_core.weights.layouts.layout import COUNTER, Layout, Shapes, Tensors, batch_norm, convolution, from_bgr
from tracker_core.weights.sentences import shown

PAGE = "https://github.com/HonglinChu/SiamTrackers/tree/master/NanoTrack"
LICENCE = "Apache-2.0"
STEM = "backbone.features.0.0.weight"
NECK = "neck."
NECK_CHANNELS = {1: 64, 2: 64, 3: 96}
CONSTANTS = {
    1: {"penalty_k": 0.148, "window_influence": 0.462, "size_lr": 0.390},
    2: {"penalty_k": 0.150, "window_influence": 0.490, "size_lr": 0.385},
    3: {"penalty_k": 0.138, "window_influence": 0.455, "size_lr": 0.348},
}


class Weights(NamedTuple):
    """The learnt numbers of one step of an ONNX graph. ``name`` is the weight's own, which may mean nothing."""

    name: str
    weight: Tensor
    bias: Tensor | None


def _network(version: int) -> NanoTrackNetwork:
    """Its shapes, without memory for its numbers."""
    with torch.device("meta"):
        return NanoTrackNetwork(NanoTrackConfig(version))


def _shapes(version: int) -> Shapes:
    own = {
        name: tuple(value.shape) for name, value in _network(version).state_dict().items() if not name.endswith(COUNTER)
    }
    channels = NECK_CHANNELS[version]
    return {
        **own,
        **convolution(f"{NECK}downsample.0", channels, channels, 1),
        **batch_norm(f"{NECK}downsample.1", channels),
    }


def _to_ours(tensors: Tensors) -> Tensors:
    return from_bgr({name: value for name, value in tensors.items() if not name.startswith(NECK)}, STEM)


def _model(version: int) -> Layout:
    return Layout(
        name=f"nanotrack-v{version}",
        title=f"NanoTrack, version {version}",
        shapes=_shapes(version),
        to_ours=_to_ours,
        family="nanotrack",
        network={"version": version, "instance_size": 255},
        constants={**CONSTANTS[version], "smallest_side": 10.0},
        licence=LICENCE,
        page=PAGE,
        unused=(NECK,),
    )


V1, V2, V3 = map(_model, (1, 2, 3))


class Step(NamedTuple):
    """One step of a graph: the layer that it is, and the batch norm that went into it."""

    layer: str
    norm: str | None


def backbone_steps(version: int) -> list[Step]:
    """In the order in which the network computes."""
    return list(_steps("backbone.features", _network(version).backbone.features))


def head_steps(version: int) -> list[Step]:
    """In the order of the published graphs."""
    head = _network(version).ban_head
    return [step for part in _head_order(head) for step in _steps(f"ban_head.{part}", head.get_submodule(part))]


def _head_order(head: HeadV1 | HeadV2 | HeadV3) -> Sequence[str]:
    adjusted = "conv_kernel", "conv_search"
    match head:
        case HeadV1():
            return "corr_pw.CA_layer", "cls_tower", "cls_logits", "bbox_tower", "bbox_pred"
        case HeadV2():
            correlations = _both("corr_pw", *adjusted, "CA_layer")
            return *correlations, "cls_pw_tower", "cls_pred", "bbox_pw_tower", "bbox_pred"
        case _:
            correlations = *_both("corr_pw", *adjusted, "CA_layer", "conv"), *_both("corr_dw", *adjusted)
            return *correlations, "down_reg", "down_cls", "cls_tower", "cls_logits", "bbox_tower", "bbox_pred"


def _both(correlation: str, *parts: str) -> tuple[str, ...]:
    """The parts of the box's correlation, then those of the class's."""
    return tuple(f"{correlation}_{branch}.{part}" for branch in ("reg", "cls") for part in parts)


def _steps(prefix: str, module: nn.Module) -> Iterator[Step]:
    """The layers in the order in which they are registered, which is that of computing. A norm belongs to the layer
    before it.
    """
    last: str | None = None
    for name, child in module.named_modules(prefix=prefix):
        if isinstance(child, nn.Conv2d | nn.Linear):
            if last is not None:
                yield Step(last, None)
            last = name
        elif isinstance(child, nn.BatchNorm2d):
            assert last is not None
            yield Step(last, name)
            last = None
    if last is not None:
        yield Step(last, None)


class UnknownGraphError(ValueError):
    """Two ONNX files are not a NanoTrack; the text follows their names in a sentence."""


def of_graphs(backbone: Sequence[Weights], head: Sequence[Weights]) -> tuple[Layout, Tensors]:
    """The version of two graphs, and its tensors in our form.

    Raises:
        UnknownGraphError: naming the first difference from the nearest version.
    """
    problems = []
    for layout in (V3, V2, V1):
        version = int(layout.network["version"])
        steps = [*backbone_steps(version), *head_steps(version)]
        if len(backbone) != len(backbone_steps(version)) or len(head) != len(head_steps(version)):
            continue
        shapes = layout.shapes
        found = [*backbone, *head]
        pairs = zip(steps, found, strict=True)
        problem = next((text for step, weights in pairs if (text := _difference(step, weights, shapes))), None)
        if problem is None:
            return layout, from_bgr(_unfolded(steps, found, shapes), STEM)
        problems.append(f"are nearest to {layout.title}, but {problem}")
    raise UnknownGraphError(
        problems[0]
        if problems
        else f"have {len(backbone)} and {len(head)} layers with weights, which no version of NanoTrack has"
    )


def _difference(step: Step, weights: Weights, shapes: Mapping[str, tuple[int, ...]]) -> str | None:
    wanted = shapes[f"{step.layer}.weight"]
    if tuple(weights.weight.shape) != wanted:
        return f"'{shown(weights.name)}' has the shape {tuple(weights.weight.shape)} instead of {wanted}"
    if weights.bias is not None and tuple(weights.bias.shape) != wanted[:1]:
        return f"the bias of '{shown(weights.name)}' has the shape {tuple(weights.bias.shape)} instead of {wanted[:1]}"
    if weights.bias is None and (step.norm is not None or f"{step.layer}.bias" in shapes):
        return f"'{shown(weights.name)}' has no bias"
    if weights.bias is not None and step.norm is None and f"{step.layer}.bias" not in shapes:
        return f"'{shown(weights.name)}' has a bias"
    # Layers of the class and of the box have the same shapes: if a name says which one it is, it must not contradict.
    here, there = _branch(step.layer), _branch(weights.name)
    if here and there and here != there:
        return f"'{shown(weights.name)}' stands where a layer of the other branch is expected"
    return None


def _branch(name: str) -> str:
    return "class" if "cls" in name else "box" if "reg" in name or "bbox" in name else ""


def _unfolded(steps: Sequence[Step], found: Sequence[Weights], shapes: Mapping[str, tuple[int, ...]]) -> Tensors:
    """With norms that only add the bias."""
    tensors: Tensors = {}
    for step, weights in zip(steps, found, strict=True):
        # Clones, because several steps of a graph may name the same numbers.
        tensors[f"{step.layer}.weight"] = weights.weight.clone()
        bias = weights.bias
        if step.norm is not None:
            assert bias is not None
            ones, zeros = torch.ones_like(bias), torch.zeros_like(bias)
            tensors[f"{step.norm}.weight"], tensors[f"{step.norm}.bias"] = ones, bias.clone()
            tensors[f"{step.norm}.running_mean"] = zeros.clone()
            tensors[f"{step.norm}.running_var"] = ones - nn.BatchNorm2d(1).eps  # norm's bias, added to the layer's
            bias = zeros
        if f"{step.layer}.bias" in shapes:
            assert bias is not None
            tensors[f"{step.layer}.bias"] = bias.clone()
    return tensors
