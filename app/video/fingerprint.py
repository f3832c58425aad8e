"""Recognises a video by its content: its length and its first and last pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.video.info import DamagedFrameError

DIGITS = 32
LONGEST_SEARCH = 16  # frames tried at each end to find an undamaged picture


def fingerprint_of(
    length: int, picture: Callable[[int], NDArray[Any]], *, frame_count: int, last: int | None = None
) -> str:
    """Hexadecimal digits that are the same for a copy of the video and under another name. ``length`` is the number of
    packets or images, which proving the index does not change. ``picture`` returns a frame's picture as decoded, before
    colour conversion, so that the version of the converter does not matter. ``last`` is the frame that stands for the
    end, by default the last.

    Raises:
        VideoError: from ``picture``, unless the frame is only damaged; then the nearest undamaged one counts.
    """
    digest = hashlib.sha256(f"{length}".encode())
    last = frame_count - 1 if last is None else last
    for frames in (range(frame_count), range(last, -1, -1)):
        whole = _first_whole(frames[:LONGEST_SEARCH], picture)
        if whole is not None:
            digest.update(f"\n{whole.shape} {whole.dtype.str}\n".encode())
            digest.update(np.ascontiguousarray(whole).tobytes())
    return digest.hexdigest()[:DIGITS]


def _first_whole(frames: range, picture: Callable[[int], NDArray[Any]]) -> NDArray[Any] | None:
    for frame in frames:
        try:
            return picture(frame)
        except DamagedFrameError:
            continue
    return None
