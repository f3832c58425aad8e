"""The panel of the contact sheet, with the step between pictures and the actions for a span."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSpinBox, QStackedWidget, QVBoxLayout, QWidget

from app.language import tr
from app.views.contact_sheet.sheet_view import SheetView
from app.views.style.theme import SPACING

MOST_EVERY = 10_000


class ContactSheetPanel(QWidget):
    """
    Signals:
        every_chosen: show every n-th frame. right_requested: the first and last frame of a span whose boxes are right.
        tighten_requested: the first and last frame of a span whose boxes should be tightened.
    """

    every_chosen = Signal(int)
    right_requested = Signal(int, int)
    tighten_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._span: tuple[int, int] | None = None
        self.every = QSpinBox()
        self.every.setRange(1, MOST_EVERY)
        self.every.setPrefix(tr("Every "))
        self.every.setSuffix(tr(" frames"))
        self.every.setKeyboardTracking(False)
        self.every.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.every.valueChanged.connect(self.every_chosen)
        self.right_button = QPushButton()
        self.right_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.right_button.clicked.connect(self._on_right_clicked)
        self.tighten_button = QPushButton(tr("Tighten"))
        self.tighten_button.setToolTip(tr("Tighten the boxes of the span that nobody has drawn or reviewed"))
        self.tighten_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tighten_button.clicked.connect(self._on_tighten_clicked)
        self.sheet = SheetView()
        self.sheet.frame_clicked.connect(lambda frame: self.set_span(None))
        self.sheet.span_chosen.connect(lambda first, last: self.set_span((first, last)))
        self.hint = QLabel()
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.hint.setMargin(16)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.sheet)
        self._pages.addWidget(self.hint)
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 0)
        bar.addWidget(self.every)
        bar.addStretch(1)
        bar.addWidget(self.tighten_button)
        bar.addWidget(self.right_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(bar)
        column.addWidget(self._pages, 1)
        self.set_span(None)

    def set_every(self, every: int) -> None:
        with QSignalBlocker(self.every):
            self.every.setValue(every)

    def show_sheet(self) -> None:
        self._pages.setCurrentWidget(self.sheet)

    def show_hint(self, text: str) -> None:
        """Show a message instead of an empty sheet."""
        self.hint.setText(text)
        self._pages.setCurrentWidget(self.hint)

    def set_span(self, span: tuple[int, int] | None) -> None:
        """Show the span chosen by Shift+click; None for no span."""
        self._span = span
        self.right_button.setEnabled(span is not None)
        self.tighten_button.setVisible(span is not None)
        if span is None:
            self.right_button.setText(tr("Shift+click chooses a span"))
        else:
            self.right_button.setText(tr("{first} to {last} are right", first=span[0], last=span[1]))

    @Slot()
    def _on_right_clicked(self) -> None:
        if self._span is not None:
            first, last = self._span
            self.set_span(None)
            self.right_requested.emit(first, last)

    @Slot()
    def _on_tighten_clicked(self) -> None:
        if self._span is not None:
            self.tighten_requested.emit(*self._span)
