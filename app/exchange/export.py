"""Export: writes a draft, checks it, reads it back, compares it, and only then puts it in place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions
from app.exchange.bounds import LAST_FRAME
from app.exchange.box_rows import BoxRows
from app.exchange.drafts import draft_folder
from app.exchange.errors import ExchangeError, printable, quoted, shortened
from app.exchange.format import Export, Format, Holds, OnStep, Option, Rendering
from app.exchange.formats import FORMATS, export_named
from app.exchange.losses import lost_in
from app.exchange.pictures import write_pictures
from app.exchange.rows import collect_rows
from app.model.box_record import BoxRecord
from app.model.certificate_words import report
from app.model.detection import report as detections_left
from app.model.note import report as notes_left
from app.model.project import Project, VideoReference
from app.model.score_meaning import ScoreMeaning
from app.model.uncalibrated_scores import count_in
from app.model.words import counted

MANY = 50_000
"""Boxes from which on a format that can is compared part by part."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: frames that hold a box, tracks, boxes, and a sentence for everything left out or changed.

    ``classes``: the labels in the order of their numbers, which begin with ``first_class``; those ``vacated``
    only hold a number free. ``pictures``: how many frames, crops or frames of video were written, of which ``unit`` is
    the singular and the plural.
    ``is_read_back``: whether every box was read again and compared.
    """

    frames: int
    tracks: int
    boxes: int
    notes: tuple[str, ...]
    classes: tuple[str, ...] = ()
    vacated: frozenset[str] = frozenset()
    first_class: int = 1
    pictures: int = 0
    unit: tuple[str, str] = ("picture", "pictures")
    is_read_back: bool = True

    @property
    def amount(self) -> str:
        """``17 boxes of 2 tracks on 9 frames and 9 pictures``."""
        boxes, tracks = counted(self.boxes, "box", "boxes"), counted(self.tracks, "track")
        pictures = f" and {counted(self.pictures, *self.unit)}" if self.pictures else ""
        return f"{boxes} of {tracks} on {counted(self.frames, 'frame')}{pictures}"

    @property
    def numbered_classes(self) -> str:
        """``1 person, 2 car``; empty where the file has no classes."""
        numbered = enumerate(self.classes, start=self.first_class)
        return ", ".join(f"{number} {label}" for number, label in numbered if label not in self.vacated)


def export(
    project: Project,
    format_name: str,
    path: Path,
    options: ExportOptions | None = None,
    *,
    on_step: OnStep = lambda what: None,
) -> ExportReport:
    """Write the tracks of a project to ``path``. The project must not change meanwhile.

    If anything fails, ``path`` is unchanged.

    Raises:
        ExchangeError: for an unknown format, a place that cannot be written, or a file that does not read back.
    """
    options = options or ExportOptions()
    entry = export_named(format_name)
    goal = _resolved(path)
    if goal.is_file() and goal == _resolved(project.video.path):
        raise ExchangeError(f"{path} is the video itself; choose another place for the export.")
    check_goal(format_name, path)
    _check_options(entry, options)
    _check_length(project)
    on_step("collecting boxes")
    annotations = collect_rows(project, options)
    if isinstance(entry, Format):
        annotations = entry.fit(annotations, options)
    try:
        with draft_folder(goal.parent) as folder:
            draft = folder / "new" / goal.name
            draft.parent.mkdir()
            _be_like(goal, draft)
            if isinstance(entry, Format):
                pictures, notes = _write(entry, draft, annotations, options, goal, on_step)
                notes = *notes, *_uncalibrated(entry, annotations, options, project)
            else:
                assert isinstance(entry, Rendering)
                pictures, notes = _render(entry, draft, annotations, options, goal, on_step)
            on_step("putting it in place")
            _put_in_place(draft.parent, goal.parent, replaced=folder / "replaced")
    except OSError as error:
        raise ExchangeError(f"{path} could not be written: {error.strerror or error}. Nothing was changed.") from error
    except ValueError as error:
        raise ExchangeError(f"{path} could not be written: {error}. Nothing was changed.") from error
    return ExportReport(
        frames=_frames_in(annotations),
        tracks=len(annotations.tracks),
        boxes=len(annotations.rows),
        notes=tuple(
            map(
                printable,
                (
                    *report(project),
                    *notes_left(project.notes),
                    *detections_left(project.detections),
                    *annotations.notes,
                    *notes,
                ),
            )
        ),
        classes=() if entry.first_class is None else annotations.labels,
        vacated=annotations.vacated,
        first_class=entry.first_class or 0,
        pictures=pictures,
        unit=entry.unit,
        is_read_back=isinstance(entry, Format),
    )


def _uncalibrated(entry: Format, annotations: Annotations, options: ExportOptions, project: Project) -> tuple[str, ...]:
    """A note about scores that are not calibrated, if they were written or decided what was written."""
    if Holds.SCORES not in entry.held(options) and options.minimum_score is None:
        return ()
    rows = BoxRows.of(annotations.rows).records
    return tuple(
        f"Scores of {counted(count, 'box', 'boxes')} {how}: not calibrated."
        for meaning, how in (
            (ScoreMeaning.RAW, "are the network's own numbers"),
            (ScoreMeaning.CHANGED, "were made with changed settings"),
        )
        if (count := count_in(rows, project.runs, meaning))
    )


def _frames_in(annotations: Annotations) -> int:
    rows = annotations.rows
    return len(np.unique(rows.frames)) if isinstance(rows, BoxRows) else len({row.frame for row in rows})


def _write(
    entry: Format, draft: Path, annotations: Annotations, options: ExportOptions, goal: Path, on_step: OnStep
) -> tuple[int, tuple[str, ...]]:
    """Write, read back and compare. Returns how many pictures were written, and notes."""
    on_step(f"writing {len(annotations.rows):,} boxes")
    written = entry.write(draft, annotations, options)
    _verify(entry, draft, annotations, options, on_step)
    for file in draft.parent.rglob("*"):
        if file.is_file():
            flush_to_disk(file)  # pictures are left out, because they can be made again and there may be thousands
    notes = *lost_in(annotations, entry.held(options)), *written.notes
    video = annotations.video.path
    if entry.names_pictures and not video.suffix and not video.exists():  # a video file has no names that could be lost
        notes = (
            *notes,
            f"{video} is not there: pictures are named by numbers and not as they are called in that folder.",
        )
    if written.pictures:
        folders = {path.parent for paths in written.pictures.values() for path in paths}
        _check_pictures(folders, annotations.video, drafts=draft.parent, goals=goal.parent)
        notes = *notes, *write_pictures(annotations.video, written.pictures, on_step)
    return len(written.pictures), notes


def _render(
    entry: Rendering, draft: Path, annotations: Annotations, options: ExportOptions, goal: Path, on_step: OnStep
) -> tuple[int, tuple[str, ...]]:
    """Write a rendering. Returns how many pictures it has, and notes."""
    if entry.may_be_folder:
        _check_pictures({draft}, annotations.video, drafts=draft.parent, goals=goal.parent)
    rendered = entry.render(draft, annotations, options, on_step)
    if not entry.may_be_folder:
        flush_to_disk(draft)
    return rendered.pictures, rendered.notes


def check_goal(format_name: str, path: Path) -> None:
    """Check that ``export`` can write there, before long work such as tracking.

    Raises:
        ExchangeError: for an unknown format or a place that cannot be written.
    """
    entry, goal = export_named(format_name), _resolved(path)
    if not goal.parent.is_dir():
        raise ExchangeError(f"The folder {goal.parent} does not exist; make it first.")
    if not os.access(goal.parent, os.W_OK):
        raise ExchangeError(f"The folder {goal.parent} cannot be written to; choose another.")
    if goal.is_dir() and not entry.may_be_folder:
        raise ExchangeError(f"{goal} is a folder; {entry.label} is written to one file, such as tracks{entry.suffix}.")
    refuse_precious(goal, is_text=entry in FORMATS)


def refuse_precious(goal: Path, *, is_text: bool) -> None:
    """Refuse to overwrite a person's work: a project, or a file of another kind than the export, which no earlier
    export can have left.

    Raises:
        ExchangeError: if it would.
    """
    if goal.exists() and not goal.is_file() and not goal.is_dir():  # a pipe or a device
        raise ExchangeError(f"{goal} is neither a file nor a folder; choose another place.")
    if not goal.is_file():
        return
    try:
        with goal.open("rb") as file:
            begins = file.read(_LOOKED_AT)
    except OSError:  # it cannot be read; writing will report why
        return
    if begins.startswith(_SQLITE):
        raise ExchangeError(f"{goal} is a project or another database and is not replaced; choose another place.")
    if is_text and b"\0" in begins:
        raise ExchangeError(f"{goal} is no text, so it is no earlier export and is not replaced; choose another place.")


_SQLITE = b"SQLite format 3\0"
_LOOKED_AT = 8192  # bytes


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
    except ValueError:  # a zero byte, or a character that the system cannot encode
        raise ExchangeError(f"{shortened(str(path))} is not a possible path; choose another.") from None
    return goal


def _check_options(entry: Export, options: ExportOptions) -> None:
    given = {
        Option.PICTURES: bool(options.pictures),
        Option.SINGLE_CLASS: options.single_class,
        Option.FIRST_PIXEL: options.first_pixel != 1,
        Option.MARGIN: bool(options.margin),
        Option.MOT17: options.mot17,
        Option.POLYGONS: options.polygons,
        Option.COLUMNS: bool(options.columns),
    }
    for option, is_given in given.items():
        if is_given and option not in entry.options:
            raise ExchangeError(f"{entry.label} has no option {option}; leave it out.")


def _check_pictures(folders: Set[Path], video: VideoReference, *, drafts: Path, goals: Path) -> None:
    """
    Args:
        folders: where pictures will be, laid out as below ``drafts``.

    Raises:
        ExchangeError: if a picture would lie among those that the video consists of, and perhaps replace one.
    """
    own = video.path.resolve()
    if any((goals / folder.relative_to(drafts)).resolve() == own for folder in folders):
        raise ExchangeError(f"The pictures would be written into {own}, among those of the video; export elsewhere.")


def _check_length(project: Project) -> None:
    frame_count = project.video.frame_count
    if frame_count > LAST_FRAME:
        raise ExchangeError(
            f"The project says that its video has {quoted(frame_count)} frames; at most {LAST_FRAME} can be written."
        )


def _be_like(goal: Path, draft: Path) -> None:
    """Make the draft a file or folder like the one that it replaces, because formats decide by what exists."""
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
    if entry.difference_in_many is not None and len(written.rows) >= MANY:
        try:
            difference = entry.difference_in_many(draft, written)
        except LookupError as error:
            difference = f"{error} is not there"
        if difference:
            raise ExchangeError(
                f"The {entry.label} export does not read back as written and was not kept: {difference}."
            )
        return
    faults = entry.checker(options)(draft)
    if faults:
        raise ExchangeError(f"The {entry.label} export would be refused by its readers and was not kept: {faults[0]}.")
    reading = ImportOptions(
        label_names=written.labels,
        first_pixel=options.first_pixel,
        frames=written.frames if entry.counts_frames else None,
        columns=options.columns,
    )
    on_step("reading it back")
    read = entry.read(draft, written.video, entry.reading(reading))
    on_step("comparing")
    held = entry.held(options)
    compare = _difference if Holds.TRACKS in held else _lost
    difference = compare(written, read, held, tolerance=entry.tolerance)
    if difference:
        raise ExchangeError(f"The {entry.label} export does not read back as written and was not kept: {difference}.")


def _difference(written: Annotations, read: Annotations, held: Set[Holds], *, tolerance: float) -> str | None:
    if len(written.rows) != len(read.rows):
        return f"{len(written.rows)} boxes became {len(read.rows)}"
    for ours, theirs in zip(written.rows, read.rows, strict=True):
        is_same_place = (ours.frame, ours.track_id) == (theirs.frame, theirs.track_id)
        if not is_same_place or not _same(ours.record, theirs.record, held, tolerance=tolerance):
            return f"track {ours.track_id} in frame {ours.frame} became {theirs.record.box}"
    labels = read.label_of_track()
    for head in written.tracks if Holds.LABELS in held else ():
        if labels.get(head.id) != head.label:
            return f"the label {quoted(head.label)} of track {head.id} became {quoted(labels.get(head.id))}"
    return None


def _lost(written: Annotations, read: Annotations, held: Set[Holds], *, tolerance: float) -> str | None:
    """The difference in a format without tracks: boxes of a frame are compared in the order in which they stand."""
    if len(written.rows) != len(read.detections):
        return f"{len(written.rows)} boxes became {len(read.detections)}"
    label_of = written.label_of_track()
    for ours, theirs in zip(written.rows, sorted(read.detections, key=lambda found: found.frame), strict=True):
        is_same_label = Holds.LABELS not in held or label_of[ours.track_id] == theirs.label
        if (
            ours.frame != theirs.frame
            or not is_same_label
            or not _same(ours.record, theirs.record, held, tolerance=tolerance)
        ):
            return f"a box of track {ours.track_id} in frame {ours.frame} became {theirs.record.box}"
    return None


def _same(ours: BoxRecord, theirs: BoxRecord, held: Set[Holds], *, tolerance: float) -> bool:
    here, there = ours.box, theirs.box
    if here is None or there is None or (Holds.OCCLUDED in held and ours.occluded != theirs.occluded):
        return False
    # Most boxes are equal, so compare whole tuples first.
    sides, read = here.as_tuple(), there.as_tuple()
    return sides == read or all(abs(a - b) <= tolerance for a, b in zip(sides, read, strict=True))


def _put_in_place(drafts: Path, goals: Path, *, replaced: Path) -> None:
    """Move everything in one folder into another, all or nothing; file by file if a folder already exists."""
    pieces = [piece for draft in sorted(drafts.iterdir()) for piece in _pieces(draft, goals / draft.name)]
    done: list[tuple[Path, Path | None]] = []
    try:
        for piece in pieces:
            place = goals / piece.relative_to(drafts)
            place.parent.mkdir(parents=True, exist_ok=True)
            before = _keep_copy(place, replaced / f"{len(done)}")
            os.replace(piece, place)
            done.append((place, before))
    except BaseException:
        for place, before in reversed(done):
            if before is not None:
                os.replace(before, place)
            elif place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink()
        raise


def _pieces(draft: Path, goal: Path) -> list[Path]:
    """What can be renamed at once: a folder that does not exist yet as a whole, otherwise its content."""
    if not (draft.is_dir() and goal.is_dir()):
        return [draft]
    return [piece for inner in sorted(draft.iterdir()) for piece in _pieces(inner, goal / inner.name)]


def _keep_copy(file: Path, copy: Path) -> Path | None:
    if not file.exists():
        return None
    copy.parent.mkdir(exist_ok=True)
    shutil.copy2(file, copy)
    return copy


def flush_to_disk(file: Path) -> None:
    """Wait until a file is on the disk, so that a power failure cannot replace the old file by an empty one."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
