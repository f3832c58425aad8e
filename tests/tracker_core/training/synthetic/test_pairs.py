"""Synthetic clips as a source of pairs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.support.training_data import RED, passing_boxes, seen, write_source, write_things
from tests.tracker_core.training.pairs.test_pairs import (
    PLAIN,
    UPRIGHT,
    assert_box_is_where_the_search_region_shows_it,
    assert_same,
)
from tracker_core.geometry import Box
from tracker_core.training.pairs.pairs import PairConfig, PairSampler
from tracker_core.training.pictures.prepared import Source
from tracker_core.training.pictures.stock import Stock
from tracker_core.training.run.config import read_config
from tracker_core.training.synthetic.motion import Jump, Motion, Wave
from tracker_core.training.synthetic.pairs import draw_pair
from tracker_core.training.synthetic.scenes import ClipConfig, SyntheticClips

BARE = ClipConfig(look_alikes=0, occluders=0, light=0, shutter=0, shadow=0, rotation=0)
SYNTHETIC = replace(PLAIN, synthetic=1, clip=BARE)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    folder = tmp_path_factory.mktemp("prepared")
    return [
        write_things(folder, "bricks", "stills", [[(Box(130, 90, 80, 60), RED, "brick")]]),
        write_source(folder, "ground", "stills", [None] * 2),
    ]


def sampler(sources: list[Source], config: PairConfig = SYNTHETIC, *, seed: int = 5) -> PairSampler:
    without_red = replace(config, backgrounds=sources[-1].name)
    return PairSampler(sources, without_red, seed=seed, count=100)


def test_a_synthetic_pair_shows_the_target_in_both_crops_and_says_where(sources: list[Source]) -> None:
    pairs = sampler(sources)
    for n in range(16):
        assert_box_is_where_the_search_region_shows_it(pairs[n], within=2)
        exemplar = seen(pairs[n].exemplar)
        assert exemplar is not None
        assert (exemplar.cx, exemplar.cy) == pytest.approx((63.5, 63.5), abs=7)
        assert pairs.describe(n) == ("synthetic", "bricks", "brick")


def test_pair_n_is_the_same_whatever_was_asked_before_it(sources: list[Source]) -> None:
    config = PairConfig(mix={"*": 1}, synthetic=0.7)
    one, other = sampler(sources, config), sampler(sources, config)
    expected = [one[n] for n in range(10)]
    for n in (9, 1, 4):
        assert_same(other[n], expected[n])
    assert {one.describe(n).kind for n in range(10)} >= {"synthetic"}


def test_the_share_of_synthetic_pairs_is_the_one_asked_for(sources: list[Source]) -> None:
    pairs = sampler(sources, replace(SYNTHETIC, synthetic=0.4))
    share = np.mean(["synthetic" in pairs.describe(n).kind for n in range(80)])
    assert 0.25 < share < 0.55
    assert sampler(sources, PLAIN)._clips is None


def test_the_search_region_is_shifted_evenly_or_not_at_all(sources: list[Source]) -> None:
    places = np.array([sampler(sources)[n].box[:2] for n in range(60)])
    counts, _ = np.histogram(places[:, 0], bins=3, range=(-64, 64))
    assert counts.min() > 8
    still = sampler(sources, replace(SYNTHETIC, search_jitter=replace(UPRIGHT, shift=0)))
    assert np.abs([still[n].box[:2] for n in range(10)]).max() < 1e-3


def test_without_a_gap_both_crops_are_of_one_frame(sources: list[Source]) -> None:
    still = replace(UPRIGHT, shift=0, scale=0, aspect=0)
    pairs = sampler(sources, replace(SYNTHETIC, frame_range=0, exemplar_jitter=still, search_jitter=still))
    for n in range(6):
        middle = pairs[n].search[64:191, 64:191]
        assert np.abs(pairs[n].exemplar.astype(int) - middle).mean() < 8


def test_a_negative_has_the_target_taken_out_of_the_search_region(sources: list[Source]) -> None:
    pairs = sampler(sources, replace(SYNTHETIC, negative=1))
    for n in range(8):
        assert np.isnan(pairs[n].box).all()
        assert seen(pairs[n].exemplar) is not None
        assert seen(pairs[n].search) is None
        assert pairs.describe(n).kind == "negative: synthetic"


def test_where_no_negatives_are_wanted_the_target_is_always_in_sight(sources: list[Source]) -> None:
    hiding = replace(BARE, occluders=6, speed=0.4)
    pairs = sampler(sources, replace(SYNTHETIC, clip=hiding, frame_range=300))
    wanting = sampler(sources, replace(SYNTHETIC, clip=hiding, frame_range=300, negative=1e-9))
    assert not any(np.isnan(pairs[n].box).any() for n in range(60))
    assert any(np.isnan(wanting[n].box).any() for n in range(60))


def test_a_training_file_says_it_in_plain_keys(tmp_path: Path, sources: list[Source]) -> None:
    path = tmp_path / "run.toml"
    path.write_text('data = "d"\nout = "o"\n[pairs]\nsynthetic = 0.25\nclip = { occluders = 0, twin = 1 }\n')
    assert read_config(path).pairs == PairConfig(synthetic=0.25, clip=ClipConfig(occluders=0, twin=1))
    with pytest.raises(ValueError, match="`synthetic` is a share from 0 to 1, not 3"):
        PairConfig(synthetic=3)
    with pytest.raises(ValueError, match="`synthetic` needs stills with outlines"):
        PairSampler([write_source(tmp_path, "v", "video", passing_boxes(3))], SYNTHETIC, seed=1, count=9)


AWAY = Motion(Wave(-200), Wave(-200))
HARDLY_EVER_HERE = replace(AWAY, jumps=(Jump(150, 440, 380), Jump(156, -440, -380)))


@pytest.mark.parametrize(("motion", "is_seen"), [(HARDLY_EVER_HERE, True), (AWAY, False)])
def test_a_target_that_is_hardly_ever_in_the_frame_still_gives_a_pair(
    sources: list[Source], motion: Motion, is_seen: bool
) -> None:
    """The exemplar is taken where the target can be seen at all. In a long training such a clip comes some day."""
    stock = Stock(sources, {"*": 1.0}, backgrounds=sources[-1].name)
    clip = SyntheticClips(stock, BARE, seed=3).clip(0)
    clip = replace(clip, target=replace(clip.target, motion=motion))
    for seed in range(4):
        pair = draw_pair(
            clip, np.random.default_rng(seed), gap=100, search_size=255, exemplar_jitter=UPRIGHT,
            search_jitter=UPRIGHT, flip=False, with_target=True, may_be_absent=True,
        )  # fmt: skip
        assert (seen(pair.exemplar) is not None) == is_seen
