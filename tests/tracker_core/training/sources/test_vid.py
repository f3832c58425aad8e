from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.training_data import BLUE, RED, passing_boxes, read_all, seen, write_pictures
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources import vid
from tracker_core.training.sources.finding import find_sources
from tracker_core.training.sources.reader import SourceError

BOXES, OTHER = passing_boxes(2), Box(220, 150, 30, 60)
PART = "VID/train/part_0000"


def target(box: Box, track: str, name: str = "n02958343") -> str:
    sides = {"xmax": box.right, "xmin": box.x, "ymax": box.bottom, "ymin": box.y}
    corners = "".join(f"<{side}>{value:g}</{side}>" for side, value in sides.items())
    return f"<object><trackid>{track}</trackid><name>{name}</name><bndbox>{corners}</bndbox></object>"


def write_video(root: Path, video: str, targets: Mapping[str, str]) -> None:
    """An annotation for each frame; every picture shows both boxes."""
    folder = root / "Annotations" / PART / video
    folder.mkdir(parents=True)
    for frame, text in targets.items():
        (folder / f"{frame}.xml").write_text(f"<annotation><filename>{frame}</filename>{text}</annotation>")
    shown = {frame: {RED: BOXES[number % 2], BLUE: OTHER} for number, frame in enumerate(targets)}
    write_pictures(root / "Data" / PART / video, shown)


def test_tracks_are_told_apart_by_video_and_trackid(tmp_path: Path) -> None:
    write_video(tmp_path / "ILSVRC", "a", {"000000": target(BOXES[0], "0") + target(OTHER, "1"), "000001": ""})
    write_video(tmp_path / "ILSVRC", "b", {"000000": target(BOXES[0], "0"), "000001": target(BOXES[1], "0")})
    (reader,) = find_sources(tmp_path)
    assert (reader.name, reader.kind) == ("train.part_0000-000", "video")
    found, notes = read_all(reader)
    assert [seen(image) for image, _ in found] == [BOXES[0], *BOXES]
    assert seen(found[0][0], BLUE) == OTHER
    assert found[0][1] == [Instance(0, "n02958343", BOXES[0]), Instance(1, "n02958343", OTHER)]
    assert [instances for _, instances in found[1:]] == [[Instance(2, "n02958343", box)] for box in BOXES]
    assert notes == {}


def test_a_source_is_so_many_videos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vid, "VIDEOS_A_SOURCE", 2)
    for video in "cab":
        write_video(tmp_path, video, {"000000": target(BOXES[0], "0")})
    readers = find_sources(tmp_path)
    assert [reader.name for reader in readers] == ["train.part_0000-000", "train.part_0000-001"]
    assert [len(read_all(reader)[0]) for reader in readers] == [2, 1]
    marks = [reader.mark() for reader in readers]
    (tmp_path / "Annotations" / PART / "c" / "000001.xml").write_text("<annotation/>")
    assert [reader.mark() == mark for reader, mark in zip(readers, marks, strict=True)] == [True, False]


def test_broken_parts_are_passed_over(tmp_path: Path) -> None:
    untracked = target(BOXES[0], "0").replace("trackid", "id")
    wide = target(BOXES[0], "0").replace(f"<xmax>{BOXES[0].right:g}", "<xmax>wide")
    upside_down = target(BOXES[0], "0").replace(f"<ymax>{BOXES[0].bottom:g}", "<ymax>0")
    write_video(tmp_path, "a", {
        "0": target(BOXES[0], "0"), "1": "<object>", "2": untracked, "3": wide, "4": upside_down,
        "5": "<object><trackid>3</trackid></object>", "6": target(BOXES[0], "0"), "7": target(BOXES[0], "0"),
    })  # fmt: skip
    pictures = tmp_path / "Data" / PART / "a"
    (pictures / "6.png").write_bytes(b"no picture")
    (pictures / "7.png").unlink()
    found, notes = read_all(find_sources(tmp_path)[0])
    assert len(found) == 1
    assert notes == {
        "unreadable annotation": 1, "object without a trackid": 1, "broken box": 3, "unreadable image": 1,
        "missing picture": 1,
    }  # fmt: skip
    assert notes.places[0] == "a/1.xml"


def test_a_part_without_pictures_is_named(tmp_path: Path) -> None:
    write_video(tmp_path, "a", {"000000": target(BOXES[0], "0")})
    (tmp_path / "Data" / PART).rename(tmp_path / "Data" / "elsewhere")
    (reader,) = find_sources(tmp_path)
    with pytest.raises(SourceError, match="has no pictures"):
        read_all(reader)
