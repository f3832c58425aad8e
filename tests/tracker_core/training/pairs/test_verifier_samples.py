from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.support.training_data import BLUE, GREEN, RED, passing_boxes, picture_with, seen, write_source
from tracker_core.geometry import Box
from tracker_core.training.pairs.augmentation import Photometry
from tracker_core.training.pairs.verifier_samples import Triple, TripleConfig, TripleSampler
from tracker_core.training.pictures.prepared import Instance, Source, SourceWriter
from tracker_core.training.pictures.views import Jitter

STILL = Jitter(0, 0, 0, 0)
PLAIN = TripleConfig(
    mix={"*": 1.0}, composite=0, cover=0, flip=0, grey=0, exemplar_jitter=STILL, same_jitter=STILL,
    photometry=Photometry(light=0, contrast=0, tint=0, fade=0, blur=0, soften=0, noise=0),
)  # fmt: skip
BOXES = [Box(60, 50, 70, 60), Box(150, 100, 40, 80), Box(20, 140, 90, 50), Box(200, 30, 60, 60)]


@pytest.fixture
def video(tmp_path: Path) -> Source:
    return write_source(tmp_path, "video.red", "video", passing_boxes(8))


@pytest.fixture
def stills(tmp_path: Path) -> Source:
    return write_source(tmp_path, "stills.blue", "stills", BOXES, colour=BLUE)


def pair_of_bricks(folder: Path) -> Source:
    """One picture with a red and, apart from it, a green brick."""
    red, green = Box(40, 60, 60, 50), Box(200, 120, 60, 50)
    image = picture_with(red)
    image[int(green.y) : int(green.bottom), int(green.x) : int(green.right)] = GREEN
    writer = SourceWriter(folder, "stills.two", "stills")
    writer.add(image, [Instance(0, "brick", red), Instance(1, "brick", green)])
    writer.close()
    return Source.open(folder / "stills.two.json")


def sampler(sources: list[Source], config: TripleConfig = PLAIN, *, seed: int = 5) -> TripleSampler:
    return TripleSampler(sources, config, seed=seed, count=100)


def only(kind: str, config: TripleConfig = PLAIN) -> TripleConfig:
    return replace(config, strangers={kind: 1.0})


def assert_same(one: Triple, other: Triple) -> None:
    for mine, yours in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, yours)


def overlap_with_the_middle(crop: np.ndarray, middle: Box) -> float:
    """Of what is red in the crop with where the box of the crop is; 0 where nothing is red."""
    shown = seen(crop)
    return 0.0 if shown is None else shown.iou(middle)


def middle_box(width: float, height: float) -> Box:
    """Where a box of such a shape lies in its own crop: the window's area is (w + p)(h + p) with p = (w + h) / 2."""
    context = (width + height) / 2
    scale = 127 / np.sqrt((width + context) * (height + context))
    return Box.from_centre(63.5, 63.5, width=width * scale, height=height * scale)


def test_triple_n_is_always_the_same_triple(video: Source, stills: Source) -> None:
    config = TripleConfig(mix={"*": 1})
    one, other = sampler([video, stills], config), sampler([video, stills], config)
    expected = [one[n] for n in range(8)]
    for n in (7, 2, 5):
        assert_same(other[n], expected[n])
    assert (expected[0].same != expected[1].same).any()
    assert (sampler([video, stills], config, seed=6)[0].same != expected[0].same).any()


def test_a_triple_is_three_crops_of_127_pixels(video: Source, stills: Source) -> None:
    triples = sampler([video, stills], TripleConfig(mix={"*": 1}))
    assert len(triples) == 100
    for n in range(10):
        for crop in triples[n][:3]:
            assert crop.shape == (127, 127, 3)
            assert crop.dtype == np.uint8


def test_exemplar_and_its_own_show_the_object_in_the_middle(video: Source, stills: Source) -> None:
    for n in range(20):
        triple = sampler([video], only("drifted"))[n]
        for crop in (triple.exemplar, triple.same):
            assert overlap_with_the_middle(crop, middle_box(60, 40)) > 0.9


def test_in_a_video_the_second_crop_is_of_another_frame(video: Source) -> None:
    """The ground is noise of its own in every frame."""
    differ = [(sampler([video])[n].exemplar != sampler([video])[n].same).mean() > 0.2 for n in range(20)]
    assert sum(differ) > 10
    near = sampler([video], replace(PLAIN, frame_range=0))
    assert all((near[n].exemplar == near[n].same).all() for n in range(10))


