"""A source of frames, whatever they come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.video.file_source import VideoFileSource
from app.video.folder_source import ImageFolderSource
from app.video.info import OpeningCancelledError, VideoError, VideoInfo
from tracker_core.tracker import Image

__all__ = ["FrameSource", "OpeningCancelledError", "VideoError", "VideoInfo", "open_source"]


class FrameSource(Protocol):
    """Frames by 0-based index. Belongs to one thread at a time: a thread that wants frames opens its own."""

    @property
    def info(self) -> VideoInfo: ...

    def read(self, index: int) -> Image:
        """The frame as RGB uint8 of shape (height, width, 3), C-contiguous and the caller's own.

        Raises:
            VideoError: if this frame cannot be decoded.
            IndexError: if there is no frame of that index.
        """
        ...

    def close(self) -> None: ...


def open_source(
    path: Path | str,
    *,
    on_progress: Callable[[float], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    decoding_threads: int = 0,
) -> FrameSource:
    """Open a video file or a folder of images.

    The first opening of a file walks through it once to learn where each frame is; ``on_progress`` hears the fraction
    done, 0 to 1, and ``is_cancelled`` is asked now and then. The result is kept on disk: the next opening is quick.
    ``decoding_threads`` is how many a decoder may use of its own, 0 for as many as it likes.

    Raises:
        VideoError: if there is nothing to be read as a video.
        OpeningCancelledError: once ``is_cancelled`` has said yes.
    """
    path = Path(path).absolute()
    if path.is_dir():
        return ImageFolderSource(path)
    return VideoFileSource(
        path,
        on_progress=on_progress or _ignore,
        is_cancelled=is_cancelled or _never,
        decoding_threads=decoding_threads,
    )


def _ignore(fraction: float) -> None:
    return None


def _never() -> bool:
    return False
