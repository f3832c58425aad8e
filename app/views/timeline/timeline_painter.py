"""Paints the parts of the timeline on its viewport."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QRegion

from app.document.session import Session
from app.language import marked, tr_counted, translated
from app.model.note import NO_TRACK
from app.model.track import Track
from app.views.timeline.clock import Clock
from app.views.timeline.colours import HIDDEN_OPACITY, SELECTION_OPACITY, faded
from app.views.timeline.doubt_strip import paint_doubt_strip
from app.views.timeline.layout import ROW_HEIGHT, RULER_HEIGHT, SCORE_HEIGHT, STRIP_HEIGHT, TimelineLayout
from app.views.timeline.note_marks import HEIGHT as NOTE_HEIGHT
from app.views.timeline.note_marks import paint_note_marks
from app.views.timeline.ruler import paint_playhead, paint_ruler
from app.views.timeline.score_curve import paint_frame
from app.views.timeline.time_axis import TimeAxis
from app.views.timeline.track_pictures import TrackPictures

READING_BUDGET = 0.008  # seconds that a repaint may spend on reading tracks
SPAN_OPACITY = 0.3
NARROWEST_SPAN = 3  # pixels
NO_VIDEO = marked("Open a video to see its timeline.")
NO_TRACKS = marked("No tracks yet. Drag a box on the picture.")
NONE_PASSES = marked("No track matches the filter.")
NO_ACTIVE_TRACK = marked("Select a track to see its score.")


@dataclass(frozen=True)
class TimelinePainter:
    """Everything that one repaint needs."""

    painter: QPainter
    region: QRegion  # the region to repaint
    layout: TimelineLayout
    axis: TimeAxis
    clock: Clock
    tracks: Sequence[Track]
    is_filtered: bool  # whether the project has other tracks
    active: Track | None  # may have no row
    pictures: TrackPictures
    session: Session
    palette: QPalette
    threshold: float
    notes: Mapping[int, Sequence[int]]  # frames of notes by track; NO_TRACK for those in the ruler

    def paint(self) -> bool:
        """Paint everything. Returns False if rows were left out because reading their tracks would take too long for
        one repaint.
        """
        complete = self._paint_rows()
        self._paint_ruler()
        self._paint_score()
        self._paint_lines()
        self._paint_span()
        x = self.axis.x_of(self.session.current_frame + 0.5)
        area = QRect(0, 0, self.layout.time_width, self.layout.height)
        if area.left() <= x <= area.right() + 1:
            self.painter.setClipRect(area)
            paint_playhead(self.painter, area, x, frame=self.session.current_frame, palette=self.palette)
        return complete

    def _paint_rows(self) -> bool:
        rows = self.layout.visible_rows()
        area = QRect(0, RULER_HEIGHT, self.layout.width, self.layout.rows_height)
        self.painter.fillRect(area, self.palette.color(QPalette.ColorRole.Base))
        if not self.tracks:
            self._paint_hint(area, translated(NONE_PASSES) if self.is_filtered else translated(NO_TRACKS))
        self.painter.save()
        self.painter.setClipRect(area)
        started, complete = perf_counter(), True
        for row in rows:
            if not self.region.intersects(QRect(0, self.layout.row_top(row), self.layout.width, ROW_HEIGHT)):
                continue
            if self.pictures.knows(self.tracks[row].id) or perf_counter() - started < READING_BUDGET:
                self._paint_row(row)
            else:
                complete = False
        self.painter.restore()
        self.pictures.keep_rows({self.tracks[row].id for row in rows})
        return complete

    def _paint_row(self, row: int) -> None:
        track = self.tracks[row]
        whole = QRect(0, self.layout.row_top(row), self.layout.width, ROW_HEIGHT)
        self._paint_row_background(whole, row)
        self.painter.setOpacity(HIDDEN_OPACITY if self.session.is_hidden(track.id) else 1)
        picture = self.pictures.row(track, self.axis, self.palette, pixel_ratio=self._pixel_ratio)
        self.painter.drawImage(0, whole.top(), picture)
        self.painter.setOpacity(1)
        self._paint_notes(track.id, top=whole.top() + 1)

    def _paint_row_background(self, rect: QRect, row: int) -> None:
        if row % 2:
            self.painter.fillRect(rect, self.palette.color(QPalette.ColorRole.AlternateBase))
        if self.tracks[row].id in self.session.selected_track_ids:
            accent = self.palette.color(QPalette.ColorRole.Accent)
            self.painter.fillRect(rect, faded(accent, SELECTION_OPACITY))

    def _paint_ruler(self) -> None:
        whole = QRect(0, 0, self.layout.width, RULER_HEIGHT)
        if not self.region.intersects(whole):
            return
        self.painter.fillRect(whole, self.palette.color(QPalette.ColorRole.Window))
        self.painter.save()
        self.painter.setClipRect(whole)
        numbers = whole.adjusted(0, 0, 0, -STRIP_HEIGHT)
        paint_ruler(self.painter, numbers, self.axis, self.clock, self.palette)
        strip = whole.adjusted(0, RULER_HEIGHT - STRIP_HEIGHT, 0, -1)
        paint_doubt_strip(self.painter, strip, self.axis, self.pictures.doubt_counts)
        self._paint_notes(NO_TRACK, top=strip.top() - NOTE_HEIGHT - 1)
        self.painter.restore()

    def _paint_notes(self, track_id: int, *, top: float) -> None:
        frames = self.notes.get(track_id)
        if frames:
            width = self.layout.time_width
            paint_note_marks(self.painter, frames, self.axis, top=top, width=width, palette=self.palette)

    def _paint_score(self) -> None:
        top = self.layout.score_top
        self.painter.fillRect(QRect(0, top, self.layout.width, SCORE_HEIGHT), self._window)
        time = QRect(0, top, self.layout.time_width, SCORE_HEIGHT)
        if not self.region.intersects(time):
            return
        track = self.active
        if track is None:
            self._paint_hint(time, translated(NO_ACTIVE_TRACK) if self.tracks else "")
            return
        is_raw = self.pictures.spans(track).raw_columns(self.axis)
        paint_frame(self.painter, time, self.palette, threshold=self.threshold, without_threshold=is_raw)
        picture = self.pictures.curve(track, self.axis, self.palette, pixel_ratio=self._pixel_ratio)
        self.painter.drawImage(time.topLeft(), picture)

    def _paint_lines(self) -> None:
        self.painter.setPen(self.palette.color(QPalette.ColorRole.Mid))
        for y in (RULER_HEIGHT - 1, self.layout.score_top):
            self.painter.drawLine(0, y, self.layout.width, y)

    def _paint_span(self) -> None:
        """The chosen span: a frame around its part of the row, and a band in the ruler."""
        span = self.session.span
        row = next(
            (row for row in self.layout.visible_rows() if self.tracks[row].id == self.session.active_track_id), None
        )
        if span is None:
            return
        accent = self.palette.color(QPalette.ColorRole.Accent)
        left, right = (self.axis.x_of(frame) for frame in (span[0], span[1] + 1))
        right = max(right, left + NARROWEST_SPAN)
        painter = self.painter
        painter.save()
        painter.setClipRect(QRect(0, 0, self.layout.time_width, self.layout.score_top))
        ruler = QRectF(left, 0, right - left, RULER_HEIGHT - 1)
        painter.fillRect(ruler, faded(accent, SPAN_OPACITY))
        for x in (left, right - 1):
            painter.fillRect(QRectF(x, 0, 1, RULER_HEIGHT), accent)
        text = f"{span[0]} – {span[1]} · {tr_counted(span[1] - span[0] + 1, 'frame')}"
        if painter.fontMetrics().horizontalAdvance(text) + 8 <= ruler.width():
            painter.fillRect(ruler.adjusted(1, 0, -1, -STRIP_HEIGHT), self._window)
            painter.fillRect(ruler, faded(accent, SPAN_OPACITY))
            painter.setPen(self.palette.color(QPalette.ColorRole.Text))
            painter.drawText(ruler.adjusted(0, 0, 0, -STRIP_HEIGHT), Qt.AlignmentFlag.AlignCenter, text)
        if row is not None:
            painter.setClipRect(QRect(0, RULER_HEIGHT, self.layout.time_width, self.layout.rows_height))
            place = QRectF(left, self.layout.row_top(row), right - left, ROW_HEIGHT)
            painter.fillRect(place, faded(accent, SPAN_OPACITY))
            painter.setPen(QPen(accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_hint(self, rect: QRect, text: str) -> None:
        self.painter.setPen(self.palette.color(QPalette.ColorRole.PlaceholderText))
        self.painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    @property
    def _window(self) -> QColor:
        return self.palette.color(QPalette.ColorRole.Window)

    @property
    def _pixel_ratio(self) -> float:
        return self.painter.device().devicePixelRatioF()
