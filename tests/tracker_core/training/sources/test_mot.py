from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.training_data import (
    BLUE,
    RED,
    Notes,
    passing_boxes,
    read_all,
    seen,
    write_pictures,
    write_video,
)
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.finding import find_sources
from tracker_core.training.sources.mot import _picture_folder
from tracker_core.training.sources.reader import AnnotatedPicture, SourceError

SEQINFO = "[Sequence]\nname=street\nimDir=img1\nframeRate=25\nseqLength=3\nimWidth=320\nimHeight=240\nimExt=.png\n"
BOXES, OTHER = passing_boxes(3), Box(220, 150, 30, 60)


def row(frame: int, track: int, box: Box, rest: str = ",1,1,1") -> str:
    """As MOT counts: from 1."""
    return f"{frame},{track},{box.x + 1:g},{box.y + 1:g},{box.width:g},{box.height:g}{rest}\n"


def write_sequence(folder: Path, rows: list[str], *, pictures: bool = True) -> Path:
    (folder / "gt").mkdir(parents=True)
    (folder / "gt" / "gt.txt").write_text("".join(rows))
    (folder / "seqinfo.ini").write_text(SEQINFO)
    if pictures:
        names = {f"{number:06d}": {RED: box, BLUE: OTHER} for number, box in enumerate(BOXES, start=1)}
        write_pictures(folder / "img1", names)
    return folder


def read_sequence(folder: Path) -> tuple[list[AnnotatedPicture], Notes]:
    (reader,) = find_sources(folder)
    return read_all(reader)


def test_boxes_of_several_tracks_come_back_where_they_are_seen(tmp_path: Path) -> None:
    rows = [row(frame, 7, box) for frame, box in enumerate(BOXES, start=1)]
    write_sequence(tmp_path / "train" / "street", [*rows, row(2, 9, OTHER, ",1,3,0.8")])
    (reader,) = find_sources(tmp_path)
    assert (reader.name, reader.kind) == ("train.street", "video")
    found, notes = read_all(reader)
    assert [seen(image) for image, _ in found] == BOXES
    assert seen(found[1][0], BLUE) == OTHER
    assert found[0][1] == [Instance(7, "pedestrian", BOXES[0])]
    assert found[1][1] == [Instance(7, "pedestrian", BOXES[1]), Instance(9, "car", OTHER)]
    assert notes == {}


@pytest.mark.parametrize(
    ("rest", "problem"),
    [
        (",0,1,1", "box flagged to be ignored"),
        (",1,1,0.1", "target mostly hidden"),
        (",1,12,1", "class that is not a target"),
        (",1,one,1", "invalid row"),
    ],
)
def test_rows_that_do_not_count_are_left_out(tmp_path: Path, rest: str, problem: str) -> None:
    write_sequence(tmp_path / "street", [row(1, 7, BOXES[0]), row(2, 7, BOXES[1], rest)])
    found, notes = read_sequence(tmp_path)
    assert [instances[0].box for _, instances in found] == BOXES[:1]
    assert (notes, notes.places) == ({problem: 1}, ["gt.txt, line 2"])


@pytest.mark.parametrize("rest", ["", ",1", ",1,-1,-1,-1", ",1,,", ",1,1,1,"])
def test_rows_of_fewer_or_of_older_columns(tmp_path: Path, rest: str) -> None:
    """MOT15 has places in the world where its followers have class and visibility; an empty column is no number."""
    write_sequence(tmp_path / "street", [row(1, 7, BOXES[0], rest)])
    found, notes = read_sequence(tmp_path)
    assert len(found) + notes["invalid row"] == 1
    assert len(found) == (rest != ",1,,")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("1,7,ten,1,1,1\n", "invalid row"),
        ("1,7,10\n", "invalid row"),
        ("nan,7,1,1,9,9\n", "invalid row"),
        ("inf,7,1,1,9,9\n", "invalid row"),
        ("1,-1,1,1,9,9\n", "row without an identity or a frame"),
        ("0,7,1,1,9,9\n", "row without an identity or a frame"),
        ("1,7,1,1,0,9\n", "broken box"),
        ("1,7,1,1,9,-9\n", "broken box"),
        ("1,7,nan,1,9,9\n", "broken box"),
        (row(3, 5, OTHER), "second box of an identity in a frame"),
    ],
)
def test_broken_rows_are_passed_over(tmp_path: Path, line: str, problem: str) -> None:
    write_sequence(tmp_path / "street", [row(3, 5, BOXES[2]), line])
    found, notes = read_sequence(tmp_path)
    assert [instances for _, instances in found] == [[Instance(5, "pedestrian", BOXES[2])]]
    assert notes == {problem: 1}


