"""Annotated sequences from the folders that the benchmarks use. What form a folder has shows in the files in it.

A sequence is a folder with a truth file and its frames: one video file, or numbered pictures.

    OTB      NAME/{img/0001.jpg ..., groundtruth_rect.txt}; several targets: groundtruth_rect.1.txt, NAME.1 by name
    GOT-10k  NAME/{00000001.jpg ..., groundtruth.txt, absence.label, cover.label, meta_info.ini}
    VOT      NAME/{color/00000001.jpg ... (or beside), groundtruth.txt, sequence, *.tag or *.label}
    LaSOT    CLASS/CLASS-N/{img/00000001.jpg ..., groundtruth.txt, full_occlusion.txt, out_of_view.txt}
    plain    NAME/{video.mp4, groundtruth.txt} and, if need be, any of the labels above

A data set is a folder of such folders; a ``list.txt`` in it says which, and in what order. Truth of OTB and LaSOT calls
the left-top pixel 1 (LaSOT_Evaluation_Toolkit, issue 14), the others call it 0.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tracker_core.evaluation import truth_files
from tracker_core.evaluation.frames import Frames, frames_of
from tracker_core.evaluation.regions import Polygon, box_of_polygon
from tracker_core.evaluation.sequences import Sequence, SequenceError

OTB_SPANS = {"david": (300, 770), "football1": (1, 74), "freeman3": (1, 460), "freeman4": (1, 283), "diving": (1, 215)}
"""First and last picture (1-based, both included) of the OTB sequences that are annotated in part only."""

VOT_TAGS = ("camera_motion", "illum_change", "motion_change", "size_change", "occlusion")
LASOT_LABELS = ("full_occlusion.txt", "out_of_view.txt")

Floats = NDArray[np.float64]


def read_sequences(folder: Path) -> list[Sequence]:
    """The sequence that ``folder`` is, or all those of the data set that it is: as listed, or by name.

    Raises:
        SequenceError: if nothing is there, or the first sequence that cannot be used.
    """
    if not folder.is_dir():
        raise SequenceError(f"{folder} is not a folder; give one that holds sequences.")
    truth_files = [truth for place in _sequence_folders(folder) for truth in _truth_files(place)]
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
    polygons: tuple[Polygon | None, ...] | None = None
    if _is_vot(truth_file):
        polygons = truth_files.read_regions(truth_file)
        truth = _boxes_of(polygons)
    else:
        truth = truth_files.read_boxes(truth_file)
    absent = _absent(folder, rows=len(truth))
    truth[absent] = np.nan
    first_pixel = 1 if truth_file.name.startswith("groundtruth_rect") or _is_lasot(folder) else 0
    truth[:, :2] -= first_pixel
    frame_count, open_frames = _frames(truth_file, rows=len(truth))
    if frame_count != len(truth):
        raise SequenceError(f"{truth_file} has {len(truth)} rows, but there are {frame_count} frames beside it.")
    target = truth_file.stem.partition(".")[2]
    cover_file = folder / "cover.label"
    return Sequence(
        name=f"{folder.name}.{target}" if target else folder.name,
        truth=truth,
        open_frames=open_frames,
        first_pixel=first_pixel,
        polygons=polygons,
        cover=truth_files.read_labels(cover_file, rows=len(truth)) if cover_file.is_file() else None,
        tags=_tags(folder, rows=len(truth)),
        benchmark=_benchmark(folder),
    )


def _sequence_folders(folder: Path) -> list[Path]:
    if _truth_files(folder):
        return [folder]
    listing = folder / "list.txt"
    if listing.is_file():
        places = [folder / name for name in truth_files.read_names(listing)]
        for place in places:
            if not _truth_files(place):
                raise SequenceError(f"{listing} names {place.name}, but {place} holds no truth file.")
        return places
    children = sorted(child for child in folder.iterdir() if child.is_dir())
    # A class of LaSOT is a folder of its own: airplane/airplane-1.
    classes = [sorted(child.glob(f"{child.name}-*"), key=_by_number) for child in children]
    return [
        place
        for child, members in zip(children, classes, strict=True)
        for place in ([child] if _truth_files(child) else members)
    ]


def _by_number(folder: Path) -> tuple[int, str]:
    return len(folder.name), folder.name


def _truth_files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("groundtruth_rect*.txt"))
    plain = folder / "groundtruth.txt"
    # One of two targets of OTB's Human4 has an empty file, which the toolkits pass over.
    return [file for file in files if len(files) == 1 or file.stat().st_size] or ([plain] if plain.is_file() else [])


def _is_lasot(folder: Path) -> bool:
    return any((folder / name).is_file() for name in LASOT_LABELS)


def _is_vot(truth_file: Path) -> bool:
    """By its own files; an old data set with rectangles and without tags cannot, and need not, be told from GOT-10k."""
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
    """Where a label says that the target is not to be seen: GOT-10k's one, LaSOT's two."""
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


def _frames(truth_file: Path, *, rows: int) -> Frames:
    folder = truth_file.parent
    if truth_file.name.startswith("groundtruth_rect") and (span := OTB_SPANS.get(folder.name.lower())):
        frames = frames_of(folder)
        return frames if frames[0] == rows else frames_of(folder, span=span)
    properties = folder / "sequence"
    if properties.is_file() and (pattern := truth_files.read_properties(properties).get("channels.color")):
        # A pattern such as color/%08d.jpg, or just the folder.
        place = folder / pattern
        return frames_of(folder, pictures_in=place if place.is_dir() else place.parent)
    return frames_of(folder)


def _benchmark(folder: Path) -> str:
    """``vot2018`` and so on, if the nearest folder that says so does."""
    for name in reversed(folder.absolute().parent.parts):
        if match := re.fullmatch(r"vot[-_]?(?:st)?[-_]?(20\d\d)(?:[-_]?(?:st|main|shortterm))?", name.lower()):
            return f"vot{match[1]}"
    return ""
