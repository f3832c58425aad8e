"""Export: write beside the goal, check, read back, compare, and only then put in place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row
from app.exchange.bounds import LAST_FRAME
from app.exchange.errors import ExchangeError, printable, quoted, shortened
from app.exchange.formats import Format, format_named
from app.exchange.rows import collect_rows
from app.model.project import Project

DRAFT_PREFIX = ".siamark-export-"  # short: a name may be as long as the file system allows, and this one lies beside it

OnStep = Callable[[str], None]
"""Hears what is done next, as in "reading it back". What it raises ends the export, and nothing was changed."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: frames that hold a box, tracks, boxes, and a sentence for everything left out or changed.

    ``classes``: the labels in the order of their numbers, which begin with ``first_class``.
    """

    frames: int
    tracks: int
    boxes: int
    notes: tuple[str, ...]
    classes: tuple[str, ...] = ()
    first_class: int = 1

    @property
    def numbered_classes(self) -> str:
        """``1 person, 2 car``; empty where the file has no classes."""
        return ", ".join(f"{number} {label}" for number, label in enumerate(self.classes, start=self.first_class))


def export(
    project: Project,
    format_name: str,
    path: Path,
    options: ExportOptions | None = None,
    *,
    on_step: OnStep = lambda what: None,
) -> ExportReport:
    """Write the tracks of a project to ``path``. The project must not change meanwhile.

    Whatever fails, what stood at ``path`` before stands there still.

    Raises:
        ExchangeError: for an unknown format, a place that cannot be written, or a file that does not read back.
    """
    options = options or ExportOptions()
    check_goal(format_name, path)
    entry = format_named(format_name)
    goal = _resolved(path)
    _check_length(project)
    on_step("collecting boxes")
    annotations = collect_rows(project, options)
    on_step(f"writing {len(annotations.rows):,} boxes")
    try:
        with TemporaryDirectory(prefix=DRAFT_PREFIX, dir=goal.parent) as folder:
            draft = Path(folder, goal.name)
            _be_like(goal, draft)
            notes = entry.write(draft, annotations, options)
            _verify(entry, draft, annotations, options, on_step)
            on_step("putting it in place")
            _put_in_place(draft, goal, replaced=Path(folder, "replaced"))
    except OSError as error:
        raise ExchangeError(f"{path} could not be written: {error.strerror or error}. Nothing was changed.") from error
    except ValueError as error:
        raise ExchangeError(f"{path} could not be written: {error}. Nothing was changed.") from error
    return ExportReport(
        frames=len({row.frame for row in annotations.rows}),
        tracks=len(annotations.tracks),
        boxes=len(annotations.rows),
        notes=tuple(map(printable, annotations.notes + notes)),
        classes=annotations.labels,
    )


def check_goal(format_name: str, path: Path) -> None:
    """See that ``export`` can write there, before the work that makes what is to be exported.

    Raises:
        ExchangeError: for an unknown format or a place that cannot be written.
    """
    entry, goal = format_named(format_name), _resolved(path)
    if not goal.parent.is_dir():
        raise ExchangeError(f"The folder {goal.parent} does not exist; make it first.")
    if not os.access(goal.parent, os.W_OK):
        raise ExchangeError(f"The folder {goal.parent} cannot be written to; choose another.")
    if goal.is_dir() and not entry.may_be_folder:
        raise ExchangeError(f"{goal} is a folder; {entry.label} is written to one file, such as tracks{entry.suffix}.")


def _resolved(path: Path) -> Path:
    """
    Raises:
        ExchangeError: for what no file system takes as a path.
    """
    try:
        goal = path.resolve()
        goal.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return goal
    except OSError as error:
        raise ExchangeError(f"{shortened(str(path))} cannot be written to: {error.strerror}.") from None
    except ValueError:  # a zero byte, or a character that the system has no bytes for
        raise ExchangeError(f"{shortened(str(path))} is no path that a file can have; choose another.") from None
    return goal


def _check_length(project: Project) -> None:
    frame_count = project.video.frame_count
    if frame_count > LAST_FRAME:
        raise ExchangeError(
            f"The project says that its video has {quoted(frame_count)} frames; at most {LAST_FRAME} can be written."
        )


def _be_like(goal: Path, draft: Path) -> None:
    """Formats tell a file from a folder by what is there already, so the draft begins as what it will replace."""
    if goal.is_dir():
        draft.mkdir()
    elif goal.is_file():
        draft.touch()


def _verify(entry: Format, draft: Path, written: Annotations, options: ExportOptions, on_step: OnStep) -> None:
    """
    Raises:
        ExchangeError: if a consumer would not read exactly what was to be written.
    """
    on_step("checking what was written")
    faults = entry.check(draft)
    if faults:
        raise ExchangeError(f"The {entry.label} export would be refused by its readers and was not kept: {faults[0]}.")
    reading = ImportOptions(label_names=written.labels, first_pixel=options.first_pixel)
    on_step("reading it back")
    read = entry.read(draft, written.video, reading)
    on_step("comparing")
    difference = _difference(written, read, tolerance=entry.tolerance)
    if difference:
        raise ExchangeError(f"The {entry.label} export does not read back as written and was not kept: {difference}.")


def _difference(written: Annotations, read: Annotations, *, tolerance: float) -> str | None:
    if len(written.rows) != len(read.rows):
        return f"{len(written.rows)} boxes became {len(read.rows)}"
    for ours, theirs in zip(written.rows, read.rows, strict=True):
        if not _same(ours, theirs, tolerance=tolerance):
            return f"track {ours.track_id} in frame {ours.frame} became {theirs.record.box}"
    labels = {head.id: head.label for head in read.tracks}
    for head in written.tracks:
        if labels.get(head.id) != head.label:
            return f'the label "{head.label}" of track {head.id} became "{labels.get(head.id)}"'
    return None


def _same(ours: Row, theirs: Row, *, tolerance: float) -> bool:
    if (ours.frame, ours.track_id) != (theirs.frame, theirs.track_id):
        return False
    here, there = ours.record.box, theirs.record.box
    if here is None or there is None or ours.record.occluded != theirs.record.occluded:
        return False
    return all(abs(a - b) <= tolerance for a, b in zip(here.as_tuple(), there.as_tuple(), strict=True))


def _put_in_place(draft: Path, goal: Path, *, replaced: Path) -> None:
    """Rename the draft to the goal; into a folder that is there already file by file, all or nothing."""
    files = [file for file in (draft, *sorted(draft.rglob("*"))) if file.is_file()]
    for file in files:
        _flush_to_disk(file)
    if not (draft.is_dir() and goal.is_dir()):
        os.replace(draft, goal)
        return
    done: list[tuple[Path, Path | None]] = []
    try:
        for file in files:
            place = goal / file.relative_to(draft)
            place.parent.mkdir(parents=True, exist_ok=True)
            before = _keep_copy(place, replaced / f"{len(done)}")
            os.replace(file, place)
            done.append((place, before))
    except BaseException:
        for place, before in reversed(done):
            if before is None:
                place.unlink()
            else:
                os.replace(before, place)
        raise


def _keep_copy(file: Path, copy: Path) -> Path | None:
    if not file.exists():
        return None
    copy.parent.mkdir(exist_ok=True)
    shutil.copy2(file, copy)
    return copy


def _flush_to_disk(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
