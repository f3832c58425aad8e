"""Which frame is shown when, from which packet it is decoded, and where decoding can start."""

from __future__ import annotations

import os
import tempfile
import zlib
from dataclasses import astuple, dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from app.small_files import make_folder, make_way, open_small_file
from app.video.levels import Levels
from app.video.orientation import Orientation

FORMAT = 5  # of the file on disk; files in another format are made again

Int64Array = NDArray[np.int64]
UInt32Array = NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class VideoIndex:
    """The frames of one video file in the order in which they are shown.

    Packets are counted in file order, without empty ones. A decoded frame is recognised by its packet, because times
    may be missing, wrong, or jump back in the middle of a file.

    Until it ``is_proven``, the index relies on the packets' times and on a few decoded frames at the beginning: the
    numbers of the first ``len(checks)`` frames are final, later ones may be corrected.
    """

    pts: Int64Array  # (frame_count,) presentation times, strictly increasing, in units of time_base
    time_base: Fraction  # seconds
    packets: Int64Array  # (frame_count,) the packet of each frame
    damaged: Int64Array  # ascending: frames that cannot be decoded; they keep their number
    checks: UInt32Array  # (proven frames,) a checksum of each picture, 0 if unknown
    is_proven: bool
    packet_count: int
    film: int  # the number of its stream in the file
    films: Int64Array  # (films in the file, 4): number, packets, width and height of each
    sync_packets: Int64Array  # (sync points,) the packet to start at; ascending
    sync_frames: Int64Array  # (sync points,) the first frame that can be shown when decoding starts there; ascending
    sync_stamps: Int64Array  # (sync points,) the packet's time, for seeking
    sync_sizes: Int64Array  # (sync points,) its size: a second mark, because after a seek MPEG-PS may shift times
    seeks_by_dts: bool  # whether sync_stamps are decoding times
    width: int  # of the picture as shown
    height: int
    orientation: Orientation  # how to turn a decoded picture for display
    frame_rate: Fraction
    fingerprint: str  # of the content; see app/video/fingerprint.py
    levels: Levels | None  # for pictures of more than 8 bits; None for 8 bits

    @property
    def frame_count(self) -> int:
        return len(self.pts)

    @property
    def times(self) -> NDArray[np.float64]:
        """Seconds from the first frame."""
        return np.asarray((self.pts - self.pts[0]) * float(self.time_base), dtype=np.float64)

    def frame_of(self, packet: int, *, occurrence: int = 0) -> int | None:
        """The frame of a packet; None if the packet shows none. A few packets hold several frames; ``occurrence`` says
        which one.
        """
        packets, frames = self._frames_by_packet
        place = int(np.searchsorted(packets, packet)) + occurrence
        return int(frames[place]) if place < len(packets) and packets[place] == packet else None

    def is_damaged(self, frame: int) -> bool:
        place = int(np.searchsorted(self.damaged, frame))
        return place < len(self.damaged) and int(self.damaged[place]) == frame

    def check_of(self, frame: int) -> int | None:
        """The checksum of a frame's picture, if known."""
        return int(self.checks[frame]) or None if frame < len(self.checks) else None

    def sync_point_of(self, frame: int) -> int:
        """The last sync point from which the frame can be decoded."""
        return max(int(np.searchsorted(self.sync_frames, frame, side="right")) - 1, 0)

    def _fits_together(self) -> bool:
        sync_lengths = {len(self.sync_packets), len(self.sync_frames), len(self.sync_stamps), len(self.sync_sizes)}
        return (
            0 < len(self.packets) == len(self.pts) >= len(self.checks)
            and len(sync_lengths) == 1
            and len(self.sync_packets) > 0
            and bool((np.diff(self.pts) > 0).all())
            and _lie_in(self.packets, self.packet_count)
            and _ascend_in(self.sync_packets, self.packet_count)
            and _ascend_in(self.sync_frames, self.frame_count + 1)  # nothing may be shown from the last on
            and _ascend_in(self.damaged, self.frame_count)
            and self.width > 0
            and self.height > 0
            and self.frame_rate > 0
        )

    @cached_property
    def _frames_by_packet(self) -> tuple[Int64Array, Int64Array]:
        """Packets ascending, and the frame of each."""
        order = np.argsort(self.packets, kind="stable")
        return self.packets[order], order.astype(np.int64)

    def save(self, path: Path) -> None:
        """Write a new file and rename it, so that a reader sees a complete file or none."""
        make_folder(path.parent)
        make_way(path)
        descriptor, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".unfinished")
        try:
            with os.fdopen(descriptor, "wb") as file:
                np.savez_compressed(
                    file,
                    format=FORMAT,
                    pts=self.pts,
                    packets=self.packets,
                    damaged=self.damaged,
                    checks=self.checks,
                    is_proven=self.is_proven,
                    packet_count=self.packet_count,
                    film=self.film,
                    films=self.films,
                    sync_packets=self.sync_packets,
                    sync_frames=self.sync_frames,
                    sync_stamps=self.sync_stamps,
                    sync_sizes=self.sync_sizes,
                    seeks_by_dts=self.seeks_by_dts,
                    time_base=self.time_base.as_integer_ratio(),
                    frame_rate=self.frame_rate.as_integer_ratio(),
                    size=(self.width, self.height),
                    orientation=astuple(self.orientation),
                    fingerprint=self.fingerprint,
                    levels=() if self.levels is None else (self.levels.low, self.levels.high),
                )
            os.replace(unfinished, path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise

    @classmethod
    def load(cls, path: Path) -> Self | None:
        """What ``save`` wrote; None if the file is missing, damaged or in another format."""
        try:
            with open_small_file(path) as file, np.load(file, allow_pickle=False) as stored:
                if int(stored["format"]) != FORMAT:
                    return None
                width, height = (int(side) for side in stored["size"])
                index = cls(
                    pts=_whole(stored["pts"]),
                    time_base=Fraction(*(int(number) for number in stored["time_base"])),
                    packets=_whole(stored["packets"]),
                    damaged=_whole(stored["damaged"]),
                    checks=_whole(stored["checks"]).astype(np.uint32),
                    is_proven=bool(stored["is_proven"]),
                    packet_count=int(stored["packet_count"]),
                    film=int(stored["film"]),
                    films=_whole(stored["films"], sides=2).reshape(-1, 4),
                    sync_packets=_whole(stored["sync_packets"]),
                    sync_frames=_whole(stored["sync_frames"]),
                    sync_stamps=_whole(stored["sync_stamps"]),
                    sync_sizes=_whole(stored["sync_sizes"]),
                    seeks_by_dts=bool(stored["seeks_by_dts"]),
                    width=width,
                    height=height,
                    orientation=Orientation(*(bool(part) for part in stored["orientation"])),
                    frame_rate=Fraction(*(int(number) for number in stored["frame_rate"])),
                    fingerprint=str(stored["fingerprint"]),
                    levels=Levels(*map(float, stored["levels"])) if len(stored["levels"]) else None,
                )
                return index if index._fits_together() else None
        except (OSError, EOFError, BadZipFile, zlib.error):
            return None
        except (RuntimeError, MemoryError):  # an archive that wants a password, another compression or much memory
            return None
        except (KeyError, ValueError, TypeError, ArithmeticError):  # readable, but not written by ``save``
            return None


def _whole(stored: NDArray[Any], *, sides: int = 1) -> Int64Array:
    """
    Raises:
        ValueError: if these are no whole numbers, or not in so many dimensions.
    """
    if stored.dtype.kind not in "iu" or stored.ndim != sides:
        raise ValueError(f"{stored.dtype} in {stored.ndim} dimensions are no whole numbers in {sides}")
    return stored.astype(np.int64)


def _lie_in(numbers: Int64Array, count: int) -> bool:
    return bool(((numbers >= 0) & (numbers < count)).all())


def _ascend_in(numbers: Int64Array, count: int) -> bool:
    return _lie_in(numbers, count) and bool((np.diff(numbers) >= 0).all())
