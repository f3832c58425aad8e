"""What the trackers with a region proposal network share: one tracking step (SiamRPN, section 3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from tracker_core.crops import Crop, crop_square, exemplar_side
from tracker_core.evidence import conclude, explain
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.score_map import Response, TrackingConstants
from tracker_core.target import EXEMPLAR_SIZE, Engine, Kernels, NetworkTarget
from tracker_core.tracker import Prediction


class RPNTarget(NetworkTarget[Kernels, Response], Generic[Kernels]):
    """A target that is found among the boxes that a network proposes in one search region."""

    def __init__(self, engine: Engine[Kernels, Response], constants: TrackingConstants, image: Image, box: Box) -> None:
        super().__init__(engine, image, box)
        self._constants = constants

    def look(self, image: Image) -> tuple[Crop, ...]:
        """The search region: as much wider than the exemplar window as its crop is larger than the exemplar's."""
        size = self.engine.instance_size
        side = exemplar_side(self._box) * size / EXEMPLAR_SIZE
        return (crop_square(image, cx=self._box.cx, cy=self._box.cy, side=side, size=size, fill=self._fill),)

    def conclude(
        self, image: Image, crops: tuple[Crop, ...], answers: Sequence[Response], *, with_evidence: bool
    ) -> Prediction:
        """Penalty, cosine window, arg-max, size smoothing."""
        (crop,), (response,) = crops, answers
        last_box, image_size = self._box, (image.shape[1], image.shape[0])
        prediction, decision = conclude(response, crop, self._constants, last_box=last_box, image_size=image_size)
        self._box = prediction.box
        if not with_evidence:
            return prediction
        return explain(
            prediction, decision, response, crop,
            exemplar=self._exemplar, last_box=last_box, image_size=image_size,
        )  # fmt: skip
