"""Fuzzes `models add` with thousands of hostile model files: it must add each file or refuse it in one sentence.

    python -m benchmarks.fuzz_models [--files 100000] [--first 0] [--seed 1] [--keep FOLDER]

Each file is a small checkpoint, weights file or ONNX graph that was mutated (bytes, numbers at their limits, moved
pieces, repaired checksums), or a crafted one: a program of pickle steps, a header of nested tables, an archive whose
entries overlap. A seed and a number always give the same file. A file fails if it raises anything but ``ModelError``,
takes more than 5 seconds of processor time, or takes more memory than four times its size plus 500 MB. The figures are
printed after every 5,000 files and when the run ends (also by Ctrl+C or a termination signal).
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import signal
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from safetensors.torch import save as safetensors_bytes
from torch import Tensor

from benchmarks.fuzzing import LIMITS, Findings, changed_bytes, problem_of, report
from benchmarks.onnx_bytes import FLOAT, varint_field
from benchmarks.onnx_bytes import field as onnx_field
from tracker_core.weights.adding import add_model
from tracker_core.weights.header import HEADER_KEY
from tracker_core.weights.keeping import ModelError
from tracker_core.weights.layouts import nanotrack
from tracker_core.weights.layouts.siamfc_pytorch import SIAMFC

TELL_EVERY = 5000  # files


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: its suffix and its content."""

    suffix: str
    content: bytes


def samples(seed: int, count: int, *, first: int = 0) -> Iterator[Sample]:
    """``count`` files from number ``first`` on; file n depends only on the seed and n."""
    whole = list(_whole())
    for number in range(first, first + count):
        chance = random.Random(f"{seed}.{number}")
        if chance.random() < 0.3:
            yield chance.choice(CRAFTED)(chance)
        else:
            yield _mutated(chance, chance.choice(whole), whole)


def run(
    files: Iterator[Sample],
    *,
    first: int = 0,
    keep: Path | None = None,
    on_tried: Callable[[int, Findings], None] = lambda tried, found: None,
) -> Findings:
    """Try all files, numbered from ``first``. Failing ones are saved in ``keep``, if given.

    ``on_tried`` is called after each file with the number of files and the findings so far.
    """
    found = Findings()
    with tempfile.TemporaryDirectory(prefix="siamark-fuzz-") as name:
        room = Path(name)
        for number, sample in enumerate(files, first):
            path = room / f"backbone{sample.suffix}"
            path.write_bytes(sample.content)
            if sample.suffix == ".onnx":
                (room / "head.onnx").write_bytes(sample.content)
            if problem := _tried(path, room / "models", found):
                found.failures.append(f"file {number}: {problem}")
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{number}{sample.suffix}").write_bytes(sample.content)
            on_tried(number - first + 1, found)
    return found


def _tried(path: Path, models: Path, found: Findings) -> str:
    """What went wrong with one file; empty if it was added or refused in a sentence."""

    def add() -> None:
        model = add_model(path, folder=models, name="m")
        model.path.unlink()
        model.path.with_suffix(".md").unlink()

    return problem_of(add, found, refusals=(ModelError,), size=path.stat().st_size, place=path)


# Intact files


def _whole() -> Iterator[Sample]:
    # All in one storage: torch orders the storages of a stream by their address in memory, which changes.
    numbers = torch.linspace(-1, 1, 52)
    small = {"layer.weight": numbers[:48].view(4, 3, 2, 2), "layer.bias": numbers[48:]}
    siamfc = {name: numbers[0].expand(shape) for name, shape in SIAMFC.shapes.items()}
    for content in (
        small,
        {"state_dict": small, "epoch": 3, "meta": {"time": "today", "lr": [0.1, 0.01]}},
        {"net": {f"module.{name}": value for name, value in small.items()}},
        siamfc,
        {"model": {**siamfc, "backbone.conv1.1.num_batches_tracked": numbers[7]}, "optimizer": {0: small}},
    ):
        for is_zip in (True, False):
            yield Sample(".pth", _saved(content, is_zip=is_zip))
    apart = {name: value.clone() for name, value in small.items()}
    yield Sample(".safetensors", _weights_file(apart, {"family": "siamrpnpp", "network": {"stem": 8, "blocks": 1}}))
    tiny = {"stem": 2, "middle": 2, "channels": 2, "blocks": 1}
    yield Sample(".safetensors", _weights_file(apart, {"family": "siamfc", "network": tiny, "constants": {}}))
    yield Sample(".onnx", _onnx([(f"w{i}", value) for i, value in enumerate(small.values())]))
    shapes = [nanotrack.V1.shapes[f"{step.layer}.weight"] for step in nanotrack.backbone_steps(1)]
    yield Sample(".onnx", _onnx([(str(450 + i), torch.zeros(shape)) for i, shape in enumerate(shapes[:12])]))


