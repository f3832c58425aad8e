from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from app.views.score_map.evidence_grid import DECIDED, LARGEST_TILE, PENALISED, RAW, WINDOW
from app.views.score_map.number_slider import STEPS
from app.views.score_map.panel import NO_EVIDENCE, NO_TRACK, ScoreMapPanel
from tests.support.trackers import MEASURED, WIDE, WideConstants
from tracker_core.decision.reliability import AS_IT_IS
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.tracker import Evidence

OWN = TrackingConstants(window_influence=0.42, penalty_k=0.055, size_lr=0.3)


@pytest.fixture
def panel(qtbot: QtBot) -> ScoreMapPanel:
    panel = ScoreMapPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 640)
    panel.set_constants(OWN)
    panel.show()
    return panel


def test_without_a_track_the_panel_says_what_to_do_first(panel: ScoreMapPanel) -> None:
    assert panel.message.isVisible()
    assert panel.message.text() == NO_TRACK
    assert not panel.grid.isVisible()
    assert panel.heading.text() == ""


def test_a_frame_without_a_decision_says_so(panel: ScoreMapPanel, evidence: Evidence) -> None:
    panel.show_evidence(evidence, frame=11, track_text="car #1")
    panel.show_evidence(None, frame=12, track_text="car #1")
    assert panel.message.isVisible()
    assert panel.message.text() == NO_EVIDENCE
    assert panel.heading.text() == "car #1 · frame 12"


def test_a_decision_is_shown_with_the_winners_numbers(panel: ScoreMapPanel, evidence: Evidence) -> None:
    panel.show_evidence(evidence, frame=12, track_text="car #1")
    assert panel.grid.isVisible()
    assert not panel.message.isVisible()
    assert panel.heading.text() == "car #1 · frame 12"
    decided = 0.4 * 0.75 + 0.25 * float(evidence.window[3, 1])
    assert panel.summary.text() == f"Raw 0.80  ×  penalty 0.50  →  decided {decided:.2f}"


def test_the_score_that_the_box_has_stands_under_the_raw_one(panel: ScoreMapPanel, evidence: Evidence) -> None:
    panel.show_evidence(replace(evidence, score=0.93, calibration=MEASURED), frame=12, track_text="car #1")
    assert panel.heading.text() == "car #1 · frame 12"
    assert panel.score_text.text() == "Score 0.93: how likely the box is right"
    assert panel.score_text.isVisible()
    assert panel.summary.text().startswith("Raw 0.80")


def test_a_score_that_nobody_has_measured_claims_nothing(panel: ScoreMapPanel, evidence: Evidence) -> None:
    panel.show_evidence(replace(evidence, score=0.93, calibration=AS_IT_IS), frame=12, track_text="car #1")
    assert panel.score_text.text() == "Score raw 0.93: the network's own number"
    assert "nobody has measured" in panel.score_text.toolTip()


def test_a_score_of_other_constants_than_those_it_was_measured_with_says_so(
    panel: ScoreMapPanel, evidence: Evidence
) -> None:
    panel.set_constants(OWN, replace(OWN, window_influence=1.0), is_trial=True)
    panel.show_evidence(replace(evidence, score=0.93, calibration=MEASURED), frame=12, track_text="car #1")
    assert panel.score_text.text() == "Score 0.93: not measured with these constants"
    panel.set_constants(OWN, OWN, is_trial=False)
    panel.show_evidence(replace(evidence, score=0.93, calibration=MEASURED), frame=12, track_text="car #1")
    assert panel.score_text.text() == "Score 0.93: how likely the box is right"


def test_no_score_stands_beside_a_box_that_a_person_drew(panel: ScoreMapPanel, evidence: Evidence) -> None:
    measured = replace(evidence, score=0.93, calibration=MEASURED)
    panel.show_evidence(measured, frame=12, track_text="car #1", is_drawn=True)
    assert not panel.score_text.isVisible()
    panel.show_evidence(measured, frame=13, track_text="car #1")
    assert panel.score_text.isVisible()


def test_the_maps_show_each_its_own_values_and_the_same_cell(panel: ScoreMapPanel, evidence: Evidence) -> None:
    panel.show_evidence(evidence, frame=0, track_text="car #1")
    for kind in (RAW, PENALISED, WINDOW, DECIDED):
        assert panel.grid.value_text(kind) == f"{kind.values_of(evidence)[3, 1]:.2f}"
    panel.grid.maps[WINDOW].cell_hovered.emit((2, 2))
    for kind in (RAW, PENALISED, WINDOW, DECIDED):
        assert panel.grid.value_text(kind) == f"{kind.values_of(evidence)[2, 2]:.2f}"
    assert panel.summary.text().startswith("Raw 0.10  ×  penalty 0.50")
    panel.grid.maps[WINDOW].cell_hovered.emit(None)
    assert panel.summary.text().startswith("Raw 0.80")


def test_a_hovered_cell_that_a_smaller_map_does_not_have_is_forgotten(
    panel: ScoreMapPanel, evidence: Evidence, small_evidence: Evidence
) -> None:
    panel.show_evidence(evidence, frame=0, track_text="car #1")
    panel.grid.maps[RAW].cell_hovered.emit((4, 4))
    panel.show_evidence(small_evidence, frame=1, track_text="car #1")
    assert panel.summary.text().startswith("Raw 0.80")
    assert panel.grid.value_text(RAW) == "0.80"


