"""Frames from images: a folder of them, the pages of a TIFF, or a single one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.model.words import counted
from app.video.fingerprint import fingerprint_of
from app.video.image_files import is_image, page_count, read_image
from app.video.info import DamagedFrameError, VideoError, VideoInfo
from app.video.levels import FRAMES_SAMPLED, Levels, chosen_levels, levels_for
from tracker_core.tracker import Image

NOMINAL_RATE = Fraction(25)
MOST_NAMED = 3  # files that a message names


class _Page(NamedTuple):
    """Where a frame is: a page of an image file, usually its only one."""

    path: Path
    page: int = 0


class ImageSource:
    """Frame k is the k-th picture. All have the same size. Transparency is dropped, grey becomes RGB, and the EXIF
    orientation is applied. Values with more than 8 bits are shown through ``info.levels``, the same for all frames.
    """

    def __init__(self, path: Path, pages: Sequence[_Page], *, what: str, notes: Sequence[str] = ()) -> None:
        """``what`` the pictures are, for messages: "a folder of 7 images"."""
        self._pages = pages
        self._what = what
        first = self._pixels(0)
        height, width = first.shape[:2]
        automatic = None if first.dtype == np.uint8 else levels_for(self._samples())
        times = np.arange(len(pages)) / float(NOMINAL_RATE)
        times.setflags(write=False)
        fingerprint = fingerprint_of(len(pages), self._pixels, frame_count=len(pages))
        self._info = VideoInfo(
            path=path,
            frame_count=len(pages),
            width=width,
            height=height,
            frame_rate=NOMINAL_RATE,
            times=times,
            fingerprint=fingerprint,
            notes=tuple(notes),
            levels=automatic and (chosen_levels(fingerprint) or automatic),
            automatic_levels=automatic,
        )

    @property
    def info(self) -> VideoInfo:
        return self._info

    def read(self, index: int) -> Image:
        if not 0 <= index < self._info.frame_count:
            raise IndexError(f"there is no frame {index} in {self._what}")
        pixels = self._pixels(index)
        height, width = pixels.shape[:2]
        if (width, height) != (self._info.width, self._info.height):
            raise VideoError(
                f"{self._pages[index].path} (frame {index}) is {width} x {height}, but the first image is "
                f"{self._info.width} x {self._info.height}; keep images of one size in a folder."
            )
        if pixels.dtype == np.uint8:
            return np.asarray(pixels, dtype=np.uint8)
        return (self._info.levels or levels_for([pixels])).applied(pixels)

    def see_through(self, levels: Levels | None) -> None:
        if self._info.automatic_levels is not None:
            self._info = replace(self._info, levels=levels or self._info.automatic_levels)

    def close(self) -> None:
        """Nothing stays open between reads."""

    def _pixels(self, index: int) -> NDArray[Any]:
        return read_image(self._pages[index].path, page=self._pages[index].page)

    def _samples(self) -> list[NDArray[Any]]:
        """Some pictures spread over the video, without damaged ones."""
        found = []
        for index in sorted({int(place) for place in np.linspace(0, len(self._pages) - 1, FRAMES_SAMPLED)}):
            try:
                pixels = self._pixels(index)
            except DamagedFrameError:
                continue
            if pixels.dtype != np.uint8:
                found.append(pixels)
        return found


def image_folder(folder: Path) -> ImageSource:
    """The images of a folder in natural order of their names (2 before 10).

    Raises:
        VideoError: if there are none, or the first cannot be read.
    """
    files = _files_in(folder)
    images = _images_among(files)
    if not images:
        raise VideoError(f"There are no images in {folder}; choose a folder of JPEG, PNG, BMP, WebP or TIFF files.")
    what = f"a folder of {len(images)} images"
    notes = _notes(files, images)
    return ImageSource(folder, [_Page(image) for image in images], what=what, notes=notes)


def image_paths(folder: Path) -> list[Path]:
    """The images of a folder in the order of their frames.

    Raises:
        VideoError: if the folder cannot be read.
    """
    return _images_among(_files_in(folder))


def _files_in(folder: Path) -> list[Path]:
    try:
        return [entry for entry in folder.iterdir() if not entry.name.startswith(".") and entry.is_file()]
    except OSError as error:
        raise VideoError(f"The folder {folder} cannot be read: {error.strerror}.") from error


def _images_among(files: Sequence[Path]) -> list[Path]:
    return sorted((file for file in files if is_image(file)), key=_natural_key)


def image_file(path: Path) -> ImageSource:
    """The pages of a TIFF, or a single picture.

    Raises:
        VideoError: if it cannot be read.
    """
    pages = page_count(path)
    what = f"a file of {counted(pages, 'page')}"
    return ImageSource(path, [_Page(path, page) for page in range(pages)], what=what)


def _notes(files: Sequence[Path], images: Sequence[Path]) -> list[str]:
    """A sentence about the files of a folder that are not shown."""
    notes = []
    others = sorted(set(files) - set(images), key=_natural_key)
    if others:
        verb = "cannot be read as an image and is" if len(others) == 1 else "cannot be read as images and are"
        notes.append(f"{_counted_files(others)} in the folder {verb} left out.")
    tiffs = (image for image in images if image.suffix.lower() in (".tif", ".tiff"))
    several = [tiff for tiff in tiffs if page_count(tiff, at_most=2) > 1]
    if several:
        verb = "has" if len(several) == 1 else "have"
        notes.append(f"{_counted_files(several)} {verb} several pages, of which only the first is shown here.")
    return notes


def _counted_files(files: Sequence[Path]) -> str:
    names = ", ".join(file.name for file in files[:MOST_NAMED])
    more = ", …" if len(files) > MOST_NAMED else ""
    return f"{counted(len(files), 'file')} ({names}{more})"


def _natural_key(path: Path) -> tuple[list[str | int], str]:
    parts = re.split(r"(\d+)", path.name.casefold())
    return [int(part) if position % 2 else part for position, part in enumerate(parts)], path.name
