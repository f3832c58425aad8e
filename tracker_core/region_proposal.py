"""What the trackers with a region proposal network share: the tracker's form, and one tracking step (SiamRPN, section
3.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, Self

from tracker_core.crops import Crop, crop_square, exemplar_side
from tracker_core.evidence import conclude, explain
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.score_map import Constants, Decision, Response, TrackingConstants
from tracker_core.search_growth import SearchGrowth, SearchState
from tracker_core.target import EXEMPLAR_SIZE, Engine, Kernels, NetworkTarget
from tracker_core.tracker import Prediction


class RPNTarget(NetworkTarget[Kernels, Response], Generic[Kernels]):
    """A target that is found among the boxes that a network proposes in one search region.

    With ``growth`` it is looked for ever farther while it is lost, and stays where it was last until it is seen again.
    """

    def __init__(
        self,
        engine: Engine[Kernels, Response],
        constants: TrackingConstants,
        image: Image,
        box: Box,
        *,
        growth: SearchGrowth | None = None,
    ) -> None:
        super().__init__(engine, image, box)
        self._constants = constants
        self._growth = growth
        self._search = self._local()

    def move_to(self, box: Box) -> None:
        super().move_to(box)
        self._search = self._local()

    def look(self, image: Image) -> tuple[Crop, ...]:
        """The search region: as much wider than the exemplar window as its crop is larger than the exemplar's."""
        size = self._search.size
        side = exemplar_side(self._box) * size / EXEMPLAR_SIZE
        return (crop_square(image, cx=self._box.cx, cy=self._box.cy, side=side, size=size, fill=self._fill),)

    def conclude(
        self, image: Image, crops: tuple[Crop, ...], answers: Sequence[Response], *, with_evidence: bool
    ) -> Prediction:
        """Penalty, cosine window, arg-max, size smoothing."""
        (crop,), (response,) = crops, answers
        last_box, image_size = self._box, (image.shape[1], image.shape[0])
        is_searching, lost_below = self._search.is_searching, self._growth.lost_below if self._growth else 0.0
        prediction, decision = conclude(
            response, crop, self._constants,
            last_box=last_box, image_size=image_size, is_searching=is_searching, lost_below=lost_below,
        )  # fmt: skip
        self._box = prediction.box
        if self._growth:
            self._search = self._growth.after(self._search, prediction.score)
        self._learn(image, crop, response, decision)
        if not with_evidence:
            return prediction
        return explain(
            prediction, decision, response, crop, self._constants,
            exemplar=self._exemplar, last_box=last_box, image_size=image_size,
            is_searching=is_searching, lost_below=lost_below,
        )  # fmt: skip

    def _learn(self, image: Image, crop: Crop, response: Response, decision: Decision) -> None:
        """What a frame teaches for the next ones; here nothing."""

    def _local(self) -> SearchState:
        return self._growth.start() if self._growth else SearchState(self.engine.instance_size)


class RPNTracker(Generic[Kernels]):
    """A network, its constants, and a name. What it makes of a box is an ``RPNTarget``."""

    constants_type: ClassVar[type[TrackingConstants]] = TrackingConstants

    def __init__(self, name: str, engine: Engine[Kernels, Response], constants: TrackingConstants) -> None:
        self.name = name
        self.constants = constants
        self.engine = engine

    @property
    def device_text(self) -> str:
        return self.engine.device_text

    def with_constants(self, constants: Constants) -> Self:
        wanted = self.constants_type
        if not isinstance(constants, wanted):
            raise TypeError(f"{self.name} decides with {wanted.__name__}, not with {type(constants).__name__}")
        return type(self)(self.name, self.engine, constants)

    def init(self, image: Image, box: Box) -> RPNTarget[Kernels]:
        """Take the exemplar at ``box``: all that is learnt of a target."""
        return RPNTarget(self.engine, self.constants, image, box)
