"""An export happens completely or not at all."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.exchange import formats, mot
from app.exchange.annotations import Annotations, ExportOptions
from app.exchange.errors import ExchangeError
from app.exchange.export import ExportReport, check_goal, export
from app.exchange.format import Written
from app.model.box_record import keyframe
from app.model.project import Label
from app.store.project_store import ProjectStore
from tests.support.annotated_projects import VIDEO, street
from tests.support.stores import CERTIFICATE, RUN, street_with_a_run
from tracker_core.geometry import Box


def everything_in(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def half_a_file(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    path.write_text("{")
    raise ValueError("a number cannot be written")


def one_box_less(path: Path, annotations: Annotations, options: ExportOptions) -> Written:
    return mot.write(path, replace(annotations, rows=annotations.rows[:-1]), options)


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that forgets a box as it writes, and one that fails in the middle of the file."""
    forgetful = replace(formats.format_named("mot"), name="forgetful", write=one_box_less)
    failing = replace(formats.format_named("coco"), name="failing", write=half_a_file)
    monkeypatch.setattr(formats, "FORMATS", (*formats.FORMATS, forgetful, failing))


def test_the_report_counts_what_was_written(tmp_path: Path) -> None:
    report = export(street(), "coco", tmp_path / "tracks.json")
    assert report == ExportReport(
        frames=17, tracks=3, boxes=20, classes=("person", "car"),
        notes=("Pictures are not written; the file names them street/000001.jpg and on.",),
    )  # fmt: skip


@pytest.mark.parametrize(("format_name", "name"), [("coco", "tracks.json"), ("mot", "tracks.txt"), ("mot", "street")])
def test_nothing_but_the_export_is_left_behind(tmp_path: Path, format_name: str, name: str) -> None:
    export(street(), format_name, tmp_path / name)
    export(street(), format_name, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("format_name", "name", "reason"),
    [
        ("failing", "tracks.json", "Nothing was changed"),
        ("forgetful", "street", "does not read back as written and was not kept: 20 boxes became 19"),
    ],
)
@pytest.mark.usefixtures("forgetful")
def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path, format_name: str, name: str, reason: str) -> None:
    export(street(), "mot" if format_name == "forgetful" else "coco", tmp_path / name)
    before = everything_in(tmp_path)
    with pytest.raises(ExchangeError, match=reason):
        export(street(), format_name, tmp_path / name)
    assert everything_in(tmp_path) == before


@pytest.mark.usefixtures("forgetful")
def test_an_export_that_fails_leaves_nothing_where_nothing_was(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError):
        export(street(), "failing", tmp_path / "tracks.json")
    assert everything_in(tmp_path) == {}


STEPS = [
    "collecting boxes",
    "writing 20 boxes",
    "checking what was written",
    "reading it back",
    "comparing",
    "putting it in place",
]


def test_the_steps_are_told_in_their_order(tmp_path: Path) -> None:
    told: list[str] = []
    report = export(street(), "mot", tmp_path / "gt.txt", on_step=told.append)
    assert report.boxes == 20
    assert told == STEPS


@pytest.mark.parametrize("last", STEPS)
def test_an_export_that_is_stopped_at_any_step_changes_nothing(tmp_path: Path, last: str) -> None:
    class StopError(Exception):
        pass

    def stop(what: str) -> None:
        if what == last:
            raise StopError

    goal = tmp_path / "gt.txt"
    goal.write_text("what was there")
    with pytest.raises(StopError):
        export(street(), "mot", goal, on_step=stop)
    assert [file.name for file in tmp_path.iterdir()] == ["gt.txt"]
    assert goal.read_text() == "what was there"


@pytest.mark.parametrize("blocked", ["seqinfo.ini", "gt/labels.txt", "gt/gt.txt"])
def test_a_sequence_is_replaced_whole_or_not_at_all(tmp_path: Path, blocked: str) -> None:
    folder = tmp_path / "street"
    export(street(), "mot", folder)
    (folder / blocked).unlink()
    (folder / blocked).mkdir()  # a file cannot be renamed over a folder
    before = everything_in(tmp_path)
    with pytest.raises(ExchangeError, match="Nothing was changed"):
        export(street(), "mot", folder, ExportOptions(first_pixel=0, single_class=True))
    assert everything_in(tmp_path) == before


