"""Shows a learning: the question before it, its progress in the status bar, and what came of it over the picture."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.assist.learning import LearningOutcome, LearningProgress, LearningTask
from app.assist.learning_plan import LEAST_KEYFRAMES
from app.controllers.learning import LearningController
from app.document.document import Document
from app.views.dialogs.error_dialog import show_error
from app.views.learning.learn_dialog import EFFORTS, NORMAL, LearnDialog
from app.views.window.actions import set_tooltip
from app.views.window.main_window import MainWindow

READY = "Teach a copy of the tracker what you have drawn and corrected here"
BUSY = "A tracker is learning already"
TOO_FEW = f"To learn from a project at least {LEAST_KEYFRAMES} boxes must have been drawn or corrected in it"


class LearningFeed(QObject):
    def __init__(
        self, window: MainWindow, document: Document, learning: LearningController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._learning = learning
        self._actions = window.actions_by_id
        self._status = window.status
        self._bar = window.learnt_bar
        learning.started.connect(self._on_started)
        learning.progressed.connect(self._on_progressed)
        learning.waiting_changed.connect(self._status.learning.set_waiting)
        learning.ended.connect(self._on_ended)
        learning.concluded.connect(self._on_concluded)
        learning.withdrawn.connect(self._bar.hide)
        learning.kept.connect(self._on_kept)
        self._bar.accepted.connect(learning.accept)
        self._bar.discarded.connect(learning.discard)
        for changed in (
            document.project_opened,
            document.project_closed,
            document.track_added,
            document.track_removed,
            document.boxes_changed,
        ):
            changed.connect(self._refresh_actions)
        self._refresh_actions()

    @Slot()
    def ask(self) -> None:
        """Open the dialog, or say why there is nothing to learn from."""
        task = self._learning.task(minutes=EFFORTS[NORMAL][1])
        if isinstance(task, str):
            show_error(self._window, task)
            return
        dialog = LearnDialog(task, self._window)
        dialog.start_requested.connect(self._learning.start)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _on_started(self, task: LearningTask) -> None:
        self._status.learning.start()
        self._refresh_actions()

    @Slot(object)
    def _on_progressed(self, progress: LearningProgress) -> None:
        self._status.learning.set_progress(what=progress.what, done=progress.done, seconds_left=progress.seconds_left)

    @Slot(str)
    def _on_ended(self, sentence: str) -> None:
        self._status.learning.end()
        self._refresh_actions()
        if sentence:
            self._status.tell(sentence)

    @Slot(object)
    def _on_concluded(self, outcome: LearningOutcome) -> None:
        self._bar.show_verdict(outcome.sentence, is_offer=outcome.learnt is not None)

    @Slot(str)
    def _on_kept(self, name: str) -> None:
        self._status.tell(f"{name} is one of your models now and follows in this project from the next run on.")

    @Slot()
    def _refresh_actions(self) -> None:
        is_possible, is_running = self._learning.is_possible, self._learning.is_running
        self._actions["learn"].setEnabled(is_possible)
        set_tooltip(self._actions["learn"], BUSY if is_running else READY if is_possible else TOO_FEW)
        self._actions["stop_learning"].setEnabled(is_running)
