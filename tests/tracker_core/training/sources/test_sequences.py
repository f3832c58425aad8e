from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.training_data import (
    BLUE,
    RED,
    passing_boxes,
    read_all,
    seen,
    write_pictures,
    write_video,
    write_video_folder,
)
from tracker_core.evaluation.sequences import SequenceError
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.finding import find_sources
from tracker_core.training.sources.reader import AnnotatedPicture, SourceError

BOXES = passing_boxes(4)


def rows(boxes: Sequence[Box], *, first_pixel: int = 0) -> str:
    moved = [box.translated(dx=first_pixel, dy=first_pixel) for box in boxes]
    return "".join(f"{','.join(f'{value:g}' for value in box.as_tuple())}\n" for box in moved)


def pictures(folder: Path, boxes: Sequence[Box] = BOXES) -> Path:
    return write_pictures(folder, {f"{number:04d}": {RED: box} for number, box in enumerate(boxes, start=1)})


def assert_exact(found: list[AnnotatedPicture], boxes: Sequence[Box] = BOXES) -> None:
    assert [seen(image) for image, _ in found] == list(boxes)
    assert [instance.box for _, instances in found for instance in instances] == list(boxes)


def test_otb_counts_pixels_from_1(tmp_path: Path) -> None:
    pictures(tmp_path / "Car" / "img")
    (tmp_path / "Car" / "groundtruth_rect.txt").write_text(rows(BOXES, first_pixel=1).replace(",", "\t"))
    (reader,) = find_sources(tmp_path)
    assert (reader.name, reader.kind) == (f"{tmp_path.name}.Car", "video")
    assert_exact(read_all(reader)[0])


def test_two_targets_of_one_otb_folder_are_two_tracks_of_one_source(tmp_path: Path) -> None:
    folder, other = tmp_path / "Jogging", Box(200, 100, 30, 50)
    write_pictures(folder / "img", {"0001": {RED: BOXES[0], BLUE: other}, "0002": {RED: BOXES[1]}})
    (folder / "groundtruth_rect.1.txt").write_text(rows(BOXES[:2], first_pixel=1))
    (folder / "groundtruth_rect.2.txt").write_text(rows([other], first_pixel=1) + "NaN,NaN,NaN,NaN\n")
    (reader,) = find_sources(tmp_path)
    (first, second), notes = read_all(reader)
    assert first[1] == [Instance(0, "Jogging", BOXES[0]), Instance(1, "Jogging", other)]
    assert seen(first[0], BLUE) == other
    assert second[1] == [Instance(0, "Jogging", BOXES[1])]
    assert notes == {}


def test_got10k_leaves_out_what_is_absent_or_covered(tmp_path: Path) -> None:
    pictures(tmp_path / "GOT-10k_1")
    (tmp_path / "GOT-10k_1" / "groundtruth.txt").write_text(rows(BOXES))
    (tmp_path / "GOT-10k_1" / "absence.label").write_text("1\n0\n0\n0\n")
    (tmp_path / "GOT-10k_1" / "cover.label").write_text("8\n8\n0\n3\n")
    (reader,) = find_sources(tmp_path)
    found, notes = read_all(reader)
    assert_exact(found, [BOXES[1], BOXES[3]])
    assert notes == {"target absent": 2}


def test_lasot_counts_from_1_and_lies_in_folders_of_classes(tmp_path: Path) -> None:
    folder = tmp_path / "car" / "car-1"
    pictures(folder / "img")
    (folder / "groundtruth.txt").write_text(rows(BOXES, first_pixel=1))
    (folder / "full_occlusion.txt").write_text("0,1,0,0")
    (folder / "out_of_view.txt").write_text("0,0,0,1")
    (reader,) = find_sources(tmp_path)
    assert reader.name == "car.car-1"
    assert_exact(read_all(reader)[0], [BOXES[0], BOXES[2]])


def test_vot_has_regions(tmp_path: Path) -> None:
    """Corners are the outermost pixels that belong to the region."""
    pictures(tmp_path / "ants" / "color")
    lines = [
        f"{box.x},{box.y},{box.right - 1},{box.y},{box.right - 1},{box.bottom - 1},{box.x},{box.bottom - 1}\n"
        for box in BOXES
    ]
    (tmp_path / "ants" / "groundtruth.txt").write_text("".join([*lines[:2], "1\n", lines[3]]))
    (reader,) = find_sources(tmp_path)
    found, notes = read_all(reader)
    assert_exact(found, [BOXES[0], BOXES[1], BOXES[3]])
    assert notes == {"target absent": 1}


