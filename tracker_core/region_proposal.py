"""What the trackers with a region proposal network share: the target, and one tracking step (SiamRPN, section 3.4).

A network of this family answers two questions, ``template`` and ``respond``; everything between is here, once.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from tracker_core.crops import crop_square, exemplar_side, mean_colour
from tracker_core.evidence import conclude, explain
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.score_map import Response, TrackingConstants
from tracker_core.tracker import Prediction

EXEMPLAR_SIZE = 127

Kernels = TypeVar("Kernels")


class Engine(Protocol[Kernels]):
    """A network in its place: pictures in, numbers out. Stateless, so that many targets share one."""

    instance_size: int

    def template(self, exemplar: Image) -> Kernels:
        """(127, 127, 3) -> whatever ``respond`` wants to know of the exemplar."""
        ...

    def respond(self, kernels: Kernels, search_region: Image) -> Response:
        """(instance_size, instance_size, 3) -> scores and boxes of every anchor."""
        ...


class RPNTarget:
    """One followed object: its exemplar's kernels, and where and how large it was in the last frame."""

    def __init__(self, engine: Engine[Kernels], constants: TrackingConstants, image: Image, box: Box) -> None:
        height, width = image.shape[:2]
        if box.clipped(width=width, height=height).area <= 0:
            raise ValueError(f"the box {box.as_tuple()} does not lie in the picture of {width} x {height} pixels")
        self._engine = engine
        self._constants = constants
        self._box = box
        self._fill = mean_colour(image)
        self._exemplar = crop_square(
            image, cx=box.cx, cy=box.cy, side=exemplar_side(box), size=EXEMPLAR_SIZE, fill=self._fill
        ).image
        self._kernels = engine.template(self._exemplar)

    @property
    def box(self) -> Box:
        return self._box

    def move_to(self, box: Box) -> None:
        """Continue from another box; the exemplar stays."""
        self._box = box

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        """Find the target in the next frame."""
        last_box, image_size = self._box, (image.shape[1], image.shape[0])
        # the search region: as much wider than the exemplar window as the crop is larger than the exemplar's
        size = self._engine.instance_size
        side = exemplar_side(last_box) * size / EXEMPLAR_SIZE
        crop = crop_square(image, cx=last_box.cx, cy=last_box.cy, side=side, size=size, fill=self._fill)
        # score and box of every anchor
        response = self._engine.respond(self._kernels, crop.image)
        # penalty, cosine window, arg-max, size smoothing
        prediction, decision = conclude(response, crop, self._constants, last_box=last_box, image_size=image_size)
        self._box = prediction.box
        if not with_evidence:
            return prediction
        return explain(
            prediction, decision, response, crop,
            exemplar=self._exemplar, last_box=last_box, image_size=image_size,
        )  # fmt: skip
