"""SiamRPN++ a second time: straight from a flat state_dict under its published names, in double precision, and slowly.

Nothing here knows the network classes. Paddings and dilations stand as plain tables, block by block, as one reads them
off the published code; batch norm is its formula; the depthwise correlation is a loop over the places of the kernel.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

State = Mapping[str, Tensor]

RESNET_BLOCKS = {  # name: (stride, padding, dilation) of its 3 x 3, and whether its shortcut is 1 x 1, 3 x 3 or none
    "layer1": [(1, 1, 1, 1), (1, 1, 1, 0), (1, 1, 1, 0)],
    "layer2": [(2, 0, 1, 3), (1, 1, 1, 0), (1, 1, 1, 0), (1, 1, 1, 0)],
    "layer3": [(1, 1, 1, 3), (1, 2, 2, 0), (1, 2, 2, 0), (1, 2, 2, 0), (1, 2, 2, 0), (1, 2, 2, 0)],
    "layer4": [(1, 2, 2, 3), (1, 4, 4, 0), (1, 4, 4, 0)],
}

MOBILENET_BLOCKS = {  # (stride, padding, dilation) of the depthwise convolution, and whether the input is added
    "layer1": [(1, 1, 1, False)],
    "layer2": [(2, 0, 1, False), (1, 1, 1, True)],
    "layer3": [(2, 0, 1, False), (1, 1, 1, True), (1, 1, 1, True)],
    "layer4": [(1, 1, 1, False), (1, 2, 2, True), (1, 2, 2, True), (1, 2, 2, True)],
    "layer5": [(1, 2, 2, False), (1, 2, 2, True), (1, 2, 2, True)],
    "layer6": [(1, 2, 2, False), (1, 4, 4, True), (1, 4, 4, True)],
    "layer7": [(1, 4, 4, False)],
}


def norm(state: State, name: str, x: Tensor) -> Tensor:
    weight, bias, mean, variance = (
        state[f"{name}.{part}"][:, None, None] for part in ("weight", "bias", "running_mean", "running_var")
    )
    return (x - mean) / torch.sqrt(variance + 1e-5) * weight + bias


def relu(x: Tensor) -> Tensor:
    return torch.where(x > 0, x, torch.zeros_like(x))


def relu6(x: Tensor) -> Tensor:
    return torch.where(x < 6, relu(x), torch.full_like(x, 6))


def conv(state: State, name: str, x: Tensor, *, stride: int = 1, padding: int = 0, dilation: int = 1) -> Tensor:
    return F.conv2d(x, state[f"{name}.weight"], state.get(f"{name}.bias"), stride, padding, dilation)


def depthwise(state: State, name: str, x: Tensor, *, stride: int, padding: int, dilation: int) -> Tensor:
    """A 3 x 3 convolution of each channel by itself, place by place of the kernel."""
    weight = state[f"{name}.weight"]
    assert weight.shape == (x.shape[1], 1, 3, 3)
    x = F.pad(x, (padding,) * 4)
    cells = (x.shape[-1] - 2 * dilation - 1) // stride + 1
    total = torch.zeros(*x.shape[:2], cells, cells, dtype=x.dtype)
    for row in range(3):
        for column in range(3):
            seen = x[:, :, row * dilation :: stride, column * dilation :: stride][:, :, :cells, :cells]
            total += seen * weight[:, 0, row, column, None, None]
    return total


def alexnet(state: State, x: Tensor) -> list[Tensor]:
    for number, stride in enumerate((2, 1, 1, 1, 1), 1):
        x = norm(state, f"backbone.layer{number}.1", conv(state, f"backbone.layer{number}.0", x, stride=stride))
        if number < 5:
            x = relu(x)
        if number < 3:
            x = F.max_pool2d(x, 3, 2)
    return [x]


def resnet50(state: State, x: Tensor, used: tuple[int, ...] = (2, 3, 4)) -> list[Tensor]:
    x = relu(norm(state, "backbone.bn1", conv(state, "backbone.conv1", x, stride=2)))
    x = F.max_pool2d(F.pad(x, (1, 1, 1, 1), value=-torch.inf), 3, 2)
    maps = {}
    for stage, blocks in RESNET_BLOCKS.items():
        if int(stage[-1]) > max(used):
            break
        for number, (stride, padding, dilation, shortcut) in enumerate(blocks):
            name = f"backbone.{stage}.{number}"
            y = relu(norm(state, f"{name}.bn1", conv(state, f"{name}.conv1", x)))
            y = conv(state, f"{name}.conv2", y, stride=stride, padding=padding, dilation=dilation)
            y = relu(norm(state, f"{name}.bn2", y))
            y = norm(state, f"{name}.bn3", conv(state, f"{name}.conv3", y))
            if shortcut:
                assert state[f"{name}.downsample.0.weight"].shape[-1] == shortcut
                x = conv(
                    state, f"{name}.downsample.0", x,
                    stride=stride, padding=padding if shortcut == 3 else 0, dilation=dilation,
                )  # fmt: skip
                x = norm(state, f"{name}.downsample.1", x)
            x = relu(x + y)
        maps[int(stage[-1])] = x
    return [maps[level] for level in used]


def mobilenet_v2(state: State, x: Tensor, used: tuple[int, ...] = (3, 5, 7)) -> list[Tensor]:
    x = relu6(norm(state, "backbone.layer0.1", conv(state, "backbone.layer0.0", x, stride=2)))
    maps = {}
    for stage, blocks in MOBILENET_BLOCKS.items():
        if int(stage[-1]) > max(used):
            break
        for number, (stride, padding, dilation, is_added) in enumerate(blocks):
            name = f"backbone.{stage}.{number}.conv"
            y = relu6(norm(state, f"{name}.1", conv(state, f"{name}.0", x)))
            y = depthwise(state, f"{name}.3", y, stride=stride, padding=padding, dilation=dilation)
            y = relu6(norm(state, f"{name}.4", y))
            y = norm(state, f"{name}.7", conv(state, f"{name}.6", y))
            x = x + y if is_added else y
        maps[int(stage[-1])] = x
    return [maps[level] for level in used]


def neck(state: State, maps: list[Tensor]) -> list[Tensor]:
    """Adjusted, and of an exemplar the 7 x 7 cells in the middle; where there is no neck, as they are."""
    if not any(name.startswith("neck") for name in state):
        return maps
    adjusted = []
    for number, x in enumerate(maps, 2):
        name = f"neck.downsample{number}" if len(maps) > 1 else "neck.downsample"
        x = norm(state, f"{name}.downsample.1", conv(state, f"{name}.downsample.0", x))
        if x.shape[-1] < 20:
            left = (x.shape[-1] - 7) // 2
            x = x[..., left : left + 7, left : left + 7]
        adjusted.append(x)
    return adjusted


def correlate(search: Tensor, kernel: Tensor) -> Tensor:
    """(N, C, H, W) and (N, C, h, w): each channel with its own, place by place of the kernel."""
    height, width = search.shape[2] - kernel.shape[2] + 1, search.shape[3] - kernel.shape[3] + 1
    total = torch.zeros(*search.shape[:2], height, width, dtype=search.dtype)
    for row in range(kernel.shape[2]):
        for column in range(kernel.shape[3]):
            patch = search[:, :, row : row + height, column : column + width]
            total += patch * kernel[:, :, row, column, None, None]
    return total


def branch(state: State, name: str, exemplar: Tensor, search: Tensor) -> Tensor:
    kernel = relu(norm(state, f"{name}.conv_kernel.1", conv(state, f"{name}.conv_kernel.0", exemplar)))
    search = relu(norm(state, f"{name}.conv_search.1", conv(state, f"{name}.conv_search.0", search)))
    x = correlate(search, kernel)
    x = relu(norm(state, f"{name}.head.1", conv(state, f"{name}.head.0", x)))
    return conv(state, f"{name}.head.3", x)


def head(state: State, exemplars: list[Tensor], searches: list[Tensor]) -> tuple[Tensor, Tensor]:
    """(N, 10, S, S) and (N, 20, S, S)."""
    answers = []
    for kind in ("cls", "loc"):
        if len(exemplars) == 1:
            answers.append(branch(state, f"rpn_head.{kind}", exemplars[0], searches[0]))
            continue
        levels = [
            branch(state, f"rpn_head.rpn{number}.{kind}", z, x)
            for number, (z, x) in enumerate(zip(exemplars, searches, strict=True), 2)
        ]
        shares = [1 / len(levels)] * len(levels)
        if f"rpn_head.{kind}_weight" in state:
            grown = [float(torch.exp(weight)) for weight in state[f"rpn_head.{kind}_weight"]]
            shares = [value / sum(grown) for value in grown]
        answers.append(sum((share * level for share, level in zip(shares, levels, strict=True)), torch.zeros(())))
    return answers[0], answers[1]


BACKBONES = {"alexnet": alexnet, "mobilenet_v2": mobilenet_v2, "resnet50": resnet50}


class Oracle:
    """A whole network: ``template`` takes the exemplar, ``respond`` answers for a search region."""

    def __init__(self, state: State, backbone: str) -> None:
        self.state = {name: value.double() for name, value in state.items() if value.is_floating_point()}
        self.backbone = BACKBONES[backbone]

    def template(self, exemplar: Tensor) -> list[Tensor]:
        return neck(self.state, self.backbone(self.state, exemplar.double()))

    def respond(self, exemplar: list[Tensor], search: Tensor) -> tuple[Tensor, Tensor]:
        """Class logits (N, 2, 5, S, S), background first, and deltas (N, 4, 5, S, S)."""
        cls, loc = head(self.state, exemplar, neck(self.state, self.backbone(self.state, search.double())))
        size = cls.shape[-1]
        return cls.reshape(-1, 2, 5, size, size), loc.reshape(-1, 4, 5, size, size)


def published_names(state: State) -> dict[str, Tensor]:
    """Our network's state under the names of the published code."""
    renamed = {}
    for name, value in state.items():
        part, _, rest = name.partition(".")
        number, _, inner = rest.partition(".")
        is_level = number.isdigit() and "." in inner
        if part in ("cls", "loc"):
            renamed[f"rpn_head.rpn{int(number) + 2}.{part}.{inner}" if is_level else f"rpn_head.{name}"] = value
        elif part in ("cls_weight", "loc_weight"):
            renamed[f"rpn_head.{part}"] = value
        elif part == "neck":
            level = f"neck.downsample{int(number) + 2}" if is_level else "neck.downsample"
            renamed[f"{level}.downsample.{inner if is_level else rest}"] = value
        else:
            renamed[name] = value
    return renamed