def test_classes_are_named_by_the_list_beside_the_truth(tmp_path: Path) -> None:
    folder = write_sequence(tmp_path / "street", [row(1, 7, BOXES[0], ",1,2,1"), row(1, 8, OTHER, ",1,3,1")])
    (folder / "gt" / "labels.txt").write_text("car\ncrowd\n")
    found, notes = read_sequence(tmp_path)
    assert [instance.category for instance in found[0][1]] == ["crowd", ""]
    assert notes == {}


def test_a_picture_belongs_to_the_frame_of_its_number(tmp_path: Path) -> None:
    folder = write_sequence(tmp_path / "street", [row(frame, 7, box) for frame, box in enumerate(BOXES, start=1)])
    (folder / "img1" / "000001.png").unlink()
    (folder / "img1" / "000002.png").write_bytes(b"no picture")
    found, notes = read_sequence(tmp_path)
    assert [seen(image) for image, _ in found] == [BOXES[2]] == [instances[0].box for _, instances in found]
    assert notes == {"missing frame": 1, "unreadable image": 1}


def test_a_video_takes_the_place_of_pictures(tmp_path: Path) -> None:
    rows = [row(1, 7, BOXES[0]), row(3, 7, BOXES[2]), row(9, 7, BOXES[2])]
    folder = write_sequence(tmp_path / "street", rows, pictures=False)
    write_video(folder / "street.mp4", BOXES)
    found, notes = read_sequence(tmp_path)
    assert [seen(image) for image, _ in found] == [BOXES[0], BOXES[2]]
    assert [instances[0].box for _, instances in found] == [BOXES[0], BOXES[2]]
    assert (notes, notes.places) == ({"missing frame": 1}, ["frame 9"])


def test_the_folder_of_pictures_is_where_the_ini_says(tmp_path: Path) -> None:
    folder = write_sequence(tmp_path / "street", [row(1, 7, BOXES[0])])
    (folder / "img1").rename(folder / "frames")
    (folder / "seqinfo.ini").write_text(SEQINFO.replace("img1", "frames"))
    assert len(read_sequence(tmp_path)[0]) == 1


def test_an_ini_that_makes_no_sense_is_told(tmp_path: Path) -> None:
    folder = write_sequence(tmp_path / "street", [row(1, 7, BOXES[0])])
    (folder / "seqinfo.ini").write_text("name=street\n")
    found, notes = read_sequence(tmp_path)
    assert (len(found), notes) == (1, {"unreadable seqinfo.ini": 1})


def test_a_sequence_without_truth_or_without_frames_is_named(tmp_path: Path) -> None:
    folder = write_sequence(tmp_path / "street", [row(1, 7, BOXES[0])], pictures=False)
    with pytest.raises(SourceError, match="neither pictures in img1 nor one video"):
        read_sequence(tmp_path)
    (folder / "gt" / "gt.txt").unlink()
    with pytest.raises(SourceError, match=r"has no gt/gt\.txt"):
        read_sequence(tmp_path)


def test_a_seqinfo_that_breaks_off_is_noted_and_the_usual_folder_is_taken(tmp_path: Path) -> None:
    """What a parser has read before it fails is in a state of its own: values are lists there."""
    (tmp_path / "seqinfo.ini").write_text("[Sequence]\nimDir=pictures\nthis is no option\n")
    noted: list[str] = []
    assert _picture_folder(tmp_path, lambda problem, where="": noted.append(problem)) == "img1"
    assert noted == ["unreadable seqinfo.ini"]
