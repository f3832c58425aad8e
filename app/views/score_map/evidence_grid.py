"""The pictures and maps of one decision, side by side.

exemplar   search region
raw score  (twice as large)
penalised  window   decided
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontInfo, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.language import marked, tr, translated
from app.views.score_map.heatmap import Cell, HeatmapView
from app.views.score_map.pictures import PictureView, SearchRegionView
from tracker_core.tracker import Evidence, FloatArray

GAP = 8
LARGEST_TILE, SMALLEST_TILE = 200, 64


@dataclass(frozen=True, slots=True)
class MapKind:
    """One of the four maps of an Evidence."""

    title: str
    explanation: str
    values_of: Callable[[Evidence], FloatArray]


RAW = MapKind(
    marked("Raw"),
    marked("What the network says: how much each place looks like the exemplar."),
    lambda evidence: evidence.raw,
)
PENALISED = MapKind(
    marked("Penalised"),
    marked("The raw score, less where the box would change its size or shape."),
    lambda evidence: evidence.penalised,
)
WINDOW = MapKind(
    marked("Window"),
    marked("The cosine window: how near each place is to where the target was."),
    lambda evidence: evidence.window,
)
DECIDED = MapKind(
    marked("Decided"),
    marked("The penalised map mixed with the window. The target is where this is highest."),
    lambda evidence: evidence.decided,
)
MAP_KINDS = (RAW, PENALISED, WINDOW, DECIDED)


class EvidenceGrid(QWidget):
    """Pictures and maps as squares in three columns, as wide as the panel or ``limit_height`` allows.

    Signals:
        cell_hovered(object): the (row, column) under the mouse in any of the maps, or None.
    """

    cell_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: Evidence | None = None
        self._hovered: Cell | None = None
        self._most_side = LARGEST_TILE
        self.exemplar = PictureView()
        self.search_region = SearchRegionView()
        self.maps = {kind: HeatmapView() for kind in MAP_KINDS}
        self._exemplar_tile = _Tile(
            tr("Exemplar"), self.exemplar, tr("What the target looks like: cut out around a drawn box.")
        )
        self._search_tile = _Tile(
            tr("Search region"),
            self.search_region,
            tr("Where the tracker looked. Bold: the box it chose. Thin: the next best. Dashed: what the maps cover."),
        )
        self._map_tiles = {
            kind: _Tile(translated(kind.title), view, translated(kind.explanation)) for kind, view in self.maps.items()
        }
        for tile in (self._exemplar_tile, self._search_tile, *self._map_tiles.values()):
            tile.setParent(self)
        for view in self.maps.values():
            view.cell_hovered.connect(self._on_cell_hovered)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(208)

    def show_evidence(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.exemplar.show_picture(evidence.exemplar)
        self.search_region.show_evidence(evidence)
        for kind, view in self.maps.items():
            view.show_map(kind.values_of(evidence), winner=evidence.cell)
        if self._hovered is not None and not _is_in(self._hovered, evidence):
            self._on_cell_hovered(None)
        self._write_values()

    @property
    def hovered_cell(self) -> Cell | None:
        return self._hovered

    def value_text(self, kind: MapKind) -> str:
        """The value in a map's title."""
        return self._map_tiles[kind].value_text

    def set_levels(self, low: float, high: float) -> None:
        for view in self.maps.values():
            view.set_levels(low, high)

    def limit_height(self, height: int | None) -> None:
        """Limit the total height of all squares; None for no limit."""
        most = LARGEST_TILE
        if height is not None:
            most = (height - 2 * GAP) // 3 - self._exemplar_tile.title_height
        most = min(max(most, SMALLEST_TILE), LARGEST_TILE)
        if most != self._most_side:
            self._most_side = most
            self.updateGeometry()
            self._place_tiles()

    def heightForWidth(self, width: int) -> int:
        return 3 * self._tile_height(width) + 2 * GAP

    def sizeHint(self) -> QSize:
        return QSize(284, self.heightForWidth(284))

    def minimumSizeHint(self) -> QSize:
        return QSize(208, self.heightForWidth(208))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_tiles()

    def _place_tiles(self) -> None:
        """Squares, but never narrower than their titles where there is room beside them."""
        wide = max(self._side(self.width()), min((self.width() - 2 * GAP) // 3, self._title_width))
        tall = self._tile_height(self.width())
        across, down = wide + GAP, tall + GAP
        for tile in (self._exemplar_tile, *self._map_tiles.values()):
            tile.leave_free(wide - self._side(self.width()))
        self._exemplar_tile.setGeometry(0, 0, wide, tall)
        self._search_tile.setGeometry(across, 0, 2 * wide + GAP, 2 * tall + GAP)
        self._map_tiles[RAW].setGeometry(0, down, wide, tall)
        for column, kind in enumerate((PENALISED, WINDOW, DECIDED)):
            self._map_tiles[kind].setGeometry(column * across, 2 * down, wide, tall)

    @property
    def _title_width(self) -> int:
        """What the longest title needs, with its value."""
        return max(tile.title_width for tile in self._map_tiles.values())

    def _tile_height(self, width: int) -> int:
        return self._side(width) + self._exemplar_tile.title_height

    def _side(self, width: int) -> int:
        return min((width - 2 * GAP) // 3, self._most_side)

    def _on_cell_hovered(self, cell: Cell | None) -> None:
        self._hovered = cell
        for view in self.maps.values():
            view.set_hovered_cell(cell)
        self.search_region.set_hovered_cell(cell)
        self._write_values()
        self.cell_hovered.emit(cell)

    def _write_values(self) -> None:
        """Show each map's value in its title: the one under the mouse, or else the winner's."""
        if self._evidence is not None:
            cell = self._hovered or self._evidence.cell
            for kind, tile in self._map_tiles.items():
                tile.set_value(float(kind.values_of(self._evidence)[cell]))


class _Tile(QWidget):
    """A view with its name above it and, if it has one, its value."""

    def __init__(self, title: str, view: QWidget, explanation: str) -> None:
        super().__init__()
        name = self._name = QLabel(title)
        name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._value = QLabel()
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight)
        small = name.font()
        small.setPixelSize(max(11, round(QFontInfo(small).pixelSize() * 0.9)))
        name.setFont(small)
        self._value.setFont(small)
        self.setToolTip(explanation)
        heading = QHBoxLayout()
        heading.setSpacing(4)
        heading.addWidget(name)
        heading.addWidget(self._value, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(heading)
        self._body = QHBoxLayout()
        self._body.addWidget(view)
        layout.addLayout(self._body, 1)

    def leave_free(self, width: int) -> None:
        """Leave this much free at the right of the view, below the title."""
        self._body.setContentsMargins(0, 0, width, 0)

    @property
    def title_height(self) -> int:
        return self._value.sizeHint().height() + 4

    @property
    def title_width(self) -> int:
        return self._name.sizeHint().width() + 4 + self._value.sizeHint().width()

    @property
    def value_text(self) -> str:
        return self._value.text()

    def set_value(self, value: float) -> None:
        self._value.setText(f"{value:.2f}")


def _is_in(cell: Cell, evidence: Evidence) -> bool:
    rows, columns = evidence.raw.shape
    return bool(cell[0] < rows and cell[1] < columns)
