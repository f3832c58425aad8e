"""Does a list of jobs. Finished jobs are not repeated, and a summary file always says how far the batch is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.batch.crew import Crew
from app.batch.job import Job, JobError, JobResult
from app.batch.places import done_before, held, remove_left, write_summary
from app.batch.worker import Progress, Task


class State(StrEnum):
    DONE = "done"
    FAILED = "failed"
    LEFT = "left"  # not done yet


@dataclass(slots=True)
class JobReport:
    """The state of a job. ``is_old``: an earlier batch has done it."""

    job: Job
    state: State = State.LEFT
    result: JobResult | None = None
    problem: str = ""
    is_old: bool = False


class BatchReport(list[JobReport]):
    """All jobs, in the order of the manifest."""

    def count(self, state: State) -> int:  # type: ignore[override]
        return sum(report.state is state for report in self)


OnReport = Callable[[JobReport], None]
OnProgress = Callable[[Job, int, int], None]
"""Hears how many frames of a job are done, and of about how many (0: its video is looked through)."""


def carry_out_batch(
    jobs: Sequence[Job],
    folder: Path,
    crew: Crew,
    *,
    about: dict[str, Any] | None = None,
    on_report: OnReport = lambda report: None,
    on_progress: OnProgress = lambda job, done, total: None,
) -> BatchReport:
    """Do all jobs whose results are not in ``folder`` yet. A failed job is reported and does not stop the others.

    Args:
        about: copied into the summary.
        on_report: called for each job done earlier, and then for each job when it ends.

    Raises:
        PlaceError: if another batch works in the folder, or it cannot be written.
        OSError: if the summary cannot be written.
    """
    reports = BatchReport(map(JobReport, jobs))
    with held(folder):
        tasks = []
        for number, report in enumerate(reports):
            task = _begun(number, report, folder)
            if task is None:
                on_report(report)
            else:
                tasks.append(task)
        _sum_up(folder, reports, about)
        news = crew(tasks)
        try:
            for told in news:
                report = reports[told.number]
                if isinstance(told, Progress):
                    on_progress(report.job, told.done, told.total)
                    continue
                report.result, report.problem = told.result, told.problem
                report.state = State.FAILED if told.result is None else State.DONE
                _sum_up(folder, reports, about)
                on_report(report)
        finally:
            close = getattr(news, "close", None)
            if close is not None:
                close()
            remove_left(folder)
            _sum_up(folder, reports, about)
    return reports


def _begun(number: int, report: JobReport, folder: Path) -> Task | None:
    """The task; None if it is done already or cannot be done."""
    job = report.job
    try:
        digest = job.digest()
        report.result = done_before(job, digest, folder)
    except JobError as error:
        report.state, report.problem = State.FAILED, str(error)
        return None
    except OSError as error:
        report.state, report.problem = State.FAILED, f"{error.filename} cannot be read: {error.strerror}."
        return None
    if report.result is not None:
        report.state, report.is_old = State.DONE, True
        return None
    return Task(number, job, digest, folder)


def _sum_up(folder: Path, reports: BatchReport, about: dict[str, Any] | None) -> None:
    results = [report.result for report in reports if report.result is not None]
    totals = {name: sum(getattr(result, name) for result in results) for name in ("tracks", "boxes", "doubts", "lost")}
    counts = {state.value: reports.count(state) for state in State}
    write_summary(folder, {**(about or {}), **counts, **totals, "jobs": [_told(report) for report in reports]})


def _told(report: JobReport) -> dict[str, Any]:
    told: dict[str, Any] = {"name": report.job.name, "source": str(report.job.source), "state": report.state.value}
    if report.problem:
        told["problem"] = report.problem
    return {**told, **(asdict(report.result) if report.result is not None else {})}
