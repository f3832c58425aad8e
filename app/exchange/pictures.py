"""The frames themselves: read from the video of a project, and written as pictures beside the boxes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np

from app.exchange.errors import ExchangeError
from app.exchange.format import OnStep
from app.model.project import VideoReference
from app.model.words import counted
from app.video.expected import check_is
from app.video.info import VideoError
from app.video.source import FrameSource, open_source, picture_shown
from tracker_core.images import Image

JPEG_QUALITY = 95
MOST_FRAMES_NAMED = 10


class FramesOfVideo:
    """The frames of a project's video, as they are shown. ``damaged``: those whose picture is another one's."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source
        self.times: Sequence[float] = source.info.times.tolist()
        self.damaged: list[int] = []

    def read(self, frame: int) -> Image:
        """RGB, (height, width, 3). For a damaged frame the picture that the window shows in its place."""
        shown = picture_shown(self._source, frame)
        if shown.damage:
            self.damaged.append(frame)
        return shown.image


@contextmanager
def frames_of(video: VideoReference, on_step: OnStep = lambda what: None) -> Iterator[FramesOfVideo]:
    """The frames of a video, for as long as the block lasts. ``on_step`` hears of it where they are counted first.

    Raises:
        ExchangeError: if the video is not there, is another one, or cannot be read; also from inside the block.
    """

    def on_progress(fraction: float) -> None:
        on_step(f"counting the frames of the video, {100 * fraction:.0f} %")

    try:
        source = open_source(video.path, known_as=video.fingerprint, is_proven=True, on_progress=on_progress)
        try:
            info = source.info
            check_is(info, video)
            if info.frame_count < video.frame_count:
                raise ExchangeError(
                    f"The frames cannot be written: {video.path} has {info.frame_count} of the {video.frame_count} "
                    "frames that the project is about."
                )
            yield FramesOfVideo(source)
        finally:
            source.close()
    except VideoError as error:
        raise ExchangeError(f"The frames cannot be written: {error}") from None


def write_pictures(video: VideoReference, places: Mapping[int, list[Path]], on_step: OnStep) -> tuple[str, ...]:
    """Write frames to where they belong; the suffix of each path says how.

    Returns a sentence about frames that are damaged.

    Raises:
        ExchangeError: if the video is missing or another one, or a frame cannot be read.
        OSError: if a picture cannot be written.
    """
    with frames_of(video, on_step) as frames:
        for done, frame in enumerate(sorted(places)):
            on_step(f"writing picture {done + 1:,} of {len(places):,}")
            first, *others = places[frame]
            for path in places[frame]:
                path.parent.mkdir(parents=True, exist_ok=True)
            first.write_bytes(encoded(frames.read(frame), first.suffix))
            for other in others:
                shutil.copyfile(first, other)
        return notes_on_damage(frames.damaged, "shown with the picture of the nearest whole frame")


def notes_on_damage(frames: Sequence[int], done: str) -> tuple[str, ...]:
    """A sentence about damaged frames, if there are any."""
    if not frames:
        return ()
    more = f" and {len(frames) - MOST_FRAMES_NAMED:,} more" if len(frames) > MOST_FRAMES_NAMED else ""
    named = ", ".join(map(str, frames[:MOST_FRAMES_NAMED]))
    return (f"{counted(len(frames), 'damaged frame')} ({named}{more}): {done}.",)


def encoded(image: Image, suffix: str) -> bytes:
    """Encode an RGB picture as a ".jpg" or ".png" file."""
    options = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY] if suffix == ".jpg" else []
    is_done, data = cv2.imencode(suffix, cv2.cvtColor(image, cv2.COLOR_RGB2BGR), options)
    if not is_done:
        raise ExchangeError(f"A frame cannot be written as {suffix}.")
    return np.asarray(data, np.uint8).tobytes()
