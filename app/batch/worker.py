"""A process of a batch: does one job after the other, reports progress, and exits when the batch is gone."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from app.assist.loaded_tracker import LoadedTracker
from app.batch.doing import do_job
from app.batch.job import Job, JobError, JobResult
from app.batch.places import draft_for, put_in_place
from app.settings.tracker_choice import TrackerChoice
from tracker_core.tracker import DeviceName, PrecisionName

SECONDS_BETWEEN_NEWS = 0.2

Load = Callable[[TrackerChoice, int], LoadedTracker]
"""Loads a tracker that may use so many cores (0: all). A function of a module, so that other processes find it."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a process computes. ``gpu``: CUDA's number of the GPU; empty for any."""

    device: DeviceName
    precision: PrecisionName
    gpu: str = ""
    cores: int = 0  # 0: all


@dataclass(frozen=True, slots=True)
class Task:
    """A job, and the folder for its results."""

    number: int
    job: Job
    digest: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Progress:
    number: int
    done: int
    total: int  # 0 while the video is being indexed


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: a result, or a sentence why there is none."""

    number: int
    result: JobResult | None
    problem: str = ""


class Trackers:
    """Loads each tracker once."""

    def __init__(self, seat: Seat, load: Load) -> None:
        self._seat = seat
        self._load = load
        self._loaded: dict[str, LoadedTracker] = {}

    def named(self, name: str) -> LoadedTracker:
        """
        Raises:
            JobError: if it cannot be loaded.
        """
        if name not in self._loaded:
            try:
                loaded = self._load(TrackerChoice(name, self._seat.device, self._seat.precision), self._seat.cores)
            except Exception as error:
                raise JobError(f"The tracker {name} cannot be loaded: {error}") from error
            self._loaded[name] = loaded
        return self._loaded[name]


def do_task(task: Task, trackers: Trackers, on_progress: Callable[[int, int], None]) -> Outcome:
    """Do a job. Its folder exists if this returns a result, and does not otherwise."""
    draft: Path | None = None
    try:
        draft = draft_for(task.job.name, task.folder)
        result = do_job(task.job, draft, trackers.named, on_progress)
        put_in_place(draft, task.job, task.digest, result, task.folder)
    except JobError as error:
        return Outcome(task.number, None, str(error))
    except Exception as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return Outcome(task.number, None, f"It failed ({what}).")
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
    return Outcome(task.number, result)


class ListenerGoneError(BaseException):
    """The batch no longer runs. Not an Exception, so that no video reader turns it into one of its own."""


def work(connection: Connection, seat: Seat, load: Load) -> None:
    """The main loop of a process: receive tasks, send progress and outcomes, until None arrives or the other side is
    gone.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches every process; only the parent reacts
    if seat.gpu:
        os.environ["CUDA_VISIBLE_DEVICES"] = seat.gpu  # before torch is loaded
    trackers = Trackers(seat, load)
    try:
        while (task := connection.recv()) is not None:
            connection.send(do_task(task, trackers, _teller(connection, task.number)))
    except (EOFError, OSError, ListenerGoneError):
        return


def _teller(connection: Connection, number: int) -> Callable[[int, int], None]:
    told_at = -SECONDS_BETWEEN_NEWS

    def tell(done: int, total: int) -> None:
        nonlocal told_at
        now = time.monotonic()
        if now - told_at < SECONDS_BETWEEN_NEWS:
            return
        told_at = now
        try:
            connection.send(Progress(number, done, total))
        except OSError:
            raise ListenerGoneError from None

    return tell
