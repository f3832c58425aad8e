from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tracker_core.images import Image
from tracker_core.training.run.config import ConfigError, Logging
from tracker_core.training.run.curves import BLUE, ORANGE, draw_curves, logarithmic_ticks, running_mean, ticks_between
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


def decoded(png: bytes) -> Image:
    picture = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture[..., ::-1], dtype=np.uint8)


def rows_with(picture: Image, colour: tuple[int, int, int], column: int) -> list[int]:
    return np.flatnonzero(np.abs(picture[:, column].astype(int) - colour).max(axis=1) < 40).tolist()


def test_the_curves_are_drawn_where_the_values_are() -> None:
    """Loss 8 down to 2 on a logarithmic scale: halfway it is 4, which is in the middle of the line."""
    steps = [{"step": n, "loss": 8 / 2 ** (n / 100), "classification": 0.0, "box": 0.0, "distillation": 0.0,
              "rate": 1e-3, "pairs_per_second": 40.0} for n in (0, 100, 200)]  # fmt: skip
    picture = decoded(draw_curves(steps, []))
    assert picture.shape == (800, 1280, 3)
    above = picture[:390]
    places = [np.mean(rows_with(above, BLUE, 76 + round(part * (1280 - 24 - 76)))) for part in (0.25, 0.5, 0.75)]
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=2)
    assert places[1] - places[0] > 40


def test_the_best_is_marked_and_a_gap_in_the_loss_is_one_in_its_line() -> None:
    steps = [{"step": n, "loss": float("nan") if n == 20 else 1.0, "classification": 0.0, "box": 0.0,
              "distillation": 0.0, "rate": 1e-3, "pairs_per_second": 40.0} for n in (0, 10, 20, 30, 40)]  # fmt: skip
    found = [{"step": 40, "figure": "success AUC", "value": 0.0, "best": 0.0, "best_step": 40}]
    picture = decoded(draw_curves(steps, found))
    middle = 76 + (640 - 24 - 76) // 2
    assert rows_with(picture[:350], BLUE, middle) == []
    assert rows_with(picture[:350], BLUE, 76 + 60) != []
    assert rows_with(picture[:390], ORANGE, 1280 - 24) != []


def test_a_running_mean_is_that_of_a_slow_loop() -> None:
    rng = np.random.default_rng(1)
    steps = np.cumsum(rng.integers(1, 5, 60)).astype(np.float64)
    values = rng.normal(size=60)
    values[[3, 20]] = np.nan
    found = running_mean(steps, values, 10.0)
    for place, step in enumerate(steps):
        assert found[place] == pytest.approx(np.nanmean(values[np.abs(steps - step) <= 5]))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0.43, 0.66, [0.45, 0.5, 0.55, 0.6, 0.65]), (0, 6000, [0, 2000, 4000, 6000])],
)
def test_ticks_are_round_numbers(low: float, high: float, expected: list[float]) -> None:
    assert ticks_between(low, high) == pytest.approx(expected)


def test_logarithmic_ticks_are_few() -> None:
    assert logarithmic_ticks(0.15, 3.2) == pytest.approx([0.2, 0.5, 1, 2])
    assert logarithmic_ticks(0.0005, 3) == pytest.approx([0.001, 0.01, 0.1, 1])
    assert logarithmic_ticks(1.9, 2.7) == pytest.approx([2, 2.2, 2.4, 2.6])


def test_a_line_of_the_log_is_json(tmp_path: Path) -> None:
    with RunLog(tmp_path, Logging(), first_step=0) as log:
        log.add(FOUND)
    assert json.loads((tmp_path / "log.jsonl").read_text()) == {
        "step": 100, "figure": "success AUC", "value": 0.5, "best": 0.55, "best_step": 50,
    }  # fmt: skip
