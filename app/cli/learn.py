"""The command ``learn``: what Track > Learn from this project does, without a window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.assist.learning import Learning, LearningError, LearningOutcome, LearningProgress, LearningTask
from app.assist.learning_plan import plan_learning, why_not
from app.assist.learnt_model import keep_learnt
from app.cli.options import DeviceOption, PrecisionOption, ProjectArgument, TrackerOption, VideoOption
from app.cli.output import progress_bar, refuse
from app.cli.project_file import exchange_errors_refused, place_video
from app.cli.trackers import loaded_tracker
from app.store.looking import look_at_project
from app.video.info import VideoError
from tracker_core.tracker import DeviceName, PrecisionName
from tracker_core.weights.catalog import model_named, models_folder
from tracker_core.weights.keeping import ModelError

PARTS_OF_BAR = 1000


def learn_command(
    project: ProjectArgument,
    tracker: TrackerOption,
    minutes: Annotated[
        float,
        typer.Option(
            metavar="N",
            min=0.1,
            max=10_000,
            help="How long it may learn; the comparison takes extra time.",
        ),
    ] = 5.0,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    video: VideoOption = None,
) -> None:
    """Teach a copy of a tracker the boxes of a project.

    The copy is added to your models only if it tracks better on boxes that it was not taught.
    """
    task = _task(project, tracker, video, minutes=minutes, device=device, precision=precision)
    plan = task.plan
    typer.echo(
        f"{tracker} learns from {len(plan.teaching)} boxes for {minutes:g} min; {plan.held_back} others are held back."
    )
    outcome = _learnt(task)
    for name, quality in (("learnt", outcome.comparison.after), (tracker, outcome.comparison.before)):
        typer.echo(f"mean overlap {quality.overlap:.3f}, at least a half {quality.share_half:.0%}: {name}")
    typer.echo(outcome.sentence)
    if outcome.learnt is None:
        return
    try:
        model = keep_learnt(outcome.learnt, folder=models_folder())
    except ModelError as error:
        refuse(error)
    typer.echo(f"Added {model.name}; track with it by --tracker {model.name}, or see models default.")


def _task(
    path: Path, tracker: str, video: Path | None, *, minutes: float, device: DeviceName, precision: PrecisionName
) -> LearningTask:
    with exchange_errors_refused():
        project = look_at_project(path)
        place_video(project, video)
    plan = plan_learning(project)
    if plan.refusal:
        refuse(plan.refusal)
    with exchange_errors_refused():
        place_video(project, None, needed=True)
    loaded_tracker(tracker, device=device, precision=precision)
    model = model_named(tracker)
    if problem := why_not(model):
        refuse(problem)
    return LearningTask(plan, model, path.stem, minutes, device, precision)


def _learnt(task: LearningTask) -> LearningOutcome:
    with progress_bar("learning", total=PARTS_OF_BAR) as show:

        def on_progress(progress: LearningProgress) -> None:
            show(round(PARTS_OF_BAR * progress.done), progress.what)

        try:
            return Learning(task, on_progress=on_progress).run()
        except (VideoError, LearningError) as error:
            refuse(error)
