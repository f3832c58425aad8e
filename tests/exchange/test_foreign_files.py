"""Files as other programs write them, in the shapes in which people have them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

from app.exchange.errors import ExchangeError
from app.exchange.guessing import guessed_format
from app.exchange.importing import ImportedTracks, import_tracks
from app.model.box_record import keyframe
from app.model.project import VideoReference
from tracker_core.geometry import Box

VIDEO = VideoReference(Path("/videos/street.mp4"), 60, 200, 100, Fraction(25))
ROW = "0 0.5 0.5 0.25 0.5\n"  # the box below
BOX = Box(75, 25, 50, 50)


def imported(path: Path) -> ImportedTracks:
    return import_tracks(guessed_format(path), path, VIDEO)


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


ROBOFLOW = {
    "README.dataset.txt": "Undefined > 2026\nA text that is no label.\n",
    "README.roboflow.txt": "street - v1\n",
    "data.yaml": "train: ../train/images\nval: ../valid/images\nnc: 1\nnames: ['car']\n",
    "train/labels/street_000000.txt": ROW,
    "valid/labels/street_000001.txt": ROW,
}
TWO_PARTS = {
    "data.yaml": "train: images/train\nval: images/val\nnames:\n  0: car\n",
    "labels/train/street_000000.txt": ROW,
    "labels/val/street_000001.txt": ROW,
}
DARKNET = {
    "obj.names": "car\n",
    "obj.data": "classes = 1\n",
    "train.txt": "data/obj_train_data/frame_000000.png\n",
    "obj_train_data/frame_000000.txt": ROW,
    "obj_train_data/frame_000001.txt": ROW,
}
LABEL_STUDIO = {
    "classes.txt": "car\n",
    "notes.json": "{}",
    "labels/frame_000000.txt": ROW,
    "labels/frame_000001.txt": ROW,
}


@pytest.mark.parametrize("files", [ROBOFLOW, TWO_PARTS, DARKNET, LABEL_STUDIO])
def test_yolo_is_found_where_other_programs_put_it(tmp_path: Path, files: Mapping[str, str]) -> None:
    found = imported(written(tmp_path, files))
    assert [(one.frame, one.label, one.record.box) for one in found.detections] == [(0, "car", BOX), (1, "car", BOX)]


@pytest.mark.parametrize("names", ['{"0": car, "1": person}', "{0: car, 1: person}", "{'1': person, '0': car}"])
def test_the_numbers_of_yolo_classes_may_be_texts(tmp_path: Path, names: str) -> None:
    found = imported(
        written(tmp_path, {"labels/street_0.txt": f"{ROW}1 0.5 0.5 0.25 0.5\n", "data.yaml": f"names: {names}\n"})
    )
    assert [one.label for one in found.detections] == ["car", "person"]
    assert found.labels == ("car", "person")


def test_more_than_ten_yolo_classes_keep_their_order(tmp_path: Path) -> None:
    about = "names:\n" + "".join(f"  {number}: kind {number}\n" for number in range(12))
    found = imported(written(tmp_path, {"labels/street_0.txt": ROW, "data.yaml": about}))
    assert found.labels == tuple(f"kind {number}" for number in range(12))


@pytest.mark.parametrize("names", ["{a: car}", "{-1: car}", "{0.5: car}", "{true: car}", "car", "3"])
def test_names_of_yolo_that_say_nothing_are_told(tmp_path: Path, names: str) -> None:
    found = imported(written(tmp_path, {"labels/street_0.txt": ROW, "data.yaml": f"names: {names}\n"}))
    assert [one.label for one in found.detections] == ["class 0"]
    assert 'data.yaml names no class 0: its boxes are called "class 0".' in found.notes


def test_seven_values_of_yolo_are_a_score_and_a_track(tmp_path: Path) -> None:
    rows = {f"labels/street_{number}.txt": f"{ROW.strip()} 0.87 1\n" for number in range(3)}
    (track,) = imported(written(tmp_path, rows)).tracks
    assert [(frame, record.score) for frame, record in track.items()] == [(0, 0.87), (1, 0.87), (2, 0.87)]


TRIANGLE = "0 0.1 0.1 0.5 0.5 0.1 0.9"
ROUND_IT = Box(20, 10, 80, 80)


@pytest.mark.parametrize(
    ("behind", "score", "is_track"),
    [("", None, False), (" 0.8", 0.8, False), (" 3", None, True), (" 0.8 3", 0.8, True)],
)
def test_outlines_of_yolo_may_have_a_score_and_a_track_behind_them(
    tmp_path: Path, behind: str, score: float | None, is_track: bool
) -> None:
    found = imported(written(tmp_path, {"labels/street_0.txt": f"{TRIANGLE}{behind}\n"}))
    records = [record for track in found.tracks for _, record in track.items()]
    assert [track.id for track in found.tracks] == ([3] if is_track else [])
    (record,) = records or [one.record for one in found.detections]
    assert record.box is not None
    assert record.box.as_tuple() == pytest.approx(ROUND_IT.as_tuple())
    assert record.score == score


def test_key_points_of_yolo_do_not_enlarge_the_box(tmp_path: Path) -> None:
    row = f"{ROW.strip()} 0.4 0.4 2 0.9 0.9 1\n"
    about = "names: [car]\nkpt_shape: [2, 3]\n"
    found = imported(written(tmp_path, {"labels/street_0.txt": row, "data.yaml": about}))
    assert [one.record.box for one in found.detections] == [BOX]
    assert "1 box with key points, which are not kept." in found.notes
    (tmp_path / "data.yaml").unlink()
    with pytest.raises(ExchangeError, match=r"far outside the picture \(key points need kpt_shape"):
        imported(tmp_path)


def test_points_of_labelme_that_are_no_pairs_are_told_in_words(tmp_path: Path) -> None:
    shape = {"label": "ball", "points": [1, 2], "shape_type": "rectangle"}
    (tmp_path / "frame_00000.json").write_text(json.dumps({"version": "5.5.0", "shapes": [shape]}))
    with pytest.raises(ExchangeError, match="the points of a shape are no pairs of numbers"):
        imported(tmp_path)


def grouped(label: str, corners: list[list[float]], group: int = 7, **more: object) -> dict[str, object]:
    return {"label": label, "points": corners, "shape_type": "rectangle", "group_id": group, **more}


def test_the_parts_of_one_thing_that_labelme_groups_are_one_box_round_them(tmp_path: Path) -> None:
    parts = [grouped("car", [[10, 20], [30, 40]]), grouped("car", [[50, 45], [35, 10]], flags={"occluded": True})]
    (tmp_path / "frame_00000.json").write_text(json.dumps({"version": "5.5.0", "shapes": parts}))
    (tmp_path / "frame_00001.json").write_text(json.dumps({"version": "5.5.0", "shapes": parts[:1]}))
    found = imported(tmp_path)
    (track,) = found.tracks
    assert (track.id, track.label) == (7, "car")
    assert track.get(0) == keyframe(Box(10, 10, 40, 35), occluded=True)
    assert track.get(1) == keyframe(Box(10, 20, 20, 20))
    assert "1 box of a group that has another of its label in the picture: one box round both." in found.notes


def test_things_of_several_labels_that_labelme_groups_are_a_track_each(tmp_path: Path) -> None:
    rider, bicycle = grouped("person", [[10, 5], [30, 40]]), grouped("bicycle", [[8, 30], [35, 60]])
    for number, shapes in enumerate(
        [[rider, bicycle], [bicycle, rider], [bicycle], [grouped("car", [[1, 2], [3, 4]], 9)]]
    ):
        (tmp_path / f"frame_{number:05}.json").write_text(json.dumps({"version": "5.5.0", "shapes": shapes}))
    found = imported(tmp_path)
    frames = {
        (track.id, track.label): [n for n, record in track.items() if not record.absent] for track in found.tracks
    }
    assert frames == {(7, "person"): [0, 1], (10, "bicycle"): [0, 1, 2], (9, "car"): [3]}
    assert 'Group 7 has several labels in one picture: its "bicycle" is track 10.' in found.notes


@pytest.mark.parametrize(
    ("name", "labels"), [("MOT17-02-FRCNN", ["pedestrian", "car"]), ("mine", ["class 1", "class 3"])]
)
def test_classes_of_the_mot_benchmark_have_its_names(tmp_path: Path, name: str, labels: list[str]) -> None:
    rows = "1,1,10,6,20,30,1,1,1\n1,2,60,6,20,30,1,3,1\n1,3,90,6,20,30,0,7,1\n"
    about = f"[Sequence]\nname={name}\nimDir=img1\nframeRate=30\nseqLength=60\nimWidth=200\nimHeight=100\nimExt=.jpg\n"
    folder = written(tmp_path, {"gt/gt.txt": rows, "seqinfo.ini": about})
    found = imported(folder)
    assert [track.label for track in found.tracks] == labels
    assert list(found.labels) == labels


def test_outlines_of_labelme_become_the_boxes_round_them(tmp_path: Path) -> None:
    shapes = [
        {"label": "person", "points": [[60, 5], [70, 5], [75, 40], [58, 40]], "shape_type": "polygon"},
        {"label": "ball", "points": [[20, 20], [23, 24]], "shape_type": "circle"},
        {"label": "spot", "points": [[5, 5]], "shape_type": "point"},
    ]
    file = tmp_path / "frame_00000.json"
    file.write_text(json.dumps({"version": "5.5.0", "shapes": shapes, "imageHeight": 100, "imageWidth": 200}))
    found = imported(tmp_path)
    assert [one.record.box for one in found.detections] == [Box(58, 5, 17, 35), Box(15, 15, 10, 10)]
    assert found.notes == (
        "2 boxes round an outline, which is not kept.",
        "1 box of a shape that encloses nothing, such as points and lines: left out.",
    )


CVAT_SHAPES = """<annotations><version>1.1</version>
<track id="1" label="person"><polygon frame="0" keyframe="1" outside="0" points="1,2;30,2;30,20"/></track>
<track id="2" label="person"><ellipse frame="0" keyframe="1" outside="0" cx="50" cy="40" rx="10" ry="20"/></track>
<track id="3" label="person"><mask frame="0" outside="0" rle="1" left="5" top="6" width="7" height="8"/></track>
<track id="4" label="car"><box frame="0" outside="0" xtl="50" ytl="40" xbr="70" ybr="50" rotation="90"/></track>
<track id="5" label="spot"><points frame="0" keyframe="1" outside="0" points="1,2"/></track></annotations>"""


def test_shapes_of_cvat_become_the_upright_boxes_round_them(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(CVAT_SHAPES)
    found = imported(tmp_path / "a.xml")
    first = {track.id: track.get(0) for track in found.tracks}
    boxes = {number: None if record is None else record.box for number, record in first.items()}
    turned = boxes.pop(4)
    assert boxes == {1: Box(1, 2, 29, 18), 2: Box(40, 20, 20, 40), 3: Box(5, 6, 7, 8)}
    assert turned is not None
    assert turned.as_tuple() == pytest.approx((55, 35, 10, 20))
    assert set(found.notes) == {
        "3 boxes round an outline, which is not kept.",
        "1 box turned by an angle: the upright box round it is taken.",
        "1 box of another shape (points, lines, cuboids): left out.",
    }


CVAT_IMAGES = """<annotations><version>1.1</version>
<image id="0" name="frame_000000.png"><box label="car" occluded="1" xtl="1" ytl="2" xbr="30" ybr="40"/></image>
<image id="1" name="frame_000001.png"><polygon label="car" occluded="0" points="{points}"/></image></annotations>"""


def test_cvat_for_images_becomes_detections(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(CVAT_IMAGES.format(points="1,2;30,2;30,20"))
    found = imported(tmp_path / "a.xml")
    assert [(one.frame, one.record.box, one.record.occluded) for one in found.detections] == [
        (0, Box(1, 2, 29, 38), True),
        (1, Box(1, 2, 29, 18), False),
    ]
    (tmp_path / "a.xml").write_text(CVAT_IMAGES.format(points="1,2;3"))
    with pytest.raises(ExchangeError, match=r'picture "frame_000001\.png" is invalid'):
        imported(tmp_path / "a.xml")


def test_outlines_and_points_of_viame_are_left_out_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "# 1: Detection or Track-id\n0,,0,10,5,40,30,1,-1,fish,0.9,(kp) head 12 14\n0,,1,10,5,40,30,1,-1,fish,0.9,\n"
    )
    assert "1 box with an outline or points, which are not kept." in imported(tmp_path / "a.csv").notes


def test_a_text_of_other_columns_is_told_to_name_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("0,1,10,5,30,25,car\n")
    with pytest.raises(ExchangeError, match=r"7 columns, and 11 are named \(fn,id,.*name the columns of this file"):
        imported(tmp_path / "a.txt")
