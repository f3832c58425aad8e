"""Find a network's tracking constants on annotated videos, by random search and then by small steps around the best.

    python -m benchmarks.tune_constants WEIGHTS --data FOLDER [--frames 150] [--trials 24] [--write]

The published trackers are tuned the same way (penalty, window influence and rate differ from network to network). What
is judged is the mean success AUC, so never point this at videos that shall judge the result. ``--write`` puts the best
constants into the weights file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.otb import measure
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.evaluation.sequences import Sequence
from tracker_core.images import Image
from tracker_core.runtime import place
from tracker_core.score_map import TrackingConstants
from tracker_core.siamrpnpp import NetworkConfig, SiamRPNPP, SiamRPNPPEngine, SiamRPNPPNetwork
from tracker_core.weights.files import WeightsFile, read_weights, save_weights


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    file = read_weights(arguments.weights)
    sequences = [in_memory(sequence, arguments.frames) for sequence in read_sequences(arguments.data)]
    best_size, best, best_score = 0, TrackingConstants(0.1, 0.4, 0.3), -1.0
    for size in arguments.instance:
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
        save_weights(arguments.weights, file.tensors, family=file.family, network=network, constants=asdict(best))


def proposals(start: TrackingConstants, trials: int, *, seed: int) -> Iterator[TrackingConstants]:
    """The constants so far, then random ones over the range in which published trackers lie (and a little beyond)."""
    yield start
    rng = np.random.default_rng(seed)
    for _ in range(trials):
        low, high = (0.02, 0.2, 0.15), (0.35, 0.6, 0.7)
        penalty_k, influence, size_lr = (round(float(value), 3) for value in rng.uniform(low, high))
        yield TrackingConstants(penalty_k, influence, size_lr)


def climb(
    tracker: SiamRPNPP, sequences: list[Sequence], best: TrackingConstants, best_score: float
) -> tuple[TrackingConstants, float]:
    """One constant at a time, a step up and a step down, halving the steps twice."""
    steps = {"penalty_k": 0.06, "window_influence": 0.06, "size_lr": 0.1}
    for scale in (1.0, 0.5):
        for name, step in steps.items():
            for change in (step * scale, -step * scale):
                value = round(min(max(getattr(best, name) + change, 0.0), 1.0), 3)
                candidate = replace(best, **{name: value})
                score = auc(tracker.with_constants(candidate), sequences)
                print(f"climb  {_text(candidate)}  AUC {score:.4f}", flush=True)
                if score > best_score:
                    best, best_score = candidate, score
                    break
    return best, best_score


def auc(tracker: SiamRPNPP, sequences: list[Sequence]) -> float:
    """Mean success AUC over the sequences."""
    return float(np.mean([measure(run)["auc"] for run in run_one_pass(tracker, sequences)]))


def make_tracker(file: WeightsFile, *, instance_size: int, precision: str = "auto") -> SiamRPNPP:
    """The network of a file, with a search region of another size than it was trained with if need be."""
    config = NetworkConfig(**{**file.network, "instance_size": instance_size})
    network = SiamRPNPPNetwork(config)
    network.load_state_dict(file.tensors, strict=False)
    engine = SiamRPNPPEngine(network, place("auto", precision))  # type: ignore[arg-type]
    return SiamRPNPP("tuned", engine, TrackingConstants(0.1, 0.4, 0.3))


def in_memory(sequence: Sequence, frames: int) -> Sequence:
    """The first ``frames`` frames, decoded once: tuning looks at them a hundred times."""
    pictures: list[Image] = []
    for picture in sequence.open_frames():
        pictures.append(picture)
        if len(pictures) == frames:
            break
    return replace(sequence, truth=sequence.truth[: len(pictures)], open_frames=partial(iter, pictures))


def _text(constants: TrackingConstants) -> str:
    return (
        f"penalty {constants.penalty_k:.3f}  influence {constants.window_influence:.3f}  rate {constants.size_lr:.3f}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--frames", type=int, default=150)
    parser.add_argument("--trials", type=int, default=24)
    parser.add_argument("--instance", type=int, nargs="+", default=[255])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
