"""Our figures against those of the field's own packages: recorded ones always, live ones where a package is installed.

``golden/make_golden.py`` made the recorded ones and says with what.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.support.sequences import black_sequence
from tracker_core.evaluation import got10k, lasot, otb, vot, votlt
from tracker_core.evaluation.regions import box_of_polygon, overlap, polygon_of_box
from tracker_core.evaluation.runner import SequenceRun, State, one_pass_states
from tracker_core.evaluation.sequences import Sequence

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def test_rasterised_overlaps_are_those_of_region_c() -> None:
    for case in golden("region_overlap"):
        one, other = (np.array(case[key]).reshape(-1, 2) for key in ("one", "other"))
        right, bottom = case["bounds"] or (math.inf, math.inf)
        assert overlap(one, other, right=right, bottom=bottom) == pytest.approx(case["overlap"], abs=1e-6), case


def test_supervised_figures_are_those_of_pysot_and_of_the_vot_toolkit() -> None:
    recorded = golden("supervised")
    report = vot.report("golden", [_supervised_run(video, recorded["benchmark"]) for video in recorded["videos"]])
    assert (report.mean["eao_low"], report.mean["eao_high"]) == (46, 291)
    for key, expected in recorded["pysot"].items():
        assert report.mean[key] == pytest.approx(expected, abs=1e-6), key
    assert report.mean["eao_vot_toolkit"] == pytest.approx(recorded["vot_toolkit"]["eao"], abs=1e-6)


def test_long_term_figures_are_those_of_pysot() -> None:
    recorded = golden("long_term")
    videos = [
        (np.array(video["overlaps"], dtype=float), np.array(video["scores"], dtype=float), video["present"])
        for video in recorded["videos"]
    ]
    limits = votlt.thresholds(np.concatenate([scores for _, scores, _ in videos]))
    assert limits[1:-1].tolist() == recorded["thresholds"]
    curves = [votlt.precision_recall(o, s, limits, present=present) for o, s, present in videos]
    precision, recall = np.mean(curves, axis=0)
    assert precision.tolist() == pytest.approx(recorded["precision"])
    assert recall.tolist() == pytest.approx(recorded["recall"])
    f_curve = votlt.f_scores(precision, recall)
    assert f_curve.max() == pytest.approx(recorded["best"]["f_score"])
    assert f_curve.argmax() == recorded["best"]["place"]


def test_got10k_figures_are_those_of_its_toolkit() -> None:
    recorded = golden("one_pass")
    report = got10k.report("golden", [_one_pass_run(video, recorded["size"]) for video in recorded["videos"]])
    expected = recorded["got10k"]
    assert report.mean["ao"] == pytest.approx(expected["ao"])
    assert report.mean["sr_50"] == pytest.approx(expected["sr"])
    assert report.mean["sr_75"] == pytest.approx(expected["succ_curve"][75])
    assert report.mean["fps"] == pytest.approx(expected["speed_fps"])
    assert report.curves[0].plot.y.tolist() == pytest.approx(expected["succ_curve"])


def test_otb_curves_are_those_of_the_got10k_toolkit() -> None:
    recorded = golden("one_pass")
    for video, expected in zip(recorded["videos"], recorded["otb"], strict=True):
        boxes, truth = np.array(video["boxes"]), np.array(video["truth"])
        assert otb.success_curve(otb.overlaps(boxes, truth)).tolist() == pytest.approx(expected["success"])
        assert otb.precision_curve(otb.centre_errors(boxes, truth)).tolist() == pytest.approx(expected["precision"])


def test_lasot_figures_over_all_frames_are_those_of_pysot() -> None:
    recorded = golden("one_pass")
    for video, expected in zip(recorded["videos"], recorded["lasot_pysot"], strict=True):
        run = _one_pass_run(video, recorded["size"])
        run.sequence.truth[np.array(video["cover"]) == 0] = np.nan
        figures = lasot.measure(run)
        for key, value in expected.items():
            assert figures[f"{key}_all_frames"] == pytest.approx(value), key


number = st.floats(-20, 120).map(lambda value: round(value, 2))
box_rows = st.tuples(number, number, st.floats(1, 60), st.floats(1, 60)).map(np.array)


@given(box_rows, box_rows)
def test_the_installed_got10k_toolkit_finds_the_same_overlaps(
    one: NDArray[np.float64], other: NDArray[np.float64]
) -> None:
    metrics = pytest.importorskip("got10k.utils.metrics", reason="the package got10k is not installed")
    pair = one[np.newaxis], other[np.newaxis]
    assert otb.overlaps(*pair) == pytest.approx(metrics.rect_iou(*(box.copy() for box in pair)))
    cut = [got10k.cut_to_picture(box, width=100, height=80) for box in pair]
    bounded = metrics.rect_iou(*(box.copy() for box in pair), bound=(100, 80))
    assert otb.overlaps(*cut) == pytest.approx(bounded)


def test_the_installed_vot_toolkit_differs_by_the_pixels_of_corners_only() -> None:
    """Since 2020 it also fills rows that are one pixel wide, and it rounds halves to even."""
    shapes = pytest.importorskip("vot.region.shapes", reason="the package vot-toolkit is not installed")
    raster = pytest.importorskip("vot.region.raster", reason="the package vot-toolkit is not installed")
    for case in golden("region_overlap"):
        one, other = (np.array(case[key]).reshape(-1, 2) for key in ("one", "other"))
        theirs = raster.calculate_overlap(shapes.Polygon(one.tolist()), shapes.Polygon(other.tolist()))
        assert overlap(one, other) == pytest.approx(theirs, abs=0.03)


def _supervised_run(video: dict[str, Any], benchmark: str) -> SequenceRun:
    polygons = tuple(np.array(row).reshape(4, 2) for row in video["truth"])
    truth = np.array([box_of_polygon(polygon) for polygon in polygons])
    sequence = _sized(black_sequence(truth.tolist(), name=video["name"]), (160, 120), polygons, benchmark)
    states = np.array(video["codes"], dtype=np.uint8)
    boxes = np.array(video["boxes"])
    boxes[states != State.TRACKED] = np.nan
    nothing = np.full(len(states), np.nan)
    return SequenceRun(sequence, boxes, scores=nothing, seconds=nothing, states=states)


def _one_pass_run(video: dict[str, Any], size: tuple[int, int]) -> SequenceRun:
    truth = np.array(video["truth"])
    sequence = _sized(black_sequence(truth.tolist(), name=video["name"]), size, cover=np.array(video["cover"]))
    count = len(truth)
    return SequenceRun(
        sequence,
        np.array(video["boxes"]),
        scores=np.full(count, np.nan),
        seconds=np.array(video["seconds"]),
        states=one_pass_states(count),
    )


def _sized(
    sequence: Sequence,
    size: tuple[int, int],
    polygons: tuple[NDArray[np.float64], ...] | None = None,
    benchmark: str = "",
    *,
    cover: NDArray[np.float64] | None = None,
) -> Sequence:
    width, height = size
    return Sequence(
        name=sequence.name,
        truth=sequence.truth,
        open_frames=lambda: iter([np.zeros((height, width, 3), dtype=np.uint8)]),
        polygons=polygons,
        benchmark=benchmark,
        cover=cover,
    )


def test_a_polygon_of_a_box_is_what_pysot_was_given() -> None:
    assert polygon_of_box(np.array([1.0, 2, 3, 4])).tolist() == [[1, 2], [3, 2], [3, 5], [1, 5]]
