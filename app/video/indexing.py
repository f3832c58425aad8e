"""Makes the index of a video file, keeps it on disk, and proves it. Reading the packets without decoding gives a first
index, if their times are credible. It is proved by decoding every frame: immediately if the file is small or its times
are missing or wrong, otherwise by ``prove``, which the window calls in the background. Packets can mislead: MPEG-4
codes "no picture here", AVI has empty chunks, DivX packs two pictures into one packet, H.264 splits one picture over
two. The proof is a decoding with one thread. Several threads are used until something is odd: if a packet is refused or
gives no picture, one thread starts over, because with several threads an error looks like a missing picture.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import av
from av.video.frame import VideoFrame
from platformdirs import user_cache_dir

from app.video.container import decoded_frames, open_container
from app.video.index import VideoIndex
from app.video.index_building import DecodedFilm, index_by_decoding, index_by_times
from app.video.info import VideoError
from app.video.packets import (
    PACKETS_BETWEEN_REPORTS,
    Cancelled,
    Film,
    FilmPacket,
    Packets,
    Progress,
    walked_through,
    watched_packets,
)
from app.video.picture_check import check_of

FRAMES_TO_TRY = 48  # more than any codec reorders, and past the first hidden frame of VP8
PIXELS_PROVED_AT_ONCE = 15_000_000  # of all frames together; a fraction of a second of decoding
SHARE_OF_WALK = 0.2  # share of the progress, if decoding follows
CODECS_WITH_HIDDEN_PICTURES = frozenset({"vp8"})  # always look odd to several threads

SureFrames: TypeAlias = Callable[[int], None]


def index_of(
    path: Path,
    *,
    on_progress: Progress,
    is_cancelled: Cancelled,
    film: int | None = None,
    decoding_threads: int = 0,
    is_proven: bool = False,
    on_sure: SureFrames | None = None,
) -> VideoIndex:
    """The index from disk, or a new one if the file is new or has changed. With ``is_proven`` it is proved. ``film`` is
    the number of the stream; None for the main film.

    Raises:
        VideoError: if the file cannot be read as a video or was cut off.
        OpeningCancelledError: as soon as ``is_cancelled`` returns True.
    """
    index = VideoIndex.load(_kept_at(path, film))
    if index is None:
        index = make_index(
            path, on_progress=on_progress, is_cancelled=is_cancelled, film=film, decoding_threads=decoding_threads
        )
        keep(index, path, film=film)
    if is_proven and not index.is_proven:
        index = prove(
            path,
            index,
            on_progress=on_progress,
            is_cancelled=is_cancelled,
            on_sure=on_sure,
            film=film,
            decoding_threads=decoding_threads,
        )
    return index


def keep(index: VideoIndex, path: Path, *, film: int | None = None) -> None:
    """Save an index for the next opening of this file, or of this film in it."""
    try:
        index.save(_kept_at(path, film))
    except OSError as error:  # not fatal: only the next opening takes longer
        logging.getLogger(__name__).warning("The index of %s could not be kept: %s", path, error)


def _kept_at(path: Path, film: int | None) -> Path:
    try:
        status = path.stat()
    except OSError:
        raise VideoError(f"There is no file {path}; choose where it is now.") from None
    # Another version of the decoder may give other pictures or errors.
    key = f"{path}\n{status.st_size}\n{status.st_mtime_ns}\n{av.library_versions}\n{film}".encode(
        errors="surrogateescape"
    )
    return Path(user_cache_dir("Siamark"), "video_index", f"{sha256(key).hexdigest()}.npz")


def make_index(
    path: Path,
    *,
    on_progress: Progress,
    is_cancelled: Cancelled,
    film: int | None = None,
    decoding_threads: int = 0,
) -> VideoIndex:
    """Index the file, ignoring the saved index. Raises as ``index_of`` does."""
    walked = walked_through(path, film, lambda share: on_progress(share * SHARE_OF_WALK), is_cancelled)
    begun = _decoded(path, walked, threads=1, limit=FRAMES_TO_TRY)
    pixels = begun.first.width * begun.first.height * len(walked.packets)
    index = None if pixels <= PIXELS_PROVED_AT_ONCE else index_by_times(walked, begun)
    if index is None:

        def on_share(share: float) -> None:
            on_progress(SHARE_OF_WALK + share * (1 - SHARE_OF_WALK))

        decoded = _decoded_whole(
            path, walked, threads=decoding_threads, on_progress=on_share, is_cancelled=is_cancelled
        )
        index = index_by_decoding(walked, decoded)
    on_progress(1.0)
    return index


def prove(
    path: Path,
    index: VideoIndex,
    *,
    on_progress: Progress,
    is_cancelled: Cancelled,
    on_sure: SureFrames | None = None,
    film: int | None = None,
    decoding_threads: int = 0,
) -> VideoIndex:
    """Decode every frame, and return and save the proved index. ``film`` must be the same as when the index was made,
    because it is part of the saved name. ``on_sure`` is called with the number of first frames that are numbered right
    in ``index``.

    Raises as ``index_of`` does.
    """
    walked = walked_through(path, index.film, lambda share: None, is_cancelled)
    decoded = _decoded_whole(
        path,
        walked,
        threads=decoding_threads,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
        on_sure=None if on_sure is None else _Comparison(index, on_sure).take,
    )
    proved = replace(index_by_decoding(walked, decoded), fingerprint=index.fingerprint, levels=index.levels)
    keep(proved, path, film=film)
    on_progress(1.0)
    return proved


class _Comparison:
    """Counts the frames of an index that the decoder has confirmed so far."""

    def __init__(self, index: VideoIndex, on_sure: SureFrames) -> None:
        self._expected = index.packets.tolist()
        self._on_sure = on_sure
        self._compared = 0  # of what was decoded
        self._sure = 0
        self._told = 0

    def take(self, packets: list[int], damaged: list[int]) -> None:
        """``packets`` grows from call to call, and starts over if decoding does."""
        refused = set(damaged)
        if len(packets) < self._compared:
            self._compared = self._sure = 0
        for packet in packets[self._compared :]:
            while self._sure < len(self._expected) and self._expected[self._sure] in refused:
                self._sure += 1
            if self._sure == len(self._expected) or self._expected[self._sure] != packet:
                break  # the index is wrong from here on; nothing more is sure until it is made again
            self._sure += 1
            self._compared += 1
        if self._sure > self._told:
            self._told = self._sure
            self._on_sure(self._sure)


# Decoding


def _decoded(path: Path, film: Film, *, threads: int, limit: int) -> DecodedFilm:
    """The first frames.

    Raises:
        VideoError: if there is none.
    """
    return _collected(path, film, threads=threads, watched=iter, limit=limit)


def _decoded_whole(
    path: Path,
    film: Film,
    *,
    threads: int,
    on_progress: Progress,
    is_cancelled: Cancelled,
    on_sure: Callable[[list[int], list[int]], None] | None = None,
) -> DecodedFilm:
    def watched(packets: Packets) -> Packets:
        return watched_packets(path, packets, on_progress, is_cancelled)

    if threads != 1 and film.codec not in CODECS_WITH_HIDDEN_PICTURES:
        decoded = _collected(path, film, threads=threads, watched=watched, on_sure=on_sure)
        if not decoded.damaged and set(decoded.packets) >= _shown(film.packets):
            return decoded
    return _collected(path, film, threads=1, watched=watched, on_sure=on_sure)


def _shown(packets: Sequence[FilmPacket]) -> set[int]:
    return {number for number, packet in enumerate(packets) if packet.is_shown}


def _collected(
    path: Path,
    film: Film,
    *,
    threads: int,
    watched: Callable[[Packets], Packets],
    limit: int | None = None,
    on_sure: Callable[[list[int], list[int]], None] | None = None,
) -> DecodedFilm:
    packets: list[int] = []
    checks: list[int] = []
    damaged: list[int] = []
    first: VideoFrame | None = None
    container, stream = open_container(path, film=film.number, decoding_threads=threads)
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
    return DecodedFilm(packets, checks, damaged, first)
