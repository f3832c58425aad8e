"""Ablation: what each ingredient of a training contributes, by training the same file with one thing changed at a time.

    python -m benchmarks.ablation BASE.toml --data VALIDATION [--only NAME ...] [--out FILE.json]

Every variant trains from scratch with the file's seed and schedule, into its own folder beside the file's ``out``; a
stopped run continues. It is then measured with the family's untuned constants: success AUC over one pass, and the boxes
that a person draws per 100 frames. Each variant is trained once, so differences of 0.02 in AUC are noise.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from tracker_core.evaluation.effort import THRESHOLDS, boxes_per_100_frames, measure_effort
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.otb import measure
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.evaluation.sequences import Sequence
from tracker_core.training.run.config import TrainingConfig, read_config
from tracker_core.training.run.loop import StepLog, train
from tracker_core.weights.catalog import load_tracker

Change = Callable[[TrainingConfig], TrainingConfig]


def _unshifted(config: TrainingConfig) -> TrainingConfig:
    jitter = replace(config.pairs.search_jitter, shift=0.0)
    return replace(config, pairs=replace(config.pairs, search_jitter=jitter))


def _without_distractors(config: TrainingConfig) -> TrainingConfig:
    return replace(config, pairs=replace(config.pairs, negative=0.0, look_alike=0.0))


def _without_stills(config: TrainingConfig) -> TrainingConfig:
    return replace(config, pairs=replace(config.pairs, mix={"video.*": 0.9, "video_extra.*": 0.1}, negative=0.0))


def _hard_target(config: TrainingConfig) -> TrainingConfig:
    return replace(config, loss=replace(config.loss, target="anchor"))


def _half_synthetic(config: TrainingConfig) -> TrainingConfig:
    return replace(config, pairs=replace(config.pairs, synthetic=0.5))


VARIANTS: Mapping[str, Change] = {
    "all": lambda config: config,
    "no distillation": lambda config: replace(config, teacher=None),
    "no shift": _unshifted,
    "no distractor pairs": _without_distractors,
    "no stills": _without_stills,
    "class instead of overlap": _hard_target,
    "half synthetic": _half_synthetic,
}


def main() -> None:
    arguments = _arguments()
    base = read_config(arguments.config)
    sequences = read_sequences(arguments.data)
    rows = []
    for name in arguments.only or VARIANTS:
        config = VARIANTS[name](replace(base, out=base.out.with_name(f"{base.out.name}-{name.replace(' ', '-')}")))
        weights = train(config, on_log=lambda log, name=name: _tell(name, log))  # type: ignore[misc]
        rows.append({"variant": name, **measured(weights, sequences)})
        print(json.dumps(rows[-1]), flush=True)
        if arguments.out is not None:
            arguments.out.write_text(json.dumps({"config": arguments.config.name, "rows": rows}, indent=1) + "\n")


def measured(weights: Path, sequences: list[Sequence]) -> dict[str, float]:
    """The figures of a weights file with the constants stored in it."""
    tracker = load_tracker(str(weights), device="cpu")
    row = {"auc": float(np.mean([measure(run)["auc"] for run in run_one_pass(tracker, sequences)]))}
    efforts = [effort for sequence in sequences for effort in measure_effort(tracker, sequence)]
    for threshold in THRESHOLDS:
        chosen = [effort for effort in efforts if effort.threshold == threshold]
        row[f"boxes_per_100_frames_{round(threshold * 100)}"] = boxes_per_100_frames(chosen)
    return row


def _tell(name: str, log: StepLog) -> None:
    print(f"{name}: step {log.step}  loss {log.loss:.3f}  {log.pairs_per_second:.0f} pairs/s", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", nargs="+", choices=list(VARIANTS))
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
