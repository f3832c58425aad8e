"""Facts about an open video, and the errors of reading one."""

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
    """The path holds another video than the expected one."""


class OpeningCancelledError(Exception):
    """Opening was cancelled by the caller. Not an error to show."""


class GivenUpError(Exception):
    """The caller no longer wants the frame that is being read. Not an error to show."""


class FilmInFile(NamedTuple):
    """One of the films that a file holds."""

    number: int  # of its stream in the file
    packet_count: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class VideoInfo:
    """An open video. ``width`` and ``height`` are those of the upright picture."""

    path: Path
    frame_count: int
    width: int
    height: int
    frame_rate: Fraction  # frames per second; the mean, where the rate varies
    times: NDArray[np.float64]  # (frame_count,) seconds at which each frame is shown; the first is 0
    fingerprint: str = ""  # of the content (app/video/fingerprint.py): the same for a copy or after a renaming
    damaged_frames: frozenset[int] = frozenset()  # known damaged frames; they keep their number and have no picture
    film: int = 0  # the number of its stream in the file
    films: tuple[FilmInFile, ...] = ()  # all that the file holds; empty for images
    notes: tuple[str, ...] = ()  # sentences about what is in the file or folder but not shown
    levels: Levels | None = None  # for pictures of more than 8 bits; None for 8 bits
    automatic_levels: Levels | None = None  # the automatic ones
    sure_frames: int | None = None  # how many first frames have a proven number; None for all

    @property
    def is_proven(self) -> bool:
        """Whether all frame numbers are final."""
        return self.sure_frames is None or self.sure_frames >= self.frame_count
