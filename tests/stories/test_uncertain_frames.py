"""Videos whose packets lie, or are damaged, in the real window."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest

from app.video.source import FrameSource, open_source
from tests.stories.conftest import Begin
from tests.support.damaged_clips import not_coded, overwrite_packet, packets_of, with_packets
from tests.support.numbered_clips import Coding, write_clip
from tracker_core.geometry import Box

BOX = Box(20, 10, 40, 30)


@pytest.fixture
def lying(tmp_path: Path) -> Path:
    """Frames 71 and 72 are not there."""
    whole = write_clip(tmp_path, Coding(".avi", "mpeg4", {"qscale": "3"}, group=1), frames=100)
    return with_packets(whole, lambda number, data: not_coded(data) if number in (71, 72) else data)


def test_nothing_is_saved_on_a_number_that_may_change(
    begin: Begin, lying: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def held_up(path: Path, **named: Any) -> FrameSource:
        assert go_on.wait(10)
        return open_source(path, **named)

    monkeypatch.setattr("app.video.indexing.PIXELS_PROVED_AT_ONCE", 0)
    monkeypatch.setattr("app.video.indexing.user_cache_dir", lambda name: str(tmp_path / "cache" / name))
    monkeypatch.setattr("app.workers.index_proof.open_source", held_up)
    story = begin(lying)
    story.draw(BOX)
    story.go_to(80)
    story.draw(BOX)
    assert "follows in a moment" in story.application.status.message.text()
    assert list(dict(story.track(1).items())) == [0]

    with story.qtbot.waitSignal(story.application.loader.recounted):
        go_on.set()
    assert "What you did in frame 80 was not kept" in story.error()
    assert story.project.video.frame_count == 98
    record = story.track(1).get(0)
    assert record is not None
    assert record.box == BOX
    assert "holds 98 frames, not the 100" in story.application.status.message.text()
    assert story.application.transport_presenter.view.last_frame.text() == "/ 97"
    story.go_to(97)

    story.application.actions.by_id["close_project"].trigger()
    story.open(lying)
    assert story.project.video.frame_count == 98
    assert story.application.document.opened_project.tracks


def test_a_box_drawn_on_a_frame_that_is_not_counted_yet_is_put_there_once_it_is(
    begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write_clip(tmp_path, Coding(".avi", "mpeg4", {"qscale": "3"}, group=1), frames=100)
    go_on, is_counting = Event(), Event()

    def held_up(path: Path, **named: Any) -> FrameSource:
        assert is_counting.wait(10)
        if tell := named.get("on_progress"):
            tell(0.4)
        assert go_on.wait(10)
        return open_source(path, **named)

    monkeypatch.setattr("app.video.indexing.PIXELS_PROVED_AT_ONCE", 0)
    monkeypatch.setattr("app.video.indexing.user_cache_dir", lambda name: str(tmp_path / "cache" / name))
    monkeypatch.setattr("app.workers.index_proof.open_source", held_up)
    story = begin(whole)
    message = story.application.status.message
    story.go_to(80)
    story.draw(BOX)
    story.draw(BOX.translated(dx=60, dy=0))
    assert "still being counted" in message.text()
    assert not story.project.tracks
    is_counting.set()
    story.qtbot.waitUntil(lambda: "40% of the frames are counted" in message.text())
    go_on.set()
    story.qtbot.waitUntil(lambda: len(story.project.tracks) == 2)
    records = [story.track(track_id).get(80) for track_id in (1, 2)]
    assert [record and record.is_keyframe for record in records] == [True, True]


def test_a_damaged_frame_is_marked_and_a_run_goes_on_past_it(begin: Begin, tmp_path: Path) -> None:
    path = write_clip(tmp_path, Coding(".avi", "mjpeg"), frames=60)
    overwrite_packet(path, 30, bytes(len(packets_of(path)[30])))
    story = begin(path)
    story.draw(BOX)
    story.track_with()
    assert set(dict(story.track(1).items())) == set(range(60))
    story.go_to(30)
    assert "Frame 30" in story.canvas.notice
    assert "Frame 29 is shown in its place" in story.canvas.notice
    story.go_to(31)
    assert story.canvas.notice == ""
