from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from tests.support.sequences import black_sequence
from tests.support.small_trainings import VERIFIER, are_same, weights_of, write_training
from tests.support.training_data import passing_boxes, write_video_folder
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.otb import measure
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.training.pictures.prepared import open_sources
from tracker_core.training.processes import ALONE
from tracker_core.training.run.config import ConfigError, TrainingConfig, Validation, read_config
from tracker_core.training.run.loop import Training, train
from tracker_core.training.run.run_log import StepLog, ValidationLog
from tracker_core.training.run.validation import (
    Figure,
    Judge,
    LossJudge,
    TrackingJudge,
    first_frames,
    judge_of,
    split,
)
from tracker_core.weights.catalog import load_tracker


class ScriptedJudge:
    """Says these values one after the other."""

    def __init__(self, values: list[float], *, higher_is_better: bool = True) -> None:
        self.figure = Figure("scripted", higher_is_better)
        self._values = iter(values)

    def __call__(self, network: nn.Module) -> float:
        return next(self._values)


def held_back(tmp_path: Path) -> TrainingConfig:
    config = read_config(write_training(tmp_path, "run", steps=6, batch=2))
    return replace(config, validation=Validation(hold_back=("stills.*",), pairs=5, every=2))


def test_the_best_weights_are_kept_and_the_last_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = held_back(tmp_path)
    kept: dict[int, dict[str, torch.Tensor]] = {}

    found: list[ValidationLog] = []

    def remember(log: ValidationLog) -> None:
        found.append(log)
        kept[log.step] = weights_of(config.out / "weights.safetensors")

    judge = ScriptedJudge([0.3, 0.5, 0.4])
    monkeypatch.setattr("tracker_core.training.run.loop.judge_of", lambda *of: judge)
    train(config, on_validation=remember)
    assert [(log.step, log.value, log.best, log.best_step) for log in found] == [
        (2, 0.3, 0.3, 2), (4, 0.5, 0.5, 4), (6, 0.4, 0.5, 4),
    ]  # fmt: skip
    name = "cls.head.3.weight"
    assert not torch.equal(kept[2][name], kept[4][name])
    assert torch.equal(kept[4][name], kept[6][name])
    assert not torch.equal(weights_of(config.out / "last.safetensors")[name], kept[6][name])
    lines = [json.loads(line) for line in (config.out / "log.jsonl").read_text().splitlines()]
    assert [line["value"] for line in lines if "figure" in line] == [0.3, 0.5, 0.4]


def test_of_a_loss_the_lowest_is_the_best(tmp_path: Path) -> None:
    training = Training(held_back(tmp_path))
    judge = ScriptedJudge([3.0, 2.0, 2.5], higher_is_better=False)
    assert [training.validate(judge, tmp_path / "run").best for _ in range(3)] == [3.0, 2.0, 2.0]


def test_a_value_that_is_no_number_is_never_the_best(tmp_path: Path) -> None:
    training = Training(held_back(tmp_path))
    judge = ScriptedJudge([float("nan"), 0.2, float("nan")])
    assert [training.validate(judge, tmp_path / "run").best for _ in range(3)][1:] == [0.2, 0.2]


def test_judging_leaves_no_trace_and_a_killed_run_ends_in_the_same_best(tmp_path: Path) -> None:
    config = held_back(tmp_path)
    heard: dict[str, list[ValidationLog]] = {"whole": [], "broken": []}
    whole = train(config, on_validation=heard["whole"].append)
    assert [log.step for log in heard["whole"]] == [2, 4, 6]

    def kill(log: StepLog) -> None:
        if log.step == 5:
            raise KeyboardInterrupt

    broken = replace(config, out=tmp_path / "broken", schedule=replace(config.schedule, checkpoint_every=3))
    with pytest.raises(KeyboardInterrupt):
        train(broken, on_log=kill, log_every=1)
    path = train(broken, on_validation=heard["broken"].append)
    assert heard["broken"] == heard["whole"][1:]  # from the checkpoint of step 3
    assert are_same(path, whole)
    assert are_same(path.with_name("last.safetensors"), whole.with_name("last.safetensors"))
    seldom = replace(config, out=tmp_path / "seldom", validation=Validation(hold_back=("stills.*",), pairs=5, every=99))
    assert are_same(train(seldom), whole.with_name("last.safetensors"))  # judged at the end, which is the best so far


