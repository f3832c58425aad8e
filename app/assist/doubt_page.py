"""Pages of doubts, shown side by side so that one key can answer many.

An answer covers only those doubts all of whose boxes have been on the screen as they are now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from app.model.doubt import Doubt, DoubtKind
from app.model.interpolation import record_at
from app.model.track import Track
from tracker_core.geometry import Box

MOST_BOXES: Final = 200
"""The most boxes on a page. All must be read before it can be answered."""

ONE_BY_ONE: Final = frozenset(
    {DoubtKind.GAP, DoubtKind.LOST, DoubtKind.SAID_WRONG, DoubtKind.IDENTITY, DoubtKind.FOUND_AGAIN}
)
"""Doubts that cannot be answered by looking at their boxes."""

SeenBox: TypeAlias = tuple[int, int, Box]
"""Track, frame and box that were on the screen."""


@dataclass(frozen=True, slots=True)
class PagedDoubt:
    """A doubt with all of its boxes, by frame."""

    doubt: Doubt
    boxes: tuple[tuple[int, Box], ...]

    @property
    def to_be_seen(self) -> set[SeenBox]:
        return {(self.doubt.track_id, frame, box) for frame, box in self.boxes}

    def is_seen(self, seen: Collection[SeenBox]) -> bool:
        """Whether each of its boxes has been on the screen."""
        return all(box in seen for box in self.to_be_seen)


def page_of(doubts: Iterable[Doubt], tracks: Mapping[int, Track], *, most: int) -> tuple[PagedDoubt, ...]:
    """The first ``most`` of these doubts whose boxes can be judged by looking at them."""
    page: list[PagedDoubt] = []
    left = MOST_BOXES
    for doubt in doubts:
        if len(page) == most:
            break
        track = tracks.get(doubt.track_id)
        if track is None or {doubt.kind, *doubt.also} & ONE_BY_ONE:
            continue
        boxes = _boxes_of(track, doubt)
        if len(boxes) != doubt.frame_count or (page and len(boxes) > left):
            continue
        left -= len(boxes)
        page.append(PagedDoubt(doubt, boxes))
    return tuple(page)


def answered(
    page: Sequence[PagedDoubt], doubts: Collection[Doubt], tracks: Mapping[int, Track], seen: Collection[SeenBox]
) -> list[PagedDoubt]:
    """The doubts of a page that may be marked as right: they are still in the queue, and were seen as they are now."""
    return [
        paged
        for paged in page
        if paged.doubt in doubts
        and paged.is_seen(seen)
        and paged.doubt.track_id in tracks
        and _boxes_of(tracks[paged.doubt.track_id], paged.doubt) == paged.boxes
    ]


def _boxes_of(track: Track, doubt: Doubt) -> tuple[tuple[int, Box], ...]:
    records = ((frame, record_at(track, frame)) for frame in range(doubt.first_frame, doubt.last_frame + 1))
    return tuple((frame, record.box) for frame, record in records if record is not None and record.box is not None)
