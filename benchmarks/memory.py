"""How much memory this process uses."""

from __future__ import annotations

import math
from pathlib import Path

MEGABYTE = 1_000_000


STATUS, CLEAR_REFS = Path("/proc/self/status"), Path("/proc/self/clear_refs")
FORGET_PEAK = "5"
"""Written to ``CLEAR_REFS``, this resets the peak (Linux manual, proc(5))."""


def memory_in_use() -> float:
    """Resident memory in MB, including mapped files; NaN if the system does not tell."""
    return _told("VmRSS:")


def peak_memory() -> float:
    """The peak of ``memory_in_use`` since ``forget_peak`` or since the program started."""
    return _told("VmHWM:")


def forget_peak() -> None:
    """Reset the peak to the current use, if the system supports that."""
    if CLEAR_REFS.exists():
        CLEAR_REFS.write_text(FORGET_PEAK)


def _told(name: str) -> float:
    if STATUS.is_file():
        for line in STATUS.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024 / MEGABYTE
    return math.nan
