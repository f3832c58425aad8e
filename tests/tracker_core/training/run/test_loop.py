from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.support.networks import SMALL
from tests.support.training_data import BLUE, passing_boxes, write_source
from tracker_core.training.losses.distillation import Lesson
from tracker_core.training.pairs.pairs import PairConfig, PairSampler
from tracker_core.training.pictures.prepared import open_sources
from tracker_core.training.run.batches import collate
from tracker_core.training.run.config import ConfigError, Schedule, TrainingConfig
from tracker_core.training.run.loop import Training, train
from tracker_core.training.run.run_log import StepLog
from tracker_core.weights.catalog import load_tracker
from tracker_core.weights.files import read_weights, save_weights

SHORT = Schedule(steps=4, batch=2, warm_up=2, checkpoint_every=2, workers=0, threads=1)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    write_source(folder, "video.red", "video", passing_boxes(6))
    write_source(folder, "stills.blue", "stills", passing_boxes(4), colour=BLUE)
    return folder


@pytest.fixture
def config(prepared: Path, tmp_path: Path) -> TrainingConfig:
    pairs = PairConfig(mix={"*": 1.0})
    return TrainingConfig(prepared, tmp_path / "run", network=SMALL, pairs=pairs, schedule=SHORT)


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    return read_weights(path).tensors


