"""Which frame is shown when, and from where it can be decoded."""

from __future__ import annotations

import os
import tempfile
import zlib
from dataclasses import astuple, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from app.video.orientation import Orientation

FORMAT = 2  # of the file on disk; a file of another number is made anew

Int64Array = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class VideoIndex:
    """The frames of one video file in the order in which they are shown.

    Usually a decoded frame is recognised by its presentation time. Some files have none, or wrong ones (raw H.264, and
    H.264 in AVI); then ``is_counted`` is true, ``pts`` are made up at the nominal rate, and frames are counted from a
    sync point.
    """

    pts: Int64Array  # (frame_count,) presentation times, strictly increasing, in units of time_base
    time_base: Fraction  # seconds
    sync_frames: Int64Array  # (sync points,) the first frame that can be shown when decoding starts there; ascending
    sync_stamps: Int64Array  # (sync points,) the packet to start at: its pts, or its dts where frames are counted
    sync_sizes: Int64Array  # (sync points,) its bytes: a second mark, for after a seek MPEG-PS may give pts to others
    is_counted: bool
    width: int  # of the picture as it is shown
    height: int
    orientation: Orientation  # how a decoded picture is turned to be shown
    frame_rate: Fraction
    fingerprint: str  # of the content; see app/video/fingerprint.py

    @property
    def frame_count(self) -> int:
        return len(self.pts)

    @property
    def times(self) -> NDArray[np.float64]:
        """Seconds from the first frame."""
        return np.asarray((self.pts - self.pts[0]) * float(self.time_base), dtype=np.float64)

    def frame_shown_at(self, pts: int | None) -> int | None:
        """The frame of exactly this presentation time, if it is one that is shown."""
        if pts is None:
            return None
        frame = int(np.searchsorted(self.pts, pts))
        return frame if frame < len(self.pts) and self.pts[frame] == pts else None

    def sync_point_of(self, frame: int) -> int:
        """The last sync point from which the frame can be decoded."""
        return max(int(np.searchsorted(self.sync_frames, frame, side="right")) - 1, 0)

    def save(self, path: Path) -> None:
        """Written beside and renamed, so that a reader sees a whole file or none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".unfinished")
        try:
            with os.fdopen(descriptor, "wb") as file:
                np.savez_compressed(
                    file,
                    format=FORMAT,
                    pts=self.pts,
                    sync_frames=self.sync_frames,
                    sync_stamps=self.sync_stamps,
                    sync_sizes=self.sync_sizes,
                    time_base=self.time_base.as_integer_ratio(),
                    frame_rate=self.frame_rate.as_integer_ratio(),
                    size=(self.width, self.height),
                    orientation=astuple(self.orientation),
                    is_counted=self.is_counted,
                    fingerprint=self.fingerprint,
                )
            os.replace(unfinished, path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """What ``save`` wrote, or None where there is no such file, or a damaged one, or one of another format."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                if int(stored["format"]) != FORMAT:
                    return None
                width, height = (int(side) for side in stored["size"])
                return cls(
                    pts=stored["pts"].astype(np.int64),
                    time_base=Fraction(*(int(number) for number in stored["time_base"])),
                    sync_frames=stored["sync_frames"].astype(np.int64),
                    sync_stamps=stored["sync_stamps"].astype(np.int64),
                    sync_sizes=stored["sync_sizes"].astype(np.int64),
                    is_counted=bool(stored["is_counted"]),
                    width=width,
                    height=height,
                    orientation=Orientation(*(bool(part) for part in stored["orientation"])),
                    frame_rate=Fraction(*(int(number) for number in stored["frame_rate"])),
                    fingerprint=str(stored["fingerprint"]),
                )
        except (OSError, EOFError, KeyError, ValueError, BadZipFile, zlib.error):
            return None
