"""Changes the input sizes of an ONNX file without the onnx package, by editing its protocol buffers."""

from __future__ import annotations

from collections.abc import Iterator

FLOAT = 1
MODEL_GRAPH, GRAPH_INPUT, GRAPH_OUTPUT, GRAPH_VALUES = 7, 11, 12, 13
VARINT, BYTES = 0, 2


def for_any_size(model: bytes) -> bytes:
    """Make a network take inputs of any size. The published file takes 255 x 255, but not the exemplar's 127 x 127."""
    made = b""
    for number, wire, value, raw in _fields(model):
        made += field(number, b"".join(_freed(value))) if number == MODEL_GRAPH and wire == BYTES else raw
    return made


def field(number: int, value: bytes) -> bytes:
    """Encode a field that holds a text, a message or bytes."""
    return varint(number << 3 | BYTES) + varint(len(value)) + value


def varint_field(number: int, value: int) -> bytes:
    return varint(number << 3 | VARINT) + varint(value)


def varint(value: int) -> bytes:
    made = bytearray()
    while value >= 0x80:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])


def floats_named(name: str) -> bytes:
    """An input or output of a graph: 32-bit floats of any shape."""
    return field(1, name.encode()) + field(2, field(1, varint_field(1, FLOAT)))


def _freed(graph: bytes) -> Iterator[bytes]:
    for number, _, value, raw in _fields(graph):
        if number in (GRAPH_INPUT, GRAPH_OUTPUT):
            name = next(text for inner, _, text, _ in _fields(value) if inner == 1)
            yield field(number, floats_named(name.decode()))
        elif number != GRAPH_VALUES:  # the shapes of inner values, which hold for 255 x 255 only
            yield raw


def _fields(message: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """The fields of a message: number, wire type, content (if it has a length), and all bytes of each."""
    place = 0
    while place < len(message):
        start = place
        key, place = _read(message, place)
        length = 0
        match key & 7:
            case 0:
                _, place = _read(message, place)
            case 2:
                length, place = _read(message, place)
            case 1:
                length = 8
            case 5:
                length = 4
            case wire:
                raise ValueError(f"not an ONNX file: wire type {wire}")
        content, place = message[place : place + length], place + length
        yield key >> 3, key & 7, content, message[start:place]


def _read(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        value |= (byte & 0x7F) << shift
        shift, place = shift + 7, place + 1
        if byte < 0x80:
            return value, place
