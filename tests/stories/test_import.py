"""Tracks of another program come in: looked at, taken, undone."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt

from app.views.importing.import_dialog import ImportDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL


def test_import_is_shown_before_it_is_taken_and_is_one_step(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story = begin(clip)
    path = tmp_path / "others.json"
    path.write_text(json.dumps({
        "images": [{"id": n, "file_name": f"{n}.jpg", "frame_id": n} for n in range(1, 61)],
        "categories": [{"id": 1, "name": "ball\r"}],
        "annotations": [
            {"id": n, "image_id": n, "category_id": 1, "track_id": 4, "bbox": [n, 5, 20, 10]} for n in range(1, 61)
        ],
    }))  # fmt: skip
    story.press(Qt.Key.Key_I, CTRL)
    (dialog,) = story.window.findChildren(ImportDialog)
    with story.qtbot.waitSignal(story.application.importing.previewed):
        dialog.choose_path(str(path))
    said = dialog.preview.toPlainText()
    assert said.startswith("COCO with videos: 1 track, 60 boxes in frames 0 to 59.\nLabels: ball (1).\n")
    assert "counted from 1; their frame numbers agree." in said
    assert story.project.tracks == {}
    with story.qtbot.waitSignal(story.application.importing.imported):
        dialog.import_button.click()
        assert dialog.bar.isVisible()
        assert not dialog.path_field.isEnabled()
    assert not dialog.isVisible()
    record = story.track(4).get(0)
    assert record is not None
    assert record.box is not None
    assert record.box.x == 1
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.project.tracks == {}
    assert story.project.labels == {}
