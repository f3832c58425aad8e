"""Foreign readers as judges: a perfect copy of an export must score 1 against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.exchange.annotations import ExportOptions
from app.exchange.export import export
from tests.support.annotated_projects import street

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
