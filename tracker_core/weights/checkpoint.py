"""Opening a checkpoint of another program safely: the names, shapes and numbers of its tensors, and nothing else.

Two containers are read: torch's zip archive, and the stream of pickles that torch wrote until version 1.5 (the models
of DaSiamRPN come from torch 0.3 and Python 2.7). The shapes are known before any number is read, so a file that is not
wanted costs nothing, whatever size it claims.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO, TypeAlias

import torch
from torch import Tensor

from tracker_core.weights.plain_pickle import PickleError, Storage, StoredTensor, read_pickle
from tracker_core.weights.stored_zip import START as ZIP_START
from tracker_core.weights.stored_zip import ZipError, one_folder, read_entries, read_entry
from tracker_core.weights.tensor_groups import groups_of_tensors

MOST_BYTES = 2_000_000_000  # the largest published file, DaSiamRPN's big one, has 362 MB
MOST_PICKLED = 50_000_000  # without the numbers; ResNet-50 with its optimiser's state has 0.3 MB
MOST_REPEATED = 60_000_000  # numbers that tensors may have beyond the file's, because several can share them
LEGACY_START = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."  # torch's magic number, pickled
OTHER_ORDER = "was written on a machine that orders its bytes the other way"
DAMAGE = (PickleError, ZipError, EOFError, LookupError, RuntimeError, ValueError)
"""The errors of reading numbers that are not what the pickle said."""


class CheckpointError(ValueError):
    """The file is not a checkpoint that can be used; the text names the file and the reason in one line."""


Stored: TypeAlias = Mapping[str, StoredTensor]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tensors of an open file by name, not read yet: the likeliest group, and the other groups. Wrappers and the
    prefix of data parallelism are removed.
    """

    path: Path
    stored: Stored
    places: Mapping[str, Storage]
    others: tuple[Stored, ...] = ()

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: tensor.shape for name, tensor in self.stored.items()}

    @property
    def readings(self) -> tuple[Checkpoint, ...]:
        """This group, then the same file with each of the other groups, the likeliest first."""
        return (self, *(replace(self, stored=stored, others=()) for stored in self.others))

    def tensors(self, names: Collection[str] | None = None) -> dict[str, Tensor]:
        """Read the numbers as float32; no two tensors share memory.

        Args:
            names: which tensors to read; all by default.

        Raises:
            CheckpointError: if numbers are missing, or the tensors claim more than the file holds.
        """
        stored = {name: tensor for name, tensor in self.stored.items() if names is None or name in names}
        wanted = {tensor.storage.key: tensor.storage for tensor in stored.values()}
        sharing: dict[str, list[str]] = {}
        for name, tensor in stored.items():
            sharing.setdefault(tensor.storage.key, []).append(name)
        asked = sum(math.prod(tensor.shape) for tensor in stored.values())
        if asked > sum(storage.length for storage in wanted.values()) + MOST_REPEATED:
            raise CheckpointError(f"{self.path} describes {asked:,} numbers, many times what is in the file")
        try:
            with self.path.open("rb") as file:
                if file.read(len(ZIP_START)) == ZIP_START:
                    read = _zip_numbers(file, wanted)
                else:
                    read = _legacy_numbers(file, wanted, self.places)
                made: dict[str, Tensor] = {}
                for key, numbers in read:  # storage by storage, so that the file is never in memory twice
                    made |= {name: _tensor(stored[name], numbers) for name in sharing.pop(key, [])}
            return {name: made[name] for name in stored}
        except (OSError, *DAMAGE) as error:
            raise CheckpointError(f"{self.path} is cut short: not all of its numbers are there") from error


def open_checkpoint(path: Path) -> Checkpoint:
    """The tensors of a torch checkpoint.

    Raises:
        CheckpointError: if it is not a checkpoint, is damaged, or holds more than data.
    """
    if path.is_dir():
        raise CheckpointError(f"{path} is a folder; name the file of the model")
    if not path.is_file():
        raise CheckpointError(f"{path} is not there")
    if (size := path.stat().st_size) > MOST_BYTES:
        raise CheckpointError(f"{path} has {size / 1e9:.1f} GB, more than any tracker that Siamark knows")
    try:
        with path.open("rb") as file:
            start = file.read(512)
            file.seek(0)
            if start.startswith(ZIP_START):
                content, places = _zip_content(file)
            elif start.startswith(LEGACY_START):
                content, places = _legacy_content(file)
            else:
                raise PickleError(_what_else(start))
        first, *others = groups_of_tensors(content)
        return Checkpoint(path, first, places, tuple(others))
    except (PickleError, ZipError) as error:
        raise CheckpointError(f"{path} {error}") from error
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read ({error.strerror})") from error


