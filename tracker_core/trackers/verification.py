"""What can be asked about a box that a tracker has found, once there is time: is this still the exemplar's object?

What the answers are worth is fitted with the score's meaning (``reliability.VerifiedCalibration``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image
from tracker_core.tracker import Tracker

FARTHEST = 2.0
"""No two embeddings of length 1 are farther apart."""


class Comparing(Protocol):
    """What is asked of a verifier."""

    def embed(self, image: Image, box: Box) -> FloatArray: ...

    def distance(self, first: FloatArray, second: FloatArray) -> float: ...


def distance_to(verifier: Comparing, exemplars: Sequence[FloatArray], image: Image, box: Box) -> float:
    """From the nearest exemplar, an embedding, to what is in a box; ``FARTHEST`` where nothing of it is in the picture.

    Raises:
        ValueError: if there is no exemplar.
    """
    if not exemplars:
        raise ValueError("the verifier has nothing to compare with; give it at least one exemplar")
    height, width = image.shape[:2]
    if box.clipped(width=width, height=height).area <= 0:
        return FARTHEST
    embedding = verifier.embed(image, box)
    return min(verifier.distance(exemplar, embedding) for exemplar in exemplars)


def backward_agreement(tracker: Tracker, exemplar: tuple[Image, Box], image: Image, box: Box) -> float:
    """How surely the tracker, shown what is in a box, finds its first target again in the exemplar's frame: the
    agreement there, from 0 to 1. It is 0 where nothing of the box is in the picture.

    One step of tracking backward (forward-backward error, Kalal et al., ICPR 2010), over all the time between. What has
    drifted to other things looks for those and proposes this and that; how far the box lands from the exemplar's was
    tried as well and told nothing. It takes an exemplar and an update, so it is for boxes that are judged afterwards.
    """
    height, width = image.shape[:2]
    if box.clipped(width=width, height=height).area <= 0:
        return 0.0
    target = tracker.init(image, box)
    target.move_to(exemplar[1])
    signs = target.update(exemplar[0]).signs
    return 0.0 if signs is None else signs.agreement
