"""Asks how long a tracker may learn from the project, and explains it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.assist.learning import LearningTask
from app.language import marked, tr, tr_counted, translated
from app.views.style.button_box import button_box
from app.views.style.wrapped import WrappedLabel

EFFORTS = ((marked("&Short"), 2.0), (marked("&Normal"), 5.0), (marked("&Long"), 15.0))
"""Minutes."""
NORMAL = 1
WIDTH = 480


class LearnDialog(QDialog):
    """Asks how long to learn, and explains what will be done.

    Signals:
        start_requested(LearningTask).
    """

    start_requested = Signal(object)

    def __init__(self, task: LearningTask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Learn from this project"))
        self._task = task
        self.text = WrappedLabel("\n\n".join(explained(task)))
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.efforts = QButtonGroup(self)
        efforts = QHBoxLayout()
        efforts.setSpacing(16)
        for number, (name, minutes) in enumerate(EFFORTS):
            button = QRadioButton(tr("{name}, {minutes:.0f} min", name=translated(name), minutes=minutes))
            self.efforts.addButton(button, number)
            efforts.addWidget(button)
        efforts.addStretch(1)
        self.expectation = QLabel()
        self.expectation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = button_box(QDialogButtonBox.StandardButton.Cancel)
        self.start_button = QPushButton(tr("Start"))
        buttons.addButton(self.start_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.start_button.setDefault(True)
        self.start_button.setFocus()
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.text)
        layout.addLayout(efforts)
        layout.addWidget(self.expectation)
        layout.addWidget(buttons)
        self.setFixedWidth(WIDTH)
        self.efforts.idToggled.connect(self._on_effort_changed)
        self.efforts.button(NORMAL).setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_text()

    def _fit_text(self) -> None:
        """Set the height that the text needs at this width. Qt assumes another width and cuts the text."""
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(WIDTH))

    @property
    def task(self) -> LearningTask:
        """The task with the chosen minutes."""
        return replace(self._task, minutes=EFFORTS[max(0, self.efforts.checkedId())][1])

    def _on_effort_changed(self) -> None:
        minutes = self.task.expected_seconds / 60
        self.expectation.setText(
            tr("About {minutes} min with the comparison, longer while you track.", minutes=max(1, round(minutes)))
        )

    def _on_accepted(self) -> None:
        self.start_requested.emit(self.task)
        self.accept()


def explained(task: LearningTask) -> Sequence[str]:
    """Paragraphs: what is done, how it is judged, and what it means for the person."""
    plan, name = task.plan, task.model.name
    boxes, more = plan.drawn, len(plan.teaching) - plan.drawn
    tracks = tr_counted(len(plan.tracks), "track")
    between = tr(" and {more} that were made between those", more=more) if more else ""
    return (
        tr(
            "A copy of {name} learns to follow what this project is about, from {boxes} boxes of {tracks} that "
            "you drew "
            "or corrected{between}.",
            name=name,
            boxes=boxes,
            tracks=tracks,
            between=between,
        ),
        tr(
            "{held_back} more of your boxes are held back. On those both trackers are compared at the end, and the "
            "copy is offered to you only if it follows better.",
            held_back=plan.held_back,
        ),
        tr(
            "You can go on working meanwhile; while you track, the learning waits. Everything is computed on this "
            "computer; nothing of the video leaves it. Your boxes, your models and the tracker itself stay as they are."
        ),
    )
