"""A quick look at a video for lists: a small first picture and the approximate length. Nothing is counted or proved."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np

from app.video.container import open_container
from app.video.image_files import is_image, read_image
from app.video.info import VideoError
from app.video.levels import levels_for
from app.video.orientation import Orientation
from tracker_core.tracker import Image

NOMINAL_RATE = 25.0  # frames a second, of folders of images


@dataclass(frozen=True, slots=True)
class Glance:
    """``seconds``, ``frames``: as the file says, 0 where it does not."""

    picture: Image
    seconds: float
    frames: int


def glance(path: Path, *, width: int, height: int) -> Glance:
    """The first picture, reduced to fit.

    Raises:
        VideoError: if nothing can be seen of it.
    """
    try:
        picture, seconds, frames = _of_folder(path) if path.is_dir() else _of_file(path)
    except VideoError:
        raise
    except (OSError, ValueError, ArithmeticError, MemoryError, cv2.error, av.error.FFmpegError) as error:
        raise VideoError(f"{path} cannot be read ({type(error).__name__}).") from error
    return Glance(_fitted(picture, width, height), seconds, frames)


def _of_file(path: Path) -> tuple[Image, float, int]:
    container, stream = open_container(path)
    with container:
        frame = next(container.decode(stream), None)
        if frame is None:
            raise VideoError(f"{path} holds no picture.")
        picture = Orientation.of(frame).applied(np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8))
        rate = float(stream.average_rate or 0)
        seconds = 0.0
        if stream.duration is not None and stream.time_base is not None:
            seconds = float(stream.duration * stream.time_base)
        elif container.duration is not None:
            seconds = container.duration / av.time_base
        return picture, max(seconds, 0.0), max(stream.frames or round(seconds * rate), 0)


def _of_folder(path: Path) -> tuple[Image, float, int]:
    names = sorted(entry.name for entry in os.scandir(path) if entry.is_file() and not entry.name.startswith("."))
    images = [name for name in names if is_image(path / name)]
    if not images:
        raise VideoError(f"{path} holds no images.")
    pixels = read_image(path / images[0])
    picture = np.asarray(pixels, np.uint8) if pixels.dtype == np.uint8 else levels_for([pixels]).applied(pixels)
    return picture, len(images) / NOMINAL_RATE, len(images)


def _fitted(picture: Image, width: int, height: int) -> Image:
    share = min(width / picture.shape[1], height / picture.shape[0])
    size = max(round(picture.shape[1] * share), 1), max(round(picture.shape[0] * share), 1)
    return np.ascontiguousarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
