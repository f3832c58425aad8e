"""A format as a plug-in: one line per box, ``frame track x y width height label``, with Siamark's 0-based frames and
pixels.
"""

from __future__ import annotations

from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row, TrackHead
from app.exchange.bounds import LARGEST_ID, box_within_reach, frame_index, whole
from app.exchange.errors import ExchangeError, read_text
from app.exchange.format import Format, Holds, Place, Written
from app.model.box_record import BoxRecord, Source
from app.model.project import VideoReference

TOLERANCE = 1e-3  # pixels; numbers are written with four digits behind the point


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    """``annotations`` are checked and in the order of frames. Siamark reads the written file back and compares it."""
    label_of = annotations.label_of_track()
    lines = []
    for row in annotations.rows:
        assert row.record.box is not None  # absences are not among the rows
        numbers = " ".join(f"{side:.4f}" for side in row.record.box.as_tuple())
        lines.append(f"{row.frame} {row.track_id} {numbers} {label_of[row.track_id]}\n")
    path.write_text("".join(lines), encoding="utf-8")
    return Written()


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """
    Raises:
        ExchangeError: naming the first invalid line. Numbers from a file have limits.
    """
    rows: list[Row] = []
    labels: dict[int, str] = {}
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        try:
            frame, track_id, x, y, width, height, *label = line.split(" ", 6)
            box = box_within_reach(x, y, width, height, video=video)
            row = Row(
                frame_index(frame), whole(track_id, "the track", low=1, high=LARGEST_ID), BoxRecord(box, Source.HUMAN)
            )
        except ValueError as error:
            raise ExchangeError(f"{path}, line {number}: {error}.") from None
        labels.setdefault(row.track_id, label[0] if label else "")
        rows.append(row)
    heads = tuple(TrackHead(track_id, label) for track_id, label in labels.items())
    ordered = tuple(sorted(rows, key=lambda row: (row.frame, row.track_id)))
    return Annotations(video, tuple(dict.fromkeys(labels.values())), heads, ordered)


def check(path: Path) -> list[str]:
    """What other readers of this format would not accept, one text per rule."""
    lines = read_text(path).splitlines()
    return [f"line {number} has fewer than 7 words" for number, line in enumerate(lines, 1) if line.count(" ") < 6]


FORMAT = Format(
    name="lines",
    label="Lines of boxes",
    description="One line per box, as an example of a plug-in.",
    file_filter="Text (*.txt)",
    suffix=".txt",
    place=Place.FILE,
    tolerance=TOLERANCE,
    write=write,
    read=read,
    check=check,
    holds=frozenset({Holds.TRACKS, Holds.LABELS}),
    first_class=None,
)
