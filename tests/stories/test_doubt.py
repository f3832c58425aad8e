"""One threshold of doubt, from the settings, for all that shows doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.application import Application
from app.settings.schema import DOUBT_SCORE
from app.settings.store import SettingsStore
from app.store.places import Places
from tests.stories.conftest import Begin
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box


def doubtful_on_canvas(application: Application) -> list[bool]:
    application.canvas_presenter.refresh()
    return [box.doubtful for box in application.canvas.boxes if not box.ghost]


@pytest.mark.parametrize(("least_right", "doubtful"), [(0.95, True), (0.8, False)])
def test_the_threshold_of_the_settings_holds_on_the_picture_and_in_the_queue(
    begin: Begin, clip: Path, home: Path, least_right: float, doubtful: bool
) -> None:
    box = Box(20, 10, 40, 30)
    SettingsStore(Places.below(home).settings).set(DOUBT_SCORE, least_right)
    story = begin(clip, tracker=ScriptedTracker([box], scores=[0.9]))
    story.draw(box)
    story.track_with()
    story.qtbot.waitUntil(lambda: story.application.review.is_settled)
    story.go_to(5)
    assert story.application.session.doubt_rules.least_right == least_right
    assert story.application.review.is_doubtful(1, 5) is doubtful
    assert doubtful_on_canvas(story.application) == [doubtful]


def test_the_mark_on_the_picture_goes_with_the_answer(begin: Begin, clip: Path) -> None:
    box = Box(20, 10, 40, 30)
    story = begin(clip, tracker=ScriptedTracker([box], scores=[0.4]))
    story.draw(box)
    story.track_with()
    story.qtbot.waitUntil(lambda: story.application.review.is_settled)
    story.go_to(5)
    assert doubtful_on_canvas(story.application) == [True]
    story.press(Qt.Key.Key_Return)
    story.go_to(5)
    story.qtbot.waitUntil(lambda: [box.doubtful for box in story.application.canvas.boxes if not box.ghost] == [False])
