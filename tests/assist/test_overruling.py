"""Where a run over stale boxes starts. What a correction overrules is tested with the edits (``test_box_edits.py``)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.assist.overruling import start_over_stale
from app.model.box_record import BoxRecord, keyframe
from app.model.direction import BACKWARD, FORWARD, Direction
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tests.support.annotated_projects import tracked
from tracker_core.geometry import Box

BOX = Box(5, 5, 10, 10)


def stale_from_5(changes: Mapping[int, BoxRecord | None]) -> Track:
    """Keyframes at 0 and 20, run 2 up to 4, and stale boxes of run 1 from 5 to 19."""
    track = Track(1, "car", "#3b82f6", marks=TrackMarks().overruling(1, 19, run_id=1))
    track.put({frame: tracked(BOX, 0.9, run_id=2 if frame < 5 else 1) for frame in range(1, 20)})
    track.put({0: keyframe(BOX), 20: keyframe(BOX), **changes})
    return track


@pytest.mark.parametrize(
    ("changes", "frame", "expected"),
    [
        ({}, 0, (4, FORWARD)),
        ({}, 12, (4, FORWARD)),
        ({}, 40, (4, FORWARD)),
        ({10: keyframe(BOX)}, 12, (10, FORWARD)),
        ({10: None}, 12, (4, FORWARD)),
        ({4: tracked(None, 0.1, run_id=2)}, 12, (20, BACKWARD)),  # lost there
        ({4: tracked(None, 0.1, run_id=2), 20: None}, 12, None),
        (dict.fromkeys(range(5, 20)), 12, None),
    ],
)
def test_a_run_over_stale_boxes_starts_beside_them(
    changes: Mapping[int, BoxRecord | None], frame: int, expected: tuple[int, Direction] | None
) -> None:
    assert start_over_stale(stale_from_5(changes), frame) == expected
