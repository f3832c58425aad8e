from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.canvas.canvas_view import CanvasView

LEFT = Qt.MouseButton.LeftButton


def test_files_can_be_dropped(qtbot: QtBot, canvas: CanvasView, tmp_path: Path) -> None:
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "a clip.mp4")), QUrl("https://example.org/b.mp4")])
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, files, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, files, LEFT, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(canvas.paths_dropped) as dropped:
        QApplication.sendEvent(canvas, drop)
    assert dropped.args == [[tmp_path / "a clip.mp4"]]


def test_what_is_not_a_file_cannot_be_dropped(canvas: CanvasView) -> None:
    words = QMimeData()
    words.setText("no file")
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, words, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, enter)
    assert not enter.isAccepted()
