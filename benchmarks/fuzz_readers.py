"""Fuzzes everything that the program reads: each damaged file must be read, skipped or refused in one sentence.

    python -m benchmarks.fuzz_readers [--files 1000] [--seed 1] [--only NAME ...] [--keep FOLDER]

That is every format of import and ``check``, project files, settings, layout, notes, indices of videos, training files,
data sets, added models, pictures and short videos; ``fuzz_models`` covers checkpoints. A try is a set of intact files
of which one was changed: its bytes, words, table cells or arrays. A reader, a seed and a number always give the same
try.

Each reader runs in its own process, because a library may crash; that counts as a failure.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from benchmarks.fuzz_targets import READERS, Files, Reader
from benchmarks.fuzzing import Findings, problem_of, report

LONGEST_SILENCE = 60.0  # wall-clock seconds that a library may spend on one file
HOMES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


def run(
    reader: Reader,
    *,
    seed: int,
    numbers: range,
    keep: Path | None = None,
    on_try: Callable[[int], None] = lambda number: None,
) -> Findings:
    """Run the tries with these numbers in this process. ``on_try`` is called with each number before its try begins.

    Failing files are saved in ``keep``, if given.
    """
    found = Findings()
    with _room() as room:
        wholes = list(reader.wholes())
        for number in numbers:
            on_try(number)
            chance = Random(f"{reader.name}.{seed}.{number}")
            files = reader.changed(chance, chance.choice(wholes), wholes)
            place = room / "place"
            _lay(files, place)
            size = sum(map(len, files.values()))
            problem = problem_of(lambda: reader.read(place), found, refusals=reader.refusals, size=size, place=place)  # noqa: B023
            if problem:
                found.failures.append(f"{reader.name}, try {number}: {problem}")
                if keep is not None:
                    _lay(files, keep / f"{reader.name}-{number}")
    return found


def run_apart(reader: Reader, *, seed: int, tries: int, keep: Path | None = None) -> Findings:
    """Run the tries in a separate process. If it dies or hangs, this is recorded and a new process goes on."""
    context = multiprocessing.get_context("spawn")
    whole, first = Findings(), 0
    while first < tries:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(reader.name, seed, range(first, tries), keep, sender))
        process.start()
        sender.close()
        number, found = _followed(receiver, first)
        if found is not None:
            process.join()
            whole.add(found)
            break
        process.kill()
        process.join()
        whole.failures.append(f"{reader.name}, try {number}: the process died or took too long")
        first = number + 1
    return whole


def _followed(receiver: Connection, first: int) -> tuple[int, Findings | None]:
    """The number of the last try, and the findings; None for them if the process did not finish."""
    number = first
    while receiver.poll(LONGEST_SILENCE):
        try:
            told = receiver.recv()
        except EOFError:
            break
        if isinstance(told, Findings):
            return number, told
        number = told
    return number, None


def _work(name: str, seed: int, numbers: range, keep: Path | None, sender: Connection) -> None:
    reader = next(reader for reader in READERS if reader.name == name)
    sender.send(run(reader, seed=seed, numbers=numbers, keep=keep, on_try=sender.send))


@contextmanager
def _room() -> Iterator[Path]:
    """A temporary folder that is also the home folder, so that nothing is read or written elsewhere."""
    before = {name: os.environ.get(name) for name in HOMES}
    with tempfile.TemporaryDirectory(prefix="siamark-fuzz-") as name:
        os.environ.update(dict.fromkeys(HOMES, f"{name}/home"))
        try:
            yield Path(name)
        finally:
            for home, value in before.items():
                os.environ.pop(home)
                if value is not None:
                    os.environ[home] = value


def _lay(files: Files, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000, help="tries per reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=[reader.name for reader in READERS], help="only these readers")
    parser.add_argument("--keep", type=Path, help="folder for failing files")
    arguments = parser.parse_args()
    has_failed = False
    for reader in READERS:
        if arguments.only and reader.name not in arguments.only:
            continue
        start = time.perf_counter()
        found = run_apart(reader, seed=arguments.seed, tries=arguments.files, keep=arguments.keep)
        print(f"{reader.name}: {report(found, files=arguments.files, seconds=time.perf_counter() - start)}", flush=True)
        has_failed = has_failed or bool(found.failures)
    sys.exit(has_failed)


if __name__ == "__main__":
    main()
