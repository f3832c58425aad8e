"""Chooses which score map is shown: the best anchor on each cell, or one anchor everywhere."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from app.language import tr
from tracker_core.decision.anchor_maps import anchor_names

ICON = 16


class AnchorChooser(QComboBox):
    """ "Best", or an anchor by its shape, width to height.

    Signals:
        anchor_chosen: a person has chosen.
    """

    anchor_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(
            tr(
                "Each cell of the score map has boxes of several shapes, the anchors.\n"
                "Show the best of them on each cell, or what one shape says (width : height)"
            )
        )
        self.setAccessibleName(tr("Anchor"))
        self.setIconSize(QSize(ICON, ICON))
        # No click focus: letters are shortcuts. Tab still reaches it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.activated.connect(lambda: self.anchor_chosen.emit())

    @property
    def anchor(self) -> int | None:
        """The number of the anchor; None for the best of all."""
        return self.currentIndex() - 1 if self.currentIndex() > 0 else None

    def set_count(self, count: int) -> None:
        """Offer these anchors. The choice stays if they are the same as before."""
        if self.count() == count + 1:
            return
        self.clear()
        self.addItem(tr("Best anchor"))
        for name in anchor_names(count):
            self.addItem(_shape(name, self.palette().text().color()), name)


def _shape(name: str, colour: QColor) -> QIcon:
    """An icon of the anchor's shape; an empty icon if the name is only a number."""
    width, _, height = name.partition(":")
    pixmap = QPixmap(ICON, ICON)
    pixmap.fill(Qt.GlobalColor.transparent)
    if height:
        unit = (ICON - 4) / max(int(width), int(height))
        across, down = int(width) * unit, int(height) * unit
        painter = QPainter(pixmap)
        painter.setPen(QPen(colour, 1.5))
        painter.drawRect(QRectF((ICON - across) / 2, (ICON - down) / 2, across, down))
        painter.end()
    return QIcon(pixmap)
