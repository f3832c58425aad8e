from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.importing import import_tracks
from app.model.box_record import BoxRecord, Source, keyframe
from tests.support.annotated_projects import VIDEO, street, tracked
from tracker_core.geometry import Box


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    export(street(), "coco", tmp_path / "tracks.json")
    return dict(json.loads((tmp_path / "tracks.json").read_text()))


@pytest.fixture
def save(tmp_path: Path) -> Callable[[object], Path]:
    def save_document(content: object) -> Path:
        path = tmp_path / "foreign.json"
        path.write_text(json.dumps(content))
        return path

    return save_document


def test_every_frame_is_a_picture_with_each_dialects_numbers(document: dict[str, Any]) -> None:
    images = document["images"]
    assert len(images) == VIDEO.frame_count
    assert images[7] == {
        "id": 8, "video_id": 1, "file_name": "street/000008.jpg", "width": 640, "height": 360,
        "frame_id": 7, "frame_index": 7, "mot_frame_id": 8,
    }  # fmt: skip


def test_an_annotation_says_its_track_box_and_who_drew_it(document: dict[str, Any]) -> None:
    assert document["annotations"][0] == {
        "id": 1, "image_id": 1, "video_id": 1, "category_id": 2, "track_id": 1, "instance_id": 1,
        "bbox": [10.0, 20.0, 40.0, 30.0], "area": 1200.0, "iscrowd": 0,
        "attributes": {
            "source": "human", "score": None, "reviewed": True, "occluded": False, "interpolated": False,
            "make": "Saab",
        },
    }  # fmt: skip
    assert [entry["id"] for entry in document["annotations"]] == list(range(1, 21))
    assert "score" not in set().union(*document["annotations"])


def test_categories_count_from_one_in_the_order_of_the_labels(document: dict[str, Any]) -> None:
    assert document["categories"] == [{"id": 1, "name": "person"}, {"id": 2, "name": "car"}]


def test_the_video_has_what_its_readers_need(document: dict[str, Any]) -> None:
    assert document["videos"] == [{
        "id": 1, "name": "street", "width": 640, "height": 360, "fps": 25.0, "length": 30,
        "neg_category_ids": [], "not_exhaustive_category_ids": [], "metadata": {},
    }]  # fmt: skip
    assert [(entry["id"], entry["category_id"], entry["video_id"]) for entry in document["tracks"]] == [
        (1, 2, 1), (2, 1, 1), (5, 2, 1),
    ]  # fmt: skip


def test_numbers_of_numpy_become_plain_ones(tmp_path: Path) -> None:
    project = street()
    box = Box(*np.array([1.5, 2.5, 3.5, 4.5], np.float32))
    project.tracks[2].put({7: tracked(box, np.float32(0.5))})  # type: ignore[arg-type]
    export(project, "coco", tmp_path / "tracks.json")
    track = next(track for track in import_tracks("coco", tmp_path / "tracks.json", VIDEO).tracks if track.id == 2)
    assert track.get(7) == tracked(Box(1.5, 2.5, 3.5, 4.5), 0.5)


def test_the_file_is_plain_ascii_for_readers_that_open_it_in_the_machines_encoding(tmp_path: Path) -> None:
    project = street()
    project.tracks[1].label = "vélo 自行车"
    export(project, "coco", tmp_path / "tracks.json")
    (tmp_path / "tracks.json").read_bytes().decode("ascii")


def plain_coco(**more: object) -> dict[str, Any]:
    """The least that another program writes: no videos, no frame numbers, no attributes."""
    return {
        "images": [
            {"id": 10, "file_name": "a.jpg"},
            {"id": 11, "file_name": "b.jpg"},
            {"id": 12, "file_name": "c.jpg"},
        ],
        "categories": [{"id": 3, "name": "dog"}],
        "annotations": [
            {"id": 1, "image_id": 10, "category_id": 3, "bbox": [1, 2, 3, 4], **more},
            {"id": 2, "image_id": 12, "category_id": 3, "bbox": [5, 6, 7, 8], **more},
        ],
    }


@pytest.mark.parametrize("more", [{"track_id": 6}, {"instance_id": 6}, {"attributes": {"track_id": 6}}])
def test_the_track_is_found_where_each_dialect_says_it(save: Callable[[object], Path], more: dict[str, Any]) -> None:
    imported = import_tracks("coco", save(plain_coco(**more)), VIDEO)
    (track,) = imported.tracks
    assert (track.id, track.label) == (6, "dog")
    assert dict(track.items()) == {0: keyframe(Box(1, 2, 3, 4)), 1: keyframe(None), 2: keyframe(Box(5, 6, 7, 8))}
    assert imported.matched == "The pictures carry no frame numbers: they are counted in the order of the file."
    assert imported.notes == ()


def test_a_box_with_a_score_is_a_trackers(save: Callable[[object], Path]) -> None:
    (track,) = import_tracks("coco", save(plain_coco(track_id=6, score=0.5)), VIDEO).tracks
    assert track.get(0) == BoxRecord(Box(1, 2, 3, 4), Source.TRACKER, score=0.5)


