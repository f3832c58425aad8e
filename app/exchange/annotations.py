"""What passes between a project and a format, in both directions: heads of tracks and dense rows of boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.exchange.match_rules import Match
from app.model.box_record import BoxRecord
from app.model.frame_spans import NO_FRAMES, FrameSpans
from app.model.project import VideoReference
from app.model.words import counted as counted  # for notes


@dataclass(frozen=True, slots=True)
class Row:
    """One record of one track at one frame (0-based)."""

    frame: int
    track_id: int
    record: BoxRecord


@dataclass(frozen=True, slots=True)
class TrackHead:
    """A track without its boxes. ``colour`` is None where the format does not say.

    ``gaps``: frames of which nothing is known although there are boxes before and after them.
    """

    id: int
    label: str
    colour: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    gaps: FrameSpans = NO_FRAMES


@dataclass(frozen=True, slots=True)
class Detection:
    """A box at a frame (0-based) that belongs to no track."""

    frame: int
    label: str
    record: BoxRecord


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything that a format writes or has read.

    ``labels``: in the order of the classes, the first is class 1.
    ``rows``: visible boxes, by frame and then by track.
    ``absences``: where a target is stated to be absent; None where the format cannot say, and a gap then means absent.
    ``notes``: what the reader left out or changed, a sentence each.
    ``detections``: boxes that name no track, in the order of the file.
    ``matched``: by which rule pictures were matched with frames, a sentence; empty where the format leaves no choice.
    """

    video: VideoReference
    labels: tuple[str, ...]
    tracks: tuple[TrackHead, ...]
    rows: tuple[Row, ...]
    absences: tuple[Row, ...] | None = None
    notes: tuple[str, ...] = ()
    detections: tuple[Detection, ...] = ()
    matched: str = ""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to write.

    ``keyframes_only``: a person's boxes only; otherwise every box as shown, tracked and interpolated ones included.
    ``minimum_score``: leaves out tracked boxes scored below this that no person has reviewed.
    ``single_class``: every track becomes class 1, which is what TrackEval's MOTChallenge evaluation scores.
    ``first_pixel``: the coordinate of the first pixel where a format leaves it open (MOT): 1 as its authors say, or 0.
    """

    keyframes_only: bool = False
    minimum_score: float | None = None
    single_class: bool = False
    first_pixel: int = 1

    def __post_init__(self) -> None:
        if self.first_pixel not in (0, 1):
            raise ValueError(f"the first pixel is 0 or 1, not {self.first_pixel}")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a file does not say itself.

    ``label_names``: names for the classes of a file that only numbers them; the first is class 1.
    ``first_pixel``: as in ``ExportOptions``.
    ``match``: the rule by which pictures are matched with frames; None to derive it from the whole file.
    """

    label_names: tuple[str, ...] = ()
    first_pixel: int = 1
    match: Match | None = None

    def __post_init__(self) -> None:
        if self.first_pixel not in (0, 1):
            raise ValueError(f"the first pixel is 0 or 1, not {self.first_pixel}")
