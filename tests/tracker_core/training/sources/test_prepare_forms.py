"""One tree with a source of every form, all of which show one box at one place: prepared, and read as training does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.training_data import HEIGHT, RED, WIDTH, seen, write_pictures
from tracker_core.geometry import Box
from tracker_core.training.pictures.prepared import open_sources
from tracker_core.training.sources.finding import find_sources
from tracker_core.training.sources.prepare import prepare

BOX = Box(100, 80, 60, 40)
FROM_1 = "101,81,60,40"


def write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "data"
    for place in (
        "otb/Car/img", "got/GOT_1", "lasot/car/car-1/img", "vot/ants/color", "mot/street/img1", "coco/val",
        "vid/Data/VID/val/a", "ytbb/frames/a",
    ):  # fmt: skip
        write_pictures(root / place, {"000001": {RED: BOX}, "000002": {RED: BOX}})
    write_text(root / "otb/Car/groundtruth_rect.txt", f"{FROM_1}\n" * 2)
    write_text(root / "got/GOT_1/groundtruth.txt", "100,80,60,40\n" * 2)
    write_text(root / "lasot/car/car-1/groundtruth.txt", f"{FROM_1}\n" * 2)
    write_text(root / "lasot/car/car-1/out_of_view.txt", "0,0")
    write_text(root / "vot/ants/groundtruth.txt", "100,80,159,80,159,119,100,119\n" * 2)
    write_text(root / "mot/street/gt/gt.txt", f"1,4,{FROM_1},1,1,1\n2,4,{FROM_1},1,1,1\n")
    images = [{"id": number, "file_name": f"{number:06d}.png"} for number in (1, 2)]
    boxes = [{"image_id": number, "category_id": 1, "bbox": BOX.as_tuple()} for number in (1, 2)]
    index = {"images": images, "annotations": boxes, "categories": [{"id": 1, "name": "brick"}]}
    write_text(root / "coco/annotations/instances_val.json", json.dumps(index))
    sides = "<xmin>100</xmin><xmax>160</xmax><ymin>80</ymin><ymax>120</ymax>"
    target = f"<object><trackid>0</trackid><name>brick</name><bndbox>{sides}</bndbox></object>"
    for frame in ("000001", "000002"):
        write_text(root / f"vid/Annotations/VID/val/a/{frame}.xml", f"<annotation>{target}</annotation>")
    relative = f"{100 / WIDTH},{160 / WIDTH},{80 / HEIGHT},{120 / HEIGHT}"
    rows = "".join(f"a,00000{number},0,brick,0,present,{relative}\n" for number in (1, 2))
    write_text(root / "ytbb/train.csv", rows)
    return root


def test_every_form_gives_the_box_where_its_pictures_show_it(tree: Path, tmp_path: Path) -> None:
    reports = prepare(find_sources(tree), tmp_path / "out")
    assert {report.name: (report.pictures, report.boxes, dict(report.problems)) for report in reports} == dict.fromkeys(
        (
            "coco.val", "got.GOT_1", "car.car-1", "mot.street", "otb.Car", "VID.val-000", "vot.ants", "ytbb.train-0000",
        ),
        (2, 2, {}),
    )  # fmt: skip
    for source in open_sources(tmp_path / "out"):
        assert source.kind == ("stills" if source.name == "coco.val" else "video")
        for picture in source.pictures:
            (instance,) = picture.instances
            assert instance.box.as_tuple() == pytest.approx(BOX.as_tuple(), abs=0.01), source.name
            shown = seen(source.image(picture))
            assert shown is not None
            assert shown.iou(BOX) > 0.9
        assert len({picture.instances[0].track for picture in source.pictures}) == 1
