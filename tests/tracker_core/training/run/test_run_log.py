from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.support.plots import values_of
from tracker_core.training.run.config import ConfigError, Logging
from tracker_core.training.run.curves import draw_curves, figure_of, running_mean
from tracker_core.training.run.run_log import Meter, RunLog, StepLog, ValidationLog, read_log, scalars

STEP = StepLog(50, 1.5, 1.0, 0.5, 0.0, 1e-3, 40.0)
FOUND = ValidationLog(100, "success AUC", 0.5, 0.55, 50)


def at(step: int) -> StepLog:
    return replace(STEP, step=step, loss=float(step))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    with RunLog(tmp_path / "run", Logging(), first_step=0) as log:
        log.add(at(50))
        log.add(at(100))
        log.add(FOUND)
        log.draw()
    assert read_log(tmp_path / "run" / "log.jsonl") == ([at(50), at(100)], [FOUND])
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["curves.png", "log.jsonl"]


def test_of_a_run_that_went_on_from_a_checkpoint_the_later_lines_count(tmp_path: Path) -> None:
    with RunLog(tmp_path, Logging(), first_step=0) as log:
        for before in (at(50), at(100), at(150)):
            log.add(before)
        log.add(replace(FOUND, value=0.1))
    again = [replace(at(step), loss=9.0) for step in (100, 150, 200)]
    with RunLog(tmp_path, Logging(), first_step=50) as log:
        for after in again:
            log.add(after)
        log.add(FOUND)
    assert read_log(tmp_path / "log.jsonl") == ([at(50), *again], [FOUND])


def test_half_a_line_of_a_kill_costs_only_itself(tmp_path: Path) -> None:
    with RunLog(tmp_path, Logging(), first_step=0) as log:
        log.add(at(50))
    with (tmp_path / "log.jsonl").open("a") as file:
        file.write('{"step": 100, "lo')
    with RunLog(tmp_path, Logging(), first_step=50) as log:
        log.add(at(100))
    assert read_log(tmp_path / "log.jsonl") == ([at(50), at(100)], [])


def test_a_silent_log_writes_nothing(tmp_path: Path) -> None:
    with RunLog(tmp_path / "run", Logging(tensorboard=True), first_step=0, is_silent=True) as log:
        log.add(at(50))
        log.draw()
    assert list(tmp_path.iterdir()) == []


def test_without_the_package_of_tensorboard_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tensorboard", None)
    monkeypatch.delitem(sys.modules, "torch.utils.tensorboard", raising=False)
    with pytest.raises(ConfigError, match=r"needs the package tensorboard; install it \(pip install tensorboard\)"):
        RunLog(tmp_path / "run", Logging(tensorboard=True), first_step=0)
    assert list(tmp_path.iterdir()) == []


def test_tensorboard_gets_every_number(tmp_path: Path) -> None:
    reading = pytest.importorskip(
        "tensorboard.backend.event_processing.event_accumulator", reason="the package tensorboard is not installed"
    )
    with RunLog(tmp_path, Logging(tensorboard=True), first_step=0) as log:
        log.add(STEP)
        log.add(FOUND)
    events = reading.EventAccumulator(str(tmp_path / "tensorboard")).Reload()
    for step, numbers in ((STEP.step, scalars(STEP)), (FOUND.step, scalars(FOUND))):
        for name, value in numbers.items():
            (event,) = events.Scalars(name)
            assert (event.step, event.value) == (step, pytest.approx(value))


