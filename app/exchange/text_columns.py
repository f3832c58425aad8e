"""Text files whose columns a person names, in DarkLabel's terms. The default is DarkLabel's own layout.

``fn`` frame, ``id`` track, ``x y w h`` left-top and size, ``x1 y1 x2 y2`` corners, ``cx cy`` centre, each with an ``n``
before it (``nx``, ``ncx``, ``nx1``) as a share of the picture, ``cname`` label, ``classid`` number of the label,
``score``, ``occluded``, ``image`` name of the picture, ``c=VALUE`` a constant, ``_`` what is not read. ``fn=1`` and
``classid=1`` count from 1, else both count from 0; what ``fn`` counts from is derived from the whole file that is read.
Columns are separated like their names: by a comma, a semicolon, a tab or a space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row
from app.exchange.bounds import LARGEST_CLASS, LARGEST_ID, LAST_FRAME, box_within_reach, number, score_or_none, whole
from app.exchange.errors import ExchangeError, quoted
from app.exchange.findings import Findings
from app.exchange.fitting import with_labels
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.matching import Picture, match_pictures
from app.exchange.picture_names import PictureNames
from app.exchange.text_lines import at_line, numbered_lines
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import VideoReference
from app.model.words import counted
from tracker_core.geometry import Box

DARKLABEL = "fn,id,x,y,w,h,c=-1,c=-1,c=-1,c=-1,cname"
TOLERANCE = 1e-3  # pixels: nine decimals, in the widest possible picture
DECIMALS = 9
SEPARATORS = (",", ";", "\t", " ")
PLACES: dict[str, Callable[[Box], float]] = {
    "x": lambda box: box.x, "y": lambda box: box.y, "w": lambda box: box.width, "h": lambda box: box.height,
    "x1": lambda box: box.x, "y1": lambda box: box.y, "x2": lambda box: box.right, "y2": lambda box: box.bottom,
    "cx": lambda box: box.cx, "cy": lambda box: box.cy,
}  # fmt: skip
OF_WIDTH = ("x", "w", "x1", "x2", "cx")
WORDS = ("fn", "id", "cname", "classid", "score", "occluded", "image", "_")


@dataclass(frozen=True, slots=True)
class Columns:
    """``names``: a word a column. ``constants``: for ``c=VALUE``. ``bases``: of ``fn`` and ``classid``, if given."""

    separator: str
    names: tuple[str, ...]
    constants: Mapping[int, str]
    bases: Mapping[str, int]

    @classmethod
    def parse(cls, text: str) -> Columns:
        """
        Raises:
            ExchangeError: for an unknown word, or if the words do not give the frame and the box.
        """
        text = text or DARKLABEL
        separator = next((mark for mark in SEPARATORS if mark in text), ",")
        names: list[str] = []
        constants: dict[int, str] = {}
        bases: dict[str, int] = {}
        for position, word in enumerate(text.split(None if separator == " " else separator)):
            name, equals, value = word.strip().partition("=")
            if name == "c" and equals:
                constants[position] = value
            elif name in ("fn", "classid") and equals and value in ("0", "1"):
                bases[name] = int(value)
            elif equals or (name not in WORDS and name not in PLACES and name.removeprefix("n") not in PLACES):
                known = ", ".join((*WORDS, *PLACES, "c=VALUE"))
                raise ExchangeError(f"There is no column {quoted(word.strip())}; a column is one of {known}.")
            names.append(name)
        columns = cls(separator, tuple(names), constants, bases)
        columns._check()
        return columns

    def _check(self) -> None:
        for words in ((("fn",), ("image",)), _SPANS["x"], _SPANS["y"]):
            if not any(all(self.has(word) for word in group) for group in words):
                choices = " or ".join(" and ".join(group) for group in words)
                raise ExchangeError(f"The columns do not say enough: {choices} is missing.")
        repeated = [name for name in self.names if name not in ("c", "_") and self.names.count(name) > 1]
        if repeated:
            raise ExchangeError(f"The column {repeated[0]} stands twice.")

    def has(self, word: str) -> bool:
        """Whether there is such a column, in pixels or as a share of the picture."""
        return word in self.names or (word in PLACES and f"n{word}" in self.names)

    def split(self, line: str) -> list[str]:
        return line.split(None if self.separator == " " else self.separator)


_SPANS = {
    "x": (("x", "w"), ("x1", "x2"), ("x1", "w"), ("x", "x2"), ("cx", "w")),
    "y": (("y", "h"), ("y1", "y2"), ("y1", "h"), ("y", "y2"), ("cy", "h")),
}
"""The columns that give a box's start and extent."""


