"""A video is known by its content: the same under another name, and no other in its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import pytest

from app.video.source import OtherVideoError, open_source
from tests.support.damaged_clips import with_packets
from tests.support.numbered_clips import Coding, number_in, numbered_image, write_clip


def fingerprint(path: Path) -> str:
    source = open_source(path)
    source.close()
    return source.info.fingerprint


def folder_of(place: Path, numbers: list[int]) -> Path:
    place.mkdir()
    for position, number in enumerate(numbers):
        cv2.imwrite(str(place / f"{position}.png"), numbered_image(number))
    return place


def test_a_copy_has_the_same_and_it_is_kept(plain_clip: Path, tmp_path: Path) -> None:
    known = fingerprint(plain_clip)
    assert len(known) == 32
    assert fingerprint(plain_clip) == known
    assert fingerprint(Path(shutil.copy(plain_clip, tmp_path / "renamed.mp4"))) == known


def test_the_same_pictures_in_another_container_have_the_same(plain_clip: Path, tmp_path: Path) -> None:
    clip = Path(shutil.copy(plain_clip, tmp_path / "clip.mp4"))
    assert fingerprint(with_packets(clip, lambda number, data: data, suffix=".mkv")) == fingerprint(plain_clip)


def shorter(folder: Path) -> Path:
    return write_clip(folder, Coding(), frames=59)


def with_another_end(folder: Path) -> Path:
    def changed(number: int) -> int:
        return 77 if number == 59 else number

    path = folder / "end.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 192, 64, "yuv420p"
        for number in range(60):
            image = numbered_image(changed(number))
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("other", [shorter, with_another_end])
def test_another_video_has_another(other: Callable[[Path], Path], plain_clip: Path, tmp_path: Path) -> None:
    assert fingerprint(other(tmp_path)) != fingerprint(plain_clip)


def test_a_folder_is_known_by_its_first_and_last_picture_and_their_number(tmp_path: Path) -> None:
    known = fingerprint(folder_of(tmp_path / "a", [1, 2, 3]))
    assert fingerprint(folder_of(tmp_path / "b", [1, 2, 3])) == known
    assert fingerprint(folder_of(tmp_path / "c", [1, 2])) != known
    assert fingerprint(folder_of(tmp_path / "d", [1, 2, 4])) != known


def test_a_damaged_last_picture_does_not_keep_a_video_from_being_known(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", [1, 2, 3])
    (folder / "2.png").write_bytes(b"no image")
    assert len(fingerprint(folder)) == 32


def test_another_video_at_the_place_of_the_known_one_is_refused(tmp_path: Path) -> None:
    path = write_clip(tmp_path, Coding(), frames=60)
    known = fingerprint(path)
    source = open_source(path, known_as=known)
    assert number_in(source.read(30)) == 30
    source.close()
    write_clip(tmp_path, Coding(), frames=61)
    with pytest.raises(OtherVideoError, match=r"clip\.mp4 is another video than the one that the boxes were drawn on"):
        open_source(path, known_as=known)
