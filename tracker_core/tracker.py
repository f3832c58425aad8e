"""What a tracker is: one method makes a target from a box, one method of the target carries it to the next frame.

Images are RGB uint8 arrays of shape (height, width, 3). This file imports no torch, so that the window can name these
types before a network was ever loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration, Signs
from tracker_core.decision.score_map import Constants, Response
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image

if TYPE_CHECKING:
    from tracker_core.crops import Crop  # with it would come OpenCV

__all__ = [
    "Candidate",
    "DeviceName",
    "Evidence",
    "FloatArray",
    "Image",
    "Place",
    "PrecisionName",
    "Prediction",
    "ScaleLevel",
    "Target",
    "Tracker",
]

DeviceName = Literal["auto", "cpu", "cuda", "mps"]
"""What can be asked for; "auto" is the fastest device there is."""

PrecisionName = Literal["auto", "float32", "bf16"]
"""What can be asked for; "auto" is bf16 where the hardware has it."""


class Place(NamedTuple):
    """Where a tracker really computes, and in which numbers. ``str`` of it is for people: "cpu bf16"."""

    device: str
    precision: str

    def __str__(self) -> str:
        return f"{self.device} {self.precision}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A box that the tracker considered, in image pixels, with its raw score before and after penalty and window."""

    box: Box
    score: float
    decided_score: float


@dataclass(frozen=True, slots=True)
class ScaleLevel:
    """One look of a tracker that finds the size by looking at several scales at once."""

    factor: float  # how much wider it looked than the target's last size asks for
    crop: Crop  # the search region, and where it lies in the image
    response: FloatArray  # (S, S) logits, as the network said them
    raw: FloatArray  # (S, S) the same as probabilities
    peak: float  # the scales are compared by it: the highest probability, after the penalty for another scale
    chosen: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a prediction is where it is: everything that the score-map panel shows for one frame.

    The four maps share one shape (S, S): cell (row, column) of the score map. For an anchor tracker each cell shows its
    best anchor, for SiamFC its best pixel of the upsampled map. ``decided`` is what the arg-max was taken of:
    ``penalised * (1 - influence) + window * influence``.
    """

    exemplar: Image  # (127, 127, 3)
    search_region: Image  # (instance, instance, 3)
    search_region_box: Box  # where that crop lies in the image; may reach over the border
    raw: FloatArray  # (S, S) foreground probability
    window: FloatArray  # (S, S) cosine window
    penalised: FloatArray  # (S, S) raw * scale and ratio penalty
    decided: FloatArray  # (S, S)
    map_box: Box  # the part of the image that the S x S cells cover
    cell: tuple[int, int]  # (row, column) of the winner
    candidates: tuple[Candidate, ...]  # best first
    response: Response | None = None  # what the network said; with it and the next two the frame can be decided anew
    last_box: Box | None = None  # of the target before this frame, in image pixels
    image_size: tuple[int, int] | None = None  # width, height
    ranked: FloatArray | None = None  # (S, S) what was compared in place of ``raw``, where a family knows better
    distractors: tuple[Candidate, ...] = ()  # other objects that look like the target, the most alike first
    is_searching: bool = False  # the target was lost before this frame: looked for farther, the window hardly counts
    lost_below: float = 0.0  # a raw score under it moves nothing
    pyramid: tuple[ScaleLevel, ...] = ()  # what SiamFC saw, the smallest scale first; search_region is the chosen one's
    score: float | None = None  # of the prediction; all maps and candidates have raw scores
    calibration: ScoreCalibration = AS_IT_IS  # that made it of them


@dataclass(frozen=True, slots=True)
class Prediction:
    """Where the target is in one frame.

    ``score``, in [0, 1], is how likely the box overlaps its target by half or more (IoU), as measured on videos whose
    truth is known; of a tracker that nobody has measured it is the network's own, unpenalised.
    """

    box: Box
    score: float
    evidence: Evidence | None = None
    signs: Signs | None = None  # what the score was made of; of a tracker without a network nothing


class Target(Protocol):
    """One followed object: exemplar features, centre and size. Belongs to one thread."""

    @property
    def box(self) -> Box:
        """The box of the last frame seen."""
        ...

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        """Find the target in the next frame and remember where it was."""
        ...

    def move_to(self, box: Box) -> None:
        """Continue from another box (a person's) without a new exemplar."""
        ...


class Tracker(Protocol):
    """A network with its constants. Stateless: any number of targets may follow with one."""

    @property
    def name(self) -> str: ...

    @property
    def constants(self) -> Constants: ...

    @property
    def calibration(self) -> ScoreCalibration:
        """What its score means; ``AS_IT_IS`` where nobody has measured that."""
        ...

    @property
    def place(self) -> Place: ...

    def with_constants(self, constants: Constants) -> Tracker:
        """The same network, decided otherwise.

        Raises:
            TypeError: if the constants are those of another family.
        """
        ...

    def init(self, image: Image, box: Box) -> Target:
        """Take the exemplar at ``box``.

        Raises:
            ValueError: if the box has no area or lies wholly outside the image.
        """
        ...
