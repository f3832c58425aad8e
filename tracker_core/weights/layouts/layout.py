"""What a layout is, and the words in which one is written down: convolutions and batch norms by name."""

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
"""Of a batch norm: how often it was trained. Old files have none, and nobody needs it."""
STATISTICS = ("running_mean", "running_var")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a public program writes its network down, and what becomes of it here.

    ``shapes`` are all tensors of the file but counters. Where files of equal shapes were published with different
    constants, there is a layout for each; ``file_words`` are what its file is called by, in small letters. ``unused``
    are the prefixes of tensors that the published program does not ask.
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
        """Numbers that were learned and are used: no statistics of batch norm."""
        return sum(
            math.prod(shape)
            for name, shape in self.shapes.items()
            if not name.endswith(STATISTICS) and not name.startswith(self.unused)
        )

    def difference(self, shapes: Mapping[str, tuple[int, ...]]) -> str | None:
        """The first way in which a file's tensors are not these, to be read after its name; None if they are."""
        for name, shape in self.shapes.items():
            if name not in shapes:
                return f"'{name}' is missing"
            if shapes[name] != shape:
                return f"'{name}' has the shape {shown(str(shapes[name]))} instead of {shape}"
        unknown = next((name for name in shapes if name not in self.shapes), None)
        return None if unknown is None else f"'{shown(unknown)}' does not belong there"

    def likeness(self, shapes: Mapping[str, tuple[int, ...]]) -> float:
        """Of the tensors in either, the share that is in both with one shape."""
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
    """Each name with the first of the prefixes that fits replaced."""
    names = {
        name: next((new + name.removeprefix(old) for old, new in prefixes.items() if name.startswith(old)), name)
        for name in tensors
    }
    return {names[name]: tensor for name, tensor in tensors.items()}


def from_bgr(tensors: Tensors, first: str) -> Tensors:
    """For pictures in RGB: the first convolution of a network that learnt on BGR, as OpenCV reads, with its input
    channels turned round.
    """
    return {**tensors, first: tensors[first].flip(1)}
