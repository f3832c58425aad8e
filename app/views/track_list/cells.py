"""Draws and edits the cells of the track list for which Qt has no delegate."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.language import tr
from app.model.names import LONGEST_NAME
from app.views.style.colours import DOUBT, ON_DOUBT
from app.views.style.completion import NameCompleter
from app.views.timeline.colours import ACTIVE_BAR
from app.views.track_list.track_table_model import IS_ACTIVE, SHORT_TEXT

AnyIndex = QModelIndex | QPersistentModelIndex
CHIP = 12
TEXT_MARGIN = 12  # pixels: the style's margins on both sides, and a little space


class Cell(QStyledItemDelegate):
    """A cell that keeps its colours on a selected row, which is only tinted. The active row has a bar."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if index.column() == 0:
            option.rect = option.rect.adjusted(ACTIVE_BAR, 0, 0, 0)
        option.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        if index.column() == 0 and index.data(IS_ACTIVE):
            bar = QRect(option.rect.left(), option.rect.top(), ACTIVE_BAR, option.rect.height())
            painter.fillRect(bar, option.palette.color(QPalette.ColorRole.Accent))


class ColourCell(Cell):
    """A chip in the track's colour, as on the timeline."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        chip = QRectF(0, 0, CHIP, CHIP)
        chip.moveCenter(QRectF(option.rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(index.data()))
        painter.drawRoundedRect(chip, 3, 3)
        painter.restore()


class LabelCell(Cell):
    """A label that is edited in place; known labels are offered."""

    def __init__(self, known_labels: Callable[[], list[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._known_labels = known_labels

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QLineEdit:
        editor = QLineEdit(parent, maxLength=LONGEST_NAME)
        editor.setFrame(False)
        editor.setAutoFillBackground(True)
        editor.setAccessibleName(tr("Label"))
        NameCompleter(self._known_labels(), editor).taken.connect(lambda: self._finish(editor))
        return editor

    def _finish(self, editor: QLineEdit) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


class SummaryCell(Cell):
    """The summary, in words or, if there is no room for them, in signs."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        if option.fontMetrics.horizontalAdvance(option.text) > option.rect.width() - TEXT_MARGIN:
            option.text = index.data(SHORT_TEXT)


class DoubtsCell(Cell):
    """How many doubts are left, on an amber patch as everywhere."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        text = index.data()
        if not text:
            return
        width = option.fontMetrics.horizontalAdvance(text) + 10
        patch = QRectF(option.rect.right() - width - 1, option.rect.top() + 4, width, option.rect.height() - 8)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(DOUBT)
        painter.drawRoundedRect(patch, 4, 4)
        painter.setPen(ON_DOUBT)
        painter.drawText(patch, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
