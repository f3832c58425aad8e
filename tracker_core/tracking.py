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

    frame: int  # counts from 0, the frame of the given box; the first step has 1
    prediction: Prediction

    @property
    def box(self) -> Box:
        """The target's box in image pixels (``Box``)."""
        return self.prediction.box

    @property
    def score(self) -> float:
        """How likely the box is right, in [0, 1]; ``Prediction`` says how it was measured."""
        return self.prediction.score


def track(
    frames: Iterable[Image], box: Box, *, tracker: Tracker | None = None, with_evidence: bool = False
) -> Iterator[Step]:
    """Follow what is in ``box`` in the first frame through all later frames. Yields one step for each later frame.

    It is a generator: frames are read, and errors raised, when the next step is asked for. To track backward, pass the
    frames in reverse order.

    Args:
        frames: RGB pictures (height, width, 3), uint8.
        box: the target in the first frame, in image pixels, 0-based.
        tracker: the tracker to use; the default one on the fastest device if left out.
        with_evidence: also explain each prediction (``Prediction.evidence``), which takes time.

    Raises:
        ValueError: if the box has no area, lies wholly outside the first frame or is far larger than it.
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
