"""Measures how fast training pairs are drawn, for each kind of pair.

    python -m benchmarks.pairs --data data/prepared [--pairs N] [--out FILE.json]

It prints pairs per second of one core, by processor time, so that other load hardly counts. The kinds take turns of
eight pairs, so that a machine that slows down slows all of them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import cv2

from benchmarks.machine import describe_machine
from tracker_core.training.pairs.pairs import NEGATIVE_KINDS, PairConfig, PairSampler
from tracker_core.training.pictures.prepared import PreparedDataError, open_sources

TURN = 8
SEED = 3
PLAIN = PairConfig(mix={"*": 1.0})  # all sources
KINDS: Mapping[str, PairConfig] = {
    "as by default": PLAIN,
    "no composites, no negatives": replace(PLAIN, composite=0, negative=0),
    "negatives by category": replace(PLAIN, negative=1, negative_kinds=dict.fromkeys(NEGATIVE_KINDS, 1.0)),
    "a quarter synthetic": replace(PLAIN, synthetic=0.25),
    "all synthetic": replace(PLAIN, synthetic=1),
}


@dataclass(frozen=True, slots=True)
class PairRow:
    kind: str
    pairs_per_second: float


def measure_pairs(data: Path, *, pairs: int) -> list[PairRow]:
    """A row for each kind, measured with this many pairs."""
    cv2.setNumThreads(1)
    sources = list(open_sources(data))
    samplers = {kind: PairSampler(sources, config, seed=SEED, count=pairs) for kind, config in KINDS.items()}
    seconds = dict.fromkeys(KINDS, 0.0)
    for start in range(0, pairs, TURN):
        for kind, sampler in samplers.items():
            began = time.process_time()
            for number in range(start, min(start + TURN, pairs)):
                sampler[number]
            seconds[kind] += time.process_time() - began
    return [PairRow(kind, pairs / spent) for kind, spent in seconds.items()]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how many training pairs per second one core draws, by kind.")
    parser.add_argument("--data", type=Path, required=True, help="folder made by `prepare`")
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--out", type=Path, default=None, metavar="FILE", help="JSON file for the machine and the rows")
    arguments = parser.parse_args()
    try:
        rows = measure_pairs(arguments.data, pairs=arguments.pairs)
    except (PreparedDataError, ValueError) as error:
        parser.error(f"{arguments.data} cannot be used: {error}")
    for row in rows:
        print(f"{row.kind:<30} {row.pairs_per_second:6.0f} pairs/s")
    if arguments.out is not None:
        content = {"machine": describe_machine(), "rows": [asdict(row) for row in rows]}
        arguments.out.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
