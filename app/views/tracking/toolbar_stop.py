"""During a run, the toolbar shows Stop instead of the actions that start one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar

from app.controllers.tracking import TrackingController
from app.views.style.buttons import style_on_toolbar

BEGIN: Final = ("track_backward", "track_forward")
STOP: Final = "stop_run"


class ToolbarStop(QObject):
    """Menu and keys stay: another run can be requested, and waits for this one to end."""

    def __init__(self, bar: QToolBar, actions: Mapping[str, QAction], tracking: TrackingController) -> None:
        super().__init__(bar)
        self._bar = bar
        self._begin = [actions[name] for name in BEGIN]
        self._stop = actions[STOP]
        tracking.run_started.connect(self._show_stop)
        tracking.run_finished.connect(self._show_begin)
        tracking.failed.connect(self._show_begin)

    @Slot()
    def _show_stop(self) -> None:
        self._replace(self._begin, [self._stop])

    @Slot()
    def _show_begin(self) -> None:
        self._replace([self._stop], self._begin)

    def _replace(self, old: Sequence[QAction], new: Sequence[QAction]) -> None:
        if old[0] not in self._bar.actions():
            return
        for action in new:
            self._bar.insertAction(old[0], action)
            style_on_toolbar(self._bar, action, with_text=True)
        for action in old:
            self._bar.removeAction(action)
