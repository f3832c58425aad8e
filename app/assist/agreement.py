"""When a run after a correction has come back to what stood there, so that the rest can be left as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tracker_core.geometry import Box

AGREES_FROM: Final = 0.85
"""IoU. A new box that overlaps the one that stood there by so much says the same."""

AGREEING_FRAMES: Final = 10
"""So many in a row, and the run ends."""


@dataclass(slots=True)
class Agreement:
    """Counts the frames in a row on which a run says what stood there."""

    frames: int = 0

    def after(self, standing: Box | None, box: Box) -> bool:
        """Whether, with this frame, the run has come back. ``standing`` is None if nothing stood."""
        agrees = standing is not None and standing.iou(box) >= AGREES_FROM
        self.frames = self.frames + 1 if agrees else 0
        return self.frames >= AGREEING_FRAMES
