"""The menu of the track list: actions for the selected tracks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QWidget

from app.document.session import Session
from app.language import marked, tr, translated
from app.model.project import LABEL_COLOURS

SWATCH = 16
COLOUR_NAMES = dict(
    zip(
        LABEL_COLOURS,
        (marked("Blue"), marked("Orange"), marked("Green"), marked("Crimson"), marked("Purple"), marked("Teal"),
         marked("Yellow"), marked("Pink"), marked("Lime"), marked("Cyan"), marked("Rose"), marked("Violet")),
        strict=True,
    )
)  # fmt: skip


class TrackMenu(QMenu):
    """Rename, colour, hide or show, select only, delete: for the tracks that the session has selected."""

    rename_requested = Signal()
    colour_requested = Signal(tuple, str)  # tracks, "#rrggbb"
    visibility_requested = Signal(int, bool)  # track, visible
    delete_requested = Signal(tuple)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.rename = self._added(self, tr("Rename"), self.rename_requested.emit)
        self.rename.setShortcut("F2")
        self.rename.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.colours = self.addMenu(tr("Colour"))
        for colour in LABEL_COLOURS:
            swatch = self._added(self.colours, translated(COLOUR_NAMES[colour]), partial(self._ask_for_colour, colour))
            swatch.setIcon(_swatch(colour))
        self.colours.addSeparator()
        self._added(self.colours, tr("Other…"), self.choose_colour)
        self.visibility = self._added(self, tr("Hide"), self._ask_for_visibility)
        self.select_only = self._added(self, tr("Select only"), self._select_only)
        self.addSeparator()
        self.delete = self._added(self, tr("Delete track"), self._ask_for_deletion)
        self._own = list(self.actions())
        self.aboutToShow.connect(self._on_about_to_show)

    def offer(self, actions: Sequence[QAction]) -> None:
        """Insert actions of the window before the last entry."""
        self.insertActions(self.delete, actions)
        self.insertSeparator(self.delete)

    def choose_colour(self) -> None:
        """Open a colour dialog for the selected tracks."""
        dialog = QColorDialog(self.parentWidget())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Colour of the track"))
        dialog.colorSelected.connect(self._on_colour_selected)
        dialog.open()

    @staticmethod
    def _added(menu: QMenu, text: str, act: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: act())
        return action

    @Slot()
    def _on_about_to_show(self) -> None:
        selected = self._session.selected_track_ids
        for action in self._own:
            action.setEnabled(bool(selected))
        self.visibility.setText(tr("Hide") if self._any_visible() else tr("Show"))
        self.select_only.setEnabled(len(selected) > 1)
        self.delete.setText(
            tr("Delete track") if len(selected) < 2 else tr("Delete {selected} tracks", selected=len(selected))
        )

    @Slot(QColor)
    def _on_colour_selected(self, colour: QColor) -> None:
        self._ask_for_colour(colour.name())

    def _any_visible(self) -> bool:
        return not all(map(self._session.is_hidden, self._session.selected_track_ids))

    def _ask_for_colour(self, colour: str) -> None:
        if self._session.selected_track_ids:
            self.colour_requested.emit(self._session.selected_track_ids, colour)

    def _ask_for_visibility(self) -> None:
        show = not self._any_visible()
        for track_id in self._session.selected_track_ids:
            self.visibility_requested.emit(track_id, show)

    def _select_only(self) -> None:
        self._session.select(*self._session.selected_track_ids[:1])

    def _ask_for_deletion(self) -> None:
        if self._session.selected_track_ids:
            self.delete_requested.emit(self._session.selected_track_ids)


def _swatch(colour: str) -> QIcon:
    picture = QPixmap(SWATCH, SWATCH)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(picture.rect().adjusted(2, 2, -2, -2), 3, 3)
    return QIcon(picture)
