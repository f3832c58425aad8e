"""Finds a network's best tracking constants on annotated videos: by random search, then by small steps from the best.

    python -m benchmarks.tune_constants WEIGHTS --data FOLDER [--frames 150] [--trials 24] [--write]

The published trackers were tuned the same way, because each network needs its own constants. The goal is the mean
success AUC, so never use videos on which the result will be judged. ``--write`` writes the best constants into the
weights file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

from tracker_core.decision.score_map import Constants
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.otb import measure
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.evaluation.sequences import Sequence
from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.tracker import Tracker
from tracker_core.trackers.families import FAMILIES, tracker_of
from tracker_core.weights.files import WeightsFile, read_weights


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    file = read_weights(arguments.weights)
    sequences = [in_memory(sequence, arguments.frames) for sequence in read_sequences(arguments.data)]
    best_size, best, best_score = 0, FAMILIES[file.family].constants(), -1.0
    for size in arguments.instance or [file.network["instance_size"]]:
        tracker = make_tracker(file, instance_size=size)
        for constants in proposals(best, arguments.trials, seed=arguments.seed):
            score = auc(tracker.with_constants(constants), sequences)
            mark = ""
            if score > best_score:
                best_size, best, best_score, mark = size, constants, score, "  best so far"
            print(f"{size}  {_text(constants)}  AUC {score:.4f}{mark}", flush=True)
    tracker = make_tracker(file, instance_size=best_size)
    best, best_score = climb(tracker, sequences, best, best_score)
    print(f"best: instance {best_size}  {_text(best)}  AUC {best_score:.4f}")
    if arguments.write:
        network = {**file.network, "instance_size": best_size}
        # The score was calibrated with other constants, so the calibration no longer holds: see benchmarks.reliability.
        replace(file, network=network, constants=best.as_mapping(), reliability={}).save(arguments.weights)


def proposals(start: Constants, trials: int, *, seed: int) -> Iterator[Constants]:
    """The current constants, then random ones between a third and twice each."""
    yield start
    rng = np.random.default_rng(seed)
    for _ in range(trials):
        yield changed(start, {tunable.name: float(rng.uniform(0.33, 2.0)) for tunable in start.tunables})


def climb(tracker: Tracker, sequences: list[Sequence], best: Constants, best_score: float) -> tuple[Constants, float]:
    """Change one constant at a time, a fifth up and a fifth down, then a tenth."""
    for step in (0.2, 0.1):
        for tunable in best.tunables:
            for factor in (1 + step, 1 - step):
                candidate = changed(best, {tunable.name: factor})
                score = auc(tracker.with_constants(candidate), sequences)
                print(f"climb  {_text(candidate)}  AUC {score:.4f}", flush=True)
                if score > best_score:
                    best, best_score = candidate, score
                    break
    return best, best_score


def changed(constants: Constants, factors: Mapping[str, float]) -> Constants:
    """The constants with some multiplied by factors, kept within the limits of their sliders."""
    highest = {tunable.name: tunable.maximum for tunable in constants.tunables}
    values = constants.as_mapping()
    return replace(
        constants,
        **{name: round(min(values[name] * factor, highest[name]), 4) for name, factor in factors.items()},
    )


def auc(tracker: Tracker, sequences: list[Sequence]) -> float:
    """Mean success AUC over the sequences."""
    return float(np.mean([measure(run)["auc"] for run in run_one_pass(tracker, sequences)]))


def make_tracker(file: WeightsFile, *, instance_size: int) -> Tracker:
    """The tracker of a file with a search region of this size, which may differ from the one in training."""
    family = FAMILIES[file.family]
    resized = replace(file, network={**file.network, "instance_size": instance_size})
    return tracker_of("tuned", family, resized, place(), family.constants())


def in_memory(sequence: Sequence, frames: int) -> Sequence:
    """The first ``frames`` frames in memory, because tuning reads them a hundred times."""
    pictures: list[Image] = []
    for picture in sequence.open_frames():
        pictures.append(picture)
        if len(pictures) == frames:
            break
    return replace(sequence, truth=sequence.truth[: len(pictures)], open_frames=partial(iter, pictures))


def _text(constants: Constants) -> str:
    return "  ".join(f"{name} {value:g}" for name, value in constants.as_mapping().items())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--frames", type=int, default=150)
    parser.add_argument("--trials", type=int, default=24)
    parser.add_argument("--instance", type=int, nargs="+", help="sizes to try; the file's own if left out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
