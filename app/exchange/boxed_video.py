"""A video with the boxes drawn in, to show them. It cannot be read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.video.stream import VideoStream

from app.exchange.annotations import Annotations, ExportOptions, Row
from app.exchange.box_drawing import BoxDrawing
from app.exchange.errors import ExchangeError
from app.exchange.format import OnStep, Rendered
from app.exchange.pictures import frames_of, notes_on_damage
from app.exchange.sound import Sound, sound_of
from app.model.project import VideoReference
from tracker_core.images import Image

SUFFIXES = (".mp4", ".mkv", ".mov")
CODEC = "libx264"
QUALITY = {"crf": "18", "preset": "fast"}  # good enough that lines and letters are sharp
TICKS = 90_000  # per second
FEWEST_TICKS = TICKS // 1000  # between frames: containers that count milliseconds must tell them apart


def render(path: Path, annotations: Annotations, options: ExportOptions, on_step: OnStep) -> Rendered:
    """Write the frames with their times in the video, counted from the first written one.

    Raises:
        ExchangeError: if the video cannot be read or written.
    """
    del options
    if path.suffix.lower() not in SUFFIXES:
        raise ExchangeError(f"{path.name} is no name for a video; let it end in {' or '.join(SUFFIXES)}.")
    frames, video = annotations.frames, annotations.video
    if not frames:
        raise ExchangeError("There is no frame to write: the video has none of those that were chosen.")
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in annotations.rows:
        rows[row.frame].append(row)
    drawing = BoxDrawing(annotations.tracks, width=video.width, height=video.height)
    with (
        frames_of(video, on_step) as source,
        sound_of(video.path, begins=source.times[frames[0]], ends=_end(source.times, frames, video)) as sound,
        _written(path, video, sound, step=frames.step) as put,
    ):
        ticks = _ticks([source.times[frame] for frame in frames])
        for done, frame in enumerate(frames):
            on_step(f"writing frame {done + 1:,} of {len(frames):,}")
            image = source.read(frame)
            drawing.draw(image, rows[frame])
            put(image, ticks[done])
    on_step("looking through it")
    _check(path, video, frame_count=len(frames))
    damage = notes_on_damage(source.damaged, "shown with the picture of the nearest whole frame")
    return Rendered(len(frames), (*damage, *drawing.notes, *filter(None, [sound.note]), "No tracks can be read back."))


def _end(times: Sequence[float], frames: range, video: VideoReference) -> float:
    """When the last frame ends, in seconds."""
    after = frames[-1] + 1
    if after < len(times):
        return times[after]
    return times[frames[-1]] + (float(1 / video.frame_rate) if video.frame_rate > 0 else 0.0)


def _ticks(times: Sequence[float]) -> list[int]:
    """When to show each frame, in ticks from the first one. Each is later than the one before, whatever the file
    says.
    """
    ticks: list[int] = []
    for time in times:
        tick = round((time - times[0]) * TICKS)
        ticks.append(max(tick, ticks[-1] + FEWEST_TICKS) if ticks else 0)
    return ticks


@contextmanager
def _written(path: Path, video: VideoReference, sound: Sound, *, step: int) -> Iterator[Callable[[Image, int], None]]:
    """Open a video file to be written. Pass it each picture with its tick.

    Raises:
        ExchangeError: if it cannot be written.
    """
    rate = (video.frame_rate / step).limit_denominator(1001) if video.frame_rate > 0 else Fraction(25)
    try:
        with av.open(str(path), "w") as container:
            stream = cast(VideoStream, container.add_stream(CODEC, rate=max(rate, Fraction(1, 100)), options=QUALITY))
            stream.width, stream.height = _even(video.width), _even(video.height)
            stream.pix_fmt = "yuv420p"
            stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
            sound.join(container, path.suffix.lower())

            def put(image: Image, tick: int) -> None:
                frame = av.VideoFrame.from_ndarray(_padded(image), format="rgb24")
                frame.pts, frame.time_base = tick, Fraction(1, TICKS)
                container.mux(stream.encode(frame))
                sound.write(container, until=Fraction(tick, TICKS))

            yield put
            container.mux(stream.encode())
            sound.write(container)
    except av.error.FFmpegError as error:
        raise ExchangeError(
            f"{path.name} could not be written as a video of {video.width} × {video.height} "
            f"({error.strerror or error}). Nothing was changed."
        ) from error


def _even(side: int) -> int:
    """The next even number: H.264 stores colours at half the size."""
    return side + side % 2


def _padded(image: Image) -> Image:
    """The picture with its last column and row repeated if a side is odd."""
    height, width = image.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        return image
    return np.pad(image, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")


def _check(path: Path, video: VideoReference, *, frame_count: int) -> None:
    """
    Raises:
        ExchangeError: if a player would not show all of it.
    """
    try:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            found, size = 0, (stream.width, stream.height)
            for _ in container.decode(stream):
                found += 1
    except (av.error.FFmpegError, IndexError) as error:
        raise ExchangeError(f"The video does not open again and was not kept ({error}).") from error
    if found != frame_count or size != (_even(video.width), _even(video.height)):
        raise ExchangeError(f"The video holds {found} of {frame_count} frames and was not kept.")
