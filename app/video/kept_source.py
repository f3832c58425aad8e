"""A source that a thread keeps open between requests."""

from __future__ import annotations

from pathlib import Path

from app.video.levels import chosen_levels
from app.video.source import FrameSource, OtherVideoError, ShownPicture, open_source, picture_shown


class KeptSource:
    """One video at a time, opened at the first request for a frame. Use it on one thread at a time."""

    def __init__(self, *, decoding_threads: int = 0) -> None:
        self._decoding_threads = decoding_threads
        self._source: FrameSource | None = None
        self._path: Path | None = None

    def picture(self, video: Path, frame: int, *, known_as: str = "") -> ShownPicture:
        """The picture shown for a frame.

        Raises:
            VideoError: if the video cannot be opened or the frame cannot be read.
            OtherVideoError: if it is another video than ``known_as`` says.
        """
        source = self._source
        if source is None or video != self._path or not source.info.is_proven:  # they may have been corrected
            self.close()
            source = self._source = open_source(video, decoding_threads=self._decoding_threads, known_as=known_as)
            self._path = video
        elif known_as and source.info.fingerprint != known_as:
            raise OtherVideoError(f"{video} is another video than the one that the boxes were drawn on; find that one.")
        info = source.info
        if info.levels is not None:  # the person may have chosen others meanwhile
            source.see_through(chosen_levels(info.fingerprint))
        return picture_shown(source, frame)

    def close(self) -> None:
        if self._source is not None:
            self._source.close()
        self._source = self._path = None
