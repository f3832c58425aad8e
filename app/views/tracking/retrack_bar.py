"""The offer to track again after a correction, over the bottom of the picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.language import tr
from app.views.style.picture_bar import DISTANCE_TO_EDGE, PictureBar


class RetrackBar(PictureBar):
    """At the bottom of the picture, or at the top if it would hide the corrected box.

    Signals:
        accepted, declined.
    """

    accepted = Signal()
    declined = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._beside = QRectF()
        self.label = QLabel()
        self.button = QPushButton(tr("Track again  (T)"))
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.accepted)
        self.dismiss_button = QToolButton()
        self.dismiss_button.setText("×")
        self.dismiss_button.setToolTip(tr("Leave the boxes as they are"))
        self.dismiss_button.setAutoRaise(True)
        self.dismiss_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.dismiss_button.clicked.connect(self.declined)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.button)
        row.addWidget(self.dismiss_button)

    def show_offer(self, track_id: int, frame: int, *, until: int | None, beside: QRectF) -> None:
        """
        Args:
            until: the next keyframe, or None if tracking goes on to the end.
            beside: the corrected box in pixels of the parent; the bar moves to the top if it would hide it.
        """
        self._beside = beside
        goal = tr("the end") if until is None else tr("the keyframe at {until}", until=until)
        self.label.setText(
            tr("Track #{track_id} again from frame {frame} to {goal}?", track_id=track_id, frame=frame, goal=goal)
        )
        self.appear()

    def place(self) -> None:
        self.adjustSize()
        self.move((self.over.width() - self.width()) // 2, self.over.height() - self.height() - DISTANCE_TO_EDGE)
        if self._beside.intersects(self.geometry().toRectF()):
            self.move(self.x(), DISTANCE_TO_EDGE)
