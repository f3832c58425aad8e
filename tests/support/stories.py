"""Acts in the real window as a person does, with mouse and keys, and waits for the effects."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.application import Application
from app.model.project import Project
from app.model.track import Track
from app.views.transport.go_to_frame import GoToFrameDialog
from tracker_core.geometry import Box

LONGEST_OPENING = 60_000  # ms; a video that is opened for the first time is decoded once
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Story:
    """A running window. Places are in pixels of the image."""

    def __init__(self, qtbot: QtBot, application: Application) -> None:
        self.qtbot = qtbot
        self.application = application
        self.window = application.window
        self.canvas = application.canvas

    @property
    def project(self) -> Project:
        return self.application.document.opened_project

    def track(self, track_id: int) -> Track:
        return self.project.tracks[track_id]

    def open(self, path: Path) -> None:
        """Until its first frame is on show."""
        with self.qtbot.waitSignal(self.application.playback.frame_shown, timeout=LONGEST_OPENING):
            self.application.project.open(path)

    def wait_for_frame(self, frame: int) -> None:
        self.qtbot.waitUntil(lambda: self.canvas.frame_index == frame)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.window.activateWindow()  # as a desktop does when a dialog is closed
        self.qtbot.waitUntil(self.window.isActiveWindow)
        QTest.keyClick(self.canvas, key, modifiers)

    def draw_tracks(self, *boxes: Box) -> None:
        """A track for each box, without a label."""
        for box in boxes:
            self.application.session.select()
            self.draw(box)
            self.press(Qt.Key.Key_Escape)
            self.canvas.setFocus()

    def track_with(self, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """T, or Shift+T, until the run is over."""
        with self.qtbot.waitSignal(self.application.tracking.run_finished, timeout=20_000):
            self.press(Qt.Key.Key_T, modifiers)

    def go_to(self, frame: int) -> None:
        """With G, and the number typed."""
        self.press(Qt.Key.Key_G)
        dialog = self.window.findChildren(GoToFrameDialog)[-1]
        dialog.field.setText(str(frame))
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        self.wait_for_frame(frame)

    def click(self, x: float, y: float, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, modifiers, self._place(x, y).toPoint())

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        here, there = self._place(*start), self._place(*end)
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, NO_KEYS, here.toPoint())
        QTest.mouseMove(self.canvas, ((here + there) / 2).toPoint())
        QTest.mouseMove(self.canvas, there.toPoint())
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, NO_KEYS, there.toPoint())

    def draw(self, box: Box, *, label: str = "target") -> None:
        """With the mouse; where its label is asked for, it is typed."""
        self.drag((box.x, box.y), (box.right, box.bottom))
        field = self.application.canvas_presenter.label_field
        if field.hasFocus():
            QTest.keyClicks(field, label)
            QTest.keyClick(field, Qt.Key.Key_Return)

    def error(self) -> str:
        """What the error dialog says; it is closed then."""
        self.qtbot.waitUntil(lambda: bool(self._errors()), timeout=LONGEST_OPENING)
        boxes = self._errors()
        assert len(boxes) == 1
        text = boxes[0].text()
        boxes[0].close()
        self.qtbot.waitUntil(lambda: not self._errors())
        return text

    def _errors(self) -> list[QMessageBox]:
        return [box for box in self.window.findChildren(QMessageBox) if box.isVisible()]

    def _place(self, x: float, y: float) -> QPointF:
        return self.canvas.widget_point(x, y)
