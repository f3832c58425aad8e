from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.video.source import VideoError, open_source
from tests.support.numbered_clips import number_in, numbered_image
from tracker_core.tracker import Image


def save(path: Path, image: np.ndarray) -> None:
    """``image`` is RGB, RGBA or grey; cv2 wants blue first."""
    order = {3: [2, 1, 0], 4: [2, 1, 0, 3]}.get(image.shape[2] if image.ndim == 3 else 1)
    path.write_bytes(cv2.imencode(path.suffix, image if order is None else image[..., order])[1].tobytes())


def colours(*, width: int = 40, height: int = 30) -> Image:
    return np.random.default_rng(5).integers(0, 256, (height, width, 3)).astype(np.uint8)


def test_images_are_counted_as_a_person_counts(tmp_path: Path) -> None:
    folder = tmp_path / "Straße 東京 100%"
    folder.mkdir()
    for number, name in enumerate(
        ["frame2.png", "Frame9.PNG", "frame10.jpg", "frame010b.bmp", "frame100.webp", "x.tif"]
    ):
        save(folder / name, numbered_image(number))
    (folder / ".frame0.png").write_bytes(b"what another system leaves behind")
    (folder / "notes.txt").write_text("not an image")
    source = open_source(folder)
    assert [number_in(source.read(index)) for index in (5, 4, 3, 2, 1, 0)] == [5, 4, 3, 2, 1, 0]
    info = source.info
    assert (info.path, info.frame_count, info.width, info.height, info.frame_rate) == (folder, 6, 192, 64, Fraction(25))
    np.testing.assert_allclose(info.times, np.arange(6) / 25)


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tif", ".tiff"])
def test_colours_are_exact(suffix: str, tmp_path: Path) -> None:
    save(tmp_path / f"0{suffix}", colours())
    image = open_source(tmp_path).read(0)
    np.testing.assert_array_equal(image, colours())
    assert image.flags.c_contiguous


def test_grey_becomes_rgb(tmp_path: Path) -> None:
    save(tmp_path / "0.png", colours()[..., 0])
    np.testing.assert_array_equal(open_source(tmp_path).read(0), np.repeat(colours()[..., :1], 3, axis=2))


def test_transparency_is_dropped(tmp_path: Path) -> None:
    alpha = np.full((30, 40, 1), 90, dtype=np.uint8)
    save(tmp_path / "0.png", np.concatenate([colours(), alpha], axis=2))
    np.testing.assert_array_equal(open_source(tmp_path).read(0), colours())


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bits_become_eight(suffix: str, tmp_path: Path) -> None:
    save(tmp_path / f"0{suffix}", colours().astype(np.uint16) * 257)
    image = open_source(tmp_path).read(0)
    assert image.dtype == np.uint8
    np.testing.assert_allclose(image, colours(), atol=1)


def test_a_photo_lying_on_its_side_is_upright(tmp_path: Path) -> None:
    picture = np.zeros((30, 40, 3), dtype=np.uint8)
    picture[:, :20] = 255
    save(tmp_path / "0.jpg", picture)
    data = (tmp_path / "0.jpg").read_bytes()
    quarter_turn_clockwise = 6
    tag = struct.pack("<HHIHH", 0x0112, 3, 1, quarter_turn_clockwise, 0)
    exif = b"Exif\0\0" + b"II*\0" + struct.pack("<IH", 8, 1) + tag + bytes(4)
    (tmp_path / "0.jpg").write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])
    source = open_source(tmp_path)
    assert (source.info.width, source.info.height) == (30, 40)
    np.testing.assert_allclose(source.read(0)[:18], 255, atol=3)
    np.testing.assert_allclose(source.read(0)[22:], 0, atol=3)


def test_an_image_of_another_size_is_named(tmp_path: Path) -> None:
    save(tmp_path / "0.png", colours())
    save(tmp_path / "1.png", colours(width=41))
    source = open_source(tmp_path)
    with pytest.raises(VideoError, match=r"1\.png \(frame 1\) is 41 x 30, but the first image is 40 x 30"):
        source.read(1)


@pytest.mark.parametrize("data", [b"", b"no image", b"\x89PNG\r\n\x1a\n"], ids=["empty", "text", "cut off"])
def test_a_damaged_image_is_named(data: bytes, tmp_path: Path) -> None:
    save(tmp_path / "0.png", colours())
    (tmp_path / "1.png").write_bytes(data)
    source = open_source(tmp_path)
    with pytest.raises(VideoError, match=r"1\.png is damaged or not an image"):
        source.read(1)
    (tmp_path / "0.png").write_bytes(data)
    with pytest.raises(VideoError, match=r"0\.png is damaged or not an image"):
        open_source(tmp_path)


def test_an_image_that_has_gone_is_named(tmp_path: Path) -> None:
    save(tmp_path / "0.png", colours())
    source = open_source(tmp_path)
    (tmp_path / "0.png").unlink()
    with pytest.raises(VideoError, match=r"0\.png cannot be read: No such file"):
        source.read(0)


def test_there_is_no_image_beyond_the_last(tmp_path: Path) -> None:
    save(tmp_path / "0.png", colours())
    with pytest.raises(IndexError, match="no frame 1 in a folder of 1 images"):
        open_source(tmp_path).read(1)


def test_images_are_known_by_their_content_where_their_name_says_nothing(tmp_path: Path) -> None:
    for number, name in enumerate(["1.jfif", "2.JPE", "3", "4.photo"]):
        (tmp_path / name).write_bytes(cv2.imencode(".jpg", numbered_image(number)[..., ::-1])[1].tobytes())
    source = open_source(tmp_path)
    assert [number_in(source.read(index)) for index in range(4)] == [0, 1, 2, 3]
    assert source.info.notes == ()


def test_what_is_left_out_of_a_folder_is_counted_and_said(tmp_path: Path) -> None:
    save(tmp_path / "0.png", colours())
    for name in ("a.xml", "b.xml", "c.xml", "d.xml"):
        (tmp_path / name).write_text("<annotation/>")
    (tmp_path / ".hidden").write_text("of the system")
    assert open_source(tmp_path).info.notes == (
        "4 files (a.xml, b.xml, c.xml, …) in the folder cannot be read as images and are left out.",
    )


def test_pages_that_are_not_shown_are_said(tmp_path: Path) -> None:
    cv2.imwritemulti(str(tmp_path / "0.tif"), [colours(), colours()])
    save(tmp_path / "1.tif", colours())
    assert open_source(tmp_path).info.notes == (
        "1 file (0.tif) has several pages, of which only the first is shown here.",
    )
