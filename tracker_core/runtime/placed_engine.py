"""What the engines of all families share: a placement, and their step in two forms, for crops and for whole frames."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable

from torch import Tensor

from tracker_core.images import FloatArray
from tracker_core.runtime.cuda_graph import Replayed
from tracker_core.runtime.device_step import DeviceStep
from tracker_core.runtime.openvino_step import GraphOf, OpenVINOStep
from tracker_core.runtime.placement import Placement
from tracker_core.target import EXEMPLAR_SIZE, Answer, FrameEngine, Kernels
from tracker_core.tracker import Place


class PlacedEngine(FrameEngine[Kernels, Answer], ABC):
    """A network on its device, for search regions that were cut on the host and for whole frames."""

    def __init__(
        self,
        placement: Placement,
        *,
        instance_size: int,
        window: float = EXEMPLAR_SIZE,
        answer: Callable[..., Tensor],
        step: Callable[..., Tensor],
        graph_of: GraphOf | None = None,
    ) -> None:
        """
        Args:
            answer: from search regions (N, S, S, 3) as bytes, and kernels, to what comes back to the host.
            step: the same, with the targets' facts before the kernels; see ``DeviceStep``.
            graph_of: ``answer`` for OpenVINO, where that is wanted.
        """
        self._placement = placement
        in_torch = Replayed(answer, placement.device)
        self._answer: Callable[..., FloatArray] = in_torch
        if graph_of is not None:
            self._answer = OpenVINOStep(graph_of, placement, in_torch)
        self._step = DeviceStep(step, placement.device)
        self.takes_frames = placement.device.type == "cuda"
        self.instance_size = instance_size
        self.window = window

    @property
    def place(self) -> Place:
        place = self._placement.place
        in_openvino = isinstance(self._answer, OpenVINOStep) and self._answer.works
        return place._replace(runtime="OpenVINO") if in_openvino else place
