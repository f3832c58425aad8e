"""Video files whose every frame shows its own number in black and white blocks, large enough to survive compression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from tracker_core.tracker import Image

COLUMNS, ROWS, BLOCK = 6, 2, 32
WIDTH, HEIGHT = COLUMNS * BLOCK, ROWS * BLOCK  # 192 x 64, a number of 12 bits


def numbered_image(number: int) -> Image:
    """Bit k of the number is block k, row by row; white is one."""
    bits = np.array([number >> k & 1 for k in range(COLUMNS * ROWS)], dtype=np.uint8).reshape(ROWS, COLUMNS)
    blocks = np.kron(bits * 255, np.ones((BLOCK, BLOCK), dtype=np.uint8)).astype(np.uint8)
    return np.repeat(blocks[:, :, np.newaxis], 3, axis=2)


def number_in(image: Image) -> int:
    """The number that a frame shows, whatever it claims to be.

    Raises:
        AssertionError: if a block is neither black nor white, so that a broken picture is no number at all.
    """
    assert image.shape == (HEIGHT, WIDTH, 3)
    quarter = BLOCK // 4
    inner = image.reshape(ROWS, BLOCK, COLUMNS, BLOCK, 3)[:, quarter:-quarter, :, quarter:-quarter]
    levels = inner.mean(axis=(1, 3, 4)).ravel()
    assert ((levels < 64) | (levels > 192)).all(), f"the picture is broken: {levels.round()}"
    return sum(1 << k for k, level in enumerate(levels) if level > 128)


@dataclass(frozen=True)
class Coding:
    """How a clip is to be written."""

    suffix: str = ".mp4"
    codec: str = "libx264"
    options: Mapping[str, str] = field(default_factory=dict)
    group: int = 12  # frames from one key frame to the next
    rotation: int = 0  # degrees, as the display matrix of a phone
    is_mirrored: bool = False


def write_clip(
    folder: Path, coding: Coding, *, frames: int = 60, milliseconds: Sequence[int] | None = None, name: str = "clip"
) -> Path:
    """Write the clip, at 25 frames a second or with each frame shown at the time given."""
    path = folder / f"{name}{coding.suffix}"
    with av.open(str(path), "w") as container:
        stream = cast(VideoStream, container.add_stream(cast(Any, coding.codec), rate=25, options=dict(coding.options)))
        stream.width, stream.height = WIDTH, HEIGHT
        stream.pix_fmt = "yuvj420p" if coding.codec == "mjpeg" else "yuv420p"
        stream.gop_size = coding.group
        if milliseconds is not None:
            stream.codec_context.time_base = Fraction(1, 1000)
        if coding.rotation or coding.is_mirrored:
            stream.set_display_rotation(coding.rotation, hflip=coding.is_mirrored)
        for packet in _packets(stream, frames, milliseconds):
            container.mux(packet)
    return path


def _packets(stream: VideoStream, frames: int, milliseconds: Sequence[int] | None) -> Iterator[Packet[VideoStream]]:
    for number in range(frames):
        frame = VideoFrame.from_ndarray(numbered_image(number), format="rgb24")
        frame.pts = number if milliseconds is None else milliseconds[number]
        frame.time_base = Fraction(1, 25 if milliseconds is None else 1000)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def with_header_first(path: Path) -> Path:
    """The same MP4 with its index before the pictures, as a video on the web."""
    moved = path.with_stem(f"{path.stem}_header_first")
    with av.open(str(path)) as source, av.open(str(moved), "w", options={"movflags": "faststart"}) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return moved
