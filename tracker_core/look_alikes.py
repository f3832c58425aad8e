"""One-shot detection: find everything in a picture that looks like one box."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker_core.decision.prediction import SCALES, LookAlike
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.tracker import FindsLookAlikes, Tracker


def find_look_alikes(
    image: Image,
    box: Box,
    *,
    among: Image | None = None,
    tracker: Tracker | None = None,
    scales: Sequence[float] = SCALES,
    least_score: float = 0.5,
    most: int = 100,
    on_tile: Callable[[int, int], None] = lambda done, total: None,
) -> list[LookAlike]:
    """Find everything that looks like what is in ``box``, the most similar first. Boxes are in image pixels and inside
    the picture.

    The whole picture is searched in overlapping search regions at several scales (SiamRPN, section 3.3: detection from
    one example). Finds that overlap a better one are left out, and so is the box itself if its own picture is searched.

    Args:
        image: the picture with the example, RGB (height, width, 3), uint8.
        box: the example, in image pixels.
        among: the picture to search, of the same kind; ``image`` itself if left out.
        tracker: the tracker to use; the default one on the fastest device if left out.
        scales: the sizes to look for, as multiples of the example's.
        least_score: the lowest score of a find. It is the network's own score, in [0, 1], not calibrated.
        most: the most finds to return.
        on_tile: called with the number of search regions that are done and their total. An exception from it ends the
            search.

    Raises:
        ValueError: if the box has no area, lies wholly outside ``image`` or is far larger than it.
        TypeError: if the tracker cannot search a whole picture.
    """
    if tracker is None:
        from tracker_core.weights.catalog import load_tracker

        tracker = load_tracker()
    target = tracker.init(image, box)
    if not isinstance(target, FindsLookAlikes):
        raise TypeError(f"{tracker.name} cannot search a whole picture")
    known = (box,) if among is None else ()
    return target.look_alikes(
        image if among is None else among,
        scales=scales, least_score=least_score, most=most, known=known, on_tile=on_tile,
    )  # fmt: skip
