"""Labels are renamed, ordered, merged and thrown away in their dialog, one step each; digits give them to tracks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from app.demo.offscreen import wait_for
from app.exchange.annotations import ExportOptions
from app.views.labels.labels_dialog import CLASS, NAME, LabelsDialog
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, Story
from tracker_core.geometry import Box


def labelled(begin: Begin, clip: Path) -> tuple[Story, LabelsDialog]:
    """Track 1 is a car, track 2 a bus; no track is a tram."""
    story = begin(clip)
    for x, label in ((20, "car"), (120, "bus")):
        story.application.session.select()
        story.draw(Box(x, 10, 30, 30))
        story.press(Qt.Key.Key_Escape)
        story.canvas.setFocus()
        story.application.editing.rename(story.application.session.active_track_id or 0, label)
    story.application.labels.delete_unused()
    story.press(Qt.Key.Key_L, CTRL)
    dialog = story.application.labels_presenter.dialog
    assert dialog is not None
    dialog.new_name.setText("tram")
    dialog.add_button.click()
    return story, dialog


def names(story: Story) -> list[str]:
    return list(story.project.labels)


def test_labels_are_renamed_ordered_merged_and_thrown_away(begin: Begin, clip: Path) -> None:
    story, dialog = labelled(begin, clip)
    assert names(story) == ["car", "bus", "tram"]
    name = dialog.table.item(0, NAME)
    assert name is not None
    name.setText("van")
    assert names(story) == ["van", "bus", "tram"]
    assert story.track(1).label == "van"
    dialog.table.selectRow(2)
    dialog.up_button.click()
    assert names(story) == ["van", "tram", "bus"]
    assert dialog.selected_names == ["tram"]
    dialog.unused_button.click()
    assert names(story) == ["van", "bus"]
    assert not dialog.unused_button.isEnabled()
    dialog.table.selectRow(0)
    dialog.goal.setCurrentText("bus")
    dialog.merge_button.click()
    assert names(story) == ["bus"]
    assert [story.track(key).label for key in (1, 2)] == ["bus", "bus"]
    dialog.reject()
    for expected in (["van", "bus"], ["van", "tram", "bus"], ["van", "bus", "tram"], ["car", "bus", "tram"]):
        story.press(Qt.Key.Key_Z, CTRL)
        assert names(story) == expected
    assert story.track(1).label == "car"
    store = story.application.document.store_path
    assert store is not None
    story.application.project.close()
    story.open(clip)
    assert names(story) == ["car", "bus", "tram"]


def test_a_digit_gives_the_label_of_that_number(begin: Begin, clip: Path) -> None:
    story, dialog = labelled(begin, clip)
    dialog.reject()
    story.application.session.select(1, 2)
    story.press(Qt.Key.Key_3)
    assert [story.track(key).label for key in (1, 2)] == ["tram", "tram"]
    assert story.application.actions.by_id["label_3"].text() == "3: tram"
    heard: list[str] = []
    story.application.labels.told.connect(heard.append)
    story.press(Qt.Key.Key_4)
    assert heard == ["There is no label 4 yet; the project has 3 labels."]
    story.press(Qt.Key.Key_Z, CTRL)
    assert [story.track(key).label for key in (1, 2)] == ["car", "bus"]


def test_the_tracks_of_a_label_take_its_colour(begin: Begin, clip: Path) -> None:
    story, dialog = labelled(begin, clip)
    before = [story.track(key).colour for key in (1, 2)]
    dialog.recolour_requested.emit("car", "#123456")
    assert story.project.labels["car"].colour == "#123456"
    assert [story.track(key).colour for key in (1, 2)] == ["#123456", before[1]]
    assert story.application.status.message.text() == "1 track has this colour too."
    dialog.reject()
    story.press(Qt.Key.Key_Z, CTRL)  # one step
    assert [story.track(key).colour for key in (1, 2)] == before
    assert story.project.labels["car"].colour != "#123456"
    story.application.document.set_locked(1, True)
    story.application.labels.recolour("car", "#123456")
    assert story.project.labels["car"].colour != "#123456"
    assert story.application.status.message.text() == "car #1 is locked; Shift+L unlocks it."


def test_a_class_number_stays_once_it_was_exported_and_is_shown(begin: Begin, clip: Path, tmp_path: Path) -> None:
    story, dialog = labelled(begin, clip)

    def shown() -> list[str]:
        cells = [dialog.table.item(row, CLASS) for row in range(dialog.table.rowCount())]
        return [cell.text() for cell in cells if cell is not None]

    assert shown() == ["1", "2", "–"]
    exporting = story.application.exporting
    wait_for(exporting.exported, lambda: exporting.export("mot", tmp_path / "a", ExportOptions()), "exporting")
    story.application.editing.delete_tracks((1,))
    assert shown() == ["1", "2", "–"]
    dialog.table.selectRow(1)
    dialog.up_button.click()
    assert shown() == ["1", "2", "–"]
    assert names(story) == ["bus", "car", "tram"]
    story.press(Qt.Key.Key_Z, CTRL)
    assert story.project.class_numbers == {"car": 1, "bus": 2}
