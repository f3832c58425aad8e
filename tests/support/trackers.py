"""Trackers without a network."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import ClassVar

import cv2
import numpy as np

from tracker_core.decision.reliability import ScoreCalibration
from tracker_core.decision.score_map import Constants, Response, TrackingConstants, Tunable
from tracker_core.geometry import Box
from tracker_core.tracker import SCALES, Candidate, Evidence, FloatArray, Image, LookAlike, Place, Prediction

MAP_SIZE = 25
CELL = 8  # pixels of the search region to a cell of the map
CONSTANTS = TrackingConstants(penalty_k=0.05, window_influence=0.4, size_lr=0.3)
WAIT_AT_MOST = 10.0  # seconds; a test that forgets to open the gate fails, it does not hang


@dataclass(frozen=True)
class WideConstants(TrackingConstants):
    """Of a family with more to turn, and further."""

    tunables: ClassVar[tuple[Tunable, ...]] = (
        Tunable("strength", "Strength", "How much it counts.", maximum=4.0),
        *TrackingConstants.tunables,
        Tunable("patience", "Patience", "How long it waits.", maximum=0.01),
    )

    strength: float = 1.0
    patience: float = 0.005


WIDE = WideConstants(penalty_k=0.1, window_influence=0.3, size_lr=0.5, strength=1.7, patience=0.004)


MEASURED = ScoreCalibration(slope=0.9)
"""The fakes give scores as if somebody had measured what they mean."""


class IdentityTracker:
    """Every box is the first one, with score 1."""

    name = "identity"
    place = Place("nowhere", "float32")
    calibration = MEASURED

    def __init__(self, constants: Constants = CONSTANTS) -> None:
        self.constants = constants

    def with_constants(self, constants: Constants) -> IdentityTracker:
        return IdentityTracker(constants)

    def init(self, image: Image, box: Box) -> _IdentityTarget:
        _check_start(image, box)
        return _IdentityTarget(box)


class _IdentityTarget:
    def __init__(self, box: Box) -> None:
        self.box = box

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        return Prediction(self.box, 1.0, plausible_evidence(image, self.box) if with_evidence else None)

    def move_to(self, box: Box) -> None:
        self.box = box


class ScriptedTracker:
    """Each target gives ``boxes`` and ``scores`` in order: the first at its first ``update``, the last for ever.

    ``fail_at`` and ``block_at`` are numbers of updates, from 0, counted over all targets. At ``fail_at`` update raises
    ``error``. At ``block_at`` it sets ``reached`` and waits for ``gate``: a test can act in the middle of a run.
    ``started_with`` lists the boxes of every ``init``.
    """

    name = "scripted"
    place = Place("nowhere", "bf16")
    calibration = MEASURED
    constants: Constants = CONSTANTS

    def __init__(
        self,
        boxes: Sequence[Box],
        scores: Sequence[float] = (1.0,),
        *,
        fail_at: int | None = None,
        error: Exception | None = None,
        block_at: int | None = None,
    ) -> None:
        self.boxes = tuple(boxes)
        self.scores = tuple(scores)
        self.fail_at = fail_at
        self.error = error or RuntimeError("the scripted tracker fails here")
        self.block_at = block_at
        self.reached = threading.Event()
        self.gate = threading.Event()
        self.started_with: list[Box] = []
        self.updates = 0

    def with_constants(self, constants: Constants) -> ScriptedTracker:
        """It plays the same script."""
        twin = copy(self)
        twin.constants = constants
        return twin

    def init(self, image: Image, box: Box) -> _ScriptedTarget:
        _check_start(image, box)
        self.started_with.append(box)
        return _ScriptedTarget(self, box)

    def on_update(self) -> None:
        """What is to happen at this update besides a prediction."""
        number, self.updates = self.updates, self.updates + 1
        if number == self.fail_at:
            raise self.error
        if number == self.block_at:
            self.reached.set()
            if not self.gate.wait(WAIT_AT_MOST):
                raise TimeoutError("the test never opened the gate of its ScriptedTracker")


class _ScriptedTarget:
    def __init__(self, tracker: ScriptedTracker, box: Box) -> None:
        self._tracker = tracker
        self._step = 0
        self.box = box

    def update(self, image: Image, *, with_evidence: bool = False) -> Prediction:
        self._tracker.on_update()
        boxes, scores = self._tracker.boxes, self._tracker.scores
        self.box = boxes[min(self._step, len(boxes) - 1)]
        score = scores[min(self._step, len(scores) - 1)]
        self._step += 1
        return Prediction(self.box, score, plausible_evidence(image, self.box, score=score) if with_evidence else None)

    def move_to(self, box: Box) -> None:
        self.box = box


def plausible_evidence(image: Image, box: Box, *, score: float = 1.0) -> Evidence:
    """Evidence as an anchor tracker gives it: one peak of height ``score`` in the middle of a 25 x 25 map.

    ``penalised`` is a little lower than ``raw``, ``decided`` follows its formula with an influence of 0.4, and a second
    candidate stands half a box beside the first. The response has one anchor, a box of that size on each cell.
    """
    side = max(2 * (box.width + box.height), 1.0)
    search_region_box = Box.from_centre(box.cx, box.cy, width=side, height=side)
    map_side = side * 200 / 255
    rows, columns = np.mgrid[0:MAP_SIZE, 0:MAP_SIZE] - MAP_SIZE // 2
    raw = (score * np.exp(-(rows**2 + columns**2) / 18)).astype(np.float32)
    window = np.outer(np.hanning(MAP_SIZE), np.hanning(MAP_SIZE)).astype(np.float32)
    penalised: FloatArray = raw * np.float32(0.95)
    decided: FloatArray = penalised * np.float32(0.6) + window * np.float32(0.4)
    neighbour = box.translated(dx=box.width / 2, dy=0)
    scale = 255 / side
    sizes = np.ones_like(raw)
    boxes = np.stack([columns * CELL, rows * CELL, sizes * box.width * scale, sizes * box.height * scale])
    return Evidence(
        exemplar=_crop(image, Box.from_centre(box.cx, box.cy, width=side / 2, height=side / 2), size=127),
        search_region=_crop(image, search_region_box, size=255),
        search_region_box=search_region_box,
        raw=raw,
        window=window,
        penalised=penalised,
        decided=decided,
        map_box=Box.from_centre(box.cx, box.cy, width=map_side, height=map_side),
        cell=(MAP_SIZE // 2, MAP_SIZE // 2),
        candidates=(
            Candidate(box, score=score, decided_score=score * 0.57 + 0.4),
            Candidate(neighbour, score=score / 2, decided_score=score * 0.285 + 0.3),
        ),
        response=Response(raw[np.newaxis], boxes[:, np.newaxis].astype(np.float32)),
        last_box=box,
        image_size=(image.shape[1], image.shape[0]),
    )


def _crop(image: Image, box: Box, *, size: int) -> Image:
    scale = size / box.width
    matrix = np.array([[scale, 0, -box.x * scale], [0, scale, -box.y * scale]])
    return np.asarray(cv2.warpAffine(image, matrix, (size, size)), dtype=np.uint8)


def _check_start(image: Image, box: Box) -> None:
    """As the protocol asks of every tracker."""
    height, width = image.shape[:2]
    if box.clipped(width=width, height=height).area == 0:
        raise ValueError(f"the box {box.as_tuple()} has no area inside the picture of {width} x {height}")


class RefiningTracker(IdentityTracker):
    """As the identity, but a second look finds ``finds`` with the score ``sure``, whatever box it is shown.

    ``looks`` lists the boxes that it was shown.
    """

    name = "refining"

    def __init__(self, finds: Box, *, sure: float = 0.9) -> None:
        super().__init__()
        self.finds = finds
        self.sure = sure
        self.looks: list[Box] = []

    def init(self, image: Image, box: Box) -> _RefiningTarget:
        _check_start(image, box)
        return _RefiningTarget(self, box)


class _RefiningTarget(_IdentityTarget):
    def __init__(self, tracker: RefiningTracker, box: Box) -> None:
        super().__init__(box)
        self._tracker = tracker

    def refine(self, image: Image, box: Box) -> Prediction:
        height, width = image.shape[:2]
        if box.clipped(width=width, height=height).area <= 0:
            raise ValueError("the box does not lie in the picture")
        self._tracker.looks.append(box)
        return Prediction(self._tracker.finds, self._tracker.sure)


class SearchingTracker(IdentityTracker):
    """As the identity, but a search of a whole picture finds ``finds``, whatever is there."""

    name = "searching"

    def __init__(self, finds: Sequence[LookAlike]) -> None:
        super().__init__()
        self.finds = tuple(finds)
        self.searches = 0

    @property
    def found(self) -> tuple[LookAlike, ...]:
        """What the next search finds."""
        return self.finds

    def init(self, image: Image, box: Box) -> _SearchingTarget:
        _check_start(image, box)
        return _SearchingTarget(self, box)


class _SearchingTarget(_IdentityTarget):
    def __init__(self, tracker: SearchingTracker, box: Box) -> None:
        super().__init__(box)
        self._tracker = tracker

    def look_alikes(
        self,
        image: Image,
        *,
        scales: Sequence[float] = SCALES,
        least_score: float = 0.5,
        most: int = 100,
        known: Sequence[Box] = (),
        on_tile: Callable[[int, int], None] = lambda done, total: None,
    ) -> list[LookAlike]:
        on_tile(0, 1)
        self._tracker.searches += 1
        free = [one for one in self._tracker.found if all(one.box.iou(box) < 0.4 for box in known)]
        return [one for one in free if one.score >= least_score][:most]
