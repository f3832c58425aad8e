"""What every target of a Siamese network has in common: it looks (crops), the network answers, it concludes.

Between looking and concluding stands one forward pass, and the network does not care whose search regions are in it:
``group.update_all`` lets many targets share one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from tracker_core.crops import Crop, crop_square, exemplar_side, mean_colour
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Prediction

EXEMPLAR_SIZE = 127

Kernels = TypeVar("Kernels")
Answer = TypeVar("Answer")


class Engine(Protocol[Kernels, Answer]):
    """A network in its place: pictures in, numbers out. Stateless, so that many targets share one."""

    instance_size: int

    @property
    def device_text(self) -> str: ...

    def template(self, exemplar: Image) -> Kernels:
        """(127, 127, 3) -> whatever ``respond`` wants to know of the exemplar."""
        ...

    def respond(self, kernels: Sequence[Kernels], regions: Sequence[Image]) -> list[Answer]:
        """One forward pass for search regions (S, S, 3) of one size. ``kernels[i]`` is looked for in ``regions[i]``."""
        ...


class NetworkTarget(ABC, Generic[Kernels, Answer]):
    """One followed object: the kernels of its exemplar, and where and how large it was in the last frame.

    Raises:
        ValueError: if the box has no area or lies wholly outside the picture.
    """

    def __init__(self, engine: Engine[Kernels, Answer], image: Image, box: Box) -> None:
        self.engine = engine
        self._box = box
        self._fill = mean_colour(image)
        self._exemplar = self._exemplar_at(image, box)
        self.kernels = engine.template(self._exemplar)

    @property
    def box(self) -> Box:
        """Where the target was in the last frame, in image pixels."""
        return self._box

    def move_to(self, box: Box) -> None:
        """Continue from another box; the exemplar stays."""
        self._box = box

    @abstractmethod
    def look(self, image: Image) -> tuple[Crop, ...]:
        """The search regions in which the target is looked for, all of one size in network pixels."""

    @abstractmethod
    def conclude(
        self, image: Image, crops: tuple[Crop, ...], answers: Sequence[Answer], *, with_evidence: bool
    ) -> Prediction:
        """Decide where the target is, and remember it. ``answers[i]`` is what the network said about ``crops[i]``."""

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        """Find the target in the next frame."""
        crops = self.look(image)
        answers = self.engine.respond([self.kernels] * len(crops), [crop.image for crop in crops])
        return self.conclude(image, crops, answers, with_evidence=with_evidence)

    def _exemplar_at(self, image: Image, box: Box) -> Image:
        """(127, 127, 3) what is in ``box``, with context."""
        height, width = image.shape[:2]
        if box.clipped(width=width, height=height).area <= 0:
            raise ValueError(f"the box {box.as_tuple()} does not lie in the picture of {width} x {height} pixels")
        side = exemplar_side(box)
        return crop_square(image, cx=box.cx, cy=box.cy, side=side, size=EXEMPLAR_SIZE, fill=self._fill).image
