"""A project in figures: its progress, boxes by label and size, and lengths of tracks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from app.assist.review_queue import ReviewQueue
from app.model.attributes import AttributeDefinition
from app.model.doubt import DoubtRules
from app.model.project import Project
from app.model.record_block import HUMAN, Flag

SIZE_STEPS = tuple(2**step for step in range(2, 12))
"""Upper ends of the size classes: 4, 8, ... 2048 pixels, as the root of a box's area."""
LENGTH_STEPS = tuple(2**step for step in range(1, 18))
"""Upper ends of the length classes: 2, 4, ... 131,072 frames with a box in a track."""
FRAMES_AT_ONCE = 100_000_000  # of the review queue: all of them


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """``settled``: records that a person has made or reviewed; ``unsettled``: all others.

    ``boxes``, ``tracks``: by label. ``sizes``, ``lengths``: boxes and tracks in each class of ``SIZE_STEPS`` and
        ``LENGTH_STEPS``, and in one more class beyond the last.
    """

    doubts: int = 0
    settled: int = 0
    unsettled: int = 0
    boxes: Mapping[str, int] = field(default_factory=dict)
    tracks: Mapping[str, int] = field(default_factory=dict)
    sizes: tuple[int, ...] = (0,) * (len(SIZE_STEPS) + 1)
    lengths: tuple[int, ...] = (0,) * (len(LENGTH_STEPS) + 1)
    labels: tuple[tuple[str, str], ...] = ()  # name and colour, in the order of the project
    attributes: tuple[AttributeDefinition, ...] = ()

    @property
    def box_count(self) -> int:
        return sum(self.boxes.values())

    @property
    def track_count(self) -> int:
        return sum(self.tracks.values())

    @property
    def reviewed_share(self) -> float:
        """The settled share of all records, in [0, 1]; 0 without records."""
        records = self.settled + self.unsettled
        return self.settled / records if records else 0.0

    @property
    def is_finished(self) -> bool:
        """Whether there are records and none is doubtful."""
        return self.track_count > 0 and self.doubts == 0


def figures_of(project: Project, rules: DoubtRules | None = None) -> ProjectFigures:
    """Count a project. This reads every box, so do not call it on the window's thread."""
    boxes: Counter[str] = Counter()
    tracks: Counter[str] = Counter()
    sizes, lengths = np.zeros(len(SIZE_STEPS) + 1, np.int64), [0] * (len(LENGTH_STEPS) + 1)
    records = settled = 0
    for track in project.tracks.values():
        found = track.columns()
        records += len(track)
        settled += int(np.count_nonzero(found.has(Flag.REVIEWED) | (found.sources == HUMAN)))
        boxes_of = found.boxes[~found.has(Flag.ABSENT)]
        visible = len(boxes_of)
        classes = np.searchsorted(SIZE_STEPS, np.sqrt(boxes_of[:, 2] * boxes_of[:, 3]))
        sizes += np.bincount(classes, minlength=len(sizes))
        boxes[track.label] += visible
        tracks[track.label] += 1
        lengths[class_of(visible, LENGTH_STEPS)] += 1
    queue = ReviewQueue(project.video, rules)
    for track_id in project.tracks:
        queue.note_change(track_id)
    while not queue.refresh(project.tracks, frames_at_most=FRAMES_AT_ONCE):
        pass
    return ProjectFigures(
        doubts=len(queue),
        settled=settled,
        unsettled=records - settled,
        boxes=dict(boxes),
        tracks=dict(tracks),
        sizes=tuple(sizes.tolist()),
        lengths=tuple(lengths),
        labels=tuple((label.name, label.colour) for label in project.labels.values()),
        attributes=tuple(project.attributes.values()),
    )


def class_of(value: float, steps: tuple[int, ...]) -> int:
    """The class of a value: the first whose upper end is not below it, else the extra last one."""
    return next((place for place, end in enumerate(steps) if value <= end), len(steps))


def together(figures: Iterable[ProjectFigures]) -> ProjectFigures:
    """The sum over several projects; labels in order of first occurrence."""
    parts = [ProjectFigures(), *figures]
    boxes: Counter[str] = Counter()
    tracks: Counter[str] = Counter()
    labels: dict[str, str] = {}
    attributes: dict[str, AttributeDefinition] = {}
    for one in parts:
        boxes.update(one.boxes)
        tracks.update(one.tracks)
        for name, colour in one.labels:
            labels.setdefault(name, colour)
        for definition in one.attributes:
            attributes.setdefault(definition.name, definition)
    return ProjectFigures(
        doubts=sum(one.doubts for one in parts),
        settled=sum(one.settled for one in parts),
        unsettled=sum(one.unsettled for one in parts),
        boxes=dict(boxes),
        tracks=dict(tracks),
        sizes=tuple(map(sum, zip(*(one.sizes for one in parts), strict=True))),
        lengths=tuple(map(sum, zip(*(one.lengths for one in parts), strict=True))),
        labels=tuple(labels.items()),
        attributes=tuple(attributes.values()),
    )
