"""Checkpoints made to do harm: nothing is run, nothing is opened, and no memory is asked for that is not there."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

from tracker_core.weights.checkpoint import CheckpointError, open_checkpoint

STORAGE = b"(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\x000X\3\0\0\0cpu%stQ"


def number(value: int) -> bytes:
    return b"\x8a\x08" + struct.pack("<q", value)


def pickled_tensor(*, count: int = 4, offset: int = 0, shape: bytes = b"K\4\x85", strides: bytes = b"K\1\x85") -> bytes:
    return (
        b"ctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE.replace(b"%s", number(count)) + number(offset)
        + shape + strides + b"\x89}tR"
    )  # fmt: skip


def archive(path: Path, content: bytes, *, name: str = "a", compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as file:
        file.writestr(f"{name}/data.pkl", b"\x80\x02" + content + b".")
        file.writestr(f"{name}/data/0", np.arange(4, dtype=np.float32).tobytes())
    return path


def in_dictionary(tensor: bytes) -> bytes:
    return b"}X\1\0\0\0w" + tensor + b"s"


def test_an_archive_by_hand_is_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.pth", in_dictionary(pickled_tensor()))
    (tensor,) = open_checkpoint(path).tensors().values()
    assert torch.equal(tensor, torch.arange(4.0))


BOMBS = {
    "a shape beyond its numbers": in_dictionary(pickled_tensor(shape=number(1 << 40) + b"\x85")),
    "strides beyond its numbers": in_dictionary(pickled_tensor(strides=number(1 << 30) + b"\x85")),
    "an offset beyond its numbers": in_dictionary(pickled_tensor(offset=1)),
    "a negative offset": in_dictionary(pickled_tensor(offset=-4)),
    "a negative stride": in_dictionary(pickled_tensor(strides=number(-1) + b"\x85")),
    "a negative length": in_dictionary(pickled_tensor(count=-4)),
    "a shape of texts": in_dictionary(pickled_tensor(shape=b"X\1\0\0\x004\x85")),
    "a tensor of no storage": in_dictionary(b"ctorch._utils\n_rebuild_tensor_v2\n(K\0K\0))tR"),
    "a memo of four thousand million": b"}r\xff\xff\xff\xff",
    "a tower of tuples as a key": b"})" + b"\x85" * 300_000 + b"K\1s",
    "a text longer than the file": b"X\xff\xff\xff\x7fabc",
    "a newer protocol": b"\x8c\1a\x93",
    "an attribute put on what rebuilds": b"ctorch._utils\n_rebuild_tensor_v2\n}X\1\0\0\0aK\1sb",
    "attributes put on a tensor": in_dictionary(pickled_tensor() + b"N}X\5\0\0\0shapeK\1s\x86b"),
    "an extension code": b"\x82\x01",
    "an unknown reference": b"(X\6\0\0\0moduletQ",
    "no end": b"}(((",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_defused(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path / "bomb.pth", BOMBS[name])
    with pytest.raises(CheckpointError, match=r"^[^\n]*bomb\.pth [^\n]+$"):
        open_checkpoint(path)


def test_numbers_that_are_not_in_the_archive_are_missed_when_they_are_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "big.pth", in_dictionary(pickled_tensor(count=1 << 40, shape=number(1 << 40) + b"\x85")))
    checkpoint = open_checkpoint(path)  # only its shapes, which no layout has
    with pytest.raises(CheckpointError, match=r"big\.pth is cut short"):
        checkpoint.tensors()


def test_a_storage_elsewhere_on_the_disk_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\0" * 16)
    tensor = pickled_tensor().replace(b"X\1\0\0\x000", b"X\x0c\0\0\0../../secret")
    path = archive(tmp_path / "a.pth", in_dictionary(tensor))
    with pytest.raises(CheckpointError, match="is cut short"):
        open_checkpoint(path).tensors()
    path = archive(tmp_path / "b.pth", in_dictionary(pickled_tensor()), name="../../b")
    with pytest.raises(CheckpointError, match="is a zip archive, but no checkpoint"):
        open_checkpoint(path)


def test_a_compressed_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.pth", in_dictionary(pickled_tensor()), compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(CheckpointError, match=r"a\.pth is compressed"):
        open_checkpoint(path)