def test_other_files_in_a_sequence_folder_stay(tmp_path: Path) -> None:
    picture = tmp_path / "street" / "img1" / "000001.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"picture")
    export(street(), "mot", tmp_path / "street")
    assert picture.read_bytes() == b"picture"


def test_an_export_that_its_readers_would_refuse_is_not_kept(tmp_path: Path) -> None:
    project = street()
    project.tracks[1].id = 0
    project.tracks[0] = project.tracks.pop(1)
    with pytest.raises(ExchangeError, match=r"would be refused by its readers and was not kept: .* id 0"):
        export(project, "mot", tmp_path / "tracks.txt")
    assert everything_in(tmp_path) == {}


def test_a_link_keeps_pointing_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.txt").touch()
    link = tmp_path / "link.txt"
    link.symlink_to("real.txt")
    export(street(), "mot", link)
    assert link.is_symlink()
    assert len((tmp_path / "real.txt").read_text().splitlines()) == 20


@pytest.mark.parametrize(
    ("format_name", "name", "reason"),
    [
        ("avi", "tracks.txt", 'There is no format "avi"; choose one of mot, mot-det, coco'),
        ("coco", "nowhere/tracks.json", "nowhere does not exist; make it first"),
        ("coco", "", "is a folder; COCO with videos is written to one file, such as tracks.json"),
    ],
)
def test_a_bad_goal_is_said_in_a_sentence(tmp_path: Path, format_name: str, name: str, reason: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        export(street(), format_name, tmp_path / name)
    assert reason in str(caught.value)
    assert everything_in(tmp_path) == {}


def test_an_empty_export_is_written_and_warned_about(tmp_path: Path) -> None:
    project = street()
    project.tracks.clear()
    report = export(project, "mot", tmp_path / "tracks.txt")
    assert (report.frames, report.tracks, report.boxes) == (0, 0, 0)
    assert report.notes[0] == "There is no box to export: the file is empty."
    assert (tmp_path / "tracks.txt").read_text() == ""


@pytest.mark.parametrize("length", [240, 250, 255])
def test_a_name_as_long_as_the_file_system_allows_is_written(tmp_path: Path, length: int) -> None:
    path = tmp_path / f"{'t' * (length - 5)}.json"
    assert export(street(), "coco", path).boxes == 20
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["t" * 256, "t" * 5000, "a/" * 3000, "zero\0byte", "lone \ud800 surrogate"])
def test_a_name_that_no_file_can_have_is_said_in_a_short_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        export(street(), "coco", tmp_path / name)
    sentence = str(caught.value)
    assert len(sentence) < 200
    assert sentence.isprintable()
    assert everything_in(tmp_path) == {}


def test_a_video_of_more_frames_than_there_can_be_fills_no_disk(tmp_path: Path) -> None:
    project = street()
    project.video = replace(project.video, frame_count=10**10)
    with pytest.raises(ExchangeError, match="its video has 10000000000 frames; at most 10000000 can be written"):
        export(project, "coco", tmp_path / "tracks.json")
    assert everything_in(tmp_path) == {}


def test_a_record_at_a_frame_beyond_all_counting_does_not_hold_the_export_up(tmp_path: Path) -> None:
    project = street()
    project.tracks[5].put({10**12: keyframe(Box(1, 1, 5, 5))})
    report = export(project, "mot", tmp_path / "tracks.txt")
    assert report.boxes == 20
    assert f"{10**12 - 29:,} boxes after the last frame (29) of the video: left out." in report.notes


def test_a_label_that_nobody_wears_is_no_class_and_the_classes_are_shown(tmp_path: Path) -> None:
    project = street()
    project.labels = {name: Label(name, "#112233") for name in ("target", "person", "car")}
    report = export(project, "mot", tmp_path / "street")
    assert report.numbered_classes == "1 person, 2 car"
    assert (tmp_path / "street" / "gt" / "labels.txt").read_text() == "person\ncar\n"


def test_a_class_keeps_its_number_when_its_boxes_are_left_out(tmp_path: Path) -> None:
    for options in (ExportOptions(), ExportOptions(keyframes_only=True)):
        assert export(street(), "coco", tmp_path / "a.json", options).numbered_classes == "1 person, 2 car"


