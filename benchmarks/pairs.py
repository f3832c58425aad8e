"""How fast training pairs are drawn, kind by kind: a network that waits for its pairs learns nothing.

    python -m benchmarks.pairs --data data/prepared [--pairs N] [--out FILE.json]

Pairs a second of one core, by the time of the process, so that what else the machine does counts little. The kinds are
measured in turns of eight pairs: a machine that slows down slows all of them down.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2

from benchmarks.machine import describe_machine
from tracker_core.training.pairs import PairConfig, PairSampler
from tracker_core.training.pictures import open_sources

TURN = 8
SEED = 3
KINDS: Mapping[str, PairConfig] = {
    "as by default": PairConfig(),
    "no composites, no negatives": PairConfig(composite=0, negative=0),
    "negatives by category": PairConfig(
        negative=1, negative_kinds={"beside": 1.0, "same": 1.0, "other": 1.0, "background": 1.0}
    ),
    "a quarter synthetic": PairConfig(synthetic=0.25),
    "all synthetic": PairConfig(synthetic=1),
}


@dataclass(frozen=True, slots=True)
class PairRow:
    kind: str
    pairs_per_second: float


def measure_pairs(data: Path, *, pairs: int) -> list[PairRow]:
    """A row a kind, of so many pairs each."""
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
    parser = argparse.ArgumentParser(description="Pairs a second of one core, kind by kind.")
    parser.add_argument("--data", type=Path, required=True, help="a folder that `prepare` made")
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--out", type=Path, default=None, metavar="FILE", help="JSON: the machine, and a row a line")
    arguments = parser.parse_args()
    rows = measure_pairs(arguments.data, pairs=arguments.pairs)
    for row in rows:
        print(f"{row.kind:<30} {row.pairs_per_second:6.0f} pairs/s")
    if arguments.out is not None:
        content = {"machine": describe_machine(), "rows": [asdict(row) for row in rows]}
        arguments.out.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
