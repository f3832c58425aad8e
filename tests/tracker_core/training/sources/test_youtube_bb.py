from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.training_data import (
    BLUE,
    HEIGHT,
    RED,
    WIDTH,
    passing_boxes,
    read_all,
    seen,
    write_pictures,
)
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources import youtube_bb
from tracker_core.training.sources.finding import find_sources

HEADER = "youtube_id,timestamp_ms,class_id,class_name,object_id,object_presence,xmin,xmax,ymin,ymax\n"
BOXES, OTHER = passing_boxes(2), Box(220, 150, 30, 60)
VIDEO = "-Ab_9cdEfGh"  # ids may begin with a minus, and hold a low line


def row(milliseconds: int, box: Box, *, video: str = VIDEO, track: int = 0, presence: str = "present") -> str:
    sides = (box.x / WIDTH, box.right / WIDTH, box.y / HEIGHT, box.bottom / HEIGHT)
    return f"{video},{milliseconds},0,person,{track},{presence},{','.join(map(str, sides))}\n"


def write_rows(folder: Path, *rows: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "yt_bb.csv").write_text("".join(rows))
    return folder


@pytest.mark.parametrize(
    "naming", ["{id}/{ms}", "{id}_{ms}", "frames/{id}+{ms}", "yt_bb/{id}/{ms}", "JPEGImages/{id}+0+{track}+{ms}"]
)
@pytest.mark.parametrize("header", [HEADER, ""])
def test_frames_are_found_by_id_and_time(tmp_path: Path, naming: str, header: str) -> None:
    folder = write_rows(tmp_path / "ytbb", header, row(1000, BOXES[0]), row(2000, BOXES[1]))
    names = [naming.format(id=VIDEO, ms=ms, track=0) for ms in (1000, 2000)]
    write_pictures(folder, {name: {RED: box} for name, box in zip(names, BOXES, strict=True)})
    (reader,) = find_sources(tmp_path)
    assert (reader.name, reader.kind) == ("ytbb.yt_bb-0000", "video")
    found, notes = read_all(reader)
    assert [seen(image) for image, _ in found] == BOXES
    for (_, (instance,)), box in zip(found, BOXES, strict=True):
        assert (instance.track, instance.category) == (0, "person")
        assert instance.box.as_tuple() == pytest.approx(box.as_tuple())
    assert notes == {}


def test_objects_of_one_frame_come_together_and_in_the_order_of_time(tmp_path: Path) -> None:
    folder = write_rows(
        tmp_path, row(10_000, BOXES[1]), row(9000, BOXES[0]), row(9000, OTHER, track=1), row(9000, OTHER, video="zz")
    )
    write_pictures(folder, {
        f"{VIDEO}/9000": {RED: BOXES[0], BLUE: OTHER}, f"{VIDEO}/10000": {RED: BOXES[1]}, "zz/9000": {RED: OTHER},
    })  # fmt: skip
    found, _ = read_all(find_sources(tmp_path)[0])
    assert [seen(image) for image, _ in found] == [*BOXES, OTHER]
    assert [[instance.track for instance in instances] for _, instances in found] == [[0, 1], [0], [2]]
    assert seen(found[0][0], BLUE) == OTHER


def test_a_source_is_a_stretch_of_rows_that_parts_no_video(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(youtube_bb, "ROWS_A_SOURCE", 2)
    videos = ["a", "a", "a", "b", "c", "c"]
    rows = [row(1000 * number, BOXES[0], video=video) for number, video in enumerate(videos)]
    folder = write_rows(tmp_path, *rows)
    write_pictures(folder, {f"{video}/{1000 * number}": {RED: BOXES[0]} for number, video in enumerate(videos)})
    readers = find_sources(tmp_path)
    assert [reader.name.partition("-")[2] for reader in readers] == ["0000", "0001"]
    assert [len(read_all(reader)[0]) for reader in readers] == [3, 3]
    marks = [reader.mark() for reader in readers]
    (folder / "yt_bb.csv").write_text("".join([*rows[:5], rows[5].replace("person", "animal")]))
    assert [reader.mark() == mark for reader, mark in zip(readers, marks, strict=True)] == [True, False]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("some text\n", "invalid row"),
        (row(2000, OTHER).replace("2000", "soon"), "invalid row"),
        (row(2000, OTHER, presence="there"), "invalid row"),
        ("\0" + row(2000, OTHER, presence="there"), "invalid row"),
        ("x" * 200_000 + ",1,2\n", "invalid row"),
        (row(2000, OTHER, presence="absent"), "target absent"),
        (row(2000, OTHER, presence="uncertain"), "target uncertain"),
        (row(7000, OTHER), "missing picture"),
        (row(7000, OTHER, video="x" * 300), "missing picture"),
        (row(3000, OTHER), "unreadable image"),
        (f"{VIDEO},2000,0,person,1,present,wide,1,0,1\n", "broken box"),
        (f"{VIDEO},2000,0,person,1,present,nan,1,0,1\n", "broken box"),
        (f"{VIDEO},2000,0,person,1,present,0.5,0.5,0,1\n", "broken box"),
        (f"{VIDEO},2000,0,person,1,present,0.9,0.5,0,1\n", "broken box"),
    ],
)
def test_broken_rows_are_passed_over(tmp_path: Path, line: str, problem: str) -> None:
    folder = write_rows(tmp_path, row(1000, BOXES[0]), line, row(1000, OTHER, track=5))
    write_pictures(folder, {f"{VIDEO}/1000": {RED: BOXES[0]}, f"{VIDEO}/2000": {}})
    (folder / VIDEO / "3000.png").write_bytes(b"no picture")
    found, notes = read_all(find_sources(tmp_path)[0])
    assert [len(instances) for _, instances in found] == [2]
    assert notes == {problem: 1}


def test_another_csv_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "results.csv").write_text("frame,x,y\n1,2,3\n")
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\x00,\xfe\n")
    assert find_sources(tmp_path) == []


def test_the_class_is_kept(tmp_path: Path) -> None:
    folder = write_rows(tmp_path, row(0, Box(0, 0, 160, 120)).replace("person", '"dog, small"'))
    write_pictures(folder, {f"{VIDEO}/0": {}})
    ((_, instances),), _ = read_all(find_sources(tmp_path)[0])
    assert instances == [Instance(0, "dog, small", Box(0, 0, 160, 120))]
