"""One tracking step of all trackers with a region proposal network (SiamRPN, section 3.4).

1. ``RPNTarget.squares``: one search region around the last place, twice as wide as the exemplar, or wider while the
   target is lost.
2. The family's engine gives a score and a box for each anchor.
3. ``RPNTarget.conclude``: a penalty for a change of size or shape, the cosine window, arg-max. Then the box jumps to
   the winner's centre and takes on part of its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from tracker_core.crops import Square, crops_of
from tracker_core.decision.evidence import conclude, explain, follow
from tracker_core.decision.fit import AS_SEEN, Fit
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration
from tracker_core.decision.score_map import Decision, Response, TrackingConstants, Winner
from tracker_core.decision.search_growth import LOST_WINDOW_INFLUENCE, SearchGrowth, SearchState
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.target import Engine, Kernels, NetworkTarget, NetworkTracker, TargetFacts
from tracker_core.tracker import Prediction


class RPNTarget(NetworkTarget[Kernels, Response | Winner], Generic[Kernels]):
    """A target that is found among the boxes that a network proposes in one search region.

    With ``growth`` the search region of a lost target grows, and the box stays in its place until the target is found.
    """

    def __init__(
        self,
        engine: Engine[Kernels, Response | Winner],
        constants: TrackingConstants,
        image: Image,
        box: Box,
        *,
        growth: SearchGrowth | None = None,
        calibration: ScoreCalibration = AS_IT_IS,
    ) -> None:
        self._constants = constants  # first, because the base class reads them
        super().__init__(engine, image, box, calibration=calibration)
        self._growth = growth
        self._search = self._local()
        self._fit = AS_SEEN
        if constants.fitting > 0:
            self._fit = Fit.between(box, self.refine(image, box).box, share=constants.fitting)

    def move_to(self, box: Box) -> None:
        super().move_to(box)
        self._search = self._local()

    def squares(self) -> tuple[Square, ...]:
        """The search region: as many times wider than the exemplar's window as its crop is larger."""
        return (self._search_square(self._search.size),)

    @property
    def lead(self) -> float:
        return self._constants.lead

    @property
    def slender(self) -> float:
        return self._constants.slender

    def facts(self, square: Square) -> TargetFacts:
        """Also what ``device_step.winners`` needs."""
        constants, (across, down) = self._constants, square.scales
        influence = LOST_WINDOW_INFLUENCE if self._search.is_searching else constants.window_influence
        width, height = self._fit.seen_size(self._box)
        return TargetFacts(
            self._fill, width * across, height * down,
            constants.penalty_k, influence, constants.voting,
        )  # fmt: skip

    def conclude(
        self,
        image: Image,
        looked: Sequence[Square],
        answers: Sequence[Response | Winner],
        *,
        with_evidence: bool = False,
    ) -> Prediction:
        """Penalty, cosine window, arg-max, size smoothing. If the device has decided, its answer is the winner, and
        only the smoothing is left.
        """
        (square,), (answer,) = looked, answers
        last_box, is_searching, lost_below = self._box, self._search.is_searching, self._lost_below
        image_size = image.shape[1], image.shape[0]
        if isinstance(answer, Winner):
            prediction = follow(
                answer, square, self._constants,
                last_box=last_box, image_size=image_size, lost_below=lost_below, calibration=self._calibration,
                fit=self._fit,
            )  # fmt: skip
            self._move_by(prediction, answer.score)
            if self._learns:
                self._refresh(image, prediction)
            return prediction
        prediction, decision = conclude(
            answer, square, self._constants,
            last_box=last_box, image_size=image_size, is_searching=is_searching, lost_below=lost_below,
            calibration=self._calibration, fit=self._fit,
        )  # fmt: skip
        self._move_by(prediction, decision.score)
        if self._learns:
            self._learn(image, square, answer, decision)
            self._refresh(image, prediction)
        if not with_evidence:
            return prediction
        (crop,) = crops_of(looked)
        return explain(
            prediction, decision, answer, crop, self._constants,
            exemplar=self._exemplar, last_box=last_box, image_size=image_size,
            is_searching=is_searching, lost_below=lost_below, calibration=self._calibration, fit=self._fit,
        )  # fmt: skip

    def _trust_sizes(self) -> None:
        self._constants = replace(self._constants, size_lr=1.0)

    def _move_by(self, prediction: Prediction, raw_score: float) -> None:
        self._go_on_from(prediction)
        if self._growth:
            self._search = self._growth.after(self._search, raw_score)

    def _learn(self, image: Image, square: Square, response: Response, decision: Decision) -> None:
        """Learn from this frame for the next ones. Most families learn nothing."""

    @property
    def _lost_below(self) -> float:
        """A winner with a lower score is not trusted: the box stays."""
        return self._growth.lost_below if self._growth else 0.0

    def _local(self) -> SearchState:
        return self._growth.start() if self._growth else SearchState(self.engine.instance_size)


Tracking = TypeVar("Tracking", bound=TrackingConstants)


class RPNTracker(NetworkTracker[Kernels, Response | Winner, Tracking], Generic[Kernels, Tracking]):
    """A tracker whose targets are ``RPNTarget``s."""

    def init(self, image: Image, box: Box) -> RPNTarget[Kernels]:
        """Take the exemplar at ``box``."""
        return RPNTarget(self.engine, self.constants, image, box, calibration=self.calibration)
