"""A bar over the top of the picture after a learning: the result, and the choice to use or discard the tracker."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from app.language import tr
from app.views.style.picture_bar import DISTANCE_TO_EDGE, PictureBar

WIDEST = 760
NARROW = 560  # pixels; on a narrower picture the buttons are below the sentence


class LearntBar(PictureBar):
    """Stays until the person answers.

    Signals:
        accepted, discarded.
    """

    accepted = Signal()
    discarded = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.use_button = _button(
            tr("Use it for this project"), tr("Add it to your models and follow with it whenever this project is open")
        )
        self.discard_button = _button(tr("Discard"), tr("Throw it away; everything stays as it was"))
        self.close_button = _button(tr("Close"), "")
        self.use_button.clicked.connect(self.accepted)
        self.discard_button.clicked.connect(self.discarded)
        self.close_button.clicked.connect(self.discarded)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.use_button, self.discard_button, self.close_button):
            buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self.label, 1)
        self._row.addLayout(buttons)

    def show_verdict(self, sentence: str, *, is_offer: bool) -> None:
        """``is_offer``: whether there is a tracker to use or discard."""
        self.label.setText(sentence)
        self.use_button.setVisible(is_offer)
        self.discard_button.setVisible(is_offer)
        self.close_button.setVisible(not is_offer)
        self.use_button.setEnabled(True)
        self.appear()

    def place(self) -> None:
        room = self.over.width() - 2 * DISTANCE_TO_EDGE
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if room < NARROW else directions.LeftToRight)
        self._row.activate()
        width = max(min(WIDEST, room), self.minimumSizeHint().width())
        self.resize(width, self._row.totalHeightForWidth(width))
        self.move((self.over.width() - width) // 2, DISTANCE_TO_EDGE)


def _button(text: str, tooltip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tooltip)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
