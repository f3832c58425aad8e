"""Keeps the dialog of the models in step with the models that there are."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.controllers.models import ModelsController
from app.settings.schema import TRACKER
from app.settings.store import SettingsStore
from app.views.models.models_dialog import ModelsDialog


class ModelsFeed(QObject):
    """Lives as long as its dialog."""

    def __init__(self, dialog: ModelsDialog, models: ModelsController, settings: SettingsStore) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._models = models
        self._settings = settings
        dialog.add_requested.connect(models.add)
        dialog.remove_requested.connect(models.remove)
        dialog.fetch_requested.connect(models.fetch)
        dialog.cancel_requested.connect(models.cancel)
        dialog.digest_wanted.connect(models.find_digest)
        models.models_changed.connect(self.refresh)
        models.busy_changed.connect(dialog.show_busy)
        models.progressed.connect(dialog.show_progress)
        models.added.connect(dialog.show_added)
        models.removed.connect(self._on_removed)
        models.refused.connect(dialog.show_outcome)
        models.digest_found.connect(dialog.show_digest)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """To be called when another tracker was chosen, too."""
        models = self._models
        self._dialog.show_models(models.models, models.damaged, models.published, chosen=self._settings.get(TRACKER))

    @Slot(str)
    def _on_removed(self, name: str) -> None:
        self._dialog.show_outcome(f"{name} was removed.")
