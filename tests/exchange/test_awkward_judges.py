"""Foreign readers as judges of an awkward project: a perfect copy of its export must score 1 against it."""

from __future__ import annotations

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
from tests.support.perfect_copies import (
    judged_kitti,
    judged_mot,
    judged_tao,
    judged_youtube_vis,
    mot_rows,
    mot_truth,
    scores_of,
)
from tracker_core.geometry import Box

pytest.importorskip("trackeval")
pytest.importorskip("pycocotools")

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


def assert_full_marks(dataset: Any, sequence: str, label: str) -> None:
    scores = scores_of(dataset, sequence, label)
    assert scores["truth"] > 0
    assert scores["hota"] == pytest.approx(1.0)


@pytest.mark.parametrize("single_class", [True, False])
def test_mot(tmp_path: Path, single_class: bool) -> None:
    sequence = mot_truth(tmp_path)
    export(awkward(tmp_path), "mot", sequence, ExportOptions(single_class=single_class))
    ends = ["1" if single_class else "-1", "-1", "-1"]
    rows = "".join(",".join([*row[:7], *ends]) + "\n" for row in mot_rows(sequence))
    assert_full_marks(judged_mot(tmp_path, rows, preprocess=single_class), "street", "pedestrian")


@pytest.mark.parametrize("label", ["car", "pedestrian"])
def test_kitti(tmp_path: Path, label: str) -> None:
    options = ExportOptions(label_map={DOG: "Car", VAN: "Pedestrian", "": "Van"})
    assert_full_marks(judged_kitti(tmp_path, awkward(tmp_path), options), "0000", label)


def test_kitti_names_without_a_map_stay_one_word(tmp_path: Path) -> None:
    export(awkward(tmp_path), "kitti", tmp_path / "0000.txt")
    assert {len(line.split(" ")) for line in (tmp_path / "0000.txt").read_text().splitlines()} <= {17, 18}


@pytest.mark.parametrize("label", [DOG, VAN, "object"])
def test_tao(tmp_path: Path, label: str) -> None:
    assert_full_marks(*judged_tao(tmp_path, awkward(tmp_path)), label)


@pytest.mark.parametrize("label", [DOG, VAN, "object"])
def test_youtube_vis(tmp_path: Path, label: str) -> None:
    assert_full_marks(*judged_youtube_vis(tmp_path, awkward(tmp_path)), label)
