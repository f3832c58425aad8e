"""What is known of a video before a frame of it is read, and how its troubles are told."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.video.levels import Levels


class VideoError(Exception):
    """A video or one of its frames cannot be read. ``str(error)`` is the sentence for the person."""


class DamagedFrameError(VideoError):
    """One frame of a video is damaged. It keeps its number, and the other frames can be read."""


class OtherVideoError(VideoError):
    """At this place there is another video than the one that was expected."""


class OpeningCancelledError(Exception):
    """Whoever asked for the video has asked to stop before it was open. Nothing to tell the person."""


class FilmInFile(NamedTuple):
    """One of the films that a file holds."""

    number: int  # of its stream in the file
    packet_count: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class VideoInfo:
    """A video that is open. ``width`` and ``height`` are those of the picture as it is shown, upright."""

    path: Path
    frame_count: int
    width: int
    height: int
    frame_rate: Fraction  # frames per second; the mean, where the rate varies
    times: NDArray[np.float64]  # (frame_count,) seconds at which each frame is shown; the first is 0
    fingerprint: str = ""  # of the content (app/video/fingerprint.py): the same for a copy or after a renaming
    damaged_frames: frozenset[int] = frozenset()  # known so far; they keep their number and have no picture
    film: int = 0  # the number of its stream in the file
    films: tuple[FilmInFile, ...] = ()  # all that the file holds; empty for images
    notes: tuple[str, ...] = ()  # sentences about what is in the file or folder and not shown
    levels: Levels | None = None  # through which pictures of more than 8 bits are seen; None for 8 bits
    automatic_levels: Levels | None = None  # those that nobody chose
    sure_frames: int | None = None  # from the first on: whose number is proven by decoding; None for all

    @property
    def is_proven(self) -> bool:
        """Whether no frame's number can change any more."""
        return self.sure_frames is None or self.sure_frames >= self.frame_count
