"""Boxes must land on the pictures that they were drawn on, however a file names, numbers and orders them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.errors import ExchangeError
from app.exchange.match_rules import Match, Rule
from app.exchange.matching import MatchError, Matching, Picture, match_pictures
from app.model.project import VideoReference
from tests.support.annotated_projects import VIDEO

FILM = replace(VIDEO, frame_count=100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "natural"
    path.mkdir()
    return path


def video_of(folder: Path, names: Sequence[str]) -> VideoReference:
    for name in names:
        (folder / name).touch()
    return replace(VIDEO, path=folder, frame_count=len(names))


def named(*names: str, frame_ids: Sequence[int] = (), base: int | None = None) -> list[Picture]:
    ids: Sequence[int | None] = frame_ids or [None] * len(names)
    return [Picture(key, name, frame, base) for key, (name, frame) in enumerate(zip(names, ids, strict=True))]


def frames(matching: Matching) -> list[int]:
    """The frames of pictures whose keys count from 0."""
    return [matching.frames[key] for key in range(len(matching.frames))]


def test_pictures_of_a_folder_are_found_by_name_in_whatever_order_they_are_listed(folder: Path) -> None:
    names = [f"{number}.jpg" for number in range(1, 13)]
    matching = match_pictures(named(*sorted(names)), video_of(folder, names))
    assert frames(matching) == [0, 9, 10, 11, 1, 2, 3, 4, 5, 6, 7, 8]
    assert matching.match == Match(Rule.NAME)
    assert matching.sentence == "Pictures are matched by their file names; their numbers in the names agree."


def test_the_folder_of_a_name_and_another_suffix_make_no_difference(folder: Path) -> None:
    video = video_of(folder, ["red.png", "blue.png"])
    assert frames(match_pictures(named("cam/red.jpg", "cam\\blue.jpg"), video)) == [1, 0]


def test_numbers_find_the_pictures_of_a_folder_under_other_names(folder: Path) -> None:
    video = video_of(folder, ["shot_0040.png", "shot_0045.png", "shot_0050.png"])
    matching = match_pictures(named("45.jpg", "50.jpg"), video)
    assert frames(matching) == [1, 2]
    assert matching.match == Match(Rule.NUMBER)


def test_what_is_not_in_the_folder_is_left_out_and_counted(folder: Path) -> None:
    matching = match_pictures(named("a.jpg", "c.jpg", "d.jpg"), video_of(folder, ["a.jpg", "b.jpg"]))
    assert matching.frames == {0: 0}
    assert matching.notes == ("2 pictures of the file are not in the folder.",)


def test_numbers_in_the_names_are_frames_of_a_film() -> None:
    matching = match_pictures(named(*(f"frame_{number:06d}.PNG" for number in range(40, 50))), FILM)
    assert frames(matching) == list(range(40, 50))
    assert matching.sentence == (
        "Pictures are matched by the number in their file names, counted from 0. They could also count from 1; then "
        "say so (--match number:1)."
    )


@pytest.mark.parametrize(
    ("numbers", "base"),
    [
        (range(100), 0),
        (range(1, 101), 1),  # 100 would be after the end if they counted from 0
        (range(1, 51), 1),  # frames 1, 2, 3 and on without a gap
        ([1, 7, 9], 0),
        ([0, 7, 9], 0),
        ([3, 100], 1),
    ],
)
@pytest.mark.parametrize("rule", [Rule.NUMBER, Rule.FRAME_ID])
def test_the_base_of_numbers_is_derived_from_all_of_them(numbers: Sequence[int], base: int, rule: Rule) -> None:
    is_number = rule is Rule.NUMBER
    pictures = [Picture(n, f"{n}.jpg" if is_number else None, None if is_number else n) for n in numbers]
    matching = match_pictures(pictures, FILM)
    assert matching.match == Match(rule, base)
    assert matching.frames == {n: n - base for n in numbers}


def test_the_base_that_two_rules_share_is_taken() -> None:
    pictures = named(*(f"{n:06d}.jpg" for n in range(6, 12)), frame_ids=range(5, 11), base=0)
    assert frames(match_pictures(pictures, FILM)) == list(range(5, 11))
    pictures = named(*(f"{n:06d}.jpg" for n in range(1, 6)), frame_ids=range(1, 6), base=0)
    assert frames(match_pictures(pictures, FILM)) == list(range(1, 6))  # the format says that it counts from 0


def test_a_stated_base_gives_way_only_where_it_does_not_fit() -> None:
    pictures = [Picture(n, frame_id=n, base=0) for n in range(1, 101)]
    assert match_pictures(pictures, FILM).match == Match(Rule.FRAME_ID, 1)


def test_a_rule_that_leads_out_of_the_video_is_passed_over_and_that_is_said(folder: Path) -> None:
    names = [f"{number}.jpg" for number in range(40, 50)]
    matching = match_pictures(named(*names, frame_ids=range(40, 50)), video_of(folder, names))
    assert frames(matching) == list(range(10))
    assert matching.notes == ("The pictures' frame numbers do not fit a video of 10 frames: not used.",)


def test_numbers_that_fit_nowhere_are_kept_so_that_what_is_too_late_can_be_told() -> None:
    matching = match_pictures([Picture(n, frame_id=n) for n in range(120)], FILM)
    assert matching.match == Match(Rule.FRAME_ID, 0)
    assert max(matching.frames.values()) == 119


def disagreeing() -> list[Picture]:
    return named("img_0450.jpg", "img_0451.jpg", frame_ids=[7, 8])


def test_where_two_rules_disagree_a_person_chooses() -> None:
    video = replace(VIDEO, frame_count=1000)
    with pytest.raises(MatchError) as caught:
        match_pictures(disagreeing(), video, file="tracks.json")
    assert str(caught.value) == (
        'tracks.json: two rules disagree about which frame a picture is. "img_0450.jpg" is frame 450 by the number in '
        "its name and frame 7 by its frame number. Choose one of them (--match number or --match frame-id)."
    )
    assert [choice.match.rule for choice in caught.value.choices] == [Rule.NUMBER, Rule.FRAME_ID]
    assert frames(match_pictures(disagreeing(), video, chosen=Match(Rule.NUMBER))) == [450, 451]
    assert frames(match_pictures(disagreeing(), video, chosen=Match(Rule.NUMBER, 1))) == [449, 450]
    assert frames(match_pictures(disagreeing(), video, chosen=Match(Rule.FRAME_ID))) == [7, 8]
    assert frames(match_pictures(disagreeing(), video, chosen=Match(Rule.ORDER))) == [0, 1]


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (Rule.NAME, "the video is not a folder that holds pictures with these names"),
        (Rule.NUMBER, "the names of its pictures share no number"),
        (Rule.FRAME_ID, "its pictures have no frame numbers"),
    ],
)
def test_a_chosen_rule_that_says_nothing_is_refused(rule: Rule, reason: str) -> None:
    with pytest.raises(ExchangeError, match=reason):
        match_pictures(named("red.jpg", "blue.jpg"), FILM, chosen=Match(rule))


@pytest.mark.parametrize(
    "pictures",
    [
        named("red.jpg", "blue.jpg"),
        named("a1.jpg", "b1.jpg"),  # the same number twice
        named("1.jpg", "blue.jpg"),
        named("red.jpg", "blue.jpg", frame_ids=[4, 4]),
        [Picture(0, "7.jpg"), Picture(1, None)],
        named("9" * 5000 + "1.jpg", "9" * 5000 + "2.jpg"),
    ],
)
def test_without_a_rule_pictures_are_counted_in_the_order_of_the_file(pictures: list[Picture]) -> None:
    matching = match_pictures(pictures, FILM)
    assert frames(matching) == [0, 1]
    assert matching.match == Match(Rule.ORDER)


def test_of_pictures_in_several_folders_those_of_the_video_count() -> None:
    video = replace(FILM, path=Path("videos/park.mp4"))
    pictures = named("street/000001.jpg", "street/000002.jpg", "park/000001.jpg", "park/000002.jpg")
    assert match_pictures(pictures, video).frames == {2: 0, 3: 1}


@pytest.mark.parametrize(
    ("names", "frames_of_names"),
    [
        (("cam2_frame_40_v3.jpg", "cam2_frame_41_v3.jpg"), [40, 41]),
        (("frame_40_jpg.rf.0a1b.jpg", "frame_51_jpg.rf.77ff.jpg"), [40, 51]),
        (("a_40.jpg", "b_51.jpg"), [40, 51]),
        (("x7.jpg",), [7]),
    ],
)
def test_the_number_is_what_tells_the_names_apart(names: tuple[str, ...], frames_of_names: list[int]) -> None:
    assert frames(match_pictures(named(*names), FILM)) == frames_of_names


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("name", Match(Rule.NAME)),
        ("number:1", Match(Rule.NUMBER, 1)),
        ("frame-id:0", Match(Rule.FRAME_ID, 0)),
        ("order", Match(Rule.ORDER)),
    ],
)
def test_a_rule_is_said_in_a_word(text: str, match: Match) -> None:
    assert Match.parse(text) == match
    assert str(match) == text


@pytest.mark.parametrize("text", ["", "names", "number:2", "name:0", "order:1", "number:", "9" * 5000])
def test_a_word_that_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ExchangeError, match="choose one of name, number, frame-id, order"):
        Match.parse(text)


@given(st.lists(st.integers(0, 99), unique=True, min_size=1), st.sampled_from([0, 1]), st.randoms())
def test_no_order_of_the_file_moves_a_box(shown: list[int], base: int, random: object) -> None:
    """Whatever is listed and in whatever order: with the base said, picture and frame stay together."""
    pictures = [Picture(frame, f"street/{frame + base:06d}.jpg", frame + base) for frame in shown]
    random.shuffle(pictures)  # type: ignore[attr-defined]
    matching = match_pictures(pictures, FILM, chosen=Match(Rule.NUMBER, base))
    assert matching.frames == {frame: frame for frame in shown}
