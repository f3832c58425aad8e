"""Counts and times in words, in the same form everywhere."""

from __future__ import annotations


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """As in "1 box" and "2,000 boxes"; the plural is the singular with an "s" unless given."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def time_text(seconds: float) -> str:
    """A place in a video: "1:05.20", or "1:01:05.20" from an hour on."""
    hundredths = round(seconds * 100)
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    tail = f"{rest // 100:02d}.{rest % 100:02d}"
    return f"{hours}:{minutes:02d}:{tail}" if hours else f"{minutes}:{tail}"


def duration_text(seconds: float) -> str:
    """A duration: "8 s", "3 min" or "1.5 h"."""
    if seconds < 60:
        return f"{max(round(seconds), 1)} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"
