"""Puts the parts of the timeline together on its viewport."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QRegion

from app.document.session import Session
from app.model.box_record import BoxRecord
from app.model.track import Track
from app.model.words import score_text
from app.views.timeline.clock import Clock
from app.views.timeline.colours import ACTIVE_BAR, HIDDEN_OPACITY, SELECTION_OPACITY, faded
from app.views.timeline.layout import GUTTER_WIDTH, ROW_HEIGHT, RULER_HEIGHT, SCORE_HEIGHT, TimelineLayout
from app.views.timeline.ruler import paint_playhead, paint_ruler
from app.views.timeline.score_curve import paint_frame, paint_scale
from app.views.timeline.time_axis import TimeAxis
from app.views.timeline.track_pictures import TrackPictures
from app.views.timeline.track_row import paint_name

READING_BUDGET = 0.008  # seconds a repaint spends on tracks that it has not read yet
SPAN_OPACITY = 0.3
NARROWEST_SPAN = 3  # pixels
NO_VIDEO = "Open a video to see its timeline."
NO_TRACKS = "No tracks yet. Drag a box on the picture."
NO_ACTIVE_TRACK = "Select a track to see its score."


@dataclass(frozen=True)
class TimelinePainter:
    """Everything that one repaint needs."""

    painter: QPainter
    region: QRegion  # what has to be painted anew
    layout: TimelineLayout
    axis: TimeAxis
    clock: Clock
    tracks: Sequence[Track]
    pictures: TrackPictures
    session: Session
    palette: QPalette
    threshold: float
    is_measured: Callable[[BoxRecord], bool]  # whether a score says how likely its box is right

    def paint(self) -> bool:
        """False if rows were left out because reading their tracks would have taken too long for one repaint."""
        complete = self._paint_rows()
        self._paint_ruler()
        self._paint_score()
        self._paint_lines()
        self._paint_span()
        x = GUTTER_WIDTH + self.axis.x_of(self.session.current_frame + 0.5)
        area = QRect(GUTTER_WIDTH, 0, self.layout.time_width, self.layout.height)
        if area.left() <= x <= area.right() + 1:
            self.painter.setClipRect(area)
            paint_playhead(self.painter, area, x, frame=self.session.current_frame, palette=self.palette)
        return complete

    def _paint_rows(self) -> bool:
        rows = self.layout.visible_rows()
        area = QRect(0, RULER_HEIGHT, self.layout.width, self.layout.rows_height)
        self.painter.fillRect(area, self.palette.color(QPalette.ColorRole.Base))
        if not self.tracks:
            self._paint_hint(area, NO_TRACKS)
        self.painter.save()
        self.painter.setClipRect(area)
        started, complete = perf_counter(), True
        for row in rows:
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
        name = QRect(whole.left(), whole.top(), GUTTER_WIDTH, ROW_HEIGHT)
        self._paint_row_background(whole, row)
        self.painter.setOpacity(HIDDEN_OPACITY if self.session.is_hidden(track.id) else 1)
        if self.region.intersects(name):
            paint_name(self.painter, name, track, self.palette)
        picture = self.pictures.row(track, self.axis, self.palette, pixel_ratio=self._pixel_ratio)
        self.painter.drawImage(GUTTER_WIDTH, whole.top(), picture)
        self.painter.setOpacity(1)

    def _paint_row_background(self, rect: QRect, row: int) -> None:
        if row % 2:
            self.painter.fillRect(rect, self.palette.color(QPalette.ColorRole.AlternateBase))
        track_id, accent = self.tracks[row].id, self.palette.color(QPalette.ColorRole.Accent)
        if track_id in self.session.selected_track_ids:
            self.painter.fillRect(rect, faded(accent, SELECTION_OPACITY))
        if track_id == self.session.active_track_id:
            self.painter.fillRect(QRect(rect.left(), rect.top(), ACTIVE_BAR, rect.height()), accent)

    def _paint_ruler(self) -> None:
        whole = QRect(0, 0, self.layout.width, RULER_HEIGHT)
        if not self.region.intersects(whole):
            return
        self.painter.fillRect(whole, self.palette.color(QPalette.ColorRole.Window))
        where, span = f"{self.session.current_frame} / {self.axis.frame_count - 1}", self.session.span
        self.painter.setPen(self.palette.color(QPalette.ColorRole.PlaceholderText))
        title = "frame" if span is None else "span"
        self.painter.drawText(QRect(8, 0, GUTTER_WIDTH - 16, RULER_HEIGHT), Qt.AlignmentFlag.AlignVCenter, title)
        if span is not None:
            where = f"{span[0]} – {span[1]} ({span[1] - span[0] + 1})"
        self.painter.setPen(self.palette.color(QPalette.ColorRole.Text))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        self.painter.drawText(QRect(8, 0, GUTTER_WIDTH - 16, RULER_HEIGHT), flags, where)
        self.painter.save()
        time = QRect(GUTTER_WIDTH, 0, self.layout.time_width, RULER_HEIGHT)
        self.painter.setClipRect(time)
        paint_ruler(self.painter, time, self.axis, self.clock, self.palette)
        self.painter.restore()

    def _paint_score(self) -> None:
        top = self.layout.score_top
        self.painter.fillRect(QRect(0, top, self.layout.width, SCORE_HEIGHT), self._window)
        time = QRect(GUTTER_WIDTH, top, self.layout.time_width, SCORE_HEIGHT)
        track = next((track for track in self.tracks if track.id == self.session.active_track_id), None)
        if track is None:
            self._paint_hint(time, NO_ACTIVE_TRACK if self.tracks else "")
            return
        record = track.get(self.session.current_frame)
        score = "–"
        if record is not None and record.score is not None:
            score = score_text(record.score, is_measured=self.is_measured(record))
        title = f"Score of {track.name}"
        gutter = QRect(0, top, GUTTER_WIDTH, SCORE_HEIGHT)
        paint_scale(self.painter, gutter, self.palette, title=title, score=score, threshold=self.threshold)
        paint_frame(self.painter, time, self.palette, threshold=self.threshold)
        picture = self.pictures.curve(track, self.axis, self.palette, pixel_ratio=self._pixel_ratio)
        self.painter.drawImage(time.topLeft(), picture)

    def _paint_lines(self) -> None:
        self.painter.setPen(self.palette.color(QPalette.ColorRole.Mid))
        for y in (RULER_HEIGHT - 1, self.layout.score_top):
            self.painter.drawLine(0, y, self.layout.width, y)
        self.painter.drawLine(GUTTER_WIDTH - 1, 0, GUTTER_WIDTH - 1, self.layout.height)

    def _paint_span(self) -> None:
        """The chosen span: a frame around its part of the row, and a band in the ruler."""
        span = self.session.span
        row = next(
            (row for row in self.layout.visible_rows() if self.tracks[row].id == self.session.active_track_id), None
        )
        if span is None:
            return
        accent = self.palette.color(QPalette.ColorRole.Accent)
        left, right = (GUTTER_WIDTH + self.axis.x_of(frame) for frame in (span[0], span[1] + 1))
        right = max(right, left + NARROWEST_SPAN)
        painter = self.painter
        painter.save()
        painter.setClipRect(QRect(GUTTER_WIDTH, 0, self.layout.time_width, self.layout.score_top))
        ruler = QRectF(left, 0, right - left, RULER_HEIGHT - 1)
        painter.fillRect(ruler, faded(accent, SPAN_OPACITY))
        for x in (left, right - 1):
            painter.fillRect(QRectF(x, 0, 1, RULER_HEIGHT), accent)
        if row is not None:
            painter.setClipRect(QRect(GUTTER_WIDTH, RULER_HEIGHT, self.layout.time_width, self.layout.rows_height))
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
