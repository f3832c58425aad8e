"""Frames written with an export: each picture is the frame whose boxes the file says are in it."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.format import Format, Option, Place
from app.exchange.formats import FORMATS, format_named
from app.exchange.importing import import_tracks
from app.exchange.pictures import encoded
from app.model.box_record import keyframe
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from tests.support.numbered_clips import HEIGHT, WIDTH, Coding, number_in, numbered_image, write_clip
from tracker_core.geometry import Box
from tracker_core.images import Image

FRAMES = 12
WITH_PICTURES = [entry for entry in FORMATS if Option.PICTURES in entry.options]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_clip(tmp_path_factory.mktemp("clips"), Coding(), frames=FRAMES)


def project_of(video: Path) -> Project:
    """A track with a box in each frame."""
    track = Track(1, "car", "#3b82f6")
    track.put({frame: keyframe(Box(frame, 2, 20, 10)) for frame in range(FRAMES)})
    reference = VideoReference(video, FRAMES, WIDTH, HEIGHT, frame_rate=Fraction(25))
    return Project(reference, {"car": Label("car", "#3b82f6")}, {1: track})


def read(path: Path) -> Image:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR_RGB)
    assert picture is not None
    return np.asarray(picture, np.uint8)


def pictures_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".png", ".jpg"))


@pytest.mark.parametrize("entry", WITH_PICTURES, ids=lambda entry: entry.name)
@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_every_frame_is_a_picture_in_its_place(entry: Format, kind: str, clip: Path, tmp_path: Path) -> None:
    path = tmp_path / ("tracks" if entry.place is not Place.FILE else f"tracks{entry.suffix}")
    frames = range(3, FRAMES, 4)
    report = export(project_of(clip), entry.name, path, ExportOptions(pictures=kind, frames=frames))
    assert report.pictures == len(frames)
    pictures = pictures_in(tmp_path)
    assert {picture.suffix for picture in pictures} == {f".{kind}"}
    assert [number_in(read(picture)) for picture in pictures] == list(frames)
    assert not any("ictures are not written" in note for note in report.notes)
    assert import_tracks(entry.name, path, project_of(clip).video).notes == ()


def test_pictures_lie_where_the_file_says(clip: Path, tmp_path: Path) -> None:
    export(project_of(clip), "coco", tmp_path / "tracks.json", ExportOptions(pictures="jpg"))
    for image in json.loads((tmp_path / "tracks.json").read_text())["images"]:
        assert number_in(read(tmp_path / image["file_name"])) == image["frame_index"]


def test_a_folders_own_names_are_kept_with_the_suffix_of_what_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "shots"
    folder.mkdir()
    for frame in range(FRAMES):
        (folder / f"shot {frame * 5}.png").write_bytes(encoded(numbered_image(frame), ".png"))
    out = tmp_path / "out"
    out.mkdir()
    export(project_of(folder), "coco", out / "tracks.json", ExportOptions(pictures="jpg"))
    images = json.loads((out / "tracks.json").read_text())["images"]
    assert [image["file_name"] for image in images] == [f"shot {frame * 5}.jpg" for frame in range(FRAMES)]
    assert [number_in(read(out / image["file_name"])) for image in images] == list(range(FRAMES))
    export(project_of(folder), "yolo", out / "yolo", ExportOptions())
    assert sorted(path.stem for path in (out / "yolo" / "labels" / "train").iterdir()) == sorted(
        f"shot {frame * 5}" for frame in range(FRAMES)
    )
    assert len(import_tracks("yolo", out / "yolo", project_of(folder).video).detections) == FRAMES


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"path": Path("gone.mp4")}, "The frames cannot be written: .*gone.mp4"),
        (
            {"frame_count": 11},
            "The frames cannot be written: .* has 12 frames of 192 × 64, but the boxes were drawn on 11",
        ),
    ],
)
def test_another_video_or_none_writes_nothing(
    clip: Path, tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    project = project_of(clip)
    project.video = replace(project.video, **change)  # type: ignore[arg-type]
    with pytest.raises(ExchangeError, match=reason):
        export(project, "coco", tmp_path / "tracks.json", ExportOptions(pictures="jpg"))
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_is_stopped_while_it_writes_pictures_leaves_nothing(clip: Path, tmp_path: Path) -> None:
    class StopError(Exception):
        pass

    def stop(what: str) -> None:
        if what == "writing picture 5 of 12":
            raise StopError

    with pytest.raises(StopError):
        export(project_of(clip), "yolo", tmp_path / "yolo", ExportOptions(pictures="jpg"), on_step=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_mot_text_file_has_no_place_for_pictures(clip: Path, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="give a folder, not a text file"):
        export(project_of(clip), "mot", tmp_path / "gt.txt", ExportOptions(pictures="jpg"))


@pytest.mark.parametrize("name", ["coco", "labelme", "viame"])
def test_the_pictures_of_the_video_are_never_replaced(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "shots"
    folder.mkdir()
    for frame in range(FRAMES):
        (folder / f"{frame}.jpg").write_bytes(encoded(numbered_image(frame), ".jpg"))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    path = folder if name == "labelme" else folder / f"tracks{format_named(name).suffix}"
    with pytest.raises(ExchangeError, match="among those of the video"):
        export(project_of(folder), name, path, ExportOptions(pictures="jpg"))
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_video_is_never_replaced(clip: Path) -> None:
    before = clip.read_bytes()
    with pytest.raises(ExchangeError, match="is the video itself"):
        export(project_of(clip), "mot", clip)
    assert clip.read_bytes() == before


def test_labelme_files_may_lie_beside_the_pictures_of_the_video(tmp_path: Path) -> None:
    folder = tmp_path / "shots"
    folder.mkdir()
    for frame in range(FRAMES):
        (folder / f"{frame}.jpg").write_bytes(encoded(numbered_image(frame), ".jpg"))
    export(project_of(folder), "labelme", folder)
    for frame in range(FRAMES):
        assert json.loads((folder / f"{frame}.json").read_text())["imagePath"] == f"{frame}.jpg"
    (track,) = import_tracks("labelme", folder, project_of(folder).video).tracks
    assert len(track) == FRAMES


@pytest.mark.parametrize(("name", "path"), [("coco", "a.json"), ("yolo", "a"), ("labelme", "a"), ("viame", "a.csv")])
def test_a_folder_that_is_gone_is_said_where_its_names_are_missing(tmp_path: Path, name: str, path: str) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for frame in range(FRAMES):
        (folder / f"img{40 + frame}.png").write_bytes(encoded(numbered_image(frame), ".png"))
    project = project_of(folder)
    gone = f"{folder} is not there: pictures are named by numbers and not as they are called in that folder."
    assert gone not in export(project, name, tmp_path / path).notes
    folder.rename(tmp_path / "elsewhere")
    assert gone in export(project, name, tmp_path / f"b{path}").notes
