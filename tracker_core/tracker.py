"""The interface of trackers: ``Tracker.init`` makes a target from a box, ``Target.update`` finds it in the next frame.

Images are RGB uint8 arrays of shape (height, width, 3). This file does not import torch, so the window can use these
types before it loads a network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from tracker_core.decision.prediction import SCALES, Candidate, Evidence, LookAlike, Prediction, ScaleLevel
from tracker_core.decision.reliability import ScoreCalibration
from tracker_core.decision.score_map import Constants
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image

__all__ = [
    "SCALES",
    "Candidate",
    "DeviceName",
    "Evidence",
    "FloatArray",
    "Image",
    "LookAlike",
    "Place",
    "PrecisionName",
    "Prediction",
    "ScaleLevel",
    "Target",
    "Tracker",
]

DeviceName = Literal["auto", "cpu", "cuda", "mps"]
"""The devices to choose from; "auto" is the fastest one of this machine."""

PrecisionName = Literal["auto", "float32", "bf16"]
"""The number types to choose from; ``runtime.placement.place`` says what "auto" is."""


class Place(NamedTuple):
    """Where a tracker computes, in which number type, and by what if that is not torch. ``str`` of it is for people:
    "cpu bf16", "cpu bf16 OpenVINO".
    """

    device: str
    precision: str
    runtime: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, self))


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
        """Continue from another box, such as one that a person drew, with the same exemplar."""
        ...


@runtime_checkable
class LearnsDistractors(Protocol):
    """A target that can be told which objects it is not."""

    def add_distractor(self, image: Image, box: Box) -> None:
        """Learn that what is in this box is not the target.

        Raises:
            ValueError: if the box has no area, lies wholly outside the picture or is far larger than it.
        """
        ...


@runtime_checkable
class RefinesBoxes(Protocol):
    """A target that can look again at a box that is about right."""

    def refine(self, image: Image, box: Box) -> Prediction:
        """Find the box that fits the object there; its size is not damped by the last one. The target itself does not
        move.

        Raises:
            ValueError: if the box has no area, lies wholly outside the picture or is far larger than it.
        """
        ...


@runtime_checkable
class FindsLookAlikes(Protocol):
    """A target that can be searched for in a whole picture."""

    def look_alikes(
        self,
        image: Image,
        *,
        scales: Sequence[float] = SCALES,
        least_score: float = 0.5,
        most: int = 100,
        known: Sequence[Box] = (),
        on_tile: Callable[[int, int], None] = lambda done, total: None,
    ) -> list[LookAlike]:
        """Find everything that looks like the exemplar, the most similar first; see ``look_alikes.find_look_alikes``.
        Finds that overlap a ``known`` box are left out. The target itself does not move.
        """
        ...


class Tracker(Protocol):
    """A network with its constants. Stateless: any number of targets may share one."""

    @property
    def name(self) -> str: ...

    @property
    def constants(self) -> Constants: ...

    @property
    def calibration(self) -> ScoreCalibration:
        """What its score means; ``AS_IT_IS`` if that has not been measured."""
        ...

    @property
    def place(self) -> Place: ...

    def with_constants(self, constants: Constants) -> Tracker:
        """The same network with other constants.

        Raises:
            TypeError: if the constants are those of another family.
        """
        ...

    def init(self, image: Image, box: Box) -> Target:
        """Take the exemplar at ``box``.

        Raises:
            ValueError: if the box has no area, lies wholly outside the image or is far larger than it.
        """
        ...
