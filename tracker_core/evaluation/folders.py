"""Annotated sequences from the folders that the benchmarks use. The form of a folder is recognised by its files.

A sequence is a folder with a truth file and its frames: one video file, or numbered pictures.

    OTB      NAME/{img/0001.jpg ..., groundtruth_rect.txt}; several targets: groundtruth_rect.1.txt, NAME.1 by name
    GOT-10k  NAME/{00000001.jpg ..., groundtruth.txt, absence.label, cover.label, meta_info.ini}
    VOT      NAME/{color/00000001.jpg ... (or beside), groundtruth.txt, sequence, *.tag or *.label}
    LaSOT    CLASS/CLASS-N/{img/00000001.jpg ..., groundtruth.txt, full_occlusion.txt, out_of_view.txt}
    plain    NAME/{video.mp4, groundtruth.txt}, with any of the labels above

A data set is a folder of such folders; an optional ``list.txt`` names them and their order. The left-top pixel is 1 in
the truth of OTB and LaSOT (LaSOT_Evaluation_Toolkit, issue 14), and 0 in all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation import truth_files
from tracker_core.evaluation.frames import FrameFiles, frame_files
from tracker_core.evaluation.regions import Polygon, box_of_polygon
from tracker_core.evaluation.sequences import Sequence, SequenceError
from tracker_core.weights.sentences import shown

OTB_SPANS = {"david": (300, 770), "football1": (1, 74), "freeman3": (1, 460), "freeman4": (1, 283), "diving": (1, 215)}
"""First and last picture (1-based, both included) of the OTB sequences that are only annotated in part."""

LONGEST_PATH = 300  # letters that a message quotes
VOT_TAGS = ("camera_motion", "illum_change", "motion_change", "size_change", "occlusion")
LASOT_LABELS = ("full_occlusion.txt", "out_of_view.txt")

Floats = NDArray[np.float64]


def read_sequences(folder: Path) -> list[Sequence]:
    """The sequences of ``folder``, which is a sequence or a data set: in the order of its list, or by name.

    Raises:
        SequenceError: if there is none, or one cannot be used.
    """
    if not folder.is_dir():
        raise SequenceError(f"{folder} is not a folder; give one that holds sequences.")
    truth_files = [truth for place in _sequence_folders(folder) for truth in truth_files_in(place)]
    if not truth_files:
        raise SequenceError(
            f"{folder} holds no sequence; expected folders with groundtruth.txt or groundtruth_rect.txt in them."
        )
    return [read_sequence(truth) for truth in truth_files]


def read_sequence(truth_file: Path) -> Sequence:
    """The sequence of a truth file, with the frames and the labels in its folder.

    Raises:
        SequenceError: if a file is missing or malformed, or the rows do not match the frames.
    """
    folder = truth_file.parent
    truth = read_truth(truth_file)
    rows = len(truth.boxes)
    frame_count, open_frames = files_beside(truth_file, rows=rows).frames()
    if frame_count != rows:
        raise SequenceError(f"{truth_file} has {rows} rows, but there are {frame_count} frames beside it.")
    target = truth_file.stem.partition(".")[2]
    return Sequence(
        name=f"{folder.name}.{target}" if target else folder.name,
        truth=truth.boxes,
        open_frames=open_frames,
        first_pixel=truth.first_pixel,
        polygons=truth.polygons,
        cover=truth.cover,
        tags=_tags(folder, rows=rows),
        benchmark=_benchmark(folder),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What a truth file and the labels beside it say about each frame."""

    boxes: Floats  # (N, 4) x, y, width, height; 0-based; NaN rows where the target is absent
    first_pixel: int  # the file's coordinate of the left-top pixel
    polygons: tuple[Polygon | None, ...] | None  # if the truth consists of regions, not boxes
    cover: Floats | None  # (N,) how much of the target is seen, 0 to 8 eighths


def read_truth(truth_file: Path) -> Truth:
    """The truth without the frames.

    Raises:
        SequenceError: if a file is malformed, or the labels do not match the rows.
    """
    folder = truth_file.parent
    polygons = truth_files.read_regions(truth_file) if _is_vot(truth_file) else None
    boxes = truth_files.read_boxes(truth_file) if polygons is None else _boxes_of(polygons)
    boxes[_absent(folder, rows=len(boxes))] = np.nan
    first_pixel = 1 if truth_file.name.startswith("groundtruth_rect") or _is_lasot(folder) else 0
    boxes[:, :2] -= first_pixel
    cover_file = folder / "cover.label"
    cover = truth_files.read_labels(cover_file, rows=len(boxes)) if cover_file.is_file() else None
    return Truth(boxes, first_pixel, polygons, cover)


