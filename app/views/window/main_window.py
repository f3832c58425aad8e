"""The window: picture, panels, bars. It is put together here and does nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings, QSize, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from app.document.document import Document
from app.document.session import Session
from app.views.canvas.canvas_view import CanvasView
from app.views.canvas_feed import CanvasFeed
from app.views.learning.learnt_bar import LearntBar
from app.views.score_map.panel import ScoreMapPanel
from app.views.style.icons import app_icon
from app.views.timeline.timeline_view import TimelineView
from app.views.track_list.track_list_view import TrackListView
from app.views.tracking.retrack_bar import RetrackBar
from app.views.tracking.tracker_bar import TrackerBar
from app.views.transport.transport_bar import TransportBar
from app.views.window.actions import make_actions
from app.views.window.docks import add_docks
from app.views.window.menus import RecentMenu, ThemeMenu, fill_menu_bar, make_toolbar
from app.views.window.status import StatusBar

GEOMETRY, LAYOUT = "window/geometry", "window/layout"
FIRST_SIZE = QSize(1280, 720)


class MainWindow(QMainWindow):
    """
    Signals:
        closing: the person closes the window; whoever runs threads ends them before this returns.
    """

    closing = Signal()

    def __init__(
        self,
        document: Document,
        session: Session,
        *,
        places: QSettings,
        speeds: Sequence[float],
    ) -> None:
        """``places``: where geometry and docks are remembered."""
        super().__init__()
        self._places = places
        self.actions_by_id: dict[str, QAction] = make_actions(self)
        self.canvas = CanvasView()
        self.feed = CanvasFeed(self.canvas, document, session, self)
        self.retrack_bar = RetrackBar(self.canvas)
        self.learnt_bar = LearntBar(self.canvas)
        self.transport = TransportBar(self.actions_by_id, speeds=speeds)
        self.track_list = TrackListView(document, session)
        self.score_map = ScoreMapPanel()
        self.timeline = TimelineView(document, session)
        self.tracker_bar = TrackerBar()
        self.recent_menu = RecentMenu(self)
        self.theme_menu = ThemeMenu(self)
        self.status = StatusBar(self.actions_by_id)

        self.setWindowIcon(app_icon())
        self.setStatusBar(self.status)
        fill_menu_bar(self, self.actions_by_id, recent=self.recent_menu, theme=self.theme_menu)
        self.addToolBar(make_toolbar(self.actions_by_id, at_the_right=self.tracker_bar))
        self.setCentralWidget(self._middle())
        self.resize(FIRST_SIZE)
        self.docks = add_docks(
            self, self.actions_by_id, tracks=self.track_list, score_map=self.score_map, timeline=self.timeline
        )
        self._restore_places()
        self.transport.frame_field.lineEdit().returnPressed.connect(self.canvas.setFocus)
        self.canvas.setFocus()
        self.set_title("")

    def set_title(self, name: str) -> None:
        self.setWindowTitle(f"{name} – Siamark" if name else "Siamark")

    def closeEvent(self, event: QCloseEvent) -> None:
        self._places.setValue(GEOMETRY, self.saveGeometry())
        self._places.setValue(LAYOUT, self.saveState())
        self.closing.emit()
        super().closeEvent(event)

    def _restore_places(self) -> None:
        geometry, layout = self._places.value(GEOMETRY), self._places.value(LAYOUT)
        if isinstance(geometry, QByteArray) and isinstance(layout, QByteArray):
            self.restoreGeometry(geometry)
            self.restoreState(layout)

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.transport)
        return middle
