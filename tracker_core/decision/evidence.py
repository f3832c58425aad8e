"""Make one decision and explain it: turns the network's response into the box and everything that the score-map panel
shows.

Plain numpy, so ``redecide`` can answer a slider on the window's own thread.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tracker_core.crops import Crop, Square
from tracker_core.decision import pyramid_evidence
from tracker_core.decision.fit import AS_SEEN, Fit
from tracker_core.decision.prediction import Candidate, Evidence, Prediction
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration, Signs
from tracker_core.decision.score_map import (
    Constants,
    Decision,
    Index,
    Response,
    TrackingConstants,
    Winner,
    cosine_window,
    decide,
)
from tracker_core.decision.search_growth import LOST_WINDOW_INFLUENCE
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image

CANDIDATES = 5
OVERLAPPING = 0.6  # candidates that overlap a better one by more are the same answer


def conclude(
    response: Response,
    square: Square,
    constants: TrackingConstants,
    *,
    last_box: Box,
    image_size: tuple[int, int],
    is_searching: bool = False,
    lost_below: float = 0.0,
    calibration: ScoreCalibration = AS_IT_IS,
    fit: Fit = AS_SEEN,
) -> tuple[Prediction, Decision]:
    """Decide, and take the winner back to the image (SiamRPN, section 3.4).

    Args:
        is_searching: the target is lost and may be anywhere, so the cosine window has almost no weight.
        lost_below: a winner with a lower score is not trusted: the box stays.
        calibration: what the network's score means; it changes the reported score, not the box.
        fit: how the person's boxes differ from the network's.
    """
    if is_searching:
        constants = replace(constants, window_influence=LOST_WINDOW_INFLUENCE)
    across, down = square.scales
    width, height = fit.seen_size(last_box)
    decision = decide(response, constants, width=width * across, height=height * down)
    followed = follow(
        decision.winner, square, constants,
        last_box=last_box, image_size=image_size, lost_below=lost_below, calibration=calibration, fit=fit,
    )  # fmt: skip
    return followed, decision


def follow(
    winner: Winner,
    square: Square,
    constants: TrackingConstants,
    *,
    last_box: Box,
    image_size: tuple[int, int],
    lost_below: float = 0.0,
    calibration: ScoreCalibration = AS_IT_IS,
    fit: Fit = AS_SEEN,
) -> Prediction:
    """From the winner to the next box: the centre jumps to the winner's, the size approaches the winner's at the rate
    ``size_lr * penalty * score``. As in the published code the centre is kept inside the picture.

    All this uses the network's own score; only the reported score is calibrated.
    """
    signs = Signs(winner.score, winner.agreement, fit.overlap)
    score = calibration.score(signs)
    if winner.score < lost_below:
        return Prediction(last_box, score, signs=signs, is_found=False)
    found = in_image(fit.drawn(winner.box), square)
    rate = winner.penalty * winner.score * constants.size_lr
    width, height = image_size
    box = Box.from_centre(
        min(max(found.cx, 0.0), float(width)),
        min(max(found.cy, 0.0), float(height)),
        width=_side(last_box.width, found.width, rate, least=constants.least_side, most=width),
        height=_side(last_box.height, found.height, rate, least=constants.least_side, most=height),
    )
    return Prediction(box, score, signs=signs)


def explain(
    prediction: Prediction,
    decision: Decision,
    response: Response,
    crop: Crop,
    constants: TrackingConstants,
    *,
    exemplar: Image,
    last_box: Box,
    image_size: tuple[int, int],
    is_searching: bool = False,
    lost_below: float = 0.0,
    calibration: ScoreCalibration = AS_IT_IS,
    fit: Fit = AS_SEEN,
) -> Prediction:
    """The same prediction with its evidence."""
    anchors, size = response.scores.shape[0], response.scores.shape[-1]
    window = cosine_window(size)
    best = decision.decided.argmax(axis=0)[None]  # (1, S, S): the anchor that each cell shows

    def of_best(values: FloatArray) -> FloatArray:
        return np.asarray(np.take_along_axis(values, best, axis=0)[0], np.float32)

    evidence = Evidence(
        exemplar=exemplar,
        search_region=crop.image,
        search_region_box=crop.window,
        raw=of_best(response.scores) if anchors > 1 else response.scores[0],
        window=window,
        penalised=of_best(decision.penalised),
        decided=of_best(decision.decided),
        map_box=crop.to_image(response.map_box.translated(dx=crop.size / 2, dy=crop.size / 2)),
        cell=(decision.index[1], decision.index[2]),
        candidates=_candidates(response, decision, crop, fit),
        response=response,
        last_box=last_box,
        image_size=image_size,
        ranked=None if decision.ranked is response.scores else of_best(decision.ranked),
        distractors=tuple(
            _candidate(index, response, decision, crop, fit)
            for index in response.distractors(decision.index, constants)
        ),
        is_searching=is_searching,
        lost_below=lost_below,
        fit=fit,
        score=prediction.score,
        calibration=calibration,
    )
    return replace(prediction, evidence=evidence)


def redecide(evidence: Evidence, constants: Constants) -> Prediction:
    """The prediction for the same frame with other constants.

    Raises:
        ValueError: if the evidence does not hold the network's response.
        TypeError: if the constants are those of another family.
    """
    if evidence.pyramid:
        return pyramid_evidence.redecide(evidence, constants)
    if not isinstance(constants, TrackingConstants):
        raise TypeError(f"this was decided with TrackingConstants and cannot be with {type(constants).__name__}")
    response, last_box, image_size = evidence.response, evidence.last_box, evidence.image_size
    if response is None or last_box is None or image_size is None:
        raise ValueError("this evidence does not hold what the network said, so it cannot be decided again")
    crop = Crop.of(evidence.search_region, evidence.search_region_box)
    prediction, decision = conclude(
        response, crop, constants,
        last_box=last_box, image_size=image_size, is_searching=evidence.is_searching, lost_below=evidence.lost_below,
        calibration=evidence.calibration, fit=evidence.fit,
    )  # fmt: skip
    return explain(
        prediction, decision, response, crop, constants,
        exemplar=evidence.exemplar, last_box=last_box, image_size=image_size,
        is_searching=evidence.is_searching, lost_below=evidence.lost_below, calibration=evidence.calibration,
        fit=evidence.fit,
    )  # fmt: skip


def _side(last: float, found: float, rate: float, *, least: float, most: int) -> float:
    return min(max(last * (1 - rate) + found * rate, least), float(most))


def in_image(box: FloatArray, square: Square) -> Box:
    """(4,) cx, cy, w, h relative to the centre of the crop -> image pixels."""
    cx, cy, width, height = (float(value) for value in box)
    middle = square.size / 2
    return square.to_image(Box.from_centre(middle + cx, middle + cy, width=width, height=height))


def _candidate(index: Index, response: Response, decision: Decision, crop: Crop, fit: Fit) -> Candidate:
    """A candidate at this index. If it is the winner, its box is the final one: after the vote and the fit."""
    own = fit.drawn(decision.box) if index == decision.index else response.boxes[(slice(None), *index)]
    box = in_image(own, crop)
    return Candidate(box, float(response.scores[index]), float(decision.decided[index]))


def _candidates(response: Response, decision: Decision, crop: Crop, fit: Fit) -> tuple[Candidate, ...]:
    """The best few boxes that differ from each other (greedy non-maximum suppression)."""
    found: list[Candidate] = []
    for place in np.argsort(-decision.decided.ravel(), kind="stable")[:200]:
        anchor, row, column = (int(i) for i in np.unravel_index(int(place), decision.decided.shape))
        candidate = _candidate((anchor, row, column), response, decision, crop, fit)
        if all(candidate.box.iou(other.box) < OVERLAPPING for other in found):
            found.append(candidate)
            if len(found) == CANDIDATES:
                break
    return tuple(found)
