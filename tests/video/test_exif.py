"""What a camera wrote about which way is up holds for a JPEG picture and for a film of such pictures."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.video.exif import orientation_in_jpeg
from app.video.orientation import Orientation
from app.video.source import open_source
from tests.support.damaged_clips import packets_of, with_packets
from tests.support.numbered_clips import Coding, write_clip


def exif_segment(orientation: int, *, order: str = "<") -> bytes:
    entry = struct.pack(f"{order}HHIHHI", 0x0112, 3, 1, orientation, 0, 0)
    head = {"<": b"II", ">": b"MM"}[order] + struct.pack(f"{order}HI", 42, 8)
    content = b"Exif\0\0" + head + struct.pack(f"{order}H", 1) + entry
    return b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content


def with_exif(jpeg: bytes, segment: bytes) -> bytes:
    return jpeg[:2] + segment + jpeg[2:]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("exif"), Coding(".avi", "mjpeg"), frames=20)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_film_of_jpeg_pictures_is_upright(orientation: int, film: Path) -> None:
    turned = with_packets(film, lambda number, jpeg: with_exif(jpeg, exif_segment(orientation)))
    source = open_source(turned)
    data = np.frombuffer(packets_of(turned)[13], np.uint8)
    judged = cv2.imdecode(data, cv2.IMREAD_COLOR_RGB)  # OpenCV turns by EXIF: an independent judge
    assert judged is not None
    image = source.read(13)
    assert image.shape == judged.shape == (source.info.height, source.info.width, 3)
    assert np.abs(image.astype(int) - judged).mean() < 4


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_single_photo_is_upright(orientation: int, film: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(with_exif(packets_of(film)[13], exif_segment(orientation, order=">")))
    image = open_source(photo).read(0)
    judged = cv2.imread(str(photo), cv2.IMREAD_COLOR_RGB)
    assert judged is not None
    assert image.shape == judged.shape
    assert np.abs(image.astype(int) - judged).mean() < 4


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_found_in_either_byte_order(orientation: int, order: str) -> None:
    jpeg = with_exif(b"\xff\xd8\xff\xe0\x00\x04ab\xff\xda", exif_segment(orientation, order=order))
    assert orientation_in_jpeg(jpeg) == orientation


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_there_is_not_is_upright(orientation: int) -> None:
    assert orientation_in_jpeg(with_exif(b"\xff\xd8\xff\xda", exif_segment(orientation))) == 1


@given(st.binary(max_size=200), st.integers(0, 60), st.integers(0, 255))
def test_no_bytes_are_too_bad_to_be_asked(noise: bytes, place: int, value: int) -> None:
    good = bytearray(with_exif(b"\xff\xd8\xff\xda", exif_segment(6)))
    good[min(place, len(good) - 1)] = value
    for data in (noise, b"\xff\xd8" + noise, b"\xff\xd8" + exif_segment(6)[:10] + noise, bytes(good)):
        assert 1 <= orientation_in_jpeg(data) <= 8


def test_each_orientation_turns_as_opencv_does() -> None:
    image = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    expected = {
        1: image,
        2: image[:, ::-1],
        3: image[::-1, ::-1],
        4: image[::-1],
        5: image.transpose(1, 0, 2),
        6: np.rot90(image, -1),
        7: image[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(image),
    }
    for orientation, turned in expected.items():
        np.testing.assert_array_equal(Orientation.from_exif(orientation).applied(image), turned)
