"""A project: one video, its labels, its tracks and the tracking runs that made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from app.model.attributes import AttributeDefinition
from app.model.box_record import BoxRecord
from app.model.certificate import Certificate
from app.model.detection import NO_DETECTIONS, Detections
from app.model.direction import FORWARD, Direction
from app.model.meeting import LeftAsIs
from app.model.names import clean_name
from app.model.note import NotePlace
from app.model.score_meaning import ScoreMeaning
from app.model.track import Track

LABEL_COLOURS = (
    "#3b82f6", "#f97316", "#22c55e", "#e11d48", "#a855f7", "#14b8a6",
    "#eab308", "#ec4899", "#84cc16", "#06b6d4", "#f43f5e", "#8b5cf6",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VideoReference:
    """The video that a project annotates: where it is, and how to recognise it if it has moved. ``fingerprint``
    identifies its content (``app/video/fingerprint.py``); empty if unknown.
    """

    path: Path
    frame_count: int
    width: int
    height: int
    frame_rate: Fraction
    fingerprint: str = ""

    @property
    def name(self) -> str:
        return self.path.stem if self.path.suffix else self.path.name


@dataclass(frozen=True, slots=True)
class Label:
    name: str
    colour: str  # "#rrggbb"


@dataclass(frozen=True, slots=True)
class Run:
    """One press of Track, to which records refer (``BoxRecord.run_id``). A backward run goes from ``first_frame`` down
    to ``last_frame``. ``family``, ``weights`` and ``precision`` are empty if unknown (projects of version 1 did not
    say). ``has_measured_scores``: whether the tracker's scores are the probability that a box is right, as measured on
    videos with known truth; else they are the network's own numbers. ``own_constants``: of those ``constants`` that a
    person had changed for this run, the values that the tracker has by itself; nothing was measured with the changed
    ones. Empty too in projects up to version 10, which did not say.
    """

    id: int
    tracker: str
    started_at: str  # ISO 8601, UTC
    first_frame: int
    last_frame: int  # as planned
    device: str
    constants: Mapping[str, float] = field(default_factory=dict)
    family: str = ""
    weights: str = ""  # sha256 of the file, in hexadecimal digits
    precision: str = ""
    direction: Direction = FORWARD
    has_measured_scores: bool = True
    own_constants: Mapping[str, float] = field(default_factory=dict)

    @property
    def score_meaning(self) -> ScoreMeaning:
        """What the scores of this run say."""
        if self.own_constants:
            return ScoreMeaning.CHANGED
        return ScoreMeaning.MEASURED if self.has_measured_scores else ScoreMeaning.RAW


@dataclass(slots=True)
class Project:
    """``last_track_id`` and ``last_run_id``: the highest ids ever given, including deleted tracks and runs. They only
    grow. ``class_numbers``: those that labels keep (``class_numbers.py``). Comparing two projects ignores all three,
    because an undo restores the tracks but not these.
    """

    video: VideoReference
    labels: dict[str, Label] = field(default_factory=dict)
    tracks: dict[int, Track] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    certificate: Certificate | None = None
    left_as_is: frozenset[LeftAsIs] = frozenset()  # meetings at which, as a person has confirmed, nothing is mixed up
    notes: dict[NotePlace, str] = field(default_factory=dict)
    attributes: dict[str, AttributeDefinition] = field(default_factory=dict)  # by name, in the project's order
    detections: Detections = NO_DETECTIONS
    class_numbers: dict[str, int] = field(default_factory=dict, compare=False)  # by label
    last_track_id: int = field(default=0, compare=False)
    last_run_id: int = field(default=0, compare=False)

    def copy(self) -> Project:
        """A copy for another thread. Records are immutable, so copying the tracks' tables is enough."""
        tracks = {track.id: track.copy() for track in self.tracks.values()}
        return replace(
            self, tracks=tracks, labels=dict(self.labels), runs=dict(self.runs), notes=dict(self.notes),
            attributes=dict(self.attributes), class_numbers=dict(self.class_numbers),
        )  # fmt: skip

    def next_track_id(self) -> int:
        """An id that no track of this project has ever had."""
        return max(self.last_track_id, *self.tracks, 0) + 1

    def next_run_id(self) -> int:
        """An id that no run of this project has ever had."""
        return max(self.last_run_id, *self.runs, 0) + 1

    def score_meaning(self, record: BoxRecord) -> ScoreMeaning:
        """What the record's score says; raw if its run is unknown, for example after an import."""
        run = None if record.run_id is None else self.runs.get(record.run_id)
        return ScoreMeaning.RAW if run is None else run.score_meaning

    @property
    def all_attributes(self) -> dict[str, AttributeDefinition]:
        """The defined attributes, then those that only tracks have (in older projects), as texts."""
        found = dict(self.attributes)
        for track in self.tracks.values():
            for name in track.attributes:
                if name not in found and clean_name(name) == name:
                    found[name] = AttributeDefinition(name)
            for name in track.changes.by_name:
                if name not in self.attributes and clean_name(name) == name:
                    found[name] = AttributeDefinition(name, per_frame=True)
        return found

    def next_colour(self) -> str:
        """The first colour that no track has yet; when all are used, they repeat."""
        worn = [track.colour for track in self.tracks.values()]
        return min(LABEL_COLOURS, key=lambda colour: (worn.count(colour), LABEL_COLOURS.index(colour)))
