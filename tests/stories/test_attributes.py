"""A project asks attributes of its tracks; a person answers in the panel, for the whole track or from a frame on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.attributes import AttributeChanges, AttributeDefinition, AttributeKind
from app.views.attributes.attributes_dialog import AttributesDialog
from app.views.attributes.panel import AttributesPanel
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tracker_core.geometry import Box

ALT = Qt.KeyboardModifier.AltModifier
LIGHTS = AttributeDefinition("lights", AttributeKind.CHOICE, per_frame=True, choices=("off", "on"))
SEATS = AttributeDefinition("seats", AttributeKind.NUMBER, low=0, high=8)
MAKE = AttributeDefinition("make", AttributeKind.TEXT)


def begun(begin: Begin, clip: Path) -> Story:
    """One track, and its label field closed."""
    story = begin(clip)
    story.draw(Box(20, 10, 30, 30))
    story.press(Qt.Key.Key_Escape)
    story.canvas.setFocus()
    return story


def panel(story: Story) -> AttributesPanel:
    return story.application.attributes_presenter.view


def go(story: Story, frame: int) -> None:
    story.application.playback.go_to(frame)
    story.application.attributes_presenter.refresh()


def type_into(name: str, text: str, story: Story) -> None:
    line = panel(story).rows[name].field.line
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def choose(name: str, text: str, story: Story) -> None:
    box = panel(story).rows[name].field.box
    assert box is not None
    place = box.findText(text)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_attributes_are_defined_with_the_keyboard_and_deleted_with_their_count(begin: Begin, clip: Path) -> None:
    story = begun(begin, clip)
    story.press(Qt.Key.Key_A, CTRL | ALT)
    dialog = story.application.attributes_presenter.dialog
    assert isinstance(dialog, AttributesDialog)
    dialog.add_button.click()
    asked = dialog.definition_dialog
    assert asked is not None
    assert not asked.ok.isEnabled()
    QTest.keyClicks(asked.name, "lights")
    asked.kind.setCurrentText("Choice")
    assert "choices" in asked.problem.text()
    asked.choices.setPlainText("off\non")
    asked.holds.setCurrentIndex(1)
    QTest.keyClick(asked.name, Qt.Key.Key_Return)
    assert story.project.attributes == {"lights": LIGHTS}
    story.application.attributes.add(SEATS)
    story.application.attributes.set("seats", "5")
    story.application.attributes_presenter.refresh()
    dialog.table.selectRow(1)
    assert dialog.delete_button.text() == "Delete with 1 value"
    dialog.up_button.click()
    assert list(story.project.attributes) == ["seats", "lights"]
    story.application.attributes_presenter.refresh()
    dialog.change_button.click()
    asked = dialog.definition_dialog
    assert asked is not None
    asked.name.setText("places")
    asked.ok.click()
    assert story.track(1).attributes == {"places": "5"}
    story.application.attributes_presenter.refresh()
    dialog.table.selectRow(0)
    dialog.delete_button.click()
    assert story.application.status.message.text() == (
        "The attribute places is deleted. 1 value of 1 track went with it."
    )
    assert story.track(1).attributes == {}
    dialog.reject()
    for expected in ({"places": "5"}, {"seats": "5"}):
        story.press(Qt.Key.Key_Z, CTRL)
        assert story.track(1).attributes == expected


def test_a_value_holds_from_its_frame_until_the_next_change(begin: Begin, clip: Path) -> None:
    story = begun(begin, clip)
    for one in (LIGHTS, SEATS):
        story.application.attributes.add(one)
    story.press(Qt.Key.Key_A, CTRL | SHIFT)
    assert QApplication.focusWidget() is panel(story).rows["lights"].field.box
    choose("lights", "off", story)
    for frame, value in ((8, "on"), (3, "on")):
        go(story, frame)
        choose("lights", value, story)
    assert story.track(1).attributes == {"lights": "off"}
    assert story.track(1).changes == AttributeChanges({"lights": ((3, "on"),)})  # the one at 8 says nothing new by now
    go(story, 6)
    assert panel(story).rows["lights"].since.text() == "from frame 3"
    choose("lights", "off", story)
    assert [story.track(1).attributes_at(frame)["lights"] for frame in (2, 3, 5, 6, 9)] == [
        "off", "on", "on", "off", "off"
    ]  # fmt: skip
    story.application.attributes.go_to_change("lights", -1)
    assert story.application.session.current_frame == 3
    story.application.attributes.forget_change("lights")
    assert story.track(1).attributes_at(9) == {"lights": "off"}
    assert not story.track(1).changes
    for changes in (((3, "on"), (6, "off")), ((3, "on"),)):
        story.press(Qt.Key.Key_Z, CTRL)
        assert story.track(1).changes == AttributeChanges({"lights": changes})
    type_into("seats", "12", story)
    assert story.application.status.message.text() == "seats is a number from 0 to 8; 12 is not."
    type_into("seats", "4.0", story)
    assert story.track(1).attributes["seats"] == "4"
    story.application.project.close()
    story.open(clip)
    assert story.track(1).changes == AttributeChanges({"lights": ((3, "on"),)})
    assert story.project.attributes == {"lights": LIGHTS, "seats": SEATS}


def test_several_tracks_get_a_value_in_one_step_and_a_split_keeps_what_holds(begin: Begin, clip: Path) -> None:
    story = begun(begin, clip)
    story.application.attributes.add(LIGHTS)
    story.application.session.select()
    story.draw(Box(120, 10, 30, 30))
    story.press(Qt.Key.Key_Escape)
    story.application.session.select(1, 2)
    story.application.attributes.set("lights", "on")
    assert [story.track(key).attributes for key in (1, 2)] == [{"lights": "on"}] * 2
    story.application.session.select(1)
    go(story, 6)
    story.application.editing.draw_box(6, Box(30, 10, 30, 30))
    go(story, 4)
    story.application.attributes.set("lights", "off")
    go(story, 5)
    story.application.arranging.split_here()
    assert story.track(1).changes == AttributeChanges({"lights": ((4, "off"),)})
    assert story.track(3).attributes == {"lights": "off"}
    assert not story.track(3).changes
    story.application.session.select(1, 3)
    story.application.arranging.join_selected()
    assert story.track(1).changes == AttributeChanges({"lights": ((4, "off"),)})


def test_a_new_definition_keeps_values_that_do_not_fit_and_says_so(begin: Begin, clip: Path) -> None:
    story = begun(begin, clip)
    attributes = story.application.attributes
    attributes.add(AttributeDefinition("seats"))
    attributes.set("seats", "five")
    attributes.change("seats", SEATS)
    story.press(Qt.Key.Key_A, CTRL | SHIFT)
    row = panel(story).rows["seats"]
    assert row.field.line is not None
    assert row.field.line.text() == "five"
    assert row.since.text() == "does not fit: a number from 0 to 8"


def test_where_selected_tracks_differ_only_what_is_given_is_changed(begin: Begin, clip: Path) -> None:
    story = begun(begin, clip)
    story.press(Qt.Key.Key_D, CTRL)  # a second track
    attributes, session = story.application.attributes, story.application.session
    for definition in (LIGHTS, SEATS, MAKE):
        attributes.add(definition)
    for track_id, values in ((1, {"lights": "on", "seats": "5", "make": "a"}), (2, {"lights": "off", "make": "a"})):
        session.select(track_id)
        for name, value in values.items():
            attributes.set(name, value)

    def said() -> list[dict[str, str]]:
        return [dict(track.attributes_at(0)) for track in story.project.tracks.values()]

    before = said()
    session.select(1, 2)
    story.window.bring_forward("Attributes")
    story.application.attributes_presenter.refresh()
    rows = panel(story).rows
    lights, seats, make = (rows[name].field for name in ("lights", "seats", "make"))
    assert lights.box is not None
    assert seats.line is not None
    assert make.line is not None
    assert (lights.box.currentText(), lights.box.placeholderText()) == ("", "as they are")
    assert (seats.line.text(), seats.line.placeholderText()) == ("", "as they are")
    assert rows["seats"].since.text() == "the selected tracks differ"
    assert make.line.text() == "a"
    for part in (seats.line, make.line, lights.box, story.canvas):  # to have been there changes nothing
        part.setFocus()
    assert said() == before

    choose("lights", "on", story)  # what the active one says already
    assert [one["lights"] for one in said()] == ["on", "on"]
    assert [one.get("seats") for one in said()] == ["5", None]
    type_into("seats", "5", story)
    assert [one["seats"] for one in said()] == ["5", "5"]
    assert seats.line.text() == "5"
