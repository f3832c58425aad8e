"""One map of the decision as a heatmap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QVBoxLayout, QWidget

from app.views.style.plotting import HEAT, pyqtgraph
from tracker_core.tracker import FloatArray

Cell = tuple[int, int]


class HeatmapView(QWidget):
    """A square map of cells, row 0 at the top, with outlines around the winner and the cell under the mouse. Its
    widgets are made with the first map, because most windows never show one.

    Signals:
        cell_hovered(object): the (row, column) under the mouse, or None after it left the map.
    """

    cell_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: _Scene | None = None
        self._levels = (0.0, 1.0)
        self._shape = (0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def show_map(self, values: FloatArray, *, winner: Cell) -> None:
        """Show (S, S) values with the current levels."""
        scene = self._scene or self._make_scene()
        if values.shape != self._shape:
            self._shape = values.shape
            rows, columns = values.shape
            scene.box.setRange(QRectF(0, 0, columns, rows), padding=0.0)
        scene.image.setImage(values, autoLevels=False)
        scene.winner.surround(winner)

    def set_levels(self, low: float, high: float) -> None:
        """Set the values of the colour map's two ends."""
        self._levels = (low, high)
        if self._scene is not None:
            self._scene.image.setLevels(self._levels, update=True)

    def set_hovered_cell(self, cell: Cell | None) -> None:
        """Outline the cell under the mouse, in this or another map."""
        if self._scene is not None:
            self._scene.hovered.surround(cell)

    def leaveEvent(self, event: QEvent) -> None:
        self.cell_hovered.emit(None)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and self._scene is not None:
            self._take_background(self._scene)
        super().changeEvent(event)

    def _make_scene(self) -> _Scene:
        scene = self._scene = _Scene(self, self._levels)
        scene.view.scene().sigMouseMoved.connect(self._on_mouse_moved)
        column = self.layout()
        assert column is not None
        column.addWidget(scene.view)
        self._take_background(scene)
        return scene

    def _on_mouse_moved(self, position: QPointF) -> None:
        assert self._scene is not None
        point = self._scene.box.mapSceneToView(position)
        row, column = int(point.y() // 1), int(point.x() // 1)
        inside = 0 <= row < self._shape[0] and 0 <= column < self._shape[1]
        self.cell_hovered.emit((row, column) if inside else None)

    def _take_background(self, scene: _Scene) -> None:
        scene.view.setBackground(self.palette().window().color())


class _Scene:
    """What pyqtgraph draws: the picture of the map and two outlines."""

    def __init__(self, parent: QWidget, levels: tuple[float, float]) -> None:
        pg = pyqtgraph()
        self.image = pg.ImageItem(axisOrder="row-major", levels=levels)
        self.image.setColorMap(pg.colormap.get(HEAT))
        self.winner = _CellOutline(margin=1.0)
        self.hovered = _CellOutline(margin=0.0)
        self.box = pg.ViewBox(
            lockAspect=True, enableMouse=False, enableMenu=False, invertY=True, defaultPadding=0.0, border=None
        )
        self.box.disableAutoRange()
        self.box.addItem(self.image)
        self.box.addItem(self.winner, ignoreBounds=True)
        self.box.addItem(self.hovered, ignoreBounds=True)
        self.view = pg.GraphicsView(parent)
        self.view.setCentralItem(self.box)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)


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