class FakeTeacher:
    """Sees the mean colour around each of its cells, and the target in the middle."""

    channels = 3

    @classmethod
    def read(cls, path: Path, device: torch.device) -> FakeTeacher:
        return cls()

    def look(self, exemplar: torch.Tensor, search: torch.Tensor) -> Lesson:
        cells = -(-search.shape[-1] // 16)
        target = torch.zeros(len(search), cells - 1, cells - 1)
        target[:, cells // 2, cells // 2] = 1
        distances = torch.full((len(search), 4, cells - 1, cells - 1), 32.0)
        return Lesson(torch.nn.functional.adaptive_avg_pool2d(search, cells) / 64, target, distances, 15.0)


def test_a_run_that_was_killed_goes_on_as_if_it_had_not_been(config: TrainingConfig) -> None:
    whole = train(config)

    def killed(log: StepLog) -> None:
        if log.step == 3:
            raise KeyboardInterrupt

    broken = replace(config, out=config.out.with_name("broken"))
    with pytest.raises(KeyboardInterrupt):
        train(broken, on_log=killed, log_every=1)
    steps: list[int] = []
    resumed = train(broken, on_log=lambda log: steps.append(log.step), log_every=1)
    assert steps == [3, 4]  # from the checkpoint of step 2
    expected, found = weights_of(whole), weights_of(resumed)
    assert expected.keys() == found.keys()
    assert all(torch.equal(expected[name], found[name]) for name in expected)
    states = [torch.load(path.parent / "checkpoint.pt", weights_only=True) for path in (whole, resumed)]
    for name, value in states[0]["parts"].items():
        assert torch.equal(value, states[1]["parts"][name])


def test_a_run_that_is_told_to_stop_goes_on_from_that_step(config: TrainingConfig) -> None:
    whole = train(config)
    asked: list[bool] = []

    def after_three() -> bool:
        asked.append(True)
        return len(asked) == 3

    stopped = replace(config, out=config.out.with_name("stopped"))
    path = train(stopped, should_stop=after_three)
    assert path.is_file()
    assert len(asked) == 3
    assert torch.load(stopped.out / "checkpoint.pt", weights_only=True)["step"] == 3  # between two regular ones
    resumed = train(stopped)
    assert all(torch.equal(value, weights_of(resumed)[name]) for name, value in weights_of(whole).items())


def test_checkpoints_are_written_every_so_many_steps_and_at_the_end(config: TrainingConfig) -> None:
    saved: list[tuple[int, int]] = []

    def look(log: StepLog) -> None:
        path = config.out / "checkpoint.pt"
        if path.is_file():
            saved.append((log.step, int(torch.load(path, weights_only=True)["step"])))

    train(replace(config, schedule=replace(SHORT, steps=5, checkpoint_every=2)), on_log=look, log_every=1)
    assert saved == [(3, 2), (4, 2), (5, 4)]  # a step is logged before it is saved
    assert torch.load(config.out / "checkpoint.pt", weights_only=True)["step"] == 5
    left = sorted(path.name for path in config.out.iterdir())
    assert left == ["checkpoint.pt", "curves.png", "log.jsonl", "weights.safetensors"]


def test_a_finished_run_has_nothing_left_to_do(config: TrainingConfig) -> None:
    path = train(config)
    before = path.read_bytes()
    logs: list[StepLog] = []
    assert train(config, on_log=logs.append) == path
    assert logs == []
    assert path.read_bytes() == before


def test_the_log_has_a_line_of_means(config: TrainingConfig) -> None:
    heard: list[StepLog] = []
    train(config, on_log=heard.append, log_every=2)
    lines = [json.loads(line) for line in (config.out / "log.jsonl").read_text().splitlines()]
    assert [StepLog(**line) for line in lines] == heard
    assert [log.step for log in heard] == [2, 4]
    for log in heard:
        assert log.loss == pytest.approx(log.classification + log.box)
        assert log.distillation == 0
        assert log.pairs_per_second > 0


def test_the_result_is_a_tracker_and_a_start_for_another_run(config: TrainingConfig) -> None:
    path = train(config)
    assert load_tracker(str(path), device="cpu", precision="float32").name == "weights"
    again = Training(replace(config, start=path))
    state = again.network.state_dict()
    assert all(torch.equal(state[name], value) for name, value in weights_of(path).items())


def test_a_frozen_backbone_stands_still_and_then_learns_slower(config: TrainingConfig) -> None:
    training = Training(replace(config, schedule=replace(SHORT, frozen=1, rates={"backbone.*": 0.1})))
    sampler = PairSampler(list(open_sources(config.data)), config.pairs, seed=1, count=4)
    first, second = (collate([sampler[n], sampler[n + 1]]) for n in (0, 2))

    def backbone() -> dict[str, torch.Tensor]:
        return {name: value.clone() for name, value in training.network.backbone.state_dict().items()}

    def head() -> torch.Tensor:
        return torch.as_tensor(training.network.cls.head[3].weight.detach().clone())

    before, head_before = backbone(), head()
    training.train_step(first)
    assert all(torch.equal(value, before[name]) for name, value in backbone().items())
    assert not torch.equal(head(), head_before)
    training.train_step(second)
    assert not torch.equal(backbone()["stem.0.weight"], before["stem.0.weight"])
    rates = {len(group["params"]): group["lr"] for group in training.optimizer.param_groups}
    of_backbone = len(list(training.network.backbone.parameters()))
    (of_heads,) = (rate for count, rate in rates.items() if count != of_backbone)
    assert rates[of_backbone] == pytest.approx(0.1 * of_heads)


def test_a_rate_for_parameters_that_there_are_not_is_refused(config: TrainingConfig) -> None:
    with pytest.raises(ConfigError, match="do not exist: spine"):
        Training(replace(config, schedule=replace(SHORT, rates={"spine.*": 0.1})))


def test_a_trained_network_of_the_same_family_is_taken_whole(config: TrainingConfig) -> None:
    path = train(config)
    taken = Training(replace(config, start=path)).network.state_dict()
    assert all(torch.equal(taken[name], value) for name, value in weights_of(path).items())


def test_another_family_gives_its_backbone_and_neck(config: TrainingConfig, tmp_path: Path) -> None:
    path = train(config)
    file = read_weights(path)
    foreign = tmp_path / "foreign.safetensors"
    save_weights(foreign, file.tensors, family="another", network=file.network, constants=file.constants)
    taken, fresh = (Training(replace(config, start=start)).network.state_dict() for start in (foreign, None))
    for name, value in file.tensors.items():
        wanted = value if name.startswith(("backbone.", "neck.")) else fresh[name]
        assert torch.equal(taken[name], wanted), name


def test_a_start_with_other_layers_is_refused_with_the_first_that_differs(config: TrainingConfig) -> None:
    path = train(config)
    wider = replace(config, network=replace(SMALL, stem=SMALL.stem * 2), start=path)
    with pytest.raises(ConfigError, match="differ first at backbone"):
        Training(wider)


def test_the_same_seed_gives_the_same_network(config: TrainingConfig) -> None:
    one, other, different = (
        Training(replace(config, schedule=replace(SHORT, seed=seed))).network.backbone.state_dict()
        for seed in (3, 3, 4)
    )
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert not all(torch.equal(one[name], different[name]) for name in one)


def test_a_teacher_teaches_the_backbone(config: TrainingConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker_core.training.run.loop.Teacher", FakeTeacher)
    heard: list[StepLog] = []
    path = train(replace(config, teacher=Path("teacher.pth")), on_log=heard.append, log_every=1)
    assert all(log.distillation > 0 for log in heard)
    for log in heard:
        assert log.loss == pytest.approx(log.classification + log.box + log.distillation)
    assert not any("adapter" in name for name in weights_of(path))  # nothing of it is in the student's file


def test_a_bad_step_costs_itself_and_not_the_run(config: TrainingConfig) -> None:
    training = Training(config)
    pairs = PairSampler(list(open_sources(config.data)), config.pairs, seed=2, count=2)
    batch = collate([pairs[n] for n in range(2)])
    parameters = dict(training.network.named_parameters())
    before = {name: value.clone() for name, value in parameters.items()}
    broken = parameters["loc.head.3.bias"]
    with torch.no_grad():
        broken.fill_(math.nan)
    assert math.isnan(training.train_step(batch)["loss"])
    with torch.no_grad():
        broken.copy_(before["loc.head.3.bias"])
    assert all(torch.equal(value, before[name]) for name, value in parameters.items())
    assert math.isfinite(training.train_step(batch)["loss"])
    assert not all(torch.equal(value, before[name]) for name, value in parameters.items())
    assert training.step == 2


def test_what_stands_still_is_the_same_after_a_step_norms_and_all(config: TrainingConfig) -> None:
    """Only what joins two exemplars learns: with one exemplar the network then says what it said before."""
    schedule = replace(SHORT, rates={"*.fusion.*": 1.0, "*": 0.0})
    network = replace(SMALL, exemplars=2)
    training = Training(replace(config, network=network, schedule=schedule, pairs=replace(config.pairs, exemplars=2)))
    before = {name: value.clone() for name, value in training.network.state_dict().items()}
    pairs = PairSampler(list(open_sources(config.data)), training.config.pairs, seed=2, count=8)
    for step in range(4):
        training.train_step(collate([pairs[2 * step], pairs[2 * step + 1]]))
    after = training.network.state_dict()
    changed = {name for name, value in before.items() if not torch.equal(value, after[name])}
    assert changed
    assert all(".fusion." in name for name in changed)
