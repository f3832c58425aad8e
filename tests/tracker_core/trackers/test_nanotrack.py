"""NanoTrack's tracker against a second one: slow, and written from the published formulae alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from benchmarks.onnx_bytes import for_any_size
from tests.support.moving_square import moving_square
from tests.support.nanotrack_networks import CONSTANTS, random_nanotrack, random_nanotrack_network
from tracker_core.decision.evidence import redecide
from tracker_core.decision.point_boxes import NanoTrackConstants, decode
from tracker_core.decision.score_map import TrackingConstants
from tracker_core.evaluation.folders import read_sequence
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.trackers.families import FAMILIES
from tracker_core.weights.adding import add_model
from tracker_core.weights.catalog import load_tracker

VERSIONS = [1, 2, 3]
Maps = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Probability (S, S), and distances (4, S, S) to the left, top, right and bottom side."""
Answer = Callable[[NDArray[np.float32]], Maps]
"""To a search region, (1, 3, H, W) RGB."""
Network = Callable[[NDArray[np.float32]], Answer]
"""From an exemplar, likewise, whose features are computed once."""


class ReferenceTracker:
    """The published loop, cell by cell. Its crop window is the one of whole pixels that was cut."""

    def __init__(self, network: Network, image: Image, box: Box, constants: NanoTrackConstants) -> None:
        self.constants = constants
        self.mean = image.reshape(-1, 3).astype(np.float64).mean(axis=0).round()
        self.x, self.y, self.w, self.h = box.cx, box.cy, box.width, box.height
        exemplar, *_ = self.crop(image, self.s_z(), 127)
        self.answer = network(exemplar)

    def s_z(self) -> float:
        context = 0.5 * (self.w + self.h)
        return math.sqrt((self.w + context) * (self.h + context))

    def crop(self, image: Image, side: float, size: int) -> tuple[NDArray[np.float32], float, float, float]:
        pixels = round(side)
        left, top = math.floor(self.x - pixels / 2 + 0.5), math.floor(self.y - pixels / 2 + 0.5)
        margin = max(0, -left, -top, left + pixels - image.shape[1], top + pixels - image.shape[0])
        padded = cv2.copyMakeBorder(image, *(margin,) * 4, cv2.BORDER_CONSTANT, value=self.mean.tolist())
        patch = padded[top + margin : top + margin + pixels, left + margin : left + margin + pixels]
        resized = cv2.resize(patch, (size, size), interpolation=cv2.INTER_LINEAR)
        tensor = np.ascontiguousarray(resized.transpose(2, 0, 1)[None], np.float32)
        return tensor, left + pixels / 2, top + pixels / 2, size / pixels

    def step(self, image: Image) -> tuple[Box, float]:
        search, middle_x, middle_y, scale = self.crop(image, self.s_z() * 255 / 127, 255)
        maps = self.answer(search)
        # Lists: reading single numbers out of an array takes ten times as long.
        scores: list[list[float]] = maps[0].tolist()
        distances: list[list[list[float]]] = maps[1].transpose(1, 2, 0).tolist()
        cells = len(scores)
        window = [hann(n, cells) for n in range(cells)]
        influence = self.constants.window_influence
        best, found = -math.inf, (0.0,) * 6
        for row in range(cells):
            for column in range(cells):
                left, top, right, bottom = distances[row][column]
                x, y = (column - cells // 2) * 16, (row - cells // 2) * 16
                x1, y1, x2, y2 = x - left, y - top, x + right, y + bottom
                w, h = x2 - x1, y2 - y1
                penalty = self.penalty(w, h, scale)
                value = penalty * scores[row][column] * (1 - influence)
                value += window[row] * window[column] * influence
                if value > best:
                    best = value
                    found = (x1 + x2) / 2, (y1 + y2) / 2, w, h, penalty, scores[row][column]
        cx, cy, w, h, penalty, score = found
        rate = penalty * score * self.constants.size_lr
        height, width = image.shape[:2]
        least = self.constants.smallest_side
        self.x = min(max(middle_x + cx / scale, 0), width)
        self.y = min(max(middle_y + cy / scale, 0), height)
        self.w = min(max(self.w * (1 - rate) + w / scale * rate, least), width)
        self.h = min(max(self.h * (1 - rate) + h / scale * rate, least), height)
        return Box.from_centre(self.x, self.y, width=self.w, height=self.h), score

    def penalty(self, w: float, h: float, scale: float) -> float:
        def padded(width: float, height: float) -> float:
            padding = (width + height) / 2
            return math.sqrt((width + padding) * (height + padding))

        def change(ratio: float) -> float:
            return max(ratio, 1 / ratio)

        size = change(padded(w, h) / padded(self.w * scale, self.h * scale))
        ratio = change((self.w / self.h) / (w / h))
        return math.exp(-(size * ratio - 1) * self.constants.penalty_k)


def hann(place: int, count: int) -> float:
    return 0.5 - 0.5 * math.cos(2 * math.pi * place / (count - 1))


def onnx_network(folder: Path) -> Network:
    """The two published files under ONNX Runtime; they take BGR."""
    onnxruntime = pytest.importorskip("onnxruntime")
    backbone, head = (
        onnxruntime.InferenceSession(
            for_any_size(next(folder.glob(f"*{part}*.onnx")).read_bytes()), providers=["CPUExecutionProvider"]
        )
        for part in ("backbone", "head")
    )

    def features(picture: NDArray[np.float32]) -> Any:
        return backbone.run(None, {"input": np.ascontiguousarray(picture[:, ::-1])})[0]

    def network(exemplar: NDArray[np.float32]) -> Answer:
        of_exemplar = features(exemplar)

        def answer(search: NDArray[np.float32]) -> Maps:
            logits, distances = head.run(None, {"input1": of_exemplar, "input2": features(search)})
            return softmax(logits[0].astype(np.float64)), distances[0].astype(np.float64)

        return answer

    return network


def own_network(version: int) -> Network:
    """As it is trained, before anything is folded, in double precision."""
    network = random_nanotrack_network(version).double()

    def with_exemplar(exemplar: NDArray[np.float32]) -> Answer:
        with torch.inference_mode():
            kernels = network.template(torch.from_numpy(exemplar).double())

        def answer(search: NDArray[np.float32]) -> Maps:
            with torch.inference_mode():
                logits, distances = network(kernels, torch.from_numpy(search).double())
            return softmax(logits[0].numpy()), distances[0].numpy()

        return answer

    return with_exemplar


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2, S, S) -> (S, S) of the second."""
    return np.asarray(1 / (1 + np.exp(logits[0] - logits[1])), np.float64)


def assert_goes_with(found: Sequence[Box], expected: Sequence[Box], *, within: float) -> None:
    for frame, (one, other) in enumerate(zip(found, expected, strict=True)):
        assert one.as_tuple() == pytest.approx(other.as_tuple(), abs=within), f"frame {frame}"


@pytest.mark.shared_data
@pytest.mark.parametrize("version", VERSIONS)
def test_fifty_frames_have_the_boxes_of_the_published_files_under_onnx_runtime(
    version: int, shared_data: Path, tmp_path: Path
) -> None:
    peer = shared_data.parent / "peers" / f"nanotrackv{version}"
    model = add_model(next(peer.glob("*.pth")), folder=tmp_path)
    tracker = load_tracker(model.name, device="cpu", precision="float32", added=tmp_path)
    assert isinstance(model.constants, NanoTrackConstants)
    sequence = read_sequence(shared_data / "val" / "car4" / "groundtruth.txt")
    first, *images = islice(sequence.open_frames(), 51)
    box = sequence.true_box(0)
    assert box is not None
    target, reference = tracker.init(first, box), ReferenceTracker(onnx_network(peer), first, box, model.constants)
    found, expected = [], []
    for image in images:
        prediction, (there, score) = target.update(image), reference.step(image)
        found.append(prediction.box)
        expected.append(there)
        assert prediction.score == pytest.approx(score, abs=1e-3)
    assert_goes_with(found, expected, within=0.05)
    last = sequence.true_box(50)
    assert last is not None
    assert found[-1].iou(last) > 0.6


@pytest.mark.parametrize("version", VERSIONS)
def test_any_network_is_followed_as_the_formulae_say(version: int) -> None:
    images, truth = moving_square(9)
    tracker = random_nanotrack(version)
    target = tracker.init(images[0], truth[0])
    reference = ReferenceTracker(own_network(version), images[0], truth[0], CONSTANTS)
    found, expected = [], []
    for image in images[1:]:
        prediction, (box, score) = target.update(image), reference.step(image)
        found.append(prediction.box)
        expected.append(box)
        assert prediction.score == pytest.approx(score, abs=1e-3)
    assert_goes_with(found, expected, within=0.05)
    assert len({box.as_tuple() for box in found}) == len(found)


def test_no_side_gets_shorter_than_the_published_ten_pixels_unless_it_is_told_to() -> None:
    images, truth = moving_square(2)
    tiny = Box.from_centre(truth[0].cx, truth[0].cy, width=6, height=3)
    tracker = random_nanotrack()
    for smallest in (10.0, 2.0):
        own = tracker.with_constants(NanoTrackConstants(size_lr=0, smallest_side=smallest))
        box = own.init(images[0], tiny).update(images[1]).box
        assert (box.width, box.height) == pytest.approx((max(6, smallest), max(3, smallest)))


def test_other_constants_are_refused_by_name() -> None:
    tracker = random_nanotrack()
    with pytest.raises(TypeError, match="NanoTrackConstants, not with TrackingConstants"):
        tracker.with_constants(TrackingConstants())
    with pytest.raises(ValueError, match="smallest_side must be between 1 and 1000"):
        NanoTrackConstants(smallest_side=0)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_panel_sees_each_cell_where_its_point_is(version: int) -> None:
    images, truth = moving_square(3)
    evidence = random_nanotrack(version).init(images[0], truth[0]).update(images[1], with_evidence=True).evidence
    assert evidence is not None
    cells = {1: 16, 2: 16, 3: 15}[version]
    assert evidence.raw.shape == evidence.window.shape == evidence.decided.shape == (cells, cells)
    scale = 255 / evidence.search_region_box.width
    centre = evidence.search_region_box.cx, evidence.search_region_box.cy
    for cell in (0, cells // 2, cells - 1):
        x = evidence.map_box.x + (cell + 0.5) * evidence.map_box.width / cells
        y = evidence.map_box.y + (cell + 0.5) * evidence.map_box.height / cells
        point = (cell - cells // 2) * 16 / scale
        assert (x - centre[0], y - centre[1]) == pytest.approx((point, point), abs=1e-4)
    assert 1 <= len(evidence.candidates) <= 5
    assert evidence.decided[evidence.cell] == evidence.decided.max()


def test_a_slider_decides_anew_as_a_run_would_have() -> None:
    images, truth = moving_square(4)
    tracker = random_nanotrack()
    others = NanoTrackConstants(penalty_k=0.6, window_influence=0.1, size_lr=0.9)
    seen = tracker.init(images[0], truth[0]).update(images[2], with_evidence=True)
    assert seen.evidence is not None
    again = redecide(seen.evidence, others)
    expected = tracker.with_constants(others).init(images[0], truth[0]).update(images[2])
    assert again.box.as_tuple() == pytest.approx(expected.box.as_tuple())
    assert again.box != seen.box


def test_distances_far_beyond_any_picture_stay_finite() -> None:
    boxes = decode(np.full((4, 3, 3), 1e6, np.float32), stride=16)
    assert np.isfinite(boxes).all()
    assert boxes.shape == (4, 1, 3, 3)


def test_the_family_is_used_as_it_was_published() -> None:
    family = FAMILIES["nanotrack"]
    assert family.is_tracker
    assert family.teaching is None
