"""The certificate in the review panel: a line with its state, and the view in which boxes are judged."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.language import marked
from app.views.review.answer_button import answer_button
from app.views.review.judged_boxes import JudgedBoxes
from app.views.review.progress_ring import ProgressRing
from app.views.style.theme import SPACING

ANSWERS = {
    "certificate_right": marked("Right"),
    "certificate_wrong": marked("Wrong"),
    "certificate_page": marked("All right"),
    "certify": marked("Later"),
}
AFTERWARDS = {"certify": marked("Back"), "draw_certificate": marked("Draw anew")}


class CertificateLine(QWidget):
    """A line with the certificate's result or state, and a button to begin or continue."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QToolButton()
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._action = actions["certify"]
        self.button.clicked.connect(self._action.trigger)
        self._action.changed.connect(self._show_action)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACING, 0, SPACING, SPACING)
        row.setSpacing(2 * SPACING)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._show_action()

    def show_state(self, text: str, verb: str, *, tooltip: str = "") -> None:
        """Show the state. ``verb`` is the button's text, as in "Certify"."""
        self.label.setText(text)
        self.label.setToolTip(tooltip or text)
        self.button.setText(verb)

    def _show_action(self) -> None:
        self.button.setEnabled(self._action.isEnabled())
        self.button.setToolTip(self._action.toolTip())


class CertificateView(QWidget):
    """The question, the boxes to judge and the answer buttons; at the end, the result."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = ProgressRing()
        self.headline = QLabel()
        self.headline.setWordWrap(True)
        font = self.headline.font()
        font.setBold(True)
        self.headline.setFont(font)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.boxes = JudgedBoxes()
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.note.setContentsMargins(2 * SPACING, 0, 2 * SPACING, 0)
        self._answers = _row_of(actions, ANSWERS)
        self._afterwards = _row_of(actions, AFTERWARDS)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.headline)
        words.addWidget(self.detail)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 0)
        head.setSpacing(2 * SPACING)
        head.addWidget(self.ring)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACING)
        column.addLayout(head)
        column.addWidget(self.boxes, 1)
        column.addWidget(self.note, 1)
        column.addWidget(self._answers)
        column.addWidget(self._afterwards)

    def show_question(self, *, headline: str, detail: str, share: float, left: int) -> None:
        """Show the question. ``share`` of the boxes, in [0, 1], are judged; ``left`` boxes are not."""
        self._show_head(headline, detail, share, left)
        self._show_as(is_done=False)

    def show_result(self, *, headline: str, detail: str, note: str) -> None:
        """Show the result, when all boxes are judged."""
        self._show_head(headline, detail, 1.0, 0)
        self.note.setText(note)
        self._show_as(is_done=True)

    def _show_head(self, headline: str, detail: str, share: float, left: int) -> None:
        self.headline.setText(headline)
        self.detail.setText(detail)
        self.ring.set_progress(share, left)

    def _show_as(self, *, is_done: bool) -> None:
        self.boxes.setVisible(not is_done)
        self._answers.setVisible(not is_done)
        self.note.setVisible(is_done)
        self._afterwards.setVisible(is_done)

    def sizeHint(self) -> QSize:
        return QSize(280, 520)


def _row_of(actions: Mapping[str, QAction], names: Mapping[str, str]) -> QWidget:
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(SPACING, 0, SPACING, SPACING)
    row.setSpacing(SPACING)
    for name, text in names.items():
        row.addWidget(answer_button(actions[name], text))
    return bar