def _sequence_folders(folder: Path) -> list[Path]:
    if truth_files_in(folder):
        return [folder]
    listing = folder / "list.txt"
    if listing.is_file():
        places = [folder / name for name in truth_files.read_names(listing)]
        for place in places:
            if not _holds_truth(place):
                raise SequenceError(
                    f"{listing} names {shown(place.name)}, but {shown(str(place), LONGEST_PATH)} holds no truth file."
                )
        return places
    children = sorted(child for child in folder.iterdir() if child.is_dir())
    # A class of LaSOT is a folder of its own: airplane/airplane-1.
    classes = [sorted(child.glob(f"{child.name}-*"), key=_by_number) for child in children]
    return [
        place
        for child, members in zip(children, classes, strict=True)
        for place in ([child] if truth_files_in(child) else members)
    ]


def _holds_truth(folder: Path) -> bool:
    try:
        return bool(truth_files_in(folder))
    except OSError:  # a name in the list that the system does not allow
        return False


def _by_number(folder: Path) -> tuple[int, str]:
    return len(folder.name), folder.name


def truth_files_in(folder: Path) -> list[Path]:
    """The truth files of a sequence's folder, one for each target; none if the folder is no sequence."""
    files = sorted(folder.glob("groundtruth_rect*.txt"))
    plain = folder / "groundtruth.txt"
    # One of the two targets of OTB's Human4 has an empty file, which the toolkits skip.
    return [file for file in files if len(files) == 1 or file.stat().st_size] or ([plain] if plain.is_file() else [])


def _is_lasot(folder: Path) -> bool:
    return any((folder / name).is_file() for name in LASOT_LABELS)


def _is_vot(truth_file: Path) -> bool:
    """Recognised by VOT's own files. An old set with rectangles and no tags looks, and is treated, like GOT-10k."""
    folder = truth_file.parent
    if truth_file.name != "groundtruth.txt" or _is_lasot(folder):
        return False
    marks = ("sequence", "color", *(f"{tag}{suffix}" for tag in VOT_TAGS for suffix in (".tag", ".label")))
    if any((folder / mark).exists() for mark in marks):
        return True
    return truth_files.count_numbers(truth_file) != 4


def _boxes_of(polygons: tuple[Polygon | None, ...]) -> Floats:
    nothing = np.full(4, np.nan)
    rows = [nothing if polygon is None else box_of_polygon(polygon) for polygon in polygons]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _absent(folder: Path, *, rows: int) -> NDArray[np.bool_]:
    """The frames in which a label says that the target is not visible: GOT-10k has one such label, LaSOT two."""
    absent = np.zeros(rows, dtype=np.bool_)
    absence_file = folder / "absence.label"
    if absence_file.is_file():
        absent |= truth_files.read_labels(absence_file, rows=rows) > 0
    for name in LASOT_LABELS:
        if (folder / name).is_file():
            absent |= truth_files.read_labels(folder / name, rows=rows) > 0
    return absent


def _tags(folder: Path, *, rows: int) -> dict[str, NDArray[np.bool_]]:
    files = [folder / f"{tag}{suffix}" for tag in VOT_TAGS for suffix in (".tag", ".label")]
    return {file.stem: truth_files.read_flags(file, rows=rows) for file in files if file.is_file()}


def files_beside(truth_file: Path, *, rows: int) -> FrameFiles:
    """The frames that belong to a truth file with this many rows.

    Raises:
        SequenceError: if there are none.
    """
    folder = truth_file.parent
    if truth_file.name.startswith("groundtruth_rect") and (span := OTB_SPANS.get(folder.name.lower())):
        files = frame_files(folder)
        return files if files.frames()[0] == rows else frame_files(folder, span=span)
    properties = folder / "sequence"
    if properties.is_file() and (pattern := truth_files.read_properties(properties).get("channels.color")):
        # A pattern such as color/%08d.jpg, or just the folder.
        place = folder / pattern
        return frame_files(folder, pictures_in=place if place.is_dir() else place.parent)
    return frame_files(folder)


def _benchmark(folder: Path) -> str:
    """``vot2018`` and so on, from the nearest folder with such a name."""
    for name in reversed(folder.absolute().parent.parts):
        if match := re.fullmatch(r"vot[-_]?(?:st)?[-_]?(20\d\d)(?:[-_]?(?:st|main|shortterm))?", name.lower()):
            return f"vot{match[1]}"
    return ""
