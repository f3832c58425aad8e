"""The network's input: the exemplar and the search region."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.views.canvas.guides import DISTRACTOR_COLOUR
from tracker_core.geometry import Box
from tracker_core.tracker import Evidence, Image

WINNER_PEN = QPen(QColor("white"), 2)
CANDIDATE_PEN = QPen(QColor(255, 255, 255, 130), 1)
MAP_PEN = QPen(QColor(255, 255, 255, 200), 1, Qt.PenStyle.DashLine)
CELL_PEN = QPen(QColor("white"), 1)
DISTRACTOR_PEN = QPen(DISTRACTOR_COLOUR, 1)


class PictureView(QWidget):
    """An RGB picture, as large as fits, at the top left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None

    def show_picture(self, picture: Image | None) -> None:
        """Show an RGB array (height, width, 3), or nothing."""
        if picture is None:
            self._image = None
        else:
            height, width = picture.shape[:2]
            # A copy, so that the picture does not depend on the caller's array.
            self._image = QImage(picture.data, width, height, picture.strides[0], QImage.Format.Format_RGB888).copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = self._picture_area(self._image)
        painter.drawImage(area, self._image)
        painter.setClipRect(area)
        self._paint_over(painter, area)
        painter.end()

    def _picture_area(self, image: QImage) -> QRectF:
        scale = min(self.width() / image.width(), self.height() / image.height())
        return QRectF(0, 0, image.width() * scale, image.height() * scale)

    def _paint_over(self, painter: QPainter, area: QRectF) -> None:
        """Draw on the picture, which fills ``area``."""


class SearchRegionView(PictureView):
    """The search region with the winner, other candidates, distractors, the score map's area and one of its cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: Evidence | None = None
        self._cell: tuple[int, int] | None = None

    def show_evidence(self, evidence: Evidence | None) -> None:
        self._evidence = evidence
        self.show_picture(None if evidence is None else evidence.search_region)

    def set_hovered_cell(self, cell: tuple[int, int] | None) -> None:
        """Mark where a cell of the score map lies in the picture."""
        self._cell = cell
        self.update()

    def _paint_over(self, painter: QPainter, area: QRectF) -> None:
        evidence = self._evidence
        if evidence is None:
            return
        region = evidence.search_region_box
        _draw_box(painter, _in_picture(evidence.map_box, region, area), MAP_PEN)
        for candidate in reversed(evidence.candidates[1:]):
            _draw_box(painter, _in_picture(candidate.box, region, area), CANDIDATE_PEN)
        for distractor in evidence.distractors:
            _draw_box(painter, _in_picture(distractor.box, region, area), DISTRACTOR_PEN)
        for candidate in evidence.candidates[:1]:
            _draw_box(painter, _in_picture(candidate.box, region, area), WINNER_PEN)
        if self._cell is not None:
            _draw_cross(painter, _in_picture(_cell_box(evidence, self._cell), region, area).center())


def _cell_box(evidence: Evidence, cell: tuple[int, int]) -> Box:
    """The part of the image that a cell covers."""
    rows, columns = evidence.raw.shape
    width, height = evidence.map_box.width / columns, evidence.map_box.height / rows
    return Box(evidence.map_box.x + cell[1] * width, evidence.map_box.y + cell[0] * height, width, height)


def _in_picture(box: Box, region: Box, area: QRectF) -> QRectF:
    """A box of the image as a rectangle of the widget, where ``region`` of the image fills ``area``."""
    across, down = area.width() / region.width, area.height() / region.height
    return QRectF(
        area.x() + (box.x - region.x) * across,
        area.y() + (box.y - region.y) * down,
        box.width * across,
        box.height * down,
    )


def _draw_box(painter: QPainter, rectangle: QRectF, pen: QPen) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, pen.color().alpha() // 2), pen.width() + 2))
    painter.drawRect(rectangle)
    painter.setPen(pen)
    painter.drawRect(rectangle)


def _draw_cross(painter: QPainter, centre: QPointF) -> None:
    arm = 5.0
    for pen in (QPen(QColor(0, 0, 0, 160), 3), CELL_PEN):
        painter.setPen(pen)
        painter.drawLine(centre - QPointF(arm, 0), centre + QPointF(arm, 0))
        painter.drawLine(centre - QPointF(0, arm), centre + QPointF(0, arm))
