"""Every rule of ``check`` finds a hand-made fault, and finds none in our own files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.exchange.annotations import ExportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.formats import check
from tests.support.annotated_projects import street

GOOD = "1,1,10,20,30,40,1,1,1"


@pytest.mark.parametrize("name", ["tracks.txt", "street"])
@pytest.mark.parametrize("options", [ExportOptions(), ExportOptions(single_class=True), ExportOptions(first_pixel=0)])
def test_nothing_is_wrong_with_our_mot(tmp_path: Path, name: str, options: ExportOptions) -> None:
    export(street(), "mot", tmp_path / name, options)
    assert check(tmp_path / name, "mot") == []


def test_nothing_is_wrong_with_our_coco(tmp_path: Path) -> None:
    export(street(), "coco", tmp_path / "tracks.json")
    assert check(tmp_path / "tracks.json", "coco") == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("0,1,10,20,30,40,1,1,1", "frame 0: frames are whole numbers from 1"),
        ("1.5,1,10,20,30,40,1,1,1", "frame 1.5: frames are whole numbers from 1"),
        ("2,0,10,20,30,40,1,1,1", "id 0: ids are whole numbers from 1; evaluation crashes on -1"),
        ("2,-1,10,20,30,40,1,1,1", "id -1: ids are whole numbers from 1; evaluation crashes on -1"),
        ("1,1,10,20,30,40,1,1,1", "id 1 in frame 1: an id stands twice in a frame"),
        ("1.0,1,10,20,30,40,1,1,1", "id 1 in frame 1: an id stands twice in a frame"),
        ("2,1,10,20,0,40,1,1,1", "0 x 40: a box needs a width and a height above 0"),
        ("2,1,10,20,30,-4,1,1,1", "30 x -4: a box needs a width and a height above 0"),
        ("2,1,10,20,30,40,0.87,1,1", "0.87: the 7th column is a flag, 1 or 0; evaluation cuts off the digits, "
         "so a score means 0, ignored"),
        ("2,1,10,20,30,40,1,0,1", "class 0: classes are whole numbers from 1"),
        ("2,1,10,20,30,40,1,-1,1", "class -1: classes are whole numbers from 1"),
        ("2,1,10,20,30,40,1,1,7", "7: visibility is a ratio from 0 to 1"),
        ("2,1,nan,20,30,40,1,1,1", "a value is not finite (NaN or infinity)"),
        ("2,1,inf,20,30,40,1,1,1", "a value is not finite (NaN or infinity)"),
        ("2,1,x,20,30,40,1,1,1", "not a number in every column"),
    ],
)  # fmt: skip
def test_mot_lines(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "gt.txt"
    path.write_text(f"{GOOD}\n{line}\n")
    assert check(path, "mot") == [f"gt.txt, line 2: {fault}"]


def test_mot_with_seven_columns(tmp_path: Path) -> None:
    (tmp_path / "gt.txt").write_text("1,1,10,20,30,40,1\n2,1,10,20,30,40,1\n")
    assert check(tmp_path / "gt.txt", "mot") == [
        "gt.txt, line 1: 7 columns, but readers of a ground truth need 8 or more (9 is usual) (1 more like this)"
    ]


def test_mot_with_lines_of_different_length(tmp_path: Path) -> None:
    (tmp_path / "gt.txt").write_text(f"{GOOD}\n2,1,10,20,30,40,1,1\n")
    assert check(tmp_path / "gt.txt", "mot") == ["gt.txt, line 2: 8: not as many columns as in the lines before"]


def test_a_fault_repeated_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "gt.txt").write_text("".join(f"{frame},1,1,1,5,5,0.9,1,1\n" for frame in range(1, 1001)))
    (fault,) = check(tmp_path / "gt.txt", "mot")
    assert fault.endswith("(999 more like this)")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("seqLength=30", "seqLength=29", "seqLength is 29, but there are boxes up to frame 30"),
        ("frameRate=25", "frameRate=29.97", "frameRate is 29.97, and readers take whole numbers only"),
        ("imExt=.jpg\n", "", "the key imExt is missing"),
        ("imExt=.jpg", "imExt=.jpg\nbitRate=5", "bitRate is none of the keys name, imDir, frameRate, seqLength, "
         "imWidth, imHeight, imExt"),
        ("name=street", "name = street", 'there are spaces around "=", which some readers take for a part of the key'),
    ],
)  # fmt: skip
def test_mot_sequence_information(tmp_path: Path, old: str, new: str, fault: str) -> None:
    export(street(), "mot", tmp_path / "street")
    ini = tmp_path / "street" / "seqinfo.ini"
    ini.write_text(ini.read_text().replace(old, new))
    assert check(tmp_path / "street", "mot") == [f"seqinfo.ini: {fault}"]


def test_mot_sequence_with_keys_in_small_letters(tmp_path: Path) -> None:
    export(street(), "mot", tmp_path / "street")
    ini = tmp_path / "street" / "seqinfo.ini"
    ini.write_text(ini.read_text().replace("imDir", "imdir"))
    faults = check(tmp_path / "street", "mot")
    assert faults[0] == "seqinfo.ini: the key imDir is missing"
    assert faults[1].startswith("seqinfo.ini: imdir is none of the keys")


@pytest.mark.parametrize("content", ["name=street\n", "[Video]\nname=street\n"])
def test_mot_sequence_information_without_its_section(tmp_path: Path, content: str) -> None:
    export(street(), "mot", tmp_path / "street")
    (tmp_path / "street" / "seqinfo.ini").write_text(content)
    (fault,) = check(tmp_path / "street", "mot")
    assert "is not an ini file with a section [Sequence]" in fault


def test_mot_sequence_without_information(tmp_path: Path) -> None:
    export(street(), "mot", tmp_path / "street")
    (tmp_path / "street" / "seqinfo.ini").unlink()
    (fault,) = check(tmp_path / "street", "mot")
    assert "seqinfo.ini does not exist" in fault


def test_mot_sequence_with_too_few_labels(tmp_path: Path) -> None:
    export(street(), "mot", tmp_path / "street")
    (tmp_path / "street" / "gt" / "labels.txt").write_text("person\n")
    assert check(tmp_path / "street", "mot") == ["labels.txt: 1 name, but the highest class is 2"]


def test_an_official_mot_sequence_has_no_labels(tmp_path: Path) -> None:
    export(street(), "mot", tmp_path / "street")
    (tmp_path / "street" / "gt" / "labels.txt").unlink()
    assert check(tmp_path / "street", "mot") == []


def coco() -> dict[str, Any]:
    return {
        "videos": [{"id": 1, "name": "street"}],
        "categories": [{"id": 1, "name": "car"}],
        "tracks": [{"id": 4, "category_id": 1, "video_id": 1}],
        "images": [
            {"id": n + 1, "video_id": 1, "frame_id": n, "width": 9, "height": 9, "file_name": f"{n}.jpg"}
            for n in range(2)
        ],
        "annotations": [
            {"id": n, "image_id": n, "category_id": 1, "track_id": 4, "bbox": [1, 2, 3, 4], "area": 12, "iscrowd": 0}
            for n in (1, 2)
        ],
    }


REMOVED = object()


@pytest.mark.parametrize(
    ("key", "changes", "fault"),
    [
        ("annotations", {"id": 0}, "annotations, id 0: ids of annotations begin with 1; "
         "pycocotools takes a match with 0 for none and scores too low"),
        ("annotations", {"id": 1}, "annotations, id 1: an id stands twice; readers keep one of the two"),
        ("annotations", {"id": "2"}, "annotations, id 2: an id is a whole number"),
        ("annotations", {"id": REMOVED}, "annotations, an entry without id: id is missing"),
        ("annotations", {"area": REMOVED}, "annotations, id 2: area is missing"),
        ("annotations", {"area": 0}, "annotations, id 2: 0: area is a number above 0"),
        ("annotations", {"iscrowd": REMOVED}, "annotations, id 2: iscrowd is missing"),
        ("annotations", {"iscrowd": 2}, "annotations, id 2: 2: iscrowd is 0 or 1"),
        ("annotations", {"bbox": REMOVED}, "annotations, id 2: bbox is missing"),
        ("annotations", {"bbox": [1, 2, 0, 4]}, "annotations, id 2: [1, 2, 0, 4]: bbox is [left, top, width, height], "
         "finite, with a width and a height above 0"),
        ("annotations", {"bbox": [1, 2, 3]}, "annotations, id 2: [1, 2, 3]: bbox is [left, top, width, height], "
         "finite, with a width and a height above 0"),
        ("annotations", {"image_id": 7}, "annotations, id 2: 7: image_id names nothing in this file"),
        ("annotations", {"category_id": 7}, "annotations, id 2: 7: category_id names nothing in this file"),
        ("annotations", {"track_id": 7}, "annotations, id 2: 7: track_id names nothing in this file"),
        ("annotations", {"image_id": 1}, "annotations, id 2: a track has two boxes in a picture"),
        ("images", {"video_id": REMOVED}, "images, id 2: video_id is missing"),
        ("images", {"video_id": 7, "frame_id": 0}, "images, id 2: 7: video_id names nothing in this file"),
        ("images", {"frame_id": 2}, "video 1: frame_id counts 0, 1, 2, ... without a gap, one picture each"),
        ("images", {"width": REMOVED}, "images, id 2: width is missing"),
        ("categories", {"name": REMOVED}, "categories, id 1: name is missing"),
        ("tracks", {"category_id": 7}, "tracks, id 4: 7: category_id names nothing in this file"),
    ],
)  # fmt: skip
def test_coco_entries(tmp_path: Path, key: str, changes: dict[str, object], fault: str) -> None:
    content = coco()
    entry = content[key][-1]
    entry.update(changes)
    content[key][-1] = {name: value for name, value in entry.items() if value is not REMOVED}
    path = tmp_path / "tracks.json"
    path.write_text(json.dumps(content))
    assert check(path, "coco") == [fault]


def test_the_frames_of_a_video_whose_name_is_no_number_are_said_in_a_short_line(tmp_path: Path) -> None:
    content = coco()
    for image in content["images"]:
        image |= {"video_id": [0] * 5000, "frame_id": 4}
    path = tmp_path / "tracks.json"
    path.write_text(json.dumps(content))
    faults = check(path, "coco")
    assert any(fault.startswith("video a list of 5000: frame_id counts") for fault in faults)
    assert all(len(fault) < 200 for fault in faults)


def test_coco_without_videos_and_tracks_is_still_coco(tmp_path: Path) -> None:
    content = coco()
    del content["videos"], content["tracks"]
    path = tmp_path / "tracks.json"
    path.write_text(json.dumps(content))
    assert check(path, "coco") == []


def test_coco_without_a_list(tmp_path: Path) -> None:
    path = tmp_path / "tracks.json"
    path.write_text(json.dumps({"images": [], "annotations": {}}))
    assert check(path, "coco") == [
        "categories: this list of objects is missing",
        "annotations: this list of objects is missing",
    ]


@pytest.mark.parametrize("text", ['{"images": [NaN]}', '{"images": [-Infinity]}', "{", "[]"])
def test_coco_that_is_no_json_object(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tracks.json"
    path.write_text(text)
    (fault,) = check(path, "coco")
    assert "is not" in fault


@pytest.mark.parametrize("format_name", ["mot", "coco"])
def test_a_missing_file_is_an_error_and_not_a_fault(tmp_path: Path, format_name: str) -> None:
    with pytest.raises(ExchangeError, match=r"nothing\.txt does not exist"):
        check(tmp_path / "nothing.txt", format_name)


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match='There is no format "avi"; choose one of mot, mot-det, coco'):
        check(tmp_path / "tracks.txt", "avi")


@pytest.mark.parametrize("name", ["yolo", "voc", "labelme"])
def test_a_folder_without_a_file_of_the_format_is_not_called_right(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.md").write_text("nothing")
    with pytest.raises(ExchangeError, match="holds no files of this format"):
        check(tmp_path, name)
