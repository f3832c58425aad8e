"""Lays out pictures side by side, each with a line of text below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize

from app.views.style.theme import SPACING

LEAST_SIDE: Final = 64
"""The smallest side of a picture, however small the widget is."""

READABLE_SIDE: Final = 96
"""The smallest side at which a person can judge a box. As many pictures are shown as fit at this size."""


LEAST_COUNT: Final = (2, 3)
"""Columns and rows of ``LEAST_SIDE`` pictures that every sheet has room for."""


def least_size(line: int) -> QSize:
    """The size of a widget that fits ``LEAST_COUNT`` pictures."""
    columns, rows = LEAST_COUNT
    return QSize(
        columns * LEAST_SIDE + (columns + 1) * 2 * SPACING,
        rows * (LEAST_SIDE + line + 2 * SPACING) + SPACING,
    )


@dataclass(frozen=True, slots=True)
class PictureGrid:
    """A widget's size, and the height of a line of text."""

    size: QSize
    line: int

    @property
    def room(self) -> int:
        """How many pictures fit at a size at which they can be judged."""
        return max(self._columns_of(READABLE_SIDE), 1) * max(self._rows_of(READABLE_SIDE), 1)

    def cells(self, count: int) -> list[QRect]:
        """The rectangles of this many pictures with their lines, as large as possible."""
        if count == 0:
            return []
        columns = max(range(1, count + 1), key=lambda columns: self._side(count, columns))
        side = max(self._side(count, columns), LEAST_SIDE)
        left = (self.size.width() - columns * side - (columns - 1) * 2 * SPACING) // 2
        cells = []
        for number in range(count):
            row, column = divmod(number, columns)
            corner = QPoint(left + column * (side + 2 * SPACING), SPACING + row * (side + self.line + 2 * SPACING))
            cells.append(QRect(corner, QSize(side, side + self.line + SPACING)))
        return cells

    def _side(self, count: int, columns: int) -> int:
        rows = -(-count // columns)
        wide = (self.size.width() - (columns + 1) * 2 * SPACING) // columns
        high = (self.size.height() - SPACING) // rows - self.line - 2 * SPACING
        return min(wide, high)

    def _columns_of(self, side: int) -> int:
        return (self.size.width() - 2 * SPACING) // (side + 2 * SPACING)

    def _rows_of(self, side: int) -> int:
        return (self.size.height() - SPACING) // (side + self.line + 2 * SPACING)
