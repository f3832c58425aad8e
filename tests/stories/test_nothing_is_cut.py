"""In every dialog, all text is fully visible and no widgets overlap."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QStackedWidget, QWidget

from app.views.exporting.export_dialog import ExportDialog
from tests.stories.conftest import Begin
from tests.support.stories import Story
from tracker_core.geometry import Box

OPENED_BY = (
    "settings", "shortcuts", "export", "import", "labels", "models", "edit_label", "leave_note", "go_to_frame", "about",
    "commands",
)  # fmt: skip


@pytest.fixture(params=[10, 13])
def story(request: pytest.FixtureRequest, begin: Begin, clip: Path, qapp: QApplication) -> Iterator[Story]:
    """A window in letters of two sizes, with a track."""
    font = qapp.font()
    larger = QFont(font)
    larger.setPointSize(request.param)
    qapp.setFont(larger)
    try:
        story = begin(clip)
        story.draw(Box(20, 10, 40, 30))
        yield story
    finally:
        qapp.setFont(font)


def faults(window: QWidget) -> list[str]:
    seen = [part for part in window.findChildren(QWidget) if part.isVisible() and part.window() is window]
    found = [
        f"cut: {label.text()!r}"
        for label in seen
        if isinstance(label, QLabel) and label.wordWrap() and label.height() < label.heightForWidth(label.width())
    ]
    if window.width() < window.minimumSizeHint().width():
        found.append(f"{window.width()} pixels wide, but its parts need {window.minimumSizeHint().width()}")
    for parent in [window, *seen]:
        layout = parent.layout()
        if layout is None or isinstance(parent, QStackedWidget):
            continue
        parts = [part for part in seen if part.parent() is parent and layout.indexOf(part) >= 0]
        found += [
            f"{type(one).__name__} over {type(other).__name__}"
            for one, other in combinations(parts, 2)
            if one.geometry().intersects(other.geometry())
        ]
    return found


def test_no_text_of_a_dialog_is_cut(story: Story, tmp_path: Path) -> None:
    shown = set()
    for name in OPENED_BY:
        story.application.actions.by_id[name].trigger()
        for dialog in [one for one in story.window.findChildren(QDialog) if one.isVisible()]:
            shown.add(name)
            QApplication.processEvents()  # the layout goes by the sizes that the texts have now
            assert faults(dialog) == [], name
            if isinstance(dialog, ExportDialog):
                dialog.path_field.setText(str(tmp_path / "tracks.txt"))
                with story.qtbot.waitSignal(story.application.exporting.exported, timeout=20_000):
                    dialog.export_button.click()
                QApplication.processEvents()
                assert faults(dialog) == []
            dialog.close()
            dialog.deleteLater()
    assert len(shown) >= len(OPENED_BY) - 2  # those of the system are not ours
