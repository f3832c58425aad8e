"""How much memory this program has in use."""

from __future__ import annotations

import math
from pathlib import Path

MEGABYTE = 1_000_000


STATUS, CLEAR_REFS = Path("/proc/self/status"), Path("/proc/self/clear_refs")
FORGET_PEAK = "5"
"""What ``CLEAR_REFS`` is told, to begin the peak anew: see the Linux manual, proc(5)."""


def memory_in_use() -> float:
    """MB of its own and of the files that it has mapped; not a number where the system does not tell."""
    return _told("VmRSS:")


def peak_memory() -> float:
    """The most that was in use at once since ``forget_peak``, or since the program began; as ``memory_in_use``."""
    return _told("VmHWM:")


def forget_peak() -> None:
    """The peak is what is in use now, where the system can be told so."""
    if CLEAR_REFS.exists():
        CLEAR_REFS.write_text(FORGET_PEAK)


def _told(name: str) -> float:
    if STATUS.is_file():
        for line in STATUS.read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024 / MEGABYTE
    return math.nan
