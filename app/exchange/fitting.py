"""Changes that several formats need before they can hold boxes and labels exactly, each with its note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.exchange.annotations import Annotations, Row
from app.exchange.errors import quoted
from app.exchange.rows import SMALLEST_SIDE
from app.model.words import counted
from tracker_core.geometry import Box


def with_labels(annotations: Annotations, rename: Callable[[str], str]) -> Annotations:
    """Labels as a format can write them. If two become the same, a note says so."""
    names = {label: rename(label) for label in annotations.labels}
    notes = [f"The label {quoted(old)} is written as {quoted(new)}." for old, new in names.items() if old != new]
    if len(set(names.values())) < len(names):
        notes.append("Labels that differ in nothing else are written as one.")
    return replace(
        annotations,
        labels=tuple(dict.fromkeys(names.values())),
        tracks=tuple(replace(head, label=names[head.label]) for head in annotations.tracks),
        notes=(*annotations.notes, *notes),
    )


def within_picture(annotations: Annotations) -> Annotations:
    """Boxes cut at the border of the picture; boxes wholly outside are left out."""
    video = annotations.video
    rows, cut, outside = [], 0, 0
    for row in annotations.rows:
        box = row.record.box
        assert box is not None
        inside = box.clipped(width=video.width, height=video.height)
        if min(inside.width, inside.height) < SMALLEST_SIDE:
            outside += 1
        elif box.x >= 0 and box.y >= 0 and box.right <= video.width and box.bottom <= video.height:
            rows.append(row)
        else:
            cut += 1
            rows.append(with_box(row, inside))
    notes = []
    if cut:
        notes.append(f"{counted(cut, 'box', 'boxes')} cut at the border: the format holds what is in the picture.")
    if outside:
        notes.append(f"{counted(outside, 'box', 'boxes')} wholly outside the picture: left out.")
    # The note that boxes beyond the border are written as drawn no longer holds.
    kept = [note for note in annotations.notes if not note.endswith("written as drawn.")]
    return with_rows(replace(annotations, notes=tuple(kept)), rows, notes)


def with_rows(annotations: Annotations, rows: list[Row], notes: list[str]) -> Annotations:
    """Replace the rows; tracks without rows are dropped."""
    ids = {row.track_id for row in rows}
    return replace(
        annotations,
        rows=tuple(rows),
        tracks=tuple(head for head in annotations.tracks if head.id in ids),
        absences=tuple(row for row in annotations.absences or () if row.track_id in ids),
        notes=(*annotations.notes, *notes),
    )


def with_box(row: Row, box: Box) -> Row:
    return replace(row, record=replace(row.record, box=box))
