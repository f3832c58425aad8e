"""The doubts of one track are computed when needed, for all changes together."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from app.assist.track_doubts import LATER_AT_MOST, Asked, TrackDoubts
from app.model.doubt import DoubtRules
from app.model.project import LABEL_COLOURS, VideoReference
from app.model.track import Track
from tests.support.annotated_projects import tracked
from tracker_core.geometry import Box

FRAMES = 5000
VIDEO = VideoReference(Path("long.mp4"), frame_count=FRAMES, width=640, height=360, frame_rate=Fraction(25))
RULES = DoubtRules()


class CountedDoubts(TrackDoubts):
    def __init__(self) -> None:
        super().__init__(1, VIDEO)
        self.weighed: list[tuple[int, int]] = []

    def _weigh(self, first: int, last: int, asked: Asked) -> None:
        self.weighed.append((first, last))
        super()._weigh(first, last, asked)


def doubtful_track() -> Track:
    track = Track(1, "car", LABEL_COLOURS[0])
    track.put({frame: tracked(Box(10, 20, 30, 40), 0.1) for frame in range(FRAMES)})
    return track


def test_changes_that_touch_are_weighed_once_and_not_before_somebody_asks() -> None:
    doubts = CountedDoubts()
    doubts.read(doubtful_track(), 0, FRAMES - 1)
    doubts.weigh(100, 200, RULES)
    doubts.weigh(900, 950, RULES)
    doubts.weigh(150, 300, RULES)
    assert doubts.weighed == []
    assert (doubts.strength[100:301] > 0).all()
    assert doubts.weighed == [(900, 950), (100, 300)]
    assert {doubt.first_frame for doubt in doubts.doubts} == {100, 150, 200, 250, 300, 900, 950}
    assert len(doubts.weighed) == 2, "and not again without a change"


def test_a_long_span_is_weighed_at_once_so_that_nobody_waits_for_many() -> None:
    doubts = CountedDoubts()
    doubts.read(doubtful_track(), 0, FRAMES - 1)
    doubts.weigh(0, LATER_AT_MOST + 1, RULES)
    assert doubts.weighed == [(0, LATER_AT_MOST + 1)]
