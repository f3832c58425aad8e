"""Finds tracks of the same label that share boxes for several frames: most likely both follow one target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.assist.track_doubts import Twin
from app.assist.track_signs import TrackSigns, runs

SAME_IOU: Final = 0.6
"""Boxes that overlap by this much are the same. Targets that pass each other overlap less, or only briefly."""

SHORTEST: Final = 5  # frames


class Twins:
    """The spans in which pairs of tracks share boxes."""

    def __init__(self, *, least_iou: float = SAME_IOU, shortest: int = SHORTEST) -> None:
        """Boxes count as shared if they overlap by ``least_iou`` for at least ``shortest`` frames."""
        self._least_iou = least_iou
        self._shortest = shortest
        self._spans: dict[tuple[int, int], list[tuple[int, int]]] = {}  # of (lower id, higher id), both ends included

    def of(self, track_id: int) -> list[Twin]:
        """The spans in which this track shares boxes, ordered by the other track's id so that the order of edits does
        not matter.
        """
        return sorted(
            (
                Twin(pair[1] if pair[0] == track_id else pair[0], first, last)
                for pair, spans in self._spans.items()
                if track_id in pair
                for first, last in spans
            ),
            key=lambda twin: (twin.other_track_id, twin.first_frame),
        )

    def all(self) -> Iterator[tuple[int, int, tuple[int, int]]]:
        """Each pair of tracks with the first and last frame in which they share boxes."""
        for (one, other), spans in self._spans.items():
            for span in spans:
                yield one, other, span

    def forget(self, track_id: int) -> list[tuple[int, int, int]]:
        """Drop all pairs of a track. Returns (other track, first, last) for each span."""
        gone = [pair for pair in self._spans if track_id in pair]
        return [
            (pair[1] if pair[0] == track_id else pair[0], first, last)
            for pair in gone
            for first, last in self._spans.pop(pair)
        ]

    def compare(
        self, track_id: int, signs: TrackSigns, rivals: Mapping[int, TrackSigns], first: int, last: int
    ) -> list[int]:
        """Compare a track's boxes from ``first`` to ``last`` again. Returns the tracks that share boxes with it there,
        now or before.
        """
        met = []
        start, stop = max(first - self._shortest, 0), min(last + self._shortest + 1, len(signs.state))
        theirs = np.array([other.boxes[start:stop] for other in rivals.values()]).reshape(len(rivals), stop - start, 4)
        shares = _ious(signs.boxes[start:stop], theirs) >= self._least_iou
        for other_id, same in zip(rivals, shares, strict=True):
            pair = (track_id, other_id) if track_id < other_id else (other_id, track_id)
            before = self._spans.get(pair, [])
            cut = [span for span in before if span[0] < stop and span[1] >= start]
            found = [span for span in before if span not in cut]
            # A span that reaches beyond the window keeps that part.
            found += [(span[0], start - 1) for span in cut if span[0] < start]
            found += [(stop, span[1]) for span in cut if span[1] >= stop]
            if same.any():
                found += runs(same, start=start)
            found = _joined(sorted(found))
            found = [span for span in found if span[1] - span[0] + 1 >= self._shortest]
            if cut or found != before:
                met.append(other_id)
            if found:
                self._spans[pair] = found
            else:
                self._spans.pop(pair, None)
        return met


def _ious(mine: NDArray[np.float32], theirs: NDArray[np.float32]) -> NDArray[np.float32]:
    """(N, 4) and (M, N, 4) of x, y, width, height -> (M, N); 0 where one of them is missing."""
    (x, y, width, height), (their_x, their_y, their_width, their_height) = mine.T, np.moveaxis(theirs, -1, 0)
    across = np.minimum(x + width, their_x + their_width) - np.maximum(x, their_x)
    down = np.minimum(y + height, their_y + their_height) - np.maximum(y, their_y)
    overlap = np.fmax(across, 0) * np.fmax(down, 0)  # 0 where a box is missing
    union = width * height + their_width * their_height - overlap
    return np.asarray(overlap / np.fmax(union, 1e-9), np.float32)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge spans that touch."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined
