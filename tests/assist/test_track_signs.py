from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assist.track_signs import State, TrackSigns, frames_to_nearest, runs
from app.model.box_record import Source
from app.model.frame_spans import FrameSpans
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from app.model.track_marks import Overruled, TrackMarks
from tests.support.annotated_projects import VIDEO, projects


def signs_of(track: Track) -> TrackSigns:
    signs = TrackSigns(VIDEO.frame_count)
    signs.refresh(track, 0, VIDEO.frame_count - 1)
    return signs


SPAN = st.tuples(st.integers(0, VIDEO.frame_count - 1), st.integers(0, 9)).map(lambda span: (span[0], sum(span)))
SPANS = st.lists(SPAN, max_size=3)


@given(projects(), SPANS, SPANS)
def test_the_arrays_say_what_is_shown_at_every_frame(
    project: Project, gaps: list[tuple[int, int]], overruled: list[tuple[int, int]]
) -> None:
    for track in project.tracks.values():
        track.marks = TrackMarks(FrameSpans.of(gaps), tuple(Overruled(*span, run_id=1) for span in overruled))
        track.put({f: replace(r, run_id=1) for f, r in track.items() if r.source is Source.TRACKER and f % 2})
        signs = signs_of(track)
        for frame in range(VIDEO.frame_count):
            shown = record_at(track, frame)
            assert (signs.state[frame] == State.UNKNOWN) == (shown is None)
            assert signs.stale[frame] == track.is_stale(frame)
            assert signs.stored[frame] == (track.get(frame) is not None)
            box = None if shown is None else shown.box
            if box is None:
                assert np.isnan(signs.boxes[frame]).all()
            else:
                assert signs.boxes[frame].tolist() == pytest.approx(box.as_tuple(), rel=1e-4, abs=1e-2)
            if shown is not None and shown.score is not None:
                assert signs.score[frame] == pytest.approx(shown.score)


def test_the_nearest_marked_frame_counts_on_both_sides() -> None:
    marked = np.array([False, True, False, False, False, True])
    assert frames_to_nearest(marked, 9).tolist() == [1, 0, 1, 2, 1, 0]
    assert frames_to_nearest(np.zeros(3, np.bool_), 9).tolist() == [9, 9, 9]


def test_runs_are_counted_from_the_given_start() -> None:
    assert list(runs(np.array([True, True, False, True]), start=10)) == [(10, 11), (13, 13)]
