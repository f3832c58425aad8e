"""Frames of a video file by exact index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from app.video.container import decoded_frames, open_container
from app.video.deep_pictures import deep_values
from app.video.fingerprint import fingerprint_of
from app.video.freed_memory import give_back_freed_pages
from app.video.index import VideoIndex
from app.video.indexing import index_of, keep
from app.video.info import DamagedFrameError, FilmInFile, OtherVideoError, VideoInfo
from app.video.levels import FRAMES_SAMPLED, Levels, chosen_levels, levels_for
from app.video.picture_check import check_of
from app.video.recent_frames import RECENT
from tracker_core.tracker import Image

WORTH_A_SEEK = 8  # frames; instead of seeking to a nearer sync point, decoding on is as fast
FRAMES_BEFORE_A_JUMP = 4  # frames before the wanted one to decode too, for a person who steps back a little
WORTH_SKIPPING = 48  # frames from a sync point
CODECS_THAT_SKIP = frozenset({"h264", "hevc"})  # pictures that no other picture refers to
KEPT_BEHIND, KEPT_GOING_ON = 16, 6
"""Decoded frames before the wanted one that are kept after a jump forward, and while a reader goes on in a video. One
that never looks back, like a run, would otherwise fill the room for all; and a person who steps back finds the pictures
in the frame cache.
"""
MOST_SYNC_POINTS_BACK = 8  # attempts for a frame that does not come out
LONGEST_END = 300  # frames decoded for the fingerprint's last picture
PICTURES_TO_VERIFY = 16  # right pictures in a row after a seek before the decoder is trusted


OnWay = Callable[[int, Callable[[], Image]], None]
"""Called with the number of a frame that was decoded on the way to another one, and with what makes its picture."""


class VideoFileSource:
    """Frame k is the k-th picture in display order, whatever the rate, the coding order or the first time stamp.
    Reading on decodes on; a jump starts at the sync point before the frame; a step back uses the last decoded frames.
    After a jump, pictures are compared with the checksums of the first decoding, if known: some sync points need the
    pictures before them (intra refresh), and then decoding starts further back.
    """

    def __init__(
        self,
        path: Path,
        *,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
        film: int | None = None,
        decoding_threads: int = 0,
        is_proven: bool = False,
        on_sure: Callable[[int], None] | None = None,
    ) -> None:
        """``is_proven``: first decode the whole file, unless it was done before."""
        self._file = _identity(path)
        self._index = index_of(
            path,
            on_progress=on_progress,
            is_cancelled=is_cancelled,
            film=film,
            decoding_threads=decoding_threads,
            is_proven=is_proven,
            on_sure=on_sure,
        )
        self._sync_frames = self._index.sync_frames.copy()  # grows if pictures turn out to be wrong
        self._decoding_threads = decoding_threads
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
            film=self._index.film,
            films=tuple(FilmInFile(*row) for row in self._index.films.tolist()),
            notes=_notes(self._index),
            levels=self._index.levels,
            automatic_levels=self._index.levels,
            damaged_frames=frozenset(self._index.damaged.tolist()),
            sure_frames=self._index.frame_count if self._index.is_proven else len(self._index.checks),
        )
        self._number = RECENT.new_source()
        self._asked_for = film
        opened = _Film(*open_container(path, film=self._index.film, decoding_threads=decoding_threads))
        self._film: _Film | None = opened
        self._frames = _numbered(opened.container.demux(opened.stream), self._index, sync_point=0)
        self._position = 0  # the next frame if decoding goes on
        self._started_at = 0  # sync point
        self._last_asked_for = 0  # frame
        self._to_verify = 0  # pictures
        self._clean_from: int | None = None  # frame; None until the first frame after a seek
        self._on_way: OnWay | None = None
        if not self._index.fingerprint:
            self._look_at_pictures()
        if self._info.levels is not None:
            self._info = replace(self._info, levels=chosen_levels(self._info.fingerprint) or self._info.levels)

    @property
    def info(self) -> VideoInfo:
        return self._info

    def read(self, index: int) -> Image:
        if not 0 <= index < self._info.frame_count:
            raise IndexError(f"there is no frame {index} in a video of {self._info.frame_count}")
        return self._picture(self._frame_at(index))

    def watch(self, on_way: OnWay | None) -> None:
        """See ``WatchedSource``."""
        self._on_way = on_way

    def see_through(self, levels: Levels | None) -> None:
        if self._info.automatic_levels is not None:
            self._info = replace(self._info, levels=levels or self._info.automatic_levels)

    def close(self) -> None:
        """Free all memory of the video at once, without waiting for garbage collection."""
        RECENT.forget(self._number)
        self._frames = iter(())
        if self._film is not None:
            self._film.container.close()
            self._film = None
            give_back_freed_pages()

    def _look_at_pictures(self) -> None:
        """Once a file: the fingerprint, and the levels of deep pictures."""
        fingerprint, levels = self._fingerprint(), self._automatic_levels()
        self._info = replace(self._info, fingerprint=fingerprint, levels=levels, automatic_levels=levels)
        self._index = replace(self._index, fingerprint=fingerprint, levels=levels)
        keep(self._index, self._info.path, film=self._asked_for)

    def _fingerprint(self) -> str:
        """The last picture may need a whole group of pictures to be decoded, but never the whole film; if the last sync
        point is too far away, its picture stands for the last one.
        """
        count, last_sync = self._info.frame_count, int(self._index.sync_frames[-1])
        last = count - 1 if count - last_sync <= LONGEST_END else last_sync
        return fingerprint_of(
            self._index.packet_count, lambda index: _as_decoded(self._frame_at(index)), last=last, frame_count=count
        )

    def _automatic_levels(self) -> Levels | None:
        """The values of some frames spread over the video; None if the first has 8 bits. Damaged frames are left
        out.
        """
        samples = []
        for index in sorted({int(place) for place in np.linspace(0, self._info.frame_count - 1, FRAMES_SAMPLED)}):
            try:
                values = deep_values(self._frame_at(index))
            except DamagedFrameError:
                continue
            if values is None:
                return None
            samples.append(values)
        return levels_for(samples) if samples else None

    def _frame_at(self, index: int) -> VideoFrame:
        frame = RECENT.get(self._number, index)
        if frame is None:
            frame = self._decoded(index)
        if index > self._last_asked_for:
            RECENT.forget_before(self._number, index - self._kept_behind(index))
        self._last_asked_for = index
        return frame

    def _kept_behind(self, index: int) -> int:
        return KEPT_GOING_ON if index - self._last_asked_for <= WORTH_A_SEEK else KEPT_BEHIND

    def _decoded(self, index: int) -> VideoFrame:
        self._refuse_another_file()
        if not self._index.is_damaged(index):
            frame = self._decoded_on(index) or self._decoded_anew(index)
            if frame is not None:
                return frame
        raise DamagedFrameError(f"Frame {index} of {self._info.path} cannot be decoded; the file is damaged there.")

    def _refuse_another_file(self) -> None:
        """A deleted file can still be read; a replaced or overwritten one would be read with the wrong index."""
        if _identity(self._info.path) not in (self._file, None):
            raise OtherVideoError(f"{self._info.path} has changed since it was opened; open it again.")

    def _decoded_on(self, index: int) -> VideoFrame | None:
        """Decode on from the current place, if it is shortly before the frame."""
        nearest = self._sync_frames[self._sync_point_of(index)]
        if self._position <= index and nearest <= self._position + WORTH_A_SEEK:
            return self._advance_to(index).frame
        return None

    def _decoded_anew(self, index: int) -> VideoFrame | None:
        """Decode from the last sync point before the frame, or from earlier ones until the picture is right."""
        first = self._sync_point_of(index)
        back = 0
        while True:
            start = max(first - back, 0)
            self._start_at(start, whole_from=self._packet_to_be_whole_from(index, start))
            advanced = self._advance_to(index)
            if advanced.frame is not None:
                return advanced.frame
            if start == 0 or (not advanced.is_wrong and back >= MOST_SYNC_POINTS_BACK):
                break
            back = 2 * back + 1
        if self._decoding_threads == 1:
            return None
        self._start_at(first, decoding_threads=1)  # a single thread loses fewer frames near a damaged one
        return self._advance_to(index).frame

    def _packet_to_be_whole_from(self, index: int, sync_point: int) -> int:
        """Packets before this one are decoded only as far as the frame refers to them. 0 if a person steps back and
        will want the frames before, or if there are few.
        """
        steps_back = 0 < self._last_asked_for - index <= WORTH_A_SEEK
        is_near = index - int(self._index.sync_frames[sync_point]) <= WORTH_SKIPPING
        if steps_back or is_near or not self._skips_pictures:
            return 0
        begin = max(index - FRAMES_BEFORE_A_JUMP, 0)
        return int(self._index.packets[begin : index + 1].min())

    @property
    def _skips_pictures(self) -> bool:
        return self._film is not None and self._film.stream.codec_context.name in CODECS_THAT_SKIP

    def _sync_point_of(self, index: int) -> int:
        point = self._index.sync_point_of(index)
        while point > 0 and self._sync_frames[point] > index:
            point -= 1
        return point

    def _advance_to(self, index: int) -> _Advanced:
        """Decode on until the frame, or a later one, comes out."""
        kept_from = index - self._kept_behind(index) if index > self._last_asked_for else 0
        for number, frame in self._frames:
            self._position = number + 1
            is_right = self._is_right(number, frame)
            if is_right and number >= kept_from:
                RECENT.put(self._number, number, frame)
            if number >= index:
                is_it = number == index
                return _Advanced(frame if is_it and is_right else None, is_wrong=is_it and not is_right)
            if is_right and self._on_way is not None:
                self._on_way(number, partial(self._picture, frame))
        self._position = self._info.frame_count
        return _Advanced(None, is_wrong=False)

    def _is_right(self, number: int, frame: VideoFrame) -> bool:
        """Whether this is the same picture as when the whole file was decoded; true if that is unknown."""
        if not self._to_verify:
            return True
        expected = self._index.check_of(number)
        is_right = self._is_clean(number, frame) if expected is None else check_of(frame) == expected
        if is_right:
            self._to_verify -= 1
        else:
            self._to_verify = PICTURES_TO_VERIFY
            self._sync_frames[self._started_at] = max(self._sync_frames[self._started_at], number + 1)
        return is_right

    def _is_clean(self, number: int, frame: VideoFrame) -> bool:
        """Before the file is proven: whether everything that the picture refers to was decoded. If a sync point is not
        a whole picture, each picture refreshes a part (intra refresh). After two more sync points everything is new,
        because the first round may have begun late.
        """
        if self._clean_from is None:
            after = self._started_at + 2
            end = int(self._index.sync_frames[after]) if after < len(self._sync_frames) else self._info.frame_count
            self._clean_from = number if frame.pict_type == PictureType.I else end
        return number >= self._clean_from

    def _start_at(self, sync_point: int, *, whole_from: int = 0, decoding_threads: int | None = None) -> None:
        if decoding_threads is not None:
            self._open_anew(decoding_threads)
        film = self._film or self._open_anew(self._decoding_threads)
        packets = _packets_from(film, self._index, sync_point) if sync_point else None
        if packets is None:  # reopening finds the beginning of every file, even if FFmpeg cannot seek in it
            sync_point = 0
            film = self._open_anew(self._decoding_threads if decoding_threads is None else decoding_threads)
            packets = film.container.demux(film.stream)
        self._frames = _numbered(packets, self._index, sync_point, whole_from=whole_from)
        self._position = int(self._index.sync_frames[sync_point])
        self._started_at = sync_point
        self._to_verify = PICTURES_TO_VERIFY if sync_point else 0
        self._clean_from = None

    def _open_anew(self, decoding_threads: int) -> _Film:
        film = _Film(*open_container(self._info.path, film=self._index.film, decoding_threads=decoding_threads))
        if self._film is not None:
            self._film.container.close()
        self._film = film
        return film

    def _picture(self, frame: VideoFrame) -> Image:
        orientation = self._index.orientation
        levels = self._info.levels
        if levels is not None:
            return orientation.applied(self._seen_through(levels, frame))
        width, height = orientation.size(width=self._info.width, height=self._info.height)
        # If the size changes within a file, pictures are scaled to that of the first.
        # One thread, because the other cores decode the next frames.
        pixels = frame.to_ndarray(width=width, height=height, format="rgb24", threads=1)
        return orientation.applied(np.ascontiguousarray(pixels, dtype=np.uint8))

    def _seen_through(self, levels: Levels, frame: VideoFrame) -> Image:
        values = deep_values(frame)
        if values is None:  # 8 bits, in a film that began with more
            values = np.asarray(frame.to_ndarray(format="rgb24")).astype(np.uint16) * 257
        image = levels.applied(values)
        width, height = self._index.orientation.size(width=self._info.width, height=self._info.height)
        if image.shape[:2] != (height, width):
            image = np.asarray(cv2.resize(image, (width, height)), dtype=np.uint8)
        return image


class _Film(NamedTuple):
    container: InputContainer
    stream: VideoStream


class _Advanced(NamedTuple):
    """The frame, or None; ``is_wrong`` if its picture differs from that of the first decoding."""

    frame: VideoFrame | None
    is_wrong: bool


def _packets_from(film: _Film, index: VideoIndex, sync_point: int) -> Iterator[Packet[VideoStream]] | None:
    """All packets from the sync point on, or None if no seek finds it. A seek may land after it (MPEG-TS); then an
    earlier one is tried.
    """
    wanted, size = int(index.sync_stamps[sync_point]), int(index.sync_sizes[sync_point])
    for landing in range(sync_point, max(sync_point - 3, 0), -1):
        film.container.seek(int(index.sync_stamps[landing]), stream=film.stream)
        packets = film.container.demux(film.stream)
        for packet in packets:
            stamp = packet.dts if index.seeks_by_dts else packet.pts
            if packet.is_keyframe and stamp == wanted and packet.size == size:
                return chain([packet], packets)
            if packet.is_keyframe and stamp is not None and stamp > wanted:
                break
    return None


def _numbered(
    packets: Iterator[Packet[VideoStream]], index: VideoIndex, sync_point: int, *, whole_from: int = 0
) -> Iterator[tuple[int, VideoFrame]]:
    """Frames with their number, from the sync point on; earlier frames refer to pictures that were not decoded. A
    function, not a method: a generator that holds its source would be a reference cycle and keep its memory.
    """
    first = int(index.sync_frames[sync_point])
    previous, occurrence = -1, 0
    for packet, frame in decoded_frames(packets, first=int(index.sync_packets[sync_point]), whole_from=whole_from):
        occurrence = occurrence + 1 if packet == previous else 0
        previous = packet
        number = index.frame_of(packet, occurrence=occurrence)
        if number is not None and number >= first:
            yield number, frame


def _notes(index: VideoIndex) -> tuple[str, ...]:
    """A sentence about the films of the file that are not shown, without covers of a picture or two."""
    rows = {number: row for number, *row in index.films.tolist()}
    others = [
        f"{width} x {height}" for number, (count, width, height) in rows.items() if number != index.film and count > 2
    ]
    if not others:
        return ()
    _, width, height = rows[index.film]
    numbers = ", ".join(str(number) for number in rows)
    return (
        f"The file holds {len(others) + 1} films (streams {numbers}); that of {width} x {height} pixels is shown, "
        f"not {' or '.join(others)}.",
    )


def _identity(path: Path) -> tuple[int, ...] | None:
    """Identifies the file at a path; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _as_decoded(frame: VideoFrame) -> NDArray[Any]:
    """The values of a frame in the decoder's own format, if numpy can represent it."""
    try:
        return np.asarray(frame.to_ndarray())
    except ValueError:
        return np.asarray(frame.to_ndarray(format="rgb24"))
