"""TrackEval as the judge of an export: a copy of it, given as a tracker's results, must get a perfect score."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.exchange.annotations import ExportOptions
from app.exchange.export import export
from app.model.project import Project

TRACKER = "ours"


def scores_of(dataset: Any, sequence: str, label: str) -> Mapping[str, float]:
    """HOTA of the tracker, and how many boxes and identities the truth has."""
    import trackeval

    data = dataset.get_preprocessed_seq_data(dataset.get_raw_seq_data(TRACKER, sequence), label)
    scores = trackeval.metrics.HOTA().eval_sequence(data)
    return {"hota": float(scores["HOTA"].mean()), "truth": data["num_gt_dets"], "ids": data["num_gt_ids"]}


def full_marks(*, truth: float, ids: float) -> Mapping[str, object]:
    return {"hota": pytest.approx(1.0), "truth": truth, "ids": ids}


def mot_truth(folder: Path) -> Path:
    """Where the one sequence ``street`` is to be exported."""
    sequence = folder / "gt" / "SIA-train" / "street"
    sequence.parent.mkdir(parents=True)
    return sequence


def mot_rows(sequence: Path) -> list[list[str]]:
    return [line.split(",") for line in (sequence / "gt" / "gt.txt").read_text().splitlines()]


def judged_mot(folder: Path, rows: str, *, preprocess: bool = True) -> Any:
    """The data set with these rows as a tracker's results."""
    import trackeval

    results = folder / "trackers" / "SIA-train" / TRACKER / "data" / "street.txt"
    results.parent.mkdir(parents=True)
    results.write_text(rows)
    (folder / "gt" / "seqmaps").mkdir()
    (folder / "gt" / "seqmaps" / "SIA-train.txt").write_text("name\nstreet\n")
    return trackeval.datasets.MotChallenge2DBox(
        _config(folder, BENCHMARK="SIA", SPLIT_TO_EVAL="train", DO_PREPROC=preprocess)
    )


def judged_kitti(folder: Path, project: Project, options: ExportOptions) -> Any:
    import trackeval

    truth = folder / "gt" / "label_02" / "0000.txt"
    truth.parent.mkdir(parents=True)
    export(project, "kitti", truth, options)
    (folder / "gt" / "evaluate_tracking.seqmap.training").write_text(
        f"0000 empty 000000 {project.video.frame_count:06d}\n"
    )
    results = folder / "trackers" / TRACKER / "data" / "0000.txt"
    results.parent.mkdir(parents=True)
    results.write_text("".join(f"{line} 1\n" for line in truth.read_text().splitlines()))
    return trackeval.datasets.Kitti2DBox(_config(folder))


def judged_tao(folder: Path, project: Project) -> tuple[Any, str]:
    """The data set, and the name of its one sequence."""
    import trackeval

    path = folder / "gt" / "tracks.json"
    path.parent.mkdir()
    export(project, "coco", path)
    results = folder / "trackers" / TRACKER / "data" / "ours.json"
    results.parent.mkdir(parents=True)
    keys = "image_id", "category_id", "track_id", "bbox", "video_id"
    entries = json.loads(path.read_text())["annotations"]
    results.write_text(json.dumps([{key: entry[key] for key in keys} | {"score": 1.0} for entry in entries]))
    dataset = trackeval.datasets.TAO(_config(folder))
    (name,) = dataset.seq_list
    return dataset, name


def judged_youtube_vis(folder: Path, project: Project) -> tuple[Any, str]:
    """The data set, and the name of its one sequence."""
    import pycocotools.mask
    import trackeval

    path = folder / "gt" / "youtube_vis_train" / "tracks.json"
    path.parent.mkdir(parents=True)
    export(project, "youtube-vis", path)
    tracks = json.loads(path.read_text())["annotations"]
    for track in tracks:
        track["score"] = 1.0
        coded = [mask and pycocotools.mask.frPyObjects(mask, *mask["size"]) for mask in track["segmentations"]]
        track["segmentations"] = [mask and {**mask, "counts": mask["counts"].decode()} for mask in coded]
    results = folder / "trackers" / "youtube_vis_train" / TRACKER / "data" / "results.json"
    results.parent.mkdir(parents=True)
    results.write_text(json.dumps(tracks))
    dataset = trackeval.datasets.YouTubeVIS(_config(folder, SPLIT_TO_EVAL="train"))
    (name,) = dataset.seq_list
    return dataset, name


def _config(folder: Path, **more: object) -> dict[str, object]:
    return {
        "GT_FOLDER": f"{folder / 'gt'}/",
        "TRACKERS_FOLDER": f"{folder / 'trackers'}/",
        "PRINT_CONFIG": False,
        **more,
    }
