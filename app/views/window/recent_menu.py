"""The menu of recently opened files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.language import tr


class RecentMenu(QMenu):
    """
    Signals:
        path_chosen(Path).
    """

    path_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Open recent"), parent)
        self.set_paths(())

    def set_paths(self, paths: Sequence[Path]) -> None:
        self.clear()
        for path in paths:
            # "&&", because a single "&" would underline the next letter.
            action = self.addAction(f"{path.name}  –  {path.parent}".replace("&", "&&"))
            action.setData(path)
            action.triggered.connect(lambda _, chosen=path: self.path_chosen.emit(chosen))
        self.setEnabled(bool(paths))
