"""Learning from the open project: planning it, doing it, and keeping or discarding the result."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.assist.learning import LearningOutcome, LearningTask
from app.assist.learning_plan import LEAST_KEYFRAMES, LearningPlan, count_keyframes, plan_learning, why_not
from app.assist.learnt_model import Learnt
from app.controllers.models import ModelsController
from app.controllers.project import ProjectController
from app.document.document import Document
from app.language import marked, tr, translated
from app.settings.schema import TRACKER
from app.settings.store import SettingsStore
from app.settings.tracker_choice import tracker_choice
from app.workers.learning_worker import LearningWorker

NOTHING_KEPT = marked("Learning was stopped; nothing was kept.")
READY = marked("Teach a copy of the tracker what you have drawn and corrected here")
BUSY = marked("A tracker is learning already")
TOO_FEW = marked("To learn from a project at least {least} boxes must have been drawn or corrected in it")
CLOSED = marked("Learning was stopped: the project was closed. Nothing was kept.")


class LearningController(QObject):
    """One learning at a time. While a run tracks, the learning waits. A learnt tracker that is better is offered, and
    becomes one of the models only if the person accepts it. From then on it is chosen when its project is opened; when
    that is closed, the original tracker is chosen again.

    Signals:
        started: the LearningTask.
        progressed: LearningProgress.
        waiting_changed: whether the learning is waiting for a run.
        ended: it is over, with a sentence for the person; empty if ``concluded`` follows.
        concluded: LearningOutcome; with a learnt tracker in it, ``accept`` or ``discard`` is expected.
        withdrawn: the conclusion is obsolete.
        kept: the name of a learnt tracker that was added to the models.
        tracker_requested: the name of the tracker to choose.
        failed: the sentence for the person.
    """

    started = Signal(object)
    progressed = Signal(object)
    waiting_changed = Signal(bool)
    ended = Signal(str)
    concluded = Signal(object)
    withdrawn = Signal()
    kept = Signal(str)
    tracker_requested = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        project: ProjectController,
        worker: LearningWorker,
        models: ModelsController,
        settings: SettingsStore,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._project = project
        self._worker = worker
        self._models = models
        self._settings = settings
        self._offer: Learnt | None = None
        self._is_keeping = False
        self._video = ""  # name of the open project
        self._has_chosen = False
        self._sentence = translated(NOTHING_KEPT)
        worker.progressed.connect(self.progressed)
        worker.finished.connect(self._on_finished)
        worker.stopped.connect(lambda: self.ended.emit(self._sentence))
        worker.failed.connect(self._on_failed)
        models.kept.connect(self._on_kept)
        models.refused.connect(self._on_refused)
        models.models_changed.connect(self._choose_of_project)  # the models may be loaded after the project is open
        document.project_opened.connect(self._on_project_opened)
        document.project_closed.connect(self._on_project_closed)

    @property
    def is_running(self) -> bool:
        return self._worker.is_running

    @property
    def is_possible(self) -> bool:
        """Whether asking for a plan is worthwhile. Fast."""
        project = self._document.project
        return project is not None and not self.is_running and count_keyframes(project) >= LEAST_KEYFRAMES

    @property
    def hint(self) -> str:
        """A sentence that says what learning does, or why it is not possible now."""
        return (
            translated(BUSY)
            if self.is_running
            else translated(READY)
            if self.is_possible
            else translated(TOO_FEW).format(least=LEAST_KEYFRAMES)
        )

    def task(self, *, minutes: float) -> LearningTask | str:
        """The LearningTask for the chosen tracker, or a sentence why it cannot learn."""
        choice = tracker_choice(self._settings)
        model = next((model for model in self._models.trackers if model.name == choice.name), None)
        if model is None:
            return tr("The tracker {choice} is not there any more; choose another one first.", choice=choice.name)
        if problem := why_not(model):
            return problem
        plan: LearningPlan = plan_learning(self._document.opened_project)
        if plan.refusal:
            return plan.refusal
        return LearningTask(plan, model, self._project.name, minutes, choice.device, choice.precision)

    @Slot(object)
    def start(self, task: LearningTask) -> None:
        """Start learning; an unanswered offer is withdrawn."""
        if self.is_running:
            return
        self.discard()
        self._sentence = translated(NOTHING_KEPT)
        self._worker.start(task)
        self.started.emit(task)
        self.waiting_changed.emit(self._worker.is_waiting)

    @Slot()
    def stop(self) -> None:
        """Stop soon and keep nothing."""
        self._worker.stop()

    @Slot()
    def wait(self) -> None:
        """A run needs the machine."""
        self._set_waiting(True)

    @Slot()
    def go_on(self) -> None:
        """The run is over."""
        self._set_waiting(False)

    @Slot()
    def accept(self) -> None:
        """Add the learnt tracker to the models, and choose it from the next run on."""
        if self._offer is None:
            return
        if self._models.is_busy:
            self.failed.emit(tr("Another model is being added or removed; use this one when that is done."))
            return
        self._is_keeping = True
        self._models.keep(self._offer)

    @Slot()
    def discard(self) -> None:
        """Discard the learnt tracker."""
        self._offer = None
        self.withdrawn.emit()

    def _set_waiting(self, waiting: bool) -> None:
        self._worker.set_waiting(waiting)
        if self.is_running:
            self.waiting_changed.emit(waiting)

    @Slot(object)
    def _on_finished(self, outcome: LearningOutcome) -> None:
        self._offer = outcome.learnt
        self.ended.emit("")
        self.concluded.emit(outcome)

    @Slot(str)
    def _on_kept(self, name: str) -> None:
        self._is_keeping = False
        self.discard()
        self.tracker_requested.emit(name)
        self.kept.emit(name)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        if self._is_keeping:  # the offer stays: the disk may have room later
            self._is_keeping = False
            self.failed.emit(tr("The learnt tracker could not be kept: {sentence}.", sentence=sentence))

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.ended.emit("")
        self.failed.emit(sentence)

    @Slot()
    def _on_project_opened(self) -> None:
        self._video = self._document.opened_project.video.path.name
        self._has_chosen = False
        self._choose_of_project()

    @Slot()
    def _choose_of_project(self) -> None:
        """Choose what was learnt here last; only once, because the person may choose another."""
        if self._has_chosen or self._document.project is None or not self._models.trackers:
            return
        self._has_chosen = True
        here = {"project": self._project.name, "video": self._video}
        learnt = [model for model in self._models.trackers if model.source.items() >= here.items()]
        if learnt:
            self.tracker_requested.emit(max(learnt, key=lambda model: model.path.stat().st_mtime).name)

    @Slot()
    def _on_project_closed(self) -> None:
        self._sentence = translated(CLOSED)
        self.stop()
        self.discard()
        chosen = next((m for m in self._models.trackers if m.name == self._settings.get(TRACKER)), None)
        if chosen is not None and chosen.source.get("video", "") == self._video:
            known = {model.name for model in self._models.trackers}
            base = chosen.source.get("base", "")
            self.tracker_requested.emit(base if base in known else TRACKER.default)
