"""A short WebP animation of the window, for the README and the guide."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

WIDTH = 960  # pixels; the height follows
QUALITY = 70
PICTURES_A_SECOND = 5


class Film:
    """A looping animation of pictures of one size. Written when the context ends."""

    def __init__(self, path: Path, *, width: int = WIDTH, quality: int = QUALITY) -> None:
        """``width`` in pixels, ``quality`` up to 100."""
        self._path = path
        self._width, self._quality = width, quality
        self._pictures: list[QImage] = []

    def add(self, picture: QImage, *, seconds: float = 1 / PICTURES_A_SECOND) -> None:
        """Show a picture for this long."""
        small = picture.scaledToWidth(self._width, Qt.TransformationMode.SmoothTransformation)
        small = small.convertToFormat(QImage.Format.Format_RGB888)
        self._pictures += [small] * max(1, round(seconds * PICTURES_A_SECOND))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and self._pictures:
            self._write()

    def _write(self) -> None:
        first = self._pictures[0]
        with av.open(str(self._path), "w", format="webp", options={"loop": "0"}) as container:
            stream = container.add_stream("libwebp_anim", rate=Fraction(PICTURES_A_SECOND))
            stream.width, stream.height = first.width() // 2 * 2, first.height() // 2 * 2
            stream.pix_fmt = "yuv420p"
            stream.options = {"quality": str(self._quality)}
            for number, picture in enumerate(self._pictures):
                frame = av.VideoFrame.from_ndarray(_pixels(picture)[: stream.height, : stream.width], format="rgb24")
                frame = frame.reformat(format="yuv420p")
                frame.pts = number
                container.mux(stream.encode(frame))
            container.mux(stream.encode())


def _pixels(picture: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """(height, width, 3) RGB."""
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return np.ascontiguousarray(rows[:, : 3 * picture.width()].reshape(picture.height(), picture.width(), 3))
