"""The weights in an ONNX file, in the order in which its graph computes. Reads the file's bytes and runs nothing.

ONNX files are protocol buffers: fields with a number and a wire type, some of them messages themselves. Only the few
fields that hold weights are read. Every length is checked against the bytes that are left, so no file makes the reader
take more memory than its own size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from tracker_core.weights.layouts.nanotrack import Weights
from tracker_core.weights.sentences import shown

MOST_BYTES = 500_000_000
MOST_STEPS = 100_000
MOST_DIMENSIONS = 8
FLOAT = 1
WEIGHTED = ("Conv", "Gemm")

# Numbers of the fields, from onnx.proto.
GRAPH = 7
NODE, INITIALISER = 1, 5
INPUT, OPERATOR = 1, 4
DIMENSIONS, DATA_TYPE, FLOAT_DATA, NAME, RAW_DATA = 1, 2, 4, 8, 9

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


class OnnxError(ValueError):
    """The file is not an ONNX graph, or is damaged; the text follows the file's name in a sentence."""


class _Node(NamedTuple):
    operator: str
    inputs: tuple[str, ...]


def read_onnx(path: Path) -> list[Weights]:
    """The weights of all convolutions and linear layers, in the order of the graph. Steps whose weights are computed,
    as in a correlation, are left out.

    Raises:
        OnnxError: if it is not an ONNX file or is damaged.
        OSError: if it cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise OnnxError(f"has {path.stat().st_size / 1e6:.0f} MB, more than any tracker that Siamark knows")
    nodes: list[_Node] = []
    stored: dict[str, Tensor] = {}
    for number, value in _fields(memoryview(path.read_bytes())):
        if number == GRAPH and isinstance(value, memoryview):
            for part, content in _fields(value):
                if part == NODE:
                    nodes.append(_node(_message(content)))
                elif part == INITIALISER and (tensor := _tensor(_message(content))):
                    stored[tensor[0]] = tensor[1]
                if len(nodes) > MOST_STEPS or len(stored) > MOST_STEPS:
                    raise OnnxError("describes more steps than any tracker has")
    found = [weights for node in nodes if (weights := _weights(node, stored))]
    if not found:
        raise OnnxError("is not an ONNX file with weights in it")
    return found


def _weights(node: _Node, stored: Mapping[str, Tensor]) -> Weights | None:
    if node.operator not in WEIGHTED or len(node.inputs) < 2 or node.inputs[1] not in stored:
        return None
    name, *bias = node.inputs[1:3]
    return Weights(name, stored[name], stored.get(bias[0]) if bias else None)


def _node(message: memoryview) -> _Node:
    inputs, operator = [], ""
    for number, value in _fields(message):
        if number == INPUT:
            inputs.append(_text(value))
        elif number == OPERATOR:
            operator = _text(value)
    return _Node(operator, tuple(inputs))


def _tensor(message: memoryview) -> tuple[str, Tensor] | None:
    """Its name and its numbers; nothing if they are not 32-bit floats (the shapes of a graph, for example)."""
    name, data_type = "", 0
    shape: list[int] = []
    numbers = memoryview(b"")
    for number, value in _fields(message):
        if number == DIMENSIONS:
            shape += _integers(value)
            if len(shape) > MOST_DIMENSIONS:
                raise OnnxError("describes a tensor of an impossible shape")
        elif number == DATA_TYPE and isinstance(value, int):
            data_type = value
        elif number == NAME:
            name = _text(value)
        elif number in (FLOAT_DATA, RAW_DATA) and isinstance(value, memoryview):
            numbers = value
    if data_type != FLOAT:
        return None
    if math.prod(shape) * 4 != len(numbers):
        raise OnnxError(
            f"is damaged: its tensor '{shown(name)}' of the shape {shown(str(tuple(shape)))} has {len(numbers)} bytes"
        )
    flat = torch.frombuffer(bytearray(numbers), dtype=torch.float32) if numbers else torch.empty(0)
    return name, flat.reshape(shape)


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Number and value of each field: an integer, or the bytes of a text, a message or packed numbers."""
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        number, wire = key >> 3, key & 7
        if wire == VARINT:
            value, place = _varint(message, place)
            yield number, value
            continue
        if wire == BYTES:
            length, place = _varint(message, place)
        elif wire in (FIXED32, FIXED64):
            length = 4 if wire == FIXED32 else 8
        else:
            raise OnnxError("is not an ONNX file, or damaged")
        if length > len(message) - place:
            raise OnnxError("is cut short, or not an ONNX file")
        yield number, message[place : place + length]
        place += length


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    """Seven bits a byte, the lowest first, and where the next field begins."""
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(message):
            raise OnnxError("is cut short, or not an ONNX file")
        byte = message[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
    raise OnnxError("is not an ONNX file, or damaged")


def _integers(value: int | memoryview) -> list[int]:
    """One number, or several packed into one field."""
    if isinstance(value, int):
        return [value]
    numbers: list[int] = []
    place = 0
    while place < len(value) and len(numbers) <= MOST_DIMENSIONS:
        number, place = _varint(value, place)
        numbers.append(number)
    return numbers


def _message(value: int | memoryview) -> memoryview:
    if isinstance(value, int):
        raise OnnxError("is not an ONNX file, or damaged")
    return value


def _text(value: int | memoryview) -> str:
    return bytes(_message(value)[:1000]).decode("utf-8", "replace")
