"""The folder of a batch: one folder for each finished job, never a half-finished one."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.batch.job import Job, JobError, JobResult

ABOUT = "job.json"
SUMMARY = "summary.json"
LOCK = ".siamark-batch.lock"
LARGEST_ABOUT = 2**20  # bytes
LONGEST_HOST = 40  # characters

_DRAFT = re.compile(r"\.siamark-job-.*\.(?P<host>[^.]+)\.(?P<pid>\d+)\.partial")


class PlaceError(Exception):
    """The folder cannot be used; the text is the sentence for the person."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make the folder, and lock it against other batches until the end of the block. A crash releases the lock.

    Raises:
        PlaceError: if another batch works there, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise PlaceError(f"{folder} cannot be written: {error.strerror}; choose another folder.") from None
    try:
        _lock(lock, folder)
        remove_left(folder)
        yield
    finally:
        os.close(lock)


def draft_for(job_name: str, folder: Path) -> Path:
    """A new, empty folder of this process. ``put_in_place`` renames it when it is filled."""
    draft = folder / f".siamark-job-{job_name}.{_host()}.{os.getpid()}.partial"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    return draft


def put_in_place(draft: Path, job: Job, digest: str, result: JobResult, folder: Path) -> None:
    """Rename a finished draft to the job's folder.

    Raises:
        JobError: if that name is taken by now.
        OSError: if the disk refuses.
    """
    about = {"digest": digest, "source": str(job.source), "tracker": job.tracker, **asdict(result)}
    (draft / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    goal = folder / job.name
    if goal.exists() or goal.is_symlink():
        shutil.rmtree(draft, ignore_errors=True)
        raise JobError(f"{goal} appeared meanwhile; it is left as it is.")
    os.rename(draft, goal)  # onto nothing, or an empty folder


def done_before(job: Job, digest: str, folder: Path) -> JobResult | None:
    """The result of exactly this job from an earlier batch; None if the job is not done yet.

    Raises:
        JobError: if something else is in the job's folder, which is never replaced.
    """
    goal = folder / job.name
    if not goal.exists() and not goal.is_symlink():
        return None
    advice = "move it away, or choose another --out"
    try:
        with (goal / ABOUT).open("rb") as file:
            about = json.loads(file.read(LARGEST_ABOUT))
        result = result_of(about)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise JobError(f"{goal} is there already, and no batch has made it; {advice}.") from None
    if about.get("digest") != digest:
        raise JobError(f"{goal} was made from other boxes, files or settings; {advice} to have it made anew.")
    return result


def result_of(about: Mapping[str, Any]) -> JobResult:
    """
    Raises:
        ValueError, TypeError, KeyError: if it is not a result.
    """
    frames, tracks, boxes, doubts, lost = (int(about[name]) for name in ("frames", "tracks", "boxes", "doubts", "lost"))
    outputs, notes = (tuple(map(str, about[name])) for name in ("outputs", "notes"))
    return JobResult(frames, tracks, boxes, doubts, lost, float(about["seconds"]), outputs, notes)


def write_summary(folder: Path, summary: Mapping[str, Any]) -> None:
    """Replace the summary, all or nothing.

    Raises:
        OSError: if the disk refuses.
    """
    unfinished = folder / f".{SUMMARY}.{os.getpid()}"
    try:
        unfinished.write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
        os.replace(unfinished, folder / SUMMARY)
    finally:
        unfinished.unlink(missing_ok=True)


def read_summary(folder: Path) -> dict[str, Any]:
    """The last summary; empty if there is none, or it cannot be read."""
    try:
        found = json.loads((folder / SUMMARY).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _lock(descriptor: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: only the folder names keep jobs apart
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PlaceError(f"Another batch works in {folder}; wait for it, or choose another folder.") from None
    except OSError:
        return  # a network drive without locks


def remove_left(folder: Path) -> None:
    """Remove unfinished folders of processes that no longer run. Those of other machines belonged to a cluster that was
    left.
    """
    for path in folder.iterdir():
        found = _DRAFT.fullmatch(path.name)
        if found and (found["host"] != _host() or not _runs(int(found["pid"]))):
            with suppress(OSError):
                shutil.rmtree(path)


def _host() -> str:
    """This machine's name, reduced to characters that a file name may have."""
    return re.sub(r"[^A-Za-z0-9-]", "-", platform.node())[:LONGEST_HOST] or "here"


def _runs(pid: int) -> bool:
    if os.name == "nt":
        return False  # on Windows the check would end the process
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True
