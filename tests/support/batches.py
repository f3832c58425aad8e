"""Batches for tests: jobs on a numbered clip, and a program that carries out a manifest with a tracker of the tests."""

from __future__ import annotations

import sys
from pathlib import Path

from app.batch.batch import BatchReport, carry_out_batch
from app.batch.crew import local_crew
from app.batch.job import FirstBox, Job
from app.batch.manifest import Defaults, read_manifest
from app.batch.worker import Seat
from app.model.project import Project
from app.store.looking import look_at_project
from tests.support.batch_trackers import load_drifting
from tracker_core.geometry import Box

SEAT = Seat("cpu", "float32")
BOX = Box(40, 20, 20, 10)


def box_job(name: str, video: Path, *, tracker: str = "drifting", exports: tuple[str, ...] = ("mot",)) -> Job:
    return Job(name, tracker, video=video, boxes=(FirstBox(BOX),), exports=exports)


def carried_out(jobs: list[Job], folder: Path, *, processes: int = 1) -> BatchReport:
    return carry_out_batch(jobs, folder, local_crew([SEAT] * processes, load_drifting))


def project_in(folder: Path) -> Project:
    return look_at_project(folder / "tracks.siamark")


def places(project: Project) -> dict[int, list[tuple[int, tuple[float, ...] | None]]]:
    """Frame and box of every record, by track, to compare two results."""
    return {
        track.id: [(frame, None if record.box is None else record.box.as_tuple()) for frame, record in track.items()]
        for track in project.tracks.values()
    }


def main(manifest: Path, folder: Path) -> None:
    """Print the name of each job when it ends."""
    jobs = read_manifest(manifest, Defaults("slow"))
    crew = local_crew([SEAT], load_drifting)
    carry_out_batch(
        jobs,
        folder,
        crew,
        on_report=lambda report: print(report.job.name, report.state, report.is_old, flush=True),
        on_progress=lambda job, done, total: print("at", job.name, done, flush=True),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
