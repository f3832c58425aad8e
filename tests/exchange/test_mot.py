from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from app.exchange.annotations import ExportOptions, ImportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import export
from app.exchange.importing import import_tracks
from app.model.box_record import BoxRecord, Source, keyframe
from tests.support.annotated_projects import VIDEO, street
from tracker_core.geometry import Box


def rows(path: Path) -> list[str]:
    return path.read_text().splitlines()


def test_a_row_has_nine_columns_and_counts_frames_pixels_and_classes_from_one(tmp_path: Path) -> None:
    path = tmp_path / "tracks.txt"
    export(street(), "mot", path)
    assert rows(path)[0] == "1,1,11,21,40,30,1,2,1"
    assert rows(path)[-1] == "30,5,301,201,50,50,1,2,0"  # occluded
    assert {len(row.split(",")) for row in rows(path)} == {9}


def test_the_flag_is_never_the_score(tmp_path: Path) -> None:
    path = tmp_path / "tracks.txt"
    export(street(), "mot", path)
    assert {row.split(",")[6] for row in rows(path)} == {"1"}


def test_numbers_keep_their_digits(tmp_path: Path) -> None:
    path = tmp_path / "tracks.txt"
    export(street(), "mot", path)
    assert "12,1,42.25,48,43,30,1,2,1" in rows(path)
    assert "2,1,13.3,23.7,40.3,30.05,1,2,1" in rows(path)


def test_pixels_may_be_counted_from_zero(tmp_path: Path) -> None:
    path = tmp_path / "tracks.txt"
    report = export(street(), "mot", path, ExportOptions(first_pixel=0))
    assert rows(path)[0] == "1,1,10,20,40,30,1,2,1"
    assert "Pixels are counted from 0, frames from 1." in report.notes


def test_a_path_without_suffix_is_a_whole_sequence(tmp_path: Path) -> None:
    folder = tmp_path / "street"
    export(street(), "mot", folder)
    assert rows(folder / "gt" / "gt.txt")[0] == "1,1,11,21,40,30,1,2,1"
    assert rows(folder / "gt" / "labels.txt") == ["person", "car"]
    assert rows(folder / "seqinfo.ini") == [
        "[Sequence]", "name=street", "imDir=img1", "frameRate=25", "seqLength=30", "imWidth=640", "imHeight=360",
        "imExt=.jpg",
    ]  # fmt: skip


def test_a_folder_with_a_suffix_that_is_there_is_a_sequence_too(tmp_path: Path) -> None:
    folder = tmp_path / "street.v2"
    folder.mkdir()
    export(street(), "mot", folder)
    assert (folder / "gt" / "gt.txt").is_file()


def test_a_file_without_suffix_that_is_there_stays_a_file(tmp_path: Path) -> None:
    path = tmp_path / "tracks"
    path.touch()
    export(street(), "mot", path)
    assert len(rows(path)) == 20


def test_a_broken_frame_rate_is_written_whole_and_said_so(tmp_path: Path) -> None:
    project = street()
    project.video = replace(VIDEO, frame_rate=Fraction(30000, 1001))
    report = export(project, "mot", tmp_path / "street")
    assert "frameRate=30" in rows(tmp_path / "street" / "seqinfo.ini")
    assert "The frame rate 29.97 is written as a whole number." in report.notes


def test_what_the_format_cannot_hold_is_said(tmp_path: Path) -> None:
    notes = export(street(), "mot", tmp_path / "tracks.txt").notes
    assert "1 occluded box with visibility 0, all others with 1." in notes
    assert "The file numbers its classes and has no place for their names; a sequence folder has." in notes
    assert "TrackEval's MOTChallenge evaluation scores class 1 only; export a single class for it." in notes


def test_a_trackers_result_stays_the_trackers_with_its_score(tmp_path: Path) -> None:
    path = tmp_path / "result.txt"
    path.write_text("1,4,11,21,5,6,0.87,-1,-1,-1\n2,4,12,22,5,6,-1,-1,-1,-1\n")
    (track,) = import_tracks("mot", path, VIDEO).tracks
    assert (track.id, track.label) == (4, "object")
    assert track.get(0) == BoxRecord(Box(10, 20, 5, 6), Source.TRACKER, score=0.87)
    assert track.get(1) == BoxRecord(Box(11, 21, 5, 6), Source.TRACKER, score=None)


