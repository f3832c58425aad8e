"""Making the index of a video file: one walk through its packets, without decoding, then kept on disk.

The packets' presentation times are believed only after the first frames were decoded and came out at just these times.
Where they did not (H.264 in AVI, raw streams, packets that hold half a frame or a hidden one), every frame is decoded
once instead.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

import av
import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from platformdirs import user_cache_dir

from app.video.container import cut_off, decoded_frames, open_container
from app.video.exif import orientation_in_jpeg
from app.video.index import Int64Array, VideoIndex
from app.video.info import OpeningCancelledError, VideoError
from app.video.orientation import Orientation

FRAMES_TO_PROVE = 48  # more than any codec reorders, and past the first hidden frame of VP8
LONGEST_REORDERING = 64  # frames; a larger displacement means that the clock was set back somewhere
PACKETS_BETWEEN_REPORTS = 200
SECONDS_OF_GRACE = 1.0  # that a header may promise too much
NOMINAL_RATE = Fraction(25)  # of a stream that tells none

Packets: TypeAlias = "Iterator[Packet[VideoStream]]"  # quoted: at run time a PyAV packet takes no parameter


class _Packet(NamedTuple):
    pts: int | None
    dts: int | None
    duration: int
    size: int
    is_sync: bool
    is_shown: bool


def index_of(path: Path, *, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]) -> VideoIndex:
    """The index kept on disk, or a new one where the file is new or has changed.

    Raises:
        VideoError: if the file cannot be read as a video or was cut off.
        OpeningCancelledError: once ``is_cancelled`` has said yes.
    """
    kept = _kept_at(path)
    index = VideoIndex.load(kept)
    if index is None:
        index = make_index(path, on_progress=on_progress, is_cancelled=is_cancelled)
        keep(index, path)
    return index


def keep(index: VideoIndex, path: Path) -> None:
    """Keep an index on disk for the next opening of this file."""
    try:
        index.save(_kept_at(path))
    except OSError as error:  # the video is open all the same; only the next opening takes longer
        logging.getLogger(__name__).warning("The index of %s could not be kept: %s", path, error)


def _kept_at(path: Path) -> Path:
    try:
        status = path.stat()
    except OSError:
        raise VideoError(f"There is no file {path}; choose where it is now.") from None
    key = f"{path}\n{status.st_size}\n{status.st_mtime_ns}".encode(errors="surrogateescape")
    return Path(user_cache_dir("Siamark"), "video_index", f"{sha256(key).hexdigest()}.npz")


def make_index(path: Path, *, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]) -> VideoIndex:
    """Walk through the file, whatever is kept on disk. Raises as ``index_of`` does."""
    size = max(path.stat().st_size, 1)

    def watched(packets: Packets) -> Packets:
        for count, packet in enumerate(packets):
            if count % PACKETS_BETWEEN_REPORTS == 0:
                if is_cancelled():
                    raise OpeningCancelledError(path)
                on_progress(min(max(packet.pos or 0, 0) / size, 1.0))
            yield packet

    container, stream = open_container(path)
    with container:
        packets = _packets_in(path, watched(container.demux(stream)))
        if _is_cut_off(container, stream, packets):
            raise VideoError(cut_off(path))
        time_base = stream.time_base or Fraction(1, 1000)
        nominal_rate = stream.average_rate or stream.guessed_rate or NOMINAL_RATE
    first_frames = list(islice(_frames_of(path), FRAMES_TO_PROVE))
    if not first_frames:
        raise VideoError(f"No frame of {path} can be decoded; it is damaged or was cut off, so copy it again.")

    pts = _believable_times(packets)
    if pts is None or not _is_proven(pts, first_frames):
        decoded = [(frame.pts, frame.key_frame) for frame in _frames_of(path, watched)]
        pts = _decoded_times(packets, [time for time, _ in decoded])
    is_counted = pts is None
    if pts is None:
        pts, time_base = np.arange(len(decoded), dtype=np.int64), 1 / nominal_rate
        sync_points = _counted_sync_points(packets, [is_key for _, is_key in decoded])
    else:
        sync_points = _timed_sync_points(packets, pts)
    on_progress(1.0)
    shown = first_frames[0]
    orientation = _orientation(path, shown)
    width, height = orientation.size(width=shown.width, height=shown.height)
    return VideoIndex(
        pts=pts,
        time_base=time_base,
        sync_frames=sync_points[:, 0],
        sync_stamps=sync_points[:, 1],
        sync_sizes=sync_points[:, 2],
        is_counted=is_counted,
        width=width,
        height=height,
        orientation=orientation,
        frame_rate=_mean_rate(pts, time_base=time_base, nominal_rate=nominal_rate),
        fingerprint="",
    )


def _packets_in(path: Path, packets: Packets) -> list[_Packet]:
    try:
        found = [
            _Packet(
                pts=packet.pts,
                dts=packet.dts,
                duration=packet.duration or 0,
                size=packet.size,
                is_sync=packet.is_keyframe,
                is_shown=not packet.is_discard,
            )
            for packet in packets
            if packet.size  # the last one is empty and only asks the decoder for what it still holds
        ]
    except av.error.FFmpegError as error:
        raise VideoError(cut_off(path)) from error
    if found and not any(packet.is_sync for packet in found):
        found[0] = found[0]._replace(is_sync=True)
    return found


def _is_cut_off(container: InputContainer, stream: VideoStream, packets: list[_Packet]) -> bool:
    """Whether the header speaks of more than is in the file."""
    if "mp4" in container.format.name:  # the header lists where each packet lies
        entries = stream.index_entries
        return len(entries) > 0 and entries[-1].pos + entries[-1].size > container.size
    end = max((packet.pts + packet.duration for packet in packets if packet.pts is not None), default=0)
    return float(end * (stream.time_base or 0)) < _promised_seconds(container, stream) - SECONDS_OF_GRACE


def _promised_seconds(container: InputContainer, stream: VideoStream) -> float:
    """Where the picture ends by the header, 0 where it does not say. (A file's length may be that of its sound.)"""
    if container.format.name == "avi" and stream.average_rate:
        return float(stream.frames / stream.average_rate)
    written = re.fullmatch(r"(\d+):(\d+):(\d+\.\d+)", stream.metadata.get("DURATION", ""))  # Matroska
    if written is None:
        return 0.0
    hours, minutes, seconds = map(float, written.groups())
    return hours * 3600 + minutes * 60 + seconds


def _frames_of(path: Path, watched: Callable[[Packets], Packets] = iter) -> Iterator[VideoFrame]:
    container, stream = open_container(path)
    with container:
        yield from decoded_frames(watched(container.demux(stream)))


def _orientation(path: Path, frame: VideoFrame) -> Orientation:
    """Of all frames, by the first. FFmpeg leaves it to us to read the EXIF data of a JPEG picture."""
    container, stream = open_container(path)
    with container:
        if stream.codec_context.name != "mjpeg":
            return Orientation.of(frame)
        first = next(packet for packet in container.demux(stream) if packet.size)
        return Orientation.from_exif(orientation_in_jpeg(bytes(first)))


def _believable_times(packets: list[_Packet]) -> Int64Array | None:
    """The sorted presentation times; None where some are missing, twice there, or jump back."""
    first_sync = next((packet.pts for packet in packets if packet.is_sync), None)
    shown = [packet.pts for packet in packets if packet.is_shown]
    if first_sync is None or None in shown:
        return None
    # What comes before the first sync point leans on pictures that are not in this file, and is never decoded.
    times = np.array([time for time in shown if time is not None and time >= first_sync], dtype=np.int64)
    order = np.argsort(times, kind="stable")
    if np.abs(order - np.arange(len(order))).max(initial=0) > LONGEST_REORDERING:
        return None
    times = times[order]
    return times if len(times) > 0 and (np.diff(times) > 0).all() else None


def _is_proven(pts: Int64Array, first_frames: list[VideoFrame]) -> bool:
    return [frame.pts for frame in first_frames] == list(pts[:FRAMES_TO_PROVE])


def _decoded_times(packets: list[_Packet], decoded: list[int | None]) -> Int64Array | None:
    """The times at which frames came out, if they are packet times in order and so tell which frame is which."""
    if not set(decoded) <= {packet.pts for packet in packets if packet.pts is not None}:
        return None
    times = np.array(decoded, dtype=np.int64)
    return times if (np.diff(times) > 0).all() else None


def _timed_sync_points(packets: list[_Packet], pts: Int64Array) -> Int64Array:
    """Rows of frame, stamp and size."""
    marks = {packet.pts: packet.size for packet in packets if packet.is_sync and packet.pts is not None}
    stamps = np.array(sorted(marks), dtype=np.int64)
    frames = np.searchsorted(pts, stamps)
    sizes = np.array([marks[stamp] for stamp in sorted(marks)], dtype=np.int64)
    return np.stack([frames, stamps, sizes], axis=1)[frames < len(pts)]


def _counted_sync_points(packets: list[_Packet], is_key: list[bool]) -> Int64Array:
    """Rows of frame, stamp and size. The n-th sync packet makes the n-th key frame; where that cannot be, only the
    beginning of the file is sure."""
    marks = [(packet.dts, packet.size) for packet in packets if packet.is_sync and packet.dts is not None]
    frames = np.flatnonzero(is_key)
    stamps, sizes = np.array(marks, dtype=np.int64).reshape(-1, 2).T
    if len(stamps) == len(frames) and (np.diff(stamps) > 0).all() and frames[:1].tolist() == [0]:
        return np.stack([frames, stamps, sizes], axis=1)
    return np.zeros((1, 3), dtype=np.int64)


def _mean_rate(pts: Int64Array, *, time_base: Fraction, nominal_rate: Fraction) -> Fraction:
    """The rate that the header tells, unless the frames themselves tell another."""
    if len(pts) < 2 or pts[-1] <= pts[0]:
        return nominal_rate
    measured = (len(pts) - 1) / (int(pts[-1] - pts[0]) * time_base)
    return nominal_rate if abs(measured / nominal_rate - 1) < 0.01 else measured.limit_denominator(1001)
