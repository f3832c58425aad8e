"""The sheet that shows what a training file teaches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from tests.support.training_data import BLUE, passing_boxes, write_source
from tracker_core.decision.anchors import AnchorGrid
from tracker_core.images import Image
from tracker_core.trackers.families import FAMILIES, parts_of
from tracker_core.training.losses.labels import label_anchors
from tracker_core.training.losses.siamfc import ScoreMapLoss
from tracker_core.training.pairs.pairs import Pair, PairConfig
from tracker_core.training.pairs.verifier_samples import Triple, TripleConfig
from tracker_core.training.pictures.places import Origin
from tracker_core.training.run.config import ConfigError, TrainingConfig, read_config
from tracker_core.training.run.preview import (
    GAP,
    HEAD,
    preview,
    write_preview,
)
from tracker_core.training.teaching.cards import LABEL, NEGATIVE, PADDING, TRUTH, triple_card
from tracker_core.training.teaching.teaching import teaching_of

GREY = np.full((255, 255, 3), 90, np.uint8)
SMALL_GREY = GREY[:127, :127]
ORIGIN = Origin("video", "video.red", "brick")
SEARCH_LEFT = 2 * PADDING + 127


@pytest.fixture
def config(tmp_path: Path) -> TrainingConfig:
    write_source(tmp_path / "prepared", "video.red", "video", passing_boxes(4))
    write_source(tmp_path / "prepared", "stills.blue", "stills", passing_boxes(3), colour=BLUE)
    return TrainingConfig(tmp_path / "prepared", tmp_path / "run", pairs=PairConfig(mix={"*": 1.0}, negative=0.5))


def pair_with(box: tuple[float, float, float, float]) -> Pair:
    return Pair(SMALL_GREY, GREY, GREY, np.array(box, np.float32), SMALL_GREY)


def pair_card(pair: Pair, origin: Origin, config: TrainingConfig) -> Image:
    return teaching_of(config.family).card(pair, origin, config.network, config.loss)


def pixels_of(image: Image, colour: tuple[int, int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray((np.abs(image.astype(int) - colour) <= 2).all(axis=2))


def decoded(png: bytes) -> Image:
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR_RGB), np.uint8)


def search_of(card: Image) -> Image:
    """Without the frame around it."""
    return card[PADDING : PADDING + 255, SEARCH_LEFT : SEARCH_LEFT + 255]


def test_the_true_box_is_drawn_where_it_is(config: TrainingConfig) -> None:
    search = search_of(pair_card(pair_with((20, -30, 80, 60)), ORIGIN, config))
    rows, columns = np.nonzero(pixels_of(search, TRUTH))
    found = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    assert found == pytest.approx((107.5, 67.5, 187.5, 127.5), abs=1.6)


def test_every_positive_anchor_has_its_dot(config: TrainingConfig) -> None:
    box = (16.0, 8.0, 64.0, 64.0)
    search = search_of(pair_card(pair_with(box), ORIGIN, config))
    grid = AnchorGrid(config.network.score_size)
    labels = label_anchors(torch.from_numpy(grid.boxes), torch.tensor([box]))
    chosen = grid.boxes[:2, labels.positive[0].numpy()].T
    assert len(chosen) > 3
    marked = pixels_of(search, LABEL)
    for cx, cy in chosen + 127.5:
        assert marked[int(cy) - 1 : int(cy) + 2, int(cx) - 1 : int(cx) + 2].any()
    rows, columns = np.nonzero(marked)
    assert np.abs(np.array([columns.mean(), rows.mean()]) - (143.5, 135.5)).max() < 6


def test_a_negative_has_a_red_frame_and_no_labels(config: TrainingConfig) -> None:
    card = pair_card(pair_with((np.nan,) * 4), Origin("negative: same", "a", "b"), config)
    assert (search_of(card) == 90).all()
    edge = card[PADDING - 1, SEARCH_LEFT : SEARCH_LEFT + 255]
    assert (edge == NEGATIVE).all()
    assert not pixels_of(card, TRUTH).any()


def test_siamfc_has_cells_and_no_anchors(config: TrainingConfig) -> None:
    family = FAMILIES["siamfc"]
    config = replace(config, family=family, network=parts_of(family).config(), loss=ScoreMapLoss(radius=8))
    few = pixels_of(search_of(pair_card(pair_with((0, 0, 64, 64)), ORIGIN, config)), LABEL).sum()
    more = replace(config, loss=ScoreMapLoss(radius=24))
    many = pixels_of(search_of(pair_card(pair_with((0, 0, 64, 64)), ORIGIN, more)), LABEL).sum()
    assert 0 < few < many / 3


def test_a_triple_has_three_crops_the_last_one_marked() -> None:
    crops = [np.full((127, 127, 3), level, np.uint8) for level in (30, 60, 120)]
    card = triple_card(Triple(crops[0], crops[1], crops[2], 0), Origin("other: drifted", "a", "b"))
    middles = [card[PADDING + 60, PADDING + 60 + number * (127 + PADDING)] for number in range(3)]
    assert [int(middle[0]) for middle in middles] == [30, 60, 120]
    third = PADDING + 2 * (127 + PADDING)
    assert (card[PADDING - 1, third : third + 127] == NEGATIVE).all()


def test_the_sheet_is_a_grid_of_all_pairs(config: TrainingConfig) -> None:
    sheet = decoded(preview(config, count=6, title="first"))
    height, width = pair_card(pair_with((0, 0, 9, 9)), ORIGIN, config).shape[:2]
    assert sheet.shape == (HEAD + GAP + 2 * (height + GAP), GAP + 4 * (width + GAP), 3)
    empty = sheet[HEAD + GAP + height + GAP :, GAP + 2 * (width + GAP) :]
    assert (empty == sheet[0, 0]).all()  # six of eight places are taken
    assert pixels_of(sheet[HEAD:], NEGATIVE).any()
    assert pixels_of(sheet[HEAD:], TRUTH).any()


def test_a_name_that_is_long_or_foreign_does_not_leave_its_card(config: TrainingConfig) -> None:
    plain = pair_card(pair_with((0, 0, 40, 40)), ORIGIN, config)
    long = pair_card(pair_with((0, 0, 40, 40)), Origin("beside: target in sight", "x" * 200, "Käse 图"), config)
    assert long.shape == plain.shape
    np.testing.assert_array_equal(search_of(long), search_of(plain))


def test_pictures_that_do_not_suit_the_file_are_refused_and_nothing_is_left(
    config: TrainingConfig, tmp_path: Path
) -> None:
    foreign = replace(config, pairs=PairConfig(mix={"film.*": 1.0}))
    with pytest.raises(ConfigError, match="no prepared source with boxes matches 'film"):
        write_preview(foreign, tmp_path / "sheet.png", count=2, title="first")
    assert not list(tmp_path.glob("sheet*"))


def test_a_verifiers_sheet_shows_triples(config: TrainingConfig, tmp_path: Path) -> None:
    path = tmp_path / "verifier.toml"
    path.write_text('family = "verifier"\ndata = "prepared"\nout = "run"\n[pairs]\nmix = { "*" = 1 }\n')
    verifier = read_config(path)
    assert verifier.pairs == TripleConfig(mix={"*": 1})
    write_preview(verifier, tmp_path / "sheet.png", count=3, title="first")
    assert decoded((tmp_path / "sheet.png").read_bytes()).shape[1] > 3 * 127
