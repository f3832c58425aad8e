"""How the box that a person draws differs from the one that the network sees there.

One person draws tightly, another leaves a margin or leaves out the outstretched arms, and the network has a habit of
its own. In the frame in which the person draws the target, both boxes are known. So the difference is measured there
once, and a part of it is applied in all later frames.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tracker_core.geometry import Box
from tracker_core.images import FloatArray

SAME_THING = 0.4
"""With a lower IoU the network sees something else than the person drew, so the difference means nothing."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Turns the network's box into the person's: a shift, as shares of the network's width and height, and a factor for
    each of the two. ``overlap`` is the IoU of the drawn box with the corrected box of the network in that frame.
    """

    dx: float = 0.0
    dy: float = 0.0
    width: float = 1.0
    height: float = 1.0
    overlap: float = 1.0

    @classmethod
    def between(cls, drawn: Box, seen: Box, *, share: float) -> Fit:
        """The fit that applies this share of the difference between the two boxes; none if the boxes show different
        things.

        Raises:
            ValueError: if a box has no area.
        """
        if min(drawn.width, drawn.height, seen.width, seen.height) <= 0:
            raise ValueError(f"a box without an area fits nothing: {drawn.as_tuple()}, {seen.as_tuple()}")
        if drawn.iou(seen) < SAME_THING:
            return cls(overlap=drawn.iou(seen))
        fit = cls(
            share * (drawn.cx - seen.cx) / seen.width,
            share * (drawn.cy - seen.cy) / seen.height,
            (drawn.width / seen.width) ** share,
            (drawn.height / seen.height) ** share,
        )
        cx, cy, width, height = fit.drawn(np.array([seen.cx, seen.cy, seen.width, seen.height], np.float32)).tolist()
        return replace(fit, overlap=drawn.iou(Box.from_centre(cx, cy, width=width, height=height)))

    def drawn(self, seen: FloatArray) -> FloatArray:
        """(4,) cx, cy, width, height: from the network's box to the one that the person would draw."""
        cx, cy, width, height = seen
        return np.array(
            [cx + self.dx * width, cy + self.dy * height, width * self.width, height * self.height], np.float32
        )

    def seen_size(self, box: Box) -> tuple[float, float]:
        """The width and height that the network would see where a person draws this box."""
        return box.width / self.width, box.height / self.height


AS_SEEN = Fit()
"""The network's box is the person's, or nobody has compared them."""
