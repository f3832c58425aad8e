"""What a power failure would leave of a folder in which a program has worked.

A small library (power_failure.c) is loaded before the C library and writes down what the program does to the files.
From that, ``Disk`` says what is certain to be on the disk at any moment: what was flushed. Of what was not flushed, any
part may be there: each sector of each write, each change of length, each name.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512  # bytes that a disk writes whole or not at all


@dataclass(frozen=True)
class Act:
    kind: str
    name: str
    place: int
    data: bytes


def build_watcher(folder: Path) -> Path | None:
    """The library, or None if there is no C compiler or no such thing as preloading."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return None
    library = folder / "power_failure.so"
    source = Path(__file__).with_suffix(".c")
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl", "-lpthread"]
    built = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    return library if built.returncode == 0 else None


def watch(program: str, *, library: Path, folder: Path, log: Path, root: Path) -> list[Act]:
    """Run a Python program to its end; what it has done to the files in ``folder``, in order."""
    surroundings = os.environ | {"LD_PRELOAD": str(library), "WATCHED_FOLDER": str(folder), "WATCH_LOG": str(log)}
    ended = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=root,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return list(_acts(log.read_bytes()))


def _acts(content: bytes) -> Iterator[Act]:
    position = 0
    while position < len(content):
        kind, name_length, place, length = struct.unpack_from("<cIqQ", content, position)
        position += 21
        name = content[position : position + name_length].decode()
        position += name_length
        yield Act(kind.decode(), name, place, content[position : position + length])
        position += length


@dataclass
class _File:
    now: bytearray = field(default_factory=bytearray)
    flushed: bytes = b""
    unflushed: list[Act] = field(default_factory=list)  # writes and truncations since

    def do(self, act: Act) -> None:
        self.unflushed.append(act)
        _write(self.now, act)

    def after_failure(self, chance: Random) -> bytes:
        """Any part of what was not flushed."""
        content = bytearray(self.flushed)
        share = chance.choice((0.0, 0.5, 0.9, 1.0))
        for act in self.unflushed:
            if act.kind == "T" or chance.random() >= share:
                if act.kind == "T" and chance.random() < share:
                    _write(content, act)
                continue
            for begin in range(0, len(act.data), SECTOR):
                if chance.random() < share:
                    part = act.data[begin : begin + SECTOR]
                    _write(content, Act("W", act.name, act.place + begin, part))
        return bytes(content)


def _write(content: bytearray, act: Act) -> None:
    if act.kind == "T":
        del content[act.place :]
        content.extend(b"\0" * (act.place - len(content)))
        return
    content.extend(b"\0" * (act.place - len(content)))
    content[act.place : act.place + len(act.data)] = act.data


class Disk:
    """A folder as the acts make it. ``after_failure`` writes what a power failure at this moment may leave of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._names: dict[str, _File] = {}
        self._flushed_names: dict[str, _File] = {}
        self._begun: dict[tuple[str, int], tuple[_File, int, bytes]] = {}

    def do(self, act: Act) -> None:
        match act.kind:
            case "C":
                self._names[act.name] = _File()
            case "W" | "T":
                self._file(act.name).do(act)
            case "R":
                self._names[act.data.decode()] = self._names.pop(act.name)
            case "L":
                self._names[act.data.decode()] = self._names[act.name]
            case "U":
                self._names.pop(act.name, None)
            case "B" if act.name != self._folder:
                file = self._file(act.name)
                self._begun[act.name, act.place] = file, len(file.unflushed), bytes(file.now)
            case "E" if act.name == self._folder:
                self._flushed_names = dict(self._names)
            case "E":
                file, count, content = self._begun.pop((act.name, act.place))
                file.flushed = content
                del file.unflushed[:count]

    def _file(self, name: str) -> _File:
        """The file of a descriptor; its name may have gone since it was opened."""
        if name not in self._names:
            self._names[name] = _File()
        return self._names[name]

    def after_failure(self, goal: Path, chance: Random) -> None:
        goal.mkdir()
        for name in self._names.keys() | self._flushed_names.keys():
            file = chance.choice((self._names, self._flushed_names)).get(name)
            if file is not None:
                (goal / Path(name).name).write_bytes(file.after_failure(chance))
