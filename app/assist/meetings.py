"""Finds where tracks of one label may have been mixed up: one ends where another begins, or two cross."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.assist.track_signs import Flags, TrackSigns
from app.model.frame_spans import Span
from app.model.meeting import Meeting, MeetingKind, Sight
from tracker_core.geometry import Box

LONGEST_BREAK: Final = 60  # frames from the end of one track to the beginning of the other
LONGEST_HANDOVER: Final = 5  # frames in which both may exist
REACH: Final = 2.0
"""How far a target may move across a break: this many box sides ..."""
SPEED: Final = 0.1  # ... plus this many for each frame

CROSSING_IOU: Final = 0.1
"""Boxes that overlap by this much cross."""
APART: Final = 10  # frames; two overlaps with fewer between them are one crossing

LOOKED_AT: Final = (1, 4, 8)
"""How many frames before and after a meeting each track is looked at."""

FAR: Final = 30  # frames next to a crossing in which both tracks must be seen apart


@dataclass(frozen=True, slots=True)
class _Ends:
    """The first and the last frame in which a track has a box."""

    track_id: int
    first: int
    last: int


def find_meetings(
    signs: Mapping[int, TrackSigns],
    labels: Mapping[int, str],
    crossings: Iterable[tuple[int, int, Span]],
) -> list[Meeting]:
    """All meetings, in the order of frames.

    Args:
        crossings: two tracks and the frames in which their boxes overlap, in any order.
    """
    by_label: dict[str, list[_Ends]] = defaultdict(list)
    for track_id, of_track in signs.items():
        seen = np.flatnonzero(~np.isnan(of_track.boxes[:, 0]))
        if len(seen) and track_id in labels:
            by_label[labels[track_id]].append(_Ends(track_id, int(seen[0]), int(seen[-1])))
    found = [meeting for group in by_label.values() for meeting in _relays(signs, group)]
    spans: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for one, other, span in crossings:
        spans[min(one, other), max(one, other)].append(span)
    for pair, of_pair in spans.items():
        found += _crossings(signs, pair, of_pair)
    return sorted(found, key=lambda meeting: (meeting.frame, meeting.one, meeting.other))


def _relays(signs: Mapping[int, TrackSigns], group: list[_Ends]) -> Iterator[Meeting]:
    begins = sorted(group, key=lambda ends: ends.first)
    for ending in group:
        low = bisect_left(begins, ending.last - LONGEST_HANDOVER + 1, key=lambda ends: ends.first)
        high = bisect_right(begins, ending.last + LONGEST_BREAK, key=lambda ends: ends.first)
        for beginning in begins[low:high]:
            follows = beginning.first > ending.first and beginning.last > ending.last
            if beginning.track_id == ending.track_id or not follows:
                continue
            mine, theirs = signs[ending.track_id], signs[beginning.track_id]
            if _is_near(mine.boxes[ending.last], theirs.boxes[beginning.first], beginning.first - ending.last):
                yield Meeting(
                    MeetingKind.RELAY,
                    ending.track_id,
                    beginning.track_id,
                    beginning.first,
                    tuple(_sights(mine, ending.track_id, ending.last + 1, -1, ending.first)),
                    tuple(_sights(theirs, beginning.track_id, beginning.first - 1, 1, beginning.last)),
                )


def _is_near(last: np.ndarray, first: np.ndarray, frames: int) -> bool:
    """(4,) and (4,) of x, y, width, height: whether a target may have come from one box to the other."""
    side = float(np.sqrt(max(float(last[2] * last[3]), float(first[2] * first[3]), 1.0)))
    way = float(np.hypot(*(first[:2] + first[2:] / 2 - last[:2] - last[2:] / 2)))
    return way <= (REACH + SPEED * max(frames, 0)) * side


def _crossings(signs: Mapping[int, TrackSigns], pair: tuple[int, int], spans: list[Span]) -> Iterator[Meeting]:
    one, other = pair
    if one not in signs or other not in signs:
        return
    mine, theirs = signs[one], signs[other]
    both: Flags = ~np.isnan(mine.boxes[:, 0]) & ~np.isnan(theirs.boxes[:, 0])
    for first, last in _joined(sorted(spans)):
        start, stop = max(first - FAR, 0), min(last + FAR, len(both) - 1)
        if first == 0 or last + 1 >= len(both) or not both[first - 1] or not both[last + 1]:
            continue  # one of them begins or ends here: tracks that cross must be seen before and after
        if mine.settled[last + 1] and theirs.settled[last + 1]:
            continue  # a person has said who is who
        yield Meeting(
            MeetingKind.CROSSING,
            one,
            other,
            last + 1,
            (*_sights(mine, one, first, -1, start), *_sights(theirs, other, first, -1, start)),
            (*_sights(mine, one, last, 1, stop), *_sights(theirs, other, last, 1, stop)),
        )


def _sights(signs: TrackSigns, track_id: int, frame: int, step: int, limit: int) -> Iterator[Sight]:
    """Sights of the track in a few frames before (``step`` -1) or after (1) a frame, no farther than ``limit``."""
    for away in LOOKED_AT:
        place = frame + step * away
        if (limit - place) * step < 0:
            return
        row = signs.boxes[place]
        if not np.isnan(row[0]) and row[2] > 0 and row[3] > 0:
            yield Sight(track_id, place, Box(*(round(float(value), 2) for value in row)))


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for first, last in spans:
        if joined and first - joined[-1][1] <= APART:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined
