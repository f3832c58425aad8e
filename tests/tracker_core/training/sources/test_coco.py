from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.training_data import (
    BLUE,
    RED,
    Notes,
    outline_of,
    read_all,
    seen,
    write_pictures,
    write_still_folder,
)
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import Instance
from tracker_core.training.sources.finding import find_sources
from tracker_core.training.sources.reader import SourceError

BOX, OTHER = Box(100, 80, 60, 40), Box(200, 20, 40, 50)


def annotation(box: Box, *, image: int = 1, **more: object) -> dict[str, object]:
    return {"image_id": image, "category_id": 3, "bbox": list(box.as_tuple()), "iscrowd": 0, **more}


def write_index(path: Path, annotations: list[dict[str, object]], *, files: tuple[str, ...] = ("a.png",)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    images = [{"id": number, "file_name": name} for number, name in enumerate(files, start=1)]
    content = {"images": images, "annotations": annotations, "categories": [{"id": 3, "name": "brick"}]}
    path.write_text(json.dumps(content))
    return path


def read_one(tmp_path: Path, *annotations: dict[str, object]) -> tuple[list[Instance], Notes]:
    """What one picture with these annotations says."""
    write_pictures(tmp_path / "coco" / "train", {"a": {RED: BOX, BLUE: OTHER}})
    write_index(tmp_path / "coco" / "annotations" / "instances_train.json", list(annotations))
    (reader,) = find_sources(tmp_path)
    ((_, instances),), notes = read_all(reader)
    return instances, notes


@pytest.mark.parametrize("place", ["val2017", "images/val2017"])
def test_the_layout_of_coco(tmp_path: Path, place: str) -> None:
    root = tmp_path / "coco"
    write_pictures(root / place, {"a": {RED: BOX, BLUE: OTHER}, "b": {}})
    write_index(
        root / "annotations" / "instances_val2017.json",
        [annotation(BOX, segmentation=[list(outline_of(BOX)[0])]), annotation(OTHER)],
        files=("a.png", "b.png"),
    )
    write_index(root / "annotations" / "captions_val2017.json", [])
    (reader,) = find_sources(tmp_path)
    assert (reader.name, reader.kind) == ("coco.val2017", "stills")
    ((image, instances), (_, none)), notes = read_all(reader)
    assert (seen(image, RED), seen(image, BLUE)) == (BOX, OTHER)
    assert instances == [Instance(0, "brick", BOX, outline_of(BOX)), Instance(1, "brick", OTHER)]
    assert none == []  # a background
    assert notes == {}


def test_each_index_of_a_folder_is_a_source(tmp_path: Path) -> None:
    for part in ("train", "val"):
        write_index(tmp_path / "coco" / "annotations" / f"instances_{part}.json", [])
    assert [reader.name for reader in find_sources(tmp_path)] == ["coco.train", "coco.val"]


def test_an_index_beside_its_images(tmp_path: Path) -> None:
    write_still_folder(tmp_path / "set" / "bricks", [[BOX], []])
    (reader,) = find_sources(tmp_path)
    assert reader.name == "set.bricks"
    ((image, instances), (_, none)), _ = read_all(reader)
    assert seen(image) == BOX == instances[0].box
    assert none == []


def test_a_picture_is_found_by_its_path_or_by_its_mere_name(tmp_path: Path) -> None:
    root = tmp_path / "coco"
    write_pictures(root / "train", {"deep/a": {RED: BOX}, "b": {RED: OTHER}})
    write_index(
        root / "annotations" / "instances_train.json",
        [annotation(BOX), annotation(OTHER, image=2)],
        files=("deep/a.png", "C/of/the/maker/b.png"),
    )
    found, notes = read_all(find_sources(tmp_path)[0])
    assert [seen(image) for image, _ in found] == [BOX, OTHER]
    assert notes == {}


def test_crowds_are_left_out(tmp_path: Path) -> None:
    instances, notes = read_one(tmp_path, annotation(OTHER, iscrowd=1), annotation(BOX))
    assert [instance.box for instance in instances] == [BOX]
    assert notes == {"crowd": 1}


@pytest.mark.parametrize(
    "segmentation",
    [
        {"counts": "abc", "size": [9, 9]},
        [],
        None,
        7,
        [7],
        [[1, 2, 3, 4]],
        [[1, 2, 3, 4, 5, "six"]],
        [[1, 2, 3, 4, 5, 6, 7]],
    ],
)
def test_a_segmentation_that_is_no_polygon_gives_no_outline(tmp_path: Path, segmentation: object) -> None:
    instances, notes = read_one(tmp_path, annotation(BOX, segmentation=segmentation))
    assert instances == [Instance(0, "brick", BOX)]
    assert notes == {}


@pytest.mark.parametrize(
    "bbox",
    [None, "box", [1, 2, 3], [1, 2, "three", 4], [1, 2, None, 4], [1, 2, 0, 4], [1, 2, -3, 4], [float("nan")] * 4],
)
def test_broken_boxes_are_passed_over(tmp_path: Path, bbox: object) -> None:
    instances, notes = read_one(tmp_path, annotation(BOX) | {"bbox": bbox}, annotation(OTHER))
    assert [instance.box for instance in instances] == [OTHER]
    assert (notes, notes.places) == ({"broken box": 1}, ["a.png"])


def test_entries_that_are_no_objects_are_passed_over(tmp_path: Path) -> None:
    index = tmp_path / "coco" / "annotations" / "instances_train.json"
    write_pictures(tmp_path / "coco" / "train", {"a": {RED: BOX}})
    write_index(index, [annotation(BOX)])
    content = json.loads(index.read_text())
    content["images"] += [None, 7, {"id": [1]}, {"id": 9}, {"id": 9, "file_name": "\0"}, {"file_name": "x" * 300}]
    content["annotations"] += ["box", {"image_id": {}, "bbox": [1, 2, 3, 4]}]
    content["categories"] = None
    index.write_text(json.dumps(content))
    ((_, instances),), notes = read_all(find_sources(tmp_path)[0])
    assert instances == [Instance(0, "", BOX)]
    assert notes == {"unreadable image": 3}


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"images": 3}', "[" * 100_000, "\udcff"])
def test_a_broken_index_is_named(tmp_path: Path, content: str) -> None:
    write_still_folder(tmp_path / "s", [[BOX]])
    (tmp_path / "s" / "annotations.json").write_text(content, errors="surrogateescape")
    with pytest.raises(SourceError, match=r"annotations\.json is (damaged|no COCO index)"):
        read_all(find_sources(tmp_path)[0])


def test_an_index_without_pictures_is_named(tmp_path: Path) -> None:
    write_index(tmp_path / "coco" / "annotations" / "instances_train.json", [annotation(BOX)])
    with pytest.raises(SourceError, match=r"there is no folder .*coco/train nor .*coco/images/train"):
        read_all(find_sources(tmp_path)[0])