def test_tracks_without_a_label_are_the_last_class_and_it_is_said(tmp_path: Path) -> None:
    project = street()
    project.tracks[1].label = ""
    report = export(project, "mot", tmp_path / "street")
    assert report.classes == ("person", "car", "object")
    assert 'Tracks without a label are written as "object".' in report.notes
    left_out = export(project, "mot", tmp_path / "street", ExportOptions(label_map={"": ""}))
    assert left_out.tracks == report.tracks - 1


def test_a_label_on_two_lines_is_written_on_one_and_said_so(tmp_path: Path) -> None:
    project = street()
    project.tracks[1].label = "car\nred"
    report = export(project, "mot", tmp_path / "street")
    assert report.classes == ("person", "car", "car red")
    assert 'The label "car\\nred" is written as "car red".' in report.notes


def test_scores_made_with_changed_settings_are_told_of_where_a_score_goes_out(tmp_path: Path) -> None:
    project = street_with_a_run()
    project.certificate = CERTIFICATE

    def told(format_name: str) -> list[str]:
        notes = export(project, format_name, tmp_path / format_name).notes
        return [note for note in notes if "changed settings: not calibrated" in note]

    assert not told("coco")
    project.runs[RUN.id] = replace(RUN, own_constants={"window_influence": 0.3})
    scores = "Scores of 2 boxes were made with changed settings: not calibrated."
    certificate = (
        "The scores of 2 boxes by which boxes were chosen for the certificate were made with changed settings: not "
        "calibrated. The share of right boxes does not rest on them."
    )
    assert told("coco") == [certificate, scores]
    assert told("mot") == [certificate]


def test_raw_scores_are_told_of_where_a_score_goes_out(tmp_path: Path) -> None:
    project = street_with_a_run()
    project.certificate = CERTIFICATE
    project.runs[RUN.id] = replace(RUN, has_measured_scores=False)
    certificate = (
        "The scores of 2 boxes by which boxes were chosen for the certificate are raw: not calibrated. The share of "
        "right boxes does not rest on them."
    )
    scores = "Scores of 2 boxes are the network's own numbers: not calibrated."
    assert {certificate, scores} <= set(export(project, "coco", tmp_path / "coco").notes)
    told = export(project, "mot", tmp_path / "mot").notes
    assert certificate in told
    assert scores not in told


@pytest.mark.parametrize("name", ["mot", "coco", "csv", "video"])
def test_a_project_is_never_replaced(tmp_path: Path, name: str) -> None:
    path = tmp_path / "street.siamark"
    ProjectStore.create(path, VIDEO).close()
    before = everything_in(tmp_path)
    with pytest.raises(ExchangeError, match="is a project or another database and is not replaced"):
        export(street(), name, path)
    (tmp_path / "link.mp4").symlink_to(path)
    with pytest.raises(ExchangeError, match="is a project or another database and is not replaced"):
        check_goal(name, tmp_path / "link.mp4")
    (tmp_path / "link.mp4").unlink()
    assert everything_in(tmp_path) == before


def test_a_text_takes_the_place_of_texts_only(tmp_path: Path) -> None:
    path = tmp_path / "holiday.mp4"
    path.write_bytes(b"\0\0\0 ftypisom")
    with pytest.raises(ExchangeError, match="is no text, so it is no earlier export"):
        export(street(), "mot", path)
    assert path.read_bytes() == b"\0\0\0 ftypisom"
    path.write_text("1,1,1,1,1,1\n")
    assert export(street(), "mot", path).boxes


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_device_or_a_pipe_is_never_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExchangeError, match="is neither a file nor a folder"):
        check_goal("mot", tmp_path / "pipe")


def test_a_drive_that_does_not_let_go_of_the_draft_folder_has_the_export_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network drives keep files that were just closed, and refuse to remove their folder."""

    def keep(path: object, *more: object, **named: object) -> None:
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(path))

    monkeypatch.setattr(os, "rmdir", keep)
    report = export(street(), "mot", tmp_path / "tracks.txt")
    assert report.boxes > 0
    assert (tmp_path / "tracks.txt").read_text().count("\n") == report.boxes
