"""One map of the decision as a heatmap."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QVBoxLayout, QWidget

from tracker_core.tracker import FloatArray

COLOUR_MAP = "inferno"
"""Perceptually uniform, and dark for low scores in both themes."""

Cell = tuple[int, int]


class HeatmapView(QWidget):
    """A square map of cells, row 0 at the top, with outlines around one cell and around the cell under the mouse.

    Signals:
        cell_hovered(object): the (row, column) under the mouse, or None after it left the map.
    """

    cell_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = pg.ImageItem(axisOrder="row-major", levels=(0.0, 1.0))
        self._image.setColorMap(pg.colormap.get(COLOUR_MAP))
        self._winner = _CellOutline(margin=1.0)
        self._hovered = _CellOutline(margin=0.0)
        self._box = pg.ViewBox(
            lockAspect=True, enableMouse=False, enableMenu=False, invertY=True, defaultPadding=0.0, border=None
        )
        self._box.disableAutoRange()
        self._box.addItem(self._image)
        self._box.addItem(self._winner, ignoreBounds=True)
        self._box.addItem(self._hovered, ignoreBounds=True)
        self._view = pg.GraphicsView(self)
        self._view.setCentralItem(self._box)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._shape = (0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._take_background()

    def show_map(self, values: FloatArray, *, winner: Cell) -> None:
        """Show (S, S) values with the current levels."""
        if values.shape != self._shape:
            self._shape = values.shape
            rows, columns = values.shape
            self._box.setRange(QRectF(0, 0, columns, rows), padding=0.0)
        self._image.setImage(values, autoLevels=False)
        self._winner.surround(winner)

    def set_levels(self, low: float, high: float) -> None:
        """Set the values of the colour map's two ends."""
        self._image.setLevels((low, high), update=True)

    def set_hovered_cell(self, cell: Cell | None) -> None:
        """Outline the cell under the mouse, in this or another map."""
        self._hovered.surround(cell)

    def leaveEvent(self, event: QEvent) -> None:
        self.cell_hovered.emit(None)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._take_background()
        super().changeEvent(event)

    def _on_mouse_moved(self, position: QPointF) -> None:
        point = self._box.mapSceneToView(position)
        row, column = int(point.y() // 1), int(point.x() // 1)
        inside = 0 <= row < self._shape[0] and 0 <= column < self._shape[1]
        self.cell_hovered.emit((row, column) if inside else None)

    def _take_background(self) -> None:
        self._view.setBackground(self.palette().window().color())


class _CellOutline(QGraphicsRectItem):
    """A light line on a dark one, visible on every colour of the map."""

    def __init__(self, *, margin: float) -> None:
        super().__init__()
        self._margin = margin
        self._pens = (QPen(QColor(0, 0, 0, 180), 3), QPen(QColor("white"), 1))
        for pen in self._pens:
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self.setPen(self._pens[0])
        self.setVisible(False)

    def surround(self, cell: Cell | None) -> None:
        self.setVisible(cell is not None)
        if cell is not None:
            row, column = cell
            side = 1 + 2 * self._margin
            self.setRect(column - self._margin, row - self._margin, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        for pen in self._pens:
            painter.setPen(pen)
            painter.drawRect(self.rect())
