"""Records a network's step once on a CUDA device and replays it: one launch instead of about 250.

With one search region, launching the layers from Python takes longer than running them. A CUDA graph launches all of
them at once. It reads and writes the same memory each time, so each combination of shapes needs its own.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

from tracker_core.images import FloatArray

MOST_RECORDINGS = 24  # each keeps its buffers; further shapes are computed without a recording
WARM_UP = 3  # runs before the recording, in which libraries choose their kernels and allocate their memory

Shapes: TypeAlias = tuple[torch.Size, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """What ``replay`` reads and writes."""

    inputs: tuple[Tensor, ...]
    output: Tensor
    replay: Callable[[], None]


class Replayed:
    """A function of tensors whose float32 answer comes back to the host in one copy. Threads may share it; they take
    turns, because each recording has only one set of buffers.
    """

    def __init__(self, function: Callable[..., Tensor], device: torch.device) -> None:
        self._function = function
        self._device = device
        self._recordings: dict[Shapes, Recording] = {}
        self._lock = Lock()
        self.records = device.type == "cuda"  # until a recording fails

    @torch.inference_mode()
    def __call__(self, *inputs: Tensor) -> FloatArray:
        """``inputs`` may be on the host; they are copied to the device."""
        if not self.records:
            return self._computed(inputs)
        with self._lock:
            recording = self._recording(inputs)
            if recording is None:
                return self._computed(inputs)
            for buffer, value in zip(recording.inputs, inputs, strict=True):
                buffer.copy_(value if value.is_cuda else pinned(value), non_blocking=True)
            recording.replay()
            answer = recording.output.to("cpu", copy=True)  # the next replay overwrites it
            return np.asarray(answer.numpy(), np.float32)

    def _computed(self, inputs: tuple[Tensor, ...]) -> FloatArray:
        """Compute without a recording, as always on a CPU. Threads need not take turns."""
        answer = self._function(*(value.to(self._device) for value in inputs))
        return np.asarray(answer.cpu().numpy(), np.float32)

    def _recording(self, inputs: tuple[Tensor, ...]) -> Recording | None:
        shapes = tuple(value.shape for value in inputs)
        if shapes not in self._recordings and len(self._recordings) < MOST_RECORDINGS:
            buffers = tuple(value.to(self._device, copy=True) for value in inputs)
            try:
                self._recordings[shapes] = self.record(buffers)
            except RuntimeError as error:  # a driver or a layer cannot be recorded: go on without, only slower
                self.records = False
                warnings.warn(f"this network runs without a CUDA graph, slower ({error})", stacklevel=3)
        return self._recordings.get(shapes)

    def record(self, buffers: tuple[Tensor, ...]) -> Recording:
        """The function on these buffers as a graph."""
        apart = torch.cuda.Stream(self._device)  # type: ignore[no-untyped-call]
        apart.wait_stream(torch.cuda.current_stream(self._device))
        with torch.cuda.stream(apart):
            for _ in range(WARM_UP):
                self._function(*buffers)
        torch.cuda.current_stream(self._device).wait_stream(apart)
        graph = torch.cuda.CUDAGraph()
        # Other threads may use the device meanwhile, which must not break this recording.
        with torch.cuda.graph(graph, capture_error_mode="thread_local"):
            output = self._function(*buffers)
        return Recording(buffers, output, graph.replay)


def pinned(value: Tensor) -> Tensor:
    """The same values in pinned memory, from which CUDA copies without waiting; unchanged without CUDA."""
    return value.pin_memory() if torch.cuda.is_available() else value