def test_a_video_takes_the_place_of_pictures(tmp_path: Path) -> None:
    write_video_folder(tmp_path / "car", BOXES, absent=[0])
    (reader,) = find_sources(tmp_path)
    found, notes = read_all(reader)
    assert_exact(found, BOXES[1:])
    assert notes == {"target absent": 1}


def test_broken_pictures_are_passed_over(tmp_path: Path) -> None:
    pictures(tmp_path / "Car" / "img")
    (tmp_path / "Car" / "img" / "0002.png").write_bytes(b"no picture")
    (tmp_path / "Car" / "img" / "0003.png").write_bytes(b"")
    (tmp_path / "Car" / "groundtruth_rect.txt").write_text(rows(BOXES, first_pixel=1))
    found, notes = read_all(find_sources(tmp_path)[0])
    assert_exact(found, [BOXES[0], BOXES[3]])
    assert (notes, notes.places) == ({"unreadable image": 2}, ["0002.png", "0003.png"])


def test_rows_that_are_no_box_say_absent(tmp_path: Path) -> None:
    pictures(tmp_path / "Car")
    broken = ["NaN,NaN,NaN,NaN\n", "5,5,0,9\n", "5,5,9,-1\n"]
    (tmp_path / "Car" / "groundtruth.txt").write_text("".join([*broken, rows(BOXES[3:])]))
    found, notes = read_all(find_sources(tmp_path)[0])
    assert_exact(found, BOXES[3:])
    assert notes == {"target absent": 3}


def test_a_video_that_ends_early_gives_what_it_has(tmp_path: Path) -> None:
    write_video(tmp_path / "car" / "video.mp4", BOXES[:2])
    (tmp_path / "car" / "groundtruth.txt").write_text(rows(BOXES))
    found, notes = read_all(find_sources(tmp_path)[0])
    assert_exact(found, BOXES[:2])
    assert (notes, notes.places) == ({"video that ends before its truth": 1}, ["2 frames, 4 rows"])


def test_pictures_and_rows_that_do_not_match_are_refused(tmp_path: Path) -> None:
    pictures(tmp_path / "Car")
    (tmp_path / "Car" / "groundtruth.txt").write_text(rows(BOXES[:3]))
    with pytest.raises(SourceError, match="3 rows of truth for 4 pictures"):
        read_all(find_sources(tmp_path)[0])


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("groundtruth.txt", "1,2,three,4\n", "line 1: '1,2,three,4' is not a row of numbers"),
        ("absence.label", "0\n", r"absence\.label has 1 labels"),
        ("groundtruth.txt", "", "0 rows of truth for 4 pictures"),
    ],
)
def test_truth_that_makes_no_sense_is_named(tmp_path: Path, name: str, content: str, problem: str) -> None:
    pictures(tmp_path / "Car")
    (tmp_path / "Car" / "groundtruth.txt").write_text(rows(BOXES))
    (tmp_path / "Car" / name).write_text(content)
    with pytest.raises((SequenceError, SourceError), match=problem):
        read_all(find_sources(tmp_path)[0])


def test_targets_of_one_folder_need_as_many_rows(tmp_path: Path) -> None:
    pictures(tmp_path / "Jogging" / "img")
    (tmp_path / "Jogging" / "groundtruth_rect.1.txt").write_text(rows(BOXES))
    (tmp_path / "Jogging" / "groundtruth_rect.2.txt").write_text(rows(BOXES[:1]))
    with pytest.raises(SourceError, match="different numbers of rows"):
        read_all(find_sources(tmp_path)[0])


def test_the_mark_is_that_of_truth_and_labels(tmp_path: Path) -> None:
    (reader,) = find_sources(write_video_folder(tmp_path / "car", BOXES))
    before = reader.mark()
    (tmp_path / "car" / "notes.txt").write_text("not of the truth")
    assert reader.mark() == before
    (tmp_path / "car" / "absence.label").write_text("0\n1\n0\n0\n")
    assert reader.mark() != before
