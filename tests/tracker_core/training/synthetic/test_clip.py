"""Synthetic clips, with things of one colour, so that the truth can be seen in the pictures."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.support.training_data import BLUE, GREEN, RED, Colour, outline_of, picture_with, seen, write_things
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance, Source, SourceWriter
from tracker_core.training.pictures.stock import Stock
from tracker_core.training.pictures.views import Jitter, draw_view
from tracker_core.training.synthetic.clip import FRAME_HEIGHT, FRAME_WIDTH, LEAST_VISIBLE, SyntheticClip
from tracker_core.training.synthetic.motion import Motion, Wave
from tracker_core.training.synthetic.scenes import ClipConfig, SyntheticClips

BARE = ClipConfig(look_alikes=0, occluders=0, light=0, shutter=0, shadow=0, rotation=0)
BRICK = Box(130, 90, 80, 60)


def ground(folder: Path) -> Source:
    """Two pictures without an object, of soft waves: nothing is lost when they are interpolated twice."""
    writer = SourceWriter(folder, "ground", "stills")
    for seed in (1, 2):
        noise = picture_with(None, seed=seed)
        writer.add(np.asarray(cv2.GaussianBlur(noise, (0, 0), 6), np.uint8), [])
    writer.close()
    return Source.open(folder / "ground.json")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    folder = tmp_path_factory.mktemp("prepared")
    return [write_things(folder, "bricks", "stills", [[(BRICK, RED, "brick")]]), ground(folder)]


def clips(sources: list[Source], config: ClipConfig = BARE, *, seed: int = 3, look_alike: float = 1) -> SyntheticClips:
    stock = Stock(sources, {"*": 1.0}, backgrounds=sources[-1].name)  # nothing of the colours of the things
    return SyntheticClips(stock, config, seed=seed, look_alike=look_alike)


def painted(clip: SyntheticClip, time: float, colour: Colour = RED) -> int:
    """Pixels of that colour."""
    image = clip.frame(time).image.astype(int)
    strong = int(np.argmax(colour))
    return int((image[:, :, strong] - np.delete(image, strong, axis=2).max(axis=2) > 115).sum())


def test_clip_n_is_always_the_same_clip(sources: list[Source]) -> None:
    one, other = clips(sources, ClipConfig()), clips(sources, ClipConfig())
    expected = [one.clip(n).frame(20) for n in range(3)]
    for n in (2, 0, 1):
        frame = other.clip(n).frame(20)
        np.testing.assert_array_equal(frame.image, expected[n].image)
        assert (frame.box, frame.visible) == (expected[n].box, expected[n].visible)
    assert (expected[0].image != expected[1].image).any()
    assert (clips(sources, ClipConfig(), seed=4).clip(0).frame(20).image != expected[0].image).any()


@pytest.mark.parametrize(("rotation", "within"), [(0.0, 1.3), (25.0, 3.0)])
def test_the_box_is_where_the_target_is_painted(sources: list[Source], rotation: float, within: float) -> None:
    store = clips(sources, replace(BARE, rotation=rotation))
    for n in range(8):
        for time in (0.0, 37.5, 150.0):
            frame = store.clip(n).frame(time)
            shown = seen(frame.image)
            if frame.box is None:
                assert frame.visible < LEAST_VISIBLE
                continue
            assert shown is not None
            edges = (frame.box.x, frame.box.y, frame.box.right, frame.box.bottom)
            assert (shown.x, shown.y, shown.right, shown.bottom) == pytest.approx(edges, abs=within)


def test_a_target_that_leaves_the_frame_has_the_box_of_what_is_left(sources: list[Source]) -> None:
    clip = clips(sources).clip(0)
    motion = replace(clip.target.motion, x=replace(clip.target.motion.x, mean=0.0, sines=()), jumps=())
    leaving = replace(clip, target=replace(clip.target, motion=motion))
    frame = leaving.frame(5)
    assert frame.box is not None
    assert frame.box.x == 0
    assert frame.visible == pytest.approx(0.5, abs=0.08)
    shown = seen(frame.image)
    assert shown is not None
    assert shown.right == pytest.approx(frame.box.right, abs=1.3)
    gone = replace(leaving, target=replace(clip.target, motion=replace(motion, x=replace(motion.x, mean=-400.0))))
    assert gone.frame(5).box is None
    assert gone.visible_share(5) == 0
    assert 0 <= gone.whole_box(5).cx <= FRAME_WIDTH


def test_the_visible_share_is_the_share_that_is_painted(sources: list[Source], tmp_path: Path) -> None:
    blue = write_things(tmp_path, "blue", "stills", [[(Box(40, 40, 80, 80), BLUE, "plate")]])
    store = clips([sources[0], blue, sources[1]], replace(BARE, occluders=2))
    covered = 0
    for n in range(30):
        clip = store.clip(n)
        if clip.place.source != 0 or not clip.before:
            continue
        for time in (10.0, 90.0):
            matrix = clip.target.matrix(time)
            # the brick as it was cut out: the outline's corners span its area
            sides = np.ptp(clip.target.thing.outline[0], axis=0)
            area = abs(np.linalg.det(matrix[:, :2])) * sides[0] * sides[1]
            assert clip.visible_share(time) == pytest.approx(painted(clip, time) / area, abs=0.12)
            covered += 0.05 < clip.visible_share(time) < 0.95
    assert covered > 3


def test_a_hidden_target_is_absent_and_its_box_is_known_all_the_same(sources: list[Source]) -> None:
    clip = clips(sources).clip(1)
    cover = replace(clip.target, side=clip.target.side * 1.5)
    frame = replace(clip, before=(cover,)).frame(30)
    assert frame.visible == 0
    assert frame.box is None
    assert replace(clip, before=(cover,)).box(30) == clip.box(30)


def test_a_crop_shows_what_the_whole_frame_shows_there(sources: list[Source]) -> None:
    store = clips(sources, ClipConfig(look_alikes=2, occluders=2))
    for n in range(4):
        clip = store.clip(n)
        frame = clip.frame(40)
        straight = clip.crop(40, np.eye(2), np.array([-100.0, -50.0]), size=200)
        assert np.abs(straight.astype(int) - frame.image[50:250, 100:300]).mean() < 0.3
        view = draw_view(
            clip.whole_box(40), size=255, jitter=Jitter(40, 0.1, 0.1, 5), flip=n % 2 > 0, rng=np.random.default_rng(n)
        )
        crop, again = clip.crop(40, view.linear, view.offset, size=255), view.warp(frame.image)
        inside = cv2.erode(view.inside(frame.image).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        difference = np.abs(crop.astype(int) - again)[inside]
        assert difference.mean() < 3
        assert np.percentile(difference, 99) < 60  # edges, which the frame shows coarser or finer


def test_outside_the_frame_a_crop_is_of_one_colour(sources: list[Source]) -> None:
    clip = clips(sources).clip(0)
    crop = clip.crop(0, np.eye(2), np.array([100.0, 60.0]), size=255)
    assert (crop[:58] == crop[0, 0]).all()
    assert (crop[:, :98] == crop[0, 0]).all()
    assert not (crop[62:, 102:] == crop[0, 0]).all()


def test_look_alikes_are_of_the_category_or_the_target_in_other_colours(sources: list[Source], tmp_path: Path) -> None:
    kin = write_things(tmp_path, "kin", "stills", [[(Box(40, 40, 60, 60), GREEN, "brick")]] * 2)
    foreign = write_things(tmp_path, "other", "stills", [[(Box(40, 40, 60, 60), BLUE, "plate")]] * 2)
    stock = [sources[0], kin, foreign, sources[1]]
    for twin, colour in ((0.0, GREEN), (1.0, None)):
        store = clips(stock, replace(BARE, look_alikes=3, twin=twin))
        found = 0
        for n in range(12):
            clip = store.clip(n)
            layers = (*clip.behind, *clip.before)
            assert 1 <= len(layers) <= 3
            if clip.place.source != 0:
                continue
            for layer in layers:
                found += 1
                assert layer.is_twin == (twin == 1)
                middle = layer.thing.texture[layer.thing.texture.shape[0] // 2, layer.thing.texture.shape[1] // 2, :3]
                assert (
                    int(np.argmax(middle)) == int(np.argmax(colour))
                    if colour
                    else np.abs(middle.astype(int) - RED).max() > 40
                )
        assert found


def test_what_is_switched_off_is_not_there(sources: list[Source]) -> None:
    lively = ClipConfig()
    whole = [clips(sources, lively).clip(n) for n in range(12)]
    assert any(clip.behind for clip in whole)
    assert any(clip.before for clip in whole)
    assert any(clip.target.shadow for clip in whole)
    assert any(clip.target.motion.jumps for clip in [clips(sources, replace(lively, jump=1)).clip(0)])
    bare = [clips(sources, replace(BARE, jump=0)).clip(n) for n in range(12)]
    for clip in bare:
        assert not (*clip.behind, *clip.before, *clip.target.motion.jumps)
        assert clip.target.shadow is None
        assert clip.shutter == 0
        assert [wave.at(50) for wave in clip.light] == [0, 0, 0]
    alone = [clips(sources, replace(lively, occluders=0), look_alike=0).clip(n) for n in range(12)]
    assert not any((*clip.behind, *clip.before) for clip in alone)


def soft_pixels(levels: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> int:
    """Of a row of redness: how many lie between thing and ground at one of its two edges."""
    return int(((levels > 40) & (levels < 190)).sum()) // 2


def test_blur_runs_along_the_movement_and_is_gone_where_it_stops(sources: list[Source]) -> None:
    clip = clips(sources).clip(0)
    path = Motion(Wave(FRAME_WIDTH / 2, ((40.0, 0.2, 0.0),)), Wave(FRAME_HEIGHT / 2))
    moving = replace(clip, shutter=1.0, target=replace(clip.target, motion=path, side=60.0))
    for time, least, most in ((0.0, 4, 7), (math.pi / 2 / 0.2, 0, 2)):  # at 8 pixels a frame, and at its turn
        image = moving.frame(time).image.astype(np.int64)
        redness = image[:, :, 0] - image[:, :, 1:].max(axis=2)
        x, y = (round(v) for v in path.centre(time))
        assert least <= soft_pixels(redness[y]) <= most
        assert soft_pixels(redness[:, x]) <= 2


def test_light_changes_slowly(sources: list[Source]) -> None:
    clip = clips(sources, replace(BARE, light=0.5)).clip(2)
    gains = np.exp([[wave.at(time) for wave in clip.light] for time in range(300)])
    assert np.ptp(gains, axis=0).max() > 0.05
    assert np.abs(np.diff(gains, axis=0)).max() < 0.06


def test_without_outlines_there_is_nothing_to_cut_out(tmp_path: Path) -> None:
    plain = write_things(tmp_path, "plain", "stills", [[(BRICK, RED, "brick")]], outlined=False)
    with pytest.raises(ValueError, match="`synthetic` needs stills with outlines"):
        SyntheticClips(Stock([plain], {"*": 1.0}), BARE, seed=1)


def test_a_clip_can_be_made_where_there_is_but_one_picture(tmp_path: Path) -> None:
    writer = SourceWriter(tmp_path, "one", "stills")
    writer.add(picture_with(BRICK), [Instance(0, "brick", BRICK, outline_of(BRICK))])
    writer.close()
    stock = Stock([Source.open(tmp_path / "one.json")], {"*": 1.0})
    frame = SyntheticClips(stock, ClipConfig(), seed=1).clip(0).frame(0)
    assert frame.image.shape == (FRAME_HEIGHT, FRAME_WIDTH, 3)


def test_a_config_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="`shutter` is from 0 to 1, not 2"):
        ClipConfig(shutter=2)
    with pytest.raises(ValueError, match="`occluders` is at least 0, not -1"):
        ClipConfig(occluders=-1)
