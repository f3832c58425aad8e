"""The families of networks: what there is to choose from, and where each is made. Imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tracker_core.calibration import Calibration
from tracker_core.distractors import DistractorConstants
from tracker_core.scale_pyramid import ScaleConstants
from tracker_core.score_map import Constants, TrackingConstants
from tracker_core.search_growth import LongTermConstants

if TYPE_CHECKING:
    from tracker_core.runtime import Placement
    from tracker_core.tracker import Tracker
    from tracker_core.weights.files import WeightsFile


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of network. ``module`` has ``network_from``, and ``tracker_from`` where it is a tracker's."""

    name: str
    title: str
    module: str
    constants: type[Constants]
    is_tracker: bool = True


FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        Family("siamfc", "SiamFC", "tracker_core.siamfc", ScaleConstants),
        Family("siamrpn", "SiamRPN", "tracker_core.siamrpn", TrackingConstants),
        Family("dasiamrpn", "DaSiamRPN", "tracker_core.dasiamrpn", DistractorConstants),
        Family("siamrpnpp", "SiamRPN++", "tracker_core.siamrpnpp", TrackingConstants),
        Family("siamrpnpp_lt", "SiamRPN++ long-term", "tracker_core.siamrpnpp_longterm", LongTermConstants),
        Family("verifier", "verifier", "tracker_core.verifier", Calibration, is_tracker=False),
    )
}  # fmt: skip


def network_of(family: Family, network: Mapping[str, Any]) -> Any:  # noqa: ANN401  (what its methods give differs)
    """The network (a torch module) that a weights file describes, untrained. Imports torch.

    Raises:
        TypeError, ValueError: if it describes none of this family.
    """
    return import_module(family.module).network_from(network)


def tracker_of(name: str, family: Family, file: WeightsFile, placement: Placement, constants: Constants) -> Tracker:
    """The tracker of a weights file. Imports torch.

    Raises:
        TypeError, ValueError, RuntimeError: if the tensors do not fit the description.
    """
    made: Tracker = import_module(family.module).tracker_from(name, file, placement, constants)
    return made
