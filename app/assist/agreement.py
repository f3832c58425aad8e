"""Detects when a run after a correction agrees with the old boxes again, so that the rest of them can stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tracker_core.geometry import Box

AGREES_FROM: Final = 0.85
"""The IoU from which a new box agrees with the old one."""

AGREEING_FRAMES: Final = 10
"""After this many agreeing frames in a row the run ends."""


@dataclass(slots=True)
class Agreement:
    """Counts the frames in a row on which a run agrees with the old boxes."""

    frames: int = 0

    def after(self, standing: Box | None, box: Box) -> bool:
        """Count one more frame. Returns whether the run agrees by now. ``standing`` is the old box, or None."""
        agrees = standing is not None and standing.iou(box) >= AGREES_FROM
        self.frames = self.frames + 1 if agrees else 0
        return self.frames >= AGREEING_FRAMES
