"""The frames of a sequence: one video file, or a folder of numbered pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np

from tracker_core.evaluation.sequences import SequenceError
from tracker_core.images import Image

VIDEO_SUFFIXES = frozenset({".mp4", ".avi", ".mkv", ".mov", ".webm"})
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})
PICTURE_FOLDERS = ("img", "color")

Frames = tuple[int, Callable[[], Iterator[Image]]]
"""The number of frames, and a function that reads them from the first on, any number of times."""


@dataclass(frozen=True, slots=True)
class FrameFiles:
    """The files that hold the frames: one video, or pictures in order."""

    files: tuple[Path, ...]
    is_video: bool
    span: tuple[int, int] | None = None  # first and last frame of the video to use, 1-based and both included

    def frames(self) -> Frames:
        """
        Raises:
            SequenceError: if the video cannot be read.
        """
        return _video_frames(self.files[0], self.span) if self.is_video else _picture_frames(self.files)


def frame_files(folder: Path, *, pictures_in: Path | None = None, span: tuple[int, int] | None = None) -> FrameFiles:
    """The one video of a folder, or else its pictures: in ``pictures_in``, in ``img/``, in ``color/``, or beside.

    Args:
        span: first and last frame to use, 1-based and both included. Pictures are chosen by their number, frames of a
            video by their place.

    Raises:
        SequenceError: if there is no video and no picture, or more than one video.
    """
    videos = _files(folder, VIDEO_SUFFIXES)
    if len(videos) > 1:
        raise SequenceError(f"{folder} holds {len(videos)} videos; a sequence has one.")
    if videos:
        return FrameFiles((videos[0],), is_video=True, span=span)
    places = [pictures_in] if pictures_in else [*(folder / name for name in PICTURE_FOLDERS), folder]
    pictures = next(filter(None, (_files(place, PICTURE_SUFFIXES) for place in places)), [])
    if not pictures:
        where = f", nor does {pictures_in}" if pictures_in else ""
        raise SequenceError(f"{folder} holds a truth file, but neither a video nor pictures{where}.")
    if span is not None:
        pictures = [picture for picture in pictures if span[0] <= _number(picture) <= span[1]]
    return FrameFiles(tuple(pictures), is_video=False)


def _files(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    """The files in the order of their numbers, with or without leading zeros."""
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.suffix.lower() in suffixes]
    return sorted(files, key=lambda path: (len(path.stem), path.stem))


def _number(picture: Path) -> int:
    try:
        return int(picture.stem)
    except ValueError:
        raise SequenceError(f"{picture} has no number for a name, and only some frames are to be used.") from None


def _picture_frames(pictures: tuple[Path, ...]) -> Frames:
    return len(pictures), lambda: map(read_picture, pictures)


def _video_frames(path: Path, span: tuple[int, int] | None) -> Frames:
    count = _count_frames(path)
    if span is None:
        return count, partial(decoded, path)
    first, last = span[0] - 1, min(span[1], count)
    return max(last - first, 0), lambda: islice(decoded(path), first, last)


def _count_frames(path: Path) -> int:
    """Counted by packets, which is fast. ``decoded`` reports a packet from which no frame comes."""
    try:
        with av.open(path) as container:
            return sum(1 for packet in container.demux(video=0) if packet.size and not packet.is_discard)
    except (av.FFmpegError, IndexError) as error:
        raise SequenceError(f"{path} cannot be read as a video: {error}.") from error


def decoded(path: Path) -> Iterator[Image]:
    """All frames of a video, as RGB (height, width, 3).

    Raises:
        SequenceError: after the last frame that can be decoded, if more were expected.
    """
    expected, count = _count_frames(path), 0
    try:
        with av.open(path) as container:
            container.streams.video[0].thread_type = "AUTO"
            for frame in container.decode(video=0):
                yield np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
                count += 1
    except av.FFmpegError as error:
        raise SequenceError(f"{path} cannot be decoded beyond frame {count}: {error}.") from error
    if count != expected:
        raise SequenceError(f"{path} is damaged: {count} of its {expected} frames can be decoded.")


def read_picture(path: Path) -> Image:
    """A picture file, as RGB (height, width, 3).

    Raises:
        SequenceError: if it cannot be read.
    """
    # cv2.imread cannot open every path on Windows.
    try:
        content = np.frombuffer(path.read_bytes(), dtype=np.uint8)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise SequenceError(f"{path} cannot be read: {getattr(error, 'strerror', error)}.") from error
    try:
        picture = cv2.imdecode(content, cv2.IMREAD_COLOR_RGB)
    except cv2.error:  # nothing to decode, or more pixels than OpenCV dares
        picture = None
    if picture is None:
        raise SequenceError(f"{path} cannot be read as a picture.")
    return np.asarray(picture, dtype=np.uint8)
