"""The maps of a decision for a single anchor, which the score-map panel can show. Plain numpy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tracker_core.crops import Crop
from tracker_core.decision.anchors import RATIOS
from tracker_core.decision.evidence import conclude
from tracker_core.decision.prediction import Evidence
from tracker_core.decision.score_map import Constants, TrackingConstants


def anchor_names(count: int) -> tuple[str, ...]:
    """Names of the anchors of a response, in order: width to height, as in "1:2"; numbers if the shapes are unknown."""
    if count != len(RATIOS):
        return tuple(str(number) for number in range(1, count + 1))
    return tuple(f"{round(1 / ratio)}:1" if ratio <= 1 else f"1:{round(ratio)}" for ratio in RATIOS)


def has_anchors(evidence: Evidence, constants: Constants | None) -> bool:
    """Whether there are several anchors to choose from, and the decision can be made again."""
    response = evidence.response
    return (
        response is not None
        and len(response.scores) > 1
        and evidence.last_box is not None
        and evidence.image_size is not None
        and isinstance(constants, TrackingConstants)
    )


def of_anchor(evidence: Evidence, constants: Constants, anchor: int) -> Evidence:
    """The same evidence with the maps and the best cell of one anchor, instead of the best over all anchors.

    Args:
        constants: those that the evidence was decided with.

    Raises:
        ValueError: if the evidence has no anchors, or the constants are of another family.
    """
    response, last_box, image_size = evidence.response, evidence.last_box, evidence.image_size
    if response is None or last_box is None or image_size is None or not isinstance(constants, TrackingConstants):
        raise ValueError("there are no anchors in this evidence, or it was decided with other constants")
    _, decision = conclude(
        response,
        Crop.of(evidence.search_region, evidence.search_region_box),
        constants,
        last_box=last_box,
        image_size=image_size,
        is_searching=evidence.is_searching,
        lost_below=evidence.lost_below,
    )
    decided = decision.decided[anchor]
    row, column = (int(i) for i in np.unravel_index(np.argmax(decided), decided.shape))
    return replace(
        evidence,
        raw=response.scores[anchor],
        penalised=decision.penalised[anchor],
        decided=decided,
        cell=(row, column),
        ranked=None if evidence.ranked is None else decision.ranked[anchor],
    )
