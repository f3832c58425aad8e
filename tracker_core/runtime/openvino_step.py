"""A network's step in OpenVINO instead of torch, on a CPU, where that optional package is installed.

OpenVINO plans the memory and the order of all layers at once; torch starts each layer by itself. Graphs have fixed
shapes, one for each size of search region. Several regions do not share a pass: each core computes its own region,
which is quicker than all cores sharing each layer.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor

from tracker_core.images import FloatArray
from tracker_core.runtime.placement import Placement

PACKAGE = "openvino"
RUNTIME = "SIAMARK_RUNTIME"
"""A variable of the environment; "torch" means that torch computes all."""
MOST_GRAPHS = 8  # the oldest goes when one more is needed

Shape: TypeAlias = tuple[int, ...]
GraphOf: TypeAlias = Callable[[int, Sequence[Shape]], Any]
"""From the side of a search region and the shapes of kernels to an ``openvino.Model`` for one region."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    model: Any
    requests: list[Any]


class OpenVINOStep:
    """From search regions (N, S, S, 3) as bytes and kernels (N, ...) to the answer (N, ...) in float32. Threads may
    share it; they take turns.
    """

    def __init__(self, graph_of: GraphOf, placement: Placement, fallback: Callable[..., FloatArray]) -> None:
        """
        Args:
            fallback: computes the same in torch, if OpenVINO cannot.
        """
        self._graph_of = graph_of
        self._type = "bf16" if placement.dtype == torch.bfloat16 else "f32"
        self._fallback = fallback
        self._compiled: dict[tuple[int, tuple[Shape, ...], int, bool], _Compiled] = {}
        self._lock = Lock()
        self.works = True  # until it fails once

    def __call__(self, regions: Tensor, *kernels: Tensor) -> FloatArray:
        if self.works:
            try:
                with self._lock:
                    return self._inferred(regions.numpy(), [kernel.float().numpy() for kernel in kernels])
            except (ImportError, RuntimeError, TypeError, AttributeError) as error:  # of another version, or damaged
                self.works = False
                reason = str(error).strip().splitlines() or [type(error).__name__]
                said = f"OpenVINO does not work here, torch computes instead, slower ({reason[0]})"
                warnings.warn(said, stacklevel=2)
        return self._fallback(regions, *kernels)

    def _inferred(self, regions: np.ndarray[Any, Any], kernels: Sequence[np.ndarray[Any, Any]]) -> FloatArray:
        count, side = regions.shape[:2]
        compiled = self._for(side, tuple((1, *kernel.shape[1:]) for kernel in kernels), several=count > 1)
        while len(compiled.requests) < count:
            compiled.requests.append(compiled.model.create_infer_request())
        asked = compiled.requests[:count]
        for number, request in enumerate(asked):
            request.start_async([regions[number : number + 1], *(kernel[number : number + 1] for kernel in kernels)])
        for request in asked:
            request.wait()
        return np.concatenate([np.asarray(request.get_output_tensor(0).data, np.float32) for request in asked])

    def _for(self, side: int, kernels: tuple[Shape, ...], *, several: bool) -> _Compiled:
        threads = torch.get_num_threads()  # what ``share_cores`` has said
        key = side, kernels, threads, several and threads > 1
        if key not in self._compiled:
            core = _core()
            if len(self._compiled) == MOST_GRAPHS:
                del self._compiled[next(iter(self._compiled))]
            options = {
                "INFERENCE_PRECISION_HINT": self._type,
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": threads if several else 1,
                "ENABLE_CPU_PINNING": False,  # the decoder and the window want a core now and then
            }
            model = core.compile_model(self._graph_of(side, kernels), "CPU", options)
            self._compiled[key] = _Compiled(model, [])
        return self._compiled[key]


@cache
def _core() -> Any:  # noqa: ANN401  (an optional package without types)
    """The one ``openvino.Core`` of the process, which is never freed.

    Its CPU plugin installs a stack for signal handlers on the thread that loads it, and removes the stack when it is
    unloaded. If two plugins are unloaded in the order in which they were loaded, the thread keeps a stack that no
    longer exists. The next signal that Python handles, such as Ctrl+C or the end of a child process, then kills the
    process without a message.
    """
    import openvino

    return openvino.Core()


def openvino_wanted(placement: Placement) -> bool:
    """Whether OpenVINO should compute: on a CPU, if it is installed and ``SIAMARK_RUNTIME`` does not ask for torch.
    Does not import it.
    """
    return (
        placement.device.type == "cpu"
        and os.environ.get(RUNTIME, "").strip().lower() != "torch"
        and find_spec(PACKAGE) is not None
    )