def reading(options: ImportOptions) -> ImportOptions:
    """The options to read a file that was written with these columns: frames count from 0 unless the columns say."""
    columns = Columns.parse(options.columns)
    counted_from_zero = options.columns or DARKLABEL
    if "fn" in columns.names and "fn" not in columns.bases:
        words = ["fn=0" if word.strip() == "fn" else word for word in counted_from_zero.split(columns.separator)]
        return replace(options, columns=columns.separator.join(words))
    return options


def holds(options: ExportOptions) -> frozenset[Holds]:
    """What the columns can hold."""
    columns = Columns.parse(options.columns)
    named = {Holds.TRACKS: "id", Holds.LABELS: "cname", Holds.SCORES: "score", Holds.OCCLUDED: "occluded"}
    held = {held for held, word in named.items() if columns.has(word)}
    return frozenset(held | ({Holds.LABELS} if columns.has("classid") else set()))


def fit(annotations: Annotations, options: ExportOptions) -> Annotations:
    """Labels without the separator of the columns."""
    separator = Columns.parse(options.columns).separator
    return with_labels(annotations, lambda label: label.replace(separator, "_"))


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    columns = Columns.parse(options.columns)
    names = PictureNames.of_video(annotations.video)
    label_of, class_of = annotations.label_of_track(), annotations.class_of_track(first=columns.bases.get("classid", 0))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in annotations.rows:
            values = _values(row, columns, annotations.video)
            values |= {"cname": label_of[row.track_id], "classid": str(class_of[row.track_id])}
            values["image"] = names.of_frame(row.frame)
            fields = (columns.constants.get(n, values.get(name, "0")) for n, name in enumerate(columns.names))
            file.write(columns.separator.join(fields) + "\n")
    return Written((f"The columns are {', '.join(columns.names)}; frames count from {columns.bases.get('fn', 0)}.",))


def _values(row: Row, columns: Columns, video: VideoReference) -> dict[str, str]:
    record = row.record
    assert record.box is not None
    values = {
        "fn": str(row.frame + columns.bases.get("fn", 0)), "id": str(row.track_id),
        "score": _decimal(1.0 if record.score is None else record.score), "occluded": str(int(record.occluded)),
    }  # fmt: skip
    for name, place in PLACES.items():
        values[name] = _decimal(place(record.box))
        values[f"n{name}"] = _decimal(place(record.box) / (video.width if name in OF_WIDTH else video.height))
    return values


def _decimal(value: float) -> str:
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """Boxes of tracks if a column names them, else detections.

    Raises:
        ExchangeError: naming the first invalid line.
    """
    columns = Columns.parse(options.columns)
    lines = list(_lines(path, columns))
    pictures: dict[tuple[str, str], Picture] = {}
    for position, values in lines:
        with at_line(path, position):
            pictures[_key(values)] = _picture(values, columns)
    matching = match_pictures(list(pictures.values()), video, chosen=options.match, file=path)
    gathering = Gathering(video)
    for position, values in lines:
        with at_line(path, position):
            frame = matching.frames.get(_key(values))
            if frame is None:
                gathering.leave_out("in a picture that is not in this video: left out")
                continue
            label = _label(values, columns, options.label_names)
            record = _record(values, video)
            track_id = whole(values["id"], "id", low=-LARGEST_ID, high=LARGEST_ID) if "id" in values else -1
            if track_id < 0:
                gathering.detect(frame, label, record)
            else:
                gathering.add(frame, track_id, label, record)
    return gathering.annotations(
        labels=() if columns.has("cname") else options.label_names, notes=matching.notes, matched=matching.sentence
    )


