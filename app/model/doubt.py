"""Doubts: where a track may be wrong, why, and how likely that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from app.model.meeting import Meeting
from tracker_core.geometry import Box

LEAST_RIGHT: Final = 0.8
"""By default a box is doubtful if it is wrong with a probability of a fifth. The setting ``DOUBT_SCORE`` changes
this.
"""

TARGET_IOUS: Final = (0.5, 0.7)
"""The overlaps from which a box may count as right: the two that strengths are fitted for."""


class DoubtKind(IntEnum):
    """Why a box is doubtful. The values fit into one byte a frame."""

    LOW_SCORE = 1
    SCORE_DROP = 2
    SIDES_PART = 3  # the runs from the keyframes before and after give different boxes
    JUMP = 4
    SIZE_JUMP = 5
    SHAPE_JUMP = 6
    GAP = 7  # nothing is known here
    TWO_ON_ONE = 8  # another track of the same label has the same box for several frames
    LEAVES_PICTURE = 10
    LOST = 11  # a run lost the target here
    INTERPOLATED = 12
    LOOSE = 13  # on its target, but probably looser than the target IoU requires
    STALE = 14  # made before a correction beside it
    SAID_WRONG = 15  # a person has said so, for a certificate
    IDENTITY = 16  # two tracks may be one object, or may have swapped
    FOUND_AGAIN = 17  # a lost target may be visible here; the strength is how similar it looks


GUESSED: Final = frozenset({DoubtKind.GAP, DoubtKind.LOST, DoubtKind.STALE, DoubtKind.TWO_ON_ONE, DoubtKind.IDENTITY})
"""Kinds whose strength is stated, not measured: the validation videos have one target each, and nothing is missing in
them.
"""

ABOUT_SCORES: Final = frozenset({DoubtKind.LOW_SCORE, DoubtKind.SCORE_DROP, DoubtKind.LOOSE})
"""Kinds whose words tell of a score."""


@dataclass(frozen=True, slots=True)
class DoubtRules:
    """Defines what is doubtful, for the window, exports and benchmarks. A box is doubtful if the probability that it is
    right is below ``least_right``. It is right if it overlaps its target by ``target_iou`` or more.

    Raises:
        ValueError: for a probability outside [0, 1], or a target IoU that no strength is fitted for.
    """

    least_right: float = LEAST_RIGHT
    target_iou: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.least_right <= 1:
            raise ValueError(f"least_right must be from 0 to 1, not {self.least_right}")
        if self.target_iou not in TARGET_IOUS:
            raise ValueError(f"target_iou must be one of {TARGET_IOUS}, not {self.target_iou}")

    @property
    def threshold(self) -> float:
        """The strength above which a box is doubtful."""
        return 1 - self.least_right


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: frames of one track that are doubtful for one main reason. ``strength``, in [0, 1], is how
    likely the box at ``frame`` is wrong. ``text`` says why, for the queue.
    """

    track_id: int
    first_frame: int
    last_frame: int  # included
    frame: int  # the first of the most doubtful ones: the frame to look at
    kind: DoubtKind
    strength: float
    text: str
    raw_text: str = ""  # the text to use if the score is raw; empty if it is the same
    also: tuple[DoubtKind, ...] = ()  # further reasons in the span
    other_track_id: int | None = None  # of TWO_ON_ONE and IDENTITY
    meeting: Meeting | None = None  # of IDENTITY
    found: Box | None = None  # of FOUND_AGAIN: where the target may be

    @property
    def is_guess(self) -> bool:
        """Whether the strength is a guess rather than measured."""
        return self.kind in GUESSED

    @property
    def frame_count(self) -> int:
        return self.last_frame - self.first_frame + 1
