"""Carry one target through frames, in whichever direction they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Prediction, Target, Tracker


@dataclass(frozen=True, slots=True)
class Step:
    frame: int
    prediction: Prediction


def _never(frame: int) -> bool:
    return False


def propagate(
    tracker: Tracker,
    frames: Iterable[tuple[int, Image]],
    keyframes: Mapping[int, Box],
    *,
    with_evidence: Callable[[int], bool] = _never,
) -> Iterator[Step]:
    """Follow a target from keyframe to keyframe.

    At a frame that is a keyframe the target starts anew from its box, and nothing is yielded: a person has said where
    it is. Backward tracking is the same with the frames handed over in falling order.

    Args:
        frames: (index, RGB picture), the first of them a keyframe.
        keyframes: boxes by frame.
        with_evidence: for which frames the prediction shall say why.

    Raises:
        ValueError: if the first frame is not a keyframe.
    """
    target: Target | None = None
    for frame, image in frames:
        if frame in keyframes:
            target = tracker.init(image, keyframes[frame])
        elif target is None:
            raise ValueError(f"frame {frame} comes before the first keyframe, so there is no target to follow")
        else:
            yield Step(frame, target.update(image, with_evidence=with_evidence(frame)))
