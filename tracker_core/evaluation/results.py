"""Raw results in the layouts of the toolkits, so that the toolkits can read them, and a run can be resumed.

    OTB, LaSOT   TRACKER/NAME.txt, TRACKER/times/NAME_time.txt                               (GOT-10k toolkit, pysot)
    GOT-10k      TRACKER/NAME/NAME_001.txt, NAME_time.txt                                    (GOT-10k toolkit)
    VOT          TRACKER/baseline/NAME/NAME_001.txt, NAME_001_time.value                     (VOT toolkit, pysot)
    VOT-LT       TRACKER/longterm/NAME/NAME_001.txt, NAME_001_confidence.value, NAME_001_time.value

A row is ``x,y,width,height`` in the data set's own 0- or 1-based pixels. In VOT's files a row may be a code instead: 1
started, 2 failed, 0 skipped. Times are in seconds.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation.runner import SequenceRun, State, one_pass_states
from tracker_core.evaluation.sequences import Sequence, SequenceError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ResultLayout:
    """The paths of a sequence's files, as patterns with ``{tracker}`` and ``{sequence}``."""

    boxes: str
    seconds: str
    scores: str | None = None
    has_codes: bool = False

    def write(self, run: SequenceRun, folder: Path, *, tracker: str) -> None:
        """Write the files. That of the boxes is written last and at once: if it exists, the result is complete.

        Raises:
            OSError: if it cannot be written.
        """
        _write_lines(self._path(self.seconds, folder, run.sequence, tracker), map(_number, run.seconds))
        if self.scores is not None:
            _write_lines(self._path(self.scores, folder, run.sequence, tracker), map(_number, run.scores))
        offset = np.array([run.sequence.first_pixel, run.sequence.first_pixel, 0, 0])
        rows = (
            str(int(state)) if self.has_codes and state != State.TRACKED else ",".join(f"{value:.4f}" for value in box)
            for state, box in zip(run.states, run.boxes + offset, strict=True)
        )
        _write_lines(self._path(self.boxes, folder, run.sequence, tracker), rows)

    def read(self, sequence: Sequence, folder: Path, *, tracker: str) -> SequenceRun | None:
        """Read the files, or return None if there are none. VOT's files lack the boxes of failures; those become NaN.

        Raises:
            SequenceError: if the file is not a result of this sequence.
        """
        path = self._path(self.boxes, folder, sequence, tracker)
        if not path.is_file():
            return None
        rows = _read_rows(path)
        if len(rows) != len(sequence):
            raise SequenceError(
                f"{path} has {len(rows)} rows, but the sequence has {len(sequence)} frames; "
                "remove it, or run all again with --again."
            )
        boxes = np.full((len(rows), 4), np.nan)
        states = one_pass_states(len(rows))
        for frame, row in enumerate(rows):
            if len(row) == 4:
                boxes[frame] = row
                boxes[frame, :2] -= sequence.first_pixel
            elif len(row) == 1 and self.has_codes and row[0] in (State.SKIPPED, State.STARTED, State.FAILED):
                states[frame] = row[0]
            else:
                raise SequenceError(
                    f"{path}, row {frame + 1}: {len(row)} numbers, but a result is x, y, width, height."
                )
        given = states == State.STARTED
        boxes[given] = sequence.truth[given]
        scores = None if self.scores is None else self._path(self.scores, folder, sequence, tracker)
        return SequenceRun(
            sequence=sequence,
            boxes=boxes,
            scores=_read_column(scores, rows=len(rows)),
            seconds=_read_column(self._path(self.seconds, folder, sequence, tracker), rows=len(rows)),
            states=states,
        )

    @staticmethod
    def _path(pattern: str, folder: Path, sequence: Sequence, tracker: str) -> Path:
        # A tracker may be named by the path of its weights file.
        return folder / pattern.format(tracker=re.sub(r"[^\w.+-]+", "_", tracker), sequence=sequence.name)


OTB_LAYOUT = ResultLayout(boxes="{tracker}/{sequence}.txt", seconds="{tracker}/times/{sequence}_time.txt")
GOT10K_LAYOUT = ResultLayout(
    boxes="{tracker}/{sequence}/{sequence}_001.txt", seconds="{tracker}/{sequence}/{sequence}_time.txt"
)
VOT_LAYOUT = ResultLayout(
    boxes="{tracker}/baseline/{sequence}/{sequence}_001.txt",
    seconds="{tracker}/baseline/{sequence}/{sequence}_001_time.value",
    has_codes=True,
)
VOTLT_LAYOUT = ResultLayout(
    boxes="{tracker}/longterm/{sequence}/{sequence}_001.txt",
    seconds="{tracker}/longterm/{sequence}/{sequence}_001_time.value",
    scores="{tracker}/longterm/{sequence}/{sequence}_001_confidence.value",
    has_codes=True,
)


def _number(value: float) -> str:
    """The number as a text; an empty line for NaN, as in the VOT toolkit."""
    return "" if math.isnan(value) else f"{value:.8f}"


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    os.replace(draft, path)


def _read_rows(path: Path) -> list[list[float]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        return [[float(word) for word in line.split(",")] for line in lines]
    except ValueError as error:
        raise SequenceError(f"{path} is not a file of results: {error}.") from error


def _read_column(path: Path | None, *, rows: int) -> Floats:
    """(rows,): the numbers of a file; all NaN if there is no file."""
    if path is None or not path.is_file():
        return np.full(rows, np.nan)
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        column = np.array([float(line) if line.strip() else np.nan for line in lines], dtype=np.float64)
    except ValueError as error:
        raise SequenceError(f"{path} is not a column of numbers: {error}.") from error
    if len(column) != rows:
        raise SequenceError(f"{path} has {len(column)} rows, but the boxes beside it have {rows}.")
    return column
