"""Connects the dialog, progress and result of a learning to their controller."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from app.assist.learning import LearningOutcome, LearningProgress
from app.controllers.learning import LearningController
from app.language import tr
from app.views.canvas.canvas_view import CanvasView
from app.views.dialogs.error_dialog import show_error
from app.views.learning.learn_dialog import EFFORTS, NORMAL, LearnDialog
from app.views.learning.learning_status import LearningStatus
from app.views.learning.learnt_bar import LearntBar


class LearningPresenter(QObject):
    """
    Signals:
        told: a sentence about a learning, for the status bar.
    """

    told = Signal(str)

    def __init__(self, *, learning: LearningController, canvas: CanvasView, actions: Mapping[str, QAction]) -> None:
        """``canvas``: the widget over which the result is shown."""
        super().__init__(canvas)
        self._learning = learning
        self._canvas = canvas
        self.status = LearningStatus(actions)
        self.bar = LearntBar(canvas)
        learning.started.connect(self.status.start)
        learning.progressed.connect(self._on_progressed)
        learning.waiting_changed.connect(self.status.set_waiting)
        learning.ended.connect(self._on_ended)
        learning.concluded.connect(self._on_concluded)
        learning.withdrawn.connect(self.bar.hide)
        learning.kept.connect(self._on_kept)
        self.bar.accepted.connect(learning.accept)
        self.bar.discarded.connect(learning.discard)

    @Slot()
    def ask(self) -> None:
        """Open the dialog, or say why nothing can be learnt."""
        window = self._canvas.window()
        task = self._learning.task(minutes=EFFORTS[NORMAL][1])
        if isinstance(task, str):
            show_error(window, task)
            return
        dialog = LearnDialog(task, window)
        dialog.start_requested.connect(self._learning.start)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _on_progressed(self, progress: LearningProgress) -> None:
        self.status.set_progress(what=progress.what, done=progress.done, seconds_left=progress.seconds_left)

    @Slot(str)
    def _on_ended(self, sentence: str) -> None:
        self.status.end()
        if sentence:
            self.told.emit(sentence)

    @Slot(object)
    def _on_concluded(self, outcome: LearningOutcome) -> None:
        self.bar.show_verdict(outcome.sentence, is_offer=outcome.learnt is not None)

    @Slot(str)
    def _on_kept(self, name: str) -> None:
        self.told.emit(
            tr("{name} is one of your models now and follows in this project from the next run on.", name=name)
        )
