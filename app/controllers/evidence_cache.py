"""A cache of recent evidence, so that stepping back and forth does not run the network twice."""

from __future__ import annotations

import sys
from collections import OrderedDict
from dataclasses import dataclass

from tracker_core.decision.score_map import Constants
from tracker_core.tracker import Evidence

CAPACITY = 64  # frames; about a third of a megabyte each


@dataclass(frozen=True, slots=True)
class SeenEvidence:
    """Evidence, and the constants that decided it."""

    evidence: Evidence
    constants: Constants | None


class EvidenceCache:
    """Least-recently-used evidence by track and frame."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._seen: OrderedDict[tuple[int, int], SeenEvidence] = OrderedDict()

    def get(self, track_id: int, frame: int) -> SeenEvidence | None:
        seen = self._seen.get((track_id, frame))
        if seen is not None:
            self._seen.move_to_end((track_id, frame))
        return seen

    def put(self, track_id: int, frame: int, seen: SeenEvidence) -> None:
        self._seen[track_id, frame] = seen
        self._seen.move_to_end((track_id, frame))
        if len(self._seen) > self._capacity:
            self._seen.popitem(last=False)

    def drop(self, track_id: int, *, first: int = 0, last: int = sys.maxsize) -> None:
        """Forget the frames from ``first`` to ``last`` (both included) of a track."""
        for key in [key for key in self._seen if key[0] == track_id and first <= key[1] <= last]:
            del self._seen[key]

    def clear(self) -> None:
        self._seen.clear()
