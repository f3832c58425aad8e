"""The workspace panel: a summary, filter and order, the list of videos, and buttons."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.language import marked, tr, translated
from app.views.style.theme import SPACING
from app.views.workspace.video_list import Shown, SortBy, VideoListView

NOTHING = marked("File > Open workspace shows the videos of a folder here: the progress of each, and the next to do.")


class WorkspacePanel(QWidget):
    """
    Signals:
        open_requested, refresh_requested, statistics_requested, export_requested: a button was clicked.
    """

    open_requested = Signal()
    refresh_requested = Signal()
    statistics_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = QLabel()
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        font = self.headline.font()
        font.setBold(True)
        self.headline.setFont(font)
        self.detail = QLabel()
        self.detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.detail.setWordWrap(True)
        self.filter_field = QLineEdit()
        self.filter_field.setPlaceholderText(tr("Filter by name or label"))
        self.filter_field.setClearButtonEnabled(True)
        self.filter_field.setAccessibleName(tr("Filter videos"))
        self.shown_box, self.sort_box = QComboBox(), QComboBox()
        for box, choices, name in (
            (self.shown_box, Shown, tr("Which videos")),
            (self.sort_box, SortBy, tr("Order of videos")),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            for choice in choices:
                box.addItem(translated(choice.value), choice)
        self.list = VideoListView()
        self.hint = QLabel(translated(NOTHING))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setMargin(16)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.open_button = QPushButton(tr("Open workspace…"))
        self.refresh_button = QPushButton(tr("Refresh"))
        self.statistics_button = QPushButton(tr("Statistics…"))
        self.export_button = QPushButton(tr("Export…"))
        self.refresh_button.setToolTip(tr("Read the folder again"))
        self.export_button.setToolTip(tr("Export the chosen videos, or all of them"))
        self._join()
        self._lay_out()
        self.show_nothing()

    def _join(self) -> None:
        order = self.list.order
        self.filter_field.textChanged.connect(order.set_words)
        self.shown_box.currentIndexChanged.connect(lambda place: order.set_shown(self.shown_box.itemData(place)))
        self.sort_box.currentIndexChanged.connect(lambda place: order.set_sort(self.sort_box.itemData(place)))
        for button, signal in (
            (self.open_button, self.open_requested),
            (self.refresh_button, self.refresh_requested),
            (self.statistics_button, self.statistics_requested),
            (self.export_button, self.export_requested),
        ):
            button.clicked.connect(signal)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(SPACING)
        choices.addWidget(self.shown_box, 1)
        choices.addWidget(self.sort_box, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        for button in (self.refresh_button, self.statistics_button, self.export_button):
            button.setMinimumWidth(0)
            buttons.addWidget(button)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, SPACING)
        column.setSpacing(SPACING)
        for widget in (self.headline, self.detail, self.filter_field):
            column.addWidget(widget)
        column.addLayout(choices)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        empty = QWidget()
        middle = QVBoxLayout(empty)
        middle.addStretch(1)
        middle.addWidget(self.hint)
        middle.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignCenter)
        middle.addStretch(1)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(listed)
        self._listed = listed
        self._empty = empty
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def show_nothing(self) -> None:
        """No workspace is open."""
        self._pages.setCurrentWidget(self._empty)

    def show_list(self) -> None:
        self._pages.setCurrentWidget(self._listed)

    def show_head(self, headline: str, detail: str) -> None:
        self.headline.setText(headline)
        self.headline.setToolTip(headline)
        self.detail.setText(detail)

    def choose_row(self, row: int) -> None:
        """Choose a video and scroll to it."""
        index = self.list.order.index(row, 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)
