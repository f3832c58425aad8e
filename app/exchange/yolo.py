"""YOLO: one ``labels/train/NAME.txt`` a picture, one line ``class cx cy w h`` a box in shares of the picture,
``data.yaml``.

Classes count from 0 and have their names in ``data.yaml``. Boxes must be inside the picture: training skips a picture
with one that is not. The file of a picture without boxes is empty. ``first_picture`` in ``data.yaml`` is
ours: the number in the name of a picture of frame 0.

When read, a sixth value is a score or a track's number, whichever fits all rows; of seven they are both; more values
are an outline's corners, with either or both behind them (``_Rows``), or key points if ``data.yaml`` has
``kpt_shape``. Other programs put the labels elsewhere and the names into other files: ``_label_files`` and
``_names_beside`` know where.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple, Self

import yaml

from app.exchange.annotations import Annotations, ExportOptions, ImportOptions, Row
from app.exchange.bounds import LARGEST_CLASS, LARGEST_ID, LAST_FRAME, box_within_reach, number, score_or_none, whole
from app.exchange.errors import ExchangeError, quoted, read_text, shortened
from app.exchange.findings import Findings
from app.exchange.fitting import within_picture
from app.exchange.format import Holds, Written
from app.exchange.gathering import Gathering
from app.exchange.picture_lists import files_below, listed_frames, match_files, refuse_none
from app.exchange.picture_names import PictureNames
from app.exchange.text_lines import at_line, numbered_lines
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import VideoReference
from app.model.words import counted

HOLDS = frozenset({Holds.LABELS})
TOLERANCE = 1e-3  # pixels: nine decimals, in the widest possible picture
DATA = "data.yaml"
FIRST_PICTURE = "first_picture"
KEY_POINTS = "kpt_shape"
BEYOND = 0.5  # shares of the picture by which an outline's corner may lie outside; more is another kind of value
IMAGES, LABELS = "images/train", "labels/train"
NO_LABELS = re.compile(  # other text files in the folders of other programs
    r"(classes|train|valid|val|test)\.txt|readme.*\.txt", re.IGNORECASE
)
NAMES = ("classes.txt", "obj.names", "_darknet.labels")  # a name a line: LabelImg, Label Studio; Darknet; Roboflow
LARGEST_YAML = 1_000_000  # bytes


def fit(annotations: Annotations, options: ExportOptions) -> Annotations:
    """Boxes cut at the border."""
    del options
    return within_picture(annotations)


def write(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    names = PictureNames.of_video(annotations.video, options.pictures)
    class_of = annotations.class_of_track(first=0)
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in annotations.rows:
        rows[row.frame].append(row)
    (path / LABELS).mkdir(parents=True, exist_ok=True)
    about: dict[str, Any] = {
        "train": IMAGES, "val": IMAGES, "nc": len(annotations.labels), "names": dict(enumerate(annotations.labels)),
    }  # fmt: skip
    if not names.has_own_stems:
        about[FIRST_PICTURE] = 1
    (path / DATA).write_text(yaml.safe_dump(about, sort_keys=False, allow_unicode=True), "utf-8", newline="\n")
    pictures: dict[int, list[Path]] = {}
    twins = 0
    frames = listed_frames(annotations, options)
    for frame in frames:
        stem = names.stem(frame, prefix=annotations.video.name)
        if options.pictures:
            pictures[frame] = [path / IMAGES / f"{stem}.{options.pictures}"]
        lines = [_line(row, class_of[row.track_id], annotations.video) for row in rows[frame]]
        twins += len(lines) - len(set(lines))
        (path / LABELS / f"{stem}.txt").write_text("".join(lines), encoding="utf-8", newline="\n")
    notes = []
    if twins:
        boxes = counted(twins, "box lies", "boxes lie")
        notes.append(f"{boxes} exactly on another of the same label: ultralytics reads only one of them.")
    if options.pictures:
        return Written(tuple(notes), pictures)
    first = names.stem(frames[0], prefix=annotations.video.name)
    notes.append(f"Pictures are not written; they belong in {IMAGES} under the names of the labels: {first}.jpg.")
    return Written(tuple(notes))


def _line(row: Row, class_number: int, video: VideoReference) -> str:
    box = row.record.box
    assert box is not None
    shares = box.cx / video.width, box.cy / video.height, box.width / video.width, box.height / video.height
    return f"{class_number} {' '.join(f'{min(share, 1.0):.9f}' for share in shares)}\n"


def read(path: Path, video: VideoReference, options: ImportOptions) -> Annotations:
    """Boxes of the pictures that are frames of ``video``: as tracks if the file numbers them, else as detections.

    Raises:
        ExchangeError: naming the first invalid line.
    """
    folder = path.parent if path.suffix in (".yaml", ".yml") else path
    about = _load(folder / DATA) if path == folder else _load(path)
    files = _label_files(folder)
    names = _names(about) or dict(enumerate(options.label_names or _names_beside(folder, files)))
    lines = {file: [(position, line.split()) for position, line in numbered_lines(file)] for file in files}
    matching = match_files(files, video, options, frames=_stated_frames(files, about), source=path)
    gathering = Gathering(video)
    shape = _Rows.of(lines, has_points=KEY_POINTS in about)
    unnamed: set[int] = set()
    for file, rows in lines.items():
        frame = matching.frames.get(file)
        if frame is None:
            gathering.leave_out("in a picture that is not in this video: left out", len(rows))
            continue
        for position, fields in rows:
            with at_line(file, position):
                _read_row(fields, frame, names, video, gathering, shape, unnamed)
    return gathering.annotations(
        labels=names.values(),
        notes=(*_notes_on_names(unnamed, bool(about)), *matching.notes),
        matched=matching.sentence,
        listed=matching.frames.values(),
    )


def _notes_on_names(unnamed: Set[int], has_data: bool) -> list[str]:
    if not unnamed:
        return []
    first = min(unnamed)
    who = f"{DATA} names no" if has_data else f"No {DATA} and no classes.txt names"
    more = f" (nor {counted(len(unnamed) - 1, 'other')})" if len(unnamed) > 1 else ""
    return [f'{who} class {first}{more}: its boxes are called "class {first}".']


class _Rows(NamedTuple):
    """What the values of all rows are. Outlines are rows with three corners or more, and have a score or a track's
    number, or both, behind the last one where ultralytics was asked for them.
    """

    has_points: bool  # the box is followed by key points
    end_with_ids: Mapping[bool, bool]  # by whether the number of values is odd

    @classmethod
    def of(cls, lines: Mapping[Path, Sequence[tuple[int, Sequence[str]]]], *, has_points: bool) -> Self:
        rows = [fields[1:] for of_file in lines.values() for _, fields in of_file]
        sixes = [row[-1] for row in rows if len(row) == 6]
        are_outlines = any(len(row) > 6 for row in rows) or not all(last.isdecimal() for last in sixes)
        last = {odd: [row[-1] for row in rows if len(row) > 4 and len(row) % 2 == odd] for odd in (False, True)}
        end_with_ids = {odd: _are_ids(values) for odd, values in last.items()}
        if not are_outlines:
            end_with_ids[False] = True  # a score and a number, which may be 1 in all rows
        return cls(has_points, end_with_ids)

    def split(self, values: Sequence[float]) -> tuple[Sequence[float], float | None, float | None]:
        """The place of the box, its score and the number of its track."""
        if self.has_points or len(values) < 5:
            return values[:4], None, None
        is_odd = len(values) % 2 == 1
        has_id = self.end_with_ids[is_odd]
        if is_odd:
            return values[:-1], None if has_id else values[-1], values[-1] if has_id else None
        return (values[:-2], values[-2], values[-1]) if has_id else (values, None, None)


def _read_row(
    fields: Sequence[str],
    frame: int,
    names: Mapping[int, str],
    video: VideoReference,
    gathering: Gathering,
    rows: _Rows,
    unnamed: set[int],
) -> None:
    if len(fields) < 5:
        raise ValueError(f"{len(fields)} values, YOLO needs class cx cy w h")
    class_number = whole(fields[0], "the class", low=0, high=LARGEST_CLASS)
    label = names.get(class_number)
    if label is None:
        label = f"class {class_number}"
        unnamed.add(class_number)
    shares, given_score, given_id = rows.split([number(field, "a share of the picture") for field in fields[1:]])
    if len(shares) > 4:
        across, down = shares[0::2], shares[1::2]
        left, right, top, bottom = min(across), max(across), min(down), max(down)
        if min(left, top) < -BEYOND or max(right, bottom) > 1 + BEYOND:
            raise ValueError(
                "a corner of an outline lies far outside the picture (key points need kpt_shape in data.yaml)"
            )
        gathering.leave_out("round an outline, which is not kept")
    else:
        cx, cy, w, h = shares
        left, top, right, bottom = cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2
    gathering.leave_out("with key points, which are not kept", rows.has_points and len(fields) > 5)
    width, height = video.width, video.height
    box = box_within_reach(left * width, top * height, (right - left) * width, (bottom - top) * height, video=video)
    score = None if given_score is None else score_or_none(given_score)
    record = keyframe(box) if score is None else BoxRecord(box, Source.TRACKER, score)
    if given_id is None:
        gathering.detect(frame, label, record)
    else:
        gathering.add(frame, whole(fields[-1], "the number of the track", low=0, high=LARGEST_ID), label, record)


def _are_ids(values: Sequence[str]) -> bool:
    """Whether these are track ids: all whole, and not only 0 and 1."""
    return bool(values) and all(value.isdecimal() for value in values) and not {*values} <= {"0", "1"}


def _label_files(folder: Path) -> list[Path]:
    """All label files, because pictures of one video may be in several parts: in ``labels``, in ``train/labels`` and
    beside
    it (Roboflow), in ``obj_train_data`` (Darknet), or in the folder itself.
    """
    places = ["labels", *(f"{part.parent.name}/labels" for part in sorted(folder.glob("*/labels")))]
    places += [part.name for part in sorted(folder.glob("obj_*_data"))]
    found = [file for place in places for file in sorted((folder / place).rglob("*.txt"))]
    files = found or files_below(folder, ".txt", places=("",))
    return [file for file in files if not NO_LABELS.fullmatch(file.name)]


def _names_beside(folder: Path, files: Sequence[Path]) -> list[str]:
    """The names of the classes, if ``data.yaml`` does not have them."""
    for place in dict.fromkeys((folder, *(file.parent for file in files))):
        for name in NAMES:
            if (place / name).is_file():
                return read_text(place / name).splitlines()
    return []


def _stated_frames(files: Sequence[Path], about: Mapping[str, Any]) -> dict[Path, int]:
    first = about.get(FIRST_PICTURE)
    if not isinstance(first, int):
        return {}
    found = {file: re.search(r"(\d{1,9})$", file.stem) for file in files}
    return {
        file: frame for file, digits in found.items() if digits and 0 <= (frame := int(digits[1]) - first) <= LAST_FRAME
    }


def _load(file: Path) -> Mapping[str, Any]:
    """What ``data.yaml`` says; nothing if it is missing.

    Raises:
        ExchangeError: if it is not YAML with keys.
    """
    if not file.is_file():
        return {}
    text = read_text(file)
    if len(text) > LARGEST_YAML:
        raise ExchangeError(f"{file} is far too long for the description of a data set.")
    try:
        about = yaml.safe_load(text)
    except RecursionError:
        raise ExchangeError(f"{file} is not valid YAML: it is nested too deep.") from None
    except (yaml.YAMLError, ValueError) as error:
        raise ExchangeError(f"{file} is not valid YAML: {shortened(' '.join(str(error).split()))}.") from None
    if not isinstance(about, dict):
        raise ExchangeError(f"{file} is not the description of a data set: it holds no keys.")
    return about


def _names(about: Mapping[str, Any]) -> dict[int, str]:
    names = about.get("names")
    if isinstance(names, list):
        names = dict(enumerate(names))
    if not isinstance(names, dict):
        return {}
    numbered = [(number, value) for key, value in names.items() if (number := _class_number(key)) is not None]
    return {key: _text(value) for key, value in sorted(numbered, key=lambda item: item[0])}


def _class_number(key: object) -> int | None:
    """A class number, perhaps as a text: tools that use JSON write ``"0": car``."""
    if isinstance(key, str) and re.fullmatch(r"[0-9]{1,7}", key):
        key = int(key)
    is_one = isinstance(key, int) and not isinstance(key, bool) and 0 <= key <= LARGEST_CLASS
    return key if is_one else None  # type: ignore[return-value]


def _text(value: object) -> str:
    return value if isinstance(value, str) else quoted(value)


def check(path: Path) -> list[str]:
    """What breaks training, or what it skips silently, one line for each rule.

    Raises:
        ExchangeError: if the folder cannot be read at all.
    """
    findings = Findings()
    folder = path.parent if path.suffix in (".yaml", ".yml") else path
    files = _label_files(folder)
    if not (folder / DATA).is_file():
        refuse_none(files, path)
    data = path if path != folder else folder / DATA
    about: Mapping[str, Any] = {}
    try:
        about = _load(data)
    except ExchangeError as error:
        findings.add(data.name, str(error))
    names = _names(about)
    for key in ("train", "val", "names"):
        if key not in about:
            findings.add(data.name, f"{key} is missing")
    if sorted(names) != list(range(len(names))):
        findings.add(data.name, "names count 0, 1, 2, ... without a gap")
    if "nc" in about and about["nc"] != len(names):
        findings.add(data.name, "nc is not the number of names", f"{quoted(about['nc'])}: ")
    for file in files:
        for position, line in numbered_lines(file):
            _check_row(f"{file.name}, line {position}", line.split(), len(names), findings)
    return findings.lines()


def _check_row(place: str, fields: Sequence[str], class_count: int, findings: Findings) -> None:
    if len(fields) != 5:
        findings.add(place, "values, but a row is class cx cy w h", f"{len(fields)} ")
        return
    try:
        class_number, *shares = (float(field) for field in fields)
    except ValueError:
        findings.add(place, "not a number in every column")
        return
    if not 0 <= class_number < max(class_count, 1) or class_number != math.floor(class_number):
        findings.add(place, "the class has no name in data.yaml", f"class {class_number:g}: ")
    if not all(0 <= share <= 1 for share in shares):
        findings.add(place, "a share of the picture lies from 0 to 1; training passes over the whole picture")
    elif min(shares[2:]) <= 0:
        findings.add(place, "a box needs a width and a height above 0")
