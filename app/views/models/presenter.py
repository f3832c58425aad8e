"""Opens the models dialog and keeps it up to date."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.controllers.models import ModelsController
from app.controllers.tracker_choice import TrackerChoiceController
from app.language import tr
from app.views.models.models_dialog import ModelsDialog


class ModelsPresenter(QObject):
    def __init__(self, window: QWidget, *, models: ModelsController, choice: TrackerChoiceController) -> None:
        super().__init__(window)
        self._window = window
        self._models = models
        self._choice = choice

    @Slot()
    def show_dialog(self) -> None:
        self._models.refresh()
        dialog = ModelsDialog(self._window)
        _DialogPresenter(dialog, models=self._models, choice=self._choice)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class _DialogPresenter(QObject):
    """Lives as long as its dialog."""

    def __init__(self, dialog: ModelsDialog, *, models: ModelsController, choice: TrackerChoiceController) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._models = models
        self._choice = choice
        dialog.choose_requested.connect(choice.choose_tracker)
        dialog.add_requested.connect(models.add)
        dialog.remove_requested.connect(models.remove)
        dialog.fetch_requested.connect(models.fetch)
        dialog.cancel_requested.connect(models.cancel)
        dialog.digest_wanted.connect(models.find_digest)
        choice.changed.connect(self._refresh)
        models.models_changed.connect(self._refresh)
        models.busy_changed.connect(dialog.show_busy)
        models.progressed.connect(dialog.show_progress)
        models.added.connect(dialog.show_added)
        models.removed.connect(self._on_removed)
        models.refused.connect(dialog.show_outcome)
        models.digest_found.connect(dialog.show_digest)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        models = self._models
        self._dialog.show_models(models.models, models.damaged, models.published, chosen=self._choice.current.name)

    @Slot(str)
    def _on_removed(self, name: str) -> None:
        self._dialog.show_outcome(tr("{name} was removed.", name=name))
