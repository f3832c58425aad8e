"""What a pair can be: the kinds of negatives, look-alikes by category, and the switches of an ablation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.support.training_data import BLUE, GREEN, RED, passing_boxes, seen, write_source, write_things
from tests.tracker_core.training.pairs.test_pairs import PLAIN, assert_box_is_where_the_search_region_shows_it
from tracker_core.geometry import Box
from tracker_core.images import Image
from tracker_core.training.pairs.pairs import Pair, PairConfig, PairSampler
from tracker_core.training.pictures.prepared import Source
from tracker_core.training.run.config import read_config

LEFT, RIGHT = Box(30, 80, 50, 50), Box(220, 90, 50, 50)
FIRST = {"first": 1.0, "*": 1e-9}  # exemplars come from the first source only


def brick(colour: tuple[int, int, int], *, category: str = "brick") -> tuple[Box, tuple[int, int, int], str]:
    return (Box(130, 90, 60, 60), colour, category)


@pytest.fixture
def red(tmp_path: Path) -> Source:
    return write_things(tmp_path, "first", "stills", [[brick(RED)]])


@pytest.fixture
def others(tmp_path: Path) -> Source:
    """A green thing of the same category, written otherwise, and a blue one of another category."""
    return write_things(
        tmp_path, "second", "stills", [[brick(GREEN, category="Brick ")], [brick(BLUE, category="tile")]]
    )


@pytest.fixture
def plain(tmp_path: Path) -> Source:
    return write_source(tmp_path, "third", "stills", [None] * 2)


def sampler(sources: list[Source], config: PairConfig, **changes: object) -> PairSampler:
    return PairSampler(sources, replace(config, **changes), seed=5, count=100)  # type: ignore[arg-type]


def negatives(sources: list[Source], kind: str) -> list[Pair]:
    pairs = sampler(sources, PLAIN, mix=FIRST, negative=1, negative_kinds={kind: 1.0})
    return [pairs[n] for n in range(12)]


def is_negative(pair: Pair) -> bool:
    return bool(np.isnan(pair.box).all())


def is_red(exemplar: Image) -> bool:
    """Its middle, not what lies beside it."""
    return seen(np.ascontiguousarray(exemplar[55:72, 55:72]), RED) is not None


def test_a_negative_of_the_same_category_shows_another_of_it_whatever_its_source(red: Source, others: Source) -> None:
    for pair in negatives([red, others], "same"):
        assert is_negative(pair)
        assert seen(pair.exemplar, RED)
        assert seen(pair.search, GREEN)
        assert not seen(pair.search, RED)


def test_a_negative_of_another_category_shows_none_of_its_own(red: Source, others: Source) -> None:
    pairs = sampler([red, others], PLAIN, mix={"first": 1.0, "second": 1.0}, negative=1, negative_kinds={"other": 1.0})
    drawn = [(pairs[n], pairs.describe(n)) for n in range(20)]
    for pair, origin in drawn:
        assert is_negative(pair)
        if origin.category == "tile":
            assert seen(pair.search, RED) or seen(pair.search, GREEN)
        else:
            assert seen(pair.search, BLUE)
    assert {origin.category for _, origin in drawn} == {"brick", "Brick ", "tile"}


def test_a_negative_of_ground_shows_no_object(red: Source, others: Source, plain: Source) -> None:
    for pair in negatives([red, others, plain], "background"):
        assert is_negative(pair)
        assert seen(pair.exemplar, RED)
        assert not any(seen(pair.search, colour) for colour in (RED, GREEN, BLUE))


def test_beside_the_target_it_is_a_negative_only_where_the_target_is_out_of_sight(tmp_path: Path) -> None:
    things = [[(LEFT, RED, "brick"), (RIGHT, BLUE, "brick")]]
    source = write_things(tmp_path, "first", "stills", things)
    near = write_things(tmp_path, "near", "stills", [[(LEFT, RED, "brick"), (Box(81, 80, 50, 50), BLUE, "brick")]])
    for sources, negative in (([source], True), ([near], False)):
        pairs = sampler(sources, PLAIN, mix={"*": 1.0}, negative=1, negative_kinds={"beside": 1.0})
        for n in range(25):
            pair = pairs[n]
            if is_red(pair.exemplar):
                assert seen(pair.search, BLUE)
                in_sight = seen(pair.search, RED)
                assert is_negative(pair) == (in_sight is None)
                assert negative or in_sight
                if in_sight is not None and in_sight.area > 400:
                    assert_box_is_where_the_search_region_shows_it(pair)


def kinds_of(sources: list[Source], kinds: dict[str, float], *, count: int = 6) -> Counter[str]:
    """Of the pairs whose exemplar is from the first source."""
    mix = {source.name: 1.0 for source in sources if any(picture.instances for picture in source.pictures)}
    pairs = sampler(sources, PLAIN, mix=mix, negative=1, negative_kinds=kinds)
    origins = [pairs.describe(n) for n in range(count)]
    return Counter(origin.kind for origin in origins if origin.source == sources[0].name)


def test_where_there_is_nothing_of_a_kind_the_next_kind_is_drawn(red: Source, others: Source, plain: Source) -> None:
    assert kinds_of([red, others], {"beside": 1.0}).keys() == {"negative: same"}
    assert kinds_of([red, plain], {"same": 1.0}).keys() == {"negative: background"}
    assert kinds_of([red], {"other": 1.0}).keys() <= {"negative: elsewhere", "still"}  # as a few tries find ground


def test_the_frames_of_a_video_show_one_object_and_no_other_of_its_category(tmp_path: Path) -> None:
    video = write_source(tmp_path, "first", "video", passing_boxes(5))
    assert kinds_of([video], {"same": 1.0}).keys() == {"negative: elsewhere"}
    two = write_things(tmp_path, "two", "video", [[(LEFT, RED, "v"), (RIGHT, BLUE, "v")]] * 5)
    pairs = sampler([two], PLAIN, mix={"*": 1.0}, negative=1, negative_kinds={"same": 1.0})
    for n in range(10):
        assert is_negative(pairs[n])
        assert seen(pairs[n].search, BLUE if is_red(pairs[n].exemplar) else RED)


def test_a_source_of_many_videos_has_many_categories(tmp_path: Path) -> None:
    mixed = write_things(tmp_path, "mixed", "video", [[(LEFT, RED, "car"), (RIGHT, BLUE, "person")]] * 5)
    assert kinds_of([mixed], {"same": 1.0}).keys() == {"negative: other"}  # there is no other car
    assert kinds_of([mixed], {"other": 1.0}).keys() == {"negative: other"}


def test_a_number_names_a_category_only_within_its_source(tmp_path: Path) -> None:
    first = write_things(tmp_path, "first", "stills", [[brick(RED, category="0")]])
    second = write_things(tmp_path, "second", "stills", [[brick(BLUE, category="0")]])
    assert kinds_of([first, second], {"same": 1.0}).keys() == {"negative: other"}


def test_shares_of_negative_kinds_are_those_asked_for(red: Source, others: Source, plain: Source) -> None:
    counts = kinds_of([red, others, plain], {"same": 1.0, "other": 2.0, "background": 1.0}, count=100)
    assert counts.keys() == {"negative: same", "negative: other", "negative: background"}
    assert 0.3 < counts["negative: other"] / counts.total() < 0.7
    assert min(counts.values()) > 0.1 * counts.total()


def test_a_semantic_look_alike_is_of_the_targets_category(others: Source, plain: Source, tmp_path: Path) -> None:
    things = write_things(tmp_path, "first", "stills", [[(LEFT, RED, "brick"), (RIGHT, BLUE, "tool")]])
    for semantic, beside_it in ((True, GREEN), (False, BLUE)):
        mix = {"first": 1.0, "second": 0.0}
        pairs = sampler(
            [things, others, plain], PLAIN,
            mix=mix, composite=1, look_alike=1, semantic=semantic, backgrounds=plain.name,
        )  # fmt: skip
        origins = {n: pairs.describe(n) for n in range(20)}
        numbers = [n for n, o in origins.items() if (o.kind, o.category) == ("composite with look-alike", "brick")]
        sights = {colour for n in numbers for colour in (BLUE, GREEN) if seen(pairs[n].search, colour)}
        assert sights == {beside_it}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"negative_kinds": {"similar": 1.0}}, "`negative_kinds` has no 'similar'; known are beside, same, other"),
        ({"negative_kinds": {"same": 0.0}}, "`negative_kinds` needs shares"),
        ({"negative_kinds": {"same": 1.0, "other": -1.0}}, "`negative_kinds` needs shares"),
        ({"negative": 15}, "`negative` is a share from 0 to 1, not 15"),
    ],
)
def test_shares_that_cannot_be_are_refused(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        replace(PLAIN, **changes)  # type: ignore[arg-type]


def of_file(tmp_path: Path, pairs: str) -> PairConfig:
    path = tmp_path / "run.toml"
    path.write_text(f'data = "d"\nout = "o"\n[pairs]\nmix = {{ "*" = 1 }}\n{pairs}\n')
    config: PairConfig = read_config(path).pairs
    return config


KINDS: dict[str, tuple[str, Callable[[str], bool]]] = {
    "no negatives": ("negative = 0", lambda kind: not kind.startswith("negative")),
    "no look-alikes": ("look_alike = 0", lambda kind: "look-alike" not in kind),
    "no composites": ("composite = 0", lambda kind: "composite" not in kind),
    "no stills": ('mix = { "video.*" = 1 }', lambda kind: kind not in ("still", "composite")),
    "no videos": ('mix = { "stills.*" = 1 }', lambda kind: kind != "video"),
}


@pytest.mark.parametrize("switch", KINDS)
def test_one_line_of_a_training_file_switches_a_kind_of_pairs_off(switch: str, tmp_path: Path) -> None:
    line, is_allowed = KINDS[switch]
    video = write_source(tmp_path, "video.red", "video", passing_boxes(4))
    stills = write_things(tmp_path, "stills.red", "stills", [[brick(RED)], [brick(BLUE)], [brick(GREEN, category="x")]])
    whole, cut = of_file(tmp_path, ""), of_file(tmp_path, line) if "mix" not in line else None
    if cut is None:
        cut = replace(whole, mix={line.split('"')[1]: 1.0})
    found = {}
    for name, config in (("whole", whole), ("cut", cut)):
        pairs = PairSampler([stills, video], config, seed=3, count=100)
        found[name] = {pairs.describe(n).kind for n in range(60)}
    assert not all(map(is_allowed, found["whole"]))
    assert all(map(is_allowed, found["cut"]))


def test_without_shift_every_target_is_in_the_middle(tmp_path: Path) -> None:
    stills = write_things(tmp_path, "stills.red", "stills", [[brick(RED)], [brick(BLUE)]])
    video = write_source(tmp_path, "video.red", "video", passing_boxes(4))
    config = of_file(tmp_path, "search_jitter = { shift = 0 }\nnegative = 0")
    pairs = PairSampler([stills, video], config, seed=3, count=100)
    places = np.array([pairs[n].box[:2] for n in range(40)])
    assert np.abs(places).max() < 4
    assert {pairs.describe(n).kind for n in range(40)} > {"video", "still", "composite"}
    shifted = PairSampler([stills, video], replace(config, search_jitter=PairConfig().search_jitter), seed=3, count=100)
    assert np.abs([shifted[n].box[:2] for n in range(40)]).max() > 50
