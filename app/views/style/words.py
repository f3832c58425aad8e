"""Numbers and times in words, the same everywhere."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """As in "8 s", "3 min" or "1.5 h"."""
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"
