"""Reading a pickle as data. Nothing that a pickle names is imported or called, so a hostile one can do nothing.

A checkpoint is a pickle that describes tensors, with the numbers beside it. Of all that a pickle may name, a handful is
understood here, in our own words: ordered dictionaries, storages, and the functions that torch names to rebuild a
tensor. What training frameworks leave beside the weights (settings, dates, a progress log) becomes ``Skipped``, an
object that takes anything and does nothing. Everything else is refused by its name.

``torch.load(weights_only=True)`` is not used: it refuses a whole file for one such leftover, and what it does accept
may still ask for any amount of memory.
"""

from __future__ import annotations

import io
import pickle
import pickletools
import zipfile
from collections.abc import Callable
from typing import IO, Any, NamedTuple

import torch

PROTOCOL = 2  # torch has never written another by itself
MOST_BYTES = 100_000_000  # of a pickle, without the numbers; ResNet-50 with its optimiser's state has 0.3 MB
MOST_MEMO = 10_000_000  # an unpickler reserves memory up to the highest number that it is told
MOST_TUPLES = 20_000  # the hash of 200,000 in one another overflows the stack of the interpreter


class PickleError(ValueError):
    """A pickle that holds more than data, or is damaged; its text is to be read after the file's name."""


class Storage(NamedTuple):
    """A run of numbers, beside the pickle, under ``key``."""

    key: str
    dtype: torch.dtype
    length: int


class StoredTensor(NamedTuple):
    """Where the numbers of a tensor are: in elements of its storage, none of them outside."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class Skipped:
    """What stands for an object that is no weight: made by any call, deaf to whatever is put into it."""

    def __init__(self, *_: object) -> None: ...

    def __setstate__(self, _: object) -> None: ...

    def __setitem__(self, _: object, __: object) -> None: ...

    def append(self, _: object) -> None: ...

    def extend(self, _: object) -> None: ...


class StateDict(dict[str, Any]):
    """In place of an ordered dictionary. Attributes, which a pickle may set on one, are dropped."""

    __slots__ = ()

    def __setstate__(self, _: object) -> None: ...


# Two classes, for a function has attributes that a pickle could set.


class _RebuiltTensor:
    def __new__(cls, storage: object, offset: Any, shape: Any, strides: Any, *_: object) -> Any:  # noqa: ANN401
        numbers = (offset, *shape, *strides)
        if not isinstance(storage, Storage) or len(shape) != len(strides):
            raise PickleError("describes a tensor without numbers")
        if any(type(number) is not int or number < 0 for number in numbers):
            raise PickleError("describes a tensor of an impossible shape")
        last = offset + sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
        if 0 not in shape and last >= storage.length:
            raise PickleError(
                f"describes a tensor of {tuple(shape)} numbers, but only {storage.length} are in the file"
            )
        return StoredTensor(storage, offset, tuple(shape), tuple(strides))


class _RebuiltParameter:
    def __new__(cls, tensor: object, *_: object) -> Any:  # noqa: ANN401
        return tensor


DTYPES = {
    "DoubleStorage": torch.float64,
    "FloatStorage": torch.float32,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
}
UNDERSTOOD: dict[str, Callable[..., Any] | torch.dtype] = {
    "collections.OrderedDict": StateDict,
    "torch._utils._rebuild_tensor": _RebuiltTensor,  # until torch 0.3
    "torch._utils._rebuild_tensor_v2": _RebuiltTensor,
    "torch._utils._rebuild_parameter": _RebuiltParameter,
    **{f"torch.{name}": dtype for name, dtype in DTYPES.items()},
    **{f"torch.cuda.{name}": dtype for name, dtype in DTYPES.items()},
}
# What the training frameworks of the field, and the plain types of Python, leave in a checkpoint beside the weights.
SKIPPED_PACKAGES = {
    "addict", "argparse", "collections", "datetime", "mmcv", "mmdet", "mmengine", "mmtrack", "numpy", "pathlib",
    "torch", "yacs",
}  # fmt: skip
SKIPPED_BUILTINS = {"bytearray", "complex", "frozenset", "object", "range", "set", "slice"}
SKIPPED_NAMES = {"_codecs.encode", "copy_reg._reconstructor", "copyreg._reconstructor"}


class _DataUnpickler(pickle.Unpickler):
    """Gives our own stand-ins for the names of a pickle; never looks one up."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file, encoding="latin-1")  # Python 2 wrote its texts as bytes
        self.storages: dict[str, Storage] = {}

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        full_name = f"{module}.{name}"
        if full_name in UNDERSTOOD:
            return UNDERSTOOD[full_name]
        is_builtin = module in ("builtins", "__builtin__") and name in SKIPPED_BUILTINS
        if is_builtin or full_name in SKIPPED_NAMES or module.split(".")[0] in SKIPPED_PACKAGES:
            return Skipped
        raise PickleError(
            f"holds more than weights: it names {full_name}. Nothing of it was run. "
            "If it is a model of yours, save its state_dict() and add that"
        )

    def persistent_load(self, identity: object) -> Storage:
        match identity:
            case ("storage", torch.dtype() as dtype, str(key), str(), int(length), *view) if (
                view in ([], [None]) and length >= 0
            ):
                return self.storages.setdefault(key, Storage(key, dtype, length))
        raise PickleError("refers to its numbers in a way that Siamark does not know")


def read_pickle(file: IO[bytes]) -> tuple[Any, dict[str, Storage]]:
    """The next pickle of ``file`` as data, and the storages that it refers to. Leaves ``file`` behind its end.

    Raises:
        PickleError: if it is damaged, or names what is neither a weight nor a known leftover.
    """
    start = file.tell()
    try:
        length = _checked_length(file)
        file.seek(start)
        unpickler = _DataUnpickler(io.BytesIO(file.read(length)))
        return unpickler.load(), unpickler.storages
    except (PickleError, zipfile.BadZipFile, OSError):
        raise
    except Exception as error:  # a damaged pickle fails in as many ways as it has bytes
        raise PickleError(f"is damaged or cut short ({_first_line(error)})") from error


def _checked_length(file: IO[bytes]) -> int:
    """Bytes of the next pickle, all of whose steps are of a kind and a number that an unpickler can bear."""
    start = file.tell()
    tuples = 0
    for opcode, argument, _ in pickletools.genops(file):
        if opcode.proto > PROTOCOL:
            raise PickleError(f"is written in pickle protocol {opcode.proto}, torch's is {PROTOCOL}; save it anew")
        tuples += "TUPLE" in opcode.name
        memo = argument if argument is not None and "PUT" in opcode.name else 0
        if tuples > MOST_TUPLES or memo > MOST_MEMO or file.tell() - start > MOST_BYTES:
            raise PickleError("describes more than any tracker has")
    return file.tell() - start


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
