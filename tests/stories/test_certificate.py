"""A certificate with the keyboard alone: boxes are drawn, judged, left, gone on with, and told in every export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.document.commands import PutCertificate
from app.exchange.export import export
from app.model.certificate import Certificate
from app.model.doubt import DoubtKind
from app.settings.schema import CERTIFICATE_BOXES
from app.settings.store import SettingsStore
from app.store.places import Places
from app.views.review.certificate_view import CertificateLine
from tests.stories.conftest import Begin
from tests.support.stories import CTRL, SHIFT, Story
from tests.support.trackers import ScriptedTracker
from tracker_core.geometry import Box

START = Box(40, 10, 40, 40)
BOXES = 15


def tracked(begin: Begin, clip: Path, home: Path) -> Story:
    """One track of 60 sure boxes; a certificate rests on 15 of them."""
    SettingsStore(Places.below(home).settings).set(CERTIFICATE_BOXES, BOXES)
    story = begin(clip, tracker=ScriptedTracker([START], [0.99]))
    story.draw(START)
    story.track_with()
    return story


def certificate_of(story: Story) -> Certificate:
    certificate = story.project.certificate
    assert certificate is not None
    return certificate


def line_of(story: Story) -> CertificateLine:
    return story.application.review_presenter.view.certificate_line


def certify(story: Story) -> None:
    """Press Ctrl+Shift+C, and wait until the box can be judged."""
    story.press(Qt.Key.Key_C, CTRL | SHIFT)
    wait_for_pictures(story)


def wait_for_pictures(story: Story) -> None:
    """Wait for the pictures of the shown boxes."""
    controller, view = story.application.certificate, story.application.review_presenter.view.judging
    story.qtbot.waitUntil(lambda: controller.is_judging)

    def are_shown() -> bool:
        shown = [box.place for box in view.boxes.boxes if box.picture is not None]
        return shown == list(controller.page) and all(map(controller.is_seen, shown))

    story.qtbot.waitUntil(are_shown, timeout=30_000)


def test_right_and_wrong_with_a_key_each_until_it_is_told(begin: Begin, clip: Path, home: Path, tmp_path: Path) -> None:
    story = tracked(begin, clip, home)
    panel, review = story.application.review_presenter.view, story.application.review
    assert line_of(story).label.text() == "No certificate"
    certify(story)
    assert len(certificate_of(story).drawn) == BOXES
    first = certificate_of(story).drawn[0]
    story.wait_for_frame(first.frame)  # the frame stands behind the picture
    assert panel.judging.headline.text() == f"Certificate: 0 of {BOXES} looked at"
    assert panel.judging.detail.text() == "Does the box overlap its target by half or more?"

    story.press(Qt.Key.Key_Y)
    assert certificate_of(story).drawn[0].is_right is True
    story.wait_for_frame(certificate_of(story).drawn[1].frame)
    story.press(Qt.Key.Key_U)
    wrong = certificate_of(story).drawn[1]
    assert wrong.is_right is False
    story.qtbot.waitUntil(
        lambda: [(d.track_id, d.frame, d.kind) for d in review.doubts] == [(1, wrong.frame, DoubtKind.SAID_WRONG)]
    )
    while (left := BOXES - certificate_of(story).judged_count) > 0:
        wait_for_pictures(story)
        story.press(Qt.Key.Key_Y, SHIFT)
        assert certificate_of(story).judged_count > BOXES - left
    assert certificate_of(story).is_complete
    share = certificate_of(story).share
    assert share.share == pytest.approx(1 - 1 / (BOXES - 1) * 59 / 60)
    story.qtbot.waitUntil(lambda: panel.judging.headline.text() == "93 % of the boxes are right")
    assert "1 box said to be wrong" in panel.judging.note.text()
    (note,) = export(story.project, "mot", tmp_path / "tracks.txt").notes[:1]
    assert "93 % of 60 boxes overlap their target by half or more" in note

    story.press(Qt.Key.Key_N)  # back among the doubts
    story.wait_for_frame(wrong.frame)
    assert not story.application.certificate.is_judging
    story.qtbot.waitUntil(lambda: line_of(story).label.text().startswith("Certified: 93 % right ("))


def test_a_click_on_the_wrong_one_and_enter_for_the_rest(begin: Begin, clip: Path, home: Path) -> None:
    story = tracked(begin, clip, home)
    certify(story)
    controller, sheet = story.application.certificate, story.application.review_presenter.view.judging.boxes
    page = controller.page
    assert len(page) > 6  # as many as there is room for
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.cell(4).center())
    story.wait_for_frame(certificate_of(story).drawn[4].frame)
    assert controller.at_hand == 4
    story.press(Qt.Key.Key_U)
    assert controller.at_hand == 0
    story.press(Qt.Key.Key_Return)
    assert [certificate_of(story).drawn[place].is_right for place in page] == [place != 4 for place in page]
    assert not any(record.reviewed for _, record in story.track(1).items() if not record.is_keyframe)


def test_an_answer_is_one_step_of_undo(begin: Begin, clip: Path, home: Path) -> None:
    story = tracked(begin, clip, home)
    certify(story)
    story.press(Qt.Key.Key_U)
    assert certificate_of(story).judged_count == 1
    story.press(Qt.Key.Key_Z, CTRL)
    assert certificate_of(story).judged_count == 0
    assert story.application.certificate.at_hand == 0
    story.press(Qt.Key.Key_Y)
    assert certificate_of(story).drawn[0].is_right is True
    for _ in range(2):
        story.press(Qt.Key.Key_Z, CTRL)
    assert story.project.certificate is None
    assert not story.application.certificate.is_judging


def test_it_is_left_and_gone_on_with_another_day(begin: Begin, clip: Path, home: Path) -> None:
    story = tracked(begin, clip, home)
    certify(story)
    story.press(Qt.Key.Key_Y)
    story.press(Qt.Key.Key_Escape)
    assert not story.application.certificate.is_judging
    before = certificate_of(story)
    story.application.actions.by_id["close_project"].trigger()
    assert not line_of(story).isVisible()
    story.open(clip)
    story.qtbot.waitUntil(lambda: line_of(story).label.text() == f"Certificate: 1 of {BOXES} looked at")
    assert line_of(story).button.text() == "Go on"
    certify(story)
    assert certificate_of(story) == before
    assert story.application.certificate.at_hand == 1


def test_it_is_out_of_date_once_a_box_changes_and_is_not_when_that_is_undone(
    begin: Begin, clip: Path, home: Path
) -> None:
    story = tracked(begin, clip, home)
    certify(story)
    while not certificate_of(story).is_complete:
        wait_for_pictures(story)
        story.press(Qt.Key.Key_Y, SHIFT)
    story.press(Qt.Key.Key_Escape)
    line = line_of(story)
    story.qtbot.waitUntil(lambda: line.label.text().startswith("Certified: 100 % right ("))
    story.press(Qt.Key.Key_Delete)
    story.qtbot.waitUntil(lambda: line.label.text().startswith("Certificate out of date: 1 box changed"))
    story.press(Qt.Key.Key_Z, CTRL)
    story.qtbot.waitUntil(lambda: line.label.text().startswith("Certified: 100 % right ("))
    story.press(Qt.Key.Key_Delete)
    story.qtbot.waitUntil(lambda: line.label.text().startswith("Certificate out of date"))
    before = certificate_of(story)
    certify(story)  # draws anew
    assert certificate_of(story) is not before
    assert certificate_of(story).judged_count == 0
    assert certificate_of(story).box_count == 59


def test_nothing_is_answered_before_it_has_been_seen_nor_when_nothing_is_asked(
    begin: Begin, clip: Path, home: Path
) -> None:
    story = tracked(begin, clip, home)
    actions = story.application.actions.by_id
    assert not actions["certificate_right"].isEnabled()
    assert not actions["certificate_right"].autoRepeat()
    story.press(Qt.Key.Key_C, CTRL | SHIFT)
    controller = story.application.certificate
    story.qtbot.waitUntil(lambda: controller.is_judging)
    controller._seen.clear()
    story.press(Qt.Key.Key_Y)
    assert certificate_of(story).judged_count == 0
    assert "One moment" in story.application.status.message.text()


def test_enter_takes_wrong_back(begin: Begin, clip: Path, home: Path) -> None:
    story = tracked(begin, clip, home)
    certify(story)
    story.press(Qt.Key.Key_U)
    review = story.application.review
    story.qtbot.waitUntil(lambda: len(review.doubts) == 1)
    story.press(Qt.Key.Key_N)
    story.press(Qt.Key.Key_Return)
    story.qtbot.waitUntil(lambda: not review.doubts)
    assert certificate_of(story).drawn[0].is_right is True
    story.press(Qt.Key.Key_Z, CTRL)
    story.qtbot.waitUntil(lambda: len(review.doubts) == 1)  # one step


def test_the_boxes_come_to_the_front_from_behind_another_tab(begin: Begin, clip: Path, home: Path) -> None:
    story = tracked(begin, clip, home)
    story.window.docks["Contact sheet"].raise_()
    view = story.application.review_presenter.view.judging
    assert view.visibleRegion().isEmpty()
    certify(story)
    story.qtbot.waitUntil(lambda: not view.visibleRegion().isEmpty())


def test_a_click_shows_a_box_in_its_frame(begin: Begin, clip: Path, home: Path) -> None:
    story = tracked(begin, clip, home)
    certify(story)
    boxes = story.application.review_presenter.view.judging.boxes
    QTest.mouseClick(boxes, Qt.MouseButton.LeftButton, pos=boxes.cell(3).center())
    story.wait_for_frame(certificate_of(story).drawn[3].frame)


def test_enter_beside_a_box_said_to_be_wrong_leaves_what_was_said_of_it(begin: Begin, clip: Path, home: Path) -> None:
    SettingsStore(Places.below(home).settings).set(CERTIFICATE_BOXES, BOXES)
    story = begin(clip, tracker=ScriptedTracker([START], [0.6]))
    story.draw(START)
    story.track_with()
    review = story.application.review
    certify(story)
    story.press(Qt.Key.Key_Escape)
    drawn = [one for one in certificate_of(story).drawn if one.frame != 20]
    record = story.track(1).get(20)
    assert record is not None
    assert record.box is not None
    wrong = replace(drawn[0], frame=20, box=record.box, is_right=False)
    certificate = replace(certificate_of(story), drawn=(wrong, *drawn[1:]))
    story.application.document.undo_stack.push(PutCertificate(story.application.document, certificate))
    story.qtbot.waitUntil(lambda: any(DoubtKind.SAID_WRONG in (one.kind, *one.also) for one in review.doubts))
    stretch = next(one for one in review.doubts if DoubtKind.SAID_WRONG in (one.kind, *one.also))
    beside = 19 if stretch.first_frame < 20 else 21
    assert stretch.first_frame <= beside <= stretch.last_frame
    story.go_to(beside)
    story.press(Qt.Key.Key_Return)
    assert certificate_of(story).drawn[0].is_right is False
    assert "1 box said to be wrong is still in the queue" in story.application.status.message.text()
    story.qtbot.waitUntil(
        lambda: any((one.frame, one.kind) == (wrong.frame, DoubtKind.SAID_WRONG) for one in review.doubts)
    )
    story.go_to(wrong.frame)
    story.press(Qt.Key.Key_Return)
    assert certificate_of(story).drawn[0].is_right is True
