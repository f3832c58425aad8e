"""Follow one target through frames: the shortest way to use this library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Prediction, Tracker


@dataclass(frozen=True, slots=True)
class Step:
    """Where the target is in one frame."""

    frame: int  # 0 is the frame of the box that was given
    prediction: Prediction

    @property
    def box(self) -> Box:
        """In image pixels."""
        return self.prediction.box

    @property
    def score(self) -> float:
        """How likely the box is right, in [0, 1]; see ``Prediction``."""
        return self.prediction.score


def track(
    frames: Iterable[Image], box: Box, *, tracker: Tracker | None = None, with_evidence: bool = False
) -> Iterator[Step]:
    """Follow what is in ``box`` in the first frame through all others, one step a frame, as they are asked for.

    To track backward, give the frames in falling order.

    Args:
        frames: RGB pictures (height, width, 3), uint8.
        tracker: what follows; without it the default tracker on the fastest device.
        with_evidence: each prediction also says why (``Prediction.evidence``). Costs time.

    Raises:
        ValueError: if the box has no area, lies outside the first frame or is far larger than it.
    """
    if tracker is None:
        from tracker_core.weights.catalog import load_tracker

        tracker = load_tracker()
    pictures = iter(frames)
    first = next(pictures, None)
    if first is None:
        return
    target = tracker.init(first, box)
    for frame, image in enumerate(pictures, start=1):
        yield Step(frame, target.update(image, with_evidence=with_evidence))
