"""What the panel shows of each family: anchors, the scale pyramid, distractors and the search for a lost target."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from app.views.canvas.guides import DISTRACTOR_COLOUR
from app.views.score_map.evidence_grid import RAW
from app.views.score_map.panel import ScoreMapPanel
from app.views.score_map.pictures import SearchRegionView
from tests.views.score_map.conftest import OWN
from tracker_core.tracker import Evidence


@pytest.fixture
def panel(qtbot: QtBot) -> ScoreMapPanel:
    panel = ScoreMapPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.set_constants(OWN)
    panel.show()
    return panel


def choose(panel: ScoreMapPanel, row: int) -> None:
    panel.anchors.setCurrentIndex(row)
    panel.anchors.activated.emit(row)


def test_the_maps_of_one_anchor_can_be_chosen(panel: ScoreMapPanel, anchored_evidence: Evidence) -> None:
    panel.show_evidence(anchored_evidence, frame=3, track_text="car #1")
    assert panel.anchors.isVisible()
    names = [panel.anchors.itemText(row) for row in range(panel.anchors.count())]
    assert names == ["Best anchor", "3:1", "2:1", "1:1", "1:2", "1:3"]
    assert panel.grid.value_text(RAW) == "0.80"
    choose(panel, 1)
    assert panel.grid.value_text(RAW) == "0.20"
    assert panel.summary.text().startswith("Raw 0.20")
    choose(panel, 4)
    assert panel.grid.value_text(RAW) == "0.80"
    choose(panel, 5)
    assert panel.grid.value_text(RAW) == "0.10"
    panel.show_evidence(anchored_evidence, frame=4, track_text="car #1")  # the choice holds in the next frame
    assert panel.grid.value_text(RAW) == "0.10"
    choose(panel, 0)
    assert panel.grid.value_text(RAW) == "0.80"


def test_without_anchors_none_are_offered(
    panel: ScoreMapPanel, evidence: Evidence, anchored_evidence: Evidence, pyramid_evidence: Evidence
) -> None:
    panel.show_evidence(anchored_evidence, frame=3, track_text="car #1")
    choose(panel, 1)
    for other in (evidence, pyramid_evidence):
        panel.show_evidence(other, frame=3, track_text="car #1")
        assert not panel.anchors.isVisible()
        assert panel.grid.value_text(RAW) == "0.80"
    panel.show_evidence(anchored_evidence, frame=3, track_text="car #1")
    panel.show_evidence(None, frame=4, track_text="car #1")
    assert not panel.anchors.isVisible()


def test_the_scale_pyramid_is_shown_with_the_chosen_scale_framed(
    panel: ScoreMapPanel, evidence: Evidence, pyramid_evidence: Evidence
) -> None:
    panel.show_evidence(evidence, frame=3, track_text="car #1")
    assert not panel.pyramid.isVisible()
    panel.show_evidence(pyramid_evidence, frame=3, track_text="car #1")
    assert panel.pyramid.isVisible()
    assert panel.pyramid.levels == pyramid_evidence.pyramid
    assert "at scale 1.000" in panel.summary.text()
    image = panel.pyramid.grab().toImage()
    accent = panel.palette().color(QPalette.ColorRole.Highlight)
    places = [panel.pyramid.place_of(number) for number in range(3)]
    framed = [image.pixelColor(place.left() - 1, place.center().y()) == accent for place in places]
    assert framed == [False, True, False]
    brightness = [image.pixelColor(place.center()).lightness() for place in places]
    assert brightness[0] < brightness[2] < brightness[1]


def test_distractors_and_a_search_are_told_and_drawn(
    panel: ScoreMapPanel, evidence: Evidence, searching_evidence: Evidence, qtbot: QtBot
) -> None:
    panel.show_evidence(evidence, frame=3, track_text="car #1")
    assert not panel.findings.isVisible()
    panel.show_evidence(searching_evidence, frame=3, track_text="car #1")
    assert panel.findings.isVisible()
    assert "Searching" in panel.findings.text()
    assert "2 distractors" in panel.findings.text()

    view = SearchRegionView()
    qtbot.addWidget(view)
    view.resize(255, 255)  # a pixel of the region is one of the widget
    view.show_evidence(searching_evidence)
    image = view.grab().toImage()
    for distractor in searching_evidence.distractors:
        x = round(distractor.box.x - searching_evidence.search_region_box.x)
        y = round(distractor.box.cy - searching_evidence.search_region_box.y)
        assert any(_is_like(image.pixelColor(x + dx, y), DISTRACTOR_COLOUR) for dx in (-1, 0, 1))


def _is_like(one: QColor, other: QColor) -> bool:
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue())) < 40


def test_all_of_a_pyramid_fits_and_no_title_is_cut(
    panel: ScoreMapPanel, pyramid_evidence: Evidence, qtbot: QtBot
) -> None:
    panel.resize(356, 570)
    scroll = panel.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    for evidence in (None, pyramid_evidence, None, pyramid_evidence):
        panel.show_evidence(evidence, frame=0, track_text="car #1")
        panel.set_constants(OWN)
        qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() == 0)
    titles = [label for label in panel.grid.findChildren(QLabel) if label.text()]
    assert len(titles) == 2 + 2 * len(panel.grid.maps)
    assert [label.text() for label in titles if label.width() < label.sizeHint().width()] == []
