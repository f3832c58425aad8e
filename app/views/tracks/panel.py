"""The track list and the timeline as one panel: each track has one row across both."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QSplitter, QVBoxLayout, QWidget

from app.controllers.shown_tracks import ShownTracks
from app.document.document import Document
from app.document.session import Session
from app.views.timeline.layout import RULER_HEIGHT, SCORE_HEIGHT
from app.views.timeline.timeline_view import TimelineView
from app.views.track_list.track_list_view import TrackListView
from app.views.tracks.filter_bar import FilterBar
from app.views.tracks.score_legend import ScoreLegend

FIRST_WIDTHS = (330, 700)


class TracksPanel(QWidget):
    """The track list is at the left, the timeline at the right. Both scroll together with the bar at the right."""

    def __init__(
        self,
        document: Document,
        session: Session,
        shown: ShownTracks,
        *,
        table: TrackListView,
        timeline: TimelineView,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.filter_bar = FilterBar()
        self.filter_bar.setFixedHeight(RULER_HEIGHT)
        self.filter_bar.show_filter(shown.filter)
        self.filter_bar.wanted_changed.connect(shown.set_filter)
        shown.filter_changed.connect(lambda: self.filter_bar.show_filter(shown.filter))
        self.legend = ScoreLegend(document, session, has_threshold=timeline.has_threshold)
        self._timeline = timeline
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filter_bar)
        column.addWidget(table, 1)
        column.addWidget(self.legend)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(timeline)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes(list(FIRST_WIDTHS))
        left.setMinimumWidth(200)
        timeline.setMinimumWidth(240)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        timeline.arranged.connect(self._level)
        _scroll_together(timeline, table.table)

    @Slot()
    def _level(self) -> None:
        """Make the rows end at the same height on both sides, even if the timeline has a scroll bar at its bottom."""
        bar = self._timeline.height() - self._timeline.viewport().height()
        self.legend.setFixedHeight(SCORE_HEIGHT + bar)


def _scroll_together(one: QAbstractScrollArea, other: QAbstractScrollArea) -> None:
    ours, theirs = one.verticalScrollBar(), other.verticalScrollBar()
    ours.valueChanged.connect(theirs.setValue)
    theirs.valueChanged.connect(ours.setValue)
    theirs.rangeChanged.connect(lambda: theirs.setValue(ours.value()))
