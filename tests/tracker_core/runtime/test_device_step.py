"""The tracking step on the device, tried with tensors on the CPU: it agrees with the step in OpenCV and numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.moving_square import moving_square
from tests.support.nanotrack_networks import random_nanotrack
from tests.support.networks import CONSTANTS, random_network, random_tracker
from tests.support.siamfc_networks import random_siamfc
from tests.support.siamrpn_networks import random_siamrpn
from tracker_core.crops import Square, Stretch, crop_square, cut, square_around
from tracker_core.decision.anchors import anchor_grid
from tracker_core.decision.distractors import DistractorConstants
from tracker_core.decision.point_boxes import NanoTrackConstants
from tracker_core.decision.score_map import AGREEING, Response, TrackingConstants, Winner, decide, iou
from tracker_core.decision.search_growth import LongTermConstants
from tracker_core.geometry import Box
from tracker_core.group import update_all
from tracker_core.images import Image
from tracker_core.runtime import device_step
from tracker_core.runtime.cuda_graph import Recording, Replayed
from tracker_core.runtime.device_step import (
    FactTensors,
    fact_rows,
    places,
    read_winners,
    uploaded,
    winners,
    winners_of_boxes,
)
from tracker_core.runtime.device_step import cut as cut_there
from tracker_core.runtime.placement import place
from tracker_core.target import TargetFacts
from tracker_core.trackers.dasiamrpn import DaSiamRPN, DaSiamRPNEngine
from tracker_core.trackers.nanotrack import NanoTrack
from tracker_core.trackers.siamrpn import SiamRPN, SiamRPNEngine
from tracker_core.trackers.siamrpnpp import Kernels, SiamRPNPP, SiamRPNPPEngine
from tracker_core.trackers.siamrpnpp_longterm import SiamRPNPPLongTerm
from tracker_core.weights.catalog import load_tracker

CPU = torch.device("cpu")
FILL = (10, 20, 30)
PICTURE = np.random.default_rng(0).integers(0, 256, (90, 120, 3), np.uint8)
FRAMES = 20
STEPS = 8  # enough where every one begins at the same place


def cut_by_tensors(image: Image, squares: Sequence[Square], fill: tuple[int, int, int] = FILL) -> Image:
    """(N, S, S, 3) as a device cuts them."""
    fills = torch.tensor([fill] * len(squares), dtype=torch.float32)
    return cut_there(uploaded(image, squares, CPU), torch.from_numpy(places(squares)), fills).numpy()


@given(
    st.floats(-60, 180), st.floats(-60, 150), st.floats(0.3, 200), st.integers(24, 90),
    st.sampled_from([Stretch(), Stretch(2, 0.5), Stretch(0.4, 2.5)]),
)  # fmt: skip
def test_a_crop_is_that_of_opencv_to_a_grey_level(
    cx: float, cy: float, side: float, size: int, stretch: Stretch
) -> None:
    square = square_around(cx=cx, cy=cy, side=side, size=size, stretch=stretch)
    (found,) = cut_by_tensors(PICTURE, [square])
    expected = cut(PICTURE, square, fill=FILL).image
    difference = np.abs(found.astype(int) - expected)
    assert difference.max() <= 1
    assert (difference == 0).mean() >= 0.8


def test_a_window_of_the_crops_size_comes_as_it_is() -> None:
    square = square_around(cx=55, cy=40, side=50, size=50)
    (found,) = cut_by_tensors(PICTURE, [square])
    np.testing.assert_array_equal(found, PICTURE[15:65, 30:80])


def test_crops_of_many_targets_are_each_its_own_in_its_own_colour() -> None:
    where = [(3.0, 5.0, 40.0), (60.0, 44.0, 31.0), (118.0, 85.0, 70.0), (-200.0, 30.0, 20.0)]
    fills = [(10, 20, 30), (200, 100, 0), (7, 7, 7), (1, 2, 3)]
    squares = [square_around(cx=cx, cy=cy, side=side, size=64) for cx, cy, side in where]
    frame, told = uploaded(PICTURE, squares, CPU), torch.tensor(fills, dtype=torch.float32)
    found = cut_there(frame, torch.from_numpy(places(squares)), told).numpy()
    for crop, (cx, cy, side), fill in zip(found, where, fills, strict=True):
        expected = crop_square(PICTURE, cx=cx, cy=cy, side=side, size=64, fill=fill).image
        np.testing.assert_allclose(crop.astype(int), expected, atol=1)
    assert (found[3] == fills[3]).all()


@given(
    st.integers(0, 2**32 - 1), st.sampled_from([3, 8, 25]), st.integers(1, 4),
    st.floats(0, 0.5), st.floats(0, 1), st.floats(4, 200), st.floats(4, 200), st.integers(2, 8),
)  # fmt: skip
def test_the_winner_is_that_of_numpy(
    seed: int, size: int, count: int, penalty_k: float, influence: float, width: float, height: float, scale: int
) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.random((count, 5, size, size), np.float32)
    deltas = rng.normal(0, 4, (count, 4, 5, size, size)).astype(np.float32)  # some beyond what decoding allows
    told = fact_rows([TargetFacts(FILL, width + i, height, penalty_k, influence) for i in range(count)])
    on_device = torch.from_numpy(scores), torch.from_numpy(deltas), FactTensors.of(told)
    found = read_winners(winners(*on_device, scale=scale).numpy())
    for i, winner in enumerate(found):
        response = Response(scores[i], anchor_grid(size, scale).decode(deltas[i]))
        constants = TrackingConstants(penalty_k, influence)
        decision = decide(response, constants, width=width + i, height=height)
        taken = np.abs(response.boxes - winner.box[:, None, None, None]).max(axis=0).argmin()
        index = np.unravel_index(taken, decision.decided.shape)
        np.testing.assert_allclose(winner.box, response.boxes[(slice(None), *index)], rtol=1e-4, atol=1e-4)
        assert winner.score == response.scores[index]
        assert decision.decided[index] == pytest.approx(decision.decided.max(), abs=2e-6)  # the same, or as good
        runner_up = np.partition(decision.decided.ravel(), -2)[-2]
        if decision.decided.max() - runner_up > 2e-6:
            assert index == decision.index
            assert winner.penalty == pytest.approx(decision.penalty, rel=1e-4)


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.95))
def test_the_vote_is_that_of_numpy(seed: int, voting: float) -> None:
    """Anchors that propose nearly one box, so that many of them vote."""
    rng = np.random.default_rng(seed)
    scores = rng.random((2, 5, 3, 3), np.float32)
    boxes = np.array([5, -8, 60, 40], np.float32)[:, None, None, None, None] + rng.normal(0, 8, (4, 2, 5, 3, 3))
    boxes = np.ascontiguousarray(boxes.swapaxes(0, 1), np.float32)
    told = FactTensors.of(fact_rows([TargetFacts(FILL, 60.0, 40.0, 0.1, 0.3, voting)] * 2))
    found = read_winners(winners_of_boxes(torch.from_numpy(scores), torch.from_numpy(boxes), told).numpy())
    for i, winner in enumerate(found):
        constants = TrackingConstants(0.1, 0.3, voting=voting)
        decision = decide(Response(scores[i], boxes[i]), constants, width=60, height=40)
        ranks = np.sort(decision.decided.ravel())
        assume(ranks[-1] - ranks[-2] > 1e-5)  # else either may win
        assume(ranks[-AGREEING] - ranks[-AGREEING - 1] > 1e-5)  # else either may vote
        overlaps = iou(boxes[i][(slice(None), *decision.index)], boxes[i].reshape(4, -1))
        assume(np.abs(overlaps - voting).min() > 1e-5)
        np.testing.assert_allclose(winner.box, decision.box, rtol=1e-4, atol=1e-3)
        assert winner.agreement == pytest.approx(decision.agreement, abs=1e-5)


def test_of_equal_anchors_the_first_wins() -> None:
    ones, zeros = torch.ones(2, 5, 3, 3), torch.zeros(2, 4, 5, 3, 3)
    alike = FactTensors.of(fact_rows([TargetFacts(FILL, 30.0, 30.0)] * 2))
    for winner in read_winners(winners(ones, zeros, alike).numpy()):
        np.testing.assert_allclose(winner.box, anchor_grid(3).boxes[:, 0, 0, 0])


def siamrpn() -> SiamRPN:
    return SiamRPN("random", SiamRPNEngine(random_siamrpn(), place("cpu", "float32")), CONSTANTS)


def dasiamrpn() -> DaSiamRPN:
    constants = DistractorConstants(**CONSTANTS.as_mapping(), distractor_threshold=0.6, lost_below=0.3, found_above=0.5)
    return DaSiamRPN("random", DaSiamRPNEngine(random_siamrpn(), place("cpu", "float32")), constants)


def long_term() -> SiamRPNPPLongTerm:
    constants = LongTermConstants(**CONSTANTS.as_mapping(), lost_below=0.4, found_above=0.6)
    return SiamRPNPPLongTerm("random", SiamRPNPPEngine(random_network(), place("cpu", "float32")), constants)


def nanotrack() -> NanoTrack:
    """Of its random cells, far apart, none shall win by the one grey level that two ways of cutting may differ by."""
    return random_nanotrack().with_constants(NanoTrackConstants(window_influence=0.9))


def shipped() -> Any:
    """The one whose winner does not jump where two anchors are nearly even; for the default see the last test here.

    It decides and scores as published: a pixel that is rounded the other way changes which anchors vote, and so the
    box, and a calibrated score by more than the network's own. With the pixels of the host nothing is left of that; see
    ``test_with_the_same_pixels_shipped_trackers_decide_there_as_here``.
    """
    tracker = load_tracker("siamrpn", device="cpu", precision="float32")
    assert isinstance(tracker, SiamRPN)
    constants = replace(tracker.constants, voting=0.0, lead=0.0, fitting=0.0)
    return SiamRPN(tracker.name, tracker.engine, constants)


def twin_of(target: Any) -> Any:
    """The same target once more, with the same engine."""
    return deepcopy(target, {id(target.engine): target.engine})


@pytest.mark.parametrize("make", [random_siamfc, siamrpn, dasiamrpn, random_tracker, long_term, nanotrack, shipped])
def test_from_the_same_state_a_target_goes_where_it_goes_on_the_host(make: Callable[[], Any]) -> None:
    """In every frame from the same state: a window that rounds the other way would part them for good."""
    images, truth = moving_square(STEPS + 1)
    tracker = make()
    starts = [truth[0], truth[0].translated(dx=9, dy=-4), truth[2], truth[0].translated(dx=-60, dy=-40)]
    targets = [tracker.init(images[0], box) for box in starts]
    for image in images[1:]:
        twins = [twin_of(target) for target in targets]
        tracker.engine.takes_frames = True
        found = update_all(twins, image)
        tracker.engine.takes_frames = False
        for one, other in zip(found, update_all(targets, image), strict=True):
            assert one.box.as_tuple() == pytest.approx(other.box.as_tuple(), abs=0.5)
            assert one.score == pytest.approx(other.score, abs=0.02)
    assert all(target.box != start for target, start in zip(targets, starts, strict=True))


Seen: TypeAlias = list[tuple[Image, Sequence[Square]]]


@pytest.fixture
def host_pixels(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """The device gets what OpenCV has cut. The two ways to cut differ by a grey level, which is tested by itself."""
    seen: Seen = []

    def note(image: Image, squares: Sequence[Square], device: torch.device) -> torch.Tensor:
        seen.append((image, squares))
        return uploaded(image, squares, device)

    def cut_by_opencv(_frame: torch.Tensor, _where: torch.Tensor, fills: torch.Tensor) -> torch.Tensor:
        image, squares = seen[-1]
        colours = [(int(red), int(green), int(blue)) for red, green, blue in fills.tolist()]
        crops = [cut(image, square, fill=fill).image for square, fill in zip(squares, colours, strict=True)]
        return torch.from_numpy(np.stack(crops))

    monkeypatch.setattr(device_step, "uploaded", note)
    monkeypatch.setattr(device_step, "cut", cut_by_opencv)
    return seen


@pytest.mark.parametrize("count", [1, 4])
def test_with_the_same_pixels_the_shipped_tracker_stays_with_itself_over_a_clip(count: int, host_pixels: Seen) -> None:
    free_run(count, lambda box, other: box.as_tuple() == pytest.approx(other.as_tuple(), abs=0.01))
    assert host_pixels


@pytest.mark.parametrize("count", [1, 4])
def test_the_shipped_tracker_stays_with_itself_over_a_clip(count: int) -> None:
    """Once two runs are apart by a grey level, they stay so: by up to 2.4 pixels of 24 with the weights of today."""
    free_run(count, lambda box, other: box.iou(other) >= 0.7)


def free_run(count: int, is_same: Callable[[Box, Box], bool]) -> None:
    """One tracker on the device, one on the host, each going on from its own boxes."""
    images, truth = moving_square(FRAMES + 1)
    there, here = shipped(), shipped()
    there.engine.takes_frames = True
    starts = [truth[0].translated(dx=dx, dy=dy) for dx, dy in ((0, 0), (9, -4), (-3, 2), (4, 1))][:count]
    found, expected = ([tracker.init(images[0], box) for box in starts] for tracker in (there, here))
    alone = there.init(images[0], starts[0])
    for image in images[1:]:
        boxes = [prediction.box for prediction in update_all(found, image)]
        for box, other in zip(boxes, update_all(expected, image), strict=True):
            assert is_same(box, other.box), (box, other.box)
        assert alone.update(image).box.as_tuple() == pytest.approx(boxes[0].as_tuple(), abs=0.05)


@pytest.mark.parametrize("name", ["siamrpn", "siamrpnpp_small", "siamrpnpp_tiny"])
def test_with_the_same_pixels_shipped_trackers_decide_there_as_here(name: str, host_pixels: Seen) -> None:
    """With all constants and calibrated scores. All that is left is how numpy and torch round."""
    images, truth = moving_square(STEPS + 1)
    tracker: Any = load_tracker(name, device="cpu", precision="float32")
    assert tracker.constants.voting > 0
    assert tracker.constants.fitting > 0
    starts = [truth[0], truth[0].translated(dx=9, dy=-4), truth[0].translated(dx=-60, dy=-40)]
    targets = [tracker.init(images[0], box) for box in starts]
    for image in images[1:]:
        twins = [twin_of(target) for target in targets]
        tracker.engine.takes_frames = True
        found = update_all(twins, image)
        tracker.engine.takes_frames = False
        for one, other in zip(found, update_all(targets, image), strict=True):
            assert one.box.as_tuple() == pytest.approx(other.box.as_tuple(), abs=1e-3)
            assert one.score == pytest.approx(other.score, abs=1e-4)
    assert len(host_pixels) == STEPS


class CountingEngine(SiamRPNPPEngine):
    """Notes how many search regions went which way."""

    def __init__(self) -> None:
        super().__init__(random_network(), place("cpu", "float32"))
        self.calls: list[tuple[str, int]] = []

    def respond(self, kernels: Sequence[Kernels], regions: Sequence[Image]) -> list[Response]:
        self.calls.append(("host", len(regions)))
        return super().respond(kernels, regions)

    def respond_on_device(
        self, kernels: Sequence[Kernels], image: Image, squares: Sequence[Square], facts: Sequence[TargetFacts]
    ) -> list[Winner]:
        self.calls.append(("device", len(squares)))
        return super().respond_on_device(kernels, image, squares, facts)


def test_what_is_explained_goes_by_the_host_and_all_others_in_one_pass_on_the_device() -> None:
    images, truth = moving_square(2)
    engine = CountingEngine()
    tracker = SiamRPNPP("counting", engine, CONSTANTS)
    targets = [tracker.init(images[0], truth[0]) for _ in range(3)]
    update_all(targets, images[1], evidence_of=targets[1])
    assert engine.calls == [("host", 3)]
    engine.calls.clear()
    engine.takes_frames = True
    predictions = update_all(targets, images[1], evidence_of=targets[1])
    assert sorted(engine.calls) == [("device", 2), ("host", 1)]
    assert [prediction.evidence is not None for prediction in predictions] == [False, True, False]
    assert targets[0].update(images[1]).evidence is None
    assert targets[0].update(images[1], with_evidence=True).evidence is not None
    assert engine.calls[2:] == [("device", 1), ("host", 1)]


class RecordedPlainly(Replayed):
    """Calls again, with its buffers alone, what CUDA would replay."""

    recorded = 0

    def __init__(self, function: Callable[..., torch.Tensor], device: torch.device) -> None:
        super().__init__(function, device)
        self.records = True
        self._function_again = function

    def record(self, buffers: tuple[torch.Tensor, ...]) -> Recording:
        RecordedPlainly.recorded += 1
        output = self._function_again(*buffers)

        def replay() -> None:
            output.copy_(self._function_again(*buffers))

        return Recording(buffers, output, replay)


@pytest.mark.parametrize("make", [random_siamfc, siamrpn, dasiamrpn, random_tracker, nanotrack])
def test_a_recorded_step_finds_each_target_in_each_frame(
    make: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    images, truth = moving_square(4)
    plain = make()
    monkeypatch.setattr(device_step, "Replayed", RecordedPlainly)
    monkeypatch.setattr(RecordedPlainly, "recorded", 0)
    recorded = make()
    for tracker in (recorded, plain):
        tracker.engine.takes_frames = True
    found, expected = ([tracker.init(images[0], box) for box in truth[:2]] for tracker in (recorded, plain))
    for image in images[1:]:
        for one, other in zip(update_all(found, image), update_all(expected, image), strict=True):
            assert one == other
        assert found[0].update(image) == expected[0].update(image)  # another number of targets, another recording
    assert RecordedPlainly.recorded == 2


def test_a_frame_that_may_not_be_written_to_is_taken_as_well() -> None:
    frozen = PICTURE.copy()
    frozen.flags.writeable = False
    square = square_around(cx=20, cy=80, side=30, size=30)
    np.testing.assert_array_equal(cut_by_tensors(frozen, [square]), cut_by_tensors(PICTURE, [square]))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
@pytest.mark.parametrize("name", ["siamrpnpp_small"])
def test_on_a_gpu_a_target_goes_where_it_goes_on_the_cpu(name: str) -> None:
    images, truth = moving_square(FRAMES + 1)
    gpu, cpu = (load_tracker(name, device=device, precision="float32") for device in ("cuda", "cpu"))
    starts = [truth[0], truth[0].translated(dx=9, dy=-4)]
    there, here = ([tracker.init(images[0], box) for box in starts] for tracker in (gpu, cpu))
    for image in images[1:]:
        for one, other in zip(update_all(there, image), update_all(here, image), strict=True):
            assert one.box.as_tuple() == pytest.approx(other.box.as_tuple(), abs=1)


def test_the_default_tracker_finds_much_the_same_box_on_both_ways() -> None:
    """Two anchors may be nearly even: then the rounding of a crop decides between boxes that overlap well."""
    images, truth = moving_square(FRAMES + 1)
    tracker: Any = load_tracker("siamrpnpp_small", device="cpu", precision="float32")
    target = tracker.init(images[0], truth[0])
    for image in images[1:]:
        twin = twin_of(target)
        tracker.engine.takes_frames = True
        (found,) = update_all([twin], image)
        tracker.engine.takes_frames = False
        (expected,) = update_all([target], image)
        assert found.box.iou(expected.box) > 0.75
