"""One-shot detection: tiles a whole picture with search regions, and selects among the boxes found in them.

SiamRPN (Li et al., CVPR 2018, section 3.3) treats tracking as detection from one example. Here the exemplar is searched
for everywhere, not only around the last place. Plain numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from tracker_core.crops import PLAIN, Square, Stretch, exemplar_side, square_around
from tracker_core.decision.evidence import in_image
from tracker_core.decision.prediction import LookAlike
from tracker_core.decision.score_map import Response, size_penalty
from tracker_core.geometry import Box

OVERLAP: Final = 0.12
"""Overlap of neighbouring search regions, as a share of what a score map covers, so that every place is well inside
one.
"""

SAME_IOU: Final = 0.4
"""Two boxes that overlap by more are the same find; the better one stays."""

PENALTY: Final = 0.1
"""How much a shape other than the exemplar's counts against a find (``score_map.size_penalty``)."""

MOST_OF_A_TILE: Final = 40  # most boxes taken from one search region, before they are compared


def tiles(
    size: Box,
    *,
    width: int,
    height: int,
    instance_size: int,
    context_side: float,
    covered: float,
    scale: float,
    stretch: Stretch = PLAIN,
) -> list[Square]:
    """Search regions that cover a picture, for targets ``scale`` times the size of the exemplar.

    Args:
        size: the exemplar's box; only its size counts.
        instance_size: side of a search region, and ``context_side`` of twice a square target, in network pixels.
        covered: side of what the score map covers, in network pixels.
        stretch: how the exemplar was cut out.
    """
    side = exemplar_side(stretch.applied(size)) * scale * instance_size / context_side
    reach = side * covered / instance_size
    return [
        square_around(cx=cx, cy=cy, side=side, size=instance_size, stretch=stretch)
        for cy in _middles(height, reach / stretch.down)
        for cx in _middles(width, reach / stretch.across)
    ]


def _middles(length: int, reach: float) -> Iterator[float]:
    """Centres of overlapping stretches of ``reach`` pixels that together cover ``length`` pixels."""
    count = 1 if length <= reach else int(np.ceil((length - reach) / (reach * (1 - OVERLAP)))) + 1
    if count == 1:
        yield length / 2
    for number in range(count if count > 1 else 0):
        yield reach / 2 + number * (length - reach) / (count - 1)


def found_in(response: Response, square: Square, size: Box, *, scale: float, least_score: float) -> list[LookAlike]:
    """The best boxes of one search region, in image pixels, before finds of different regions are compared.

    A box counts less the more its shape and size differ from the exemplar's.
    """
    across, down = square.scales
    penalty = size_penalty(
        response.boxes, width=size.width * across * scale, height=size.height * down * scale, penalty_k=PENALTY
    )
    scores = (response.scores * penalty).ravel()
    count = min(MOST_OF_A_TILE, scores.size)
    best = np.argpartition(scores, -count)[-count:]
    boxes = response.boxes.reshape(4, -1)
    return [
        LookAlike(in_image(boxes[:, place], square), float(scores[place]))
        for place in best
        if scores[place] >= least_score and (boxes[2:, place] > 0).all()
    ]


def suppressed(found: Iterable[LookAlike], *, known: Sequence[Box] = (), most: int | None = None) -> list[LookAlike]:
    """The best finds that do not overlap each other or a known box (greedy non-maximum suppression), best first."""
    kept: list[LookAlike] = []
    for one in sorted(found, key=lambda one: -one.score):
        if most is not None and len(kept) == most:
            break
        others = (*known, *(other.box for other in kept))
        if all(one.box.iou(other) <= SAME_IOU and not _is_inside(one.box, other) for other in others):
            kept.append(one)
    return kept


def _is_inside(one: Box, other: Box) -> bool:
    """Whether one box lies mostly inside the other. Both then show one thing, found at two scales."""
    small, large = sorted((one, other), key=lambda box: box.area)
    is_inside = large.x <= small.cx <= large.right and large.y <= small.cy <= large.bottom
    overlap = small.clipped(width=large.right, height=large.bottom)
    shared = max(0.0, overlap.right - max(small.x, large.x)) * max(0.0, overlap.bottom - max(small.y, large.y))
    return is_inside and shared > 0.8 * small.area
