"""A source of frames, whatever they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, Protocol

import av

from app.video.file_source import VideoFileSource
from app.video.image_files import is_still_image
from app.video.image_source import image_file, image_folder
from app.video.info import DamagedFrameError, OpeningCancelledError, OtherVideoError, VideoError, VideoInfo
from app.video.levels import Levels
from tracker_core.tracker import Image

__all__ = [
    "DamagedFrameError",
    "FrameSource",
    "OpeningCancelledError",
    "OtherVideoError",
    "ShownPicture",
    "VideoError",
    "VideoInfo",
    "open_source",
    "picture_shown",
]

MOST_SUBSTITUTES = 16  # frames tried in place of a damaged one, in either direction
LONGEST_REASON = 200  # characters of a library's own words that a person is shown


class FrameSource(Protocol):
    """Frames by 0-based index. Belongs to one thread at a time: a thread that wants frames opens its own."""

    @property
    def info(self) -> VideoInfo: ...

    def read(self, index: int) -> Image:
        """The frame as RGB uint8 of shape (height, width, 3), C-contiguous and the caller's own.

        Raises:
            DamagedFrameError: if this frame cannot be decoded.
            VideoError: if the video cannot be read any more.
            IndexError: if there is no frame of that index.
        """
        ...

    def see_through(self, levels: Levels | None) -> None:
        """From now on read deep pictures through these levels; None for the automatic ones."""
        ...

    def close(self) -> None: ...


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

    The first opening of a file walks through it once to learn where each frame is; ``on_progress`` hears the fraction
    done, 0 to 1, and ``is_cancelled`` is asked now and then. The result is kept on disk: the next opening is quick.
    With ``is_proven`` every frame is decoded first, so that no number can change any more; without it that is only
    done where it is quick or nothing else can tell the numbers (``info.is_proven`` says whether it was). Where an index
    is there already, ``on_sure`` hears how many of its frames, from the first on, are right so far.
    ``decoding_threads`` is how many a decoder may use of its own, 0 for as many as it likes. ``known_as`` is the
    fingerprint of the video that is expected here; empty for any. Of a file that holds several films the main one is
    opened, or that of the number ``film``, or the one of the fingerprint ``known_as`` or ``prefers``.

    Raises:
        VideoError: if there is nothing to be read as a video. No other error of a library comes out of the source, of
            its opening or of its reading: each is told as a VideoError that names the file.
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
    """Another film of the same file, if it is the one; else the main one."""
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
    """What is shown for a frame: its own picture, or for a damaged frame the last good one and the reason."""

    image: Image
    damage: str = ""


def picture_shown(source: FrameSource, index: int) -> ShownPicture:
    """The picture of a frame; for a damaged one the nearest whole one before it, or behind it at the beginning.

    Raises:
        VideoError: if the video cannot be read any more, or no frame near a damaged one is whole.
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
    """Frames that are not known to be damaged, those before the index first."""
    before = (frame for frame in range(index - 1, -1, -1) if frame not in info.damaged_frames)
    behind = (frame for frame in range(index + 1, info.frame_count) if frame not in info.damaged_frames)
    return chain(islice(before, MOST_SUBSTITUTES), islice(behind, MOST_SUBSTITUTES))


class _ToldSource:
    """A source whose every error is one of ours."""

    def __init__(self, source: FrameSource) -> None:
        self._source = source

    @property
    def info(self) -> VideoInfo:
        return self._source.info

    def read(self, index: int) -> Image:
        if not 0 <= index < self.info.frame_count:
            return self._source.read(index)  # which says in its own words that there is no such frame
        with _errors_told(self.info.path, frame=index):
            return self._source.read(index)

    def see_through(self, levels: Levels | None) -> None:
        self._source.see_through(levels)

    def close(self) -> None:
        self._source.close()


@contextmanager
def _errors_told(path: Path, *, frame: int | None = None) -> Iterator[None]:
    """The one place where an error of a library becomes a sentence that names the file.

    Decoders raise more kinds of error than anybody has listed; one that came through would leave whoever waits for the
    video without an answer.
    """
    try:
        yield
    except (VideoError, OpeningCancelledError):
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
