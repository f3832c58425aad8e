"""The review panel: how much is left, the list of doubts, and the buttons that answer them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.assist.review_queue import Order
from app.language import marked, tr, translated
from app.views.review.answer_button import answer_button
from app.views.review.certificate_view import CertificateLine, CertificateView
from app.views.review.doubt_list import DoubtListView
from app.views.review.doubt_sheet_view import DoubtSheetView
from app.views.review.progress_ring import ProgressRing
from app.views.review.who_is_who import Question, WhoIsWho
from app.views.style.theme import SPACING

ORDERS = {Order.STRENGTH: marked("Most doubtful first"), Order.TIME: marked("As the video goes")}
BUTTONS = ("accept_doubt", "many_doubts", "toggle_absent", "next_doubt")
SHORT = {
    "accept_doubt": marked("Right"),
    "many_doubts": marked("Many"),
    "toggle_absent": marked("Absent"),
    "next_doubt": marked("Next"),
}
OF_A_CANDIDATE = {"accept_doubt": marked("Accept"), "toggle_absent": marked("Reject")}


class ReviewPanel(QWidget):
    """
    Signals:
        order_chosen: the ``Order`` in which to go through the doubts.
        side_changed: the panel now shows the certificate's boxes, the page of doubts, or the list of doubts.
    """

    order_chosen = Signal(object)
    side_changed = Signal()

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = ProgressRing()
        self.headline = _wrapped(QLabel())
        font = self.headline.font()
        font.setBold(True)
        self.headline.setFont(font)
        self.detail = _wrapped(QLabel())
        self.detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.order_box = QComboBox()
        self.order_box.setAccessibleName(tr("Order of the doubts"))
        self.order_box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for order, text in ORDERS.items():
            self.order_box.addItem(translated(text), order)
        self.order_box.currentIndexChanged.connect(self._on_order_changed)
        self.list = DoubtListView()
        self.who_is_who = WhoIsWho(actions)
        self._answers = QWidget()
        self.buttons: dict[str, QToolButton] = {}
        self.candidate_buttons: dict[str, QToolButton] = {}  # replace the answer buttons of the same name
        self.hint = _wrapped(QLabel())
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setMargin(16)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.hint)
        self.certificate_line = CertificateLine(actions)
        self.judging = CertificateView(actions)
        self.many = DoubtSheetView(actions)
        self._lay_out(actions)

    def _lay_out(self, actions: Mapping[str, QAction]) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.headline)
        words.addWidget(self.detail)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 0)
        head.setSpacing(2 * SPACING)
        head.addWidget(self.ring)
        head.addLayout(words, 1)
        order = QHBoxLayout()
        order.setContentsMargins(2 * SPACING, 0, 2 * SPACING, 0)
        order.addWidget(self.order_box)
        answers = QHBoxLayout(self._answers)
        answers.setContentsMargins(SPACING, 0, SPACING, SPACING)
        answers.setSpacing(SPACING)
        for name in BUTTONS:
            button = self.buttons[name] = answer_button(actions[name], SHORT[name])
            answers.addWidget(button)
            if name in OF_A_CANDIDATE:
                instead = self.candidate_buttons[name] = answer_button(actions[name], OF_A_CANDIDATE[name])
                instead.hide()
                answers.addWidget(instead)
        self._doubts = QWidget()
        column = QVBoxLayout(self._doubts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACING)
        column.addLayout(head)
        column.addLayout(order)
        column.addWidget(self._pages, 1)
        column.addWidget(self.who_is_who)
        column.addWidget(self._answers)
        column.addWidget(self.certificate_line)
        self._sides = QStackedLayout(self)
        self._sides.addWidget(self._doubts)
        self._sides.addWidget(self.judging)
        self._sides.addWidget(self.many)
        self._is_judging = self._is_many = False

    def show_head(self, *, headline: str, detail: str, share: float, left: int) -> None:
        """Show in words and as a ring how much is left. ``share``: how much is done, in [0, 1]."""
        self.headline.setText(headline)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.ring.set_progress(share, left)

    def show_judging(self, is_judging: bool) -> None:
        """Show the certificate's boxes instead of the doubts, or the doubts again."""
        self._is_judging = is_judging
        self._choose_side()

    def show_many(self, is_many: bool) -> None:
        """Show the page of doubts instead of their list, or the list again."""
        self._is_many = is_many
        self._choose_side()

    def _choose_side(self) -> None:
        side = self.judging if self._is_judging else self.many if self._is_many else self._doubts
        if side is not self._sides.currentWidget():
            self._sides.setCurrentWidget(side)
            self.side_changed.emit()

    def show_list(self) -> None:
        self._pages.setCurrentWidget(self.list)

    def show_hint(self, text: str) -> None:
        """Show a hint instead of an empty list."""
        self.hint.setText(text)
        self._pages.setCurrentWidget(self.hint)

    def show_question(self, question: Question | None) -> None:
        """Ask who is who instead of showing the usual answers; None shows those again."""
        self.who_is_who.ask(question)
        self.who_is_who.setVisible(question is not None)
        self._answers.setVisible(question is None)

    def show_candidate(self, is_candidate: bool) -> None:
        """Offer to accept or reject a find instead of the buttons right and absent."""
        for name, button in self.candidate_buttons.items():
            button.setVisible(is_candidate)
            self.buttons[name].setVisible(not is_candidate)

    def set_order(self, order: Order) -> None:
        with QSignalBlocker(self.order_box):
            self.order_box.setCurrentIndex(self.order_box.findData(order))

    @Slot(int)
    def _on_order_changed(self, index: int) -> None:
        self.order_chosen.emit(self.order_box.itemData(index))


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return label
