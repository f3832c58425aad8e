"""More like this: what is searched for, which finds the verifier keeps, and the tracks made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assist.errand import ErrandError, ErrandStoppedError
from app.assist.look_alikes import Example, LookAlikeSearch, boxes_shown, new_tracks
from app.model.box_record import keyframe
from app.model.project import Project
from app.model.track import Track
from tests.support.blank_video import video_reference
from tests.support.errand_tools import CHOICE, FakeTools
from tests.support.trackers import IdentityTracker, SearchingTracker
from tests.support.two_squares import blue_box, picture, red_box
from tracker_core.geometry import Box
from tracker_core.tracker import LookAlike, Tracker


def search_with(tracker: Tracker, *, frame: int = 30, stop_at: int | None = None) -> tuple[LookAlike, ...]:
    errand = LookAlikeSearch(Path("squares"), "", CHOICE, Example(1, 0, red_box(0)), frame, (Box(0, 60, 10, 10),))
    return errand.run(FakeTools(tracker, picture, stop_at=stop_at))


def test_what_the_verifier_takes_for_something_else_is_left_out() -> None:
    finds = [LookAlike(blue_box(30), 0.95), LookAlike(red_box(30), 0.8)]
    (found,) = search_with(SearchingTracker(finds))
    assert found.box == red_box(30)
    assert found.score == pytest.approx(0.8**0.5, abs=0.01)


def test_a_search_can_be_stopped_and_needs_a_tracker_that_can_search() -> None:
    with pytest.raises(ErrandStoppedError):
        search_with(SearchingTracker([]), stop_at=0)
    with pytest.raises(ErrandError, match="another tracker"):
        search_with(IdentityTracker())
    assert search_with(SearchingTracker([])) == ()


def test_each_box_becomes_a_track_of_its_own_with_the_label() -> None:
    project = Project(video_reference(10))
    track = project.tracks[3] = Track(3, "car", "#3b82f6")
    track.put({2: keyframe(red_box(2))})
    assert boxes_shown(project, 2) == (red_box(2),)
    assert boxes_shown(project, 5) == ()
    made = new_tracks(project, track, 2, [red_box(5), blue_box(5)])
    assert [(one.id, one.label, one.get(2)) for one in made] == [
        (4, "car", keyframe(red_box(5))),
        (5, "car", keyframe(blue_box(5))),
    ]
    assert len({one.colour for one in (track, *made)}) == 3
