"""Opening a checkpoint of another program safely: the names, shapes and numbers of its tensors, and nothing else.

Two containers are read: torch's zip archive, and the stream of pickles that torch wrote until version 1.5 (the models
of DaSiamRPN come from torch 0.3 and Python 2.7). The shapes are known before any number is read, so a file that is not
wanted costs nothing, whatever size it claims.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import torch
from torch import Tensor

from tracker_core.weights.plain_pickle import PickleError, Storage, StoredTensor, read_pickle

MOST_BYTES = 2_000_000_000  # the largest published file, DaSiamRPN's big one, has 362 MB
ZIP_START = b"PK\x03\x04"
LEGACY_START = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."  # torch's magic number, pickled
DAMAGE = (zipfile.BadZipFile, EOFError, struct.error, ValueError, LookupError, RuntimeError, ArithmeticError)
"""What zipfile raises, depending on which byte is wrong."""
WRAPPERS = ("state_dict", "model")
DATA_PARALLEL = "module."


class CheckpointError(ValueError):
    """A file that cannot be taken as a checkpoint; its text names the file and the reason in one line."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """An open file's tensors by name, not read yet. Wrappers and the prefix of data parallelism are taken off."""

    path: Path
    stored: Mapping[str, StoredTensor]
    places: Mapping[str, Storage]

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        return {name: tensor.shape for name, tensor in self.stored.items()}

    def tensors(self) -> dict[str, Tensor]:
        """Read the numbers: all tensors, as float32, none sharing memory with another.

        Raises:
            CheckpointError: if numbers are missing.
        """
        wanted = {tensor.storage.key: tensor.storage for tensor in self.stored.values()}
        try:
            with self.path.open("rb") as file:
                if file.read(len(ZIP_START)) == ZIP_START:
                    numbers = _zip_numbers(file, wanted)
                else:
                    numbers = _legacy_numbers(file, wanted, self.places)
            return {name: _tensor(tensor, numbers[tensor.storage.key]) for name, tensor in self.stored.items()}
        except (OSError, *DAMAGE) as error:
            raise CheckpointError(f"{self.path} is cut short: not all of its numbers are there") from error


def open_checkpoint(path: Path) -> Checkpoint:
    """What tensors a torch checkpoint holds.

    Raises:
        CheckpointError: if it is no checkpoint, is damaged, or holds more than data.
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
        return Checkpoint(path, _state_dict(content), places)
    except PickleError as error:
        raise CheckpointError(f"{path} {error}") from error
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read ({error.strerror})") from error
    except DAMAGE as error:
        raise CheckpointError(f"{path} is damaged or cut short ({error}); fetch it anew") from error


def _what_else(start: bytes) -> str:
    """What a file is that starts so, to be read after its name."""
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


def _state_dict(content: object) -> dict[str, StoredTensor]:
    """The tensors by name, out of whatever a training program wraps them in."""
    for wrapper in WRAPPERS:
        if isinstance(content, dict) and isinstance(content.get(wrapper), dict):
            content = content[wrapper]
    if not isinstance(content, dict):
        raise PickleError("holds no tensors by name; save the model's state_dict() and add that")
    stored = {
        name: tensor for name, tensor in content.items() if isinstance(name, str) and isinstance(tensor, StoredTensor)
    }
    if not stored:
        raise PickleError("holds no tensors by name; save the model's state_dict() and add that")
    if all(name.startswith(DATA_PARALLEL) for name in stored):
        stored = {name.removeprefix(DATA_PARALLEL): tensor for name, tensor in stored.items()}
    return stored


# torch's zip archive: ROOT/data.pkl, and each storage as ROOT/data/KEY


def _zip_content(file: IO[bytes]) -> tuple[object, dict[str, Storage]]:
    with zipfile.ZipFile(file) as archive:
        root = _root(archive)
        if any(entry.compress_type != zipfile.ZIP_STORED for entry in archive.infolist()):
            raise PickleError("is compressed, as torch never writes it")
        if f"{root}/byteorder" in archive.namelist() and archive.read(f"{root}/byteorder") != b"little":
            raise PickleError("was written on a machine that orders its bytes the other way")
        with archive.open(f"{root}/data.pkl") as pickled:
            return read_pickle(pickled)


def _root(archive: zipfile.ZipFile) -> str:
    pickles = [name for name in archive.namelist() if name.endswith("/data.pkl") and name.count("/") == 1]
    if len(pickles) != 1:
        raise PickleError("is a zip archive, but no checkpoint; if it holds a model, unpack it first")
    return pickles[0].removesuffix("/data.pkl")


def _zip_numbers(file: IO[bytes], wanted: Mapping[str, Storage]) -> dict[str, Tensor]:
    with zipfile.ZipFile(file) as archive:
        root = _root(archive)
        numbers = {}
        for key, storage in wanted.items():
            entry = archive.getinfo(f"{root}/data/{key}")
            if entry.file_size != storage.length * storage.dtype.itemsize:
                raise EOFError
            with archive.open(entry) as raw:
                numbers[key] = _numbers(raw, storage)
        return numbers


# The stream: magic number, protocol, machine, content and storage keys, a pickle each; then each storage's count and
# numbers


def _legacy_content(file: IO[bytes]) -> tuple[object, dict[str, Storage]]:
    machine = [read_pickle(file)[0] for _ in range(3)][2]
    if isinstance(machine, dict) and not machine.get("little_endian", True):
        raise PickleError("was written on a machine that orders its bytes the other way")
    return read_pickle(file)


def _legacy_numbers(file: IO[bytes], wanted: Mapping[str, Storage], places: Mapping[str, Storage]) -> dict[str, Tensor]:
    file.seek(0)
    for _ in range(4):
        read_pickle(file)
    keys, _ = read_pickle(file)
    if not isinstance(keys, list) or not all(isinstance(key, str) and key in places for key in keys):
        raise EOFError
    numbers = {}
    for key in keys:
        storage = places[key]
        if int.from_bytes(file.read(8), "little") != storage.length:
            raise EOFError
        if key in wanted:
            numbers[key] = _numbers(file, storage)
        else:
            file.seek(storage.length * storage.dtype.itemsize, 1)
    return numbers


def _tensor(stored: StoredTensor, numbers: Tensor) -> Tensor:
    view = numbers.as_strided(stored.shape, stored.strides, stored.offset)
    return view.to(torch.float32, copy=True, memory_format=torch.contiguous_format)


def _numbers(file: IO[bytes], storage: Storage) -> Tensor:
    size = storage.length * storage.dtype.itemsize
    raw = bytearray(file.read(size))
    if len(raw) != size:
        raise EOFError
    return torch.frombuffer(raw, dtype=storage.dtype) if raw else torch.empty(0, dtype=storage.dtype)
