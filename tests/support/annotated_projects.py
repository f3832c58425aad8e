"""Projects with every kind of record, for tests of what goes out and comes back."""

from __future__ import annotations

import string
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.names import clean_name
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tracker_core.geometry import Box

VIDEO = VideoReference(Path("videos/street.mp4"), frame_count=30, width=640, height=360, frame_rate=Fraction(25))
FOLDER_PER_TARGET = ("otb", "got10k", "vot", "lasot")
"""The formats that make a folder for each track, and need at least one."""


def tracked(box: Box | None, score: float, *, run_id: int | None = None) -> BoxRecord:
    return BoxRecord(box, Source.TRACKER, score=score, run_id=run_id)


def street() -> Project:
    """Track 1 (car): keyframes at 0 and 10 with a line between them, tracked 11..14, absent from 15, back at 20.

    Track 2 (person): 3 tracked boxes, the middle one doubtful. Track 5 (car): a keyframe said to be occluded.
    """
    car = Track(1, "car", "#3b82f6", {"make": "Saab"})
    car.put({0: keyframe(Box(10, 20, 40, 30)), 10: keyframe(Box(33, 47, 43, 30.5))})
    car.put({frame: tracked(Box(30.25 + frame, 47, 43, 30), 0.9) for frame in range(11, 15)})
    car.put({15: keyframe(None), 20: keyframe(Box(100, 60, 45, 31))})
    person = Track(2, "person", "#f97316")
    person.put({4: tracked(Box(200, 100, 20, 60), 0.8), 5: tracked(Box(203, 101, 20, 60), 0.2)})
    person.put({6: tracked(Box(206, 102, 20, 60), 0.7)})
    hidden = Track(5, "car", "#22c55e")
    hidden.put({29: keyframe(Box(300, 200, 50, 50), occluded=True)})
    labels = {name: Label(name, colour) for name, colour in (("person", "#f97316"), ("car", "#3b82f6"))}
    return Project(VIDEO, labels, {track.id: track for track in (car, person, hidden)})


_PLACES = st.floats(-500, 2000)
_SIDES = st.floats(0.01, 2000)
_BOXES = st.builds(Box, _PLACES, _PLACES, _SIDES, _SIDES)
_SCORES = st.none() | st.floats(0, 1)
_TRACKED = st.builds(BoxRecord, _BOXES, st.just(Source.TRACKER), _SCORES, st.booleans(), st.booleans())
_KEYFRAMES = st.builds(keyframe, _BOXES, occluded=st.booleans())
_ABSENT = st.just(keyframe(None)) | st.builds(BoxRecord, st.none(), st.just(Source.TRACKER), _SCORES)
_RECORDS = st.dictionaries(st.integers(0, VIDEO.frame_count - 1), _KEYFRAMES | _TRACKED | _ABSENT, max_size=12)
_NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs")), min_size=1, max_size=8)
_NAMES = _NAMES.map(clean_name).filter(bool)  # no other name gets into a project
_SPANS = st.tuples(st.integers(0, VIDEO.frame_count - 1), st.integers(0, 5)).map(lambda s: (s[0], s[0] + s[1]))
_GAPS = st.lists(_SPANS, max_size=2)
_ATTRIBUTES = st.dictionaries(_NAMES, _NAMES, max_size=2)
_COLOURS = st.text(string.hexdigits.lower(), min_size=6, max_size=6).map(lambda digits: f"#{digits}")


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Any project on ``VIDEO``: boxes over the border, tracks without boxes, labels in many scripts."""
    names = draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True))
    project = Project(VIDEO, {name: Label(name, "#112233") for name in names})
    for track_id in draw(st.lists(st.integers(1, 999), max_size=4, unique=True)):
        track = Track(track_id, draw(st.sampled_from(names)), draw(_COLOURS), draw(_ATTRIBUTES))
        track.put(draw(_RECORDS))
        track.marks = TrackMarks(gaps=FrameSpans.of(draw(_GAPS)))
        project.tracks[track_id] = track
    return project
