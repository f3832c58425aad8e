"""Foreign readers as judges of an awkward project: a perfect copy of its export must score 1 against it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from app.exchange.annotations import ExportOptions
from app.exchange.export import export
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.frame_spans import FrameSpans
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from app.model.track_marks import TrackMarks
from tracker_core.geometry import Box

trackeval = pytest.importorskip("trackeval")
mask_tools = pytest.importorskip("pycocotools.mask")

DOG = 'the "big" chien à l\'eau'
VAN = "delivery van 車"


def awkward(folder: Path) -> Project:
    """Twelve pictures that begin at 37, and all that exports find hard."""
    pictures = folder / "my été 'pictures'"
    pictures.mkdir()
    for number in range(37, 49):
        cv2.imwrite(str(pictures / f"shot {number}.png"), np.full((120, 160, 3), number, np.uint8))
    video = VideoReference(pictures, frame_count=12, width=160, height=120, frame_rate=Fraction(25))
    dog = Track(1, DOG, "#3b82f6")
    dog.put({0: keyframe(Box(-10, 20, 40, 30)), 4: keyframe(Box(20, 40, 40, 30), occluded=True), 6: keyframe(None)})
    dog.put({9: keyframe(Box(140, 100, 40, 30))})
    twin = Track(2, DOG, "#f97316")  # on the same target as track 1
    twin.put({frame: keyframe(Box(-10 + 7.5 * frame, 20 + 5 * frame, 40, 30)) for frame in range(5)})
    nameless = Track(3, "", "#22c55e")
    nameless.put({frame: BoxRecord(Box(60, 60.25, 10, 20), Source.TRACKER, score=0.4) for frame in (2, 3, 4, 8, 9)})
    nameless.marks = TrackMarks(gaps=FrameSpans.of([(5, 7)]))
    outside = Track(4, VAN, "#112233")
    outside.put({frame: keyframe(Box(-80 + 20 * frame, 5, 30, 30)) for frame in range(12)})  # in from the left
    single = Track(7, VAN, "#445566")
    single.put({11: keyframe(Box(3.5, 90.5, 12.25, 8))})
    labels = {name: Label(name, "#112233") for name in (DOG, VAN)}
    return Project(video, labels, {track.id: track for track in (dog, twin, nameless, outside, single)})


def scores_of(dataset: Any, sequence: str, label: str) -> float:
    data = dataset.get_preprocessed_seq_data(dataset.get_raw_seq_data("ours", sequence), label)
    assert data["num_gt_dets"] > 0
    return float(trackeval.metrics.HOTA().eval_sequence(data)["HOTA"].mean())


def config(folder: Path, **more: object) -> dict[str, object]:
    return {
        "GT_FOLDER": f"{folder / 'gt'}/",
        "TRACKERS_FOLDER": f"{folder / 'trackers'}/",
        "PRINT_CONFIG": False,
        **more,
    }


@pytest.mark.parametrize("single_class", [True, False])
def test_mot(tmp_path: Path, single_class: bool) -> None:
    sequence = tmp_path / "gt" / "SIA-train" / "street"
    sequence.parent.mkdir(parents=True)
    export(awkward(tmp_path), "mot", sequence, ExportOptions(single_class=single_class))
    results = tmp_path / "trackers" / "SIA-train" / "ours" / "data" / "street.txt"
    results.parent.mkdir(parents=True)
    rows = [line.split(",") for line in (sequence / "gt" / "gt.txt").read_text().splitlines()]
    results.write_text("".join(",".join([*row[:7], "1" if single_class else "-1", "-1", "-1"]) + "\n" for row in rows))
    (tmp_path / "gt" / "seqmaps").mkdir()
    (tmp_path / "gt" / "seqmaps" / "SIA-train.txt").write_text("name\nstreet\n")
    chosen = config(tmp_path, BENCHMARK="SIA", SPLIT_TO_EVAL="train", DO_PREPROC=single_class)
    dataset = trackeval.datasets.MotChallenge2DBox(chosen)
    assert scores_of(dataset, "street", "pedestrian") == pytest.approx(1.0)


@pytest.mark.parametrize("label", ["car", "pedestrian"])
def test_kitti(tmp_path: Path, label: str) -> None:
    truth = tmp_path / "gt" / "label_02" / "0000.txt"
    truth.parent.mkdir(parents=True)
    export(awkward(tmp_path), "kitti", truth, ExportOptions(label_map={DOG: "Car", VAN: "Pedestrian", "": "Van"}))
    (tmp_path / "gt" / "evaluate_tracking.seqmap.training").write_text("0000 empty 000000 000012\n")
    results = tmp_path / "trackers" / "ours" / "data" / "0000.txt"
    results.parent.mkdir(parents=True)
    results.write_text("".join(f"{line} 1\n" for line in truth.read_text().splitlines()))
    assert scores_of(trackeval.datasets.Kitti2DBox(config(tmp_path)), "0000", label) == pytest.approx(1.0)


def test_kitti_names_without_a_map_stay_one_word(tmp_path: Path) -> None:
    export(awkward(tmp_path), "kitti", tmp_path / "0000.txt")
    assert {len(line.split(" ")) for line in (tmp_path / "0000.txt").read_text().splitlines()} <= {17, 18}


@pytest.mark.parametrize("label", [DOG, VAN, "object"])
def test_tao(tmp_path: Path, label: str) -> None:
    project = awkward(tmp_path)
    path = tmp_path / "gt" / "tracks.json"
    path.parent.mkdir()
    export(project, "coco", path)
    results = tmp_path / "trackers" / "ours" / "data" / "ours.json"
    results.parent.mkdir(parents=True)
    keys = "image_id", "category_id", "track_id", "bbox", "video_id"
    entries = json.loads(path.read_text())["annotations"]
    results.write_text(json.dumps([{key: entry[key] for key in keys} | {"score": 1.0} for entry in entries]))
    dataset = trackeval.datasets.TAO(config(tmp_path))
    (name,) = dataset.seq_list
    assert scores_of(dataset, name, label) == pytest.approx(1.0)


@pytest.mark.parametrize("label", [DOG, VAN, "object"])
def test_youtube_vis(tmp_path: Path, label: str) -> None:
    path = tmp_path / "gt" / "youtube_vis_train" / "tracks.json"
    path.parent.mkdir(parents=True)
    export(awkward(tmp_path), "youtube-vis", path)
    tracks = json.loads(path.read_text())["annotations"]
    for track in tracks:
        track["score"] = 1.0
        coded = [mask and mask_tools.frPyObjects(mask, *mask["size"]) for mask in track["segmentations"]]
        track["segmentations"] = [mask and {**mask, "counts": mask["counts"].decode()} for mask in coded]
    results = tmp_path / "trackers" / "youtube_vis_train" / "ours" / "data" / "results.json"
    results.parent.mkdir(parents=True)
    results.write_text(json.dumps(tracks))
    dataset = trackeval.datasets.YouTubeVIS(config(tmp_path, SPLIT_TO_EVAL="train"))
    (name,) = dataset.seq_list
    assert scores_of(dataset, name, label) == pytest.approx(1.0)
