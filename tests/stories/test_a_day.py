"""A day's work with few strokes: five targets through 200 frames, right at IoU 0.7, reviewed, certified, exported."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.model.doubt import Doubt
from app.model.interpolation import record_at
from app.settings.schema import CERTIFICATE_BOXES, TARGET_IOU
from app.settings.store import SettingsStore
from app.store.places import Places
from app.views.exporting.export_dialog import ExportDialog
from tests.stories.conftest import Begin
from tests.support.five_targets import FRAMES, SIZES, PatchTracker, truth, write_pictures
from tests.support.stories import CTRL, NO_KEYS, SHIFT, Story
from tracker_core.geometry import Box

MOST_DRAGS, MOST_KEYS = 15, 40
LOOKS = 60
ENOUGH = 0.7
LONGEST = 60_000  # ms, of one run on a busy machine


class Day(Story):
    """Counts a person's actions: mouse drags, clicks and keys, with or without Shift and Ctrl."""

    def __init__(self, story: Story) -> None:
        super().__init__(story.qtbot, story.application)
        self.drags = 0
        self.keys: list[str] = []
        self.clicks = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.keys.append(key.name)
        super().press(key, modifiers)

    def draw(self, box: Box, *, label: str = "car") -> None:
        field = self.application.canvas_presenter.label_field
        self.drags += 1
        self.drag((box.x, box.y), (box.right, box.bottom))
        if field.hasFocus():
            self.keys += [*label, "Return"]
            QTest.keyClicks(field, label)
            QTest.keyClick(field, Qt.Key.Key_Return)

    def wait_until_read(self) -> None:
        """Wait until no run is active and the queue is up to date."""
        application = self.application
        self.qtbot.waitUntil(
            lambda: not application.tracking.is_running and application.review.is_settled, timeout=LONGEST
        )

    def is_right(self, track_id: int, frame: int) -> bool:
        """What a person sees."""
        record = record_at(self.track(track_id), frame)
        return record is not None and record.box is not None and record.box.iou(truth(track_id - 1, frame)) >= ENOUGH

    def is_right_all_over(self, doubt: Doubt) -> bool:
        return all(self.is_right(doubt.track_id, frame) for frame in range(doubt.first_frame, doubt.last_frame + 1))


@pytest.mark.slow
def test_five_tracks_of_200_frames_reviewed_certified_and_exported(begin: Begin, home: Path, tmp_path: Path) -> None:
    settings = SettingsStore(Places.below(home).settings)
    settings.set(TARGET_IOU, "0.7")
    settings.set(CERTIFICATE_BOXES, LOOKS)
    day = Day(begin(write_pictures(tmp_path / "pictures"), tracker=PatchTracker()))
    review = day.application.review

    for target in range(len(SIZES)):
        day.draw(truth(target, 0))
    assert sorted(day.project.tracks) == [1, 2, 3, 4, 5]
    day.press(Qt.Key.Key_A, CTRL)
    day.press(Qt.Key.Key_T)
    day.wait_until_read()
    assert not all(day.is_right(track_id, frame) for track_id in day.project.tracks for frame in range(FRAMES))

    day.press(Qt.Key.Key_N)
    while review.doubts:
        doubt = review.at_hand
        assert doubt is not None
        day.wait_for_frame(doubt.frame)
        if day.is_right_all_over(doubt):
            day.press(Qt.Key.Key_Return)
        else:
            day.draw(truth(doubt.track_id - 1, doubt.frame))
            day.wait_until_read()
            day.qtbot.waitUntil(lambda: review.at_hand is not None or not review.doubts)  # it moves on by itself
        assert len(day.keys) <= 2 * MOST_KEYS, "the queue does not become empty"

    certify(day)

    day.press(Qt.Key.Key_E, CTRL)
    (dialog,) = day.window.findChildren(ExportDialog)
    with day.qtbot.waitSignal(day.application.exporting.exported, timeout=LONGEST) as exported:
        day.keys.append("Return")
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    wrong = [
        (track_id, frame)
        for track_id in day.project.tracks
        for frame in range(FRAMES)
        if not day.is_right(track_id, frame)
    ]
    assert wrong == []
    assert exported.args is not None
    assert "100 % of 1,000 boxes overlap their target by 70 % or more" in exported.args[0].notes[0]
    assert f"{LOOKS} looked at" in exported.args[0].notes[0]
    assert day.drags <= MOST_DRAGS
    assert len(day.keys) <= MOST_KEYS, day.keys


def certify(day: Day) -> None:
    """Judge every box that was drawn at random: on each page first the wrong ones, then the rest at once."""
    certificate = day.application.certificate
    day.press(Qt.Key.Key_C, CTRL | SHIFT)
    day.qtbot.waitUntil(lambda: certificate.at_hand is not None)
    while certificate.at_hand is not None:
        wait_for_page(day)
        drawn = day.project.certificate
        assert drawn is not None
        page = certificate.page
        for number, place in enumerate(page):
            box = drawn.drawn[place]
            if box.is_right is None and not day.is_right(box.track_id, box.frame):
                sheet = day.application.review_presenter.view.judging.boxes
                day.clicks += 1
                QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.cell(number).center())
                day.press(Qt.Key.Key_U)
        if certificate.page == page and certificate.at_hand is not None:
            day.press(Qt.Key.Key_Return)


def wait_for_page(day: Day) -> None:
    """Wait until the next boxes to judge have been seen."""
    controller, view = day.application.certificate, day.application.review_presenter.view.judging.boxes

    def are_shown() -> bool:
        shown = [box.place for box in view.boxes if box.picture is not None]
        return shown == list(controller.page) and all(map(controller.is_seen, shown))  # read, and on the screen

    day.qtbot.waitUntil(are_shown, timeout=LONGEST)
