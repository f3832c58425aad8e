"""Tracks of segments that overlap become those of the whole video."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.batch.joining import joined
from app.cli.main import main
from app.model.box_record import BoxRecord, Source, keyframe
from app.model.project import Label, Project, Run
from app.model.track import Track
from app.store.looking import look_at_project
from app.store.project_store import ProjectStore
from tests.support.blank_video import video_reference
from tests.support.stores import RUN
from tracker_core.geometry import Box

FRAMES = 300


def at(frame: int, lane: int, *, shift: float = 0.0) -> Box:
    """Where the target of a lane is: they go side by side, and never overlap."""
    return Box(frame + shift, 40.0 * lane, 20, 20)


def segment(first: int, last: int, lanes: list[int], *, shift: float = 0.0, label: str = "car") -> Project:
    """Tracks 1, 2, ... of these lanes, each a keyframe and then tracked boxes of run 1."""
    project = Project(video_reference(FRAMES), {label: Label(label, "#3b82f6")}, runs={1: _run(1)})
    for number, lane in enumerate(lanes, start=1):
        track = project.tracks[number] = Track(number, label, "#3b82f6")
        records = {
            f: BoxRecord(at(f, lane, shift=shift), Source.TRACKER, 0.9, run_id=1) for f in range(first, last + 1)
        }
        track.put(records)
        track.put({first: keyframe(at(first, lane, shift=shift))})
    return project


def _run(number: int) -> Run:
    from dataclasses import replace

    return replace(RUN, id=number)


@given(st.permutations([0, 1, 2, 3]), st.permutations([0, 1, 2, 3]), st.integers(3, 40), st.floats(0, 3))
def test_every_target_is_one_track_whatever_it_was_called(
    early: list[int], late: list[int], overlap: int, shift: float
) -> None:
    parts = [segment(0, 99, early), segment(100 - overlap, 199, late, shift=shift)]
    whole, report = joined(parts)
    assert len(whole.tracks) == 4
    assert len(report.joints) == 4
    assert not report.alone
    assert not report.close
    for number, lane in enumerate(early, start=1):
        track = whole.tracks[number]
        assert [frame for frame, _ in track.items()] == list(range(200))
        for frame, record in track.items():
            assert record.box in (at(frame, lane), at(frame, lane, shift=shift))
    assert {record.run_id for _, record in whole.tracks[1].items()} == {None, 1, 2}


def test_the_earlier_part_holds_up_to_the_middle_and_a_persons_box_everywhere() -> None:
    early, late = segment(0, 99, [0]), segment(60, 199, [0], shift=1)
    early.tracks[1].put({90: keyframe(at(90, 0, shift=2))})
    whole, _ = joined([early, late])
    track = whole.tracks[1]

    def box(frame: int) -> Box | None:
        record = track.get(frame)
        return None if record is None else record.box

    assert box(60) == at(60, 0, shift=1)  # drawn in the later part
    assert box(79) == at(79, 0)
    assert box(80) == at(80, 0, shift=1)
    assert box(90) == at(90, 0, shift=2)


def test_other_targets_other_labels_and_short_overlaps_stay_apart_and_are_told() -> None:
    whole, report = joined([segment(0, 99, [0, 1]), segment(90, 199, [1, 5])])
    assert len(whole.tracks) == 3
    assert [(joint.earlier_id, joint.later_id, joint.frames) for joint in report.joints] == [(2, 1, 10)]
    assert report.alone == ((0, 1), (1, 2))
    assert report.lines[0] == "1 pair of tracks joined; 2 tracks in an overlap without a partner."
    assert len(joined([segment(0, 99, [0]), segment(90, 199, [0], label="bus")])[0].tracks) == 2
    assert len(joined([segment(0, 99, [0]), segment(98, 199, [0])])[0].tracks) == 2  # two frames say nothing
    assert len(joined([segment(0, 99, [0]), segment(100, 199, [0])])[0].tracks) == 2


def test_a_pair_that_is_close_is_named_and_not_joined() -> None:
    whole, report = joined([segment(0, 99, [0]), segment(50, 149, [0], shift=9)])
    assert len(whole.tracks) == 2
    (pair,) = report.close
    assert 0.25 < pair.iou < 0.5
    assert "look at them" in report.lines[1]


def test_three_parts_make_one_track_and_one_part_is_itself() -> None:
    parts = [segment(0, 99, [0]), segment(80, 199, [0]), segment(180, 299, [0])]
    whole, report = joined(parts)
    assert list(whole.tracks) == [1]
    assert len(whole.tracks[1]) == FRAMES
    assert [joint.track_id for joint in report.joints] == [1, 1]
    assert joined(parts[:1])[0].tracks == parts[0].tracks


def test_parts_of_several_videos_are_refused() -> None:
    other = segment(0, 9, [0])
    other.video = video_reference(FRAMES + 1)
    with pytest.raises(ValueError, match="of different videos"):
        joined([segment(0, 9, [0]), other])
    with pytest.raises(ValueError, match="no segments"):
        joined([])


def test_the_command_makes_a_project_and_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, part in (("a", segment(0, 99, [0, 1])), ("b", segment(90, 199, [1, 2]))):
        store = ProjectStore.create(tmp_path / f"{name}.siamark", part.video)
        store.put_project(part)
        store.close()
    words = ["join", str(tmp_path / "a.siamark"), str(tmp_path / "b.siamark"), "--out", str(tmp_path / "whole.siamark")]
    assert main([*words, "--report", str(tmp_path / "report.json")]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("whole.siamark: 3 tracks of 2 parts.")
    assert len(look_at_project(tmp_path / "whole.siamark").tracks) == 3
    assert len(json.loads((tmp_path / "report.json").read_text())["joints"]) == 1
    assert main(words) == 2  # it is there already
    assert main(words[:2] + words[3:]) == 2


def test_a_report_never_takes_the_place_of_a_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, part in (("a", segment(0, 99, [0])), ("b", segment(90, 199, [0]))):
        store = ProjectStore.create(tmp_path / f"{name}.siamark", part.video)
        store.put_project(part)
        store.close()
    before = (tmp_path / "a.siamark").read_bytes()
    words = ["join", str(tmp_path / "a.siamark"), str(tmp_path / "b.siamark"), "--out", str(tmp_path / "whole.siamark")]
    for place, reason in (
        (tmp_path / "a.siamark", "is a project or another database"),
        (tmp_path, "name a file in a folder that exists"),
        (tmp_path / "none" / "report.json", "name a file in a folder that exists"),
    ):
        assert main([*words, "--report", str(place)]) == 2
        assert reason in capsys.readouterr().err
    assert (tmp_path / "a.siamark").read_bytes() == before
    assert not (tmp_path / "whole.siamark").exists()
