"""The result of a decision: a box with its score, and the evidence for it. Imports neither torch nor OpenCV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracker_core.decision.fit import AS_SEEN, Fit
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration, Signs
from tracker_core.decision.score_map import Response
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image

if TYPE_CHECKING:
    from tracker_core.crops import Crop  # OpenCV comes with it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A box that the tracker considered, in image pixels, with its raw score before and after penalty and window."""

    box: Box
    score: float
    decided_score: float


@dataclass(frozen=True, slots=True)
class ScaleLevel:
    """One scale of a tracker that finds the size by looking at several scales."""

    factor: float  # width of this search region, relative to the one that the target's last size asks for
    crop: Crop  # the search region, and where it lies in the image
    response: FloatArray  # (S, S) logits, as the network said them
    raw: FloatArray  # (S, S) the same as probabilities
    peak: float  # the highest probability after the scale penalty; the scale with the highest peak wins
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
    search_region_box: Box  # where that crop lies in the image; may reach outside
    raw: FloatArray  # (S, S) foreground probability
    window: FloatArray  # (S, S) cosine window
    penalised: FloatArray  # (S, S) raw * scale and ratio penalty
    decided: FloatArray  # (S, S)
    map_box: Box  # the part of the image that the S x S cells cover, in image pixels
    cell: tuple[int, int]  # (row, column) of the winner
    candidates: tuple[Candidate, ...]  # best first
    response: Response | None = None  # the network's answer; this and the next two are enough to decide the frame again
    last_box: Box | None = None  # the target's box before this frame, in image pixels
    image_size: tuple[int, int] | None = None  # width, height
    ranked: FloatArray | None = None  # (S, S) what a family compared instead of ``raw``, if it does
    distractors: tuple[Candidate, ...] = ()  # other objects that look like the target, the most alike first
    is_searching: bool = False  # the target was lost before this frame: a wider look, and the window hardly counts
    lost_below: float = 0.0  # the box stays if the raw score is lower
    fit: Fit = AS_SEEN  # from the network's boxes to the person's; candidates are the network's, but for the winner
    pyramid: tuple[ScaleLevel, ...] = ()  # SiamFC's scales, smallest first; search_region is that of the chosen one
    score: float | None = None  # of the prediction; all maps and candidates have raw scores
    calibration: ScoreCalibration = AS_IT_IS  # from raw scores to the score


@dataclass(frozen=True, slots=True)
class Prediction:
    """Where the target is in one frame.

    ``score``, in [0, 1], is the probability that the box overlaps its target by half or more (IoU), as measured on
    videos whose truth is known. Without such a measurement it is the network's own, unpenalised score.
    """

    box: Box
    score: float
    evidence: Evidence | None = None
    signs: Signs | None = None  # what the score was computed from; None without a network
    is_found: bool = True  # False if nothing in the frame was taken for the target, so its box stayed


SCALES: Final = (0.7, 1.0, 1.4)
"""Sizes to search a whole picture for, as multiples of the exemplar's. The network itself tolerates about a quarter
more or less.
"""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A place that looks like the exemplar. ``score``, in [0, 1], is the network's own: how often it is right in a
    whole picture has not been measured.
    """

    box: Box
    score: float
