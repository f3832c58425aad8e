"""Chooses what a project can teach a tracker: boxes drawn or reviewed by a person, or enclosed between keyframes.

A tracker's own box that nobody has looked at teaches it only what it already believes, errors included. So only these
boxes count:

    a person's box, and one that a person has reviewed   always
    an interpolated box                                  on a line between two keyframes
    a tracked box between two keyframes of its track     unless its score is low (``SUPPORTED_FROM``)
    any other tracked box                                if its score is high (``SURE_FROM``) and of a tracker whose
                                                         score falls when it loses its target

Absent and occluded boxes never count: they show nothing, or something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from app.model.box_record import BoxRecord, Source
from app.model.interpolation import record_at
from app.model.project import Project
from app.model.track import Track
from tracker_core.trackers.families import FAMILIES
from tracker_core.training.pictures.prepared import Instance

SUPPORTED_FROM = 0.5  # keyframes on both sides show that the target is there
SURE_FROM = 0.8


def training_instances(project: Project) -> dict[int, list[Instance]]:
    """The boxes that count, by frame in ascending order; frames without any are left out.

    Boxes are in pixels of the whole frame; ``Instance.track`` and ``category`` are the id and the label of the track.
    """
    frames: dict[int, list[Instance]] = {}
    for track in project.tracks.values():
        for frame, record in [*_stored(track, project), *_interpolated(track)]:
            assert record.box is not None
            frames.setdefault(frame, []).append(Instance(track.id, track.label, record.box))
    return dict(sorted(frames.items()))


def _stored(track: Track, project: Project) -> Iterator[tuple[int, BoxRecord]]:
    for frame, record in track.items():
        if record.box is None or record.occluded:
            continue
        if record.is_keyframe or record.reviewed or _is_supported(track, frame, record, project):
            yield frame, record


def _is_supported(track: Track, frame: int, record: BoxRecord, project: Project) -> bool:
    """Whether a box that nobody has looked at may teach."""
    is_between = track.keyframe_before(frame) is not None and track.keyframe_after(frame) is not None
    if record.source is Source.INTERPOLATED or record.score is None:
        return record.source is Source.INTERPOLATED and is_between
    if is_between:
        return record.score >= SUPPORTED_FROM
    run = None if record.run_id is None else project.runs.get(record.run_id)
    family = None if run is None else FAMILIES.get(run.family)
    return record.score >= SURE_FROM and (family is None or family.doubts_itself)


def _interpolated(track: Track) -> Iterator[tuple[int, BoxRecord]]:
    """The frames between two keyframes in full view, with nothing stored between them and nothing deleted there."""
    for (first, one), (last, other) in pairwise(track.items()):
        if not all(record.is_keyframe and record.box is not None and not record.occluded for record in (one, other)):
            continue
        for frame in range(first + 1, last):
            record = record_at(track, frame)
            if record is not None:
                yield frame, record
