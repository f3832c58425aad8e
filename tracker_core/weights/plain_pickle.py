"""Read a pickle as data. Nothing that a pickle names is imported or called, so a hostile one can do no harm.

A checkpoint is a pickle that describes tensors, with the numbers beside it. A pickle is a program for a small stack
machine, and this is a machine of our own. It knows the steps of protocol 2, makes dictionaries with text keys, lists,
tuples, numbers and texts, and understands a handful of names: ordered dictionaries, storages, and the functions that
rebuild a tensor. What training frameworks leave beside the weights (settings, dates, a progress log) becomes
``SKIPPED``, a value that accepts everything and keeps nothing. Every other name is refused.

Steps, the length of texts and numbers, and the elements that one step goes through have bounds, so a small pickle
cannot ask for much memory or time. No object of the program is ever given an attribute, a tuple is never hashed, and
nothing outlives one reading.

``torch.load(weights_only=True)`` is not used: it refuses a whole file for one such leftover, and a file that it accepts
may still ask for any amount of time and memory.
"""

from __future__ import annotations

import pickletools
import struct
from collections.abc import Callable, Mapping
from enum import Enum
from typing import IO, Any, Final, NamedTuple, NoReturn

import torch

from tracker_core.weights.sentences import shown

PROTOCOL = 2  # torch writes no other by default
MOST_STEPS = 1_000_000  # ResNet-50 with its optimiser's state has 20,000
MOST_TEXT = 10_000  # bytes; no tensor has a longer name
MOST_LINE = 1_000
MOST_DIGITS = 16  # bytes of an integer; no size needs more
MOST_DIMENSIONS = 8


class PickleError(ValueError):
    """The pickle holds more than data, or is damaged; the text follows the file's name in a sentence."""


class Storage(NamedTuple):
    """Numbers that are stored beside the pickle under ``key``."""

    key: str
    dtype: torch.dtype
    length: int


