"""One statement about one target in one frame."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tracker_core.geometry import Box


class Source(StrEnum):
    """Who made a record. The values are stored in project files and exports."""

    HUMAN = "human"
    TRACKER = "tracker"
    INTERPOLATED = "interpolated"


_HUMAN = Source.HUMAN  # looking up members of an Enum is slow, and a project has millions of records


@dataclass(frozen=True, slots=True)
class BoxRecord:
    """States where a target is in a frame, or that it is absent.

    ``box`` is None if the target is **absent**: not in the picture from here on until the next visible record.
    ``occluded`` is a person's statement; a low score is not. ``score`` is None for a person's record. ``accord`` is the
    IoU of the boxes that the run from the keyframe before and the run from the keyframe after gave here; None if only
    one of them reached this frame.

    Raises:
        ValueError: for a person's record with a score, or an absent record that is occluded.
    """

    box: Box | None
    source: Source
    score: float | None = None
    occluded: bool = False
    reviewed: bool = False
    run_id: int | None = None
    accord: float | None = None

    def __post_init__(self) -> None:
        if self.source is _HUMAN and self.score is not None:
            raise ValueError("a person's box has no score")
        if self.box is None and self.occluded:
            raise ValueError("an absent target cannot be occluded as well")

    @property
    def absent(self) -> bool:
        return self.box is None

    @property
    def is_keyframe(self) -> bool:
        """Whether a person made it. No tracker ever overwrites such a record."""
        return self.source is _HUMAN

    def at(self, box: Box) -> BoxRecord:
        """The same record at another place."""
        return replace(self, box=box)


def keyframe(box: Box | None, *, occluded: bool = False) -> BoxRecord:
    """A person's record: the target is here, or (None) it is absent from here on."""
    return BoxRecord(box=box, source=Source.HUMAN, occluded=occluded, reviewed=True)
