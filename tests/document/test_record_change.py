"""Undo steps are small: a long run adds many records to the document, and almost none to its undo step."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

from app.document.document import Document
from app.document.record_change import Changes, RecordChange
from app.model.box_record import BoxRecord, Source
from app.model.project import Project, VideoReference
from app.model.track import Track
from tests.support.open_documents import opened
from tracker_core.geometry import Box

FRAMES, BATCH = 4_000, 400


def size_of(value: object) -> int:
    """Bytes of a change and of what it alone holds; what is in the document costs nothing more."""
    if isinstance(value, Document | BoxRecord):
        return sys.getsizeof(0)
    if isinstance(value, dict):
        return sys.getsizeof(value) + sum(size_of(one) for entry in value.items() for one in entry)
    if isinstance(value, tuple | list):
        return sys.getsizeof(value) + sum(map(size_of, value))
    names: tuple[str, ...] = tuple(getattr(type(value), "__slots__", ()) or getattr(value, "__dict__", {}))
    return sys.getsizeof(value) + sum(size_of(getattr(value, name)) for name in names)


def found(first: int, *, x: float) -> Changes:
    box = Box(x, 1, 2, 3)
    return {1: {frame: BoxRecord(box, Source.TRACKER, score=0.5) for frame in range(first, first + BATCH)}}


def test_a_run_over_empty_frames_costs_its_step_next_to_nothing(qapp: object) -> None:
    project = Project(VideoReference(Path("/videos/long.mp4"), FRAMES, 64, 48, Fraction(25)))
    project.tracks[1] = Track(1, "car", "#3b82f6")
    with opened(project) as (document, _):
        run = RecordChange(document, found(0, x=0), {})
        assert size_of(run) > 40 * BATCH
        run.apply()
        for first in range(BATCH, FRAMES, BATCH):
            batch = RecordChange(document, found(first, x=0), {})
            batch.apply()
            run.absorb(batch)
        track = document.opened_project.tracks[1]
        records = dict(track.items())
        assert len(records) == FRAMES
        assert size_of(run) < 2 * FRAMES
        run.revert()
        assert len(track) == 0
        run.apply()
        assert dict(track.items()) == records

        again = RecordChange(document, found(100, x=9), {})
        again.apply()
        assert track.get(100 + BATCH - 1) != records[100 + BATCH - 1]
        assert size_of(again) > 40 * BATCH  # here the blocks that were replaced are kept
        again.revert()
        assert dict(track.items()) == records