def _saved(content: object, *, is_zip: bool) -> bytes:
    file = io.BytesIO()
    torch.save(content, file, _use_new_zipfile_serialization=is_zip)
    if is_zip:
        return file.getvalue()
    keys: dict[bytes, bytes] = {}  # torch names the storages of a stream by their address in memory
    return re.sub(
        rb"\d{12,16}", lambda key: keys.setdefault(key[0], b"%0*d" % (len(key[0]), len(keys))), file.getvalue()
    )


def _weights_file(tensors: Mapping[str, Tensor], header: Mapping[str, object]) -> bytes:
    return safetensors_bytes(dict(tensors), metadata={HEADER_KEY: json.dumps(header)})


def _onnx(weights: list[tuple[str, Tensor]]) -> bytes:
    graph = b""
    for name, value in weights:
        sides = b"".join(varint_field(1, side) for side in value.shape)
        stored = sides + varint_field(2, FLOAT) + onnx_field(8, name.encode()) + onnx_field(9, value.numpy().tobytes())
        inputs = b"".join(onnx_field(1, text) for text in (b"x", name.encode()))
        graph += onnx_field(5, stored) + onnx_field(1, inputs + onnx_field(4, b"Conv"))
    return onnx_field(7, graph)


# Mutations


def _mutated(chance: random.Random, sample: Sample, whole: list[Sample]) -> Sample:
    content, others = sample.content, [other.content for other in whole]
    if sample.suffix == ".pth" and content.startswith(b"PK") and chance.random() < 0.7:
        return Sample(sample.suffix, _archive_with(content, lambda pickled: changed_bytes(chance, pickled, others)))
    if sample.suffix == ".safetensors" and chance.random() < 0.5:
        length = int.from_bytes(content[:8], "little")
        header = changed_bytes(chance, content[8 : 8 + length], others)
        return Sample(sample.suffix, len(header).to_bytes(8, "little") + header + content[8 + length :])
    return Sample(sample.suffix, changed_bytes(chance, content, others))


