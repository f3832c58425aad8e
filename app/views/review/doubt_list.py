"""The list of doubts. Each row says what, where and how strong a doubt is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.language import tr
from app.model.doubt import ABOUT_SCORES, Doubt, DoubtKind
from app.model.score_meaning import ScoreMeaning, with_caution
from app.views.style.colours import DOUBT
from app.views.timeline.colours import SELECTION_OPACITY, faded
from tracker_core.geometry import Box

MARGIN = 8
STRIPE = 4  # the track's colour at the left edge
METER_WIDTH, METER_HEIGHT = 44, 6
PICTURE_SIDE = 42
MOST_ROWS = 1000
"""The most rows listed; a longer list would not help anyone."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """What a row shows: the doubt, and its track's name and colour."""

    doubt: Doubt
    label: str
    colour: str
    box: Box | None = None  # at the doubt's frame, for the picture of the row
    score_meaning: ScoreMeaning = ScoreMeaning.MEASURED  # what the score of that box means

    @property
    def title(self) -> str:
        """As in "#2 person"."""
        return f"#{self.doubt.track_id} {self.label}"

    @property
    def place(self) -> str:
        """As in "frame 214" or "frames 214–230"."""
        first, last = self.doubt.first_frame, self.doubt.last_frame
        return (
            tr("frame {first}", first=first) if first == last else tr("frames {first}–{last}", first=first, last=last)
        )

    @property
    def reason(self) -> str:
        """Why it is doubtful, with a warning if the reason is a score whose meaning was not measured."""
        if self.doubt.kind not in ABOUT_SCORES:
            return self.doubt.text
        if self.score_meaning is ScoreMeaning.RAW:
            return self.doubt.raw_text or self.doubt.text
        return with_caution(self.doubt.text, self.score_meaning)

    @property
    def sentence(self) -> str:
        """For the tooltip and for screen readers."""
        doubt = self.doubt
        if doubt.kind is DoubtKind.FOUND_AGAIN:
            how = tr("Looks alike to {strength:.0%}.", strength=doubt.strength)
        elif doubt.kind is DoubtKind.IDENTITY:
            how = tr("Mixed up with a probability of {strength:.0%}, at a guess.", strength=doubt.strength)
        elif doubt.is_guess or self.score_meaning is not ScoreMeaning.MEASURED:
            how = tr("Wrong with a probability of {strength:.0%}, at a guess.", strength=doubt.strength)
        else:
            how = tr("Wrong with a probability of {strength:.0%}.", strength=doubt.strength)
        return tr("{title}, {place}: {text}. {how}", title=self.title, place=self.place, text=self.reason, how=how)


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole
    PICTURE = Qt.ItemDataRole.UserRole + 1


class DoubtListModel(QAbstractListModel):
    """The first rows of the queue."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[DoubtRow] = []
        self._pictures: dict[tuple[int, Box], QPixmap] = {}

    def without_picture(self, count: int) -> list[tuple[int, Box]]:
        """Frame and box of the first ``count`` rows that have no picture yet."""
        keys = [(row.doubt.frame, row.box) for row in self._rows[:count] if row.box is not None]
        return [(frame, box) for frame, box in keys if (frame, box) not in self._pictures]

    def set_picture(self, frame: int, box: Box, picture: QPixmap) -> None:
        """Set the picture of every row with this frame and box."""
        self._pictures[frame, box] = picture
        for number, row in enumerate(self._rows):
            if (row.doubt.frame, row.box) == (frame, box):
                self.dataChanged.emit(self.index(number), self.index(number))

    def set_rows(self, rows: list[DoubtRow]) -> None:
        if rows == self._rows:
            return
        wanted = {(row.doubt.frame, row.box) for row in rows}
        self._pictures = {key: picture for key, picture in self._pictures.items() if key in wanted}
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, doubt: Doubt) -> int | None:
        return next((number for number, row in enumerate(self._rows) if row.doubt == doubt), None)

    def doubt(self, row: int) -> Doubt:
        return self._rows[row].doubt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Role.ROW:
                return row
            case Role.PICTURE:
                return None if row.box is None else self._pictures.get((row.doubt.frame, row.box))
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.sentence
            case Qt.ItemDataRole.DisplayRole:
                return f"{row.title}  {row.place}  {row.reason}"
        return None


class _DoubtCell(QStyledItemDelegate):
    """Paints two lines: the track with its frames and a meter of strength, and the reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, max(2 * option.fontMetrics.height() + 2 * MARGIN, PICTURE_SIDE + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DoubtRow = index.data(Role.ROW)
        palette = option.palette
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, faded(palette.color(QPalette.ColorRole.Accent), SELECTION_OPACITY))
        painter.fillRect(QRect(option.rect.topLeft(), QSize(STRIPE, option.rect.height())), QColor(row.colour))
        inner = option.rect.adjusted(STRIPE + MARGIN, MARGIN - 1, -MARGIN, -MARGIN + 1)
        place = QRect(STRIPE + 3, inner.center().y() - PICTURE_SIDE // 2, PICTURE_SIDE, PICTURE_SIDE)
        picture: QPixmap | None = index.data(Role.PICTURE)
        if picture is None:
            painter.fillRect(place, palette.color(QPalette.ColorRole.Midlight))
        else:
            painter.drawPixmap(place, picture)
        inner.setLeft(place.right() + MARGIN)
        line = option.fontMetrics.height()
        upper = QRect(inner.topLeft(), QSize(inner.width() - METER_WIDTH - MARGIN, line))
        lower = QRect(inner.left(), inner.top() + line + 2, inner.width(), line)
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft, title)
        used = painter.fontMetrics().horizontalAdvance(title) + MARGIN
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        frames = option.fontMetrics.elidedText(row.place, Qt.TextElideMode.ElideRight, upper.width() - used)
        painter.drawText(upper.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignLeft, frames)
        text = option.fontMetrics.elidedText(row.reason, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft, text)
        self._paint_meter(painter, inner, line, row.doubt.strength, palette)
        painter.restore()

    def _paint_meter(self, painter: QPainter, inner: QRect, line: int, strength: float, palette: QPalette) -> None:
        top = inner.top() + (line - METER_HEIGHT) / 2
        meter = QRectF(inner.right() + 1 - METER_WIDTH, top, METER_WIDTH, METER_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Mid))
        painter.drawRoundedRect(meter, METER_HEIGHT / 2, METER_HEIGHT / 2)
        meter.setWidth(max(METER_HEIGHT, METER_WIDTH * strength))
        painter.setBrush(DOUBT)
        painter.drawRoundedRect(meter, METER_HEIGHT / 2, METER_HEIGHT / 2)


class DoubtListView(QListView):
    """
    Signals:
        doubt_clicked: the person wants to see this doubt.
    """

    doubt_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DoubtListModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_DoubtCell(self))
        self.setAccessibleName(tr("Doubts"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the window handles the keys of a review
        self.clicked.connect(self._on_clicked)

    def show_rows(self, rows: list[DoubtRow], at_hand: Doubt | None) -> None:
        """List these rows. Select the current doubt and scroll to it."""
        self.rows.set_rows(rows[:MOST_ROWS])
        row = None if at_hand is None else self.rows.row_of(at_hand)
        if row is None:
            self.clearSelection()
            return
        index = self.rows.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.doubt_clicked.emit(self.rows.doubt(index.row()))
