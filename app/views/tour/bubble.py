"""A bubble: a sentence or two beside a control, with an arrow to it and two buttons."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.views.tour.places import ARROW, Place, Side, place_bubble

WIDTH = 300  # of the text, in pixels
PADDING = 12
CORNER = 6
HALF_ARROW = 9


class Bubble(QWidget):
    """Lies over the window and takes no focus by itself, so that all keys still do what the text says. Its buttons can
    be used with the mouse, with Tab, and with the keys of their actions.

    Signals:
        went_on, ended: one of its buttons was pressed.
    """

    went_on = Signal()
    ended = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._place: Place | None = None
        self.count, self.text = QLabel(), QLabel()
        self.text.setWordWrap(True)
        self.text.setFixedWidth(WIDTH)
        self.on_button, self.end_button = QPushButton(), QPushButton()
        for button, signal in ((self.on_button, self.went_on), (self.end_button, self.ended)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoDefault(True)  # Return presses the focused button
            button.clicked.connect(signal)
        font = self.count.font()
        font.setBold(True)
        self.count.setFont(font)
        buttons = QHBoxLayout()
        buttons.addWidget(self.end_button)
        buttons.addStretch(1)
        buttons.addWidget(self.on_button)
        column = QVBoxLayout(self)
        edge = ARROW + PADDING
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(8)
        for part in (self.count, self.text):
            column.addWidget(part)
        column.addLayout(buttons)
        self.hide()

    def tell(self, count: str, text: str, *, go_on: tuple[str, str], end: tuple[str, str]) -> None:
        """Show another text. ``go_on`` and ``end``: text and key of each button; an empty text hides the button."""
        self.count.setText(count)
        self.text.setText(text)
        self.text.setFixedHeight(self.text.heightForWidth(WIDTH))
        for button, (words, key) in ((self.on_button, go_on), (self.end_button, end)):
            button.setText(words)
            button.setToolTip(f"{words} ({key})" if key else words)
            button.setVisible(bool(words))
        self.setAccessibleName(f"{count}. {text}")
        self.adjustSize()

    def announce(self) -> None:
        """Make a screen reader read the text, although the focus is elsewhere."""
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def point_at(self, anchor: QRect, *, within: bool, prefers: Side = Side.BELOW) -> None:
        """Move beside a rectangle of the window, or into its upper right corner."""
        self._place = place_bubble(self.sizeHint(), anchor, self._window.rect(), within=within, prefers=prefers)
        self.setGeometry(QRect(self._place.corner, self.sizeHint()))
        self.show()
        self.raise_()
        self.update()

    @property
    def side(self) -> Side | None:
        """On which side of its control it lies."""
        return None if self._place is None else self._place.side

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 1.5))
            painter.setBrush(palette.color(QPalette.ColorRole.Base))
            painter.drawPath(self._outline())

    def _outline(self) -> QPainterPath:
        body = QRectF(self.rect()).adjusted(ARROW, ARROW, -ARROW, -ARROW)
        path = QPainterPath()
        path.addRoundedRect(body, CORNER, CORNER)
        if self._place is None or self._place.side is Side.WITHIN:
            return path
        arrow = QPainterPath()
        arrow.addPolygon(_arrow(self._place.side, self._place.tip - self._place.corner, body))
        arrow.closeSubpath()
        return path.united(arrow)


def _arrow(side: Side, tip: QPoint, body: QRectF) -> list[QPointF]:
    """The three points of the arrow. Its foot lies a pixel inside the body, so that no line separates the two."""
    least = CORNER + HALF_ARROW
    if side in (Side.BELOW, Side.ABOVE):
        x = min(max(float(tip.x()), body.left() + least), body.right() - least)
        foot, point = (body.top() + 1, body.top() - ARROW + 1) if side is Side.BELOW else (
            body.bottom() - 1, body.bottom() + ARROW - 1
        )  # fmt: skip
        return [QPointF(x - HALF_ARROW, foot), QPointF(x, point), QPointF(x + HALF_ARROW, foot)]
    y = min(max(float(tip.y()), body.top() + least), body.bottom() - least)
    foot, point = (body.left() + 1, body.left() - ARROW + 1) if side is Side.RIGHT else (
        body.right() - 1, body.right() + ARROW - 1
    )  # fmt: skip
    return [QPointF(foot, y - HALF_ARROW), QPointF(point, y), QPointF(foot, y + HALF_ARROW)]
