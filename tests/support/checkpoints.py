"""Checkpoints as other programs write them, for tests."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

PROTOCOL = b"\x80\x02"


def save_as_python2(path: Path, tensors: Mapping[str, Tensor]) -> Path:
    """As torch 0.3.1 under Python 2.7 saved a state dict from a GPU: byte by byte, for nothing writes so today.

    Texts are byte strings, the ordered dictionary is made from a list of lists, tensors are rebuilt by the first
    version of torch's function and lie on ``cuda:0``; there is no metadata.
    """
    items = b"".join(
        b"](" + _text(name) + _tensor(key, value) + b"e" for key, (name, value) in enumerate(tensors.items())
    )
    content = b"ccollections\nOrderedDict\n](" + items + b"e\x85R"
    machine = b"}(" + _text("little_endian") + b"\x88" + _text("protocol_version") + _number(1001) + b"u"
    keys = b"](" + b"".join(_text(str(key)) for key in range(len(tensors))) + b"e"
    magic = b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"
    with path.open("wb") as file:
        for part in (magic, _number(1001), machine, content, keys):
            file.write(PROTOCOL + part + b".")
        for value in tensors.values():
            numbers = np.ascontiguousarray(value.numpy(), np.float32)
            file.write(struct.pack("<q", numbers.size))
            file.write(numbers.tobytes())
    return path


def _tensor(key: int, value: Tensor) -> bytes:
    storage = _text("storage") + b"ctorch.cuda\nFloatStorage\n" + _text(str(key)) + _text("cuda:0")
    storage = b"((" + storage + _number(value.numel()) + b"NtQ"
    strides = torch.empty(value.shape, device="meta").stride()
    shape = b"(" + b"".join(map(_number, value.shape)) + b"t(" + b"".join(map(_number, strides)) + b"t"
    return b"ctorch._utils\n_rebuild_tensor\n" + storage + _number(0) + shape + b"tR"


def _text(text: str) -> bytes:
    return b"U" + bytes([len(text)]) + text.encode("ascii")


def _number(number: int) -> bytes:
    return b"J" + struct.pack("<i", number)


def random_tensors(shapes: Mapping[str, tuple[int, ...]], *, seed: int = 1) -> dict[str, Tensor]:
    """Random tensors like those of a trained network: answers neither vanish nor grow from layer to layer. Pictures are
    0..255.
    """
    generator = torch.Generator().manual_seed(seed)
    tensors: dict[str, Tensor] = {}
    gain = 1 / 64  # of the first convolution
    for name, shape in shapes.items():
        value = torch.randn(shape, generator=generator)
        if len(shape) == 4:
            value *= gain * (2 / (shape[1] * shape[2] * shape[3])) ** 0.5
            gain = 1
        elif name.endswith("running_var"):
            value = 0.5 + value.abs()
        elif not name.endswith("weight"):
            value *= 0.1
        elif shape[0] > 3:  # of a batch norm; the shares of three levels stay as they are
            value = 1 + 0.2 * value
        tensors[name] = value
    return tensors


def empty_tensors(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Tensor]:
    """Zeros that share one number per tensor, so that their file is small whatever the shapes."""
    return {name: torch.zeros(()).expand(shape) for name, shape in shapes.items()}
