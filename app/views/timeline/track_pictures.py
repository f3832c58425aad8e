"""Caches each track's spans and the pictures drawn from them."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from app.model.track import Track
from app.views.timeline.layout import ROW_HEIGHT, SCORE_HEIGHT
from app.views.timeline.pixels import blank_image
from app.views.timeline.score_curve import paint_curve
from app.views.timeline.spans import TrackSpans
from app.views.timeline.time_axis import TimeAxis
from app.views.timeline.track_row import paint_row

Doubts = tuple[tuple[int, int], ...]


class TrackPictures:
    """Spans are kept for each track and updated by ``refresh``; pictures are kept until they are out of date. While a
    video plays, no row changes, so a repaint copies one picture per row.
    """

    def __init__(
        self, *, frame_count: int, threshold: float, measured_runs: Callable[[], Sequence[int]] = tuple
    ) -> None:
        """``measured_runs``: see ``TrackSpans``."""
        self._measured_runs = measured_runs
        self._frame_count = frame_count
        self._threshold = threshold
        self._doubts: dict[int, Doubts] = {}
        self._doubt_counts: NDArray[np.uint16] | None = None
        self._spans: dict[int, TrackSpans] = {}
        self._rows: dict[int, QImage] = {}
        self._curves: dict[int, QImage] = {}

    def knows(self, track_id: int) -> bool:
        return track_id in self._spans

    def spans(self, track: Track) -> TrackSpans:
        """The spans of a track. The first call reads all records, which takes tens of milliseconds for an hour of
        video.
        """
        if track.id not in self._spans:
            doubts = self._doubts.get(track.id, ())
            self._spans[track.id] = TrackSpans(
                track, frame_count=self._frame_count, doubts=doubts, measured_runs=self._measured_runs
            )
        return self._spans[track.id]

    def refresh(self, track: Track, first: int, last: int) -> None:
        if track.id in self._spans:
            self._spans[track.id].refresh(track, first, last)
        self.drop_pictures_of(track.id)

    def set_threshold(self, threshold: float) -> None:
        self._threshold = threshold
        self._curves.clear()

    def set_doubts(self, track_id: int, doubts: Doubts) -> bool:
        """Set the doubts: the first and last frame of each. Returns whether they changed."""
        if self._doubts.get(track_id, ()) == doubts:
            return False
        self._doubts[track_id] = doubts
        self._doubt_counts = None
        if track_id in self._spans:
            self._spans[track_id].set_doubts(doubts)
        self._rows.pop(track_id, None)
        return True

    @property
    def doubt_counts(self) -> NDArray[np.uint16]:
        """(frames,): the number of doubtful tracks at each frame, including tracks without a row."""
        if self._doubt_counts is None:
            steps = np.zeros(self._frame_count + 1, dtype=np.int32)
            for spans in self._doubts.values():
                for first, last in spans:
                    steps[min(first, self._frame_count)] += 1
                    steps[min(last + 1, self._frame_count)] -= 1
            self._doubt_counts = np.cumsum(steps[:-1]).astype(np.uint16)
        return self._doubt_counts

    def drop(self, track_id: int) -> None:
        self._spans.pop(track_id, None)
        self._doubts.pop(track_id, None)
        self._doubt_counts = None
        self.drop_pictures_of(track_id)

    def drop_pictures_of(self, track_id: int) -> None:
        self._rows.pop(track_id, None)
        self._curves.pop(track_id, None)

    def drop_pictures(self) -> None:
        self._rows.clear()
        self._curves.clear()

    def keep_rows(self, track_ids: Container[int]) -> None:
        """Keep the pictures of these rows only; the others were scrolled away."""
        self._rows = {track_id: picture for track_id, picture in self._rows.items() if track_id in track_ids}

    def row(self, track: Track, axis: TimeAxis, palette: QPalette, *, pixel_ratio: float) -> QImage:
        if track.id not in self._rows:
            picture = blank_image(axis.width, ROW_HEIGHT, pixel_ratio)
            with QPainter(picture) as painter:
                paint_row(painter, self.spans(track), axis, QColor(track.colour), palette)
            self._rows[track.id] = picture
        return self._rows[track.id]

    def curve(self, track: Track, axis: TimeAxis, palette: QPalette, *, pixel_ratio: float) -> QImage:
        if track.id not in self._curves:
            picture = blank_image(axis.width, SCORE_HEIGHT, pixel_ratio)
            with QPainter(picture) as painter:
                paint_curve(painter, self.spans(track), axis, QColor(track.colour), palette, threshold=self._threshold)
            self._curves = {track.id: picture}
        return self._curves[track.id]
