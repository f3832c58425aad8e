"""What a project and a format exchange, in both directions: heads of tracks and dense rows of boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.exchange.match_rules import Match
from app.model.attributes import NO_CHANGES, AttributeChanges, AttributeDefinition, values_at
from app.model.box_record import BoxRecord
from app.model.frame_spans import NO_FRAMES, FrameSpans
from app.model.project import VideoReference
from app.model.words import counted as counted  # for notes
from tracker_core.geometry import Box


@dataclass(frozen=True, slots=True)
class Row:
    """One record of one track at one frame (0-based)."""

    frame: int
    track_id: int
    record: BoxRecord


@dataclass(frozen=True, slots=True)
class TrackHead:
    """A track without its boxes. ``colour`` is None if the file does not say.

    ``gaps``: frames of which nothing is known although there are boxes before and after them. ``changes``: attributes
    whose value holds from a frame on.
    """

    id: int
    label: str
    colour: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    gaps: FrameSpans = NO_FRAMES
    changes: AttributeChanges = NO_CHANGES

    def attributes_at(self, frame: int) -> dict[str, str]:
        """The values that hold at a frame."""
        return values_at(self.attributes, self.changes, frame)


@dataclass(frozen=True, slots=True)
class Detection:
    """A box at a frame (0-based) that belongs to no track."""

    frame: int
    label: str
    record: BoxRecord

    @property
    def box(self) -> Box:
        assert self.record.box is not None
        return self.record.box

    @property
    def score(self) -> float | None:
        return self.record.score


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything that a format writes, or has read.

    ``labels``: in class order; the first is class 1. ``vacated``: those of them that only hold a number free.
    ``rows``: visible boxes, by frame and then by track.
    ``absences``: where a target is stated to be absent; None if the format cannot say, and a gap then means absent.
    ``notes``: what the reader left out or changed, a sentence each.
    ``detections``: boxes that name no track, in the order of the file.
    ``matched``: the rule by which pictures were matched with frames, as a sentence; empty if there is only one way.
    ``frames``: the frames that are written, each with a picture of its own in formats that list pictures.
    ``listed``: the frames, in order, of which a file that was read has pictures; None if it means all of them.
    ``attributes``: what attributes of tracks can be, by name, where that is known.
    """

    video: VideoReference
    labels: tuple[str, ...]
    tracks: tuple[TrackHead, ...]
    rows: Sequence[Row]
    absences: tuple[Row, ...] | None = None
    notes: tuple[str, ...] = ()
    detections: tuple[Detection, ...] = ()
    matched: str = ""
    frames: range = range(0)
    listed: tuple[int, ...] | None = None
    attributes: Mapping[str, AttributeDefinition] = field(default_factory=dict)
    vacated: frozenset[str] = frozenset()

    def classes(self, *, first: int) -> list[tuple[int, str]]:
        """Number and label of each class, where the first label is class ``first``; without the vacated."""
        return [(n, label) for n, label in enumerate(self.labels, start=first) if label not in self.vacated]

    def class_of_track(self, *, first: int) -> dict[int, int]:
        """The number of each track's class, where the first label is class ``first``."""
        class_of = {label: number for number, label in enumerate(self.labels, start=first)}
        return {head.id: class_of[head.label] for head in self.tracks}

    def label_of_track(self) -> dict[int, str]:
        return {head.id: head.label for head in self.tracks}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to write. The first seven options are for every format; ``Format.options`` names the others that a format
    knows.

    ``keyframes_only``: a person's boxes only; otherwise every box as shown, tracked and interpolated ones included.
    ``reviewed_only``: only boxes that a person has drawn or reviewed.
    ``minimum_score``: leaves out tracked boxes scored below this that no person has reviewed.
    ``label_map``: from a label of the project to its name in the file; an empty name leaves its tracks out.
    ``class_order``: labels of the file, in the order of their class numbers; others follow.
    ``frames``: the frames to write; None for all.
    ``pictures``: "jpg" or "png" to write the frames as well; empty for none.
    ``single_class``: every track becomes class 1, which is what TrackEval's MOTChallenge evaluation scores.
    ``first_pixel``: the coordinate of the first pixel where a format leaves it open (MOT): 1 as its authors say, or 0.
    ``mot17``: the 13 classes of MOT17 by their numbers; labels that are none of them are left out.
    ``polygons``: a region is the four corners of its box (VOT) and not left, top, width, height.
    ``columns``: the columns of a text file (``text_columns.py``).
    ``margin``: by how much a crop is larger than its box, at each side, as a share of the box's width and height.
    """

    keyframes_only: bool = False
    minimum_score: float | None = None
    single_class: bool = False
    first_pixel: int = 1
    reviewed_only: bool = False
    label_map: Mapping[str, str] = field(default_factory=dict)
    class_order: tuple[str, ...] = ()
    frames: range | None = None
    pictures: str = ""
    mot17: bool = False
    polygons: bool = False
    columns: str = ""
    margin: float = 0.0

    def __post_init__(self) -> None:
        check_first_pixel(self.first_pixel)
        check_frames(self.frames)
        if not 0 <= self.margin <= LARGEST_MARGIN:
            raise ValueError(f"the margin of a crop is a number from 0 to {LARGEST_MARGIN:g}, not {self.margin}")
        if self.pictures not in PICTURE_TYPES:
            raise ValueError(f"pictures are written as {' or '.join(filter(None, PICTURE_TYPES))}, not {self.pictures}")
        if self.mot17 and self.single_class:
            raise ValueError("either the classes of MOT17 are written or a single class, not both")


PICTURE_TYPES = ("", "jpg", "png")
LARGEST_MARGIN = 10.0


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the file itself does not say.

    ``label_names``: names for the classes of a file that only numbers them; the first is class 1.
    ``first_pixel``, ``columns``: as in ``ExportOptions``.
    ``match``: the rule by which pictures are matched with frames; None to derive it from the whole file.
    ``frames``: the frame of the video that each frame of the file is, in formats that count frames from the first of
    the file; None if the file begins with the video, or says so itself.
    """

    label_names: tuple[str, ...] = ()
    first_pixel: int = 1
    match: Match | None = None
    frames: range | None = None
    columns: str = ""

    def __post_init__(self) -> None:
        check_first_pixel(self.first_pixel)
        check_frames(self.frames)


def check_first_pixel(first_pixel: int) -> None:
    if first_pixel not in (0, 1):
        raise ValueError(f"the first pixel is 0 or 1, not {first_pixel}")


def check_frames(frames: range | None) -> None:
    if frames is not None and (frames.start < 0 or frames.step < 1):
        raise ValueError(f"frames are counted from 0 in steps of 1 or more, not from {frames.start} by {frames.step}")
