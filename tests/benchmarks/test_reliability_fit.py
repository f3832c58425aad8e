"""The pure part of the reliability benchmark, on numbers whose law is known."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reliability import diagram
from benchmarks.reliability_fit import (
    OneKindError,
    Seen,
    findings,
    fit_score,
    fit_verified,
    judge_runs,
    left_out,
    separation,
    stops,
)
from tracker_core.decision.calibration import Floats
from tracker_core.decision.reliability import ScoreCalibration

KNOWN = ScoreCalibration(slope=0.5, agreement=4.0, intercept=-3.0)
VIDEOS, FRAMES = 6, 1500


@pytest.fixture(scope="module")
def seen() -> Seen:
    """Boxes are right as ``KNOWN`` says; what is wrong is lost, and its distance is a little larger."""
    rng = np.random.default_rng(1)
    count = VIDEOS * FRAMES
    raw, agreement = rng.uniform(0.01, 0.99, count), rng.uniform(0, 1, count)
    right = rng.random(count) < KNOWN.scores(raw, agreement)
    return Seen(
        video=np.repeat(np.arange(VIDEOS), FRAMES),
        start=np.repeat(np.arange(VIDEOS * 3), FRAMES // 3),
        frame=np.tile(np.arange(FRAMES // 3), VIDEOS * 3),
        raw_score=raw,
        agreement=agreement,
        first_overlap=np.ones(count),
        iou=np.where(right, 0.8, 0.1),
        distance=np.where(right, 0.5, 0.7) + rng.normal(0, 0.1, count),
        backward=np.where(right, 0.6, 0.4) + rng.normal(0, 0.1, count),
    )


def of_score(fitted: ScoreCalibration, seen: Seen) -> Floats:
    return fitted.scores(seen.raw_score, seen.agreement)


def test_the_law_behind_the_frames_is_found(seen: Seen) -> None:
    found = fit_score(seen)
    assert found.as_mapping() == pytest.approx(KNOWN.as_mapping(), rel=0.12)


def test_a_video_counts_once_however_long_it_is(seen: Seen) -> None:
    """Five times the same frames of one video change no fit; frames of another law in all videos would."""
    again = Seen.together([seen, *[seen.part(seen.video == 2)] * 4])
    assert fit_score(again).as_mapping() == pytest.approx(fit_score(seen).as_mapping(), rel=2e-3)
    assert again.weights[again.video == 2].sum() == pytest.approx(again.weights[again.video == 1].sum())


def test_a_video_is_judged_by_the_others_alone(seen: Seen) -> None:
    spoilt = replace(seen, iou=np.where(seen.video == 4, 1 - seen.iou, seen.iou))
    judged, clean = left_out(spoilt, fit_score, of_score), left_out(seen, fit_score, of_score)
    own = seen.video == 4
    np.testing.assert_array_equal(judged[own], clean[own])
    assert np.abs(judged[~own] - clean[~own]).max() > 0.01


def in_spells(seen: Seen) -> Seen:
    """Each tenth frame for ten frames: as in a video, where a box that is lost is not found in the next frame."""
    held = np.arange(len(seen)) // 10 * 10
    columns = {field.name: getattr(seen, field.name)[held] for field in fields(Seen)}
    return Seen(**columns | {"frame": seen.frame})


def test_a_verifier_that_knows_more_makes_lost_boxes_plainer(seen: Seen) -> None:
    seen = in_spells(seen)
    scores = of_score(fit_score(seen), seen)
    verified = fit_verified(seen, scores)
    assert verified.distance < 0 < verified.score
    assert verified.backward > 0
    assert fit_verified(seen, scores, heard=("backward",)).distance == 0
    together, alone = separation(judge_runs(verified, scores, seen), seen), separation(scores, seen)
    assert together.pooled > alone.pooled + 0.01
    assert together.within > alone.within + 0.01
    assert together.videos == VIDEOS


def test_a_verifier_that_speaks_for_what_is_far_is_not_heard(seen: Seen) -> None:
    seen = in_spells(replace(seen, distance=1 - seen.distance))
    scores = of_score(fit_score(seen), seen)
    fitted = fit_verified(seen, scores)
    assert fitted.distance == 0
    assert fitted.backward > 0


def test_a_video_of_one_kind_is_left_out_of_the_mean_within_videos(seen: Seen) -> None:
    perfect = replace(seen, iou=np.where(seen.video == 0, 0.9, seen.iou))
    assert separation(seen.raw_score, perfect).videos == VIDEOS - 1


def test_runs_given_up_by_hand() -> None:
    """Three runs of six frames, patience 2, score under 0.5. The first is given up while it is right, the second when
    it is lost, the third is lost and never given up.
    """
    scores = np.array([[9, 1, 1, 9, 9, 9], [9, 9, 9, 1, 1, 1], [9, 1, 9, 1, 9, 9]]).ravel() / 10
    iou = np.array([[9, 9, 9, 9, 9, 9], [9, 9, 9, 1, 1, 1], [9, 9, 1, 1, 1, 1]]).ravel() / 10
    start, zeros = np.repeat([0, 3, 5], 6), np.zeros(18)
    few = Seen(np.zeros(18, int), start, np.tile(np.arange(6), 3), scores, zeros, zeros, iou, zeros, zeros)
    assert stops(scores, few, threshold=0.5, patience=2) == (1, 1, 1)
    assert stops(scores, few, threshold=0.05, patience=2) == (0, 0, 2)
    assert stops(scores, few, threshold=0.5, patience=7) == (0, 0, 0)


def test_a_table_comes_back_from_its_file(seen: Seen, tmp_path: Path) -> None:
    seen.save(tmp_path / "table.npz")
    back = Seen.load(tmp_path / "table.npz")
    np.testing.assert_array_equal(back.raw_score, seen.raw_score)
    np.testing.assert_array_equal(back.start, seen.start)


def test_the_plot_is_a_picture(seen: Seen) -> None:
    assert diagram(of_score(KNOWN, seen), seen, title="known").startswith(b"\x89PNG")


def test_a_raw_score_that_speaks_against_the_box_is_not_heard(seen: Seen) -> None:
    odd = fit_score(replace(seen, raw_score=1 - seen.raw_score))
    assert odd.slope == 0
    assert odd.agreement > 1


@pytest.mark.parametrize("iou", [0.9, 0.4, 0.1])
def test_videos_of_one_kind_say_nothing(seen: Seen, iou: float) -> None:
    with pytest.raises(OneKindError, match="needed in two videos"):
        findings(replace(seen, iou=np.full(len(seen), iou)))
