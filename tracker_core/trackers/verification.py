"""Two ways to check a box that a tracker has found, when there is time: does it still show the exemplar's object?

``reliability.VerifiedCalibration`` says how much each answer counts.
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
    """The part of a verifier that is used here."""

    def embed(self, image: Image, box: Box) -> FloatArray: ...

    def distance(self, first: FloatArray, second: FloatArray) -> float: ...


def distance_to(verifier: Comparing, exemplars: Sequence[FloatArray], image: Image, box: Box) -> float:
    """The verifier's distance from what is in a box to the nearest exemplar (an embedding); ``FARTHEST`` if the box
    lies outside the picture.

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
    """How surely the tracker, started at this box, finds the original target in the exemplar's frame: the agreement
    there, from 0 to 1; 0 if the box lies outside the picture.

    This is one step of tracking backward over all the time between (forward-backward error, Kalal et al., ICPR 2010). A
    tracker that has drifted to something else does not find that in the exemplar's frame, so its candidates disagree.
    (How far the found box is from the exemplar's was tried as well and told nothing.) It costs an ``init`` and an
    ``update``, so it is for boxes that are judged after the run.
    """
    height, width = image.shape[:2]
    if box.clipped(width=width, height=height).area <= 0:
        return 0.0
    target = tracker.init(image, box)
    target.move_to(exemplar[1])
    signs = target.update(exemplar[0]).signs
    return 0.0 if signs is None else signs.agreement
