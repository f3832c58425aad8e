"""Make one decision of SiamFC and explain it: turns the score maps of all scales into the box and everything that the
score-map panel shows. Plain numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from tracker_core.crops import Crop, Square
from tracker_core.decision.prediction import Candidate, Evidence, Prediction, ScaleLevel
from tracker_core.decision.reliability import AS_IT_IS, ScoreCalibration, Signs
from tracker_core.decision.scale_pyramid import STRIDE, Decision, ScaleConstants, decide
from tracker_core.decision.score_map import Constants, logistic
from tracker_core.geometry import Box
from tracker_core.images import FloatArray, Image

CANDIDATES = 5
NEAR = 2
"""Cells. Of two peaks no farther apart only the higher one is a candidate. (A target is as wide in training.)"""

Places = NDArray[np.intp]


Seen = TypeVar("Seen", bound=Square, covariant=True)


@dataclass(frozen=True)
class Look(Generic[Seen]):
    """One scale: its factor (see ``ScaleLevel``), the crop, and the network's logits (S, S) for it.

    A decision only needs to know where the crop lies; an explanation needs its pixels.
    """

    factor: float
    crop: Seen
    response: FloatArray


def conclude(
    looks: Sequence[Look[Square]],
    constants: ScaleConstants,
    *,
    last_box: Box,
    image_size: tuple[int, int],
    calibration: ScoreCalibration = AS_IT_IS,
) -> tuple[Prediction, Decision]:
    """Decide, and take the winner back to the image: the centre jumps, the size follows the scale, the aspect stays.

    The centre is kept inside the picture. (The published code lets it leave.)
    """
    decision = decide([look.response for look in looks], constants)
    look = looks[decision.chosen]
    centre = _centre(decision, decision.place, look.crop)
    scale = (1 - constants.scale_lr) + constants.scale_lr * look.factor
    width, height = image_size
    box = Box.from_centre(
        min(max(centre.x, 0.0), float(width)),
        min(max(centre.y, 0.0), float(height)),
        width=last_box.width * scale,
        height=last_box.height * scale,
    )
    signs = Signs(decision.score)
    return Prediction(box, calibration.score(signs), signs=signs), decision


def explain(
    prediction: Prediction,
    decision: Decision,
    looks: Sequence[Look[Crop]],
    constants: ScaleConstants,
    *,
    exemplar: Image,
    last_box: Box,
    image_size: tuple[int, int],
    calibration: ScoreCalibration = AS_IT_IS,
) -> Prediction:
    """The same prediction with its evidence.

    Map and window each add up to 1, so single values are too small to be seen. Both are shown in units of the higher
    one's peak, which keeps their proportion.
    """
    look = looks[decision.chosen]
    rows, columns = _best_of_cells(decision.decided, size=look.response.shape[0], by=constants.upsampling)
    unit = 1 / max(float(decision.normalised.max()), float(decision.window.max()))
    middle, covered = look.crop.size / 2, look.response.shape[0] * STRIDE
    decided = decision.decided[rows, columns] * np.float32(unit)
    row, column = (int(i) for i in np.unravel_index(np.argmax(decided), decided.shape))
    evidence = Evidence(
        exemplar=exemplar,
        search_region=look.crop.image,
        search_region_box=look.crop.window,
        raw=logistic(decision.response[rows, columns]),
        window=decision.window[rows, columns] * np.float32(unit),
        penalised=decision.normalised[rows, columns] * np.float32(unit),
        decided=decided,
        map_box=look.crop.to_image(Box.from_centre(middle, middle, width=covered, height=covered)),
        cell=(row, column),
        candidates=_candidates(decision, look, prediction.box, decided, rows, columns),
        last_box=last_box,
        image_size=image_size,
        score=prediction.score,
        calibration=calibration,
        pyramid=tuple(
            ScaleLevel(level.factor, level.crop, level.response, logistic(level.response), float(peak), level is look)
            for level, peak in zip(looks, logistic(decision.peaks), strict=True)
        ),
    )
    return replace(prediction, evidence=evidence)


def redecide(evidence: Evidence, constants: Constants) -> Prediction:
    """The prediction that other constants would have made of the same scales.

    Raises:
        ValueError: if the evidence does not hold the network's answers.
        TypeError: if the constants are those of another family.
    """
    if not isinstance(constants, ScaleConstants):
        raise TypeError(f"this was decided with ScaleConstants and cannot be with {type(constants).__name__}")
    last_box, image_size = evidence.last_box, evidence.image_size
    if last_box is None or image_size is None:
        raise ValueError("this evidence does not hold where the target was, so it cannot be decided again")
    looks = [Look(level.factor, level.crop, level.response) for level in evidence.pyramid]
    calibration = evidence.calibration
    prediction, decision = conclude(looks, constants, last_box=last_box, image_size=image_size, calibration=calibration)
    return explain(
        prediction, decision, looks, constants,
        exemplar=evidence.exemplar, last_box=last_box, image_size=image_size, calibration=calibration,
    )  # fmt: skip


def _centre(decision: Decision, place: tuple[int, int], square: Square) -> Box:
    """A place (row, column) of the upsampled map as a point of the image."""
    across, down = decision.displacement(place)
    middle = square.size / 2
    return square.to_image(Box(middle + across, middle + down, 0, 0))


def _best_of_cells(decided: FloatArray, *, size: int, by: int) -> tuple[Places, Places]:
    """For each of (S, S) cells its best pixel of the upsampled map: rows and columns, (S, S) each."""
    spare = size * by - decided.shape[0]  # a map with aligned corners lacks half of its outer cells
    before = spare // 2
    whole = np.pad(decided, (before, spare - before), constant_values=-np.inf)
    best = whole.reshape(size, by, size, by).swapaxes(1, 2).reshape(size, size, by * by).argmax(axis=2)
    corner = np.arange(size) * by - before
    return corner[:, None] + best // by, corner[None, :] + best % by


def _candidates(
    decision: Decision,
    look: Look[Square],
    winner: Box,
    decided: FloatArray,
    rows: Places,
    columns: Places,
) -> tuple[Candidate, ...]:
    """The highest few peaks of the chosen scale, as boxes of the winner's size."""
    highest_near = cv2.dilate(decided, np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8))
    peaks = np.argwhere(decided == highest_near)
    order = np.argsort(-decided[tuple(peaks.T)], kind="stable")[:CANDIDATES]
    found = []
    for row, column in peaks[order]:
        place = int(rows[row, column]), int(columns[row, column])
        centre = _centre(decision, place, look.crop)
        found.append(
            Candidate(
                Box.from_centre(centre.x, centre.y, width=winner.width, height=winner.height),
                float(logistic(decision.response[place])),
                float(decided[row, column]),
            )
        )
    return tuple(found)
