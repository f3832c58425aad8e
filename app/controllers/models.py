"""The models that there are: Siamark's own and those that the person has added."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tracker_core.score_map import Constants
from tracker_core.weights.catalog import CatalogError, Model, model_named, models


class ModelsController(QObject):
    """Knows what is in the catalog; headers alone are read, so that the window's thread may ask.

    Signals:
        models_changed: there are others now.
        failed: why one of Siamark's own cannot be read; the sentence for the person.
    """

    models_changed = Signal()
    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """``folder``: where the person's models are kept."""
        super().__init__(parent)
        self._folder = folder
        self._models: tuple[Model, ...] = ()

    @property
    def models(self) -> tuple[Model, ...]:
        """All that can be used, also those that follow nothing by themselves."""
        return self._models

    @property
    def trackers(self) -> tuple[Model, ...]:
        """Those that can be chosen to follow."""
        return tuple(model for model in self._models if model.family.is_tracker)

    def constants_of(self, name: str) -> Constants:
        """What the tracker of that name comes with.

        Raises:
            CatalogError: if there is none of that name, or its file is damaged.
        """
        return model_named(name, added=self._folder).constants

    def refresh(self) -> None:
        """Look into the folders anew."""
        try:
            self._models = models(added=self._folder)
        except CatalogError as error:
            self._models = ()
            self.failed.emit(str(error))
        self.models_changed.emit()
