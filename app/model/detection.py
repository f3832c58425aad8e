"""Detections: boxes of a file that belong to no track, kept until a person takes or deletes them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.model.words import counted
from tracker_core.geometry import Box

MOST_DETECTIONS: Final = 5_000_000
"""Of a project: 100,000 frames with 50 each."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A box at a frame. ``id`` is unique in the project; ``score`` is None if the file has none."""

    id: int
    frame: int
    label: str
    box: Box
    score: float | None = None


class Detections:
    """The detections of a project, by frame. Immutable: an edit makes a new object, in time proportional to the number
    of frames, not of detections.
    """

    __slots__ = ("_by_frame", "_count", "_frames", "_last_id")

    def __init__(self, detections: Iterable[Detection] = ()) -> None:
        by_frame: dict[int, list[Detection]] = {}
        for one in detections:
            by_frame.setdefault(one.frame, []).append(one)
        self._by_frame = {frame: tuple(sorted(several, key=_id)) for frame, several in by_frame.items()}
        self._frames = sorted(self._by_frame)
        self._count = sum(map(len, self._by_frame.values()))
        self._last_id = max((one.id for several in self._by_frame.values() for one in several), default=0)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Detection]:
        """All detections, by frame and then by id."""
        for frame in self._frames:
            yield from self._by_frame[frame]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Detections) and self._by_frame == other._by_frame

    def __hash__(self) -> int:
        return hash((self._count, tuple(self._frames)))

    def at(self, frame: int) -> Sequence[Detection]:
        return self._by_frame.get(frame, ())

    def frame_beside(self, frame: int, step: int) -> int | None:
        """The nearest frame with a detection after this one or, with ``step`` -1, before it."""
        place = bisect_right(self._frames, frame) if step > 0 else bisect_left(self._frames, frame) - 1
        return self._frames[place] if 0 <= place < len(self._frames) else None

    def next_id(self) -> int:
        """An id that no detection has, or had before it was removed."""
        return self._last_id + 1

    def with_more(self, more: Iterable[Detection]) -> Detections:
        added = Detections(more)
        changed = {
            frame: tuple(sorted((*self._by_frame.get(frame, ()), *several), key=_id))
            for frame, several in added._by_frame.items()
        }
        return self._with(changed, max(self._last_id, added._last_id))

    def without(self, several: Iterable[Detection]) -> Detections:
        gone = Detections(several)
        changed = {}
        for frame, there in gone._by_frame.items():
            ids = {one.id for one in there}
            changed[frame] = tuple(one for one in self._by_frame.get(frame, ()) if one.id not in ids)
        return self._with(changed, self._last_id)

    def _with(self, changed: Mapping[int, tuple[Detection, ...]], last_id: int) -> Detections:
        made = Detections()
        made._by_frame = {**self._by_frame, **changed}
        for frame, several in changed.items():
            if not several:
                del made._by_frame[frame]
        is_same = made._by_frame.keys() == self._by_frame.keys()
        made._frames = self._frames if is_same else sorted(made._by_frame)
        before = sum(len(self._by_frame.get(frame, ())) for frame in changed)
        made._count = self._count - before + sum(map(len, changed.values()))
        made._last_id = last_id
        return made


def _id(one: Detection) -> int:
    return one.id


NO_DETECTIONS: Final = Detections()


def report(detections: Detections) -> tuple[str, ...]:
    """The sentence for the report of every export; none if there are no detections."""
    if not detections:
        return ()
    stay = "stays" if len(detections) == 1 else "stay"
    return (f"{counted(len(detections), 'detection')} that nobody has taken {stay} in the project.",)
