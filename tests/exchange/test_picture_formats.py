"""YOLO, Pascal VOC, LabelMe, CVAT, YouTube-VIS and COCO detection: what is written, and what other programs write."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from app.exchange.annotations import ExportOptions, ImportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.formats import check
from app.exchange.importing import import_tracks
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import Label
from tests.support.annotated_projects import VIDEO, street
from tracker_core.geometry import Box

# YOLO


def test_a_folder_of_yolo(tmp_path: Path) -> None:
    report = export(street(), "yolo", tmp_path / "yolo")
    about = yaml.safe_load((tmp_path / "yolo" / "data.yaml").read_text())
    assert about["names"] == {0: "person", 1: "car"}
    assert (about["train"], about["val"], about["nc"]) == ("images/train", "images/train", 2)
    assert report.numbered_classes == "0 person, 1 car"
    labels = tmp_path / "yolo" / "labels" / "train"
    assert len(list(labels.iterdir())) == 30  # an empty file says that nothing is in a picture
    assert (labels / "street_000001.txt").read_text() == "1 0.046875000 0.097222222 0.062500000 0.083333333\n"
    assert (labels / "street_000016.txt").read_text() == ""


def test_with_keyframes_only_no_picture_is_said_to_be_empty(tmp_path: Path) -> None:
    export(street(), "yolo", tmp_path / "yolo", ExportOptions(keyframes_only=True))
    assert len(list((tmp_path / "yolo" / "labels" / "train").iterdir())) == 4


def test_boxes_over_the_border_are_cut_for_yolo_and_that_is_said(tmp_path: Path) -> None:
    project = street()
    project.tracks[5].put({28: keyframe(Box(-10, -10, 20, 20)), 27: keyframe(Box(-50, 0, 20, 20))})
    report = export(project, "yolo", tmp_path / "yolo")
    assert "1 box cut at the border: the format holds what is in the picture." in report.notes
    assert "1 box wholly outside the picture: left out." in report.notes
    assert not any("written as drawn" in note for note in report.notes)
    assert (tmp_path / "yolo" / "labels" / "train" / "street_000029.txt").read_text().startswith("1 0.0078125")


@pytest.mark.parametrize("text", ["names: [cat, dog]\n", "names:\n  0: cat\n  1: dog\n", "names:\n- cat\n- dog\n"])
def test_yolo_of_others(tmp_path: Path, text: str) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "data.yaml").write_text(text)
    (tmp_path / "labels" / "frame_40.txt").write_text("1 0.5 0.5 0.5 0.5 0.25\n0 0.1 0.1 0.3 0.1 0.3 0.3 0.1 0.3\n")
    (tmp_path / "labels" / "frame_41.txt").write_text("7 0.5 0.5 0.5 0.5 0.75\n")
    imported = import_tracks("yolo", tmp_path, replace(VIDEO, frame_count=100))
    first, outline, other = imported.detections
    assert (first.frame, first.label) == (40, "dog")
    assert first.record == BoxRecord(Box(160, 90, 320, 180), Source.TRACKER, 0.25)
    assert (outline.label, outline.record.source) == ("cat", Source.HUMAN)
    assert (other.frame, other.label) == (41, "class 7")
    assert "1 box round an outline, which is not kept." in imported.notes


def test_yolo_with_the_number_of_a_track(tmp_path: Path) -> None:
    (tmp_path / "0.txt").write_text("0 0.5 0.5 0.5 0.5 3\n0 0.1 0.1 0.1 0.1 12\n")
    (tmp_path / "1.txt").write_text("0 0.5 0.5 0.5 0.5 3\n")
    imported = import_tracks("yolo", tmp_path, VIDEO, ImportOptions(label_names=("fish",)))
    assert {track.id: (track.label, len(track)) for track in imported.tracks} == {3: ("fish", 2), 12: ("fish", 1)}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("0 0.5 0.5 0.5\n", "0.txt, line 1: 4 values, but a row is class cx cy w h"),
        ("3 0.5 0.5 0.5 0.5\n", "0.txt, line 1: class 3: the class has no name in data.yaml"),
        ("0 1.5 0.5 0.5 0.5\n",
         "0.txt, line 1: a share of the picture lies from 0 to 1; training passes over the whole picture"),
        ("0 0.5 0.5 0 0.5\n", "0.txt, line 1: a box needs a width and a height above 0"),
        ("0 x 0.5 0.5 0.5\n", "0.txt, line 1: not a number in every column"),
    ],
)  # fmt: skip
def test_what_training_would_pass_over(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "data.yaml").write_text("train: images\nval: images\nnames: [cat]\n")
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "0.txt").write_text(text)
    assert check(tmp_path, "yolo") == [fault]


def test_a_description_that_would_never_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "0.txt").write_text("0 0.5 0.5 0.5 0.5\n")
    for text in (
        "a: " + "[" * 5000,
        "&a [*a]\n",
        "names: " + "9" * 2_000_000,
        "names: !!python/object/apply:os.system [ls]",
    ):
        (tmp_path / "data.yaml").write_text(text)
        with pytest.raises(ExchangeError) as caught:
            import_tracks("yolo", tmp_path, VIDEO)
        assert len(str(caught.value)) < 300 + len(str(tmp_path))


# Pascal VOC


def test_a_picture_of_voc(tmp_path: Path) -> None:
    report = export(street(), "voc", tmp_path / "voc")
    root = ElementTree.parse(tmp_path / "voc" / "Annotations" / "street_000002.xml").getroot()
    assert root.findtext("filename") == "street_000002.jpg"
    assert root.findtext("object/name") == "car"
    corners = [root.findtext(f"object/bndbox/{key}") for key in ("xmin", "ymin", "xmax", "ymax")]
    assert corners == ["13", "24", "53", "53"]  # 12.3, 22.7 and 40.3 x 30.05, in whole pixels from 1
    assert len((tmp_path / "voc" / "ImageSets" / "Main" / "default.txt").read_text().splitlines()) == 30
    assert "14 boxes rounded to whole pixels." in report.notes


def test_voc_lists_its_labels_for_readers_that_take_no_others(tmp_path: Path) -> None:
    project = street()
    project.tracks[2].label = "person: élève"
    project.labels["person: élève"] = Label("person: élève", "#f97316")
    report = export(project, "voc", tmp_path / "voc")
    lines = (tmp_path / "voc" / "labelmap.txt").read_text("utf-8").splitlines()
    assert lines == ["# label:color_rgb:parts:actions", "car:::"]
    assert any("person: élève" in note and "labelmap.txt" in note for note in report.notes)
    assert import_tracks("voc", tmp_path / "voc", project.video).labels == ("car", "person: élève")


VOC = """<annotation><size><width>{width}</width><height>360</height></size>
<object><name>dog</name><bndbox><xmin>1</xmin><ymin>{top}</ymin><xmax>10.0</xmax><ymax>20</ymax></bndbox></object>
</annotation>"""


def test_voc_of_others(tmp_path: Path) -> None:
    (tmp_path / "img_7.xml").write_text(VOC.format(width=640, top=3))
    imported = import_tracks("voc", tmp_path, VIDEO)
    (detection,) = imported.detections
    assert (detection.frame, detection.label, detection.record) == (7, "dog", keyframe(Box(0, 2, 10, 18)))
    assert check(tmp_path, "voc") == [
        "Annotations, img_7.xml: corners are whole numbers from 1; strict readers fail on others"
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (VOC.format(width="wide", top=3), '"wide" is not a number'),
        (VOC.format(width=640, top="1e30"), "is 1e+30|lies far outside|a box needs"),
        ("<annotation><object><name>a</name></object></annotation>", "an object has no <bndbox>"),
        ("<annotations/>", 'its root is "annotations", not "annotation"'),
        ('<!DOCTYPE a [<!ENTITY b "ha">]><annotation>&b;</annotation>', "declares a document type"),
        ("<annotation>" * 5000, "is not valid XML"),
    ],
)
def test_voc_that_makes_no_sense(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "img_7.xml").write_text(text)
    with pytest.raises(ExchangeError, match=reason):
        import_tracks("voc", tmp_path, VIDEO)


# LabelMe


def test_a_picture_of_labelme(tmp_path: Path) -> None:
    export(street(), "labelme", tmp_path / "out")
    document = json.loads((tmp_path / "out" / "street_000030.json").read_text())
    assert document["imagePath"] == "street_000030.jpg"
    assert (document["imageData"], document["imageWidth"], document["imageHeight"]) == (None, 640, 360)
    assert document["shapes"] == [{
        "label": "car", "points": [[300.0, 200.0], [350.0, 250.0]], "group_id": 5, "description": "",
        "shape_type": "rectangle", "flags": {"occluded": True}, "mask": None,
    }]  # fmt: skip


def labelme(path: Path, *shapes: dict[str, Any]) -> Path:
    path.write_text(json.dumps({
        "version": "4.0", "flags": {}, "shapes": shapes, "imagePath": "a.jpg", "imageData": None, "imageHeight": 360,
        "imageWidth": 640,
    }))  # fmt: skip
    return path


def test_labelme_of_others(tmp_path: Path) -> None:
    corners = {"label": "dog", "shape_type": "rectangle"}
    labelme(
        tmp_path / "3.json",
        {**corners, "points": [[30, 40], [10, 20]], "group_id": None},
        {**corners, "points": [[1, 2], [4, 2], [4, 6], [1, 6]], "group_id": 8, "score": 0.5},
        {**corners, "points": [[1, 2], [4, 6]], "shape_type": "polygon"},
    )
    imported = import_tracks("labelme", tmp_path, VIDEO)
    assert [detection.record for detection in imported.detections] == [keyframe(Box(10, 20, 20, 20))]
    (track,) = imported.tracks
    assert (track.id, track.get(3)) == (8, BoxRecord(Box(1, 2, 3, 4), Source.TRACKER, 0.5))
    assert imported.notes == ("1 box of a shape that encloses nothing, such as points and lines: left out.",)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"label": 3}, "the label of a shape is a text"),
        ({"points": [[1, 2]]}, "a rectangle is two points"),
        ({"group_id": True}, "group_id is a whole number or null"),
        ({"flags": {"a": 1}}, "flags are true or false"),
    ],
)
def test_what_labelme_would_refuse(tmp_path: Path, changes: dict[str, Any], fault: str) -> None:
    shape = {"label": "dog", "shape_type": "rectangle", "points": [[1, 2], [3, 4]], "group_id": 1, "flags": {}}
    path = labelme(tmp_path / "3.json", shape | changes)
    (found,) = check(path, "labelme")
    assert found.endswith(fault)


# CVAT


def test_a_track_of_cvat_ends_and_leaves_where_it_does(tmp_path: Path) -> None:
    export(street(), "cvat", tmp_path / "a.xml")
    root = ElementTree.parse(tmp_path / "a.xml").getroot()
    assert root.findtext("meta/task/size") == "30"
    track = root.find("track")
    assert track is not None
    assert track.attrib == {"id": "1", "label": "car", "source": "manual"}
    outside = [int(box.get("frame", "")) for box in track.findall("box") if box.get("outside") == "1"]
    assert outside == [15, 21]
    keys = [int(box.get("frame", "")) for box in track.findall("box") if box.get("keyframe") == "0"]
    assert keys == list(range(1, 10))  # interpolated
    assert [entry.text for entry in track.iterfind("box[1]/attribute[@name='make']")] == ["Saab"]


CVAT = """<annotations><version>1.1</version><meta><task><size>6</size>{task}<labels><label><name>car</name></label>
</labels><original_size><width>640</width><height>360</height></original_size></task></meta>
<track id="4" label="car" source="{source}">
<box frame="1" outside="0" occluded="1" keyframe="1" xtl="10" ytl="20" xbr="30" ybr="40"/>
<box frame="2" outside="0" occluded="0" keyframe="0" xtl="11" ytl="20" xbr="31" ybr="40"/>
<box frame="3" outside="1" occluded="0" keyframe="1" xtl="11" ytl="20" xbr="31" ybr="40"/>
<polygon frame="1" points="1,2;3,4;5,6"/></track></annotations>"""


def test_cvat_of_others(tmp_path: Path) -> None:
    (tmp_path / "annotations.xml").write_text(CVAT.format(task="", source="manual"))
    imported = import_tracks("cvat", tmp_path, VIDEO)
    (track,) = imported.tracks
    assert track.id == 4
    assert track.get(1) == keyframe(Box(10, 20, 20, 20), occluded=True)
    assert track.get(2) == BoxRecord(Box(11, 20, 20, 20), Source.INTERPOLATED)
    assert track.get(3) == keyframe(None)
    assert imported.notes == ("1 box of another shape (points, lines, cuboids): left out.",)


def test_a_task_of_cvat_that_shows_a_part_of_the_video_counts_the_frames_of_the_video(tmp_path: Path) -> None:
    task = "<start_frame>1</start_frame><frame_filter>step=1</frame_filter>"
    (tmp_path / "a.xml").write_text(CVAT.format(task=task, source="auto"))
    (track,) = import_tracks("cvat", tmp_path / "a.xml", VIDEO).tracks
    assert [frame for frame, _ in track.items()] == [1, 2, 3]
    record = track.get(1)
    assert record is not None
    assert record.source is Source.TRACKER


def test_pictures_of_a_task_of_cvat_that_are_the_video_themselves_count_anew(tmp_path: Path) -> None:
    task = "<start_frame>10</start_frame><frame_filter>step=3</frame_filter>"
    text = CVAT.format(task=task, source="manual").replace("<size>6<", f"<size>{VIDEO.frame_count}<")
    for frame in (3, 2, 1):
        text = text.replace(f'frame="{frame}"', f'frame="{10 + 3 * frame}"')
    (tmp_path / "a.xml").write_text(text)
    imported = import_tracks("cvat", tmp_path / "a.xml", VIDEO)
    assert [frame for frame, _ in imported.tracks[0].items()] == [1, 2, 3]
    assert imported.matched == "Frame 10 of the file is frame 0 of this video; each goes on by 3, as the file says."
    (tmp_path / "a.xml").write_text(text.replace('frame="13"', 'frame="12"'))
    with pytest.raises(ExchangeError, match="frame 12 is none of the task, which begins at 10 and goes on by 3"):
        import_tracks("cvat", tmp_path / "a.xml", VIDEO)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<version>1.1<", "<version>2.0<", "version: the version is not 1.1"),
        ('label="car"', 'label="dog"', 'track "4": "dog": its label is not among those of the task'),
        ('frame="2"', 'frame="1"', 'track "4": frame 1: frames of a track go up, each once'),
        ('xbr="30"', 'xbr="3"', 'track "4": right is beyond left, and bottom below top'),
        ('occluded="1"', 'occluded="2"', 'track "4": occluded is 0 or 1'),
        ('xtl="10"', 'xtl="1e999"', 'track "4": "1e999" is not a number: a frame or a corner is not a possible number'),
    ],
)
def test_what_cvat_would_stumble_over(tmp_path: Path, old: str, new: str, fault: str) -> None:
    (tmp_path / "a.xml").write_text(CVAT.format(task="", source="manual").replace(old, new))
    assert fault in check(tmp_path / "a.xml", "cvat")


# YouTube-VIS and COCO detection


def test_youtube_vis_has_a_list_entry_for_each_frame(tmp_path: Path) -> None:
    export(street(), "youtube-vis", tmp_path / "a.json")
    document = json.loads((tmp_path / "a.json").read_text())
    assert document["videos"][0]["file_names"][29] == "street/000030.jpg"
    assert document["annotations"][0]["bboxes"][0] == [10.0, 20.0, 40.0, 30.0]
    assert document["annotations"][0]["bboxes"][15:20] == [None] * 5


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("bboxes", [], "bboxes has an entry, or null, for each picture of the video"),
        ("category_id", 9, "category_id names nothing in this file"),
        ("video_id", 9, "video_id names nothing in this file"),
        ("id", 2, "an id stands twice"),
    ],
)
def test_what_is_wrong_with_youtube_vis(tmp_path: Path, key: str, value: object, fault: str) -> None:
    path = tmp_path / "a.json"
    export(street(), "youtube-vis", path)
    document = json.loads(path.read_text())
    document["annotations"][0][key] = value
    path.write_text(json.dumps(document))
    assert any(found.endswith(fault) for found in check(path, "youtube-vis"))


def test_coco_detection_lists_no_picture_as_empty_with_keyframes_only(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    export(street(), "coco-detection", path)
    assert len(json.loads(path.read_text())["images"]) == 30
    export(street(), "coco-detection", path, ExportOptions(keyframes_only=True))
    assert [image["frame_index"] for image in json.loads(path.read_text())["images"]] == [0, 10, 20, 29]


def test_every_tenth_picture_leaves_no_absence_between(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({
        "images": [{"id": n, "file_name": f"{n}.jpg", "frame_id": n} for n in (0, 10, 20, 29)],
        "categories": [{"id": 1, "name": "car"}],
        "annotations": [
            {"id": n + 1, "image_id": n, "category_id": 1, "track_id": 1, "bbox": [n, 1, 5, 5]} for n in (0, 10, 29)
        ],
    }))  # fmt: skip
    (track,) = import_tracks("coco", path, VIDEO).tracks
    assert dict(track.items()) == {
        0: keyframe(Box(0, 1, 5, 5)), 10: keyframe(Box(10, 1, 5, 5)), 20: keyframe(None),
        29: keyframe(Box(29, 1, 5, 5)),
    }  # fmt: skip