def test_the_meter_gives_means_and_leaves_pauses_out(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("tracker_core.training.run.run_log.time.perf_counter", lambda: now[0])
    meter = Meter()
    meter.add({"loss": 1.0, "box": 3.0})
    now[0] = 2.0
    with meter.paused():
        now[0] = 50.0
    meter.add({"loss": 2.0, "box": 5.0})
    now[0] = 52.0
    assert meter.read(batch=8) == ({"loss": 1.5, "box": 4.0}, 4.0)  # 16 pairs in 4 seconds
    meter.add({"loss": 7.0})
    now[0] = 53.0
    assert meter.read(batch=8) == ({"loss": 7.0}, 8.0)


def rows(losses: list[float], **others: list[float]) -> list[dict[str, Any]]:
    """Lines of a log, ten steps apart."""
    empty = {"classification": 0.0, "box": 0.0, "distillation": 0.0, "rate": 1e-3, "pairs_per_second": 40.0}
    return [
        {**empty, "step": 10 * n, "loss": loss, **{name: values[n] for name, values in others.items()}}
        for n, loss in enumerate(losses)
    ]


def axes_of(steps: list[dict[str, Any]], validations: list[dict[str, Any]]) -> dict[str, Any]:
    """By title."""
    return {axes.get_title(loc="left"): axes for axes in figure_of(steps, validations).axes}


def test_losses_are_on_a_logarithmic_scale_each_with_its_name() -> None:
    steps = rows([8.0, float("nan"), 2.0], classification=[5.0, 0.0, 1.0], box=[3.0, 2.0, 1.0])
    axes = axes_of(steps, [])["Loss"]
    assert axes.get_yscale() == "log"
    assert [line.get_label() for line in axes.get_lines()] == ["loss", "classification", "box"]
    loss, classification, _ = (values_of(line) for line in axes.get_lines())
    np.testing.assert_array_equal(loss, [[0, 8], [10, np.nan], [20, 2]])
    np.testing.assert_array_equal(classification[:, 1], [5, np.nan, 1])  # 0 has no place on such a scale


def test_a_loss_with_one_part_is_drawn_once() -> None:
    axes = axes_of(rows([8.0, 4.0], classification=[8.0, 4.0]), [])["Loss"]
    assert len(axes.get_lines()) == 1


def test_rate_and_speed_begin_at_zero_and_share_the_steps() -> None:
    found = axes_of(rows([8.0, 4.0, 2.0]), [])
    assert list(found) == ["Loss", "Rate", "Pairs a second"]
    assert [axes.get_xlim() for axes in found.values()] == [(0, 20)] * 3
    assert all(found[name].get_ylim()[0] == 0 for name in ("Rate", "Pairs a second"))


def test_the_best_validation_is_marked() -> None:
    worth = [
        {"step": 20, "figure": "success AUC", "value": 0.6, "best": 0.6, "best_step": 20},
        {"step": 40, "figure": "success AUC", "value": 0.5, "best": 0.6, "best_step": 20},
    ]
    axes = axes_of(rows([8.0, 4.0]), worth)["Validation: success AUC"]
    line, best = axes.get_lines()
    assert values_of(line).tolist() == [[20, 0.6], [40, 0.5]]
    assert values_of(best).tolist() == [[20, 0.6]]
    assert best.get_label() == "best 0.600 at step 20"
    assert axes.get_xlim() == (0, 40)


def test_a_long_line_is_faint_under_its_running_mean() -> None:
    losses = [2.0, 4.0] * 20
    faint, strong = axes_of(rows(losses), [])["Loss"].get_lines()
    assert values_of(faint)[:, 1].tolist() == losses
    at = values_of(faint)[:, 0]
    expected = running_mean(at, np.array(losses), 0.04 * float(at[-1]))
    np.testing.assert_array_equal(values_of(strong)[:, 1], expected)
    assert faint.get_alpha() < 0.5


def test_the_picture_has_its_size() -> None:
    picture = cv2.imdecode(np.frombuffer(draw_curves(rows([2.0, 1.0]), []), np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (800, 1280, 3)


def test_curves_are_left_out_where_they_are_not_wanted_or_cannot_be_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RunLog(tmp_path / "unwanted", Logging(curves=False), first_step=0) as log:
        log.add(at(50))
        log.draw()
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with RunLog(tmp_path / "without", Logging(), first_step=0) as log:
        log.add(at(50))
        log.draw()
    assert [path.name for path in sorted(tmp_path.glob("*/*"))] == ["log.jsonl", "log.jsonl"]


def test_a_running_mean_is_that_of_a_slow_loop() -> None:
    rng = np.random.default_rng(1)
    steps = np.cumsum(rng.integers(1, 5, 60)).astype(np.float64)
    values = rng.normal(size=60)
    values[[3, 20]] = np.nan
    found = running_mean(steps, values, 10.0)
    for place, step in enumerate(steps):
        assert found[place] == pytest.approx(np.nanmean(values[np.abs(steps - step) <= 5]))


def test_a_line_of_the_log_is_json(tmp_path: Path) -> None:
    with RunLog(tmp_path, Logging(), first_step=0) as log:
        log.add(FOUND)
    assert json.loads((tmp_path / "log.jsonl").read_text()) == {
        "step": 100, "figure": "success AUC", "value": 0.5, "best": 0.55, "best_step": 50,
    }  # fmt: skip
