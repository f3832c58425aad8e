"""Checkpoints made to do harm: nothing is run, nothing is opened, and no memory is asked for that is not there."""

from __future__ import annotations

import struct
import warnings
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
    "a negative length of a storage": in_dictionary(pickled_tensor(count=-4)),
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
    "tuples that double, as a key": b"})" + b"2\x86" * 60 + b"Ns",
    "a state for what rebuilds": b"}X\1\0\0\0actorch._utils\n_rebuild_tensor_v2\n(N}X\7\0\0\0__new__Nstbs",
    "a pair of a list, ordered again and again": b"](K\1K\2\x86"
    + b"2" * 40_000
    + b"eq\0"
    + b"ccollections\nOrderedDict\nh\0\x85R0" * 40_000,
    "as many steps as nobody needs": b"}" + b"N0" * 600_000,
    "a number of four thousand million bytes": b"\x8b\xff\xff\xff\x7f",
    "a negative length": b"\x8b\xff\xff\xff\xff",
    "a text length below nothing": b"T\xff\xff\xff\xff",
    "a shape of 200 sides": in_dictionary(
        pickled_tensor(shape=b"(" + b"K\1" * 200 + b"t", strides=b"(" + b"K\0" * 200 + b"t")
    ),
    "a call of a number": b"K\1)R",
    "a place in memory that is empty": b"h\7",
    "a mark too few": b"Kt",
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
    with pytest.raises(CheckpointError, match="is a zip archive, but not a checkpoint"):
        open_checkpoint(path)


def test_a_compressed_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.pth", in_dictionary(pickled_tensor()), compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(CheckpointError, match=r"a\.pth is compressed"):
        open_checkpoint(path)


def test_nothing_of_a_file_outlives_its_reading(tmp_path: Path) -> None:
    """A state was once given to a class of ours, so that every later file was read wrong."""
    poison = b"}X\1\0\0\0actorch._utils\n_rebuild_tensor_v2\n(N}X\7\0\0\0__new__ctorch._utils\n_rebuild_parameter\nstbs"
    with pytest.raises(CheckpointError):
        open_checkpoint(archive(tmp_path / "poison.pth", poison))
    path = archive(tmp_path / "a.pth", in_dictionary(pickled_tensor()))
    assert open_checkpoint(path).shapes == {"w": (4,)}


def test_a_counter_beside_the_weights_may_claim_anything_and_costs_nothing(tmp_path: Path) -> None:
    enormous = pickled_tensor(shape=number(1 << 33) + b"\x85", strides=b"K\0\x85")
    content = in_dictionary(pickled_tensor()) + b"X\1\0\0\0c" + enormous + b"s"
    checkpoint = open_checkpoint(archive(tmp_path / "a.pth", content))
    assert torch.equal(checkpoint.tensors(["w"])["w"], torch.arange(4.0))
    with pytest.raises(CheckpointError, match=r"describes 8,589,934,596 numbers, many times what is in the file"):
        checkpoint.tensors()


def overlapping(path: Path, *, entries: int, size: int) -> Path:
    """An archive all of whose entries are the same bytes."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a/data.pkl", b"\x80\x02}." + b"\0" * size)
        first = file.infolist()[0]
        for number in range(entries):
            again = zipfile.ZipInfo(f"a/data/{number}")
            again.file_size, again.compress_size, again.CRC = first.file_size, first.compress_size, first.CRC
            again.header_offset = first.header_offset
            file.filelist.append(again)
    return path


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="is damaged: parts of it overlap"):
        open_checkpoint(overlapping(tmp_path / "a.pth", entries=3, size=1000))
    with pytest.raises(CheckpointError, match="has more parts than any model"):
        open_checkpoint(overlapping(tmp_path / "b.pth", entries=21_000, size=10))


def test_a_stream_that_claims_more_numbers_than_there_are_is_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "a.pth"
    torch.save({"w": torch.zeros(4)}, path, _use_new_zipfile_serialization=False)
    content = path.read_bytes().replace(b"K\x04NtQ", number(1 << 45) + b"NtQ")
    path.write_bytes(content[:-24] + struct.pack("<q", 1 << 45) + content[-16:])
    checkpoint = open_checkpoint(path)
    with pytest.raises(CheckpointError, match="is cut short"):
        checkpoint.tensors()


@pytest.mark.parametrize("layers", [b"archive/code/__torch__.py", b"archive/constants.pkl"])
def test_a_torchscript_program_is_told_from_a_checkpoint(tmp_path: Path, layers: bytes) -> None:
    path = tmp_path / "traced.pt"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("archive/data.pkl", b"\x80\x02c__torch__.torch.nn\nModule\n)\x81.")
        file.writestr(layers.decode(), b"")
    with pytest.raises(CheckpointError, match=r"is a TorchScript program, .* save its state_dict\(\)"):
        open_checkpoint(path)


def test_what_torch_jit_writes_is_such_a_program(tmp_path: Path) -> None:
    path = tmp_path / "traced.pt"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch means to leave it behind
        torch.jit.trace(torch.nn.Linear(2, 2), torch.zeros(1, 2)).save(str(path))  # type: ignore[no-untyped-call]
    with pytest.raises(CheckpointError, match="is a TorchScript program"):
        open_checkpoint(path)
