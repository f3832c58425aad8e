"""Annotated sequences read from the folders that the benchmarks use.

A sequence is a folder with one truth file and either one video file or numbered pictures (beside it, or in ``img/``):

    NAME/{video.mp4, groundtruth.txt, absence.label}      one video; truth is 0-based
    NAME/{00000001.jpg ..., groundtruth.txt}              GOT-10k; truth is 0-based
    NAME/{img/0001.jpg ..., groundtruth_rect.txt}         OTB; truth is 1-based and made 0-based here
    NAME/{img/..., groundtruth_rect.1.txt, ...2.txt}      OTB with two targets: sequences NAME.1 and NAME.2

A truth row is ``x, y, width, height``, parted by commas, tabs or spaces. The target is absent in a frame whose row has
a number that is not finite or a side that is not positive (``NaN,NaN,NaN,NaN`` and ``0,0,0,0`` are both in use), or
whose row of ``absence.label`` (0 or 1 a line) is 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.geometry import Box
from tracker_core.tracker import Image

VIDEO_SUFFIXES = frozenset({".mp4", ".avi", ".mkv", ".mov", ".webm"})
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})

OTB_SPANS = {"David": (300, 770), "Football1": (1, 74), "Freeman3": (1, 460), "Freeman4": (1, 283), "Diving": (1, 215)}
"""First and last picture (1-based, both included) of the OTB sequences that are annotated in part only."""


class SequenceError(Exception):
    """A sequence that cannot be used; its text is the sentence for the person."""


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """Frames with the true box of one target.

    Raises:
        SequenceError: if there is no second frame, or no true box in the first.
    """

    name: str
    truth: NDArray[np.float64]  # (N, 4) x, y, width, height; 0-based; NaN rows where the target is absent
    open_frames: Callable[[], Iterator[Image]]  # N frames from the first on
    first_pixel: int = 0  # what the data set calls the left-top pixel; raw results are written back so

    def __post_init__(self) -> None:
        if len(self.truth) < 2:
            raise SequenceError(f"sequence {self.name} has {len(self.truth)} frame(s); tracking needs at least 2.")
        if not self.visible[0]:
            raise SequenceError(f"sequence {self.name} has no true box in its first frame; a tracker cannot start.")

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def visible(self) -> NDArray[np.bool_]:
        """(N,) whether the frame has a true box."""
        return ~np.isnan(self.truth[:, 0])

    def true_box(self, frame: int) -> Box | None:
        return Box(*self.truth[frame].tolist()) if self.visible[frame] else None


def read_sequences(folder: Path) -> list[Sequence]:
    """The sequence that ``folder`` is, or all those in the folders in it, by name.

    Raises:
        SequenceError: if nothing is there, or the first sequence that cannot be used.
    """
    if not folder.is_dir():
        raise SequenceError(f"{folder} is not a folder; give one that holds sequences.")
    folders = [folder, *sorted(child for child in folder.iterdir() if child.is_dir())]
    sequences = [read_sequence(truth_file) for place in folders for truth_file in _truth_files(place)]
    if not sequences:
        raise SequenceError(
            f"{folder} holds no sequence; expected folders with groundtruth.txt or groundtruth_rect.txt in them."
        )
    return sequences


def read_sequence(truth_file: Path) -> Sequence:
    """The sequence of a truth file, from the video or the pictures in its folder.

    Raises:
        SequenceError: if a file is missing or malformed, or the rows do not match the frames.
    """
    folder = truth_file.parent
    truth = _read_truth(truth_file)
    if (absence_file := folder / "absence.label").is_file():
        truth[_read_absence(absence_file, rows=len(truth))] = np.nan
    first_pixel = 1 if truth_file.name.startswith("groundtruth_rect") else 0
    truth[:, :2] -= first_pixel
    frame_count, open_frames = _frames_of(folder)
    if frame_count != len(truth):
        raise SequenceError(f"{truth_file} has {len(truth)} rows, but there are {frame_count} frames beside it.")
    target = truth_file.stem.partition(".")[2]
    name = f"{folder.name}.{target}" if target else folder.name
    return Sequence(name=name, truth=truth, open_frames=open_frames, first_pixel=first_pixel)


def _truth_files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("groundtruth_rect*.txt"))
    plain = folder / "groundtruth.txt"
    return files or ([plain] if plain.is_file() else [])


def _read_truth(path: Path) -> NDArray[np.float64]:
    rows: list[list[float]] = []
    for number, line in _lines(path):
        row = _numbers(path, number, line)
        if len(row) != 4:
            raise SequenceError(f"{path}, line {number}: {len(row)} numbers, but a row is x, y, width, height.")
        rows.append(row)
    truth = np.array(rows, dtype=np.float64).reshape(-1, 4)
    absent = ~np.isfinite(truth).all(axis=1) | (truth[:, 2] <= 0) | (truth[:, 3] <= 0)
    truth[absent] = np.nan
    return truth


def _read_absence(path: Path, *, rows: int) -> NDArray[np.bool_]:
    labels = [_numbers(path, number, line)[0] for number, line in _lines(path)]
    if len(labels) != rows:
        raise SequenceError(f"{path} has {len(labels)} rows, but the truth beside it has {rows}.")
    return np.array(labels, dtype=np.float64) > 0


def _lines(path: Path) -> list[tuple[int, str]]:
    """The lines that are not empty, with their 1-based number."""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return [(number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip()]


def _numbers(path: Path, number: int, line: str) -> list[float]:
    try:
        return [float(word) for word in re.split(r"\s*,\s*|\s+", line)]
    except ValueError:
        raise SequenceError(f"{path}, line {number}: {line!r} is not a row of numbers.") from None


def _frames_of(folder: Path) -> tuple[int, Callable[[], Iterator[Image]]]:
    videos = _files(folder, VIDEO_SUFFIXES)
    if len(videos) == 1:
        return _count_frames(videos[0]), partial(_decode, videos[0])
    if len(videos) > 1:
        raise SequenceError(f"{folder} holds {len(videos)} videos; a sequence has one.")
    pictures = _files(folder / "img", PICTURE_SUFFIXES) or _files(folder, PICTURE_SUFFIXES)
    if not pictures:
        raise SequenceError(f"{folder} holds a truth file, but neither a video nor pictures.")
    if folder.name in OTB_SPANS and pictures[0].parent.name == "img":
        first, last = OTB_SPANS[folder.name]
        pictures = [picture for picture in pictures if first <= int(picture.stem) <= last]
    return len(pictures), partial(_read_pictures, pictures)


def _files(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    """In the order of their numbers, with leading zeros or without."""
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.suffix.lower() in suffixes]
    return sorted(files, key=lambda path: (len(path.stem), path.stem))


def _count_frames(path: Path) -> int:
    """By its packets, which is fast; ``_decode`` tells if a frame then does not come out of one."""
    try:
        with av.open(path) as container:
            return sum(1 for packet in container.demux(video=0) if packet.size and not packet.is_discard)
    except (av.FFmpegError, IndexError) as error:
        raise SequenceError(f"{path} cannot be read as a video: {error}.") from error


def _decode(path: Path) -> Iterator[Image]:
    expected, decoded = _count_frames(path), 0
    try:
        with av.open(path) as container:
            container.streams.video[0].thread_type = "AUTO"
            for frame in container.decode(video=0):
                yield np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
                decoded += 1
    except av.FFmpegError as error:
        raise SequenceError(f"{path} cannot be decoded beyond frame {decoded}: {error}.") from error
    if decoded != expected:
        raise SequenceError(f"{path} is damaged: {decoded} of its {expected} frames can be decoded.")


def _read_pictures(paths: list[Path]) -> Iterator[Image]:
    for path in paths:
        # Not cv2.imread, which cannot open every path on Windows.
        picture = cv2.imdecode(np.frombuffer(path.read_bytes(), dtype=np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise SequenceError(f"{path} cannot be read as a picture.")
        yield np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), dtype=np.uint8)
