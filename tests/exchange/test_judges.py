"""Foreign readers as judges: a perfect copy of an export must score 1 against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
from tests.support.annotated_projects import street
from tracker_core.evaluation.folders import read_sequences
from tracker_core.geometry import Box

pycocotools_coco = pytest.importorskip("pycocotools.coco")
trackeval = pytest.importorskip("trackeval")


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


def hota(folder: Path, *, tracker_rows: str, preprocess: bool = True) -> Mapping[str, float]:
    """The scores of a tracker's rows against the one sequence ``street`` in ``folder/gt/SIA-train``."""
    results = folder / "trackers" / "SIA-train" / "ours" / "data"
    results.mkdir(parents=True)
    (results / "street.txt").write_text(tracker_rows)
    (folder / "gt" / "seqmaps").mkdir()
    (folder / "gt" / "seqmaps" / "SIA-train.txt").write_text("name\nstreet\n")
    dataset = trackeval.datasets.MotChallenge2DBox({
        "GT_FOLDER": str(folder / "gt"), "TRACKERS_FOLDER": str(folder / "trackers"), "BENCHMARK": "SIA",
        "SPLIT_TO_EVAL": "train", "PRINT_CONFIG": False, "DO_PREPROC": preprocess,
    })  # fmt: skip
    raw = dataset.get_raw_seq_data("ours", "street")
    data = dataset.get_preprocessed_seq_data(raw, "pedestrian")
    scores = trackeval.metrics.HOTA().eval_sequence(data)
    return {"hota": float(scores["HOTA"].mean()), "truth": data["num_gt_dets"], "ids": data["num_gt_ids"]}


@pytest.fixture
def sequence(tmp_path: Path) -> Path:
    folder = tmp_path / "gt" / "SIA-train"
    folder.mkdir(parents=True)
    return folder / "street"


def test_trackeval_gives_a_perfect_copy_of_the_export_a_hota_of_one(sequence: Path, tmp_path: Path) -> None:
    report = export(street(), "mot", sequence, ExportOptions(single_class=True))
    rows = (sequence / "gt" / "gt.txt").read_text()
    assert hota(tmp_path, tracker_rows=rows) == {
        "hota": pytest.approx(1.0),
        "truth": report.boxes,
        "ids": report.tracks,
    }


def test_trackeval_counts_every_class_without_preprocessing(sequence: Path, tmp_path: Path) -> None:
    report = export(street(), "mot", sequence)
    rows = [line.split(",") for line in (sequence / "gt" / "gt.txt").read_text().splitlines()]
    results = "".join(",".join([*row[:7], "-1", "-1", "-1"]) + "\n" for row in rows)
    scores = hota(tmp_path, tracker_rows=results, preprocess=False)
    assert scores == {"hota": pytest.approx(1.0), "truth": report.boxes, "ids": report.tracks}


def test_trackeval_notices_a_swapped_identity(sequence: Path, tmp_path: Path) -> None:
    export(street(), "mot", sequence, ExportOptions(single_class=True))
    rows = [line.split(",") for line in (sequence / "gt" / "gt.txt").read_text().splitlines()]
    for row in rows:
        row[1] = "77" if row[1] == "1" and int(row[0]) > 6 else row[1]
    scores = hota(tmp_path, tracker_rows="".join(",".join(row) + "\n" for row in rows))
    assert scores["hota"] < 0.9


def test_trackeval_takes_an_export_without_boxes(sequence: Path, tmp_path: Path) -> None:
    project = street()
    rows_path = tmp_path / "full.txt"
    export(project, "mot", rows_path, ExportOptions(single_class=True))
    project.tracks.clear()
    export(project, "mot", sequence)
    assert hota(tmp_path, tracker_rows=rows_path.read_text())["truth"] == 0


def test_pycocotools_gives_a_perfect_copy_of_a_detection_export_a_precision_of_one(tmp_path: Path) -> None:
    path = tmp_path / "boxes.json"
    export(street(), "coco-detection", path)
    assert coco_average_precision(path, results_of(path))[0] == pytest.approx(1.0)


