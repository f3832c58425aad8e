from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.model.box_codes import BoxCodes, box_codes, changed_frames, shown_boxes
from app.model.box_record import keyframe
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from tests.support.annotated_projects import VIDEO, projects
from tracker_core.geometry import Box

LAST = VIDEO.frame_count - 1


@given(projects(), st.integers(0, LAST), st.integers(0, LAST))
def test_what_is_shown_is_what_interpolation_says(project: Project, first: int, last: int) -> None:
    first, last = sorted((first, last))
    for track in project.tracks.values():
        shown = shown_boxes(track, first, last)
        for frame in range(first, last + 1):
            record = record_at(track, frame)
            if record is None or record.box is None:
                assert np.isnan(shown[frame - first]).all()
            else:
                assert np.allclose(shown[frame - first], record.box.as_tuple(), atol=1e-6)


@given(projects())
def test_codes_of_a_part_are_those_of_the_whole(project: Project) -> None:
    for track in project.tracks.values():
        kept = BoxCodes.of(track)
        assert not changed_frames(kept, track, 0, LAST).any()
        assert (kept.between(7, 19) == box_codes(track, 0, LAST)[7:20]).all()
        assert int(changed_frames(kept, None, 0, LAST).sum()) == int((kept.between(0, LAST) != 0).sum())


def moving() -> Track:
    """A line from 0 to 20."""
    track = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(Box(10, 10, 20, 20)), 20: keyframe(Box(43, 31, 27, 20))})
    return track


def test_a_line_that_is_stored_is_no_change() -> None:
    track = moving()
    kept = BoxCodes.of(track)
    track.put({frame: record_at(track, frame) for frame in (3, 7, 8, 13)})
    assert not changed_frames(kept, track, 0, LAST).any()


def test_a_keyframe_that_is_moved_changes_the_lines_beside_it() -> None:
    track = moving()
    track.put({10: record_at(track, 10)})
    kept = BoxCodes.of(track)
    track.put({20: keyframe(Box(44, 31, 27, 20))})
    assert np.flatnonzero(changed_frames(kept, track, 0, LAST)).tolist() == list(range(11, 21))
    track.put({20: keyframe(Box(43, 31, 27, 20))})
    assert not changed_frames(kept, track, 0, LAST).any()
    track.put({22: keyframe(Box(43, 31, 27, 20))})
    assert np.flatnonzero(changed_frames(kept, track, 0, LAST)).tolist() == [21, 22]
