"""A small field at a new box, to type or pick its label."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.language import tr
from app.model.names import LONGEST_NAME
from app.views.style.completion import NameCompleter

WIDTH = 160
HINT_MARGIN = 6  # pixels
GAP = 6  # pixels between box and field, beyond the handles
TYPING_GOES_ON = {
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
}


class LabelField(QLineEdit):
    """Lies over the picture, below the box, or above it if there is no room below. Enter or a click elsewhere accepts
    the text; Esc keeps the old label.

    Signals:
        label_chosen(str): the person entered a new label. left: the field was closed; focus the picture again.
        shown_changed: the field was opened or closed.
    """

    label_chosen = Signal(str)
    shown_changed = Signal()
    left = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._before = ""
        self.setFixedWidth(WIDTH)
        self.setMaxLength(LONGEST_NAME)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setPlaceholderText(tr("Label"))
        self.setAccessibleName(tr("Label of the new box"))
        self.setToolTip(tr("Type the label of the new box and press Enter; Tab comes here from the picture"))
        self.returnPressed.connect(self.take)
        self.hide()

    def open_at(self, box: QRectF, *, label: str, labels: Iterable[str], takes_focus: bool) -> None:
        """
        Args:
            box: the new box, in pixels of the widget below.
            label: the current label; empty if there is none.
            labels: offered while typing.
        """
        self._before = label
        self.setText(label)
        self._offer(labels)
        self._place(box)
        self.show()
        self.raise_()
        QWidget.setTabOrder(self._over, self)
        if takes_focus:
            self.setFocus()
            self.selectAll()

    @Slot()
    def take(self) -> None:
        """Close, and emit the label if it is new."""
        if self.isVisible():
            label = self.text().strip()
            self.close_quietly()
            if label and label != self._before:
                self.label_chosen.emit(label)

    @Slot()
    def close_quietly(self) -> None:
        """Close without emitting anything."""
        if self.isVisible():
            had_focus = self.hasFocus()
            self.hide()
            if had_focus:
                self.left.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown_changed.emit()

    def event(self, event: QEvent) -> bool:
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # otherwise Esc would stop a run
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_quietly()
        else:
            super().keyPressEvent(event)

    @property
    def hint(self) -> str:
        """The key that leads into the field, while letters typed are still keys of the window."""
        return "" if self.hasFocus() else QKeySequence(Qt.Key.Key_Tab).toString(QKeySequence.SequenceFormat.NativeText)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hint:
            return
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            room = self.rect().adjusted(0, 0, -HINT_MARGIN, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.hint)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in TYPING_GOES_ON:
            self.take()

    def _offer(self, labels: Iterable[str]) -> None:
        NameCompleter(labels, self).taken.connect(self.take)

    def _place(self, box: QRectF) -> None:
        self.adjustSize()
        x = min(max(box.left(), 0), self._over.width() - self.width())
        below, above = box.bottom() + GAP, box.top() - GAP - self.height()
        y = below if below + self.height() <= self._over.height() else max(above, 0)
        self.move(round(x), round(y))
