"""A check of a found box, when there is time: does the tracker, shown what is in it, find the way back to the exemplar?

``reliability.VerifiedCalibration`` says how much the answer counts.
"""

from __future__ import annotations

from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import Tracker


def backward_agreement(tracker: Tracker, exemplar: tuple[Image, Box], image: Image, box: Box) -> float:
    """How surely the tracker, started at this box, finds the original target in the exemplar's frame: the agreement
    there, from 0 to 1; 0 if the box lies outside the picture.

    This is one step of tracking backward over all the time between (forward-backward error, Kalal et al., ICPR 2010). A
    tracker that has drifted to something else does not find that in the exemplar's frame, so its candidates disagree.
    (The distance between the found box and the exemplar's box was tried too, and did not help.) It costs an ``init``
    and an
    ``update``, so it is for boxes that are judged after the run.
    """
    height, width = image.shape[:2]
    if box.clipped(width=width, height=height).area <= 0:
        return 0.0
    target = tracker.init(image, box)
    target.move_to(exemplar[1])
    signs = target.update(exemplar[0]).signs
    return 0.0 if signs is None else signs.agreement
