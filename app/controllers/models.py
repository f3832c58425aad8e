"""The models: Siamark's own, those that the person added, and those that others published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.assist.learnt_model import Learnt, keep_learnt
from app.language import tr
from app.workers.background import run_in_background
from tracker_core.decision.score_map import Constants
from tracker_core.weights.catalog import DamagedModel, Model, look_through, named
from tracker_core.weights.keeping import remove_model
from tracker_core.weights.published import PUBLISHED, Download, PublishedModel, fetch_model

Found: TypeAlias = tuple[tuple[Model, ...], tuple[DamagedModel, ...]]
"""The usable models, and the unusable ones."""


class _CancelledError(Exception):
    """The person cancelled it."""


class ModelsController(QObject):
    """Knows the catalog's last state; adds, downloads and removes models. Disk access happens on another thread.

    Signals:
        models_changed: the list is new.
        failed: why one of Siamark's own cannot be read; the sentence for the person.
        busy_changed: what is being done, in words; empty when it is done.
        progressed: bytes of a download, and the total (0 if unknown).
        added: the name of a model that was added.
        kept: follows ``added`` if the model was learnt here. removed: the name of a removed model.
        refused: why a model was not added or removed, in the same words as the command line.
        digest_found: a file (Path), and its sha256.
    """

    models_changed = Signal()
    failed = Signal(str)
    busy_changed = Signal(str)
    progressed = Signal(object, object)
    added = Signal(str)
    kept = Signal(str)
    removed = Signal(str)
    refused = Signal(str)
    digest_found = Signal(object, str)

    def __init__(self, folder: Path, parent: QObject | None = None, *, download: Download | None = None) -> None:
        """
        Args:
            folder: of the person's models.
            download: does downloads; over HTTP by default.
        """
        super().__init__(parent)
        self._folder = folder
        self._models: tuple[Model, ...] = ()
        self._damaged: tuple[DamagedModel, ...] = ()
        self._download = download
        self._is_busy = False
        self._cancelled = Event()
        self.kept.connect(self.added)

    @property
    def models(self) -> tuple[Model, ...]:
        """All usable models, including those that do not track on their own."""
        return self._models

    @property
    def damaged(self) -> tuple[DamagedModel, ...]:
        """The person's unusable models."""
        return self._damaged

    @property
    def published(self) -> tuple[PublishedModel, ...]:
        """Published models that the person has not added under the same name."""
        added = {model.name for model in self._models}
        return tuple(model for model in PUBLISHED if model.name not in added)

    @property
    def trackers(self) -> tuple[Model, ...]:
        """The models that can be chosen to track."""
        return tuple(model for model in self._models if model.family.is_tracker)

    @property
    def is_busy(self) -> bool:
        """Whether a model is being added or removed; others have to wait."""
        return self._is_busy

    def constants_of(self, name: str) -> Constants:
        """The tracker's own constants, as of the last look.

        Raises:
            CatalogError: if there is no such tracker, or its file is damaged.
        """
        return named(name, self._models, self._damaged).constants

    def refresh(self) -> None:
        """Look through the folders again; ``models_changed`` follows."""
        run_in_background(self._look, on_done=self._take, on_error=self._on_look_failed, owner=self)

    def add(self, path: Path, name: str = "") -> None:
        """Add a file to the person's models. Without a name it gets that of its layout, or of the file."""

        def work() -> str:
            from tracker_core.weights.adding import add_model  # imports torch

            return add_model(path, folder=self._folder, name=name or None).name

        self._do(work, tr("Adding {name}…", name=path.name), self.added)

    def keep(self, learnt: Learnt) -> None:
        """Add a learnt tracker to the person's models."""

        def work() -> str:
            return keep_learnt(learnt, folder=self._folder).name

        self._do(work, tr("Adding what was learnt from {project}…", project=learnt.project), self.kept)

    def remove(self, name: str) -> None:
        """Delete one of the person's models."""

        def work() -> str:
            remove_model(name, folder=self._folder)
            return name

        self._do(work, tr("Removing {name}…", name=name), self.removed)

    def fetch(self, published: PublishedModel) -> None:
        """Download a published model and add it."""

        def on_progress(done: int, total: int) -> None:
            if self._cancelled.is_set():
                raise _CancelledError(f"{published.name} was not fetched: it was cancelled")
            self.progressed.emit(done, total)

        def work() -> str:
            model = fetch_model(published, folder=self._folder, on_progress=on_progress, download=self._download)
            return model.name

        self._cancelled.clear()
        self._do(work, tr("Fetching {published}…", published=published.name), self.added)

    def cancel(self) -> None:
        """Cancel the download; what has arrived is deleted."""
        self._cancelled.set()

    def find_digest(self, model: Model) -> None:
        """Compute the file's sha256; ``digest_found`` follows."""
        run_in_background(
            lambda: model.sha256,
            on_done=lambda digest: self.digest_found.emit(model.path, digest),
            on_error=lambda error: self.refused.emit(
                tr("{path} cannot be read ({error})", path=model.path, error=error)
            ),
            owner=self,
        )

    def _do(self, work: Callable[[], str], what: str, done: SignalInstance) -> None:
        """One thing at a time, on another thread."""
        if self._is_busy:
            return

        def work_and_look() -> tuple[str, Found]:
            return work(), self._look()

        def on_done(result: tuple[str, Found]) -> None:
            name, found = result
            self._is_busy = False
            self._take(found)
            self.busy_changed.emit("")
            done.emit(name)

        def on_error(error: Exception) -> None:
            self._is_busy = False
            self.refresh()
            self.busy_changed.emit("")
            self.refused.emit(str(error))

        self._is_busy = True
        self.busy_changed.emit(what)
        run_in_background(work_and_look, on_done=on_done, on_error=on_error, owner=self)

    def _look(self) -> Found:
        return look_through(added=self._folder)

    def _take(self, found: Found) -> None:
        self._models, self._damaged = found
        self.models_changed.emit()

    def _on_look_failed(self, error: Exception) -> None:
        self.failed.emit(str(error))
        self._take(((), ()))