def _archive_with(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with its pickle changed and a correct checksum."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(zipfile.ZipInfo(entry.filename), change(data) if entry.filename.endswith("data.pkl") else data)
    return made.getvalue()


# Crafted files


def _archive(pickled: bytes, numbers: bytes = b"\0" * 16) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a/data.pkl"), pickled)
        archive.writestr(zipfile.ZipInfo("a/data/0"), numbers)
    return made.getvalue()


NAMES = (
    b"ctorch._utils\n_rebuild_tensor_v2\n", b"ctorch._utils\n_rebuild_parameter\n", b"ccollections\nOrderedDict\n",
    b"ctorch\nFloatStorage\n", b"ctorch\nLongStorage\n", b"cnumpy\nndarray\n",
    b"ctorch._tensor\n_rebuild_from_type_v2\n",
)  # fmt: skip
STORAGE = b"(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\x000X\x03\0\0\0cpu\x8a\x08%stQ"


def _program(chance: random.Random) -> Sample:
    """Pickle steps in random order; steps that make and join values are more frequent."""
    steps = [
        *(bytes([code]) for code in b"(]})N\x88012ltd\x85\x86\x87aesubRR\x81oQ"),
        b"q\x01", b"h\x01", b"r\xff\xff\xff\x7f", b"j\xff\xff\xff\x7f", b"X\x01\0\0\0a", b"X\xff\xff\xff\x7f",
        b"U\x01a", b"J\xff\xff\xff\x7f", b"\x8b\xff\xff\xff\x7f", b"I01\n", b"L9L\n", *NAMES,
    ]  # fmt: skip
    body = b"".join(chance.choices(steps, k=chance.randint(1, 120)))
    if chance.random() < 0.5:  # many repetitions
        piece = b"".join(chance.choices(steps, k=chance.randint(1, 4)))
        body += piece * chance.choice((10, 1000, 100_000))
    return _stream_or_archive(chance, b"\x80\x02" + chance.choice((b"", b"}", b"]", b"}X\1\0\0\0w")) + body + b".")


def _claims(chance: random.Random) -> Sample:
    """Tensors that claim more than the file holds: by shape, strides, offset or storage."""

    def number() -> bytes:
        return b"\x8a\x08" + struct.pack("<q", chance.choice((*LIMITS[:-1], -1, 3, 96, 10**9)) & (1 << 63) - 1)

    names = list(SIAMFC.shapes)
    is_whole = chance.random() < 0.2  # only the counters of batch norms lie then
    if not is_whole:
        names = chance.sample(names, k=chance.randint(1, 3))
    counters = {f"{name.rpartition('.')[0]}.num_batches_tracked" for name in names}
    names += sorted(counters)
    body = b"\x80\x02}("
    for name in names:
        sides = chance.randint(0, 5)
        shape = SIAMFC.shapes.get(name, ()) if is_whole or chance.random() < 0.5 else None
        told = [b"J" + struct.pack("<i", side) for side in shape] if shape else [number() for _ in range(sides)]
        strides = [b"K\0" if is_whole or chance.random() < 0.8 else number() for _ in told]
        tensor = NAMES[0] + b"(" + STORAGE.replace(b"%s", struct.pack("<q", chance.choice((1, 4, 1 << 40)))) + b"K\0("
        tensor += b"".join(told) + b"t(" + b"".join(strides) + b"t\x89}tR"
        body += b"X" + struct.pack("<I", len(name)) + name.encode() + tensor
    return _stream_or_archive(chance, body + b"u.")


def _stream_or_archive(chance: random.Random, pickled: bytes) -> Sample:
    if chance.random() < 0.6:
        return Sample(".pth", _archive(pickled))
    magic = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03."
    machine, keys = b"\x80\x02}X\r\0\0\0little_endian\x88s.", b"\x80\x02]X\1\0\0\x000a."
    length = struct.pack("<q", chance.choice((1, 4, 1 << 40, -1)))
    return Sample(".pth", magic + machine + pickled + keys + length + b"\0" * 16)


def _overlapping(chance: random.Random) -> Sample:
    """An archive whose entries all share the same bytes."""
    content = b"\x80\x02}." + b"\0" * chance.choice((10, 100_000))
    name = b"a/data.pkl"
    local = b"PK\x03\x04" + struct.pack(
        "<5H3I2H", 20, 0, 0, 0, 0, zlib.crc32(content), len(content), len(content), 10, 0
    )
    entries = bytearray()
    count = chance.choice((2, 300, 30_000))
    for number in range(count):
        own = name if number == 0 else b"a/data/%d" % number
        sizes = zlib.crc32(content), len(content), len(content), len(own), 0, 0, 0, 0, 0, 0
        entries += b"PK\x01\x02" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 0, *sizes) + own
    start = len(local) + len(name) + len(content)
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entries), start, 0)
    return Sample(".pth", local + name + content + entries + end)