def test_a_hovered_cell_is_kept_from_frame_to_frame(
    panel: ScoreMapPanel, evidence: Evidence, faint_evidence: Evidence
) -> None:
    panel.show_evidence(evidence, frame=0, track_text="car #1")
    panel.grid.maps[RAW].cell_hovered.emit((4, 4))
    panel.show_evidence(faint_evidence, frame=1, track_text="car #1")
    assert panel.grid.value_text(RAW) == "0.10"
    assert panel.summary.text().startswith("Raw 0.10")


def test_auto_contrast_stretches_the_colours_to_the_highest_score(
    panel: ScoreMapPanel, evidence: Evidence, faint_evidence: Evidence
) -> None:
    panel.show_evidence(faint_evidence, frame=0, track_text="car #1")
    assert panel.colour_scale.levels == (0.0, 1.0)
    panel.auto_contrast.click()
    highest = max(float(faint_evidence.raw.max()), float(faint_evidence.decided.max()))
    assert panel.colour_scale.levels == pytest.approx((0.0, highest))
    panel.show_evidence(evidence, frame=1, track_text="car #1")
    assert panel.colour_scale.levels == pytest.approx((0.0, 0.8))
    panel.auto_contrast.click()
    assert panel.colour_scale.levels == (0.0, 1.0)


def test_dragging_a_slider_tells_all_constants_at_once(panel: ScoreMapPanel, qtbot: QtBot) -> None:
    sliders = panel.constants.sliders
    assert list(sliders) == ["window_influence", "penalty_k", "size_lr"]
    with qtbot.waitSignal(panel.constants_changed) as changed:
        sliders["window_influence"].setValue(STEPS // 2)
    assert changed.args == [replace(OWN, window_influence=0.5)]
    with qtbot.waitSignal(panel.constants_changed) as changed:
        sliders["size_lr"].setValue(STEPS)
    assert changed.args == [replace(OWN, window_influence=0.5, size_lr=1.0)]


def test_reset_goes_back_to_the_trackers_own(panel: ScoreMapPanel, qtbot: QtBot) -> None:
    assert not panel.constants.reset_button.isEnabled()
    panel.constants.sliders["penalty_k"].setValue(STEPS)
    assert panel.constants.reset_button.isEnabled()
    with qtbot.waitSignal(panel.constants_changed) as changed:
        panel.constants.reset_button.click()
    assert changed.args == [OWN]
    assert panel.constants.constants == OWN
    assert not panel.constants.reset_button.isEnabled()


def test_taking_a_trackers_constants_announces_nothing(panel: ScoreMapPanel, qtbot: QtBot) -> None:
    other = TrackingConstants(window_influence=0.1, penalty_k=0.2, size_lr=0.4)
    with qtbot.assertNotEmitted(panel.constants_changed):
        panel.set_constants(other)
    assert panel.constants.constants == other


def test_a_tracker_of_another_family_brings_sliders_of_its_own(panel: ScoreMapPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.constants_changed):
        panel.set_constants(WIDE)
    assert list(panel.constants.sliders) == ["strength", "window_influence", "penalty_k", "size_lr", "patience"]
    assert panel.constants.constants == WIDE
    with qtbot.waitSignal(panel.constants_changed) as changed:
        panel.constants.sliders["strength"].setValue(STEPS // 2)
    assert isinstance(changed.args[0], WideConstants)
    assert changed.args[0] == replace(WIDE, strength=2.0)  # half of its maximum of 4
    panel.set_constants(OWN)
    assert panel.constants.constants == OWN


def test_without_a_tracker_there_is_nothing_to_turn(panel: ScoreMapPanel) -> None:
    panel.set_constants(None)
    assert not panel.constants.isVisible()
    assert panel.constants.constants is None
    panel.set_constants(OWN)
    assert panel.constants.isVisible()


def test_the_overlay_is_announced_with_its_opacity(panel: ScoreMapPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.overlay_changed):
        panel.set_overlay(visible=False, opacity=0.3)
    with qtbot.waitSignal(panel.overlay_changed) as changed:
        panel.overlay_box.click()
    assert changed.args == [True, 0.3]
    with qtbot.waitSignal(panel.overlay_changed) as changed:
        panel.overlay_slider.setValue(STEPS)
    assert changed.args == [True, 1.0]


@pytest.mark.parametrize(("width", "height"), [(344, 580), (500, 620), (300, 560)])
def test_maps_shrink_rather_than_that_the_panel_scrolls(
    panel: ScoreMapPanel, evidence: Evidence, qtbot: QtBot, width: int, height: int
) -> None:
    panel.show_evidence(evidence, frame=0, track_text="car #1")
    panel.resize(1200, 1000)  # as after maximising
    qtbot.waitUntil(lambda: panel.grid.exemplar.width() == LARGEST_TILE)
    panel.resize(width, height)
    scroll = panel.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    content = scroll.widget()
    assert content is not None
    qtbot.waitUntil(lambda: content.size() == scroll.size() and scroll.verticalScrollBar().maximum() == 0)
    panel.resize(1200, 1000)
    qtbot.waitUntil(lambda: panel.grid.exemplar.width() == LARGEST_TILE)


def test_all_of_it_fits_a_dock_of_300_pixels_without_scrolling(panel: ScoreMapPanel, evidence: Evidence) -> None:
    panel.show_evidence(evidence, frame=0, track_text="car #1")
    panel.grab()
    scroll = panel.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    assert scroll.verticalScrollBar().maximum() == 0
    content = scroll.widget()
    assert content is not None
    assert content.width() == 300
    panel.show_evidence(evidence, frame=123456, track_text="12 delivery van with a very long label")
    panel.grab()
    assert content.width() == 300
    panel.resize(300, 300)
    panel.grab()
    assert scroll.verticalScrollBar().maximum() > 0
