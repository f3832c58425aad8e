"""Makes a video for benchmarks, in 720p or larger: a textured target moves over a panning background."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tracker_core.geometry import Box
from tracker_core.images import Image

WIDTH, HEIGHT = 1280, 720
SIDE = 96  # of the target, in pixels
FRAME_RATE = 30


def true_box(frame: int) -> Box:
    """The target's box in a frame, in pixels. It moves on an ellipse, a few pixels per frame."""
    angle = frame / 60
    return Box.from_centre(
        WIDTH / 2 + 400 * np.cos(angle), HEIGHT / 2 + 200 * np.sin(angle), width=float(SIDE), height=float(SIDE)
    )


def true_boxes(frame: int, count: int) -> list[Box]:
    """``count`` boxes: the true one and others, a few pixels apart."""
    return [true_box(frame).translated(dx=-5 * i, dy=3 * i) for i in range(count)]


def picture(frame: int) -> Image:
    """A frame, (720, 1280, 3) RGB."""
    ground, grain = np.roll(_GROUND, -frame, axis=1), np.roll(_GRAIN, 97 * frame, axis=1)
    image = np.asarray(cv2.add(ground, grain), np.uint8)
    box = true_box(frame)
    left, top = round(box.x), round(box.y)
    image[top : top + SIDE, left : left + SIDE] = _TARGET
    return image


def write_moving_clip(path: Path, *, frames: int, scale: float = 1, group: int = 2 * FRAME_RATE) -> None:
    """Write the clip encoded like most videos: H.264 with B-frames. ``scale``: 1.5 for 1080p. ``group``: frames from
    one at which decoding can start to the next.
    """
    width, height = round(WIDTH * scale), round(HEIGHT * scale)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FRAME_RATE, options={"preset": "veryfast", "crf": "23"})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = width, height, "yuv420p", group
        for number in range(frames):
            image = picture(number)
            if scale != 1:
                image = np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
            container.mux(stream.encode(VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode(None))


def _texture(seed: int, *, width: int, height: int, blob: int) -> Image:
    """Soft coloured blobs, ``blob`` pixels wide."""
    coarse = np.random.default_rng(seed).integers(0, 256, (height // blob, width // blob, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


_GROUND = _texture(1, width=WIDTH, height=HEIGHT, blob=40)
_GRAIN = np.random.default_rng(3).integers(0, 36, (HEIGHT, WIDTH, 3), dtype=np.uint8)  # camera noise, costly to encode
_TARGET = _texture(2, width=SIDE, height=SIDE, blob=12)
