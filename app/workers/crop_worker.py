"""Reads small crops of many frames on a separate thread, for the contact sheet."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from app.language import tr
from app.video.info import VideoError
from app.video.kept_source import KeptSource
from app.workers.giving_way import gives_way
from tracker_core.crops import crop_square, mean_colour
from tracker_core.geometry import Box
from tracker_core.tracker import Image

logger = logging.getLogger(__name__)

SURROUNDINGS = 1.6
"""Side of a crop as a multiple of its box's longer side, to show what the box leaves out."""
FRAME_COLOUR = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class WantedCrop:
    """A box to be seen in its frame. ``size`` is the side of the picture in pixels; in the frame that side is
    ``surroundings`` times the longer side of the box.
    """

    frame: int
    box: Box
    size: int
    surroundings: float = SURROUNDINGS


@dataclass(frozen=True, slots=True)
class _Wish:
    video: Path
    crops: tuple[WantedCrop, ...]
    known_as: str  # the fingerprint of the video; empty for any
    request: int  # its number


class CropWorker(QObject):
    """Delivers the crops of the last request, in its order; earlier requests are dropped. Call every method on the GUI
    thread; all return at once, and signals arrive there. Call ``shutdown`` before the worker is destroyed.

    Signals:
        crop_ready: the WantedCrop and its picture (size, size, 3), RGB uint8, with the box drawn.
        failed: the WantedCrop of the last request, and why there is none. What an earlier request could not read may be
            readable now.
    """

    crop_ready = Signal(object, object)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("crops")
        self._cutter = _Cutter()
        self._cutter.moveToThread(self._thread)
        self._cutter.cut.connect(self.crop_ready)
        self._cutter.failed.connect(self._on_failed)
        self._requests = 0
        gives_way(self._thread)
        self._thread.start()

    def request(self, video: Path, crops: Sequence[WantedCrop], *, known_as: str = "") -> None:
        """Request crops, replacing those not cut yet. In frame order they cost least. ``known_as`` is the fingerprint
        of the expected video.
        """
        self._requests += 1
        self._cutter.want(_Wish(video, tuple(crops), known_as, self._requests))

    @Slot(int, object, str)
    def _on_failed(self, request: int, wanted: WantedCrop, reason: str) -> None:
        if request == self._requests:
            self.failed.emit(wanted, reason)

    def forget(self) -> None:
        """Drop all requests and close the video."""
        self._cutter.want(None)

    def shutdown(self) -> None:
        """Drop all requests and end the thread; returns when it has ended."""
        self._cutter.want(None)
        self._thread.quit()
        self._thread.wait()
        self._cutter.close()


class _Cutter(QObject):
    """Lives on the thread; checks the requests after each crop."""

    cut = Signal(object, object)
    failed = Signal(int, object, str)  # the number of the request first
    _woken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()  # guards the request
        self._wish: _Wish | None = None
        self._source = KeptSource(decoding_threads=1)
        self._last: tuple[Path, int, Image] | None = None
        # Queued: each crop asks for the next one, on this thread, and a call within a call would end after a thousand.
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)

    def want(self, wish: _Wish | None) -> None:
        """Called from the GUI thread."""
        with self._lock:
            self._wish = wish
        self._woken.emit()

    def close(self) -> None:
        """Close the video. Call on the thread, or after it has ended."""
        self._source.close()
        self._last = None

    @Slot()
    def _on_woken(self) -> None:
        with self._lock:
            wish = self._wish
            if wish is not None:
                self._wish = replace(wish, crops=wish.crops[1:]) if len(wish.crops) > 1 else None
        if wish is None:
            return
        if wish.crops:
            self._answer(wish, wish.crops[0])
            self._woken.emit()

    def _answer(self, wish: _Wish, wanted: WantedCrop) -> None:
        try:
            self.cut.emit(wanted, picture_of(self._frame(wish, wanted.frame), wanted))
        except VideoError as error:
            self.failed.emit(wish.request, wanted, str(error))
        except Exception as error:
            logger.exception("A crop could not be made")
            self.failed.emit(
                wish.request,
                wanted,
                tr(
                    "Frame {frame} could not be shown ({kind}: {error}).",
                    frame=wanted.frame,
                    kind=type(error).__name__,
                    error=error,
                ),
            )

    def _frame(self, wish: _Wish, frame: int) -> Image:
        if self._last is None or self._last[:2] != (wish.video, frame):
            shown = self._source.picture(wish.video, frame, known_as=wish.known_as)
            self._last = wish.video, frame, shown.image
        return self._last[2]


def picture_of(image: Image, wanted: WantedCrop) -> Image:
    """(size, size, 3): the box in the middle with its surroundings, and its outline."""
    box = wanted.box
    side = max(2.0, wanted.surroundings * max(box.width, box.height))
    crop = crop_square(image, cx=box.cx, cy=box.cy, side=side, size=wanted.size, fill=mean_colour(image))
    shown = crop.from_image(box)
    left, top, right, bottom = (round(edge) for edge in (shown.x, shown.y, shown.right, shown.bottom))
    picture = np.ascontiguousarray(crop.image)
    cv2.rectangle(picture, (left, top), (right - 1, bottom - 1), FRAME_COLOUR, 1)
    return picture
