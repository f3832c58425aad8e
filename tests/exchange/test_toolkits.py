"""The toolkits of the field read what we write. Each test skips, saying so, where its toolkit is not installed.

They ask for packages that would break ours (an OpenCV with a Qt of its own), so they are no requirement. Install them
into a folder that PYTHONPATH names:
``pip install --target FOLDER --no-deps got10k six wget ultralytics torchvision psutil``.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from app.exchange.annotations import ExportOptions
from app.exchange.export import export
from app.model.interpolation import record_at
from app.model.project import Project
from tests.support.annotated_projects import VIDEO, street


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """``street`` on a folder of pictures, each of which shows its number as its grey."""
    pictures = tmp_path / "street"
    pictures.mkdir()
    for frame in range(VIDEO.frame_count):
        picture = np.full((VIDEO.height, VIDEO.width, 3), 8 * frame, np.uint8)
        cv2.imwrite(str(pictures / f"{frame}.png"), picture)
    project = street()
    project.video = replace(project.video, path=pictures)
    return project


@pytest.mark.filterwarnings("ignore")
def test_the_toolkit_of_got10k_reads_frames_boxes_and_labels(project: Project, tmp_path: Path) -> None:
    datasets = pytest.importorskip("got10k.datasets", reason="the toolkit of GOT-10k is not installed")
    (tmp_path / "root").mkdir()
    export(project, "got10k", tmp_path / "root" / "val", ExportOptions(pictures="jpg", frames=range(28)))
    dataset = datasets.GOT10k(str(tmp_path / "root"), subset="val", return_meta=True)
    assert sorted(dataset.seq_names) == ["car-1", "person-2"]
    files, boxes, meta = dataset[dataset.seq_names.index("car-1")]
    assert len(files) == len(boxes) == 21
    assert meta["absence"].tolist() == [float(15 <= frame < 20) for frame in range(21)]
    for frame, (file, row) in enumerate(zip(files, boxes, strict=True)):
        picture = cv2.imread(file)
        assert picture is not None
        assert abs(int(picture[0, 0, 0]) - 8 * frame) <= 1
        record = record_at(project.tracks[1], frame)
        if record is not None and record.box is not None:
            assert row.tolist() == pytest.approx(record.box.as_tuple(), abs=1e-3)


@pytest.mark.parametrize(("name", "is_told"), [("otb", True), ("got10k", True), ("lasot", True), ("vot", False)])
def test_a_toolkit_that_looks_for_jpg_only_is_told_of_where_png_is_written(
    project: Project, tmp_path: Path, name: str, is_told: bool
) -> None:
    notes = export(project, name, tmp_path / "out", ExportOptions(pictures="png")).notes
    assert ("The toolkits of this format look for .jpg pictures only." in notes) == is_told
    notes = export(project, name, tmp_path / "jpg", ExportOptions(pictures="jpg")).notes
    assert not any(".jpg" in note for note in notes)


@pytest.mark.filterwarnings("ignore")
def test_the_label_check_of_ultralytics_takes_every_picture(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOLO_OFFLINE", "1")  # it would look whether there is a network
    monkeypatch.setenv("YOLO_CONFIG_DIR", str(tmp_path))
    utils: Any = pytest.importorskip("ultralytics.data.utils", reason="ultralytics is not installed")
    export(project, "yolo", tmp_path / "yolo", ExportOptions(pictures="jpg"))
    pictures = sorted((tmp_path / "yolo" / "images" / "train").iterdir())
    assert len(pictures) == VIDEO.frame_count
    labels = utils.img2label_paths([os.fspath(picture) for picture in pictures])
    names = utils.check_det_dataset(str(tmp_path / "yolo" / "data.yaml"), autodownload=False)["names"]
    assert names == {0: "person", 1: "car"}
    boxes = 0
    for picture, label in zip(pictures, labels, strict=True):
        answer = utils.verify_image_label((os.fspath(picture), label, "", False, 2, 0, 0, False))
        _, rows, shape, _, _, missing, _, _, corrupt, message = answer
        assert (missing, corrupt, message, shape) == (0, 0, "", (VIDEO.height, VIDEO.width))
        boxes += len(rows)
    assert boxes == 20
