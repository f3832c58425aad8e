"""What a layout is, and the functions that describe one: convolutions and batch norms by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from tracker_core.weights.sentences import shown

Shapes = dict[str, tuple[int, ...]]
Tensors = dict[str, Tensor]

COUNTER = "num_batches_tracked"
"""Counts the training steps of a batch norm. Old files do not have it, and tracking does not need it."""
STATISTICS = ("running_mean", "running_var")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a public program stores its network, and how it is converted. ``shapes`` are all tensors of the file except
    counters. If files of equal shapes were published with different constants, each has a layout; ``file_words`` are
    lower-case words in the name of its file. ``unused`` are the prefixes of tensors that the published program does not
    use.
    """

    name: str
    title: str
    shapes: Mapping[str, tuple[int, ...]]
    to_ours: Callable[[Tensors], Tensors]
    family: str
    network: Mapping[str, Any]
    constants: Mapping[str, float]
    licence: str
    page: str
    file_words: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def parameters(self) -> int:
        """How many learnt numbers are used, without the statistics of batch norm."""
        return sum(
            math.prod(shape)
            for name, shape in self.shapes.items()
            if not name.endswith(STATISTICS) and not name.startswith(self.unused)
        )

    def difference(self, shapes: Mapping[str, tuple[int, ...]]) -> str | None:
        """The first difference between a file's tensors and these, to follow the file's name in a sentence; None if
        there is none.
        """
        for name, shape in self.shapes.items():
            if name not in shapes:
                return f"'{name}' is missing"
            if shapes[name] != shape:
                return f"'{name}' has the shape {shown(str(shapes[name]))} instead of {shape}"
        unknown = next((name for name in shapes if name not in self.shapes), None)
        return None if unknown is None else f"'{shown(unknown)}' does not belong there"

    def likeness(self, shapes: Mapping[str, tuple[int, ...]]) -> float:
        """The share of all tensors in either that are in both with the same shape."""
        return len(self.shapes.items() & shapes.items()) / len(self.shapes.keys() | shapes.keys())


def convolution(name: str, inputs: int, outputs: int, kernel: int, *, bias: bool = False) -> Shapes:
    """``inputs`` are those of one group."""
    shapes: Shapes = {f"{name}.weight": (outputs, inputs, kernel, kernel)}
    if bias:
        shapes[f"{name}.bias"] = (outputs,)
    return shapes


def batch_norm(name: str, channels: int) -> Shapes:
    return {f"{name}.{part}": (channels,) for part in ("weight", "bias", *STATISTICS)}


def renamed(tensors: Tensors, prefixes: Mapping[str, str]) -> Tensors:
    """Each name with the first matching prefix replaced."""
    names = {
        name: next((new + name.removeprefix(old) for old, new in prefixes.items() if name.startswith(old)), name)
        for name in tensors
    }
    return {names[name]: tensor for name, tensor in tensors.items()}


def from_bgr(tensors: Tensors, first: str) -> Tensors:
    """Adapt a network that learnt on BGR (as OpenCV reads) to RGB: reverse the first convolution's input channels."""
    return {**tensors, first: tensors[first].flip(1)}
