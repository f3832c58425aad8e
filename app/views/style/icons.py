"""Icons by name, from ``resources/icons``, in the text colour. An icon reads the application's palette each time it is
painted, so it follows a change of theme.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import ICONS


@cache
def icon(name: str) -> QIcon:
    """The line icon of that name, for actions and buttons.

    Raises:
        ValueError: if there is no such icon.
    """
    path = ICONS / f"{name}.svg"
    if not path.is_file():
        raise ValueError(f"there is no icon {name!r} in {ICONS}")
    return QIcon(_LineIcon(path.read_text(encoding="utf-8")))


def app_icon() -> QIcon:
    """The program's icon, in its own colours and in the usual sizes."""
    renderer = QSvgRenderer(str(ICONS / "siamark.svg"))
    made = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_rendered(renderer, QSize(side, side)))
    return made


class _LineIcon(QIconEngine):
    """Paints an SVG with the palette's text colour as ``currentColor``. It has no ``clone``, which Qt only needs to
    modify a shared QIcon; nobody modifies these.
    """

    def __init__(self, svg: str) -> None:
        super().__init__()
        self._svg = svg
        self._renderers: dict[str, QSvgRenderer] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        self._renderer(mode).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _rendered(self._renderer(mode), size)

    def _renderer(self, mode: QIcon.Mode) -> QSvgRenderer:
        palette = QGuiApplication.palette()
        if mode == QIcon.Mode.Disabled:
            colour = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText).name()
        elif mode == QIcon.Mode.Selected:
            colour = palette.color(QPalette.ColorRole.HighlightedText).name()
        else:
            colour = palette.color(QPalette.ColorRole.ButtonText).name()
        if colour not in self._renderers:
            self._renderers[colour] = QSvgRenderer(self._svg.replace("currentColor", colour).encode())
        return self._renderers[colour]


def _rendered(renderer: QSvgRenderer, size: QSize) -> QPixmap:
    pixmap = QPixmap(size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap
