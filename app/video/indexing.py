"""Making the index of a video file, keeping it on disk, and proving it.

One walk through the packets, without decoding, gives an index to begin with where the packets' times can be believed.
It is proved by decoding every frame: at once where the file is small or its times are missing or wrong, otherwise by
``prove``, which the window calls in the background. Packets lie in many ways: MPEG-4 codes "no picture here", AVI has
empty chunks, DivX packs two pictures in one packet, H.264 splits one picture over two.

The proof is what one thread decodes. Several threads are used as long as nothing is odd; where a packet is refused or
brings no picture, one thread starts anew, since with several an error cannot be told from a picture that is not there.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
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
from app.video.index import Int64Array, UInt32Array, VideoIndex
from app.video.info import OpeningCancelledError, VideoError
from app.video.orientation import Orientation
from app.video.picture_check import check_of

FRAMES_TO_TRY = 48  # more than any codec reorders, and past the first hidden frame of VP8
PIXELS_PROVED_AT_ONCE = 15_000_000  # in all frames together; a fraction of a second of decoding
LONGEST_REORDERING = 64  # frames; a larger displacement means that the clock was set back somewhere
PACKETS_BETWEEN_REPORTS = 50
SHARE_OF_WALK = 0.2  # of the progress, where decoding follows
MOST_LEANING_BACK = 16  # frames that may be shown before, and decoded after, the one on which they lean
LARGEST_WITHOUT_PICTURE = 19  # bytes of a packet of MPEG-4 that says that there is no picture
SECONDS_OF_GRACE = 1.0  # that a header may promise too much
NOMINAL_RATE = Fraction(25)  # of a stream that tells none
CODECS_WITH_HIDDEN_PICTURES = frozenset({"vp8"})  # one thread at once: each would look odd to several

Packets: TypeAlias = "Iterator[Packet[VideoStream]]"  # quoted: at run time a PyAV packet takes no parameter
Progress: TypeAlias = Callable[[float], None]
Cancelled: TypeAlias = Callable[[], bool]
SureFrames: TypeAlias = Callable[[int], None]


class _Packet(NamedTuple):
    pts: int | None
    dts: int | None
    duration: int
    size: int
    is_sync: bool
    is_shown: bool


class _Film(NamedTuple):
    """What can be told of a stream without decoding."""

    packets: list[_Packet]
    time_base: Fraction
    nominal_rate: Fraction
    codec: str
    exif_orientation: int


class _Decoded(NamedTuple):
    """What came out of the decoder, in the order of showing."""

    packets: list[int]
    checks: list[int]
    damaged: list[int]  # packets that cannot be decoded
    first: VideoFrame


def index_of(
    path: Path,
    *,
    on_progress: Progress,
    is_cancelled: Cancelled,
    decoding_threads: int = 0,
    is_proven: bool = False,
    on_sure: SureFrames | None = None,
) -> VideoIndex:
    """The index kept on disk, or a new one where the file is new or has changed. With ``is_proven`` it is proved.

    Raises:
        VideoError: if the file cannot be read as a video or was cut off.
        OpeningCancelledError: once ``is_cancelled`` has said yes.
    """
    index = VideoIndex.load(_kept_at(path))
    if index is None:
        index = make_index(path, on_progress=on_progress, is_cancelled=is_cancelled, decoding_threads=decoding_threads)
        keep(index, path)
    if is_proven and not index.is_proven:
        index = prove(
            path,
            index,
            on_progress=on_progress,
            is_cancelled=is_cancelled,
            on_sure=on_sure,
            decoding_threads=decoding_threads,
        )
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
    # Another version of the decoder may make other pictures of the same file, or other errors.
    key = f"{path}\n{status.st_size}\n{status.st_mtime_ns}\n{av.library_versions}".encode(errors="surrogateescape")
    return Path(user_cache_dir("Siamark"), "video_index", f"{sha256(key).hexdigest()}.npz")


def make_index(path: Path, *, on_progress: Progress, is_cancelled: Cancelled, decoding_threads: int = 0) -> VideoIndex:
    """Walk through the file, whatever is kept on disk. Raises as ``index_of`` does."""
    film = _walked_through(path, lambda share: on_progress(share * SHARE_OF_WALK), is_cancelled)
    begun = _decoded(path, film, threads=1, limit=FRAMES_TO_TRY)
    pixels = begun.first.width * begun.first.height * len(film.packets)
    index = None if pixels <= PIXELS_PROVED_AT_ONCE else _index_by_times(film, begun)
    if index is None:

        def on_share(share: float) -> None:
            on_progress(SHARE_OF_WALK + share * (1 - SHARE_OF_WALK))

        decoded = _decoded_whole(path, film, threads=decoding_threads, on_progress=on_share, is_cancelled=is_cancelled)
        index = _index_by_decoding(film, decoded)
    on_progress(1.0)
    return index


def prove(
    path: Path,
    index: VideoIndex,
    *,
    on_progress: Progress,
    is_cancelled: Cancelled,
    on_sure: SureFrames | None = None,
    decoding_threads: int = 0,
) -> VideoIndex:
    """Decode every frame and return the index that is proved by it, which is kept on disk as well.

    ``on_sure`` hears how many frames from the first on have turned out to be numbered right in ``index``.

    Raises as ``index_of`` does.
    """
    film = _walked_through(path, lambda share: None, is_cancelled)
    decoded = _decoded_whole(
        path,
        film,
        threads=decoding_threads,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
        on_sure=None if on_sure is None else _Comparison(index, on_sure).take,
    )
    proved = replace(_index_by_decoding(film, decoded), fingerprint=index.fingerprint, levels=index.levels)
    keep(proved, path)
    on_progress(1.0)
    return proved


class _Comparison:
    """How many frames of an index are confirmed by what has come out of the decoder so far."""

    def __init__(self, index: VideoIndex, on_sure: SureFrames) -> None:
        self._expected = index.packets.tolist()
        self._on_sure = on_sure
        self._compared = 0  # of what was decoded
        self._sure = 0
        self._told = 0

    def take(self, packets: list[int], damaged: list[int]) -> None:
        """``packets`` grows from call to call; it begins anew where decoding does."""
        refused = set(damaged)
        if len(packets) < self._compared:
            self._compared = self._sure = 0
        for packet in packets[self._compared :]:
            while self._sure < len(self._expected) and self._expected[self._sure] in refused:
                self._sure += 1
            if self._sure == len(self._expected) or self._expected[self._sure] != packet:
                break  # from here on the index is wrong, and nothing more is sure before it is made anew
            self._sure += 1
            self._compared += 1
        if self._sure > self._told:
            self._told = self._sure
            self._on_sure(self._sure)


# Walking through the packets


def _walked_through(path: Path, on_progress: Progress, is_cancelled: Cancelled) -> _Film:
    container, stream = open_container(path)
    with container:
        watched = _watched(path, container.demux(stream), on_progress, is_cancelled)
        codec = stream.codec_context.name
        packets, exif_orientation = _packets_in(path, watched, is_jpeg=codec == "mjpeg")
        if _is_cut_off(path, container, stream, packets):
            raise VideoError(cut_off(path))
        return _Film(
            packets=packets,
            time_base=stream.time_base or Fraction(1, 1000),
            nominal_rate=stream.average_rate or stream.guessed_rate or NOMINAL_RATE,
            codec=codec,
            exif_orientation=exif_orientation,
        )


def _watched(path: Path, packets: Packets, on_progress: Progress, is_cancelled: Cancelled) -> Packets:
    size = max(path.stat().st_size, 1)
    for count, packet in enumerate(packets):
        if is_cancelled():
            raise OpeningCancelledError(path)
        if count % PACKETS_BETWEEN_REPORTS == 0:
            on_progress(min(max(packet.pos or 0, 0) / size, 1.0))
        yield packet


def _packets_in(path: Path, packets: Packets, *, is_jpeg: bool) -> tuple[list[_Packet], int]:
    """All packets that hold something, and the EXIF orientation of the first, which FFmpeg leaves to us."""
    found: list[_Packet] = []
    exif_orientation = 1
    try:
        for packet in packets:
            if not packet.size:  # the last one only asks the decoder for what it still holds
                continue
            if not found and is_jpeg:
                exif_orientation = orientation_in_jpeg(bytes(packet))
            found.append(
                _Packet(
                    pts=packet.pts,
                    dts=packet.dts,
                    duration=packet.duration or 0,
                    size=packet.size,
                    is_sync=packet.is_keyframe,
                    is_shown=not packet.is_discard,
                )
            )
    except av.error.FFmpegError as error:
        raise VideoError(cut_off(path)) from error
    if found and not any(packet.is_sync for packet in found):
        found[0] = found[0]._replace(is_sync=True)
    return found, exif_orientation


def _is_cut_off(path: Path, container: InputContainer, stream: VideoStream, packets: list[_Packet]) -> bool:
    """Whether the header speaks of more than is in the file."""
    if "mp4" in container.format.name:  # the header lists where each packet lies
        entries = stream.index_entries
        return len(entries) > 0 and entries[-1].pos + entries[-1].size > container.size
    end = max((packet.pts + packet.duration for packet in packets if packet.pts is not None), default=0)
    if float(end * (stream.time_base or 0)) >= _promised_seconds(container, stream) - SECONDS_OF_GRACE:
        return False
    return container.format.name != "avi" or _riff_is_cut_off(path)


def _promised_seconds(container: InputContainer, stream: VideoStream) -> float:
    """Where the picture ends by the header, 0 where it does not say. (A file's length may be that of its sound.)"""
    if container.format.name == "avi" and stream.average_rate:
        return float(stream.frames / stream.average_rate)
    written = re.fullmatch(r"(\d+):(\d+):(\d+\.\d+)", stream.metadata.get("DURATION", ""))  # Matroska
    if written is None:
        return 0.0
    hours, minutes, seconds = map(float, written.groups())
    return hours * 3600 + minutes * 60 + seconds


def _riff_is_cut_off(path: Path) -> bool:
    """Whether an AVI says that it is longer than it is. One that is whole may end in chunks without a byte."""
    size = path.stat().st_size
    with path.open("rb") as file:
        position = 0
        while position + 8 <= size:
            file.seek(position)
            head = file.read(8)
            if head[:4] != b"RIFF":
                break
            position += 8 + int.from_bytes(head[4:], "little")
    return position > size


# Decoding


def _decoded(path: Path, film: _Film, *, threads: int, limit: int) -> _Decoded:
    """The first frames.

    Raises:
        VideoError: if there is none.
    """
    return _collected(path, film, threads=threads, watched=iter, limit=limit)


def _decoded_whole(
    path: Path,
    film: _Film,
    *,
    threads: int,
    on_progress: Progress,
    is_cancelled: Cancelled,
    on_sure: Callable[[list[int], list[int]], None] | None = None,
) -> _Decoded:
    def watched(packets: Packets) -> Packets:
        return _watched(path, packets, on_progress, is_cancelled)

    if threads != 1 and film.codec not in CODECS_WITH_HIDDEN_PICTURES:
        decoded = _collected(path, film, threads=threads, watched=watched, on_sure=on_sure)
        if not decoded.damaged and set(decoded.packets) >= _shown(film.packets):
            return decoded
    return _collected(path, film, threads=1, watched=watched, on_sure=on_sure)


def _shown(packets: Sequence[_Packet]) -> set[int]:
    return {number for number, packet in enumerate(packets) if packet.is_shown}


def _collected(
    path: Path,
    film: _Film,
    *,
    threads: int,
    watched: Callable[[Packets], Packets],
    limit: int | None = None,
    on_sure: Callable[[list[int], list[int]], None] | None = None,
) -> _Decoded:
    packets: list[int] = []
    checks: list[int] = []
    damaged: list[int] = []
    first: VideoFrame | None = None
    container, stream = open_container(path, decoding_threads=threads)
    with container:
        frames = decoded_frames(watched(container.demux(stream)), on_damaged=damaged.append)
        for packet, frame in islice(frames, limit):
            first = first or frame
            packets.append(packet)
            checks.append(check_of(frame))
            if on_sure is not None and len(packets) % PACKETS_BETWEEN_REPORTS == 0:
                on_sure(packets, damaged)
    if first is None:
        raise VideoError(f"No frame of {path} can be decoded; it is damaged or was cut off, so copy it again.")
    if on_sure is not None:
        on_sure(packets, damaged)
    return _Decoded(packets, checks, damaged, first)


# The index


def _index_by_times(film: _Film, begun: _Decoded) -> VideoIndex | None:
    """The index that the packets' times give; None where they are missing, wrong, or not those of the first frames."""
    shown = _shown_in_order(film.packets)
    if shown is None:
        return None
    packets, pts = shown
    refused = set(begun.damaged)
    expected = [packet for packet in packets[: len(begun.packets) + len(refused)] if packet not in refused]
    if expected[: len(begun.packets)] != begun.packets:
        return None
    known = dict(zip(begun.packets, begun.checks, strict=True))
    sure = packets[: packets.index(begun.packets[-1]) + 1]
    return _index(
        film,
        begun.first,
        np.array(packets, dtype=np.int64),
        pts,
        checks=np.array([known.get(packet, 0) for packet in sure], dtype=np.uint32),
        damaged=[place for place, packet in enumerate(sure) if packet in refused],
        is_proven=False,
    )


def _shown_in_order(packets: Sequence[_Packet]) -> tuple[list[int], Int64Array] | None:
    """The packets that are shown, by their times, which must all be there, differ, and nowhere jump back."""
    first_sync = next((packet.pts for packet in packets if packet.is_sync), None)
    if first_sync is None:
        return None
    numbers, times = [], []
    for number, packet in enumerate(packets):
        if not packet.is_shown:
            continue
        if packet.pts is None:
            return None
        # What comes before the first sync point leans on pictures that are not in this file, and is never decoded.
        if packet.pts >= first_sync:
            numbers.append(number)
            times.append(packet.pts)
    pts = np.array(times, dtype=np.int64)
    order = np.argsort(pts, kind="stable")
    if np.abs(order - np.arange(len(order))).max(initial=0) > LONGEST_REORDERING:
        return None
    pts = pts[order]
    if not len(pts) or not (np.diff(pts) > 0).all():
        return None
    return [numbers[place] for place in order], pts


def _index_by_decoding(film: _Film, decoded: _Decoded) -> VideoIndex:
    """The index of what one thread decodes, with a place for each packet that it cannot decode."""
    found = list(zip(decoded.packets, decoded.checks, strict=True))
    refused = _refused(film, decoded)
    times = [film.packets[packet].pts for packet, _ in found]
    lost = [film.packets[packet].pts for packet in refused]
    pts: Int64Array | None = None
    if _rise(times) and None not in lost and not {*times} & {*lost}:
        in_order = sorted(zip([*times, *lost], [*found, *((packet, 0) for packet in refused)], strict=True))
        found = [picture for _, picture in in_order]
        pts = np.array([time for time, _ in in_order], dtype=np.int64)
    else:  # nothing says when a refused packet was to be shown: behind all that is before it in the file
        for packet in refused:
            found.insert(sum(1 for other, _ in found if other < packet), (packet, 0))
    lacking = set(refused)
    return _index(
        film,
        decoded.first,
        np.array([packet for packet, _ in found], dtype=np.int64),
        pts,
        checks=np.array([check for _, check in found], dtype=np.uint32),
        damaged=[frame for frame, (packet, _) in enumerate(found) if packet in lacking],
        is_proven=True,
    )


def _refused(film: _Film, decoded: _Decoded) -> list[int]:
    """Packets that should have been a frame. Before the first sync point there is nothing to be shown anyway."""
    first_sync = next(number for number, packet in enumerate(film.packets) if packet.is_sync)
    begin = min(first_sync, *decoded.packets)
    damaged = {packet for packet in decoded.damaged if packet >= begin}
    if film.codec.startswith("mpeg"):
        damaged |= _passed_over(film, decoded, damaged)
    return sorted({packet for packet in damaged if film.packets[packet].is_shown} - set(decoded.packets))


def _passed_over(film: _Film, decoded: _Decoded, damaged: set[int]) -> set[int]:
    """B-frames that an MPEG decoder leaves out without an error, since the picture on which they lean is damaged."""
    brought = set(decoded.packets)
    found: set[int] = set()
    leans_on_damage = False
    for number, packet in enumerate(film.packets):
        if packet.is_sync:
            leans_on_damage = number in damaged
        elif number in damaged:
            leans_on_damage = True
        elif leans_on_damage and number not in brought and packet.size > LARGEST_WITHOUT_PICTURE:
            found.add(number)
    return found


def _rise(times: Sequence[int | None]) -> bool:
    known = [time for time in times if time is not None]
    return len(known) == len(times) and bool((np.diff(np.array(known, dtype=np.int64)) > 0).all())


def _index(
    film: _Film,
    shown: VideoFrame,
    packets: Int64Array,
    pts: Int64Array | None,
    *,
    checks: UInt32Array,
    damaged: list[int],
    is_proven: bool,
) -> VideoIndex:
    """``pts`` is None where the file has no times to be believed; they are made up at the nominal rate."""
    time_base = film.time_base
    if pts is None:
        pts, time_base = np.arange(len(packets), dtype=np.int64), 1 / film.nominal_rate
    points = _sync_points(film.packets, packets, set(damaged))
    _forget_checks_after_damage(checks, damaged, points.frames)
    orientation = Orientation.from_exif(film.exif_orientation) if film.codec == "mjpeg" else Orientation.of(shown)
    width, height = orientation.size(width=shown.width, height=shown.height)
    return VideoIndex(
        pts=pts,
        time_base=time_base,
        packets=packets,
        damaged=np.array(damaged, dtype=np.int64),
        checks=checks,
        is_proven=is_proven,
        packet_count=len(film.packets),
        sync_packets=points.packets,
        sync_frames=points.frames,
        sync_stamps=points.stamps,
        sync_sizes=points.sizes,
        seeks_by_dts=points.are_dts,
        width=width,
        height=height,
        orientation=orientation,
        frame_rate=_mean_rate(pts, time_base=time_base, nominal_rate=film.nominal_rate),
        fingerprint="",
        levels=None,
    )


def _forget_checks_after_damage(checks: UInt32Array, damaged: list[int], sync_frames: Int64Array) -> None:
    """Up to the next sync point pictures lean on what is lost, and several threads patch that up another way than one.

    Some that are shown before the damaged frame are decoded after it.
    """
    healed = 0
    for frame in damaged:
        begin = max(frame - MOST_LEANING_BACK, 0)
        if begin < healed and frame < healed:
            continue
        place = int(np.searchsorted(sync_frames, frame, side="right"))
        healed = int(sync_frames[place]) if place < len(sync_frames) else len(checks)
        checks[begin:healed] = 0


class _SyncPoints(NamedTuple):
    """Packets at which decoding can start."""

    packets: Int64Array
    frames: Int64Array
    stamps: Int64Array
    sizes: Int64Array
    are_dts: bool  # the stamps


def _sync_points(packets: Sequence[_Packet], shown: Int64Array, damaged: set[int]) -> _SyncPoints:
    """From a sync point on a frame can be shown if no frame from there on comes from a packet before the sync point.

    The beginning of the file is always the first of them, and the only one where stamps are missing or fall back.
    """
    frame_of = {packet: frame for frame, packet in enumerate(shown.tolist()) if frame not in damaged}
    marked = [number for number, packet in enumerate(packets) if packet.is_sync and number in frame_of]
    earliest = np.minimum.accumulate(shown[::-1])[::-1]  # the first packet that any frame from here on comes from
    for are_dts in (False, True):
        stamps = [packets[number].dts if are_dts else packets[number].pts for number in marked]
        if not marked or not _rise(stamps):
            continue
        numbers = np.array(marked, dtype=np.int64)
        frames = np.maximum([frame_of[number] for number in marked], np.searchsorted(earliest, numbers))
        sizes = [packets[number].size for number in marked]
        rows = np.stack([numbers, np.maximum.accumulate(frames), np.array(stamps, dtype=np.int64), sizes])
        rows = np.concatenate([np.zeros((4, 1), dtype=np.int64), rows[:, (frames > 0) & (frames < len(shown))]], axis=1)
        return _SyncPoints(rows[0], rows[1], rows[2], rows[3], are_dts)
    beginning = np.zeros(1, dtype=np.int64)
    return _SyncPoints(beginning, beginning, beginning, beginning, False)


def _mean_rate(pts: Int64Array, *, time_base: Fraction, nominal_rate: Fraction) -> Fraction:
    """The rate that the header tells, unless the frames themselves tell another."""
    if len(pts) < 2 or pts[-1] <= pts[0]:
        return nominal_rate
    measured = (len(pts) - 1) / (int(pts[-1] - pts[0]) * time_base)
    return nominal_rate if abs(measured / nominal_rate - 1) < 0.01 else measured.limit_denominator(1001)
