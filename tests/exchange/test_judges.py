"""Foreign readers as judges: a perfect copy of an export must score 1 against it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from app.exchange.annotations import ExportOptions
from app.exchange.export import export
from app.model.box_record import keyframe
from app.model.interpolation import record_at
from tests.support.annotated_projects import FOLDER_PER_TARGET, street
from tests.support.perfect_copies import (
    full_marks,
    judged_kitti,
    judged_mot,
    judged_tao,
    judged_youtube_vis,
    mot_rows,
    mot_truth,
    scores_of,
)
from tracker_core.evaluation.folders import read_sequences
from tracker_core.geometry import Box

pycocotools_coco = pytest.importorskip("pycocotools.coco")
pytest.importorskip("trackeval")


def coco_average_precision(path: Path, results: list[dict[str, Any]]) -> tuple[float, ...]:
    from pycocotools.cocoeval import COCOeval

    truth = pycocotools_coco.COCO(str(path))
    evaluation = COCOeval(truth, truth.loadRes(results), "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    return tuple(evaluation.stats)


def results_of(path: Path) -> list[dict[str, Any]]:
    annotations = json.loads(path.read_text())["annotations"]
    return [{key: a[key] for key in ("image_id", "category_id", "bbox")} | {"score": 1.0} for a in annotations]


def test_pycocotools_gives_a_perfect_copy_of_the_export_a_precision_of_one(tmp_path: Path) -> None:
    path = tmp_path / "tracks.json"
    export(street(), "coco", path)
    stats = coco_average_precision(path, results_of(path))
    assert stats[0] == pytest.approx(1.0)
    assert stats[8] == pytest.approx(1.0)  # recall


def test_pycocotools_gives_shifted_boxes_less(tmp_path: Path) -> None:
    path = tmp_path / "tracks.json"
    export(street(), "coco", path)
    results = results_of(path)
    for result in results:
        left, top, width, height = result["bbox"]
        result["bbox"] = [left + width, top, width, height]
    assert coco_average_precision(path, results)[0] < 0.5


@pytest.fixture
def sequence(tmp_path: Path) -> Path:
    return mot_truth(tmp_path)


def test_trackeval_gives_a_perfect_copy_of_the_export_a_hota_of_one(sequence: Path, tmp_path: Path) -> None:
    report = export(street(), "mot", sequence, ExportOptions(single_class=True))
    dataset = judged_mot(tmp_path, (sequence / "gt" / "gt.txt").read_text())
    assert scores_of(dataset, "street", "pedestrian") == full_marks(truth=report.boxes, ids=report.tracks)


def test_trackeval_counts_every_class_without_preprocessing(sequence: Path, tmp_path: Path) -> None:
    report = export(street(), "mot", sequence)
    rows = "".join(",".join([*row[:7], "-1", "-1", "-1"]) + "\n" for row in mot_rows(sequence))
    dataset = judged_mot(tmp_path, rows, preprocess=False)
    assert scores_of(dataset, "street", "pedestrian") == full_marks(truth=report.boxes, ids=report.tracks)


def test_trackeval_notices_a_swapped_identity(sequence: Path, tmp_path: Path) -> None:
    export(street(), "mot", sequence, ExportOptions(single_class=True))
    rows = mot_rows(sequence)
    for row in rows:
        row[1] = "77" if row[1] == "1" and int(row[0]) > 6 else row[1]
    dataset = judged_mot(tmp_path, "".join(",".join(row) + "\n" for row in rows))
    assert scores_of(dataset, "street", "pedestrian")["hota"] < 0.9


def test_trackeval_takes_an_export_without_boxes(sequence: Path, tmp_path: Path) -> None:
    project = street()
    rows_path = tmp_path / "full.txt"
    export(project, "mot", rows_path, ExportOptions(single_class=True))
    project.tracks.clear()
    export(project, "mot", sequence)
    assert scores_of(judged_mot(tmp_path, rows_path.read_text()), "street", "pedestrian")["truth"] == 0


def test_pycocotools_gives_a_perfect_copy_of_a_detection_export_a_precision_of_one(tmp_path: Path) -> None:
    path = tmp_path / "boxes.json"
    export(street(), "coco-detection", path)
    assert coco_average_precision(path, results_of(path))[0] == pytest.approx(1.0)


@pytest.mark.parametrize(("label", "boxes", "ids"), [("car", 17, 2), ("pedestrian", 3, 1)])
def test_trackeval_gives_a_perfect_copy_of_a_kitti_export_a_hota_of_one(
    tmp_path: Path, label: str, boxes: int, ids: int
) -> None:
    dataset = judged_kitti(tmp_path, street(), ExportOptions(label_map={"person": "Pedestrian"}))
    assert scores_of(dataset, "0000", label) == full_marks(truth=boxes, ids=ids)


@pytest.mark.parametrize(("label", "boxes", "ids"), [("car", 17, 2), ("person", 3, 1)])
def test_trackeval_reads_the_coco_export_as_tao(tmp_path: Path, label: str, boxes: int, ids: int) -> None:
    dataset, name = judged_tao(tmp_path, street())
    assert name == "street"
    assert scores_of(dataset, name, label) == full_marks(truth=boxes, ids=ids)


@pytest.mark.parametrize(("label", "boxes", "ids"), [("car", 17, 2), ("person", 3, 1)])
def test_trackeval_gives_a_perfect_copy_of_a_youtube_vis_export_a_hota_of_one(
    tmp_path: Path, label: str, boxes: int, ids: int
) -> None:
    dataset, name = judged_youtube_vis(tmp_path, street())
    assert name == "street"
    assert scores_of(dataset, name, label) == full_marks(truth=boxes, ids=ids)


def test_a_mask_of_youtube_vis_is_its_box_in_whole_pixels(tmp_path: Path) -> None:
    mask_tools = pytest.importorskip("pycocotools.mask")
    path = tmp_path / "tracks.json"
    export(street(), "youtube-vis", path)
    track = json.loads(path.read_text())["annotations"][0]
    for box, mask in zip(track["bboxes"], track["segmentations"], strict=True):
        if box is not None:
            bounds = mask_tools.toBbox(mask_tools.frPyObjects(mask, *mask["size"]))
            assert bounds.tolist() == pytest.approx(box, abs=1.0)


def test_a_box_outside_the_picture_has_no_mask_that_a_perfect_copy_could_miss(tmp_path: Path) -> None:
    project = street()
    project.tracks[5].put({28: keyframe(Box(-60, 10, 50, 50)), 27: keyframe(Box(639.9, 359.9, 50, 50))})
    export(project, "youtube-vis", tmp_path / "tracks.json")
    track = json.loads((tmp_path / "tracks.json").read_text())["annotations"][2]
    assert track["segmentations"][28] is None
    assert track["bboxes"][28] == [-60, 10, 50, 50]
    assert track["segmentations"][27] == {"size": [360, 640], "counts": [360 * 640 - 1, 1, 0]}


@pytest.mark.parametrize("name", FOLDER_PER_TARGET)
@pytest.mark.parametrize("polygons", [False, True])
def test_our_own_evaluation_reads_a_folder_of_targets_with_its_pictures(
    tmp_path: Path, name: str, polygons: bool
) -> None:
    """``python main.py evaluate`` on what was exported: the same frames, and in each the same box."""
    if polygons and name != "vot":
        return
    project = street()
    pictures = tmp_path / "street"
    pictures.mkdir()
    for frame in range(30):
        cv2.imwrite(str(pictures / f"{frame}.png"), np.full((360, 640, 3), frame, np.uint8))
    project.video = replace(project.video, path=pictures)
    export(project, name, tmp_path / "out", ExportOptions(pictures="png", polygons=polygons, frames=range(0, 28)))
    sequences = {sequence.name: sequence for sequence in read_sequences(tmp_path / "out")}
    assert sequences.keys() == {"car-1", "person-2"}
    car = sequences["car-1"]
    assert len(car) == 21
    for frame, image in enumerate(car.open_frames()):
        assert int(image[0, 0, 0]) == frame
        record, box = record_at(project.tracks[1], frame), car.true_box(frame)
        assert record is not None
        assert (box is None) == record.absent
        if box is not None and record.box is not None:
            assert box.as_tuple() == pytest.approx(record.box.as_tuple(), abs=1e-4)
    assert int(next(sequences["person-2"].open_frames())[0, 0, 0]) == 4  # its first frame is the one of its first box
