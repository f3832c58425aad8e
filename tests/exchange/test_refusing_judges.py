"""What the programs that judge a format refuse or ignore is said in the report of the export."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from app.exchange.annotations import ExportOptions
from app.exchange.export import ExportReport, export
from app.model.box_record import keyframe
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from tracker_core.geometry import Box

trackeval = pytest.importorskip("trackeval")

FRAMES = 6


def labelled(*labels: str, left: float = 20) -> Project:
    """A track of each label, in rows below each other."""
    video = VideoReference(Path("street.mp4"), frame_count=FRAMES, width=640, height=480, frame_rate=Fraction(25))
    tracks = {}
    for number, label in enumerate(labels, start=1):
        track = Track(number, label, "#3b82f6")
        track.put({frame: keyframe(Box(left + 5 * frame, 20 * number, 40, 15)) for frame in range(FRAMES)})
        tracks[number] = track
    return Project(video, {label: Label(label, "#3b82f6") for label in labels if label}, tracks)


def said(report: ExportReport, words: str) -> bool:
    return any(words in note for note in report.notes)


def kitti_truth(folder: Path, project: Project) -> tuple[ExportReport, int]:
    """The report, and how many boxes TrackEval scores.

    Raises:
        TrackEvalException: if TrackEval refuses the file.
    """
    truth = folder / "gt" / "label_02" / "0000.txt"
    truth.parent.mkdir(parents=True, exist_ok=True)
    report = export(project, "kitti", truth)
    (folder / "gt" / "evaluate_tracking.seqmap.training").write_text(f"0000 empty 000000 {FRAMES:06d}\n")
    results = folder / "trackers" / "ours" / "data" / "0000.txt"
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text("")
    dataset = trackeval.datasets.Kitti2DBox({
        "GT_FOLDER": str(folder / "gt"), "TRACKERS_FOLDER": str(folder / "trackers"), "PRINT_CONFIG": False,
        "SPLIT_TO_EVAL": "training",
    })  # fmt: skip
    raw = dataset.get_raw_seq_data("ours", "0000")
    return report, sum(dataset.get_preprocessed_seq_data(raw, name)["num_gt_dets"] for name in ("car", "pedestrian"))


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # TrackEval's, of a file that it refuses
@pytest.mark.parametrize(
    "label", ["Car", "pedestrian", "Van", "Truck", "Person", "Cyclist", "Tram", "Misc", "", "dog", "Person_sitting"]
)
def test_what_trackeval_makes_of_a_label_in_kitti_is_said(tmp_path: Path, label: str) -> None:
    project = labelled("Car", label)
    try:
        report, scored = kitti_truth(tmp_path, project)
    except trackeval.utils.TrackEvalException:
        report, scored = export(project, "kitti", tmp_path / "again.txt"), 0
        assert said(report, f'TrackEval refuses the file because of "{label or "object"}"')
    else:
        assert not said(report, "TrackEval refuses")
        assert said(report, f'score Car and Pedestrian only, not "{label}"') == (scored < 2 * FRAMES)


def test_many_unknown_labels_are_one_note_with_the_first_few(tmp_path: Path) -> None:
    report = export(labelled(*(f"kind {number}" for number in range(9))), "kitti", tmp_path / "0000.txt")
    assert said(report, 'because of "kind_0", "kind_1", "kind_2", "kind_3", "kind_4" and 4 more; it knows')


def test_boxes_over_the_border_which_kitti_does_not_score_are_counted(tmp_path: Path) -> None:
    report, scored = kitti_truth(tmp_path, labelled("Car", left=-12))
    assert scored == FRAMES - 3
    assert said(report, "3 boxes reach over the border (truncated 1)")


@pytest.mark.parametrize("count", [13, 14])
def test_a_class_that_trackeval_refuses_in_mot_is_said(tmp_path: Path, count: int) -> None:
    folder = tmp_path / "gt" / "SIA-train"
    folder.mkdir(parents=True)
    report = export(labelled(*(f"kind {number}" for number in range(count))), "mot", folder / "street")
    results = tmp_path / "trackers" / "SIA-train" / "ours" / "data" / "street.txt"
    results.parent.mkdir(parents=True)
    results.write_text("1,1,21,21,40,15,1,-1,-1,-1\n")
    (tmp_path / "gt" / "seqmaps").mkdir()
    (tmp_path / "gt" / "seqmaps" / "SIA-train.txt").write_text("name\nstreet\n")
    dataset = trackeval.datasets.MotChallenge2DBox({
        "GT_FOLDER": str(tmp_path / "gt"), "TRACKERS_FOLDER": str(tmp_path / "trackers"), "BENCHMARK": "SIA",
        "SPLIT_TO_EVAL": "train", "PRINT_CONFIG": False,
    })  # fmt: skip
    raw = dataset.get_raw_seq_data("ours", "street")
    try:
        dataset.get_preprocessed_seq_data(raw, "pedestrian")
    except trackeval.utils.TrackEvalException:
        assert said(report, "TrackEval refuses classes above 13")
    else:
        assert not said(report, "TrackEval refuses")
        assert said(report, "scores class 1 only")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("otb", "only the sequences that OTB itself has"),
        ("lasot", "only the sequences that LaSOT itself has"),
        ("voc", 'Pascal VOC\'s own evaluation does not know "dog cart": it has twenty labels'),
        ("cvat", 'for a task that does not have "car", "dog cart" among its labels'),
    ],
)
def test_what_other_judges_refuse_or_ignore_is_said(tmp_path: Path, name: str, words: str) -> None:
    assert said(export(labelled("car", "dog cart"), name, tmp_path / f"out.{name}"), words)


def test_a_label_of_vocs_own_is_not_warned_of(tmp_path: Path) -> None:
    assert not said(export(labelled("car"), "voc", tmp_path / "voc"), "Pascal VOC's own")


def test_a_box_on_another_of_its_label_is_one_for_ultralytics(tmp_path: Path) -> None:
    project = labelled("car", "car", "person")
    project.tracks[2].put({frame: project.tracks[1].get(frame) for frame in (2, 3)})
    report = export(project, "yolo", tmp_path / "yolo", ExportOptions(pictures=""))
    assert said(report, "2 boxes lie exactly on another of the same label: ultralytics reads only one of them")
    assert not said(export(labelled("car", "person"), "yolo", tmp_path / "other"), "ultralytics")