def test_the_same_weights_cost_the_same_whatever_else_is_drawn(tmp_path: Path) -> None:
    config = held_back(tmp_path)
    _, kept = split(config, list(open_sources(config.data)))
    judge = LossJudge(config, kept, ALONE)
    network = Training(config).network
    first = judge(network)
    torch.rand(7)
    assert judge(network) == first > 0


def test_a_verifier_is_judged_by_its_loss(tmp_path: Path) -> None:
    more = '[validation]\nhold_back = ["stills.*"]\npairs = 3\nevery = 1\n'
    config = read_config(write_training(tmp_path, "verifier", text=VERIFIER, steps=1, batch=2, more=more))
    found: list[ValidationLog] = []
    train(config, on_validation=found.append)
    assert [(log.step, log.figure) for log in found] == [(1, "validation loss")]


def test_tracking_is_judged_as_evaluate_does(tmp_path: Path) -> None:
    """On the first frames: the same AUC as the finished file has, run over a sequence of just those."""
    write_video_folder(tmp_path / "videos" / "long", passing_boxes(7))
    write_video_folder(tmp_path / "videos" / "short", passing_boxes(3))
    more = '[validation]\nvideos = "videos"\nframes = 4\nevery = 2\n'
    config = read_config(write_training(tmp_path, "run", steps=2, batch=2, more=more))
    found: list[ValidationLog] = []
    path = train(config, on_validation=found.append)
    cut = [first_frames(sequence, 4) for sequence in read_sequences(tmp_path / "videos")]
    assert [len(sequence) for sequence in cut] == [4, 3]
    runs = run_one_pass(load_tracker(str(path), device="cpu"), cut)
    (log,) = found
    assert log.figure == "success AUC"
    assert log.value == pytest.approx(float(np.mean([measure(run)["auc"] for run in runs])))


def test_the_first_frames_of_a_sequence_are_a_sequence() -> None:
    whole = black_sequence([(1, 1, 5, 5), (2, 2, 5, 5), (3, 3, 5, 5)])
    cut = first_frames(whole, 2)
    assert len(cut) == 2
    assert len(list(cut.open_frames())) == 2
    assert np.array_equal(cut.truth, whole.truth[:2])
    assert len(first_frames(whole, 9)) == 3


def test_what_is_held_back_is_not_learnt_from_and_mistakes_are_refused_at_once(
    tmp_path: Path,
) -> None:
    config = held_back(tmp_path)
    sources = list(open_sources(config.data))
    learnt, kept = split(config, sources)
    assert ([source.name for source in learnt], [source.name for source in kept]) == (["video.red"], ["stills.blue"])
    with pytest.raises(ConfigError, match=r"no source in .*prepared matches `hold_back` 'film\.\*'"):
        split(replace(config, validation=Validation(hold_back=("stills.*", "film.*"))), sources)
    with pytest.raises(ConfigError, match="`hold_back` leaves nothing"):
        split(replace(config, validation=Validation(hold_back=("*",))), sources)
    with pytest.raises(SequenceError, match="is not a folder"):
        judge_of(replace(config, validation=Validation(videos=tmp_path / "gone")), [], ALONE)
    assert judge_of(replace(config, validation=None), [], ALONE) is None


def test_no_judge_takes_a_random_number_from_the_run(tmp_path: Path) -> None:
    write_video_folder(tmp_path / "videos" / "one", passing_boxes(2))
    config = held_back(tmp_path)
    judges: list[Judge] = [
        LossJudge(config, split(config, list(open_sources(config.data)))[1], ALONE),
        TrackingJudge(replace(config, validation=Validation(videos=tmp_path / "videos"))),
    ]
    assert [judge.figure.higher_is_better for judge in judges] == [False, True]
    network = Training(config).network
    state = torch.get_rng_state()
    for judge in judges:
        judge(network)
        assert torch.equal(torch.get_rng_state(), state), "the run goes on with the numbers that it would have drawn"
