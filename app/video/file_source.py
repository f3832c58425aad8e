"""Frames of a video file by exact index."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, dropwhile
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.video.container import decoded_frames, open_container
from app.video.fingerprint import fingerprint_of
from app.video.indexing import index_of, keep
from app.video.info import DamagedFrameError, OtherVideoError, VideoError, VideoInfo
from tracker_core.tracker import Image

RECENT_BYTES = 128 * 2**20  # of decoded frames kept, not yet RGB, so that stepping back does not decode each time
WORTH_A_SEEK = 8  # frames; a sync point nearer than this is reached as quickly by decoding on
SYNC_POINTS_BACK = (0, 1, 8)  # to start from: some flagged ones need the pictures before them to decode well


class VideoFileSource:
    """Frame k is the k-th picture shown, whatever the rate, the coding order or the first time stamp.

    Reading on decodes on, a jump starts at the sync point before it, and a step back is served from the last frames
    decoded.
    """

    def __init__(
        self,
        path: Path,
        *,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
        decoding_threads: int = 0,
    ) -> None:
        self._file = _identity(path)
        self._index = index_of(path, on_progress=on_progress, is_cancelled=is_cancelled)
        self._decoding_threads = decoding_threads
        self._container, self._stream = open_container(path, decoding_threads=decoding_threads)
        times = self._index.times
        times.setflags(write=False)
        self._info = VideoInfo(
            path=path,
            frame_count=self._index.frame_count,
            width=self._index.width,
            height=self._index.height,
            frame_rate=self._index.frame_rate,
            times=times,
            fingerprint=self._index.fingerprint,
        )
        self._recent: OrderedDict[int, VideoFrame] = OrderedDict()
        self._frames = self._numbered(self._container.demux(self._stream), sync_point=0)
        self._position = 0  # the frame that decoding on is to bring next
        if not self._index.fingerprint:
            self._take_fingerprint()

    @property
    def info(self) -> VideoInfo:
        return self._info

    def read(self, index: int) -> Image:
        if not 0 <= index < self._info.frame_count:
            raise IndexError(f"there is no frame {index} in a video of {self._info.frame_count}")
        return self._picture(self._frame_at(index))

    def close(self) -> None:
        self._recent.clear()
        self._container.close()

    def _take_fingerprint(self) -> None:
        """Once for a file: the last picture may need a whole group of pictures to be decoded."""
        fingerprint = fingerprint_of(self._info.frame_count, lambda index: _as_decoded(self._frame_at(index)))
        self._info = replace(self._info, fingerprint=fingerprint)
        self._index = replace(self._index, fingerprint=fingerprint)
        keep(self._index, self._info.path)

    def _frame_at(self, index: int) -> VideoFrame:
        frame = self._recent.get(index)
        if frame is None:
            try:
                frame = self._decoded(index)
            except av.error.FFmpegError as error:
                raise VideoError(f"Frame {index} of {self._info.path} cannot be read: {error.strerror}.") from error
        return frame

    def _decoded(self, index: int) -> VideoFrame:
        self._refuse_another_file()
        sync_point = self._index.sync_point_of(index)
        if self._position <= index and self._index.sync_frames[sync_point] <= self._position + WORTH_A_SEEK:
            frame = self._advance_to(index)
            if frame is not None:
                return frame
        for start in dict.fromkeys(max(sync_point - back, 0) for back in SYNC_POINTS_BACK):
            self._start_at(start)
            frame = self._advance_to(index)
            if frame is not None:
                return frame
        raise DamagedFrameError(f"Frame {index} of {self._info.path} cannot be decoded; the file is damaged there.")

    def _refuse_another_file(self) -> None:
        """One that is gone can be read on; one that was replaced or written over would be read with the wrong index."""
        if _identity(self._info.path) not in (self._file, None):
            raise OtherVideoError(f"{self._info.path} has changed since it was opened; open it again.")

    def _advance_to(self, index: int) -> VideoFrame | None:
        """Decode on; None where the decoder passes over this frame or comes to the end."""
        for number, frame in self._frames:
            self._position = number + 1
            self._remember(number, frame)
            if number >= index:
                return frame if number == index else None
        self._position = self._info.frame_count
        return None

    def _remember(self, number: int, frame: VideoFrame) -> None:
        self._recent[number] = frame
        self._recent.move_to_end(number)
        room = max(RECENT_BYTES // sum(plane.buffer_size for plane in frame.planes), 2)
        while len(self._recent) > room:
            self._recent.popitem(last=False)

    def _start_at(self, sync_point: int) -> None:
        packets = self._packets_from(sync_point) if sync_point else None
        if packets is None:  # opening anew finds the beginning of any file, also of one in which FFmpeg cannot seek
            sync_point = 0
            container, stream = open_container(self._info.path, decoding_threads=self._decoding_threads)
            self._container.close()
            self._container, self._stream = container, stream
            packets = self._container.demux(self._stream)
        self._frames = self._numbered(packets, sync_point=sync_point)
        self._position = int(self._index.sync_frames[sync_point])

    def _packets_from(self, sync_point: int) -> Iterator[Packet[VideoStream]] | None:
        """All packets from the sync point's on. A seek may land behind it (MPEG-TS); then one further back is tried."""
        wanted, size = int(self._index.sync_stamps[sync_point]), int(self._index.sync_sizes[sync_point])
        for landing in range(sync_point, max(sync_point - 3, 0), -1):
            self._container.seek(int(self._index.sync_stamps[landing]), stream=self._stream)
            packets = self._container.demux(self._stream)
            for packet in packets:
                stamp = packet.dts if self._index.is_counted else packet.pts
                if packet.is_keyframe and stamp == wanted and packet.size == size:
                    return chain([packet], packets)
                if packet.is_keyframe and stamp is not None and stamp > wanted:
                    break
        return None

    def _numbered(self, packets: Iterator[Packet[VideoStream]], *, sync_point: int) -> Iterator[tuple[int, VideoFrame]]:
        """Frames with their index, from the sync point's on: what comes out earlier leans on pictures not decoded."""
        frames = decoded_frames(packets)
        first = int(self._index.sync_frames[sync_point]) if sync_point else 0
        if self._index.is_counted:
            from_sync = dropwhile(lambda frame: sync_point > 0 and not frame.key_frame, frames)
            yield from enumerate(from_sync, start=first)
            return
        for frame in frames:
            number = self._index.frame_shown_at(frame.pts)
            if number is not None and number >= first:
                yield number, frame

    def _picture(self, frame: VideoFrame) -> Image:
        orientation = self._index.orientation
        width, height = orientation.size(width=self._info.width, height=self._info.height)
        # Where the size changes within a file, pictures are scaled to that of the first.
        # One thread: the others of the machine are decoding the frames to come.
        pixels = frame.to_ndarray(width=width, height=height, format="rgb24", threads=1)
        return orientation.applied(np.ascontiguousarray(pixels, dtype=np.uint8))


def _identity(path: Path) -> tuple[int, ...] | None:
    """What tells a file from another at its place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _as_decoded(frame: VideoFrame) -> NDArray[Any]:
    """The numbers of a frame in the decoder's own format, where numpy has a shape for it."""
    try:
        return np.asarray(frame.to_ndarray())
    except ValueError:
        return np.asarray(frame.to_ndarray(format="rgb24"))
