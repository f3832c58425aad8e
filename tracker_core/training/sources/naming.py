"""Under which name each source is prepared, and whether it is there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker_core.training.pictures.prepared import Provenance
from tracker_core.training.sources.reader import SourceReader


@dataclass(frozen=True, slots=True)
class Job:
    """One source to be prepared, or (``is_there``) to be left as it is. ``remark`` is for the person."""

    reader: SourceReader
    name: str
    is_there: bool = False
    remark: str = ""


def named(readers: Iterable[SourceReader], out: Path) -> list[Job]:
    """A job for each source, each with a name of its own; a source that is given twice is one.

    Two folders may be called the same. The second one's name begins with more of the folders above it, and what an
    earlier run has made of another folder keeps its name as well. A source whose truth has changed is made anew. One
    that lies elsewhere than before, but has the same truth, is taken for the same.
    """
    taken: set[str] = set()
    jobs = []
    for reader in distinct(readers):
        free = (name for name in _names_of(reader) if name.casefold() not in taken)
        jobs.append(next(job for job in (_job(reader, name, out) for name in free) if job is not None))
        taken.add(jobs[-1].name.casefold())
    return jobs


def distinct(readers: Iterable[SourceReader]) -> list[SourceReader]:
    """Each source once, wherever a folder and one below it were both given."""
    return list({(reader.path, reader.name): reader for reader in readers}.values())


def provenance_of(reader: SourceReader) -> Provenance:
    """The mark is empty where the files are gone: reading them will tell."""
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
    """Folders above those that the name tells already, nearest first."""
    folders = [folder.name for folder in reader.path.parents if folder.name]
    told = reader.name.partition(".")[0]
    return folders[folders.index(told) + 1 :] if told in folders else folders


def _job(reader: SourceReader, name: str, out: Path) -> Job | None:
    """None if the name belongs to another source."""
    index = out / f"{name}.json"
    blob = index.with_suffix(".bin")
    if not (index.is_file() and blob.is_file() and blob.stat().st_size):  # an empty one was written once, and is no use
        return Job(reader, name)
    before, now = Provenance.read(index), provenance_of(reader)
    if before is None:  # made before sources said what they are made of
        return Job(reader, name, is_there=True)
    if before.path == now.path:
        if now.mark in ("", before.mark):
            return Job(reader, name, is_there=True)
        return Job(reader, name, remark="made anew, its truth has changed")
    if before.mark == now.mark != "":
        return Job(reader, name, is_there=True, remark=f"made of {before.path}, which has the same truth")
    return None
