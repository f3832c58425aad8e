from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.controllers.shown_tracks import ShownTracks, TrackFilter
from app.document.document import Document
from app.document.session import Session
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.track import Track
from app.views.timeline.layout import SCORE_HEIGHT
from app.views.timeline.timeline_view import TimelineView
from app.views.track_list.track_list_view import TrackListView
from app.views.tracks.panel import TracksPanel
from tracker_core.geometry import Box

BOX = Box(10, 10, 20, 20)
AddTrack = Callable[..., Track]


@pytest.fixture
def shown(document: Document, session: Session, add_track: AddTrack) -> ShownTracks:
    shown = ShownTracks(document, session, is_doubtful=lambda track_id: track_id == 2, parent=session)
    add_track(1, {0: keyframe(BOX), 9: keyframe(BOX), 10: keyframe(None)}, label="red car")
    add_track(2, {20: BoxRecord(BOX, Source.TRACKER, 0.4)}, label="car")
    add_track(3, {20: BoxRecord(BOX, Source.TRACKER, 0.4, reviewed=True)}, label="dog")
    return shown


def ids(shown: ShownTracks) -> list[int]:
    return [track.id for track in shown.tracks]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (TrackFilter(), [1, 2, 3]),
        (TrackFilter(words="CAR"), [1, 2]),
        (TrackFilter(words="car #2"), [2]),
        (TrackFilter(doubtful=True), [2]),
        (TrackFilter(unreviewed=True), [2]),
        (TrackFilter(on_screen=True), [1]),
        (TrackFilter(words="dog", on_screen=True), []),
    ],
)
def test_the_filter_says_which_tracks_are_shown(shown: ShownTracks, wanted: TrackFilter, found: list[int]) -> None:
    shown.set_filter(wanted)
    assert ids(shown) == found
    assert shown.count_in_all == 3


def test_a_filter_follows_the_frame_the_boxes_and_the_labels(
    qtbot: QtBot, shown: ShownTracks, document: Document, session: Session
) -> None:
    shown.set_filter(TrackFilter(on_screen=True))
    with qtbot.waitSignal(shown.changed):
        session.set_frame(20)
    assert ids(shown) == [2, 3]
    shown.set_filter(TrackFilter(unreviewed=True))
    record = document.opened_project.tracks[2].get(20)
    assert record is not None
    with qtbot.waitSignal(shown.changed):
        document.put_records({2: {20: replace(record, reviewed=True)}})
    assert ids(shown) == []
    shown.set_filter(TrackFilter(words="dog"))
    document.change_track(3, label="cat")
    assert ids(shown) == []


def test_a_selection_outlives_the_filter_that_hides_it(
    qtbot: QtBot, shown: ShownTracks, document: Document, session: Session
) -> None:
    view = TrackListView(document, session, shown)
    qtbot.addWidget(view)
    session.select(3, 1)
    shown.set_filter(TrackFilter(words="car"))
    assert session.selected_track_ids == (3, 1)
    assert [index.row() for index in view.table.selectionModel().selectedRows()] == [0]
    shown.set_filter(TrackFilter())
    assert session.selected_track_ids == (3, 1)
    assert sorted(index.row() for index in view.table.selectionModel().selectedRows()) == [0, 2]


def test_the_score_of_the_active_track_is_shown_whatever_the_filter_hides(
    qtbot: QtBot, shown: ShownTracks, document: Document, session: Session
) -> None:
    view = TimelineView(document, session, shown)
    qtbot.addWidget(view)
    view.resize(600, 240)
    document.put_records({2: {frame: BoxRecord(BOX, Source.TRACKER, 0.4) for frame in range(20, 900)}})
    session.select(2)
    before = view.viewport().grab().toImage().copy(100, view.parts.score_top + 2, 400, 60)
    shown.set_filter(TrackFilter(words="dog"))
    assert view.viewport().grab().toImage().copy(100, view.parts.score_top + 2, 400, 60) == before


def test_both_halves_scroll_together_and_end_at_the_same_height(
    qtbot: QtBot, shown: ShownTracks, document: Document, session: Session, add_track: AddTrack
) -> None:
    for track_id in range(4, 60):
        add_track(track_id, {0: keyframe(BOX)})
    timeline, table = TimelineView(document, session, shown), TrackListView(document, session, shown)
    panel = TracksPanel(document, session, shown, table=table, timeline=timeline)
    qtbot.addWidget(panel)
    panel.resize(1000, 240)
    with qtbot.waitExposed(panel):
        panel.show()
    timeline.verticalScrollBar().setValue(333)
    assert table.table.verticalScrollBar().value() == 333
    table.table.verticalScrollBar().setValue(100)
    assert timeline.verticalScrollBar().value() == 100
    assert timeline.verticalScrollBar().maximum() == table.table.verticalScrollBar().maximum()
    timeline.zoom(8, around_frame=500)
    qtbot.waitUntil(lambda: panel.legend.height() > SCORE_HEIGHT)
    qtbot.waitUntil(lambda: table.table.viewport().height() == timeline.parts.rows_height)
    assert timeline.verticalScrollBar().maximum() == table.table.verticalScrollBar().maximum()
