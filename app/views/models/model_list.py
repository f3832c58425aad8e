"""The list of models, grouped by origin, with the chosen one marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from app.language import marked, tr, translated
from app.views.models.model_details import family_of, megabytes
from tracker_core.weights.catalog import DamagedModel, Model
from tracker_core.weights.published import PublishedModel

BUILT_IN, ADDED, DAMAGED, PUBLISHED = (
    marked("Siamark's own"),
    marked("Added by you"),
    marked("Damaged"),
    marked("Published by others"),
)
CHOSEN = "✓"
BYTES_OF_PARAMETER = 4
ROW_SIZE = QSize(0, 22)

Entry = Model | DamagedModel | PublishedModel


class ModelList(QTreeWidget):
    """Name, family, size and mark of each model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(4)
        self.setHeaderLabels([tr("Name"), tr("Family"), tr("Size"), ""])
        self.setAccessibleName(tr("Models"))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        self.setMinimumWidth(360)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def show_models(
        self,
        models: Iterable[Model],
        damaged: Iterable[DamagedModel],
        published: Iterable[PublishedModel],
        *,
        chosen: str,
    ) -> None:
        """List these models. Keeps the selection, or selects the chosen model if there is none."""
        selected = chosen if self.selected is None else self.selected.name
        groups: dict[str, list[Entry]] = {BUILT_IN: [], ADDED: [], DAMAGED: [*damaged], PUBLISHED: [*published]}
        for model in models:
            groups[BUILT_IN if model.is_built_in else ADDED].append(model)
        self.clear()
        for title, entries in groups.items():
            if entries:
                self._add_group(translated(title), entries, chosen=chosen)
        self.select(selected)

    def select(self, name: str) -> None:
        """Select the model of that name, or the first."""
        items = self._items()
        wanted = [item for item in items if item.text(0) == name]
        if items:
            self.setCurrentItem((wanted or items)[0])

    @property
    def selected(self) -> Entry | None:
        item = self.currentItem()
        entry: Entry | None = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        return entry

    def _add_group(self, title: str, entries: Sequence[Entry], *, chosen: str) -> None:
        group = QTreeWidgetItem(self, [title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFirstColumnSpanned(True)
        group.setSizeHint(0, ROW_SIZE)
        group.setForeground(0, self.palette().color(QPalette.ColorRole.PlaceholderText))
        for entry in entries:
            is_chosen = isinstance(entry, Model) and entry.name == chosen
            item = QTreeWidgetItem(group, [entry.name, *_family_and_size(entry), CHOSEN if is_chosen else ""])
            item.setData(0, Qt.ItemDataRole.UserRole, entry)
            item.setTextAlignment(2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, entry.name)
            item.setSizeHint(0, ROW_SIZE)
            item.setToolTip(3, tr("The default: it follows in the next run"))
        group.setExpanded(True)

    def _items(self) -> list[QTreeWidgetItem]:
        items = []
        walk = QTreeWidgetItemIterator(self)
        while walk.value():
            item = walk.value()
            if item.data(0, Qt.ItemDataRole.UserRole) is not None:
                items.append(item)
            walk += 1
        return items


def _family_and_size(entry: Entry) -> tuple[str, str]:
    if isinstance(entry, DamagedModel):
        return "", ""
    if isinstance(entry, PublishedModel):
        return family_of(entry), f"≈ {megabytes(BYTES_OF_PARAMETER * entry.parameters)}"
    return entry.family.title, "" if entry.plugin else megabytes(entry.size)
