"""From a tracker to what its score means, on a clip whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.reliability import HEADING, follow, section
from benchmarks.reliability_fit import Seen, findings, runs
from tests.support.moving_square import moving_square
from tests.support.networks import random_tracker
from tracker_core.evaluation.sequences import Sequence
from tracker_core.images import FloatArray
from tracker_core.trackers.verifier import Verifier

FRAMES = 30


class NoVerifier(Verifier):
    """Finds all boxes alike."""

    def __init__(self) -> None:
        self.asked = 0

    def embed(self, image: object, box: object) -> FloatArray:
        return np.zeros(2, np.float32)

    def embed_many(self, image: object, boxes: list[object]) -> FloatArray:  # type: ignore[override]
        self.asked += len(boxes)
        return np.zeros((len(boxes), 2), np.float32)

    def distance(self, first: FloatArray, second: FloatArray) -> float:
        return float(np.abs(first - second).max())


@pytest.fixture(scope="module")
def clip() -> Sequence:
    """The target is absent in frames 20 to 22."""
    images, boxes = moving_square(FRAMES)
    truth = np.array([box.as_tuple() for box in boxes], np.float64)
    truth[20:23] = np.nan
    return Sequence("square", truth, lambda: iter(images))


def test_each_run_goes_from_its_start_to_the_end_of_the_video(clip: Sequence) -> None:
    verifier = NoVerifier()
    seen = follow(random_tracker(), verifier, clip, video=4, starts=3)  # frames 0, 10; 20 has no target to start from
    assert [(seen.start[rows[0]], *seen.frame[rows[[0, -1]]], len(rows)) for rows in runs(seen)] == [
        (0, 1, 29, 29),
        (10, 11, 29, 19),
    ]
    assert (np.diff(seen.frame[:29]) == 1).all()
    assert (seen.video == 4).all()
    assert (seen.iou[(seen.frame >= 20) & (seen.frame < 23)] == 0).all()
    assert seen.iou[0] > 0
    assert ((seen.raw_score >= 0) & (seen.raw_score <= 1)).all()
    assert len(np.unique(seen.agreement)) > 1
    assert len(np.unique(seen.backward)) > 1
    assert verifier.asked == len(seen)


def test_a_run_sees_what_a_target_of_its_own_would(clip: Sequence) -> None:
    tracker = random_tracker()
    together = follow(tracker, NoVerifier(), clip, video=0, starts=3)
    images = list(clip.open_frames())
    box = clip.true_box(10)
    assert box is not None
    target = tracker.init(images[10], box)
    alone = [target.update(image) for image in images[11:]]
    rows = np.flatnonzero(together.start == 10)
    np.testing.assert_allclose(together.raw_score[rows], [one.score for one in alone], atol=1e-4)


def test_the_section_of_a_card_tells_the_fit_that_is_written() -> None:
    rng = np.random.default_rng(7)
    count = 1200
    lost = np.repeat(rng.random(count // 20) < 0.3, 20)
    zeros = np.zeros(count, int)
    seen = Seen(
        video=np.arange(count) // 400,
        start=zeros,
        frame=np.arange(count) % 400,
        raw_score=np.clip(np.where(lost, 0.4, 0.8) + rng.normal(0, 0.2, count), 0.01, 0.99),
        agreement=rng.uniform(0, 1, count),
        first_overlap=np.ones(count),
        iou=np.where(lost, 0.1, 0.8),
        distance=np.full(count, 0.5),
        backward=np.full(count, 0.5),
    )
    found = findings(seen)
    text = section("known", seen, found, starts=3)
    assert text.startswith(HEADING)
    assert "reliability known --data VALIDATION --starts 3 --score-only --write" in text
    assert f"3 runs on 3 videos, 1200 frames, {lost.sum()} of" in text
    assert f"slope {found.score.slope:.3f}" in text
    assert found.heard == ()
    assert "Verifier and look back were not asked." in text  # what they say is the same everywhere
    telling = np.where(lost, 1.0, 0.4) + rng.normal(0, 0.1, count)
    by_verifier, by_look = findings(replace(seen, distance=telling)), findings(replace(seen, backward=-telling))
    assert by_verifier.heard == ("distance",)
    assert by_look.heard == ("backward",)
    assert "Heard there: score + look back, by" in section("known", replace(seen, backward=-telling), by_look, starts=3)


def test_without_a_verifier_the_score_is_measured_alone(clip: Sequence) -> None:
    tracker = random_tracker()
    alone = follow(tracker, None, clip, video=0, starts=2)
    both = follow(tracker, NoVerifier(), clip, video=0, starts=2)
    np.testing.assert_allclose(alone.raw_score, both.raw_score, atol=1e-4)
    assert not alone.distance.any()
    assert not alone.backward.any()
