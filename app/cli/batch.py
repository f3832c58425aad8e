"""The command ``batch``: many videos in, tracks and exports out. A killed batch can go on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.assist.loaded_tracker import LoadedTracker, load
from app.batch.batch import BatchReport, JobReport, State, carry_out_batch
from app.batch.crew import Crew, local_crew, seats_here
from app.batch.job import Job
from app.batch.manifest import Defaults, ManifestError, job_count, read_manifest
from app.batch.places import SUMMARY, PlaceError, read_summary
from app.batch.ray_crew import ClusterError, RayCluster
from app.batch.worker import Seat
from app.batch.workspace_jobs import jobs_of_workspace
from app.cli.options import DeviceOption, PrecisionOption, TrackerOption
from app.cli.output import FAULTS_FOUND, complain, progress_bar, refuse, show_notes
from app.exchange.errors import ExchangeError
from app.exchange.formats import format_named
from app.model.words import counted, duration_text
from app.settings.tracker_choice import TrackerChoice
from app.store.autosave import autosave_folder
from tracker_core.tracker import DeviceName, PrecisionName
from tracker_core.weights.catalog import CatalogError, model_named, models_folder

MOST_PROCESSES = 256


def batch_command(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="MANIFEST|WORKSPACE",
            help="A list of jobs in TOML or JSON (docs/batch.md), or a folder, to continue its projects.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="A folder; each job gets a subfolder.", show_default=False)
    ],
    tracker: TrackerOption,
    exports: Annotated[
        list[str] | None,
        typer.Option("--export", metavar="FORMAT", help="For jobs without exports of their own; may be repeated."),
    ] = None,
    device: DeviceOption = "auto",
    precision: PrecisionOption = "auto",
    ray: Annotated[
        str | None,
        typer.Option("--ray", metavar="ADDRESS", help="Work on this running Ray cluster (docs/batch.md)."),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=MOST_PROCESSES, help="Jobs at a time; by default one per device."),
    ] = None,
) -> None:
    """Track many videos, each with first boxes, detections or a project; or the projects of all videos in a folder.

    Each job gets a folder with a project, tracks.siamark, and the exports; summary.json lists the state of all jobs.
    Run the command again to do what is not done yet, for example after it was killed. A failed job is reported and
    does not stop the others; the exit code is then 1.
    """
    jobs = _jobs(source, Defaults(tracker, _formats(exports or [])))
    _refuse_unknown_trackers(jobs)
    if ray is not None and processes is not None:
        refuse("--processes is of this machine; a cluster has as many at a time as it has cores or GPUs")
    precision = _precision_of(out, device, precision)
    if ray is not None:
        with _cluster(ray) as cluster:
            seat = _seat_there(cluster, device, precision)
            _finish(jobs, source, out, cluster.crew(seat, load_tracker), seat, device)
        return
    seats = _seats(device, precision, processes)
    _finish(jobs, source, out, local_crew(seats, load_tracker), seats[0], device)


def _finish(jobs: list[Job], source: Path, out: Path, crew: Crew, seat: Seat, device: DeviceName) -> None:
    """Do the batch, and print how it went."""
    about = {
        "manifest": str(source.absolute()),
        "asked_device": device,
        "device": seat.device,
        "precision": seat.precision,
    }
    reports = _carried_out(jobs, out, crew, about)
    done, failed = reports.count(State.DONE), reports.count(State.FAILED)
    typer.echo(f"{job_count(jobs)}: {done} done, {failed} failed. {out / SUMMARY} says more.")
    if failed:
        raise typer.Exit(FAULTS_FOUND)


def load_tracker(choice: TrackerChoice, cores: int) -> LoadedTracker:
    """Load a tracker, in a process of a batch."""
    return load(choice, models_folder=models_folder(), cores=cores)


def _jobs(source: Path, defaults: Defaults) -> list[Job]:
    try:
        if not source.is_dir():
            return read_manifest(source, defaults)
        jobs, notes = jobs_of_workspace(source, autosave_folder(), defaults)
        show_notes(notes)
        return jobs
    except ManifestError as error:
        refuse(error)


def _formats(names: list[str]) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(format_named(name).name for name in names))
    except ExchangeError as error:
        refuse(error)


def _refuse_unknown_trackers(jobs: list[Job]) -> None:
    for name in dict.fromkeys(job.tracker for job in jobs):
        try:
            model_named(name)
        except CatalogError as error:
            refuse(error)


def _precision_of(out: Path, device: DeviceName, precision: PrecisionName) -> PrecisionName:
    """The precision. A continued batch keeps the one that it began with, even if another is faster now."""
    before = read_summary(out)
    if precision == "auto" and before.get("asked_device") == device and before.get("precision") in ("float32", "bf16"):
        return "bf16" if before["precision"] == "bf16" else "float32"
    return precision


def _seats(device: DeviceName, precision: PrecisionName, processes: int | None) -> list[Seat]:
    from tracker_core.runtime.placement import DeviceError

    try:
        return seats_here(device, precision, processes)
    except DeviceError as error:
        refuse(error)


@contextmanager
def _cluster(address: str) -> Iterator[RayCluster]:
    try:
        cluster = RayCluster(address)
    except ClusterError as error:
        refuse(error)
    try:
        yield cluster
    finally:
        cluster.leave()


def _seat_there(cluster: RayCluster, device: DeviceName, precision: PrecisionName) -> Seat:
    try:
        return cluster.seat(device, precision)
    except ClusterError as error:
        refuse(error)


def _carried_out(jobs: list[Job], out: Path, crew: Crew, about: dict[str, str]) -> BatchReport:
    ended = 0
    with progress_bar("jobs", total=len(jobs)) as show:

        def on_report(report: JobReport) -> None:
            nonlocal ended
            ended += 1
            show(ended)
            _tell(report)

        def on_progress(job: Job, done: int, total: int) -> None:
            show(ended, f"{job.name}: frame {done:,} of {total:,}" if total else f"{job.name}: looking through it")

        try:
            return carry_out_batch(jobs, out, crew, about=about, on_report=on_report, on_progress=on_progress)
        except PlaceError as error:
            refuse(error)
        except KeyboardInterrupt:
            complain(f"{job_count(jobs[:ended])} of {len(jobs)} are done; give the command again to go on")
            raise


def _tell(report: JobReport) -> None:
    name, result = report.job.name, report.result
    if result is None:
        complain(f"{name} failed: {report.problem}")
        return
    if report.is_old:
        typer.echo(f"{name}: done before.")
        return
    lost = f", {counted(result.lost, 'track')} lost on the way" if result.lost else ""
    boxes, tracks = counted(result.boxes, "box", "boxes"), counted(result.tracks, "track")
    typer.echo(
        f"{name}: {boxes} of {tracks}, {counted(result.doubts, 'doubt')}{lost}, in {duration_text(result.seconds)}."
    )
    show_notes(result.notes)
