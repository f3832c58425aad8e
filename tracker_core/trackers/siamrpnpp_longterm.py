"""SiamRPN++ for targets that leave the picture and come back: the long-term variant of the public implementation
(``siamrpn_r50_l234_dwxcorr_lt``), for any network of the family.

A target with a low score is lost: its box stays, the next search region is 831 pixels wide instead of 255, and no place
in it is preferred. A very high score ends the search. Unlike in the published code, and as in every tracker here, the
box stays inside the picture while the target is followed.
"""

from __future__ import annotations

from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration
from tracker_core.decision.score_map import Response, Winner
from tracker_core.decision.search_growth import LongTermConstants, SearchGrowth
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.target import Engine
from tracker_core.trackers.families import Parts
from tracker_core.trackers.region_proposal import RPNTarget, RPNTracker
from tracker_core.trackers.siamrpnpp import Kernels, NetworkConfig, SiamRPNPPEngine, SiamRPNPPNetwork

LOST_INSTANCE_SIZE = 831
"""Side of a lost target's search region in network pixels: ten times the usual area."""


class SiamRPNPPLongTerm(RPNTracker[Kernels, LongTermConstants]):
    """The tracker. Each target has its own state of being lost or not."""

    constants_type = LongTermConstants

    def __init__(
        self,
        name: str,
        engine: Engine[Kernels, Response | Winner],
        constants: LongTermConstants,
        calibration: ScoreCalibration = AS_IT_IS,
    ) -> None:
        super().__init__(name, engine, constants, calibration)
        local = engine.instance_size
        self._growth = SearchGrowth(
            local=local,
            largest=LOST_INSTANCE_SIZE,
            step=LOST_INSTANCE_SIZE - local,
            lost_below=constants.lost_below,
            found_above=constants.found_above,
        )

    def init(self, image: Image, box: Box) -> RPNTarget[Kernels]:
        return RPNTarget(self.engine, self.constants, image, box, growth=self._growth, calibration=self.calibration)


PARTS = Parts(NetworkConfig, SiamRPNPPNetwork, SiamRPNPPEngine, SiamRPNPPLongTerm)
