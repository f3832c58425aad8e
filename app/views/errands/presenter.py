"""Connects the status of errands to their controller."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.controllers.errands import ErrandsController
from app.views.errands.errand_status import ErrandStatus


class ErrandsPresenter(QObject):
    def __init__(self, errands: ErrandsController, *, stop: QAction) -> None:
        """``stop``: the action that stops an errand."""
        self.status = ErrandStatus(stop)
        super().__init__(self.status)
        errands.began.connect(self.status.start)
        errands.progressed.connect(self.status.set_progress)
        errands.ended.connect(self.status.end)
