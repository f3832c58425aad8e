"""The legend beside the score curve: the track, its score in this frame, and the numbers of the lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from app.document.document import Document
from app.document.session import Session
from app.language import tr
from app.model.score_meaning import score_text
from app.model.track import Track
from app.views.timeline.layout import SCORE_HEIGHT
from app.views.timeline.score_curve import paint_scale


class ScoreLegend(QWidget):
    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        has_threshold: Callable[[Track], bool],
        parent: QWidget | None = None,
    ) -> None:
        """``has_threshold``: whether the threshold of doubts means something for a track."""
        super().__init__(parent)
        self._has_threshold = has_threshold
        self._document = document
        self._session = session
        self.setFixedHeight(SCORE_HEIGHT)
        for news in (
            document.project_opened, document.project_closed, document.track_changed,
            session.frame_changed, session.selection_changed, session.doubt_rules_changed,
        ):  # fmt: skip
            news.connect(self._on_news)
        document.boxes_changed.connect(self._on_boxes_changed)

    @Slot()
    def _on_news(self) -> None:
        self.update()

    @Slot(int, int, int)
    def _on_boxes_changed(self, track_id: int, first: int, last: int) -> None:
        if track_id == self._session.active_track_id:  # its first score may be one without a threshold
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        project, active = self._document.project, self._session.active_track_id
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawLine(0, 0, self.width(), 0)
            if project is None or active is None:
                return
            track = project.tracks[active]
            record = track.get(self._session.current_frame)
            score = "–"
            if record is not None and record.score is not None:
                score = score_text(record.score, project.score_meaning(record))
            paint_scale(
                painter, self.rect(), self.palette(), title=tr("Score of {track}", track=track.name), score=score,
                threshold=self._session.doubt_rules.least_right if self._has_threshold(track) else None,
            )  # fmt: skip
