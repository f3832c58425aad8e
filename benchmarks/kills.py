"""Kills the program at work many times, and checks that nothing is lost.

    python -m benchmarks.kills [--kills 200] [--seed 0] [--out FILE]

A process edits a project at random, the same way for the same seed: it draws, corrects, tracks, deletes, renames and
undoes. It is killed (SIGKILL) at a random moment, possibly while it creates the project file. Afterwards the project
must open and be exactly as after the last edit reported as done, or after one of the writes of the unfinished edit.
Then the program opens it in place, which must leave no stray files.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from app.document.document import Document
from app.store.project_store import ProjectStore
from benchmarks.annotator import VIDEO, Annotator, digest

EDITS = 600
SEEDS = 5  # different sequences of edits, whose results are known in advance
LONGEST = 0.6  # seconds until the latest kill; the work takes longer


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill. ``kept`` counts edits; ``problem`` is empty if nothing is wrong."""

    seed: int
    after_ms: float
    done: int  # edits reported as done
    was_made: bool  # whether the project file existed
    problem: str


def main() -> None:
    arguments = _arguments()
    kills = []
    for kill in kill_often(arguments.kills, seed=arguments.seed):
        kills.append(kill)
        if kill.problem:
            print(f"seed {kill.seed}, {kill.after_ms:.0f} ms, {kill.done} edits: {kill.problem}", file=sys.stderr)
    bad = sum(bool(kill.problem) for kill in kills)
    before = sum(not kill.was_made for kill in kills)
    print(
        f"{len(kills)} kills, {before} of them before the project was made; {sum(k.done for k in kills)} edits told as"
    )
    print(f"done in all; {bad} times something was lost, left half or in the way.")
    if arguments.out is not None:
        arguments.out.write_text(json.dumps({"rows": [asdict(kill) for kill in kills]}, indent=1) + "\n")
    sys.exit(1 if bad else 0)


def kill_often(count: int, *, seed: int) -> Iterator[Kill]:
    """``count`` kills at moments that follow from ``seed``."""
    chance = Random(seed)
    known: dict[int, list[set[str]]] = {}
    for _ in range(count):
        work = chance.randrange(SEEDS)
        if work not in known:
            known[work] = states_of(work)
        delay = chance.random() ** 2 * LONGEST  # half of the kills are in the first quarter
        with TemporaryDirectory(prefix="siamark-kills-") as folder:
            path = Path(folder, "street.siamark")
            done = _killed(path, work, delay)
            was_made = path.exists()
            problem = _problem(path, known[work], done)
            yield Kill(work, 1000 * delay, done, was_made, problem)


def states_of(seed: int, *, edits: int = EDITS) -> list[set[str]]:
    """For each edit, the states that a kill may leave: those between its writes, and the final one."""
    states: list[set[str]] = []
    with TemporaryDirectory(prefix="siamark-kills-") as folder:
        store = ProjectStore.create(Path(folder, "street.siamark"), VIDEO)
        document = Document()
        document.open(store)
        annotator = Annotator(document, seed)
        passed: set[str] = set()

        def note_state() -> None:
            passed.add(digest(document.opened_project))

        document.boxes_changed.connect(note_state)
        document.run_added.connect(note_state)
        note_state()
        states.append(set(passed))
        for _ in range(edits):
            passed.clear()
            annotator.edit()
            note_state()
            states.append(set(passed))
        document.close()
    return states


def _killed(path: Path, seed: int, delay: float) -> int:
    """Let another process work for this long, then kill it. Returns how many edits it reported as done."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(path, seed, writing)
        os._exit(0)
    os.close(writing)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = b""
    while select.select([reading], [], [], 0)[0] and (part := os.read(reading, 65536)):
        told += part
    os.close(reading)
    return told.count(b"\n")


def _work(path: Path, seed: int, told: int) -> None:
    document = Document()
    document.open(ProjectStore.create(path, VIDEO))
    annotator = Annotator(document, seed)
    for _ in range(EDITS):
        annotator.edit()
        os.write(told, b"\n")


def _problem(path: Path, states: list[set[str]], done: int) -> str:
    if not path.exists():
        if done:
            return "the project is not there"
        ProjectStore.create(path, VIDEO).close()  # nothing may block a new project
    try:
        store = ProjectStore.open(path)
        left = digest(store.load())
        store.close()
    except Exception as error:
        return f"the project cannot be opened: {error}"
    if left not in set.union(*states[done : done + 2]):
        return "the project is in a state that never was"
    stray = sorted(set(os.listdir(path.parent)) - {path.name})
    return f"left behind: {', '.join(stray)}" if stray else ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
