"""The page of doubts in the review panel: the question, the doubts side by side, and the answer buttons."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.language import marked, tr
from app.views.review.answer_button import answer_button
from app.views.review.doubt_sheet import DoubtSheet
from app.views.style.theme import SPACING

ANSWERS = {"accept_doubt": marked("All right"), "many_doubts": marked("List")}


class DoubtSheetView(QWidget):
    """Replaces the list of doubts while the page is shown."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = QLabel()
        self.headline.setWordWrap(True)
        font = self.headline.font()
        font.setBold(True)
        self.headline.setFont(font)
        detail = QLabel(tr("Is any of them wrong? Lead the mouse over it to the first wrong box, and click."))
        detail.setWordWrap(True)
        detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.sheet = DoubtSheet()
        head = QVBoxLayout()
        head.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 0)
        head.setSpacing(0)
        head.addWidget(self.headline)
        head.addWidget(detail)
        answers = QHBoxLayout()
        answers.setContentsMargins(SPACING, 0, SPACING, SPACING)
        answers.setSpacing(SPACING)
        for name, text in ANSWERS.items():
            answers.addWidget(answer_button(actions[name], text))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACING)
        column.addLayout(head)
        column.addWidget(self.sheet, 1)
        column.addLayout(answers)
