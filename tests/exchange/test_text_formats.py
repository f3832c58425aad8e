"""KITTI, VIAME, text columns, the CSV table, MOT detections: the content of lines, ours and those of other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange.annotations import ExportOptions, ImportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.formats import check
from app.exchange.importing import ImportedTracks, import_tracks
from app.exchange.match_rules import Match, Rule
from app.model.box_record import BoxRecord, Source, keyframe
from tests.support.annotated_projects import VIDEO, street
from tracker_core.geometry import Box


def lines_of(name: str, path: Path, options: ExportOptions | None = None) -> list[str]:
    export(street(), name, path, options)
    return path.read_text().splitlines()


def read(name: str, path: Path, text: str, options: ImportOptions | None = None) -> ImportedTracks:
    path.write_text(text)
    return import_tracks(name, path, VIDEO, options)


# KITTI


def test_a_line_of_kitti_has_seventeen_values_and_corners(tmp_path: Path) -> None:
    lines = lines_of("kitti", tmp_path / "0000.txt")
    assert lines[0] == "0 1 car 0 0 -10 10 20 50 50 -1 -1 -1 -1000 -1000 -1000 -10"
    assert lines[-1] == "29 5 car 0 1 -10 300 200 350 250 -1 -1 -1 -1000 -1000 -1000 -10"
    assert {len(line.split()) for line in lines} == {17}


def test_spaces_in_labels_become_lines_in_kitti_and_that_is_said(tmp_path: Path) -> None:
    project = street()
    project.tracks[2].label = "traffic light"
    report = export(project, "kitti", tmp_path / "0000.txt")
    assert 'The label "traffic light" is written as "traffic_light".' in report.notes


def test_kitti_of_others(tmp_path: Path) -> None:
    tail = "-1 -1 -1 -1000 -1000 -1000 -10"
    imported = read("kitti", tmp_path / "0000.txt", (
        f"0 -1 DontCare -1 -1 -10 0 0 50 50 {tail}\n"
        f"0 0 Cyclist 0 2 -1.8 10 20 30.5 60 1.7 0.6 1.8 2.1 1.4 8.4 -1.5\n"
        f"2 0 Cyclist 0 3 -1.8 11 20 31.5 60 {tail} 0.75\n"
    ))  # fmt: skip
    (track,) = imported.tracks
    assert track.label == "Cyclist"
    assert track.get(0) == keyframe(Box(10, 20, 20.5, 40), occluded=True)
    assert track.get(2) == BoxRecord(Box(11, 20, 20.5, 40), Source.TRACKER, 0.75)
    assert imported.notes == (
        "1 box of the type DontCare: left out.",
        "Track 0 becomes track 1: ids are numbers from 1 to 999999999.",
    )


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("0 1 Car 0 0 -10 1 1 5 5", "10 values, but a line has 17, or 18 with a score"),
        ("0.5 1 Car 0 0 -10 1 1 5 5 -1 -1 -1 0 0 0 0", "frame 0.5: frames are whole numbers from 0"),
        ("0 -1 Car 0 0 -10 1 1 5 5 -1 -1 -1 0 0 0 0", "id -1: ids are whole numbers from 0"),
        ("0 1 Car 0 7 -10 1 1 5 5 -1 -1 -1 0 0 0 0", "7: occluded is 0, 1, 2 or 3"),
        ("0 1 Car 0 0 -10 5 1 5 5 -1 -1 -1 0 0 0 0", "right is beyond left, and bottom below top"),
        ("0 1 Car 0 0 -10 x 1 5 5 -1 -1 -1 0 0 0 0", "not a number where one belongs"),
        ("0 1 Car 0 0 -10 1 1 nan 5 -1 -1 -1 0 0 0 0", "a value is not finite (NaN or infinity)"),
    ],
)
def test_what_is_wrong_with_a_line_of_kitti(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "0000.txt").write_text(f"{line}\n")
    assert f"0000.txt, line 1: {fault}" in check(tmp_path / "0000.txt", "kitti")


# MOT detections


def test_detections_of_mot_have_scores_and_no_ids(tmp_path: Path) -> None:
    lines = lines_of("mot-det", tmp_path / "det.txt")
    assert lines[0] == "1,-1,11,21,40,30,1,-1,-1,-1"  # drawn by a person
    assert "6,-1,204,102,20,60,0.2,-1,-1,-1" in lines
    assert "2,-1,13.3,23.7,40.3,30.05,-1,-1,-1,-1" in lines  # interpolated, and so without a score


def test_detections_of_mot_come_in_as_such(tmp_path: Path) -> None:
    imported = read("mot-det", tmp_path / "det.txt", "1,-1,11,21,5,6,0.87,-1,-1,-1\n1,-1,51,21,5,6,87.5\n")
    assert imported.tracks == ()
    assert [detection.record for detection in imported.detections] == [
        BoxRecord(Box(10, 20, 5, 6), Source.TRACKER, 0.87),
        BoxRecord(Box(50, 20, 5, 6), Source.TRACKER),
    ]
    assert imported.notes == ("1 box with a score outside 0 to 1: its score is left out.",)


def test_a_sequence_of_a_benchmark_is_found_by_the_name_of_the_video(tmp_path: Path) -> None:
    for name in ("street", "park"):
        (tmp_path / name / "gt").mkdir(parents=True)
        (tmp_path / name / "gt" / "gt.txt").write_text(f"1,{len(name)},1,1,5,6,1,1,1\n")
    (track,) = import_tracks("mot", tmp_path, VIDEO).tracks
    assert track.id == len("street")


def test_the_classes_of_mot17(tmp_path: Path) -> None:
    project = street()
    project.tracks[5].label = "tram"
    report = export(project, "mot", tmp_path / "street", ExportOptions(mot17=True))
    classes = {line.split(",")[7] for line in (tmp_path / "street" / "gt" / "gt.txt").read_text().splitlines()}
    assert classes == {"1", "3"}  # the person is a pedestrian, the car a car
    assert 'Tracks of the label "tram" are left out: MOT17 has no such class.' in report.notes
    assert len((tmp_path / "street" / "gt" / "labels.txt").read_text().splitlines()) == 13


# VIAME


def test_a_line_of_viame(tmp_path: Path) -> None:
    heading, first, *_ = lines_of("viame", tmp_path / "tracks.csv")
    assert heading.startswith("# 1: Detection or Track-id,")
    assert first == "1,000001.jpg,0,10.0,20.0,50.0,50.0,1.0,-1,car,1.0,(atr) source human,(trk-atr) make Saab"


def test_viame_of_others(tmp_path: Path) -> None:
    imported = read("viame", tmp_path / "tracks.csv", (
        "# 1: Detection or Track-id,2: Video or Image Identifier\n"
        "3,00:00:01.000000,5,10,20,30,60,0.4,-1,skate,0.1,fish,0.4\n"
        '3,00:00:01.040000,6,10,20,30,60,1,-1,fish,1,(kp) head 1 2,"(trk-atr) note a, b"\n'
    ))  # fmt: skip
    (track,) = imported.tracks
    assert (track.label, track.attributes) == ("fish", {"note": "a, b"})
    assert track.get(5) == BoxRecord(Box(10, 20, 20, 40), Source.TRACKER, 0.4)
    assert track.get(6) == keyframe(Box(10, 20, 20, 40))
    assert imported.matched == "Pictures are matched by their frame numbers, counted from 0."


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1,a.jpg,0,1,2,3,4,1,-1", "9 columns, but a box with a label has 11 or more"),
        ("x,a.jpg,0,1,2,3,4,1,-1,car,1", "the number of a track is a whole number from 0"),
        ("1,a.jpg,0.5,1,2,3,4,1,-1,car,1", "frame 0.5: frames are whole numbers from 0"),
        ("1,a.jpg,0,3,2,1,4,1,-1,car,1", "right is beyond left, and bottom below top"),
        ("1,a.jpg,0,1,2,3,4,7,-1,car,1", "7: confidence lies from 0 to 1"),
        ("1,a.jpg,x,1,2,3,4,1,-1,car,1", "not a number where one belongs"),
    ],
)
def test_what_is_wrong_with_a_line_of_viame(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "a.csv").write_text(f"{line}\n")
    assert f"a.csv, line 1: {fault}" in check(tmp_path / "a.csv", "viame")


# Text columns


def test_the_columns_of_darklabel(tmp_path: Path) -> None:
    assert lines_of("darklabel", tmp_path / "a.txt")[0] == "0,1,10,20,40,30,-1,-1,-1,-1,car"


@pytest.mark.parametrize(
    ("columns", "first"),
    [
        ("fn=1,id,x1,y1,x2,y2,cname", "1,1,10,20,50,50,car"),
        ("classid ncx ncy nw nh fn id", "1 0.046875 0.097222222 0.0625 0.083333333 0 1"),
        ("image;cname;cx;cy;w;h;score;occluded;id", "000001.jpg;car;30;35;40;30;1;0;1"),
        ("fn\tid\tx\ty\tw\th\tc=7\t_", "0\t1\t10\t20\t40\t30\t7\t0"),
        ("classid=1,fn,id,x,x2,y,y2", "2,0,1,10,50,20,50"),
    ],
)
def test_columns_that_a_person_names(tmp_path: Path, columns: str, first: str) -> None:
    path = tmp_path / "a.txt"
    assert lines_of("darklabel", path, ExportOptions(columns=columns))[0] == first
    assert check(path, "darklabel", columns=columns) == []
    options = ImportOptions(label_names=("person", "car"), columns=columns)
    (track, *_) = import_tracks("darklabel", path, VIDEO, options).tracks
    record = track.get(10)
    assert record is not None
    assert record.box is not None
    assert record.box.as_tuple() == pytest.approx((33, 47, 43, 30.5), abs=1e-3)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ("fn,id,x,y,w", "The columns do not say enough: y and h or y1 and y2"),
        ("id,x,y,w,h", "The columns do not say enough: fn or image is missing"),
        ("fn,id,x,y,w,h,depth", 'There is no column "depth"'),
        ("fn=2,x,y,w,h", 'There is no column "fn=2"'),
        ("fn,fn,x,y,w,h", "The column fn stands twice"),
        ("9" * 5000, "There is no column"),
    ],
)
def test_columns_that_make_no_sense(tmp_path: Path, columns: str, reason: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        export(street(), "darklabel", tmp_path / "a.txt", ExportOptions(columns=columns))
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 300
    assert list(tmp_path.iterdir()) == []


def test_text_columns_without_a_track_are_detections_and_frames_from_one_are_noticed(tmp_path: Path) -> None:
    text = "".join(f"{frame} 10 20 5 6\n" for frame in range(1, 31))
    imported = read("darklabel", tmp_path / "a.txt", text, ImportOptions(columns="fn x y w h"))
    assert [detection.frame for detection in imported.detections] == list(range(30))
    assert imported.matched == "Pictures are matched by their frame numbers, counted from 1."


# The CSV table


def test_a_table_names_its_columns(tmp_path: Path) -> None:
    heading, first, *others = lines_of("csv", tmp_path / "a.csv")
    assert heading == ("frame,track,label,state,x,y,width,height,source,score,occluded,reviewed,colour,attribute:make")
    assert first == "0,1,car,visible,10.0,20.0,40.0,30.0,human,,0,1,#3b82f6,Saab"
    assert "15,1,car,absent,,,,,human,,0,1,#3b82f6,Saab" in others


def test_tables_of_others(tmp_path: Path) -> None:
    imported = read("csv", tmp_path / "a.csv", "Image;xmin;ymin;xmax;ymax;class;note\nb_2.jpg;1;2;4;6;dog;x\n")
    (detection,) = imported.detections
    assert (detection.frame, detection.label, detection.record) == (2, "dog", keyframe(Box(1, 2, 3, 4)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty; a table begins with the names of its columns"),
        ("frame,x,y\n", "has no column width or height"),
        ("x,y,w,h\n1,2,3,4\n", "has no column frame"),
        ("frame,x,y,w,h\n1,2,3,4\n", "line 2: 4 values under 5 columns"),
        ("frame,x,y,w,h\n1,2,3,4,x\n", 'line 2: "x" is not a number'),
        ("frame,track,state,x,y,w,h\n1,1,gone,2,3,4,5\n", 'line 2: the state is "gone"'),
        ("frame,track,x,y,w,h\n1,1,2,3,4,5\n1,1,2,3,4,5\n", "line 3: track 1 has two boxes in this frame"),
    ],
)
def test_a_table_that_makes_no_sense(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read("csv", tmp_path / "a.csv", text)
    assert reason in str(caught.value)


def test_a_rule_can_be_chosen_for_every_format_that_lists_pictures(tmp_path: Path) -> None:
    text = "frame,picture,x,y,w,h\n3,shot_7.jpg,1,2,3,4\n4,shot_9.jpg,1,2,3,4\n"
    with pytest.raises(ExchangeError, match="two rules disagree"):
        read("csv", tmp_path / "a.csv", text)
    imported = read("csv", tmp_path / "a.csv", text, ImportOptions(match=Match(Rule.NUMBER)))
    assert [detection.frame for detection in imported.detections] == [7, 9]
