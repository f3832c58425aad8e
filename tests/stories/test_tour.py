"""The tour: a newcomer does the whole job once on the demo clip, told step by step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.controllers.tour import TourStep
from app.demo.clip import demo_truth
from app.exchange.annotations import ExportOptions
from app.settings.schema import TOUR_DONE
from app.views.tour.bubble import Bubble
from app.views.tour.places import Side
from resources import DEMO_VIDEO
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, LONGEST_OPENING, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box


def bubble(story: Story) -> Bubble:
    return story.application.tour_presenter.bubble


def at(story: Story, step: TourStep) -> None:
    """Wait until this step is shown, beside its control and within the window."""
    story.qtbot.waitUntil(lambda: story.application.tour.step is step, timeout=LONGEST_OPENING)
    shown = bubble(story)
    story.qtbot.waitUntil(shown.isVisible)
    assert story.window.rect().contains(shown.geometry())


def place_of(story: Story, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(story.window, QPoint(0, 0)), widget.size())


def car() -> Box:
    box = demo_truth()["car"][0]
    assert box is not None
    return box


def test_it_leads_through_the_whole_job(begin: Begin, tmp_path: Path) -> None:
    story = begin(tracker=ScriptedTracker([car()], [0.9] * 60 + [0.1] * 6 + [0.9] * 83))
    at(story, TourStep.OFFER)
    QTest.mouseClick(bubble(story).on_button, Qt.MouseButton.LeftButton)
    story.qtbot.waitUntil(lambda: story.canvas.frame_index == 0, timeout=LONGEST_OPENING)
    assert story.project.video.path == DEMO_VIDEO

    at(story, TourStep.DRAW)
    assert story.canvas.hasFocus()  # the keys still go to the picture
    box = car()
    story.drag((box.x, box.y), (box.right, box.bottom))

    at(story, TourStep.NAME)
    field = story.application.canvas_presenter.label_field
    assert not bubble(story).geometry().intersects(place_of(story, field))
    QTest.keyClicks(field, "car")
    QTest.keyClick(field, Qt.Key.Key_Return)

    at(story, TourStep.TRACK)
    button = story.application.toolbar.widgetForAction(story.application.actions.by_id["track_forward"])
    assert bubble(story).side is Side.BELOW
    assert abs(bubble(story).geometry().top() - place_of(story, button).bottom()) < 4
    assert "Press T:" in bubble(story).text.text()
    seen: list[TourStep | None] = []
    story.application.tour.changed.connect(lambda: seen.append(story.application.tour.step))
    story.track_with()
    assert TourStep.WATCH in seen

    at(story, TourStep.SCORE)
    assert not bubble(story).geometry().intersects(place_of(story, story.application.tracks_panel))
    story.go_to(30)

    at(story, TourStep.CORRECT)
    story.drag((box.cx, box.cy), (box.cx + 12, box.cy))
    story.qtbot.waitUntil(lambda: not story.application.tracking.is_running, timeout=LONGEST_OPENING)

    at(story, TourStep.FIND)
    assert not bubble(story).geometry().intersects(place_of(story, story.application.review_presenter.view))
    review = story.application.review
    story.qtbot.waitUntil(lambda: review.is_settled and bool(review.doubts), timeout=LONGEST_OPENING)
    story.press(Qt.Key.Key_N)
    at(story, TourStep.ANSWER)
    story.press(Qt.Key.Key_Return)

    at(story, TourStep.EXPORT)
    exporting = story.application.exporting
    with story.qtbot.waitSignal(exporting.exported):
        exporting.export("mot", tmp_path / "car.txt", ExportOptions())
    at(story, TourStep.END)
    QTest.mouseClick(bubble(story).on_button, Qt.MouseButton.LeftButton)
    assert not bubble(story).isVisible()

    story.window.close()
    again = begin()
    assert again.application.tour.step is None  # once is enough


def test_whoever_does_not_want_it_is_asked_once(begin: Begin) -> None:
    story = begin()
    at(story, TourStep.OFFER)
    QTest.mouseClick(bubble(story).end_button, Qt.MouseButton.LeftButton)
    assert not bubble(story).isVisible()
    story.window.close()
    again = begin()
    assert again.application.tour.step is None
    again.application.actions.by_id["tour"].trigger()  # from the Help menu at any time
    at(again, TourStep.DRAW)


def test_it_goes_by_the_keyboard_alone(begin: Begin) -> None:
    story = begin()
    at(story, TourStep.OFFER)
    story.press(Qt.Key.Key_F8)
    at(story, TourStep.DRAW)
    story.press(Qt.Key.Key_F8)
    at(story, TourStep.NAME)
    bubble(story).on_button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bubble(story).on_button, Qt.Key.Key_Return)
    at(story, TourStep.TRACK)
    story.press(Qt.Key.Key_F8, SHIFT)
    assert story.application.tour.step is None
    assert story.application.settings.get(TOUR_DONE)
    assert story.canvas.hasFocus()


def test_the_offer_goes_when_a_video_is_opened_and_comes_back_at_the_next_start(begin: Begin, clip: Path) -> None:
    story = begin()
    at(story, TourStep.OFFER)
    story.open(clip)
    assert not bubble(story).isVisible()
    story.window.close()
    at(begin(), TourStep.OFFER)


def test_it_ends_when_another_video_is_opened(begin: Begin, clip: Path) -> None:
    story = begin()
    story.press(Qt.Key.Key_F8)
    at(story, TourStep.DRAW)
    story.wait_for_frame(0)
    story.application.project.open(clip)
    story.qtbot.waitUntil(lambda: story.application.tour.step is None, timeout=LONGEST_OPENING)
    assert not bubble(story).isVisible()


def test_it_does_not_begin_on_a_video_that_is_opened_before_the_demo_clip_is(begin: Begin, clip: Path) -> None:
    story = begin()
    story.application.tour.begin()
    story.open(clip)  # at once
    assert story.project.video.path == clip
    assert story.application.tour.step is None


def draw_the_car(story: Story) -> None:
    """Begin the tour, and do its first step."""
    story.application.tour.begin()
    at(story, TourStep.DRAW)
    story.wait_for_frame(0)
    box = car()
    story.drag((box.x, box.y), (box.right, box.bottom))
    at(story, TourStep.NAME)


def test_undoing_the_first_box_leads_back_to_drawing_it(begin: Begin) -> None:
    story = begin()
    draw_the_car(story)
    story.press(Qt.Key.Key_Z, CTRL)
    at(story, TourStep.DRAW)
    assert not story.project.tracks


def test_undoing_the_run_leads_back_to_tracking_and_once_more_to_drawing(begin: Begin) -> None:
    story = begin(tracker=ScriptedTracker([car()], [0.9] * 149))
    draw_the_car(story)
    story.press(Qt.Key.Key_T)
    at(story, TourStep.SCORE)
    story.press(Qt.Key.Key_Z, CTRL)
    at(story, TourStep.TRACK)
    story.press(Qt.Key.Key_Z, CTRL)
    at(story, TourStep.DRAW)


def test_keys_of_a_persons_own_stand_in_it(begin: Begin) -> None:
    story = begin()
    story.application.actions.give_key("track_forward", "Ctrl+J")
    story.application.tour.begin()
    at(story, TourStep.DRAW)
    story.application.tour.go_on()
    story.application.tour.go_on()
    at(story, TourStep.TRACK)
    assert "Press Ctrl+J:" in bubble(story).text.text()


def test_the_bubble_stays_where_its_control_goes(begin: Begin) -> None:
    story = begin()
    story.application.tour.begin()
    at(story, TourStep.DRAW)
    for width, height in ((900, 560), (1400, 800)):
        story.window.resize(width, height)
        story.qtbot.waitUntil(
            lambda: (
                place_of(story, story.canvas).contains(bubble(story).geometry())
                and abs(place_of(story, story.canvas).right() - bubble(story).geometry().right()) < 12
            )
        )


def test_a_control_that_is_closed_leaves_its_step_readable(begin: Begin) -> None:
    story = begin()
    for panel in ("Timeline", "Review"):
        story.window.show_panel(panel, False)
    story.application.tour.begin()
    at(story, TourStep.DRAW)
    while story.application.tour.step is not TourStep.END:
        story.application.tour.go_on()
        assert story.application.tour.step is not None
        at(story, story.application.tour.step)
