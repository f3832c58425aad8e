"""Turns annotated data into prepared pictures (``pictures/prepared.py``), whatever their format.

Sources that are already prepared are skipped, so a stopped run continues where it was. Broken images and boxes are
counted and skipped; a source that cannot be read is reported and left out.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

import av
import cv2

from tracker_core.evaluation.sequences import SequenceError
from tracker_core.training.pictures.prepared import PreparedDataError, SourceWriter
from tracker_core.training.sources.naming import Job, named, provenance_of
from tracker_core.training.sources.reach import usable, within_reach
from tracker_core.training.sources.reader import AnnotatedPicture, SourceError, SourceReader

NARROWEST = 50  # length over width; longer pictures would vanish when scaled down


@dataclass(slots=True)
class SourceReport:
    """The result for one source. ``problems`` counts what was left out, by reason; ``first`` says where each reason
    occurred first.
    """

    name: str
    pictures: int = 0
    boxes: int = 0
    skipped: bool = False
    remark: str = ""
    problems: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def note(self, problem: str, where: object = "") -> None:
        self.problems[problem] += 1
        self.first.setdefault(problem, str(where))


def prepare(
    readers: Iterable[SourceReader],
    out: Path,
    *,
    workers: int = 1,
    on_done: Callable[[SourceReport], None] = lambda report: None,
) -> list[SourceReport]:
    """Prepare every source into ``out`` and call ``on_done`` after each, in order. One worker means no extra process.

    Readers come from ``sources.finding.find_sources``; any other ``SourceReader`` works too.

    Raises:
        PreparedDataError: if ``out`` cannot be written to, or a process was killed. Finished sources stay.
    """
    jobs = named(readers, out)
    reports = []
    try:
        with _mapping(min(workers, sum(not job.is_there for job in jobs))) as mapped:
            for report in mapped(prepare_source, jobs, [out] * len(jobs)):
                reports.append(report)
                on_done(report)
    except BrokenProcessPool as error:  # a worker was killed, for example because memory ran out
        raise PreparedDataError(
            f"a worker that prepared {jobs[len(reports)].reader.path} or a later source was killed; what is done "
            "stays, so start again, with fewer workers"
        ) from error
    return reports


@contextmanager
def _mapping(workers: int) -> Iterator[Callable[..., Iterator[SourceReport]]]:
    """A ``map`` over this many processes."""
    if workers <= 1:
        yield map
        return
    # Spawned, because decoders and OpenCV start threads, and a process forked from one with threads may deadlock.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_quietly) as pool:
        yield pool.map


def _leave_quietly() -> None:
    """End a worker silently at Ctrl+C: every process of the terminal gets it, and the parent reports it."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit

    signal.signal(signal.SIGINT, leave)


class _UnreadableError(Exception):
    """A source cannot be read. Errors while writing end the whole run instead."""

    def __init__(self, problem: Exception, *, is_for_good: bool) -> None:
        super().__init__(str(problem))
        self.is_for_good = is_for_good


def prepare_source(job: Job, out: Path) -> SourceReport:
    """Prepare one source unless it is already prepared. If it has no usable picture, nothing is written.

    Raises:
        PreparedDataError: if ``out`` cannot be written to.
    """
    report = SourceReport(job.name, skipped=job.is_there, remark=job.remark)
    if job.is_there:
        return report
    cv2.setNumThreads(1)
    try:
        writer = SourceWriter(out, job.name, job.reader.kind, provenance_of(job.reader))
        try:
            _write_pictures(job.reader, writer, report)
            if report.pictures:
                writer.close()
        finally:
            writer.abandon()  # does nothing after a close
    except OSError as error:
        raise PreparedDataError(f"{job.reader.path} could not be prepared: {error}") from error
    return report


def _write_pictures(reader: SourceReader, writer: SourceWriter, report: SourceReport) -> None:
    try:
        for number, (image, instances) in enumerate(_read(reader, report), start=1):
            note = partial(report.note, where=f"picture {number}")
            kept = usable(instances, image, note)
            if max(image.shape[:2]) > NARROWEST * min(image.shape[:2]):
                note("picture over 50 times longer than wide")
            elif kept or not instances:
                writer.add(*within_reach(image, kept))
                report.pictures += 1
                report.boxes += len(kept)
    except _UnreadableError as error:  # a damaged source must not stop the others
        if error.is_for_good and report.pictures:
            report.note("damaged; the rest is left out", error)
        else:
            report.pictures = report.boxes = 0
            report.note(f"left out because it cannot be read: {error}")


def _read(reader: SourceReader, report: SourceReport) -> Iterator[AnnotatedPicture]:
    try:
        yield from reader.pictures(report.note)
    except (SourceError, SequenceError, av.FFmpegError, ValueError) as error:  # ValueError: impossible numbers
        raise _UnreadableError(error, is_for_good=True) from error
    except OSError as error:  # the files may be there at the next run
        raise _UnreadableError(error, is_for_good=False) from error
