"""Nothing changes by accident: trials are not used until they are accepted, and the wheel needs focus."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QTabBar, QWidget

from app.model.score_meaning import ScoreMeaning
from app.views.score_map.number_slider import STEPS
from tests.stories.conftest import Begin
from tests.support.stores import load_as_after_a_crash
from tests.support.stories import CTRL
from tests.support.trackers import CONSTANTS, ScriptedTracker
from tracker_core.geometry import Box

BOX = Box(20, 10, 40, 30)


def turn_wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    for notch in (120, -120, -120):
        event = QWheelEvent(
            middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, notch), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)


def value_of(widget: QWidget) -> object:
    if isinstance(widget, QTabBar):
        return widget.currentIndex()
    return widget.currentText() if isinstance(widget, QComboBox) else widget.property("value")


def controls_in(window: QWidget) -> list[QWidget]:
    found: list[QWidget] = [*window.findChildren(QAbstractSlider), *window.findChildren(QComboBox)]
    found += [*window.findChildren(QAbstractSpinBox), *window.findChildren(QTabBar)]
    return [widget for widget in found if not isinstance(widget, QScrollBar) and widget.isVisible()]


@pytest.mark.parametrize("opening", [None, (Qt.Key.Key_L, None), (Qt.Key.Key_E, CTRL)])
def test_no_wheel_without_focus(begin: Begin, clip: Path, opening: tuple[Qt.Key, Qt.KeyboardModifier] | None) -> None:
    story = begin(clip)
    story.draw(BOX)
    story.go_to(30)
    if opening is not None:
        key, modifiers = opening
        story.press(key, modifiers or Qt.KeyboardModifier.NoModifier)
    story.canvas.setFocus()
    controls = controls_in(story.window)
    assert controls
    before = [value_of(control) for control in controls]
    for control in controls:
        focused = QApplication.focusWidget()
        if focused is None or not (focused is control or control.isAncestorOf(focused)):
            turn_wheel(control)
    assert [value_of(control) for control in controls] == before


def test_a_field_with_focus_hears_the_wheel(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    slider = story.application.score_map_presenter.view.overlay_slider
    slider.setFocus()
    turn_wheel(slider)
    assert slider.number != pytest.approx(0.5)


def test_a_slider_changes_coming_runs_only_when_told_and_a_chip_says_so(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([BOX]))
    panel = story.application.score_map_presenter.view.constants
    chip = story.application.tracking_presenter.tracker_bar.constants_chip
    story.draw(BOX)
    own = story.application.score_map.own_constants
    assert own is not None
    window_influence = own.as_mapping()["window_influence"]
    panel.sliders["window_influence"].setValue(STEPS)
    assert panel.use_button.isEnabled()
    assert not chip.isVisible()
    assert story.application.score_map.current_constants is None

    panel.use_button.click()
    assert not panel.use_button.isEnabled()
    assert chip.isVisible()
    assert "1.00" in chip.text()
    assert f"{window_influence:.3f}" in chip.toolTip()
    story.go_to(3)
    assert panel.sliders["window_influence"].number == 1.0  # what is used stays where it was put

    chip.click()
    assert not chip.isVisible()
    assert story.application.score_map.current_constants is None
    assert panel.sliders["window_influence"].number == pytest.approx(window_influence)


def test_scores_of_changed_constants_are_recognised_also_after_the_project_was_opened_again(
    begin: Begin, clip: Path
) -> None:
    story = begin(clip, tracker=ScriptedTracker([BOX] * 4))
    story.draw(BOX)
    panel = story.application.score_map_presenter.view.constants
    panel.sliders["window_influence"].setValue(STEPS)
    panel.use_button.click()
    story.track_with()

    (run,) = story.project.runs.values()
    record = story.track(1).get(2)
    assert record is not None
    assert run.constants["window_influence"] == 1.0
    assert run.own_constants["window_influence"] == CONSTANTS.window_influence
    assert story.project.score_meaning(record) is ScoreMeaning.CHANGED
    path = story.application.document.store_path
    assert path is not None
    assert load_as_after_a_crash(path).runs == {run.id: run}


def test_a_trial_is_gone_when_another_frame_is_shown(begin: Begin, clip: Path) -> None:
    story = begin(clip, tracker=ScriptedTracker([BOX]))
    panel = story.application.score_map_presenter.view.constants
    story.draw(BOX)
    before = panel.constants
    panel.sliders["window_influence"].setValue(STEPS)
    story.go_to(3)
    assert panel.constants == before
    assert not panel.use_button.isEnabled()
    assert not panel.reset_button.isEnabled()
