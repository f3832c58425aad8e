"""Pictures of more than 8 bits are seen through a window of values, the same for every frame and every reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.video.levels import Levels, choose_levels, chosen_levels, levels_for
from app.video.source import DamagedFrameError, FrameSource, open_source
from tests.support.numbered_clips import HEIGHT, WIDTH, number_in, numbered_image


def deep(number: int, *, dark: float, bright: float, dtype: type = np.uint16) -> NDArray[Any]:
    """The numbered picture in grey of other values than 0 and 255."""
    return (numbered_image(number)[..., 0] / 255 * (bright - dark) + dark).astype(dtype)


def tiff(path: Path, pages: list[NDArray[Any]]) -> Path:
    assert cv2.imwritemulti(str(path), pages)
    return path


def numbers(source: FrameSource) -> list[int]:
    return [number_in(source.read(index)) for index in range(source.info.frame_count)]


@pytest.fixture(autouse=True)
def own_levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name: str(tmp_path / "data" / name))


@pytest.mark.parametrize(
    ("dark", "bright"), [(0, 4095), (900, 3400), (7000, 16383), (29_315, 31_015), (40_000, 40_200)],
    ids=["12 bits", "part of 12 bits", "part of 14 bits", "a thermal camera", "a narrow range high up"],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".png", ".tif", ".pgm"])
def test_pictures_that_use_a_part_of_16_bits_are_not_black(suffix: str, dark: int, bright: int, tmp_path: Path) -> None:
    for number in (5, 2, 9):
        cv2.imwrite(str(tmp_path / f"{number}{suffix}"), deep(number, dark=dark, bright=bright))
    source = open_source(tmp_path)
    assert numbers(source) == [2, 5, 9]
    assert source.read(0).min() < 10
    assert source.read(0).max() > 245
    levels = source.info.levels
    assert levels is not None
    assert dark - 1 <= levels.low <= levels.high <= bright + 1


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_pictures_of_fractions_are_shown(dtype: type, tmp_path: Path) -> None:
    path = tiff(tmp_path / "float.tiff", [deep(number, dark=0.0, bright=0.85, dtype=dtype) for number in (3, 4)])
    assert numbers(open_source(path)) == [3, 4]


def test_what_is_no_number_is_black_and_does_not_move_the_window(tmp_path: Path) -> None:
    picture = deep(6, dark=-20.0, bright=35.0, dtype=np.float32)
    picture[0, 0], picture[0, 1], picture[0, 2] = np.nan, np.inf, -np.inf
    source = open_source(tiff(tmp_path / "float.tiff", [picture, picture]))
    assert numbers(source) == [6, 6]
    image = source.read(0)
    assert [int(image[0, column, 0]) for column in range(3)] == [0, 255, 0]


def test_the_window_is_the_same_for_all_frames(tmp_path: Path) -> None:
    for number, value in enumerate([1000, 2000, 3000, 4000]):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((20, 30), value, np.uint16))
    source = open_source(tmp_path)
    greys = [int(source.read(index).mean()) for index in range(4)]
    assert greys == sorted(greys)
    assert np.diff(greys).min() > 70


def test_a_folder_of_a_single_deep_colour_picture_is_in_the_right_colours(tmp_path: Path) -> None:
    picture = np.zeros((20, 30, 3), np.uint16)
    picture[..., 2] = 3000  # red, as OpenCV writes it
    cv2.imwrite(str(tmp_path / "0.png"), picture)
    image = open_source(tmp_path).read(0)
    assert image[5, 5].tolist() == [255, 0, 0]


def film(path: Path, pixel_format: str, pictures: list[NDArray[Any]]) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, pixel_format
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format=pixel_format)))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("pixel_format", ["gray16le", "gray14le", "gray12le", "gray10le"])
def test_a_film_of_deep_grey_pictures_is_not_black(pixel_format: str, tmp_path: Path) -> None:
    pictures = [deep(number, dark=100, bright=900) for number in range(12)]
    source = open_source(film(tmp_path / "thermal.mkv", pixel_format, pictures))
    assert numbers(source) == list(range(12))
    again = open_source(tmp_path / "thermal.mkv")
    np.testing.assert_array_equal(again.read(7), source.read(7))


def test_deep_colour_film_is_shown_through_the_window(tmp_path: Path) -> None:
    pictures = [np.repeat(deep(number, dark=100, bright=1500)[..., np.newaxis], 3, axis=2) for number in range(12)]
    path = tmp_path / "deep.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "gbrp12le"
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray((picture << 4).astype(np.uint16), format="rgb48le")
            container.mux(stream.encode(frame.reformat(format="gbrp12le")))
        container.mux(stream.encode(None))
    assert numbers(open_source(path)) == list(range(12))


def test_video_of_10_bits_as_phones_write_it_needs_no_window(tmp_path: Path) -> None:
    path = tmp_path / "phone.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p10le"
        for number in range(3):
            frame = av.VideoFrame.from_ndarray(numbered_image(number), format="rgb24")
            container.mux(stream.encode(frame.reformat(format="yuv420p10le")))
        container.mux(stream.encode(None))
    source = open_source(path)
    assert source.info.levels is None
    assert numbers(source) == [0, 1, 2]


# Pages


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_a_tiff_of_several_pages_is_a_video(dtype: type, tmp_path: Path) -> None:
    path = tiff(tmp_path / "stack.tif", [deep(number, dark=0, bright=200, dtype=dtype) for number in range(9)])
    source = open_source(path)
    assert (source.info.path, source.info.frame_count) == (path, 9)
    assert [number_in(source.read(index)) for index in (8, 0, 5, 5, 1)] == [8, 0, 5, 5, 1]
    with pytest.raises(IndexError, match="no frame 9 in a file of 9 pages"):
        source.read(9)


def test_a_tiff_that_was_cut_off_shows_the_pages_that_are_whole(tmp_path: Path) -> None:
    path = tiff(tmp_path / "stack.tif", [deep(number, dark=0, bright=3000) for number in range(9)])
    path.write_bytes(path.read_bytes()[:-200])
    source = open_source(path)
    assert source.info.frame_count in (8, 9)
    assert number_in(source.read(7)) == 7
    if source.info.frame_count == 9:
        with pytest.raises(DamagedFrameError, match=r"stack\.tif"):
            source.read(8)


def test_a_tiff_whose_pages_go_round_in_a_circle_ends(tmp_path: Path) -> None:
    path = tiff(tmp_path / "stack.tif", [deep(number, dark=0, bright=200, dtype=np.uint8) for number in range(2)])
    data = bytearray(path.read_bytes())
    first = int.from_bytes(data[4:8], "little")
    second = _u32(data, _link_behind(data, first))
    link = _link_behind(data, second)
    data[link : link + 4] = first.to_bytes(4, "little")
    path.write_bytes(data)
    assert open_source(path).info.frame_count == 2


def _u32(data: bytes | bytearray, place: int) -> int:
    return int.from_bytes(data[place : place + 4], "little")


def _link_behind(data: bytes | bytearray, directory: int) -> int:
    """Where a directory of a TIFF says which is the next."""
    return directory + 2 + 12 * int.from_bytes(data[directory : directory + 2], "little")


# What a person chooses


def test_a_chosen_window_holds_for_every_coming_opening_until_it_is_given_up(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        cv2.imwrite(str(folder / f"{number}.png"), deep(number, dark=1000, bright=3000))
    source = open_source(folder)
    automatic = source.info.levels
    assert automatic == source.info.automatic_levels
    choose_levels(source.info.fingerprint, Levels(0, 30_000))
    chosen = open_source(folder)
    assert chosen.info.levels == Levels(0, 30_000)
    assert chosen.info.automatic_levels == automatic
    assert chosen.read(1).max() < 30
    choose_levels(source.info.fingerprint, None)
    assert open_source(folder).info.levels == automatic


@pytest.mark.parametrize(
    "text", ["", "[" * 100_000, '{"low": 1}', '{"low": 5, "high": 5}', '{"low": 1, "high": 1e999}']
)
def test_a_window_that_cannot_be_read_is_none(text: str) -> None:
    choose_levels("ab12", Levels(1, 2))
    assert chosen_levels("ab12") == Levels(1, 2)
    (kept,) = Path(platformdirs.user_data_dir("Siamark")).rglob("*.json")
    kept.write_text(text)
    assert chosen_levels("ab12") is None


# Arithmetic


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.lists(st.integers(0, 65535), min_size=1, max_size=50))
def test_black_below_white_above_and_in_order_between(low: float, span: float, values: list[int]) -> None:
    levels = Levels(low, low + span)
    whole = levels.applied(np.array([sorted(values)], dtype=np.uint16))
    assert (np.diff(whole[0, :, 0].astype(int)) >= 0).all()
    for value, grey in zip(sorted(values), whole[0, :, 0], strict=True):
        assert grey == 0 or value > low
        assert grey == 255 or value < low + span
    np.testing.assert_array_equal(levels.applied(np.array([sorted(values)], dtype=np.float32)), whole)


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (float("nan"), 1), (0, float("inf"))])
def test_an_empty_window_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="is empty"):
        Levels(low, high)


@pytest.mark.parametrize(
    "picture",
    [np.full((9, 9), 700, np.uint16), np.full((9, 9), np.nan, np.float32), np.zeros((9, 9), np.float64)],
    ids=["one value", "no numbers", "nothing"],
)
def test_a_picture_without_any_contrast_has_a_window(picture: NDArray[Any]) -> None:
    levels = levels_for([picture])
    assert levels.low < levels.high
    levels.applied(picture)


def test_pictures_that_fill_16_bits_are_turned_into_8_as_they_are() -> None:
    assert levels_for([np.arange(65536, dtype=np.uint16).reshape(256, 256)]) == Levels(0, 65535)
