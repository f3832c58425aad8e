"""The timeline: every track over the time of the video, the score of the active one, and the playhead over both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QToolTip, QWidget

from app.controllers.shown_tracks import ShownTracks
from app.document.document import Document
from app.document.session import Session
from app.language import tr, translated
from app.model.box_record import BoxRecord
from app.model.note import NO_TRACK, NotePlace, by_track
from app.model.score_meaning import ScoreMeaning
from app.model.track import Track
from app.views.timeline.clock import Clock
from app.views.timeline.hover_text import hover_text
from app.views.timeline.layout import ROW_HEIGHT, RULER_HEIGHT, SCORE_HEIGHT, Part
from app.views.timeline.note_marks import note_near
from app.views.timeline.score_series import dip_near
from app.views.timeline.time_axis import TimeAxis
from app.views.timeline.time_scroll_area import ZOOM_PER_NOTCH, TimeScrollArea
from app.views.timeline.timeline_painter import NO_VIDEO, TimelinePainter
from app.views.timeline.track_pictures import TrackPictures
from app.workers.turns import Soon

ADDING = Qt.KeyboardModifier.ControlModifier
DRAG = 4  # pixels; a press that moves this far is a drag
SNAP = 6  # pixels; a click this near to a mark means the mark, not the frame
PLAYHEAD_REACH = 72  # largest width of the playhead's flag on each side, in pixels
PICTURE_CHANGES = {QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange}


class TimelineView(TimeScrollArea):
    """Reads document and session, and emits what the person wants.

    A press or drag in the ruler or the score scrubs. A press on a row goes there and selects its track; a drag along
    it, or a press with Shift, chooses a span. A double click fits. With the keyboard: arrows step and change track,
    Home and End go to the ends, + and - zoom, 0 fits.
    """

    frame_requested = Signal(int)
    track_clicked = Signal(int, bool)  # track, add to the selection
    span_requested = Signal(int, int, int)  # track, first and last frame in either order
    no_span_requested = Signal()
    menu_requested = Signal(QPoint)  # a place on the screen; the track of its row was clicked before

    def __init__(self, document: Document, session: Session, shown: ShownTracks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._session = session
        self._clock = Clock()
        self._pictures = TrackPictures(frame_count=0, threshold=self._threshold)
        self._shown_frame = session.current_frame
        self._shown = shown
        self._asked: int | None = None  # the last frame emitted in this drag
        self._spanned: int | None = None  # the track of this drag
        self._pressed_at = QPointF()
        self._painting_on = Soon(self)  # reads the tracks that are left
        self._painting_on.due.connect(self._update_all)
        self._out_of_date = QRegion()  # repainted in a separate turn, because a run also changes picture and lists
        self._painting_again = Soon(self)
        self._painting_again.due.connect(self._paint_again)
        self._notes: dict[int, list[int]] = {}  # see ``TimelinePainter.notes``
        self._anchor = 0  # where a Shift-chosen span begins
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Timeline"))
        self.setMinimumHeight(RULER_HEIGHT + 2 * ROW_HEIGHT + SCORE_HEIGHT)
        self.axis_changed.connect(self._on_axis_changed)
        document.project_opened.connect(self._on_project_changed)
        document.project_closed.connect(self._on_project_changed)
        document.track_removed.connect(self._on_track_removed)
        for news in (document.notes_changed, document.track_added, document.track_removed):
            news.connect(self._on_notes_changed)
        shown.changed.connect(self._on_rows_changed)
        document.track_changed.connect(self._on_track_changed)
        document.boxes_changed.connect(self._on_boxes_changed)
        session.frame_changed.connect(self._on_frame_changed)
        session.selection_changed.connect(self._on_selection_changed)
        session.span_changed.connect(self._update_all)
        session.visibility_changed.connect(self._on_visibility_changed)
        session.doubt_rules_changed.connect(self._on_doubt_rules_changed)
        self._on_project_changed()

    # content

    def set_frame_times(self, times: NDArray[np.float64]) -> None:
        """(frames,) the time of every frame in seconds, for videos with a variable rate (``VideoInfo.times``)."""
        self._clock = replace(self._clock, times=times)
        self.viewport().update()

    def set_doubts(self, track_id: int, doubts: tuple[tuple[int, int], ...]) -> None:
        """Set the doubts of a track: the first and last frame of each."""
        if self._pictures.set_doubts(track_id, doubts):
            self._update_row(track_id)

    def update_strip(self) -> None:
        """The doubts of a track changed."""
        self._update_soon(QRect(0, 0, self.parts.width, RULER_HEIGHT))

    def sizeHint(self) -> QSize:
        return QSize(1280, RULER_HEIGHT + 5 * ROW_HEIGHT + SCORE_HEIGHT)

    # changes

    @Slot()
    def _on_project_changed(self) -> None:
        project = self._document.project
        frame_count = project.video.frame_count if project else 0
        self._clock = Clock(project.video.frame_rate) if project else Clock()
        self._pictures = TrackPictures(
            frame_count=frame_count, threshold=self._threshold, measured_runs=self._measured_runs
        )
        self.set_axis(TimeAxis.fitted(frame_count=frame_count, width=self.parts.time_width))
        self._shown_frame = self._session.current_frame
        self._on_notes_changed()
        self._on_rows_changed()

    @Slot()
    def _on_notes_changed(self) -> None:
        """The ruler also shows notes of deleted tracks, like those on frames."""
        project = self._document.project
        if project is None or not (project.notes or self._notes):
            self._notes = {}
            return
        self._notes = by_track(
            [place if place.track_id in project.tracks else NotePlace(place.frame) for place in project.notes]
        )
        self.viewport().update()

    @Slot(int)
    def _on_track_removed(self, track_id: int) -> None:
        self._pictures.drop(track_id)

    @Slot()
    def _on_rows_changed(self) -> None:
        self.set_row_count(len(self._shown.tracks))

    @Slot(int)
    def _on_track_changed(self, track_id: int) -> None:
        self._pictures.drop_pictures_of(track_id)
        self.viewport().update()

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        self._pictures.refresh(self._document.opened_project.tracks[track_id], first, last)
        self._update_row(track_id)
        if track_id == self._session.active_track_id:
            self._update_score()

    @Slot(int)
    def _on_frame_changed(self, frame: int) -> None:
        axis = self._axis.turned_to(frame) if self._asked is None else self._axis.nudged_to(frame)
        self.set_axis(axis)
        for shown in (self._shown_frame, frame):
            x = round(axis.x_of(shown + 0.5))
            self._update_soon(QRect(x - PLAYHEAD_REACH, 0, 2 * PLAYHEAD_REACH, self.parts.height))
        self._shown_frame = frame

    @Slot()
    def _on_selection_changed(self) -> None:
        row = self._row_of(self._session.active_track_id)
        if row is not None:
            self.verticalScrollBar().setValue(self.parts.scroll_showing(row))
        self._update_soon(self.viewport().rect())

    @Slot()
    def _update_all(self) -> None:
        self.viewport().update()

    @Slot(int)
    def _on_visibility_changed(self, track_id: int) -> None:
        self._update_row(track_id)

    @Slot()
    def _on_doubt_rules_changed(self) -> None:
        self._pictures.set_threshold(self._threshold)
        self.viewport().update()

    @Slot()
    def _on_axis_changed(self) -> None:
        self._pictures.drop_pictures()

    @property
    def _threshold(self) -> float:
        """The score below which a tracked box is doubtful until it is reviewed."""
        return self._session.doubt_rules.least_right

    def has_threshold(self, track: Track) -> bool:
        """Whether the threshold of doubts means something for the scores of a track."""
        return self._pictures.spans(track).says_how_likely

    def _measured_runs(self) -> list[int]:
        runs = self._document.opened_project.runs.values()
        return [run.id for run in runs if run.score_meaning is ScoreMeaning.MEASURED]

    def _score_meaning(self, record: BoxRecord) -> ScoreMeaning:
        return self._document.opened_project.score_meaning(record)

    def _row_of(self, track_id: int | None) -> int | None:
        return self._shown.row_of(track_id)

    def _update_row(self, track_id: int) -> None:
        row = self._row_of(track_id)
        if row is not None:
            self._update_soon(QRect(0, self.parts.row_top(row), self.parts.width, ROW_HEIGHT))

    def _update_score(self) -> None:
        self._update_soon(QRect(0, self.parts.score_top, self.parts.width, SCORE_HEIGHT))

    def _update_soon(self, place: QRect) -> None:
        self._out_of_date += place
        self._painting_again.start()

    @Slot()
    def _paint_again(self) -> None:
        self.viewport().update(self._out_of_date)
        self._out_of_date = QRegion()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            if not self._axis.frame_count:
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, translated(NO_VIDEO))
                return
            complete = TimelinePainter(
                painter=painter,
                region=event.region(),
                layout=self.parts,
                axis=self._axis,
                clock=self._clock,
                tracks=self._shown.tracks,
                is_filtered=self._shown.count_in_all > 0,
                active=self._active_track,
                pictures=self._pictures,
                session=self._session,
                palette=self.palette(),
                threshold=self._threshold,
                notes=self._notes,
            ).paint()
        if not complete:
            self._painting_on.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in PICTURE_CHANGES:
            self._pictures.drop_pictures()
        super().changeEvent(event)

    # gestures

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.parts.row_at(event.position().y())
        track_id = None if row is None else self._shown.tracks[row].id
        if event.button() == Qt.MouseButton.RightButton and track_id is not None:
            if track_id not in self._session.selected_track_ids:
                self.track_clicked.emit(track_id, False)
            self.menu_requested.emit(event.globalPosition().toPoint())
            return
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if not self._axis.frame_count:
            return
        modifiers = event.modifiers()
        if track_id is not None and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._stretch_span(track_id, event.position())
            return
        if track_id is not None:
            self.no_span_requested.emit()
            self.track_clicked.emit(track_id, bool(modifiers & ADDING))
        self._pressed_at = event.position()
        self._anchor = self._frame_meant_at(event.position())
        self._spanned = track_id
        self._ask(self._anchor)

    def _stretch_span(self, track_id: int, position: QPointF) -> None:
        """Shift: from the last clicked frame, or the session's frame, to this one."""
        if self._session.span is None or track_id != self._session.active_track_id:
            self._anchor = self._session.current_frame
        self._spanned, self._pressed_at = track_id, QPointF(-DRAG, 0)
        frame = self._frame_meant_at(position)
        self.span_requested.emit(track_id, self._anchor, frame)
        self._ask(frame)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._asked is None:
            return
        frame = self._axis.frame_at(event.position().x())
        if self._spanned is not None:
            if abs(event.position().x() - self._pressed_at.x()) < DRAG:
                return
            self._pressed_at = QPointF(-DRAG, 0)  # from now on every move belongs to the drag
            self.span_requested.emit(self._spanned, self._anchor, frame)
        if frame != self._asked:
            self._ask(frame)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._asked = self._spanned = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here, last = self._session.current_frame, max(self._axis.frame_count - 1, 0)
        stride = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        match event.key():
            case Qt.Key.Key_Left:
                self.frame_requested.emit(max(here - stride, 0))
            case Qt.Key.Key_Right:
                self.frame_requested.emit(min(here + stride, last))
            case Qt.Key.Key_Home:
                self.frame_requested.emit(0)
            case Qt.Key.Key_End:
                self.frame_requested.emit(last)
            case Qt.Key.Key_Up:
                self._ask_for_row(-1)
            case Qt.Key.Key_Down:
                self._ask_for_row(+1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(ZOOM_PER_NOTCH, around_frame=here)
            case Qt.Key.Key_Minus:
                self.zoom(1 / ZOOM_PER_NOTCH, around_frame=here)
            case Qt.Key.Key_0:
                self.fit()
            case _:
                super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._text_at(QPointF(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def _ask(self, frame: int) -> None:
        self._asked = frame
        self.frame_requested.emit(frame)

    def _ask_for_row(self, step: int) -> None:
        if self._shown.tracks:
            row = self._row_of(self._session.active_track_id)
            wanted = 0 if row is None else min(max(row + step, 0), len(self._shown.tracks) - 1)
            self.track_clicked.emit(self._shown.tracks[wanted].id, False)

    def _track_at(self, position: QPointF) -> Track | None:
        row = self.parts.row_at(position.y())
        if self.parts.part_at(position.y()) is Part.SCORE:
            return self._active_track
        return None if row is None else self._shown.tracks[row]

    @property
    def _active_track(self) -> Track | None:
        """The track whose score is shown, even if the filter hides its row."""
        project, active = self._document.project, self._session.active_track_id
        return None if project is None or active is None else project.tracks.get(active)

    def _frame_meant_at(self, position: QPointF) -> int:
        """The frame that a press means: that of the note, keyframe, doubt or score dip drawn there, or else the one at
        that pixel.
        """
        x = position.x()
        track, marked = self._track_at(position), None
        part = self.parts.part_at(position.y())
        if part is not Part.SCORE:
            noted = self._notes.get(NO_TRACK if track is None else track.id, [])
            note = note_near(noted, self._axis, x, reach=SNAP)
            if note is not None:
                return note
        if track is not None:
            spans = self._pictures.spans(track)
            if part is Part.ROWS:
                marked = spans.mark_near(self._axis, x, reach=SNAP)
            elif self._axis.scale < 1:
                marked = dip_near(spans.scores, self._axis, x, reach=SNAP, threshold=self._threshold)
        return self._axis.frame_at(x) if marked is None else marked

    def _text_at(self, position: QPointF) -> str:
        if not self._axis.frame_count:
            return ""
        track = self._track_at(position)
        frame = self._axis.frame_at(position.x())
        is_row = self.parts.part_at(position.y()) is not Part.SCORE
        noted = self._notes.get(NO_TRACK if track is None else track.id, []) if is_row else []
        note = note_near(noted, self._axis, position.x(), reach=SNAP)
        if note is not None:
            frame = note
        text = hover_text(frame, self._clock, track, meaning_of=self._score_meaning)
        return text if note is None else "\n".join([text, *self._said_at(note, track)])

    def _said_at(self, frame: int, track: Track | None) -> list[str]:
        """The notes that the mark at this frame stands for, in a row or in the ruler."""
        project = self._document.opened_project
        return [
            text
            for place, text in sorted(project.notes.items())
            if place.frame == frame
            and (place.track_id not in project.tracks if track is None else place.track_id == track.id)
        ]