class StoredTensor(NamedTuple):
    """Where the numbers of a tensor are in its storage, in elements; none is outside."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _Meaning(Enum):
    """What a name of the pickle means here."""

    SKIPPED = "something that is no weight, and what any call of it gives"
    DICTIONARY = "an ordered dictionary"
    TENSOR = "a tensor from a storage"
    WRAPPED = "the first of its arguments"
    FROM_TYPE = "a call of the first argument with the third"


SKIPPED: Final = _Meaning.SKIPPED
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
UNDERSTOOD: Mapping[str, _Meaning | torch.dtype] = {
    "collections.OrderedDict": _Meaning.DICTIONARY,
    "torch._utils._rebuild_tensor": _Meaning.TENSOR,  # until torch 0.3
    "torch._utils._rebuild_tensor_v2": _Meaning.TENSOR,
    "torch._utils._rebuild_parameter": _Meaning.WRAPPED,
    "torch._utils._rebuild_parameter_with_state": _Meaning.WRAPPED,
    "torch._tensor._rebuild_from_type_v2": _Meaning.FROM_TYPE,
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


def read_pickle(file: IO[bytes]) -> tuple[Any, dict[str, Storage]]:
    """The next pickle of ``file`` as data, and the storages that it refers to. Afterwards ``file`` is at the pickle's
    end.

    Raises:
        PickleError: if it is damaged, asks for too much, or names something that is neither a weight nor a known
            leftover.
        OSError: if the file cannot be read.
    """
    machine = _Machine(file)
    try:
        return machine.run(), machine.storages
    except PickleError:
        raise
    except (IndexError, KeyError, TypeError, ValueError, struct.error) as error:  # a step without what it works on
        raise PickleError("is damaged or cut short") from error


class _Machine:
    """A stack with marks, and a memory addressed by number."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._stack: list[Any] = []
        self._below: list[list[Any]] = []  # the stacks under the marks
        self._memo: dict[int, Any] = {}
        self._left = MOST_STEPS
        self.storages: dict[str, Storage] = {}

    def run(self) -> Any:  # noqa: ANN401  (whatever the pickle holds)
        read, steps = self._file.read, _STEPS
        while True:
            self._spend(1)
            code = read(1)
            if code == b".":
                return self._stack.pop()
            step = steps.get(code)
            if step is None:
                self._refuse(code)
            step(self)

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise PickleError("describes more than any tracker has")

    def _refuse(self, code: bytes) -> NoReturn:
        known = next((known for known in pickletools.opcodes if known.code == code.decode("latin-1")), None)
        if known is not None and known.proto > PROTOCOL:
            raise _newer(known.proto)
        if known is not None:
            raise PickleError(f"is written in a way that torch never writes ({known.name})")
        raise PickleError("is damaged or cut short")

    def _protocol(self) -> None:
        if (protocol := self._number("<B")) > PROTOCOL:
            raise _newer(protocol)

    # Reading

    def _bytes(self, count: int) -> bytes:
        found = self._file.read(count)
        if len(found) != count:
            raise PickleError("is damaged or cut short")
        return found

    def _number(self, form: str) -> Any:  # noqa: ANN401  (struct's)
        (value,) = struct.unpack(form, self._bytes(struct.calcsize(form)))
        return value

    def _line(self) -> str:
        line = self._file.readline(MOST_LINE)
        if not line.endswith(b"\n"):
            raise PickleError("is damaged or cut short")
        return line[:-1].decode("utf-8")

    def _skip(self, count: int) -> None:
        """Skip bytes; they must be there."""
        if count < 0:
            raise PickleError("is damaged or cut short")
        if count:
            self._file.seek(count - 1, 1)
            self._bytes(1)

    def _sized(self, form: str, *, decode: str) -> None:
        """A text; Python 2 wrote bytes."""
        length = self._number(form)
        if not 0 <= length <= MOST_TEXT:
            self._skip(length)
            self._push(SKIPPED)
        else:
            self._push(self._bytes(length).decode(decode, "surrogatepass" if decode == "utf-8" else "strict"))

    def _push(self, value: object) -> None:
        self._stack.append(value)

    # Steps that read a value

    def _quoted(self) -> None:
        line = self._line()
        self._push(line[1:-1] if line[:1] in ("'", '"') and line[-1:] == line[:1] else line)

    def _unicode_line(self) -> None:
        self._push(self._line())

    def _integer_line(self) -> None:
        line = self._line().removesuffix("L")
        if line in ("00", "01"):
            self._push(line == "01")
        elif len(line) <= 2 * MOST_DIGITS and line.removeprefix("-").isdecimal() and line.isascii():
            self._push(int(line))
        else:
            self._push(SKIPPED)

    def _skipped_line(self) -> None:
        self._line()
        self._push(SKIPPED)

    def _long(self, form: str) -> None:
        length = self._number(form)
        if 0 <= length <= MOST_DIGITS:
            self._push(int.from_bytes(self._bytes(length), "little", signed=True))
        else:
            self._skip(length)
            self._push(SKIPPED)

    # Steps that move values about

    def _mark(self) -> None:
        self._below.append(self._stack)
        self._stack = []

    def _since_mark(self) -> list[Any]:
        found, self._stack = self._stack, self._below.pop()
        return found

    def _put(self, place: int) -> None:
        self._memo[place] = self._stack[-1]

    def _get(self, place: int) -> None:
        self._push(self._memo[place])

    def _tuple(self, count: int) -> None:
        if len(self._stack) < count:
            raise IndexError
        found = tuple(self._stack[len(self._stack) - count :])
        del self._stack[len(self._stack) - count :]
        self._push(found)

    # Steps that put values into others

    def _append(self, values: list[Any]) -> None:
        into = self._stack[-1]
        if isinstance(into, list):
            into.extend(values)
        elif into is not SKIPPED:
            raise TypeError

    def _set(self, values: list[Any]) -> None:
        into = self._stack[-1]
        if isinstance(into, dict):
            _fill(into, values)
        elif into is not SKIPPED:
            raise TypeError

    def _dictionary(self) -> None:
        made: dict[str, Any] = {}
        _fill(made, self._since_mark())
        self._push(made)

    def _build(self) -> None:
        """Attributes of an object. Those of dictionaries (torch adds some) and of skipped objects are dropped."""
        self._stack.pop()
        if not isinstance(self._stack[-1], dict) and self._stack[-1] is not SKIPPED:
            raise TypeError

    # Names and calls

    def _global(self, module: str, name: str) -> None:
        full_name = f"{module}.{name}"
        if full_name in UNDERSTOOD:
            self._push(UNDERSTOOD[full_name])
            return
        is_builtin = module in ("builtins", "__builtin__") and name in SKIPPED_BUILTINS
        if is_builtin or full_name in SKIPPED_NAMES or module.split(".")[0] in SKIPPED_PACKAGES:
            self._push(SKIPPED)
            return
        raise PickleError(
            f"holds more than weights: it names {shown(full_name, 120)}. Nothing of it was run. "
            "If it is a model of yours, save its state_dict() and add that"
        )

    def _call(self) -> None:
        arguments, function = self._stack.pop(), self._stack.pop()
        self._push(self._answer(function, arguments))

    def _instance(self) -> None:
        module, name = self._line(), self._line()
        arguments = tuple(self._since_mark())
        self._global(module, name)
        self._push(self._answer(self._stack.pop(), arguments))

    def _object(self) -> None:
        function, *arguments = self._since_mark()
        self._push(self._answer(function, tuple(arguments)))

    def _answer(self, function: Any, arguments: Any, depth: int = 0) -> Any:  # noqa: ANN401
        if function is SKIPPED:
            return SKIPPED
        if not isinstance(function, _Meaning) or not isinstance(arguments, tuple):
            raise PickleError("calls something that is not a function")
        match function:
            case _Meaning.DICTIONARY:
                return self._ordered(arguments)
            case _Meaning.TENSOR:
                return _tensor(*arguments[:4]) if len(arguments) >= 4 else SKIPPED
            case _Meaning.WRAPPED:
                return arguments[0]
            case _:
                if depth or len(arguments) < 3:
                    raise PickleError("calls something that is not a function")
                return self._answer(arguments[0], arguments[2], depth=1)

    def _ordered(self, arguments: tuple[Any, ...]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        pairs = arguments[0] if arguments else []
        if isinstance(pairs, dict):
            pairs = list(pairs.items())
        if not isinstance(pairs, list | tuple):
            raise TypeError
        self._spend(len(pairs))  # a step of one byte goes through all of them
        for pair in pairs:
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise TypeError
            _fill(made, list(pair))
        return made

    def _storage(self, identity: Any) -> None:  # noqa: ANN401
        match identity:
            case ("storage", torch.dtype() as dtype, str(key), str(), int(length), *view) if (
                len(identity) <= 6 and view in ([], [None]) and type(length) is int and length >= 0
            ):
                self._push(self.storages.setdefault(key, Storage(key, dtype, length)))
            case _:
                raise PickleError("refers to its numbers in a way that Siamark does not know")


def _fill(into: dict[str, Any], values: list[Any]) -> None:
    """Keys and values in turn. Only text keys can name tensors; an optimiser's keys are numbers."""
    if len(values) % 2:
        raise TypeError
    for key, value in zip(values[::2], values[1::2], strict=True):
        if type(key) is str:
            into[key] = value


def _tensor(storage: Any, offset: Any, shape: Any, strides: Any) -> StoredTensor:  # noqa: ANN401
    if not isinstance(storage, Storage) or not isinstance(shape, tuple) or not isinstance(strides, tuple):
        raise PickleError("describes a tensor without numbers")
    if len(shape) != len(strides):
        raise PickleError("describes a tensor without numbers")
    numbers = (offset, *shape, *strides) if len(shape) <= MOST_DIMENSIONS else (None,)
    if any(type(number) is not int or number < 0 for number in numbers):
        raise PickleError("describes a tensor of an impossible shape")
    last = offset + sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
    if 0 not in shape and last >= storage.length:
        raise PickleError(
            f"describes a tensor of {shown(str(shape))} numbers, but only {storage.length} are in the file"
        )
    return StoredTensor(storage, offset, shape, strides)


def _newer(protocol: int) -> PickleError:
    return PickleError(f"is written in pickle protocol {protocol}, torch's is {PROTOCOL}; save it again")


_Step = Callable[[_Machine], Any]


def _pushing(value: object) -> _Step:
    return lambda m: m._push(value)


def _reading(form: str) -> _Step:
    return lambda m: m._push(m._number(form))


_STEPS: Mapping[bytes, _Step] = {
    b"(": _Machine._mark,
    b"0": lambda m: m._stack.pop() if m._stack else m._since_mark(),
    b"1": _Machine._since_mark,
    b"2": lambda m: m._push(m._stack[-1]),
    b"F": _Machine._skipped_line,
    b"I": _Machine._integer_line,
    b"L": _Machine._integer_line,
    b"J": _reading("<i"),
    b"K": _reading("<B"),
    b"M": _reading("<H"),
    b"G": _reading(">d"),
    b"N": _pushing(None),
    b"\x88": _pushing(True),
    b"\x89": _pushing(False),
    b"\x8a": lambda m: m._long("<B"),
    b"\x8b": lambda m: m._long("<i"),
    b"S": _Machine._quoted,
    b"V": _Machine._unicode_line,
    b"T": lambda m: m._sized("<i", decode="latin-1"),
    b"U": lambda m: m._sized("<B", decode="latin-1"),
    b"X": lambda m: m._sized("<I", decode="utf-8"),
    b"}": lambda m: m._push({}),
    b"]": lambda m: m._push([]),
    b")": _pushing(()),
    b"d": _Machine._dictionary,
    b"l": lambda m: m._push(m._since_mark()),
    b"t": lambda m: m._push(tuple(m._since_mark())),
    b"\x85": lambda m: m._tuple(1),
    b"\x86": lambda m: m._tuple(2),
    b"\x87": lambda m: m._tuple(3),
    b"a": lambda m: m._append([m._stack.pop()]),
    b"e": lambda m: m._append(m._since_mark()),
    b"s": lambda m: m._set([m._stack.pop(-2), m._stack.pop()]),
    b"u": lambda m: m._set(m._since_mark()),
    b"b": _Machine._build,
    b"c": lambda m: m._global(m._line(), m._line()),
    b"R": _Machine._call,
    b"\x81": _Machine._call,
    b"i": _Machine._instance,
    b"o": _Machine._object,
    b"Q": lambda m: m._storage(m._stack.pop()),
    b"g": lambda m: m._get(int(m._line())),
    b"h": lambda m: m._get(m._number("<B")),
    b"j": lambda m: m._get(m._number("<I")),
    b"p": lambda m: m._put(int(m._line())),
    b"q": lambda m: m._put(m._number("<B")),
    b"r": lambda m: m._put(m._number("<I")),
    b"\x80": _Machine._protocol,
}
