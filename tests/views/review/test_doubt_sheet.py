"""Doubts side by side: what the mouse over one shows, and what counts as shown."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.assist.doubt_page import PagedDoubt
from app.model.doubt import Doubt, DoubtKind
from app.views.review.doubt_sheet import Clip, DoubtSheet
from tracker_core.geometry import Box

FRAMES = range(50, 60)


def clip_of(track_id: int = 1) -> Clip:
    doubt = Doubt(track_id, FRAMES[0], FRAMES[-1], FRAMES[0], DoubtKind.LOOSE, 0.4, "because")
    return Clip(PagedDoubt(doubt, tuple((frame, Box(frame, 0, 10, 10)) for frame in FRAMES)), f"#{track_id}")


def sheet_of(qtbot: QtBot, *clips: Clip) -> DoubtSheet:
    sheet = DoubtSheet()
    qtbot.addWidget(sheet)
    sheet.resize(360, 480)
    sheet.show_clips(clips)
    sheet.show()
    qtbot.waitExposed(sheet)
    return sheet


def point(sheet: DoubtSheet, number: int, share: float) -> QPoint:
    cell = sheet.cell(number)
    return QPoint(cell.left() + int(share * cell.width()), cell.top() + cell.width() // 2)


def test_a_click_goes_to_the_frame_at_the_mouse_even_before_its_picture_is_read(qtbot: QtBot) -> None:
    sheet = sheet_of(qtbot, clip_of(1), clip_of(2))
    with qtbot.waitSignal(sheet.doubt_clicked) as clicked:
        QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=point(sheet, 1, 0.75))
    assert clicked.args is not None
    assert (clicked.args[0].track_id, clicked.args[1]) == (2, 57)


def test_a_box_is_seen_when_its_picture_is_painted_not_before(qtbot: QtBot) -> None:
    clip = clip_of()
    sheet = sheet_of(qtbot, clip)
    seen: list[int] = []
    sheet.box_seen.connect(lambda track_id, frame, box: seen.append(frame))
    sheet.grab()
    assert not seen
    for frame in FRAMES[:3]:
        clip.pictures[frame] = QPixmap(10, 10)
    qtbot.waitUntil(lambda: set(seen) == set(FRAMES[:3]))
    for frame in FRAMES:
        clip.pictures[frame] = QPixmap(10, 10)
    qtbot.waitUntil(lambda: set(seen) == set(FRAMES))


def test_a_picture_outside_the_painted_part_is_not_seen(qtbot: QtBot) -> None:
    clip = clip_of()
    sheet = DoubtSheet()
    qtbot.addWidget(sheet)
    sheet.resize(360, 480)
    seen: list[int] = []
    sheet.box_seen.connect(lambda track_id, frame, box: seen.append(frame))
    clip.pictures = {frame: QPixmap(10, 10) for frame in FRAMES}
    sheet.show_clips([clip])
    sheet.grab(QRect(0, 0, 20, 20))
    assert not seen
    sheet.grab()
    assert seen == [FRAMES[0]]