def _lines(path: Path, columns: Columns) -> Iterator[tuple[int, dict[str, str]]]:
    for position, line in numbered_lines(path):
        fields = columns.split(line)
        with at_line(path, position):
            if len(fields) < len(columns.names):
                named = ",".join(columns.names)
                raise ValueError(
                    f"{counted(len(fields), 'column')}, and {len(columns.names)} are named ({named}); "
                    "name the columns of this file"
                )
        yield position, {name: field.strip() for name, field in zip(columns.names, fields, strict=False)}


def _key(values: Mapping[str, str]) -> tuple[str, str]:
    return values.get("image", ""), values.get("fn", "")


def _picture(values: Mapping[str, str], columns: Columns) -> Picture:
    frame = whole(values["fn"], "fn", low=0, high=LAST_FRAME) if "fn" in values else None
    return Picture(_key(values), values.get("image"), frame, columns.bases.get("fn"))


def _label(values: Mapping[str, str], columns: Columns, names: Sequence[str]) -> str:
    if "cname" in values:
        return values["cname"] or "object"
    if "classid" not in values:
        return names[0] if names else "object"
    position = whole(values["classid"], "classid", low=0, high=LARGEST_CLASS) - columns.bases.get("classid", 0)
    return names[position] if 0 <= position < len(names) else f"class {values['classid']}"


def _record(values: Mapping[str, str], video: VideoReference) -> BoxRecord:
    x, width = _span(values, "x", video.width)
    y, height = _span(values, "y", video.height)
    box = box_within_reach(x, y, width, height, video=video)
    occluded = values.get("occluded", "0").lower() in ("1", "true")
    score = number(values["score"], "score") if "score" in values else 1.0
    if score == 1:  # a person's box
        return keyframe(box, occluded=occluded)
    return BoxRecord(box, Source.TRACKER, score_or_none(score), occluded)


def _span(values: Mapping[str, str], axis: str, side: int) -> tuple[float, float]:
    """A box's start and extent along one axis."""
    said: dict[str, float] = {}
    for word in {word for group in _SPANS[axis] for word in group}:
        if word in values:
            said[word] = number(values[word], word)
        elif f"n{word}" in values:
            said[word] = number(values[f"n{word}"], f"n{word}") * side
    size = "w" if axis == "x" else "h"
    begin = said.get(axis, said.get(f"{axis}1"))
    end = said.get(f"{axis}2")
    if begin is not None:
        return begin, said[size] if size in said else (end or 0.0) - begin
    return said[f"c{axis}"] - said[size] / 2, said[size]


def check(path: Path) -> list[str]:
    """What does not fit DarkLabel's columns, one line for each rule.

    Raises:
        ExchangeError: if the file cannot be read at all.
    """
    return _faults(path, Columns.parse(""))


def check_with(options: ExportOptions) -> Callable[[Path], list[str]]:
    """The check for these columns."""
    columns = Columns.parse(options.columns)
    return lambda path: _faults(path, columns)


def _faults(path: Path, columns: Columns) -> list[str]:
    findings = Findings()
    for position, line in numbered_lines(path):
        place, fields = f"{path.name}, line {position}", columns.split(line)
        if len(fields) != len(columns.names):
            findings.add(place, f"columns, but {len(columns.names)} are named", f"{len(fields)} ")
            continue
        values = dict(zip(columns.names, fields, strict=True))
        try:
            _picture(values, columns)
            for axis in ("x", "y"):
                if _span(values, axis, 1)[1] <= 0:
                    findings.add(place, "a box needs a width and a height above 0")
        except ValueError as error:
            findings.add(place, "no number where one belongs", f"{error}: ")
    return findings.lines()