@pytest.mark.parametrize("kind", ["drifted", "background"])
def test_a_box_that_has_left_the_object_does_not_show_it_in_its_middle(video: Source, kind: str) -> None:
    """What is red overlaps the middle by less than 0.3, give or take the pixels of the noise; a drifted box often still
    shows some of the object, the ground beside it never has it in the middle at all.
    """
    triples = sampler([video], only(kind))
    overlaps = [overlap_with_the_middle(triples[n].other, middle_box(60, 40)) for n in range(30)]
    assert max(overlaps) < (0.35 if kind == "drifted" else 0.1)
    shows_some = sum(seen(triples[n].other) is not None for n in range(30))
    assert shows_some > 10 if kind == "drifted" else shows_some < 30


def test_a_neighbour_is_the_other_object_of_the_picture(tmp_path: Path) -> None:
    triples = sampler([pair_of_bricks(tmp_path)], only("neighbour"))
    seen_colours = set()
    for n in range(12):
        own = RED if seen(triples[n].exemplar, RED) is not None else GREEN
        foreign = GREEN if own == RED else RED
        assert seen(triples[n].same, own) is not None
        assert seen(triples[n].other, own) is None
        assert seen(triples[n].other, foreign) is not None
        seen_colours.add(own)
    assert seen_colours == {RED, GREEN}


@pytest.mark.parametrize("kind", ["neighbour", "alike"])
def test_one_of_its_kind_is_another_instance_of_the_source(stills: Source, video: Source, kind: str) -> None:
    """The pictures hold one object each, so a neighbour is looked for in the other pictures as well."""
    triples = sampler([stills, video], replace(only(kind), mix={"stills.*": 1.0, "*": 1e-9}))
    shapes = [middle_box(box.width, box.height) for box in BOXES]
    for n in range(15):
        own, other = seen(triples[n].exemplar, BLUE), seen(triples[n].other, BLUE)
        assert own is not None
        assert other is not None

        def nearest(box: Box) -> int:
            return int(np.argmax([box.iou(shape) for shape in shapes]))

        assert nearest(own) != nearest(other)


def test_a_video_finds_its_strangers_elsewhere(video: Source, stills: Source) -> None:
    triples = sampler([video, stills], only("alike"))
    of_the_video = [triples[n] for n in range(20) if seen(triples[n].exemplar, RED) is not None]
    assert len(of_the_video) > 3
    for triple in of_the_video:
        assert seen(triple.other, RED) is None
        assert seen(triple.other, BLUE) is not None


def test_the_identity_is_that_of_the_track_and_of_every_still_instance(video: Source, stills: Source) -> None:
    reds = sampler([video])
    assert len({reds[n].identity for n in range(10)}) == 1
    blues = sampler([stills])
    assert len({blues[n].identity for n in range(60)}) == len(BOXES)
    assert reds[0].identity == sampler([video])[3].identity


def test_pasted_on_other_ground_the_object_stays_where_it_was(stills: Source, tmp_path: Path) -> None:
    plain = write_source(tmp_path, "stills.plain", "stills", [None] * 3)
    pasted = sampler([stills, plain], replace(PLAIN, composite=1, backgrounds="stills.plain"))
    untouched = sampler([stills, plain])
    for n in range(8):
        there, here = seen(pasted[n].exemplar, BLUE), seen(untouched[n].exemplar, BLUE)
        assert there is not None
        assert here is not None
        assert there.iou(here) > 0.85


def test_one_single_object_is_told_from_boxes_that_have_left_it(video: Source) -> None:
    triples = sampler([video], only("alike"))
    for n in range(5):
        assert overlap_with_the_middle(triples[n].other, middle_box(60, 40)) < 0.35


@pytest.mark.parametrize("strangers", [{"martian": 1.0}, {}, {"drifted": 0.0}])
def test_strangers_of_no_known_kind_are_refused(strangers: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="shares to some of drifted, resized, background, neighbour, alike"):
        TripleConfig(strangers=strangers)


@pytest.mark.parametrize("kind", ["drifted", "resized", "background", "neighbour", "alike"])
def test_a_triple_says_what_its_third_crop_is(tmp_path: Path, kind: str) -> None:
    two = sampler([pair_of_bricks(tmp_path)], only(kind))
    assert {two.describe(n) for n in range(6)} == {(f"other: {kind}", "stills.two", "brick")}


def test_a_neighbour_that_there_is_not_is_called_what_came_in_its_place(stills: Source) -> None:
    assert {sampler([stills], only("neighbour")).describe(n).kind for n in range(6)} == {"other: alike"}
