"""DaSiamRPN (Zhu et al., ECCV 2018): SiamRPN that learns the target's distractors, and searches when it is lost.

The network is SiamRPN's; two things are added around it. First, an object that was nearly taken for the target becomes
a detector too, and what it detects counts against a proposal (section 3.3, ``distractors``). Second, a lost target is
looked for in a search region that grows by a constant step (section 3.4, ``search_growth``). The published code has
neither.

The whole objective takes one correlation a frame and costs no more than SiamRPN's: SiamRPN needs only the difference of
an anchor's two class kernels, so the exemplar and the mean distractor share the two places.

Three things differ from the paper. The paper compares features of cut-out proposals, this code the search region's
features under the same anchor. A distractor's detector includes the biases of the layer that makes it. And the exemplar
stays the one that a person drew: the paper takes in one from every frame, and so may learn its own errors.
"""

from __future__ import annotations

import torch
from torch import Tensor

from tracker_core.crops import Square
from tracker_core.decision.distractors import DistractorConstants, DistractorResponse, IncrementalMean
from tracker_core.decision.evidence import in_image
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration
from tracker_core.decision.score_map import Decision, Response, Winner, logistic
from tracker_core.decision.search_growth import EVEN_GROWTH, SearchGrowth
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image
from tracker_core.runtime.device_step import FactTensors
from tracker_core.target import Engine
from tracker_core.trackers.families import Parts
from tracker_core.trackers.region_proposal import RPNTarget, RPNTracker
from tracker_core.trackers.siamrpn import SLOW_LAYERS, Detector, NetworkConfig, SiamRPNEngine, SiamRPNNetwork

GROWTH_STEP, LARGEST_GROWTH = 128, 512
"""How many network pixels the search region of a lost target grows by in a frame, and in all."""


class DaSiamRPNEngine(SiamRPNEngine):
    """Its detectors hold two sets of class kernels: the target's, then the distractors' (all 0 if there are none)."""

    def _response(self, logits: FloatArray, deltas: FloatArray) -> Response:
        similarity, distraction = logits[: self._k], logits[self._k :]
        return DistractorResponse(
            logistic(similarity), self._boxes(deltas), similarity, distraction if distraction.any() else None
        )

    def _on_device(self, regions: Tensor, facts: FactTensors, *kernels: Tensor) -> Tensor:
        """The whole answer in numpy, because ``distractors`` needs all proposals."""
        return self._computed(regions, *kernels)

    def _read(self, answers: FloatArray) -> list[Response]:
        return self._responses(answers)


class DaSiamRPNTarget(RPNTarget[Detector]):
    """A target, with its exemplar and all distractors that are known so far."""

    def __init__(
        self,
        engine: Engine[Detector, Response | Winner],
        constants: DistractorConstants,
        image: Image,
        box: Box,
        *,
        growth: SearchGrowth,
        calibration: ScoreCalibration = AS_IT_IS,
    ) -> None:
        super().__init__(engine, constants, image, box, growth=growth, calibration=calibration)
        self._distractor_constants = constants
        self._own = self.kernels.classes
        self._distractors = IncrementalMean[Tensor](constants.learning_rate)
        self._fold(torch.zeros_like(self._own))

    def add_distractor(self, image: Image, box: Box) -> None:
        """Learn a distractor: this is not the target, however similar it looks.

        Raises:
            ValueError: if the box does not lie in the picture.
        """
        self._distractors.add([self.engine.template(self._exemplar_at(image, box)).classes])
        mean = self._distractors.mean
        assert mean is not None
        self._fold(mean)

    def _learn(self, image: Image, square: Square, response: Response, decision: Decision) -> None:
        """If the target was surely seen, learn the distractor that came closest to it.

        One a frame, so several distractors take turns. It costs a pass of the exemplar's branch, a third to a half of a
        frame's time.
        """
        constants = self._distractor_constants
        if decision.score < constants.lost_below:
            return
        height, width = image.shape[:2]
        others = sorted(response.distractors(decision.index, constants), key=lambda index: -decision.ranked[index])
        for anchor, row, column in others:
            box = in_image(response.boxes[:, anchor, row, column], square)
            if box.clipped(width=width, height=height).area > 0:
                self.add_distractor(image, box)
                return

    @property
    def _lost_below(self) -> float:
        """While searching, trust only a score that ends the search: a large region soon shows something similar to the
        target.
        """
        assert self._growth is not None
        return self._growth.found_above if self._search.is_searching else self._growth.lost_below

    def _fold(self, distractors: Tensor) -> None:
        """Make one detector of the exemplar and the mean of all distractors."""
        self.kernels = Detector(torch.cat([self._own, distractors]), self.kernels.boxes)


class DaSiamRPN(RPNTracker[Detector, DistractorConstants]):
    """The tracker."""

    constants_type = DistractorConstants

    def init(self, image: Image, box: Box) -> DaSiamRPNTarget:
        """Take the exemplar at ``box``. The search region of a small target is one cell wider on each side."""
        height, width = image.shape[:2]
        is_small = box.area / (width * height) < self.constants.small_target
        local = self.engine.instance_size + (EVEN_GROWTH if is_small else 0)
        growth = SearchGrowth(
            local, local + LARGEST_GROWTH, GROWTH_STEP, self.constants.lost_below, self.constants.found_above
        )
        return DaSiamRPNTarget(self.engine, self.constants, image, box, growth=growth, calibration=self.calibration)


PARTS = Parts(NetworkConfig, SiamRPNNetwork, DaSiamRPNEngine, DaSiamRPN, SLOW_LAYERS)
