"""The next boxes of a certificate to judge, side by side. The current one is framed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language import tr
from app.views.review.picture_grid import PictureGrid, least_size
from app.views.style.colours import DOUBT, REVIEWED

FRAME = 3
BADGE = 22


@dataclass(frozen=True, slots=True)
class JudgedBox:
    """A box to judge. ``picture`` is None until it has been read; ``place`` is the box's index in the certificate."""

    place: int
    title: str  # as in "#2 car, frame 214"
    picture: QPixmap | None
    is_right: bool | None
    is_at_hand: bool
    is_unreadable: bool = False  # the picture is blank because the frame cannot be read


class JudgedBoxes(QWidget):
    """Paints the pictures as large as possible.

    Signals:
        box_seen: the index of a box whose picture has just been painted.
        box_clicked: the index of a box that the person wants to see in its frame, and to judge.
        room_changed: how many pictures there is room for.
    """

    box_seen = Signal(int)
    box_clicked = Signal(int)
    room_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: tuple[JudgedBox, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(least_size(self.fontMetrics().height()))

    def show_boxes(self, boxes: Sequence[JudgedBox]) -> None:
        self._boxes = tuple(boxes)
        at_hand = next((box.title for box in boxes if box.is_at_hand), "none")
        self.setAccessibleName(tr("Boxes to be judged; at hand: {at_hand}", at_hand=at_hand))
        self.update()

    @property
    def boxes(self) -> tuple[JudgedBox, ...]:
        return self._boxes

    def sizeHint(self) -> QSize:
        return QSize(280, 420)

    def cell(self, number: int) -> QRect:
        """The rectangle of a picture and its title."""
        return self._grid().cells(len(self._boxes))[number]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room_changed.emit(self._grid().room)

    def _grid(self) -> PictureGrid:
        return PictureGrid(self.size(), self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, box in enumerate(self._boxes):
            self._paint(painter, self.cell(number), box, painted=event.rect())

    def _paint(self, painter: QPainter, cell: QRect, box: JudgedBox, *, painted: QRect) -> None:
        """``painted``: the part of the widget that is painted now. A picture counts as seen only if all of it is in
        there.
        """
        palette = self.palette()
        side = cell.width()
        frame = QRect(cell.topLeft(), QSize(side, side))
        inner = frame.adjusted(FRAME, FRAME, -FRAME, -FRAME)
        if box.picture is None:
            painter.fillRect(inner, palette.color(QPalette.ColorRole.AlternateBase))
        else:
            painter.drawPixmap(inner, box.picture)
            if painted.contains(inner) and not box.is_unreadable:
                self.box_seen.emit(box.place)
        edge = QPen(palette.color(QPalette.ColorRole.Mid), 1)
        if box.is_at_hand:
            edge = QPen(palette.color(QPalette.ColorRole.Accent), FRAME)
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame.adjusted(1, 1, -2, -2))
        if box.is_right is not None:
            self._paint_answer(painter, frame, is_right=box.is_right)
        painter.setPen(palette.color(QPalette.ColorRole.Text if box.is_at_hand else QPalette.ColorRole.PlaceholderText))
        painter.setFont(self.font())
        below = QRect(frame.left(), frame.bottom() + 1, side, cell.height() - side)
        title = self.fontMetrics().elidedText(box.title, Qt.TextElideMode.ElideRight, side)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, title)

    def _paint_answer(self, painter: QPainter, frame: QRect, *, is_right: bool) -> None:
        badge = QRect(frame.right() - BADGE - FRAME, frame.top() + FRAME + 1, BADGE, BADGE)
        painter.fillRect(badge, REVIEWED if is_right else DOUBT)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.white if is_right else Qt.GlobalColor.black)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, "✓" if is_right else "✕")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        for number, box in enumerate(self._boxes):
            if self.cell(number).contains(place):
                self.box_clicked.emit(box.place)
                return
