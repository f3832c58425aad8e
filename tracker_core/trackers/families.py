"""The table of families. Everything that the program asks about a family is in its row. Imports no torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from tracker_core.decision.calibration import Calibration
from tracker_core.decision.distractors import DistractorConstants
from tracker_core.decision.point_boxes import NanoTrackConstants
from tracker_core.decision.reliability import ScoreCalibration, score_calibration
from tracker_core.decision.scale_pyramid import ScaleConstants
from tracker_core.decision.score_map import Constants, TrackingConstants
from tracker_core.decision.search_growth import LongTermConstants
from tracker_core.trackers.network_bounds import check_description

if TYPE_CHECKING:
    from torch import Tensor

    from tracker_core.runtime.placement import Placement
    from tracker_core.tracker import Tracker


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of network, and everything that the program asks about it.

    ``module`` has its ``PARTS``, ``teaching`` its ``TEACHING``. Both are imported when first needed, because they
    import torch.
    """

    name: str
    title: str
    module: str
    teaching: str | None  # None: its networks are only converted from published weights
    constants: type[Constants]
    is_tracker: bool = True
    doubts_itself: bool = True  # its score falls when the target is lost


COUNTER = "num_batches_tracked"
"""Of a batch norm: how often it was trained. No weights file has it."""
TRACKERS, TEACHING = "tracker_core.trackers", "tracker_core.training.teaching"

FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        Family(
            "siamfc", "SiamFC", f"{TRACKERS}.siamfc", f"{TEACHING}.score_map", ScaleConstants, doubts_itself=False
        ),
        Family(
            "siamrpn", "SiamRPN", f"{TRACKERS}.siamrpn", f"{TEACHING}.region_proposal", TrackingConstants
        ),
        Family(
            "dasiamrpn", "DaSiamRPN", f"{TRACKERS}.dasiamrpn", f"{TEACHING}.region_proposal", DistractorConstants
        ),
        Family(
            "siamrpnpp", "SiamRPN++", f"{TRACKERS}.siamrpnpp", f"{TEACHING}.region_proposal", TrackingConstants
        ),
        Family(
            "siamrpnpp_lt", "SiamRPN++ long-term", f"{TRACKERS}.siamrpnpp_longterm", f"{TEACHING}.region_proposal",
            LongTermConstants,
        ),
        Family("nanotrack", "NanoTrack", f"{TRACKERS}.nanotrack", None, NanoTrackConstants),
        Family(
            "verifier", "verifier", f"{TRACKERS}.verifier", f"{TEACHING}.identity", Calibration, is_tracker=False
        ),
    )
}  # fmt: skip
"""A new family is a page in ``trackers/``, a row here, and its weights with their card. It needs a page in
``training/teaching/`` only if none of those there teaches it.
"""


class StoredNetwork(Protocol):
    """The part of a weights file that a family reads."""

    @property
    def network(self) -> Mapping[str, Any]:
        """The arguments of the family's ``NetworkConfig``."""
        ...

    @property
    def tensors(self) -> Mapping[str, Tensor]: ...

    @property
    def reliability(self) -> Mapping[str, Mapping[str, float]]: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What a family's module provides, as ``PARTS`` at its end: classes, or functions with the same arguments.

    ``engine`` takes a network and a placement; ``tracker`` a name, an engine, constants, and the calibration of its
    score. ``slow_layers`` are patterns of parameters whose outputs are summed by the thousand: they need a lower rate.
    """

    config: type[Any]
    network: Callable[[Any], Any]
    engine: Callable[[Any, Placement], Any] | None = None
    tracker: Callable[[str, Any, Any, ScoreCalibration], Tracker] | None = None
    slow_layers: tuple[str, ...] = ()

    def network_of(self, description: Mapping[str, Any]) -> Any:  # noqa: ANN401  (a torch module; methods differ)
        """See ``families.network_of``."""
        check_description(self.config, description)
        return self.network(self.config(**description))


def parts_of(family: Family) -> Parts:
    """Imports torch."""
    parts: Parts = import_module(family.module).PARTS
    return parts


def network_of(family: Family, description: Mapping[str, Any]) -> Any:  # noqa: ANN401  (a torch module; methods differ)
    """The untrained network of a description in a weights file. Imports torch.

    Raises:
        TypeError, ValueError: if the description does not fit the family.
    """
    return parts_of(family).network_of(description)


def check_fit(parts: Parts, description: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> None:
    """Check that tensors belong to the described network. It is built without memory, so a file cannot claim more than
    it holds.

    Raises:
        TypeError, ValueError: naming the first thing that does not fit.
    """
    import torch

    with torch.device("meta"):
        wanted = parts.network_of(description).state_dict()
    for name, value in wanted.items():
        if name.endswith(COUNTER):
            continue
        if name not in tensors:
            raise ValueError(f"'{name}' is missing")
        if tensors[name].shape != value.shape:
            raise ValueError(f"'{name}' has the shape {tuple(tensors[name].shape)} instead of {tuple(value.shape)}")
    if foreign := next((name for name in tensors if name not in wanted), None):
        raise ValueError(f"'{foreign}' does not belong there")


def fitted(parts: Parts, stored: StoredNetwork) -> Any:  # noqa: ANN401  (a torch module; methods differ)
    """The network of a weights file with its numbers.

    Raises:
        TypeError, ValueError, RuntimeError: if the tensors do not fit the description.
    """
    check_fit(parts, stored.network, stored.tensors)
    network = parts.network_of(stored.network)
    network.load_state_dict(stored.tensors)
    return network


def tracker_of(name: str, family: Family, stored: StoredNetwork, placement: Placement, constants: Constants) -> Tracker:
    """The tracker of a weights file. Imports torch.

    Raises:
        TypeError, ValueError, RuntimeError: if the tensors do not fit the description, or the family has no tracker.
    """
    parts = parts_of(family)
    if parts.engine is None or parts.tracker is None:
        raise TypeError(f"a {family.title} follows nothing")
    network = fitted(parts, stored)
    return parts.tracker(name, parts.engine(network, placement), constants, score_calibration(stored.reliability))
