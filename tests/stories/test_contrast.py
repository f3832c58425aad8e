"""Pictures of more than 8 bits: a contrast is tried, taken or given up; the tracker sees what the person sees."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from app.video.source import open_source
from app.views.transport.contrast_dialog import ContrastDialog
from tests.stories.conftest import Begin
from tests.support.stories import Story
from tracker_core.tracker import Image


@pytest.fixture
def thermal(tmp_path: Path) -> Path:
    """Six pictures of values from 1000 to 2000."""
    folder = tmp_path / "thermal"
    folder.mkdir()
    picture = np.tile(np.linspace(1000, 2000, 96, dtype=np.uint16), (64, 1))
    for number in range(6):
        cv2.imwrite(str(folder / f"{number}.png"), picture)
    return folder


def shown(story: Story) -> Image:
    image = story.application.loader.cached(0)
    assert image is not None
    return image


def dialog(story: Story) -> ContrastDialog:
    story.application.actions.by_id["contrast"].trigger()
    return story.window.findChildren(ContrastDialog)[-1]


def change(story: Story, asked: ContrastDialog, *, high: float) -> None:
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        asked.high.setValue(high)


def test_a_contrast_that_is_tried_is_seen_and_given_up(begin: Begin, thermal: Path) -> None:
    story = begin(thermal)
    before = shown(story)
    assert before.min() == 0
    assert before.max() == 255
    asked = dialog(story)
    change(story, asked, high=9000)
    assert shown(story).max() < 60
    np.testing.assert_array_equal(open_source(thermal).read(0), before)
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        asked.reject()
    np.testing.assert_array_equal(shown(story), before)


def test_a_contrast_that_is_taken_is_the_trackers_too_and_automatic_brings_the_old_one_back(
    begin: Begin, thermal: Path
) -> None:
    story = begin(thermal)
    before = shown(story)
    asked = dialog(story)
    change(story, asked, high=4000)
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        asked.accept()
    np.testing.assert_array_equal(open_source(thermal).read(0), shown(story))
    assert shown(story).max() < 100

    again = dialog(story)
    assert again.high.value() == 4000
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        again.automatic_button.click()
    with story.qtbot.waitSignal(story.application.playback.frame_shown):
        again.accept()
    np.testing.assert_array_equal(open_source(thermal).read(0), before)


def test_white_below_black_cannot_be_taken(begin: Begin, thermal: Path) -> None:
    story = begin(thermal)
    asked = dialog(story)
    change(story, asked, high=1500)
    asked.high.setValue(10)
    assert not asked.use_button.isEnabled()
    assert asked.levels is None


def test_pictures_of_8_bits_have_no_contrast_to_be_chosen(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    assert not story.application.actions.by_id["contrast"].isEnabled()
