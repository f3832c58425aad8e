"""The command ``train``: from training pictures to the weights of a tracker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import BAD_INPUT, ShowProgress, progress_bar, refuse
from app.model.words import counted
from tracker_core.evaluation.plot import can_draw
from tracker_core.training.pictures.prepared import PreparedDataError

if TYPE_CHECKING:  # these import torch
    from tracker_core.training.processes import Processes
    from tracker_core.training.run.config import TrainingConfig
    from tracker_core.training.run.run_log import StepLog, ValidationLog


def train_command(
    config_file: Annotated[Path, typer.Argument(metavar="CONFIG.toml", help="What to train, on what, for how long.")],
    preview: Annotated[
        Path | None,
        typer.Option("--preview", metavar="FILE.png", help="Train nothing; draw pairs with their labels on a sheet."),
    ] = None,
    pairs: Annotated[int, typer.Option("--pairs", metavar="N", min=1, max=600, help="How many the sheet shows.")] = 48,
) -> None:
    """Train a tracker.

    The same command continues a stopped training from its last checkpoint. Started by torchrun, several processes share
    each batch.
    """
    # Imported here because they import torch, and other commands start without it.
    from tracker_core.evaluation.sequences import SequenceError
    from tracker_core.training.losses.distillation import TeacherError
    from tracker_core.training.processes import FailedElsewhereError, ProcessError, joined
    from tracker_core.training.run.config import ConfigError, read_config
    from tracker_core.training.run.loop import train
    from tracker_core.weights.files import WeightsError

    try:
        if preview is not None:
            _preview(read_config(config_file), config_file.stem, preview, count=pairs)
            return
        with joined() as processes:
            config = read_config(config_file)
            if not processes.is_first:
                train(config, processes=processes)
                return
            _say_what_begins(config, processes)
            with progress_bar("training", total=config.schedule.steps) as show:
                weights = train(
                    config, on_log=_step_teller(config, show), on_validation=_tell_worth, processes=processes
                )
    except FailedElsewhereError:
        raise typer.Exit(BAD_INPUT) from None
    except (ConfigError, PreparedDataError, ProcessError, SequenceError, TeacherError, WeightsError) as error:
        refuse(error)
    except OSError as error:
        refuse(f"the training cannot go on: {error}")
    typer.echo(f"{weights}: trained for {config.schedule.steps} steps.")


def _preview(config: TrainingConfig, title: str, out: Path, *, count: int) -> None:
    from tracker_core.training.run.preview import write_preview

    if out.suffix.lower() != ".png":
        refuse(f"{out} is not the name of a PNG; --preview needs FILE.png")
    try:
        write_preview(config, out, count=count, title=title)
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror}")
    typer.echo(f"{out}: {counted(count, 'pair')} drawn, nothing trained.")


def _say_what_begins(config: TrainingConfig, processes: Processes) -> None:
    schedule = config.schedule
    if (config.out / "checkpoint.pt").is_file():
        typer.echo(f"Going on from the checkpoint in {config.out}.")
    shared = f" shared by {processes.count} processes" if processes.count > 1 else ""
    typer.echo(
        f"{schedule.steps} steps of {counted(schedule.batch, 'pair')}{shared}; "
        f"a checkpoint every {schedule.checkpoint_every} steps in {config.out}."
    )
    if config.logging.curves and not can_draw():
        typer.echo("There will be no curves.png, for matplotlib is not installed: pip install matplotlib.")


def _tell_worth(log: ValidationLog) -> None:
    is_best = log.best_step == log.step
    best = "the best so far" if is_best else f"best {log.best:.3f} at step {log.best_step}"
    typer.echo(f"step {log.step}  {log.figure} {log.value:.3f}, {best}")


def _step_teller(config: TrainingConfig, show: ShowProgress) -> Callable[[StepLog], None]:
    def on_log(log: StepLog) -> None:
        show(log.step)
        typer.echo(
            f"step {log.step}/{config.schedule.steps}  loss {log.loss:.3f}  class {log.classification:.3f}  "
            f"box {log.box:.3f}  rate {log.rate:.1e}  {log.pairs_per_second:.0f} pairs/s"
        )

    return on_log