def test_a_score_in_the_place_of_the_flag_is_a_trackers(tmp_path: Path) -> None:
    path = tmp_path / "gt.txt"
    path.write_text("1,4,11,21,5,6,0.87,2,1\n")
    (track,) = import_tracks("mot", path, VIDEO).tracks
    assert track.label == "class 2"
    assert track.get(0) == BoxRecord(Box(10, 20, 5, 6), Source.TRACKER, score=0.87)


def test_a_gap_in_a_trackers_result_is_an_absence_said_by_the_tracker(tmp_path: Path) -> None:
    path = tmp_path / "result.txt"
    path.write_text("1,4,11,21,5,6,0.9\n4,4,12,22,5,6,0.9\n")
    (track,) = import_tracks("mot", path, VIDEO).tracks
    assert track.get(1) == BoxRecord(None, Source.TRACKER)


def test_less_than_half_visible_is_occluded(tmp_path: Path) -> None:
    path = tmp_path / "gt.txt"
    path.write_text("1,1,1,1,5,6,1,1,0.49\n2,1,1,1,5,6,1,1,0.5\n")
    (track,) = import_tracks("mot", path, VIDEO).tracks
    assert [record.occluded for _, record in track.items()] == [True, False]


def test_spaces_trailing_commas_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "gt.txt"
    path.write_bytes(b"1.0, 1, 1, 1, 5, 6, 1, 1, 1,\r\n\r\n2.0, 1, 1, 1, 5, 6, 1, 1, 1,\r\n")
    (track,) = import_tracks("mot", path, VIDEO).tracks
    assert dict(track.items()) == {0: keyframe(Box(0, 0, 5, 6)), 1: keyframe(Box(0, 0, 5, 6))}


def test_what_an_import_leaves_out_or_changes_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "street"
    export(street(), "mot", folder)
    ini = folder / "seqinfo.ini"
    ini.write_text(ini.read_text().replace("imWidth=640", "imWidth=1920"))
    with (folder / "gt" / "gt.txt").open("a") as file:
        file.write("1,2,1,1,5,6,0,1,1\n2,1,1,1,5,6,1,1,1\n".replace("2,1,1", "3,2,1"))
        file.write("31,2,1,1,5,6,1,2,1\n1,0,1,1,5,6,1,1,1\n40,8,1,1,5,6,1,1,1\n")
    imported = import_tracks("mot", folder, VIDEO)
    assert sorted(track.id for track in imported.tracks) == [1, 2, 5, 9]
    assert imported.notes == (
        "1 box with the flag 0 (to be ignored): left out.",
        "1 box of another class than their track: taken as the track's.",
        "Made for pictures of 1920 x 360; this video has 640 x 360.",
        "2 boxes after the last frame (29) of the video: left out.",
        "Track 0 becomes track 9: ids are numbers from 1 to 999999999.",
        "Track 8 (person) has no boxes and is left out.",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1,1,1,1", "line 2: 4 columns, MOT needs"),
        ("frame,id,x,y,w,h", 'line 2: "frame" is not a number'),
        ("0,1,1,1,5,6,1,1,1", "line 2: frame 0, but MOT counts frames from 1"),
        ("1.5,1,1,1,5,6,1,1,1", "line 2: the frame is 1.5, not a whole number"),
        ("1,-1,1,1,5,6,0.9", "line 2: the id is -1: these are detections"),
        ("1,nan,1,1,5,6,1,1,1", 'line 2: "nan" is not a number'),
        ("1,1,inf,1,5,6,1,1,1", 'line 2: "inf" is not a number'),
        ("1,1,1,1,-5,6,1,1,1", "line 2: a box needs a width"),
        ("1,2,1,1,5,6,1,1,1", "line 2: track 2 has two boxes in this frame"),
        ("2,2,1,1,5,6,1,1.5,1", "line 2: the class is 1.5, not a whole number"),
        ("2,2,1,1,5,6,nan,1,1", 'line 2: "nan" is not a number'),
    ],
)
def test_an_import_names_the_line_that_makes_no_sense(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "gt.txt"
    path.write_text(f"1,2,1,1,5,6,1,1,1\n{line}\n")
    with pytest.raises(ExchangeError, match=r"gt\.txt, line") as caught:
        import_tracks("mot", path, VIDEO)
    assert reason in str(caught.value)


def test_a_missing_file_and_a_picture_are_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"nothing\.txt does not exist"):
        import_tracks("mot", tmp_path / "nothing.txt", VIDEO)
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(ExchangeError, match=r"picture\.txt is not a text file"):
        import_tracks("mot", tmp_path / "picture.txt", VIDEO, ImportOptions())