def scores_of(dataset: Any, tracker: str, sequence: str, label: str) -> Mapping[str, float]:
    data = dataset.get_preprocessed_seq_data(dataset.get_raw_seq_data(tracker, sequence), label)
    scores = trackeval.metrics.HOTA().eval_sequence(data)
    return {"hota": float(scores["HOTA"].mean()), "truth": data["num_gt_dets"], "ids": data["num_gt_ids"]}


@pytest.mark.parametrize("label", ["car", "pedestrian"])
def test_trackeval_gives_a_perfect_copy_of_a_kitti_export_a_hota_of_one(tmp_path: Path, label: str) -> None:
    (tmp_path / "gt" / "label_02").mkdir(parents=True)
    truth = tmp_path / "gt" / "label_02" / "0000.txt"
    export(street(), "kitti", truth, ExportOptions(label_map={"person": "Pedestrian"}))
    (tmp_path / "gt" / "evaluate_tracking.seqmap.training").write_text("0000 empty 000000 000030\n")
    results = tmp_path / "trackers" / "ours" / "data" / "0000.txt"
    results.parent.mkdir(parents=True)
    results.write_text("".join(f"{line} 1\n" for line in truth.read_text().splitlines()))
    dataset = trackeval.datasets.Kitti2DBox({
        "GT_FOLDER": str(tmp_path / "gt"), "TRACKERS_FOLDER": str(tmp_path / "trackers"), "PRINT_CONFIG": False,
    })  # fmt: skip
    boxes, ids = (17, 2) if label == "car" else (3, 1)
    assert scores_of(dataset, "ours", "0000", label) == {"hota": pytest.approx(1.0), "truth": boxes, "ids": ids}


@pytest.mark.parametrize(("label", "boxes", "ids"), [("car", 17, 2), ("person", 3, 1)])
def test_trackeval_reads_the_coco_export_as_tao(tmp_path: Path, label: str, boxes: int, ids: int) -> None:
    (tmp_path / "gt").mkdir()
    path = tmp_path / "gt" / "tracks.json"
    export(street(), "coco", path)
    results = tmp_path / "trackers" / "ours" / "data" / "ours.json"
    results.parent.mkdir(parents=True)
    keys = "image_id", "category_id", "track_id", "bbox", "video_id"
    found = [
        {key: entry[key] for key in keys} | {"score": 1.0} for entry in json.loads(path.read_text())["annotations"]
    ]
    results.write_text(json.dumps(found))
    dataset = trackeval.datasets.TAO({
        "GT_FOLDER": str(tmp_path / "gt"), "TRACKERS_FOLDER": str(tmp_path / "trackers"), "PRINT_CONFIG": False,
    })  # fmt: skip
    assert scores_of(dataset, "ours", "street", label) == {"hota": pytest.approx(1.0), "truth": boxes, "ids": ids}


@pytest.mark.parametrize(("label", "boxes", "ids"), [("car", 17, 2), ("person", 3, 1)])
def test_trackeval_gives_a_perfect_copy_of_a_youtube_vis_export_a_hota_of_one(
    tmp_path: Path, label: str, boxes: int, ids: int
) -> None:
    mask_tools = pytest.importorskip("pycocotools.mask")
    path = tmp_path / "gt" / "youtube_vis_train" / "tracks.json"
    path.parent.mkdir(parents=True)
    export(street(), "youtube-vis", path)
    tracks = json.loads(path.read_text())["annotations"]
    for track in tracks:
        track["score"] = 1.0
        coded = [mask and mask_tools.frPyObjects(mask, *mask["size"]) for mask in track["segmentations"]]
        track["segmentations"] = [mask and {**mask, "counts": mask["counts"].decode()} for mask in coded]
    results = tmp_path / "trackers" / "youtube_vis_train" / "ours" / "data" / "results.json"
    results.parent.mkdir(parents=True)
    results.write_text(json.dumps(tracks))
    dataset = trackeval.datasets.YouTubeVIS({
        "GT_FOLDER": f"{tmp_path / 'gt'}/", "TRACKERS_FOLDER": f"{tmp_path / 'trackers'}/", "SPLIT_TO_EVAL": "train",
        "PRINT_CONFIG": False,
    })  # fmt: skip
    assert scores_of(dataset, "ours", "street", label) == {"hota": pytest.approx(1.0), "truth": boxes, "ids": ids}


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


@pytest.mark.parametrize("name", ["otb", "got10k", "vot", "lasot"])
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
