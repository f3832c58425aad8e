"""The interface of frame sources, and opening one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

import av

from app.video.file_source import OnWay, VideoFileSource
from app.video.image_files import is_still_image
from app.video.image_source import image_file, image_folder
from app.video.info import (
    DamagedFrameError,
    GivenUpError,
    OpeningCancelledError,
    OtherVideoError,
    VideoError,
    VideoInfo,
)
from app.video.levels import Levels
from tracker_core.tracker import Image

__all__ = [
    "DamagedFrameError",
    "FrameSource",
    "GivenUpError",
    "OnWay",
    "OpeningCancelledError",
    "OtherVideoError",
    "ShownPicture",
    "VideoError",
    "VideoInfo",
    "WatchedSource",
    "open_source",
    "picture_shown",
]

MOST_SUBSTITUTES = 16  # frames tried in place of a damaged one, in each direction
LONGEST_REASON = 200  # characters of a library's message that a person sees


class FrameSource(Protocol):
    """Frames by 0-based index. Use it on one thread at a time: each thread opens its own."""

    @property
    def info(self) -> VideoInfo: ...

    def read(self, index: int) -> Image:
        """The frame as RGB uint8 (height, width, 3), C-contiguous; the caller owns it.

        Raises:
            DamagedFrameError: if this frame cannot be decoded.
            VideoError: if the video cannot be read any more.
            IndexError: if there is no frame of that index.
        """
        ...

    def see_through(self, levels: Levels | None) -> None:
        """Use these levels for deep pictures from now on; None for the automatic ones."""
        ...

    def close(self) -> None: ...


@runtime_checkable
class WatchedSource(Protocol):
    """A source that may decode other frames on the way to the one that is read."""

    def watch(self, on_way: OnWay | None) -> None:
        """Call this function with every frame on the way from now on; None for none. It may raise GivenUpError to end
        the reading; the next one continues from there.
        """
        ...


def open_source(
    path: Path | str,
    *,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    decoding_threads: int = 0,
    known_as: str = "",
    prefers: str = "",
    film: int | None = None,
    is_proven: bool = False,
    on_sure: Callable[[int], None] | None = None,
) -> FrameSource:
    """Open a video file, a folder of images, a TIFF of several pages or a single image.

    The first opening of a file reads it once to find each frame; ``on_progress`` gets the fraction done, 0 to 1, and
    ``is_cancelled`` is called now and then. The result is saved, so the next opening is fast. With ``is_proven`` every
    frame is decoded first, so that all numbers are final; without it this is only done if it is fast or the only way
    (``info.is_proven`` says whether it was). If there already is an index, ``on_sure`` is called with the number of its
    first frames that are confirmed. ``decoding_threads`` limits a decoder's own threads; 0 lets it decide. ``known_as``
    is the fingerprint of the expected video; empty for any. If a file holds several films, the one with the number
    ``film`` is opened, or the one with the fingerprint ``known_as`` or ``prefers``, else the main one.

    Raises:
        VideoError: if it cannot be read as a video. Opening and reading raise no other errors of libraries: each
            becomes a VideoError that names the file.
        OtherVideoError: if it is another video than ``known_as``.
        OpeningCancelledError: once ``is_cancelled`` has said yes.
    """
    path = Path(path).absolute()
    wanted = known_as or prefers

    def opened(film: int | None) -> FrameSource:
        return _opened(
            path,
            film=film,
            on_progress=on_progress or _ignore,
            is_cancelled=is_cancelled or _never,
            decoding_threads=decoding_threads,
            is_proven=is_proven,
            on_sure=on_sure,
        )

    source = opened(film)
    if wanted and film is None and source.info.fingerprint != wanted:
        source = _film_known_as(wanted, source, opened)
    if known_as and source.info.fingerprint != known_as:
        source.close()
        raise OtherVideoError(f"{path} is another video than the one that the boxes were drawn on; find that one.")
    return source


def _film_known_as(fingerprint: str, main: FrameSource, opened: Callable[[int | None], FrameSource]) -> FrameSource:
    """The film with that fingerprint, or else the main one."""
    for film in main.info.films:
        if film.number != main.info.film:
            other = opened(film.number)
            if other.info.fingerprint == fingerprint:
                main.close()
                return other
            other.close()
    return main


def _opened(
    path: Path,
    *,
    film: int | None,
    on_progress: Callable[[float], None],
    is_cancelled: Callable[[], bool],
    decoding_threads: int,
    is_proven: bool,
    on_sure: Callable[[int], None] | None,
) -> FrameSource:
    with _errors_told(path):
        source: FrameSource
        if path.is_dir():
            source = image_folder(path)
        elif is_still_image(path):
            source = image_file(path)
        else:
            source = VideoFileSource(
                path,
                film=film,
                on_progress=on_progress,
                is_cancelled=is_cancelled,
                decoding_threads=decoding_threads,
                is_proven=is_proven,
                on_sure=on_sure,
            )
    return _ToldSource(source)


class ShownPicture(NamedTuple):
    """The picture shown for a frame: its own, or for a damaged frame the last good one with the reason."""

    image: Image
    damage: str = ""


def picture_shown(source: FrameSource, index: int) -> ShownPicture:
    """The picture of a frame; for a damaged frame the nearest good one before it, or after it at the beginning.

    Raises:
        VideoError: if the video cannot be read any more, or no frame near a damaged one is good.
        IndexError: if there is no frame of that index.
    """
    try:
        return ShownPicture(source.read(index))
    except DamagedFrameError as error:
        for other in _nearest_whole(source.info, index):
            try:
                return ShownPicture(source.read(other), f"{error} Frame {other} is shown in its place.")
            except DamagedFrameError:
                continue
        raise


def _nearest_whole(info: VideoInfo, index: int) -> Iterator[int]:
    """Frames that are not known to be damaged, first those before the index."""
    before = (frame for frame in range(index - 1, -1, -1) if frame not in info.damaged_frames)
    behind = (frame for frame in range(index + 1, info.frame_count) if frame not in info.damaged_frames)
    return chain(islice(before, MOST_SUBSTITUTES), islice(behind, MOST_SUBSTITUTES))


class _ToldSource:
    """A source that raises only our errors."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source

    @property
    def info(self) -> VideoInfo:
        return self._source.info

    def read(self, index: int) -> Image:
        if not 0 <= index < self.info.frame_count:
            return self._source.read(index)  # its text says that there is no such frame
        with _errors_told(self.info.path, frame=index):
            return self._source.read(index)

    def watch(self, on_way: OnWay | None) -> None:
        if isinstance(self._source, WatchedSource):
            self._source.watch(on_way)

    def see_through(self, levels: Levels | None) -> None:
        self._source.see_through(levels)

    def close(self) -> None:
        self._source.close()


@contextmanager
def _errors_told(path: Path, *, frame: int | None = None) -> Iterator[None]:
    """Turns every error of a library into a sentence that names the file. Decoders raise undocumented kinds of errors;
    one that got through would leave the person waiting for the video without an answer.
    """
    try:
        yield
    except (VideoError, OpeningCancelledError, GivenUpError):
        raise
    except Exception as error:
        what = f"{path}" if frame is None else f"Frame {frame} of {path}"
        raise VideoError(
            f"{what} cannot be read ({_reason(error)}); try another copy, or convert it to MP4."
        ) from error


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    if isinstance(error, (OSError, av.error.FFmpegError)) and error.strerror:
        reason = str(error.strerror)
    else:
        reason = f"{type(error).__name__}: {error}"
    reason = " ".join(reason.split())
    return reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"


def _ignore(fraction: float) -> None:
    return None


def _never() -> bool:
    return False