def _header(chance: random.Random) -> Sample:
    """A weights file with a header that is nested, long, or full of numbers at their limits."""

    def value(depth: int) -> str:
        match chance.randrange(9 if depth < 6 else 6):
            case 0:
                return "9" * chance.choice((1, 30, 400, 5000))
            case 1:
                return chance.choice(
                    ("1e999", "-1e999", "NaN", "Infinity", "1e-400", "-1", "0.5", "true", "null", "1000000000")
                )
            case 2:
                return json.dumps(chance.choice(("", "residual", "siamrpnpp", "\ud800", "x" * 3000)))
            case 3:
                return "[" * chance.choice((1, 50, 100_000)) + "]" * chance.choice((0, 1, 50))
            case 4:
                return '"\\' + '\\"' * chance.choice((1, 1000, 100_000))
            case 5:
                return str(chance.choice(LIMITS))
            case 6:
                return "[" + ",".join(value(depth + 1) for _ in range(chance.randint(0, 4))) + "]"
            case _:
                return "{" + ",".join(f'"{key}":{value(depth + 1)}' for key in chance.sample(KEYS, k=3)) + "}"

    families = ("siamfc", "siamrpn", "siamrpnpp", "siamrpnpp_lt", "dasiamrpn", "nanotrack", "verifier", "x")
    parts = {part: value(0) for part in ("network", "constants", "source", "reliability") if chance.random() < 0.6}
    if chance.random() < 0.7:
        chosen = chance.sample(SETTINGS, k=chance.randint(0, 4))
        parts["network"] = "{" + ",".join(f'"{key}":{value(5)}' for key in chosen) + "}"
    inner = "{" + ",".join([f'"family":"{chance.choice(families)}"', *(f'"{k}":{v}' for k, v in parts.items())]) + "}"
    outer = '{"__metadata__":{"siamark":' + json.dumps(inner) + "}}"
    raw = (outer if chance.random() < 0.9 else value(0)).encode("utf-8", "surrogatepass")
    length = len(raw) if chance.random() < 0.9 else chance.choice(LIMITS)
    return Sample(".safetensors", length.to_bytes(8, "little") + raw)


KEYS = ("family", "network", "constants", "source", "reliability", "score", "slope", "penalty_k", "blocks")
SETTINGS = (
    "backbone", "width", "stem", "middle", "channels", "blocks", "head_channels", "instance_size", "levels",
    "neck_channels", "weighted", "exemplars", "version", "grid", "embedding", "distance", "margin",
)  # fmt: skip


def _graph(chance: random.Random) -> Sample:
    """An ONNX file of nested fields with random numbers, wire types and lengths."""

    def message(depth: int) -> bytes:
        made = b""
        for _ in range(chance.randint(0, 6)):
            number = chance.choice((1, 2, 4, 5, 7, 8, 9, 11, 13, 100_000))
            match chance.randrange(5 if depth < 5 else 3):
                case 0:
                    made += varint_field(number, chance.choice(LIMITS))
                case 1:
                    made += onnx_field(number, chance.choice((b"", b"Conv", b"w", b"\0" * 64, b"\xff" * 20)))
                case 2:
                    made += bytes([(number % 16) << 3 | chance.randrange(8)]) + chance.randbytes(chance.randint(0, 9))
                case _:
                    made += onnx_field(number, message(depth + 1))
        return made * chance.choice((1, 1, 1, 500 if depth == 1 else 1))

    return Sample(".onnx", onnx_field(7, message(1)))


CRAFTED: tuple[Callable[[random.Random], Sample], ...] = (
    _program,
    _program,
    _claims,
    _claims,
    _overlapping,
    _header,
    _header,
    _graph,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first file, to continue a seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files that fail")
    arguments = parser.parse_args()
    told = Told(every=TELL_EVERY)
    files = samples(arguments.seed, arguments.files, first=arguments.first)
    is_whole = True
    for number in (signal.SIGINT, signal.SIGTERM):  # programs that a shell starts in the background ignore Ctrl+C
        signal.signal(number, signal.default_int_handler)
    try:
        run(files, first=arguments.first, keep=arguments.keep, on_tried=told.hear)
    except KeyboardInterrupt:
        is_whole = False
        print("Ended early; so far:")
    told.tell()
    sys.exit(1 if told.found.failures or not is_whole else 0)


@dataclass(slots=True)
class Told:
    """Prints the figures of a long run: after every ``every`` files, and at its end."""

    every: int  # files
    began: float = field(default_factory=time.perf_counter)
    tried: int = 0
    found: Findings = field(default_factory=Findings)

    def hear(self, tried: int, found: Findings) -> None:
        self.tried, self.found = tried, found
        if tried % self.every == 0:
            self.tell()

    def tell(self) -> None:
        print(report(self.found, files=self.tried, seconds=time.perf_counter() - self.began), flush=True)


if __name__ == "__main__":
    main()
