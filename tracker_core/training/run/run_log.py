"""The log of a run: ``log.jsonl``, ``curves.png`` and, if asked for, TensorBoard's files."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from tracker_core.evaluation.plot import can_draw
from tracker_core.training.run.config import ConfigError, Logging
from tracker_core.training.run.curves import draw_curves

LOG, CURVES, TENSORBOARD = "log.jsonl", "curves.png", "tensorboard"


@dataclass(frozen=True, slots=True)
class StepLog:
    """One line of ``log.jsonl``: means since the previous one."""

    step: int
    loss: float
    classification: float
    box: float
    distillation: float
    rate: float
    pairs_per_second: float


@dataclass(frozen=True, slots=True)
class ValidationLog:
    """The other kind of line: a validation of the averaged network, with the best one so far."""

    step: int
    figure: str
    value: float
    best: float
    best_step: int


class Meter:
    """Averages the parts of the loss and measures pairs per second, since the last reading."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._steps, self._began = 0, time.perf_counter()

    def add(self, parts: Mapping[str, float]) -> None:
        for name, value in parts.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._steps += 1

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not count the time in this context towards the speed."""
        began = time.perf_counter()
        yield
        self._began += time.perf_counter() - began

    def read(self, *, batch: int) -> tuple[dict[str, float], float]:
        means = {name: total / self._steps for name, total in self._sums.items()}
        speed = self._steps * batch / (time.perf_counter() - self._began)
        self._sums, self._steps, self._began = {}, 0, time.perf_counter()
        return means, speed


class RunLog:
    """Writes the log files into ``out``, or nothing if it is silent. ``first_step`` is the step at which the run starts
    or resumes.

    Raises:
        ConfigError: if TensorBoard's files are asked for and its package is not installed.
    """

    def __init__(self, out: Path, logging: Logging, *, first_step: int, is_silent: bool = False) -> None:
        self._out = out
        self._is_silent = is_silent
        self._has_curves = logging.curves and not is_silent and can_draw()
        has_board = logging.tensorboard and not is_silent
        self._board = _board(out / TENSORBOARD, purge_step=first_step + 1) if has_board else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._board is not None:
            self._board.close()

    def add(self, line: StepLog | ValidationLog) -> None:
        if self._is_silent:
            return
        self._out.mkdir(parents=True, exist_ok=True)
        with (self._out / LOG).open("a+b") as lines:
            if lines.tell() and not _ends_in_newline(lines):  # the process was killed in the middle of a line
                lines.write(b"\n")
            lines.write(f"{json.dumps(asdict(line))}\n".encode())
        if self._board is not None:
            for name, value in scalars(line).items():
                self._board.add_scalar(name, value, line.step)
            self._board.flush()

    def draw(self) -> None:
        """Draw the curves of the whole log so far."""
        if not self._has_curves:
            return
        partial = self._out / f"{CURVES}.partial"
        steps, validations = read_log(self._out / LOG)
        if steps:
            partial.write_bytes(draw_curves([asdict(line) for line in steps], [asdict(line) for line in validations]))
            os.replace(partial, self._out / CURVES)


def scalars(line: StepLog | ValidationLog) -> dict[str, float]:
    """The numbers of a line, under names that group them in TensorBoard."""
    if isinstance(line, ValidationLog):
        return {f"validation/{line.figure}": line.value, f"validation/best {line.figure}": line.best}
    losses = {f"loss/{name}": getattr(line, name) for name in ("classification", "box", "distillation")}
    return {"loss/total": line.loss, **losses, "rate": line.rate, "pairs per second": line.pairs_per_second}


def read_log(path: Path) -> tuple[list[StepLog], list[ValidationLog]]:
    """The lines of a log in the order of steps. After a resume, later lines replace earlier ones from the same step on.
    Damaged lines, such as half a line left by a killed process, are skipped.
    """
    steps: list[StepLog] = []
    validations: list[ValidationLog] = []
    for text in path.read_text(errors="replace").splitlines() if path.is_file() else ():
        try:
            row: dict[str, Any] = json.loads(text)
            if "figure" in row:
                _put(validations, ValidationLog(**row))
            else:
                _put(steps, StepLog(**row))
        except (ValueError, TypeError):
            continue
    return steps, validations


def _put(lines: list[Any], line: StepLog | ValidationLog) -> None:
    while lines and lines[-1].step >= line.step:
        lines.pop()
    lines.append(line)


def _ends_in_newline(file: Any) -> bool:  # noqa: ANN401  (a binary file)
    file.seek(-1, os.SEEK_END)
    return bool(file.read(1) == b"\n")


def _board(folder: Path, *, purge_step: int) -> Any:  # noqa: ANN401  (SummaryWriter, untyped)
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise ConfigError(
            "[logging]: `tensorboard` needs the package tensorboard; "
            "install it (pip install tensorboard) or leave the key out"
        ) from error
    return SummaryWriter(str(folder), purge_step=purge_step)
