"""OTB, GOT-10k, VOT and LaSOT: the files in the folder of a target, and folders as the benchmarks publish them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.exchange.annotations import ExportOptions, ImportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.formats import check
from app.exchange.importing import import_tracks
from app.model.box_record import keyframe
from tests.support.annotated_projects import VIDEO, street
from tracker_core.geometry import Box


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def test_a_folder_of_otb_goes_from_the_first_box_to_the_last(tmp_path: Path) -> None:
    report = export(street(), "otb", tmp_path / "out")
    rows = lines(tmp_path / "out" / "car-1" / "groundtruth_rect.txt")
    assert len(rows) == 21
    assert rows[0] == "11,21,40,30"
    assert rows[15:20] == ["0,0,0,0"] * 5
    assert lines(tmp_path / "out" / "list.txt") == ["car-1", "person-2", "car-5"]
    assert (
        "A folder a track: car-1 begins with frame 0; person-2 begins with frame 4; car-5 begins with frame 29."
        in report.notes
    )
    assert "5 frames without a box between the first and the last: written as absent." in report.notes
    assert "car-5 shows its target in a single frame: toolkits have nothing to follow there." in report.notes


def test_a_folder_of_got10k_has_its_labels_and_meta_lines_where_readers_look(tmp_path: Path) -> None:
    export(street(), "got10k", tmp_path / "out")
    folder = tmp_path / "out" / "car-1"
    assert lines(folder / "groundtruth.txt")[0] == "10,20,40,30"
    assert lines(folder / "absence.label") == ["0"] * 15 + ["1"] * 5 + ["0"]
    assert lines(folder / "cover.label") == ["8"] * 15 + ["0"] * 5 + ["8"]
    assert lines(tmp_path / "out" / "car-5" / "cover.label") == ["3"]
    meta = lines(folder / "meta_info.ini")
    assert meta[0] == "[METAINFO]"
    assert meta[4:6] == ["anno_fps: 25fps", "object_class: car"]
    assert int(meta[4].partition(": ")[2][:-3]) == 25  # as VOT's reader takes it


def test_a_folder_of_vot_says_where_its_pictures_are(tmp_path: Path) -> None:
    export(street(), "vot", tmp_path / "out")
    folder = tmp_path / "out" / "car-1"
    assert lines(folder / "groundtruth.txt")[0] == "10,20,40,30"
    assert lines(folder / "groundtruth.txt")[15] == "0"
    assert "channels.color=color/%08d.jpg" in lines(folder / "sequence")
    assert lines(tmp_path / "out" / "car-5" / "occlusion.tag") == ["1"]


def test_a_polygon_of_vot_has_the_outermost_pixels_for_corners(tmp_path: Path) -> None:
    export(street(), "vot", tmp_path / "out", ExportOptions(polygons=True))
    assert lines(tmp_path / "out" / "car-1" / "groundtruth.txt")[0] == "10,20,49,20,49,49,10,49"


def test_a_folder_of_lasot_lies_in_that_of_its_class(tmp_path: Path) -> None:
    export(street(), "lasot", tmp_path / "out")
    folder = tmp_path / "out" / "car" / "car-1"
    assert lines(folder / "groundtruth.txt")[0] == "11,21,40,30"
    assert lines(folder / "out_of_view.txt") == [",".join(["0"] * 15 + ["1"] * 5 + ["0"])]


@pytest.mark.parametrize("name", ["otb", "got10k", "vot", "lasot"])
def test_keyframes_only_would_say_that_the_target_is_absent_and_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExchangeError, match="a row for every frame"):
        export(street(), name, tmp_path / "out", ExportOptions(keyframes_only=True))
    assert list(tmp_path.iterdir()) == []


def test_labels_of_any_kind_come_back_from_folders(tmp_path: Path) -> None:
    project = street()
    project.tracks[1].label = "../a: b/c"
    project.tracks[2].label = "自行车"
    export(project, "otb", tmp_path / "out")
    assert [path.name for path in sorted((tmp_path / "out").iterdir()) if path.is_dir()] == [
        "a_b_c-1",
        "car-5",
        "自行车-2",
    ]
    labels = {track.id: track.label for track in import_tracks("otb", tmp_path / "out", VIDEO).tracks}
    assert labels == {1: "../a: b/c", 2: "自行车", 5: "car"}


def test_the_folder_of_a_benchmark_is_one_target_from_the_first_frame_on(tmp_path: Path) -> None:
    folder = tmp_path / "street"
    folder.mkdir()
    (folder / "groundtruth_rect.txt").write_text("11\t21\t5\t6\n12\t21\t5\t6\nNaN\tNaN\tNaN\tNaN\n")
    (track,) = import_tracks("otb", folder, VIDEO).tracks
    assert (track.id, track.label) == (1, "street")
    assert dict(track.items()) == {0: keyframe(Box(10, 20, 5, 6)), 1: keyframe(Box(11, 20, 5, 6)), 2: keyframe(None)}
    (other,) = import_tracks("otb", folder, VIDEO, ImportOptions(first_pixel=0, frames=range(10, 30, 5))).tracks
    assert [frame for frame, _ in other.items()] == [10, 15, 20]


def test_several_targets_of_one_folder_of_otb(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"groundtruth_rect.{number}.txt").write_text(f"{number},1,5,6\n" * 2)
    assert len(import_tracks("otb", tmp_path, VIDEO).tracks) == 2


def test_of_several_sequences_that_of_the_video_is_read(tmp_path: Path) -> None:
    for name in ("street", "park"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "groundtruth.txt").write_text("1,2,3,4\n2,2,3,4\n")
    (track,) = import_tracks("vot", tmp_path, VIDEO).tracks
    assert track.label == "street"
    with pytest.raises(ExchangeError, match="holds 2 sequences, and none is called lake; give the folder of one"):
        import_tracks("vot", tmp_path, replace(VIDEO, path=Path("lake.mp4")))


def test_regions_of_vot_of_every_kind(tmp_path: Path) -> None:
    regions = ["10,20,30,40", "0,0,8,0,8,8,0,8", "m5,6,4,3,5,2,2,2,1", "0", "nan,nan,nan,nan", "4,0,8,4,4,8,0,4"]
    (tmp_path / "groundtruth.txt").write_text("\n".join(regions) + "\n")
    (track,) = import_tracks("vot", tmp_path, VIDEO).tracks
    assert {frame: record.box for frame, record in track.items()} == {
        0: Box(10, 20, 30, 40), 1: Box(0, 0, 9, 9), 2: Box(6, 7, 2, 2), 3: None, 5: Box(0, 0, 9, 9),
    }  # fmt: skip


def test_a_huge_mask_is_refused_shortly(tmp_path: Path) -> None:
    (tmp_path / "groundtruth.txt").write_text("m0,0,20000,20000,0,400000000\n")
    with pytest.raises(ExchangeError, match=r"line 1: the box .* lies far outside the picture"):
        import_tracks("vot", tmp_path, VIDEO)


def test_absence_and_cover_of_got10k(tmp_path: Path) -> None:
    (tmp_path / "groundtruth.txt").write_text("1,2,3,4\n" * 4)
    (tmp_path / "absence.label").write_text("0\n0\n1\n0\n")
    (tmp_path / "cover.label").write_text("8\n3\n0\n8\n")
    (tmp_path / "meta_info.ini").write_text("[METAINFO]\nobject_class: red panda\n")
    (track,) = import_tracks("got10k", tmp_path, VIDEO).tracks
    assert track.label == "red panda"
    assert [(record.absent, record.occluded) for _, record in track.items()] == [
        (False, False), (False, True), (True, False), (False, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "damage", "fault"),
    [
        ("otb", lambda out: (out / "car-1" / "groundtruth_rect.txt").write_text("0,0,0,0\n1,2,3,4\n"),
         "car-1/groundtruth_rect.txt: the first row has no box, and a tracker starts from it"),
        ("got10k", lambda out: (out / "car-1" / "cover.label").unlink(), "car-1/cover.label: this file is missing"),
        ("got10k", lambda out: (out / "car-1" / "cover.label").write_text("8\n"),
         "car-1/cover.label: 1 labels, but another number of rows"),
        ("got10k", lambda out: (out / "car-1" / "meta_info.ini").write_text("[METAINFO]\nobject_class: x\n"),
         "car-1/meta_info.ini: readers take line 6 for object_class, and it is another one"),
        ("vot", lambda out: (out / "car-1" / "sequence").write_text("fps=25\n"),
         "car-1/sequence: channels.color is missing"),
        ("vot", lambda out: (out / "car-1" / "groundtruth.txt").write_text("1,2,3,4\n1,2,3,4,5\n"),
         "car-1/groundtruth.txt, line 2: a region has 4 numbers, or 6, 8 and on"),
        ("lasot", lambda out: (out / "car" / "car-1" / "full_occlusion.txt").write_text("0,0\n"),
         "car-1/full_occlusion.txt: 2 labels, but another number of rows"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_folder(tmp_path: Path, name: str, damage: Callable[[Path], object], fault: str) -> None:
    export(street(), name, tmp_path / "out")
    damage(tmp_path / "out")
    assert fault in check(tmp_path / "out", name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("first=0\nstep=1\n", "does not say count"),
        ("first=-1\nstep=1\ncount=3\n", "first is -1"),
        ("first=0\nstep=0\ncount=3\n", "step is 0"),
        ("first=0\nstep=1\ncount=1e30\n", "count is"),
        ("nonsense\n", '"nonsense" is not key=value'),
    ],
)
def test_an_origin_that_makes_no_sense_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "groundtruth.txt").write_text("1,2,3,4\n")
    (tmp_path / "origin.txt").write_text(text)
    with pytest.raises(ExchangeError, match="correct it or remove it") as caught:
        import_tracks("vot", tmp_path, VIDEO)
    assert reason in str(caught.value)
