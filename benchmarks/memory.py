"""How much memory this program has in use."""

from __future__ import annotations

import math
from pathlib import Path

MEGABYTE = 1_000_000


def memory_in_use() -> float:
    """MB of its own and of the files that it has mapped; not a number where the system does not tell."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / MEGABYTE
    return math.nan
