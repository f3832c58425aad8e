"""The short form of ``python -m benchmarks.fuzz_readers``."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

from benchmarks.fuzz_readers import run, run_apart
from benchmarks.fuzz_targets import READERS, Reader
from benchmarks.fuzzing import report

TRIES = 25
LIBRARIES = frozenset({"layout", "pictures", "video"})  # a fault there ends the process, so they get one of their own

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory and time are asked of Linux")


@pytest.mark.parametrize(
    "reader", [reader for reader in READERS if reader.name not in LIBRARIES], ids=lambda reader: reader.name
)
def test_whatever_is_read_is_taken_in_or_refused_in_a_sentence(reader: Reader) -> None:
    found = run(reader, seed=5, numbers=range(TRIES))
    assert not found.failures, report(found, files=TRIES, seconds=0)
    assert found.accepted + sum(found.refused.values()) == TRIES


@pytest.mark.slow
@pytest.mark.parametrize(
    "reader", [reader for reader in READERS if reader.name in LIBRARIES], ids=lambda reader: reader.name
)
def test_what_libraries_read_ends_no_process(reader: Reader) -> None:
    found = run_apart(reader, seed=5, tries=TRIES)
    assert not found.failures, report(found, files=TRIES, seconds=0)
    assert found.accepted + sum(found.refused.values()) == TRIES


def test_a_try_is_the_same_for_the_same_number() -> None:
    for reader in (reader for reader in READERS if reader.name in {"format-coco", "settings", "format-yolo"}):
        wholes = list(reader.wholes())
        once, again = (reader.changed(Random("7"), wholes[0], wholes) for _ in range(2))
        assert once == again


def _raises(place: Path) -> None:
    raise ZeroDivisionError("as a reader must not")


def _hangs(place: Path) -> None:
    while True:
        pass


def _takes_memory(place: Path) -> None:
    bytearray(700_000_000)[::4096] = b"x" * (700_000_000 // 4096 + 1)


def _says_too_much(place: Path) -> None:
    raise ValueError("x" * 2000)


@pytest.mark.parametrize(
    ("read", "problem"),
    [
        (_raises, "ZeroDivisionError"),
        pytest.param(_hangs, "still at work", marks=pytest.mark.slow),
        (_takes_memory, "took 7"),
        (_says_too_much, "a sentence of 2000 letters"),
    ],
)
def test_what_a_reader_must_not_do_is_found_out(read: object, problem: str) -> None:
    settings = next(reader for reader in READERS if reader.name == "settings")
    bad = Reader("bad", settings.wholes, read, (ValueError,), settings.changes)  # type: ignore[arg-type]
    found = run(bad, seed=1, numbers=range(1))
    assert len(found.failures) == 1
    assert problem in found.failures[0]


def test_a_file_that_fails_is_kept(tmp_path: Path) -> None:
    settings = next(reader for reader in READERS if reader.name == "settings")
    run(Reader("bad", settings.wholes, _raises, (), settings.changes), seed=1, numbers=range(3, 5), keep=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad-3", "bad-4"]
