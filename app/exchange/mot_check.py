"""What breaks readers of a MOTChallenge ground truth, or makes them silently read something else."""

from __future__ import annotations

import math
from pathlib import Path

from app.exchange.bounds import LAST_FRAME
from app.exchange.errors import ExchangeError, read_text
from app.exchange.findings import Findings
from app.exchange.mot import ground_truth_file, is_sequence, label_names, labels_file, lines_of
from app.exchange.seqinfo import check_seqinfo
from app.model.words import counted


def check(path: Path) -> list[str]:
    """What is wrong with a ground truth, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    findings = Findings()
    file = ground_truth_file(path)
    lines = _Lines(findings)
    for number, fields in lines_of(read_text(file)):
        lines.check(f"{file.name}, line {number}", fields)
    if is_sequence(path):
        check_seqinfo(path / "seqinfo.ini", findings, last_frame=lines.last_frame)
        _check_labels(path, findings, highest_class=lines.highest_class)
    return findings.lines()


class _Lines:
    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._seen: set[tuple[float, float]] = set()
        self._columns: int | None = None
        self.last_frame = 0
        self.highest_class = 0

    def check(self, place: str, fields: list[str]) -> None:
        add = self._findings.add
        if self._columns is None:
            self._columns = len(fields)
        elif len(fields) != self._columns:
            add(place, "not as many columns as in the lines before", f"{len(fields)}: ")
        if len(fields) < 8:
            add(place, "columns, but readers of a ground truth need 8 or more (9 is usual)", f"{len(fields)} ")
            return
        try:
            values = [float(field) for field in fields]
        except ValueError:
            add(place, "not a number in every column")
            return
        if not all(map(math.isfinite, values)):
            add(place, "a value is not finite (NaN or infinity)")
            return
        self._check_values(place, values)

    def _check_values(self, place: str, values: list[float]) -> None:
        add = self._findings.add
        frame, track_id, _left, _top, width, height, flag, class_number = values[:8]
        if frame < 1 or frame != int(frame):
            add(place, "frames are whole numbers from 1", f"frame {frame:g}: ")
        elif frame > LAST_FRAME:
            add(place, "no video has so many frames", f"frame {frame:g}: ")
        if track_id < 1 or track_id != int(track_id):
            add(place, "ids are whole numbers from 1; evaluation crashes on -1", f"id {track_id:g}: ")
        if (frame, track_id) in self._seen:
            add(place, "an id stands twice in a frame", f"id {track_id:g} in frame {frame:g}: ")
        self._seen.add((frame, track_id))
        if width <= 0 or height <= 0:
            add(place, "a box needs a width and a height above 0", f"{width:g} x {height:g}: ")
        if flag not in (0, 1):
            add(place, "the 7th column is a flag, 1 or 0; evaluation cuts off the digits, so a score means 0, ignored",
                f"{flag:g}: ")  # fmt: skip
        if class_number < 1 or class_number != int(class_number):
            add(place, "classes are whole numbers from 1", f"class {class_number:g}: ")
        if len(values) == 9 and not 0 <= values[8] <= 1:
            add(place, "visibility is a ratio from 0 to 1", f"{values[8]:g}: ")
        self.last_frame = max(self.last_frame, int(min(frame, LAST_FRAME)))
        self.highest_class = max(self.highest_class, int(class_number))


def _check_labels(path: Path, findings: Findings, *, highest_class: int) -> None:
    place = labels_file(path).name
    try:
        names = label_names(path)
    except ExchangeError as error:
        findings.add(place, str(error))
        return
    if 0 < len(names) < highest_class:  # official sequences have no such file: their classes are fixed
        findings.add(place, f"{counted(len(names), 'name')}, but the highest class is {highest_class}")