@pytest.mark.parametrize(("key", "first"), [("frame_index", 0), ("frame_id", 0), ("mot_frame_id", 1)])
def test_the_frame_is_found_where_each_dialect_says_it(save: Callable[[object], Path], key: str, first: int) -> None:
    content = plain_coco(track_id=6)
    for image, frame in zip(content["images"], (4, 5, 6), strict=True):
        image[key] = frame + first
    (track,) = import_tracks("coco", save(content), VIDEO).tracks
    assert (track.first_frame, track.last_frame) == (4, 6)


def test_of_several_videos_the_one_with_our_name_is_read(save: Callable[[object], Path]) -> None:
    content = plain_coco(track_id=6)
    content["videos"] = [{"id": 1, "name": "street"}, {"id": 2, "name": "park"}]
    for image, video_id in zip(content["images"], (1, 1, 2), strict=True):
        image["video_id"] = video_id
    imported = import_tracks("coco", save(content), VIDEO)
    assert [track.last_frame for track in imported.tracks] == [0]
    assert "1 box in a picture of another video: left out." in imported.notes
    with pytest.raises(ExchangeError, match='holds 2 videos, and not one "lake": street, park'):
        import_tracks("coco", save(content), replace(VIDEO, path=Path("lake.mp4")))


def test_what_an_import_leaves_out_or_changes_is_said(save: Callable[[object], Path]) -> None:
    content = plain_coco(track_id=6)
    content["images"][0] |= {"width": 1280, "height": 720}
    content["categories"].append({"id": 4, "name": "cat"})
    more = [
        {"track_id": 6, "iscrowd": 1, "image_id": 11, "category_id": 3},
        {"track_id": 6, "image_id": 11, "category_id": 4},
        {"image_id": 11, "category_id": 3},
    ]
    content["annotations"] += [{"id": n, "bbox": [1, 2, 3, 4], **entry} for n, entry in enumerate(more, start=3)]
    assert import_tracks("coco", save(content), VIDEO).notes == (
        "1 box around a crowd (iscrowd): left out.",
        "1 box of another class than their track: taken as the track's.",
        "1 box without a track: left out.",
        "Made for pictures of 1280 x 720; this video has 640 x 360.",
    )


def broken(**changes: object) -> dict[str, Any]:
    content = plain_coco(track_id=6)
    content["annotations"][1] |= changes
    return content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([], "is not a COCO file: it is a list"),
        ({"images": []}, 'has no list "categories"'),
        (plain_coco(), "none says which track it belongs to"),
        (broken(bbox=[1, 2, 3]), "annotation 2 is invalid: not enough values"),
        (broken(bbox=[1, 2, -3, 4]), "annotation 2 is invalid: a box needs a width"),
        (broken(bbox=None), "annotation 2 is invalid"),
        (broken(track_id="six"), "annotation 2 is invalid"),
        (broken(attributes=[]), "annotation 2 is invalid"),
        (broken(category_id=99), "annotation 2 names 99, which is not there"),
        (broken(image_id=10), "annotation 2 is invalid: track 6 has two boxes in this frame"),
        (broken(bbox=[float("nan"), 2, 3, 4]), "is not valid JSON: it holds NaN"),
        (plain_coco(track_id=6) | {"categories": [{"id": "x", "name": "dog"}]}, 'categories has the id "x"'),
        (plain_coco(track_id=6) | {"categories": [{"id": 3}]}, 'categories, entry 3 has no "name"'),
        (plain_coco(track_id=6) | {"images": [{"id": 10, "frame_index": -1}]}, "a frame cannot be negative: -1"),
        (plain_coco(track_id=6) | {"tracks": [{"id": 6, "category_id": 8}]}, "track 6 names 8, which is not there"),
    ],
)
def test_an_import_names_the_entry_that_makes_no_sense(
    save: Callable[[object], Path], content: object, reason: str
) -> None:
    with pytest.raises(ExchangeError) as caught:
        import_tracks("coco", save(content), VIDEO)
    assert reason in str(caught.value)


def test_an_id_beyond_all_counting_is_replaced(save: Callable[[object], Path]) -> None:
    imported = import_tracks("coco", save(plain_coco(track_id=10**30)), VIDEO)
    assert [track.id for track in imported.tracks] == [1]


@pytest.mark.parametrize("text", ["frame,id\n", "", "[" * 100_000, '{"images": [1e999'])
def test_a_file_that_is_no_json_is_said_in_a_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "tracks.json").write_text(text)
    with pytest.raises(ExchangeError, match=r"tracks\.json is not valid JSON"):
        import_tracks("coco", tmp_path / "tracks.json", VIDEO)


def test_a_number_beyond_all_floats_is_said_in_a_sentence(tmp_path: Path, save: Callable[[object], Path]) -> None:
    path = save(broken(track_id="HUGE"))
    path.write_text(path.read_text().replace('"HUGE"', "1e999"))
    with pytest.raises(ExchangeError, match="annotation 2 is invalid: the track is inf, which is not a finite number"):
        import_tracks("coco", path, VIDEO)
