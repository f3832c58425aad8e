"""Gives each source the name under which it is prepared, and finds out whether it is already prepared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker_core.training.pictures.prepared import Provenance
from tracker_core.training.sources.reader import SourceReader


@dataclass(frozen=True, slots=True)
class Job:
    """One source to prepare, or to skip if ``is_there``. ``remark`` is a remark for the user."""

    reader: SourceReader
    name: str
    is_there: bool = False
    remark: str = ""


def named(readers: Iterable[SourceReader], out: Path) -> list[Job]:
    """A job for each source, each with a unique name. A source that is given twice gets one job.

    If a name is taken, by another folder now or in an earlier run, it is prefixed with names of parent folders. A
    source whose truth has changed is prepared again. A source that was moved is recognised by its unchanged truth.
    """
    taken: set[str] = set()
    jobs = []
    for reader in distinct(readers):
        free = (name for name in _names_of(reader) if name.casefold() not in taken)
        jobs.append(next(job for job in (_job(reader, name, out) for name in free) if job is not None))
        taken.add(jobs[-1].name.casefold())
    return jobs


def distinct(readers: Iterable[SourceReader]) -> list[SourceReader]:
    """Each source once, even if a folder and one of its subfolders were both given."""
    return list({(reader.path, reader.name): reader for reader in readers}.values())


def provenance_of(reader: SourceReader) -> Provenance:
    """The provenance of a source. Its mark is empty if the files are gone; reading them will report that."""
    try:
        mark = reader.mark()
    except OSError:
        mark = ""
    return Provenance(str(reader.path), mark)


def _names_of(reader: SourceReader) -> Iterator[str]:
    name = reader.name
    yield name
    for folder in _above(reader):
        name = f"{folder}.{name}"
        yield name
    number = 2
    while True:
        yield f"{name}.{number}"
        number += 1


def _above(reader: SourceReader) -> Sequence[str]:
    """The parent folders whose names are not in the source's name yet, nearest first."""
    folders = [folder.name for folder in reader.path.parents if folder.name]
    told = reader.name.partition(".")[0]
    return folders[folders.index(told) + 1 :] if told in folders else folders


def _job(reader: SourceReader, name: str, out: Path) -> Job | None:
    """The job under this name; None if the name belongs to another source."""
    index = out / f"{name}.json"
    blob = index.with_suffix(".bin")
    if not (index.is_file() and blob.is_file() and blob.stat().st_size):  # old versions could leave an empty blob
        return Job(reader, name)
    before, now = Provenance.read(index), provenance_of(reader)
    if before is None:  # made by an old version, without a provenance
        return Job(reader, name, is_there=True)
    if before.path == now.path:
        if now.mark in ("", before.mark):
            return Job(reader, name, is_there=True)
        return Job(reader, name, remark="prepared again because its truth has changed")
    if before.mark == now.mark != "":
        return Job(reader, name, is_there=True, remark=f"prepared from {before.path}, which has the same truth")
    return None
