"""Image files: which they are, how many pages they have, and their pixels."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray

from app.video.info import DamagedFrameError, VideoError

IMAGE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".dib", ".webp", ".tif", ".tiff", ".jp2", ".pgm", ".ppm", ".pnm"}
)
SIGNATURES = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG\r\n\x1a\n",
    b"II*\0",  # TIFF
    b"MM\0*",
    b"II+\0",  # BigTIFF
    b"MM\0+",
    b"\0\0\0\x0cjP  \r\n\x87\n",  # JPEG 2000
)
PNG, JPEG = SIGNATURES[1], SIGNATURES[0]
PNG_DEPTH = 24  # the byte with the number of bits a value
WEBP_MOVES = 2  # the bit of its flags that says so
LONGEST_SIGNATURE = 12
LONGEST_LOOK = 200  # bytes; an animated PNG says so right after its header

# Our errors describe problems in one sentence; OpenCV must not print to the terminal.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def is_image(path: Path) -> bool:
    """By its name, or by its first bytes if the name does not tell."""
    if path.suffix.lower() in IMAGE_SUFFIXES:
        return True
    head = _head(path)
    return head.startswith(SIGNATURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def is_still_image(path: Path) -> bool:
    """Whether a single file is a picture or a file of pages, and not a film for FFmpeg. An animated PNG or WebP is a
    film.
    """
    if path.suffix.lower() not in IMAGE_SUFFIXES or not path.is_file():
        return False
    head = _head(path, LONGEST_LOOK)
    if head.startswith(PNG):
        return b"acTL" not in head
    if head[:4] == b"RIFF":
        return head[12:16] != b"VP8X" or not head[20] & WEBP_MOVES
    return head.startswith((*SIGNATURES, b"BM", b"P2", b"P3", b"P5", b"P6"))


def read_image(path: Path, *, page: int = 0) -> NDArray[Any]:
    """The pixels of an image: (height, width, 3) RGB with 8 bits or more, or grey with more than 8 bits as (height,
    width).

    Raises:
        DamagedFrameError: if the file is not an image or is damaged.
        VideoError: if it cannot be read.
    """
    try:
        data = path.read_bytes()  # not cv2.imread, which on Windows cannot open names outside the code page
    except OSError as error:
        raise VideoError(f"{path} cannot be read: {error.strerror}.") from error
    pixels = _decoded(np.frombuffer(data, np.uint8), page=page, may_be_deep=_may_be_deep(data))
    if pixels is None:
        raise DamagedFrameError(f"{path} is damaged or not an image; replace it, or remove it from the folder.")
    return pixels


def _may_be_deep(data: bytes) -> bool:
    if data.startswith(PNG):
        return data[PNG_DEPTH : PNG_DEPTH + 1] == b"\x10"
    return not data.startswith((JPEG, b"BM", b"RIFF"))


def _decoded(data: NDArray[np.uint8], *, page: int, may_be_deep: bool) -> NDArray[Any] | None:
    try:
        if may_be_deep:
            pixels = _page(data, cv2.IMREAD_UNCHANGED, page)
            if pixels is not None and pixels.dtype != np.uint8:
                return _without_transparency(pixels)
        return _page(data, cv2.IMREAD_COLOR_RGB, page)
    except cv2.error:  # nothing to decode, or more pixels than OpenCV dares
        return None


def _page(data: NDArray[np.uint8], flags: int, page: int) -> NDArray[Any] | None:
    if page == 0:
        return cv2.imdecode(data, flags)
    found, pages = cv2.imdecodemulti(data, flags, range=(page, page + 1))
    return pages[0] if found and pages else None


def _without_transparency(pixels: NDArray[Any]) -> NDArray[Any]:
    """OpenCV returns blue first."""
    if pixels.ndim == 2:
        return pixels
    if pixels.shape[2] < 3:
        return pixels[:, :, 0]
    return np.ascontiguousarray(pixels[:, :, 2::-1])


def _head(path: Path, length: int = LONGEST_SIGNATURE) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError:
        return b""


def page_count(path: Path, *, at_most: int | None = None) -> int:
    """The pages of a TIFF, counted up to ``at_most``; 1 for any other image and for unreadable files."""
    try:
        with path.open("rb") as file:
            return max(_pages_of_tiff(file, at_most), 1)
    except (OSError, struct.error, OverflowError):
        return 1


def _pages_of_tiff(file: BinaryIO, at_most: int | None) -> int:
    """The number of directories in the chain; each is a page. A chain that returns to itself ends there."""
    head = file.read(16)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None:
        return 1
    (version,) = struct.unpack_from(f"{order}H", head, 2)
    if version == 42:
        offset_format, count_format, entry_size, first = "I", "H", 12, 4
    elif version == 43:
        offset_format, count_format, entry_size, first = "Q", "Q", 20, 8
    else:
        return 1
    (offset,) = struct.unpack_from(order + offset_format, head, first)
    seen: set[int] = set()
    while offset and offset not in seen and len(seen) != at_most:
        seen.add(offset)
        file.seek(offset)
        (entries,) = struct.unpack(order + count_format, file.read(struct.calcsize(count_format)))
        file.seek(entries * entry_size, 1)
        data = file.read(struct.calcsize(offset_format))
        if len(data) < struct.calcsize(offset_format):  # cut off in the middle of the last directory
            break
        (offset,) = struct.unpack(order + offset_format, data)
    return len(seen)
