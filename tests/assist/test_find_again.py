"""Finding a lost target again: where the search begins, where it stops, and what becomes of a find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.assist.errand import ErrandStoppedError
from app.assist.find_again import Appearance, FindAgain, accepted, doubt_of, is_known, plan_search, seen_after_absence
from app.assist.look_alikes import Example
from app.model.box_record import keyframe
from app.model.doubt import DoubtRules
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from tests.support.annotated_projects import tracked
from tests.support.blank_video import video_reference
from tests.support.errand_tools import CHOICE, FakeTools
from tests.support.trackers import SearchingTracker
from tests.support.two_squares import HEIGHT, RED, WIDTH, red_box
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import LookAlike

HOME = Box(10, 10, 12, 12)
FRAMES = 100


class Seeing(SearchingTracker):
    """Sees the target where ``box_at`` says; which frame it is shown ``frame`` tells."""

    def __init__(self, frame: Callable[[], int], box_at: Callable[[int], Box | None]) -> None:
        super().__init__([])
        self.frame, self.box_at = frame, box_at

    @property
    def found(self) -> tuple[LookAlike, ...]:
        box = self.box_at(self.frame())
        return () if box is None else (LookAlike(box, 0.95),)


def alone(frame: int) -> Image:
    """The red square without the blue one, which would cover it."""
    image = np.full((HEIGHT, WIDTH, 3), 110, np.uint8)
    box = red_box(frame)
    image[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = RED
    return image


def search(seen: Callable[[int], bool], *, first: int = 5, step: int = 8, stop_at: int | None = None) -> FakeTools:
    """Where the red square counts as seen; there are 41 frames."""
    tools: FakeTools
    tracker = Seeing(lambda: tools.read[-1], lambda frame: red_box(frame) if seen(frame) else None)
    tools = FakeTools(tracker, alone, stop_at=stop_at)
    FindAgain(Path("squares"), "", CHOICE, Example(1, 0, red_box(0)), first, 40, step).run(tools)
    return tools


@pytest.mark.parametrize("begins", [6, 13, 14, 21, 39])
def test_an_appearance_is_found_to_the_frame(begins: int) -> None:
    (found,) = search(lambda frame: frame >= begins).found
    assert found == Appearance(1, begins, found.seen if isinstance(found, Appearance) else LookAlike(HOME, 0))
    assert isinstance(found, Appearance)
    assert found.seen.box == red_box(begins)


def test_each_appearance_is_told_once_and_as_it_is_found() -> None:
    tools = search(lambda frame: 10 <= frame <= 22 or frame >= 35)
    assert [found.frame for found in tools.found if isinstance(found, Appearance)] == [10, 35]


def test_nothing_is_found_where_nothing_is_and_a_stop_ends_it() -> None:
    assert search(lambda frame: False).found == []
    with pytest.raises(ErrandStoppedError):
        search(lambda frame: False, stop_at=3)


def project_of(track_records: dict[int, Box | None]) -> Project:
    project = Project(video_reference(FRAMES))
    track = project.tracks[1] = Track(1, "car", "#3b82f6")
    track.put({frame: keyframe(box) for frame, box in track_records.items()})
    return project


def test_it_is_looked_for_behind_the_last_box_or_from_where_it_is_gone() -> None:
    project = project_of({10: HOME})
    track = project.tracks[1]
    track.put({frame: tracked(HOME, 0.9) for frame in range(11, 21)})
    example = Example(1, 10, HOME)
    assert plan_search(project, track, 15) == (example, 21)
    assert plan_search(project, track, 40) == (example, 40)
    track.put({12: keyframe(None)} | dict.fromkeys(range(13, 21)))
    assert plan_search(project, track, 30) == (example, 30)
    track.put({99: tracked(HOME, 0.9)})
    assert "no frames to search" in str(plan_search(project, track, 99))
    assert "no box" in str(plan_search(project, Track(2, "car", "#ffffff"), 0))


def test_what_is_accepted_is_a_keyframe_without_a_line_from_before() -> None:
    project = project_of({10: HOME})
    track = project.tracks[1]
    edit = accepted(project, 1, 50, red_box(1))
    track.put(edit.records)
    assert edit.marks is not None
    track.marks = edit.marks
    assert track.get(50) == keyframe(red_box(1))
    assert [frame for frame in range(11, 50) if record_at(track, frame) is not None] == []


def test_a_candidate_that_a_track_shows_by_now_is_known() -> None:
    project = project_of({10: HOME})
    candidate = Appearance(1, 50, LookAlike(red_box(1), 0.8))
    assert not is_known(project, candidate)
    other = project.tracks[2] = Track(2, "car", "#ffffff")
    other.put({50: keyframe(red_box(1))})
    assert is_known(project, candidate)
    del project.tracks[2], project.tracks[1]
    assert is_known(project, candidate)
    assert doubt_of(candidate).found == red_box(1)


def followed(count: int) -> Track:
    """Drawn in frame 0 and tracked from there."""
    track = Track(1, "square", "#3b82f6")
    track.put({0: keyframe(HOME), **{frame: tracked(Box(10 + frame, 10, 12, 12), 0.9) for frame in range(1, count)}})
    return track


@pytest.mark.parametrize(
    ("doubtful", "reviewed", "back"),
    [
        (range(10, 20), (), 20),
        (range(10, 60), (), None),  # the tracker never is sure again
        ((), (), None),  # it was sure all the time: whatever it follows, the person has just said what it is
        ([12, 13], (), 14),
        ([10, 11, 14, 17, 18], (), 19),  # two sure boxes in a row are too few
        (range(10, 20), (15,), None),  # a reviewed box ends the absence before
        (range(10, 58), (), None),
    ],
)
def test_an_absence_asks_about_the_first_sure_boxes_that_it_removes(
    doubtful: Sequence[int], reviewed: Sequence[int], back: int | None
) -> None:
    track = followed(60)
    track.put({frame: replace(track.get(frame), reviewed=True) for frame in reviewed})  # type: ignore[type-var]
    strengths = np.zeros(60, np.float32)
    strengths[list(doubtful)] = 0.9
    found = seen_after_absence(track, 10, strengths, DoubtRules())
    assert (None if found is None else found.frame) == back
    if found is not None:
        assert found.seen.box == track.get(found.frame).box  # type: ignore[union-attr]  # tracked
        assert found.seen.score == 1


def test_an_absence_asks_nothing_about_boxes_behind_the_next_keyframe() -> None:
    track = followed(60)
    track.put({15: keyframe(HOME)})
    strengths = np.zeros(60, np.float32)
    strengths[10:14] = 0.9
    assert seen_after_absence(track, 10, strengths, DoubtRules()) is None
