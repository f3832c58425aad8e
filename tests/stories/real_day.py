"""A day's work on the demo clip with the shipped tracker: five targets, right at the target IoU, certified.

    DAY_LOG=1 python -m pytest -s -o faulthandler_timeout=0 tests/stories/real_day.py

A measurement, not one of the tests: it takes minutes and depends on the weights. It prints each stroke and why it was
needed. ``test_a_day.py`` is the same with a tracker that is a few lines long.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.assist.doubt_page import ONE_BY_ONE
from app.demo.clip import demo_truth
from app.model.doubt import Doubt
from app.model.interpolation import record_at
from app.settings.schema import CERTIFICATE_BOXES, TARGET_IOU
from app.settings.store import SettingsStore
from app.store.places import Places
from resources import DEMO_VIDEO
from tests.stories.conftest import Begin
from tests.stories.test_a_day import LONGEST, Day, certify
from tests.support.stories import CTRL, SHIFT, Story
from tracker_core.geometry import Box

NAMES = ("car", "boat", "kite", "look-alike", "ball")
TRUTH = demo_truth()
FRAMES = 150
LIKELY = 0.5
"""Doubts that are weaker are looked at side by side."""


class RealDay(Day):
    def __init__(self, story: Story, enough: float) -> None:
        super().__init__(story)
        self.enough = enough
        self.log: list[str] = []

    def wait_until_read(self) -> None:
        application = self.application
        self.qtbot.waitUntil(
            lambda: not application.tracking.is_running and application.review.is_settled, timeout=10 * LONGEST
        )

    def say(self, what: str) -> None:
        line = f"[{self.drags} drags, {len(self.keys)} keys, {self.clicks} clicks] {what}"
        self.log.append(line)
        if os.environ.get("DAY_LOG"):
            print(line, flush=True)

    def truth_of(self, track_id: int, frame: int) -> Box | None:
        return TRUTH[NAMES[track_id - 1]][frame]

    def is_right(self, track_id: int, frame: int) -> bool:
        record = record_at(self.track(track_id), frame)
        box, truth = None if record is None else record.box, self.truth_of(track_id, frame)
        if truth is None or box is None:
            return truth is None and box is None
        return box.iou(truth) >= self.enough

    def wrong(self) -> list[tuple[int, int]]:
        return [(i, f) for i in self.project.tracks for f in range(FRAMES) if not self.is_right(i, f)]

    def wait_for_frame(self, frame: int) -> None:
        self.qtbot.waitUntil(lambda: self.canvas.frame_index == frame, timeout=LONGEST)

    def step_to(self, frame: int) -> None:
        """Step with A and D; Shift makes it ten frames."""
        here = self.application.session.current_frame
        away = frame - here
        tens = round(away / 10)
        ones = away - 10 * tens
        for _ in range(abs(tens)):
            self.press(Qt.Key.Key_D if tens > 0 else Qt.Key.Key_A, SHIFT)
        for _ in range(abs(ones)):
            self.press(Qt.Key.Key_D if ones > 0 else Qt.Key.Key_A)
        self.wait_for_frame(frame)

    def answer(self, doubt: Doubt) -> None:
        track_id = doubt.track_id
        bad = [f for f in range(doubt.first_frame, doubt.last_frame + 1) if not self.is_right(track_id, f)]
        what = (
            f"{NAMES[track_id - 1]} {doubt.first_frame}-{doubt.last_frame} at {doubt.frame} {doubt.kind.name} "
            f"{doubt.strength:.2f} also {[k.name for k in doubt.also]}; wrong {bad[:1]}..{bad[-1:]} ({len(bad)})"
        )
        if doubt.found is not None:
            truth = self.truth_of(track_id, doubt.frame)
            yes = truth is not None and doubt.found.iou(truth) >= self.enough
            self.press(Qt.Key.Key_Return if yes else Qt.Key.Key_X)
            self.say(f"{'Enter' if yes else 'X'} (seen again): {what}")
            return
        if not bad:
            self.press(Qt.Key.Key_Return)
            self.say(f"Enter: {what}")
            return
        here = self.application.session.current_frame
        frame = here if here in bad else doubt.frame if doubt.frame in bad else bad[0]
        truth = self.truth_of(track_id, frame)
        if truth is None:
            while frame - 1 in bad and self.truth_of(track_id, frame - 1) is None:
                frame -= 1  # where it left
        if frame != self.application.session.current_frame:
            self.find(doubt, frame)
        if truth is None:
            self.press(Qt.Key.Key_X)
            self.say(f"X at {frame}: {what}")
            back = next((f for f in range(frame, FRAMES) if self.truth_of(track_id, f) is not None), None)
            ahead = self.track(track_id).keyframe_after(frame)
            found = (d for d in self.application.review.doubts if d.found is not None and d.track_id == track_id)
            asks = any(frame < d.frame and (ahead is None or d.frame < ahead) for d in found)
            if back is not None and (ahead is None or back < ahead) and not asks:
                self.application.session.select(track_id)
                self.step_to(back)
                self.correct(track_id, back)
                self.say(f"  comes back at {back}")
            return
        self.correct(track_id, frame)
        self.say(f"draw at {frame}: {what}")

    def find(self, doubt: Doubt, frame: int) -> None:
        """Go to a frame of the doubt: with a few steps, or by a click on the page of doubts."""
        away = abs(frame - self.application.session.current_frame)
        tens = round(away / 10)
        if tens + abs(away - 10 * tens) > 2:
            self.press(Qt.Key.Key_Z)
            if any(paged.doubt == doubt for paged in self.application.doubt_page.page):
                self.click_on(doubt, frame)
                return
            self.press(Qt.Key.Key_Z)
        self.step_to(frame)

    def click_on(self, doubt: Doubt, frame: int) -> None:
        """Move the mouse over the doubt to this frame, and click."""
        page, sheet = self.application.doubt_page, self.application.review_presenter.view.many.sheet
        self.wait_for_page()
        number = next(number for number, paged in enumerate(page.page) if paged.doubt == doubt)
        cell, boxes = sheet.cell(number), page.page[number].boxes
        place = next(place for place, (of, _) in enumerate(boxes) if of == frame)
        x = cell.left() + round((place + 0.5) / len(boxes) * cell.width())
        self.clicks += 1
        QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(x, cell.top() + 10))
        self.qtbot.waitUntil(lambda: self.application.session.current_frame == frame)
        self.wait_for_frame(frame)

    def wait_for_page(self) -> None:
        """Wait until every box on the page has been seen."""
        page, sheet = self.application.doubt_page, self.application.review_presenter.view.many.sheet

        def is_seen() -> bool:
            is_shown = [clip.paged for clip in sheet.clips] == list(page.page)
            return is_shown and all(map(page.is_seen, page.page))

        self.qtbot.waitUntil(is_seen, timeout=LONGEST)

    def look_at_many(self) -> None:
        """Answer the doubts side by side, until the page closes."""
        page, review = self.application.doubt_page, self.application.review
        while page.is_shown:
            self.wait_for_page()
            wrong = [
                (paged.doubt, frame)
                for paged in page.page
                for frame, _ in paged.boxes
                if not self.is_right(paged.doubt.track_id, frame)
            ]
            if not wrong:
                self.press(Qt.Key.Key_Return)
                self.say(f"Enter: {len(page.page)} doubts at once")
                self.wait_until_read()
                self.qtbot.wait(200)
                continue
            doubt, frame = wrong[0]
            self.click_on(doubt, frame)
            self.answer(doubt)
            self.wait_until_read()
            self.qtbot.waitUntil(lambda: page.is_shown or not review.doubts, timeout=LONGEST)

    def correct(self, track_id: int, frame: int) -> None:
        truth = self.truth_of(track_id, frame)
        assert truth is not None
        record = record_at(self.track(track_id), frame)
        if record is not None and record.box is not None and not self.canvas.redraws:
            self.press(Qt.Key.Key_C)
        self.draw(truth)
        self.wait_until_read()


@pytest.mark.parametrize("enough", [0.5, 0.7])
def test_five_targets_of_the_demo_clip(enough: float, begin: Begin, home: Path) -> None:
    settings = SettingsStore(Places.below(home).settings)
    settings.set(TARGET_IOU, str(enough))
    settings.set(CERTIFICATE_BOXES, 60)
    day = RealDay(begin(DEMO_VIDEO, shipped=True), enough)
    review = day.application.review
    for track_id, name in enumerate(NAMES, 1):
        truth = day.truth_of(track_id, 0)
        assert truth is not None
        day.draw(truth, label=name)
    day.press(Qt.Key.Key_A, CTRL)
    day.press(Qt.Key.Key_T)
    day.wait_until_read()
    day.say(f"tracked; {len(day.wrong())} wrong; {len(review.doubts)} doubts")
    day.say(f"at {day.application.session.current_frame}")
    while True:
        if review.doubts:
            day.press(Qt.Key.Key_N)
        while review.doubts and len(day.keys) < 200:
            if day.application.doubt_page.is_shown:
                day.press(Qt.Key.Key_N)
            doubt = review.at_hand
            if doubt is None:
                day.press(Qt.Key.Key_N)
                day.say("N: nothing at hand")
                doubt = review.at_hand
                assert doubt is not None
            day.wait_for_frame(day.application.session.current_frame)
            if doubt.strength < LIKELY and not {doubt.kind, *doubt.also} & ONE_BY_ONE:
                day.press(Qt.Key.Key_Z)
                day.look_at_many()
                continue
            day.answer(doubt)
            day.wait_until_read()
            day.qtbot.wait(200)
        day.say(f"queue empty; wrong: {len(day.wrong())} {day.wrong()[:60]}")
        assert len(day.keys) < 200, "\n".join(day.log)
        certify(day)
        day.say("certified")
        day.qtbot.wait(300)
        if not review.doubts:
            break
    day.say(f"end; wrong: {len(day.wrong())}")
