"""Frames from a folder of images, in the order in which a person would count them."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from app.video.fingerprint import fingerprint_of
from app.video.info import DamagedFrameError, VideoError, VideoInfo
from tracker_core.tracker import Image

IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
NOMINAL_RATE = Fraction(25)


class ImageFolderSource:
    """Frame k is the k-th image by name, numbers in names counted as numbers (2 before 10). All must be of one size.

    Grey, 16-bit and transparent images become RGB of 8 bits without transparency; the orientation in EXIF is applied.
    """

    def __init__(self, folder: Path) -> None:
        self._paths = image_paths(folder)
        if not self._paths:
            raise VideoError(f"There are no images in {folder}; choose a folder of JPEG, PNG, BMP, WebP or TIFF files.")
        height, width = _read_image(self._paths[0]).shape[:2]
        times = np.arange(len(self._paths)) / float(NOMINAL_RATE)
        times.setflags(write=False)
        self._info = VideoInfo(
            path=folder,
            frame_count=len(self._paths),
            width=width,
            height=height,
            frame_rate=NOMINAL_RATE,
            times=times,
            fingerprint=fingerprint_of(
                len(self._paths), lambda index: _read_image(self._paths[index]), frame_count=len(self._paths)
            ),
        )

    @property
    def info(self) -> VideoInfo:
        return self._info

    def read(self, index: int) -> Image:
        if not 0 <= index < self._info.frame_count:
            raise IndexError(f"there is no frame {index} in a folder of {self._info.frame_count} images")
        image = _read_image(self._paths[index])
        height, width = image.shape[:2]
        if (width, height) != (self._info.width, self._info.height):
            raise VideoError(
                f"{self._paths[index]} (frame {index}) is {width} x {height}, but the first image is "
                f"{self._info.width} x {self._info.height}; keep images of one size in a folder."
            )
        return image

    def close(self) -> None:
        """Nothing stays open between reads."""


def image_paths(folder: Path) -> list[Path]:
    """The images of a folder in the order of its frames.

    Raises:
        VideoError: if the folder cannot be read.
    """
    try:
        return sorted(filter(_is_image, folder.iterdir()), key=_natural_key)
    except OSError as error:
        raise VideoError(f"The folder {folder} cannot be read: {error.strerror}.") from error


def _is_image(path: Path) -> bool:
    return path.suffix.lower() in IMAGE_SUFFIXES and not path.name.startswith(".") and path.is_file()


def _natural_key(path: Path) -> tuple[list[str | int], str]:
    parts = re.split(r"(\d+)", path.name.casefold())
    return [int(part) if position % 2 else part for position, part in enumerate(parts)], path.name


def _read_image(path: Path) -> Image:
    try:
        data = path.read_bytes()  # and not cv2.imread, which on Windows cannot open a name outside the code page
    except OSError as error:
        raise VideoError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    except cv2.error:  # nothing to decode, or more pixels than OpenCV dares
        image = None
    if image is None:
        raise DamagedFrameError(f"{path} is damaged or not an image; replace it, or remove it from the folder.")
    return np.asarray(image, dtype=np.uint8)
