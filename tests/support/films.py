"""Files that hold more than one film."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tests.support.numbered_clips import HEIGHT, WIDTH, numbered_image
from tracker_core.tracker import Image

PREVIEW_WIDTH, PREVIEW_HEIGHT = 64, 48


def with_two_films(path: Path, *, previews: int, frames: int, first_is_preview: bool = True) -> Path:
    """A numbered film, and one of ``previews`` small black pictures."""
    with av.open(str(path), "w") as container:
        kinds = ["preview", "numbered"] if first_is_preview else ["numbered", "preview"]
        streams = {kind: _stream(container, kind) for kind in kinds}
        for number in range(max(previews, frames)):
            if number < previews:
                _mux(container, streams["preview"], np.zeros((PREVIEW_HEIGHT, PREVIEW_WIDTH, 3), np.uint8), number)
            if number < frames:
                _mux(container, streams["numbered"], numbered_image(number), number)
        for stream in streams.values():
            container.mux(stream.encode(None))
    return path


def _stream(container: Any, kind: str) -> VideoStream:
    is_preview = kind == "preview"
    stream = cast(VideoStream, container.add_stream("mjpeg" if is_preview else "libx264", rate=25))
    stream.width, stream.height = (PREVIEW_WIDTH, PREVIEW_HEIGHT) if is_preview else (WIDTH, HEIGHT)
    stream.pix_fmt = "yuvj420p" if is_preview else "yuv420p"
    return stream


def _mux(container: Any, stream: VideoStream, image: Image, number: int) -> None:
    frame = VideoFrame.from_ndarray(image, format="rgb24")
    frame.pts, frame.time_base = number, Fraction(1, 25)
    container.mux(stream.encode(frame))