def _what_else(start: bytes) -> str:
    """What a file is that begins like this, as the end of a sentence that begins with its name."""
    if not start:
        return "is empty"
    if start.lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return (
            "is a web page, not a model: the site asked for a confirmation instead of sending the file; "
            "fetch it with a browser"
        )
    if start.startswith(b"MATLAB"):
        return "is a MATLAB file; Siamark reads torch checkpoints and its own safetensors files"
    if start[257:262] == b"ustar":
        return "is a tar archive; if it holds a model, unpack it first"
    if start.startswith(b"\x1f\x8b"):
        return "is compressed with gzip; unpack it first"
    return "is neither a torch checkpoint nor a Siamark weights file"


# torch's zip archive: ROOT/data.pkl, and each storage as ROOT/data/KEY


def _zip_content(file: IO[bytes]) -> tuple[object, dict[str, Storage]]:
    entries = read_entries(file)
    root = one_folder(entries, "data.pkl")
    if root is None:
        raise PickleError("is a zip archive, but not a checkpoint; if it holds a model, unpack it first")
    if f"{root}/constants.pkl" in entries or any(name.startswith(f"{root}/code/") for name in entries):
        raise PickleError(
            "is a TorchScript program, not a checkpoint: it holds code, and Siamark runs none. Load it with "
            "torch.jit.load, save its state_dict() with torch.save, and add that file"
        )
    if any(entry.is_compressed for entry in entries.values()):
        raise PickleError("is compressed, as torch never writes it")
    if (order := entries.get(f"{root}/byteorder")) and order.size < 100 and read_entry(file, order) != b"little":
        raise PickleError(OTHER_ORDER)
    pickled = entries[f"{root}/data.pkl"]
    if pickled.size > MOST_PICKLED:
        raise PickleError("describes more than any tracker has")
    return read_pickle(BytesIO(read_entry(file, pickled)))


def _zip_numbers(file: IO[bytes], wanted: Mapping[str, Storage]) -> Iterator[tuple[str, Tensor]]:
    entries = read_entries(file)
    root = one_folder(entries, "data.pkl")
    for key, storage in wanted.items():
        entry = entries[f"{root}/data/{key}"]
        if entry.size != storage.length * storage.dtype.itemsize:
            raise EOFError
        yield key, _numbers(read_entry(file, entry), storage)


# The stream: magic number, protocol, machine, content and storage keys, a pickle each; then each storage's count and
# numbers


def _legacy_content(file: IO[bytes]) -> tuple[object, dict[str, Storage]]:
    machine = [read_pickle(file)[0] for _ in range(3)][2]
    if isinstance(machine, dict) and machine.get("little_endian", True) is False:
        raise PickleError(OTHER_ORDER)
    return read_pickle(file)


def _legacy_numbers(
    file: IO[bytes], wanted: Mapping[str, Storage], places: Mapping[str, Storage]
) -> Iterator[tuple[str, Tensor]]:
    length = file.seek(0, 2)
    file.seek(0)
    for _ in range(4):
        read_pickle(file)
    keys, _ = read_pickle(file)
    if not isinstance(keys, list) or not all(isinstance(key, str) and key in places for key in keys):
        raise EOFError
    for key in keys:
        storage = places[key]
        size = storage.length * storage.dtype.itemsize
        if int.from_bytes(file.read(8), "little") != storage.length or size > length - file.tell():
            raise EOFError
        if key in wanted:
            yield key, _numbers(bytearray(file.read(size)), storage)
        else:
            file.seek(size, 1)


def _tensor(stored: StoredTensor, numbers: Tensor) -> Tensor:
    view = numbers.as_strided(stored.shape, stored.strides, stored.offset)
    return view.to(torch.float32, copy=True, memory_format=torch.contiguous_format)


def _numbers(raw: bytearray, storage: Storage) -> Tensor:
    if len(raw) != storage.length * storage.dtype.itemsize:
        raise EOFError
    return torch.frombuffer(raw, dtype=storage.dtype) if raw else torch.empty(0, dtype=storage.dtype)
