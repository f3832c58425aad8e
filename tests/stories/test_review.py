"""From doubt to doubt with the keyboard, until nothing is doubtful."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.assist.doubt_pace import DoubtPace
from app.assist.review_queue import Order
from app.model.box_record import keyframe
from app.model.doubt import DoubtKind
from app.model.interpolation import record_at
from tests.stories.conftest import Begin
from tests.support.stories import SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

START = Box(40, 10, 40, 40)
SURE, UNSURE = 0.99, 0.1


def scores(*, unsure: tuple[range, ...]) -> list[float]:
    """Of frames 1 to 59."""
    return [UNSURE if any(frame in span for span in unsure) else SURE for frame in range(1, 60)]


def tracked(begin: Begin, clip: Path, *unsure: range) -> Story:
    """One track from a box in frame 0, unsure in some frames."""
    story = begin(clip, tracker=ScriptedTracker([START], scores(unsure=unsure)))
    story.draw(START)
    story.track_with()
    story.qtbot.waitUntil(lambda: len(story.application.review.doubts) == len(unsure))
    return story


def test_a_track_that_the_tracker_is_sure_of_has_nothing_to_review(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip)
    panel = story.application.review_presenter.view
    story.qtbot.waitUntil(lambda: panel.headline.text() == "Nothing is doubtful")
    assert panel.detail.text() == "1 box vouched for by a person, 59 boxes taken on the tracker's word"


def test_enter_lets_a_span_stand_and_goes_on_until_nothing_is_doubtful(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    review = story.application.review
    review.set_order(Order.TIME)
    story.go_to(0)
    story.press(Qt.Key.Key_N)
    story.qtbot.waitUntil(lambda: story.canvas.frame_index in range(10, 16))
    story.press(Qt.Key.Key_Return)
    story.qtbot.waitUntil(lambda: story.canvas.frame_index in range(30, 34))
    assert all(story.track(1).get(frame).reviewed for frame in range(10, 16))  # type: ignore[union-attr]  # tracked
    said = story.application.status.message.text()
    assert said == "6 boxes of target #1 marked as right, frames 10 to 15."  # only one of them was on show
    story.press(Qt.Key.Key_Return)
    story.qtbot.waitUntil(lambda: not review.doubts)
    assert review.progress.share_done == 1

    story.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    story.qtbot.waitUntil(lambda: len(review.doubts) == 1)  # an answer is one step of undo


def test_n_and_shift_n_go_round(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    story.application.review.set_order(Order.TIME)
    story.go_to(0)
    places = []
    for modifiers in (None, None, None, SHIFT):
        story.press(Qt.Key.Key_N, *([modifiers] if modifiers is not None else []))
        frame = story.application.session.current_frame
        story.wait_for_frame(frame)
        places.append(frame in range(10, 16))
    assert places == [True, False, True, False]


def test_x_says_absent_and_goes_on(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    story.application.review.set_order(Order.TIME)
    story.go_to(0)
    story.press(Qt.Key.Key_N)
    here = story.application.session.current_frame
    story.press(Qt.Key.Key_X)
    record = record_at(story.track(1), here)
    assert record is not None
    assert record.absent
    assert story.application.session.current_frame != here or not story.application.review.doubts


def test_x_asks_about_the_sure_boxes_that_it_removes(begin: Begin, clip: Path) -> None:
    """Otherwise right boxes would disappear without notice."""
    story = tracked(begin, clip, range(10, 16))
    right = story.track(1).get(16)
    assert right is not None
    story.go_to(0)
    story.press(Qt.Key.Key_N)
    here = story.application.session.current_frame
    story.press(Qt.Key.Key_X)
    assert story.track(1).last_frame == here
    story.wait_for_frame(16)
    asked = story.application.review.at_hand
    assert asked is not None
    assert (asked.kind, asked.frame, asked.found) == (DoubtKind.FOUND_AGAIN, 16, right.box)
    with story.qtbot.waitSignal(story.application.tracking.run_finished, timeout=20_000):
        story.press(Qt.Key.Key_Return)
    assert story.track(1).last_frame == 59
    between = record_at(story.track(1), 15)
    assert between is not None
    assert between.absent


def test_taking_the_absence_back_takes_the_question_back(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16))
    before = dict(story.track(1).items())
    story.go_to(0)
    story.press(Qt.Key.Key_N)
    story.press(Qt.Key.Key_X)
    story.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dict(story.track(1).items()) == before
    assert not any(doubt.kind is DoubtKind.FOUND_AGAIN for doubt in story.application.review.doubts)


def test_what_was_looked_through_stays_when_a_box_behind_it_is_corrected(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip)
    story.go_to(19)
    story.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert all(story.track(1).get(frame).reviewed for frame in range(1, 20))  # type: ignore[union-attr]  # tracked
    assert not story.track(1).get(20).reviewed  # type: ignore[union-attr]  # tracked
    before = [story.track(1).get(frame) for frame in range(20)]
    story.go_to(20)
    story.press(Qt.Key.Key_C)
    story.draw(Box(50, 15, 30, 30))
    story.qtbot.waitUntil(lambda: not story.application.tracking.is_running)
    assert [story.track(1).get(frame) for frame in range(20)] == before


def test_c_replaces_a_box_by_drawing_over_it(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16))
    story.press(Qt.Key.Key_N)
    frame = story.application.session.current_frame
    story.wait_for_frame(frame)
    story.press(Qt.Key.Key_C)
    drawn = Box(50, 15, 30, 30)
    story.draw(drawn)
    assert list(story.project.tracks) == [1]  # no second track arose
    record = story.track(1).get(frame)
    assert record is not None
    assert record.is_keyframe
    assert record.box is not None
    assert record.box.iou(drawn) > 0.9
    assert not story.canvas.is_drawing


def test_a_correction_that_was_given_up_corrects_nothing(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16))
    story.press(Qt.Key.Key_N)
    story.press(Qt.Key.Key_C)
    story.press(Qt.Key.Key_Escape)
    assert not story.application.editing.is_correcting


def test_a_click_on_a_doubt_goes_there(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    view = story.application.review_presenter.view.list
    story.qtbot.waitUntil(lambda: view.rows.rowCount() == 2)
    index = view.rows.index(1)
    doubt = view.rows.doubt(1)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    story.wait_for_frame(doubt.frame)
    assert story.application.session.active_track_id == doubt.track_id


def test_enter_in_the_frame_field_is_the_fields(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16))
    story.go_to(12)
    field = story.application.transport_presenter.view.frame_field
    field.setFocus()
    field.lineEdit().selectAll()
    QTest.keyClicks(field, "20")
    QTest.keyClick(field, Qt.Key.Key_Return)
    story.wait_for_frame(20)
    assert not any(record.reviewed for _, record in story.track(1).items() if not record.is_keyframe)


def test_without_a_track_there_is_nothing_to_review(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    actions = story.application.actions.by_id
    assert not actions["next_doubt"].isEnabled()
    assert not actions["accept_doubt"].isEnabled()
    assert story.application.review_presenter.view.headline.text() == "Nothing to review"


def test_playing_by_doubt_stops_at_each_doubt(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    doubts = sorted(doubt.frame for doubt in story.application.review.doubts)
    story.go_to(0)
    for frame in doubts:
        with story.qtbot.waitSignal(story.application.playback.playing_changed):
            story.press(Qt.Key.Key_Space, SHIFT)
        story.qtbot.waitUntil(lambda: not story.application.playback.is_playing)
        assert story.application.session.current_frame == frame
    with story.qtbot.waitSignal(story.application.playback.playing_changed):
        story.press(Qt.Key.Key_Space, SHIFT)
    story.press(Qt.Key.Key_Space, SHIFT)  # once more: pause
    assert not story.application.playback.is_playing


def test_sure_frames_go_by_eight_times_as_fast_as_doubtful_ones() -> None:
    pace = DoubtPace([], lambda frame: 1.0 if frame == 5 else 0.0)
    assert pace.speed_at(0) == 8 * pace.speed_at(5)
    assert DoubtPace([], lambda frame: 0.25).speed_at(0) < pace.speed_at(0)


def test_every_doubt_gets_its_picture(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    rows = story.application.review_presenter.view.list.rows
    story.qtbot.waitUntil(lambda: rows.rowCount() == 2 and not rows.without_picture(2), timeout=15_000)


def test_what_a_run_has_still_to_make_is_no_gap_until_it_ends_without_it(begin: Begin, clip: Path) -> None:
    tracker = ScriptedTracker([START], [SURE], block_at=20)
    story = begin(clip, tracker=tracker)
    story.draw(START)
    review = story.application.review
    story.press(Qt.Key.Key_T)
    story.qtbot.waitUntil(tracker.reached.is_set)
    story.qtbot.waitUntil(lambda: not review.doubts)
    assert not review.is_settled
    with story.qtbot.waitSignal(story.application.tracking.run_finished):
        story.press(Qt.Key.Key_Escape)
        tracker.gate.set()
    story.qtbot.waitUntil(lambda: [doubt.kind for doubt in review.doubts] == [DoubtKind.GAP])


def test_the_queue_moves_on_by_itself_once_a_box_has_been_corrected(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    review = story.application.review
    review.set_order(Order.TIME)
    story.go_to(0)
    story.press(Qt.Key.Key_N)
    frame = story.application.session.current_frame
    story.wait_for_frame(frame)
    story.press(Qt.Key.Key_C)
    story.draw(Box(50, 15, 30, 30))
    story.qtbot.waitUntil(lambda: story.application.session.current_frame != frame, timeout=20_000)
    assert review.at_hand is not None


def test_who_goes_elsewhere_stays_there(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    story.press(Qt.Key.Key_N)
    story.press(Qt.Key.Key_C)
    story.draw(Box(50, 15, 30, 30))
    story.go_to(55)
    story.qtbot.waitUntil(
        lambda: not story.application.tracking.is_running and story.application.review.is_settled, timeout=20_000
    )
    assert story.application.session.current_frame == 55


def test_a_box_drawn_at_a_doubt_answers_it_without_a_key(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    story.application.review.set_order(Order.TIME)
    story.go_to(0)
    story.press(Qt.Key.Key_N)
    frame = story.application.session.current_frame
    story.wait_for_frame(frame)
    drawn = Box(50, 15, 25, 30)  # it begins inside the doubted box
    story.draw(drawn)
    assert list(story.project.tracks) == [1]
    assert story.track(1).get(frame) == keyframe(drawn)
    story.qtbot.waitUntil(lambda: story.application.session.current_frame != frame, timeout=20_000)
    assert story.application.review.at_hand is not None


def test_after_esc_a_box_drawn_at_a_doubt_is_a_new_track(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16))
    story.press(Qt.Key.Key_N)
    story.wait_for_frame(story.application.session.current_frame)
    assert story.canvas.redraws
    story.press(Qt.Key.Key_Escape)
    story.qtbot.waitUntil(lambda: not story.canvas.redraws)
    story.draw(Box(5, 60, 20, 15))
    assert list(story.project.tracks) == [1, 2]


def test_where_no_doubt_was_gone_to_a_drag_is_no_answer(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16))
    story.go_to(12)
    story.draw(Box(5, 60, 20, 15))
    assert list(story.project.tracks) == [1, 2]


def test_at_a_doubt_a_corner_resizes_and_a_box_begun_there_is_drawn(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    story.press(Qt.Key.Key_N)
    frame = story.application.session.current_frame
    story.wait_for_frame(frame)
    record = record_at(story.track(1), frame)
    assert record is not None
    box = record.box
    assert box is not None
    story.drag((box.x, box.y), (box.x + 6, box.y + 4))
    assert story.track(1).get(frame) == keyframe(Box(box.x + 6, box.y + 4, box.width - 6, box.height - 4))
    story.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    story.press(Qt.Key.Key_N)
    frame = story.application.session.current_frame
    story.wait_for_frame(frame)
    record = record_at(story.track(1), frame)
    assert record is not None
    box = record.box
    assert box is not None
    story.drag((box.x, box.y), (box.right - 4, box.bottom - 3))
    assert story.track(1).get(frame) == keyframe(Box(box.x, box.y, box.width - 4, box.height - 3))


def test_the_queue_moves_on_where_a_drawn_box_needs_no_run(begin: Begin, clip: Path) -> None:
    """The only doubtful frame lies between two keyframes."""
    story = tracked(begin, clip, range(10, 16), range(30, 34))
    for frame in (11, 13):
        story.go_to(frame)
        story.press(Qt.Key.Key_C)
        story.draw(Box(60, 30, 20, 20))
        story.qtbot.waitUntil(lambda: not story.application.tracking.is_running)
    review = story.application.review
    story.qtbot.waitUntil(lambda: review.is_settled)
    review.go_to(next(doubt for doubt in review.doubts if doubt.first_frame <= 12 <= doubt.last_frame))
    story.wait_for_frame(12)
    story.draw(START)
    story.qtbot.waitUntil(lambda: story.application.session.current_frame != 12)


def test_enter_does_not_call_a_target_absent_that_was_only_just_drawn(begin: Begin, clip: Path) -> None:
    story = begin(clip)
    story.draw(START)
    story.press(Qt.Key.Key_Escape)
    review = story.application.review
    story.qtbot.waitUntil(lambda: [doubt.kind for doubt in review.doubts] == [DoubtKind.GAP])
    story.press(Qt.Key.Key_N)
    frame = story.application.session.current_frame
    story.press(Qt.Key.Key_Return)
    assert [place for place, _ in story.track(1).items()] == [0]
    said = story.application.status.message.text()
    assert said == "target #1 has one box so far. T tracks it; X calls it absent here."
    story.press(Qt.Key.Key_X)
    assert story.track(1).get(frame) == keyframe(None)


def test_enter_at_a_gap_after_tracked_boxes_says_that_the_target_is_absent(begin: Begin, clip: Path) -> None:
    story = tracked(begin, clip)
    story.application.session.set_span((30, 59))
    story.application.spans.delete()
    story.press(Qt.Key.Key_Escape)  # the span is not chosen any more
    review = story.application.review
    story.qtbot.waitUntil(lambda: [doubt.kind for doubt in review.doubts] == [DoubtKind.GAP])
    story.press(Qt.Key.Key_N)
    story.press(Qt.Key.Key_Return)
    assert story.track(1).get(30) == keyframe(None)
    assert story.application.status.message.text() == "target #1 is absent from frame 30 on. Nothing is doubtful."
