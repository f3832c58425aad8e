"""The machine that a benchmark was run on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

import torch

from tracker_core.runtime.openvino_step import openvino_wanted
from tracker_core.runtime.placement import place


def describe_machine() -> dict[str, object]:
    """Processor, cores, threads and versions, without which timings mean nothing."""
    machine: dict[str, object] = {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "instructions": torch.backends.cpu.get_cpu_capability(),
        "bf16": bool(torch.cpu._is_avx512_bf16_supported()),
        "torch": torch.__version__,
        "torch_threads": torch.get_num_threads(),
        "python": platform.python_version(),
        "system": platform.platform(),
    }
    if openvino_wanted(place("cpu", "float32")):
        machine["openvino"] = version("openvino")
    if torch.cuda.is_available():
        machine["gpu"] = torch.cuda.get_device_name()
    return machine


def _processor() -> str:
    listed = Path("/proc/cpuinfo")  # platform.processor() is empty on most Linux systems
    if listed.is_file():
        for line in listed.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
