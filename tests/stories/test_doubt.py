"""One threshold of doubt, from the settings, for all that shows doubt."""

from __future__ import annotations

from pathlib import Path

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


def test_the_threshold_of_the_settings_holds_on_the_picture(begin: Begin, clip: Path, home: Path) -> None:
    box = Box(20, 10, 40, 30)
    SettingsStore(Places.below(home).settings).set(DOUBT_SCORE, 0.95)
    story = begin(clip, tracker=ScriptedTracker([box], scores=[0.9]))
    story.draw(box)
    story.track_with()
    story.go_to(5)
    assert doubtful_on_canvas(story.application) == [True]
    assert story.application.session.doubt_rules.least_right == 0.95
