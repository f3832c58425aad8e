"""Where a network runs: on which device, in which precision, on how many cores; and how its input gets there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from time import perf_counter

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tracker_core.images import Image
from tracker_core.runtime import pointwise, winograd
from tracker_core.runtime.fused import fold_batch_norm
from tracker_core.runtime.memory import keep_memory
from tracker_core.tracker import DeviceName, Place, PrecisionName

LEAST_GAIN = 0.9
"""The share of float32's time that bf16 may take at most to be worth its rounding."""
PASSES = 10


class DeviceError(Exception):
    """This machine has no such device; the message lists those that it has."""


@dataclass(frozen=True, slots=True)
class Placement:
    """A device, and the number type to compute in."""

    device: torch.device
    dtype: torch.dtype

    @property
    def place(self) -> Place:
        """The same without torch's types."""
        return Place(self.device.type, "bf16" if self.dtype == torch.bfloat16 else "float32")


def available_devices() -> tuple[DeviceName, ...]:
    """Names that ``place`` accepts on this machine besides "auto", the fastest first."""
    found: list[DeviceName] = ["cuda"] if torch.cuda.is_available() else []
    if torch.backends.mps.is_available():
        found.append("mps")
    return (*found, "cpu")


def gpu_names() -> list[str]:
    """Values of CUDA_VISIBLE_DEVICES with which a process sees a single GPU, one for each GPU of this machine."""
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    seen = [name.strip() for name in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if name.strip()]
    return seen[:count] if len(seen) >= count else [str(number) for number in range(count)]


def place(device: str = "auto", precision: PrecisionName = "auto") -> Placement:
    """Choose where to compute. An "auto" device is CUDA if torch finds it, else MPS, else the CPU. An "auto" precision
    is bf16 on CUDA that supports it and on a CPU where it was measured to be faster, else float32.

    Raises:
        DeviceError: if this machine has no such device.
    """
    available = available_devices()
    if device == "auto":
        device = available[0]
    if device not in available:
        raise DeviceError(f"there is no device '{device}' here; choose one of: auto, {', '.join(available)}")
    if precision == "auto":
        precision = "bf16" if _has_bf16(device) else "float32"
    return Placement(torch.device(device), torch.bfloat16 if precision == "bf16" else torch.float32)


def _has_bf16(device: str) -> bool:
    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return device == "cpu" and bf16_pays()


@cache
def bf16_pays() -> bool:
    """Whether this processor computes a typical layer faster in bf16 than in float32; measured once, in about 50 ms.

    Without the instructions bf16 is emulated and far slower. With them it is quicker on some processors (an AMD EPYC:
    1.3 times the frames a second) and slower on others (an Intel Xeon without its matrix unit: two thirds of them).
    """
    if not torch.cpu._is_avx512_bf16_supported():
        return False
    exact, rough = _seconds(torch.float32), _seconds(torch.bfloat16)
    return rough < LEAST_GAIN * exact


@torch.inference_mode()
def _seconds(dtype: torch.dtype) -> float:
    """The time of the quickest of several passes of a 3 x 3 convolution, as in the heads."""
    weight = torch.ones(128, 128, 3, 3, dtype=dtype).to(memory_format=torch.channels_last)
    features = torch.ones(1, 128, 27, 27, dtype=dtype).to(memory_format=torch.channels_last)
    took = []
    for _ in range(PASSES):
        began = perf_counter()
        F.conv2d(features, weight)
        took.append(perf_counter() - began)
    return min(took)


def share_cores(targets: int, *, cores: int = 0) -> None:
    """Set how many cores the network uses, in a run of this many targets. Call it on the thread of the run.

    ``cores`` are those that the process may use; 0 for all of the machine.

    A layer waits for its slowest thread. With one target the decoder is busy most of the time, and leaving it a core is
    faster: 74 frames a second against 50, decoding included, on two cores. With several targets the decoder mostly
    waits: leaving it a core would make a run of 8 take 1.5 times as long.
    """
    left = 1 if targets == 1 else 0
    torch.set_num_threads(max(1, (cores or os.cpu_count() or 1) - left))


def optimise(network: nn.Module, placement: Placement) -> None:
    """Make a network ready for inference, in place: fold batch norm into the convolutions, use channels last, and on a
    CPU Winograd's form of large convolutions and matrix products for the smallest.
    """
    network.eval()
    fold_batch_norm(network)
    network.requires_grad_(False)
    if placement.device.type == "cpu":  # CUDA's library chooses such forms by itself
        keep_memory()
        _replace_convolutions(network, placement.dtype)
    network.to(device=placement.device, dtype=placement.dtype)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]


def _replace_convolutions(module: nn.Module, dtype: torch.dtype) -> None:
    for name, child in module.named_children():
        if not isinstance(child, nn.Conv2d):
            _replace_convolutions(child, dtype)
        elif winograd.fits(child, dtype):
            setattr(module, name, winograd.WinogradConvolution(child))
        elif pointwise.fits(child, dtype):
            setattr(module, name, pointwise.PointwiseConvolution(child))


def stacked(images: Sequence[Image]) -> Tensor:
    """N pictures (H, W, 3) of one size as (N, H, W, 3) uint8, on the host."""
    together = images[0][None] if len(images) == 1 else np.stack(images)
    return torch.from_numpy(np.ascontiguousarray(together))


def network_order(images: Tensor, placement: Placement) -> Tensor:
    """(N, H, W, 3) uint8 -> (N, 3, H, W), channels last. The memory is in that order already, so only the type changes.

    Bytes are exact in bf16.
    """
    return images.to(placement.dtype).permute(0, 3, 1, 2)


def to_input(images: Sequence[Image], placement: Placement) -> Tensor:
    """N pictures (H, W, 3) uint8 -> the network's input (N, 3, H, W). They are sent to the device as bytes."""
    return network_order(stacked(images).to(placement.device), placement)
