"""``track``: what comes out of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from app.model.box_record import Source, keyframe
from app.model.direction import BACKWARD
from app.model.project import Project
from app.store.project_store import ProjectStore
from tests.support.commands import CLIP_FRAMES, FIRST_BOX, Run
from tests.support.numbered_clips import number_in
from tests.support.trackers import CONSTANTS, ScriptedTracker
from tracker_core.geometry import Box
from tracker_core.tracker import Image

START = ("--box", "40,20,20,10", "--tracker", "scripted")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def load(path: Path) -> Project:
    store = ProjectStore.open(path)
    try:
        return store.load()
    finally:
        store.close()


def test_without_an_output_the_tracks_are_printed_as_csv(run: Run, clip: Path, tracker: ScriptedTracker) -> None:
    answer = run("track", clip, *START)
    assert answer.code == 0
    lines = answer.said.splitlines()
    assert lines[:3] == [
        "frame,track,x,y,w,h,score",
        "0,1,40.00,20.00,20.00,10.00,",
        "1,1,41.00,20.00,20.00,10.00,0.9000",
    ]
    assert [int(row["frame"]) for row in rows(answer.said)] == list(range(CLIP_FRAMES))
    assert tracker.started_with == [FIRST_BOX]
    assert answer.complained.startswith("30 frames in ")


@pytest.mark.usefixtures("tracker")
@pytest.mark.parametrize(
    ("options", "labels", "known"),
    [
        ((), ["", ""], []),
        (("--label", "car"), ["car", "car"], ["car"]),
        (("--label", "person", "--label", " red\nbus "), ["person", "red bus"], ["person", "red bus"]),
    ],
)
def test_no_label_is_made_up(
    run: Run, clip: Path, tmp_path: Path, options: tuple[str, ...], labels: list[str], known: list[str]
) -> None:
    project = tmp_path / "made.siamark"
    answer = run("track", clip, *START, "--box", "60,20,20,10", *options, "--project", project)
    assert answer.code == 0
    made = load(project)
    assert [track.label for track in made.tracks.values()] == labels
    assert list(made.labels) == known


@pytest.mark.usefixtures("tracker")
def test_labels_are_one_for_all_boxes_or_one_for_each(run: Run, clip: Path) -> None:
    boxes = (*START, "--box", "60,20,20,10", "--box", "80,20,20,10")
    answer = run("track", clip, *boxes, "--label", "car", "--label", "person")
    assert answer.code == 2
    assert answer.complained == "2 labels for 3 boxes; give one for all, or one for each.\n"


def test_all_boxes_are_tracked_in_one_pass(
    run: Run, clip: Path, tracker: ScriptedTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    init = tracker.init

    def init_and_look(image: Image, box: Box) -> object:
        target = init(image, box)
        update = target.update

        def update_and_look(image: Image, *, with_evidence: bool = False) -> object:
            seen.append(number_in(image))
            return update(image, with_evidence=with_evidence)

        monkeypatch.setattr(target, "update", update_and_look)
        return target

    monkeypatch.setattr(tracker, "init", init_and_look)
    answer = run("track", clip, *START, "--box", "100,20,30,30", "--start", 5, "--end", 8)
    assert answer.code == 0
    assert seen == [6, 6, 7, 7, 8, 8]
    found = [(int(row["frame"]), int(row["track"])) for row in rows(answer.said)]
    assert found == [(frame, track) for frame in (5, 6, 7, 8) for track in (1, 2)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--start", 27], [27, 28, 29]),
        (["--end", 2], [0, 1, 2]),
        (["--backward", "--end", 27], [27, 28, 29]),
        (["--backward", "--start", 2], [0, 1, 2]),
    ],
)
def test_the_span_is_what_was_asked_for(
    run: Run, clip: Path, tracker: ScriptedTracker, options: list[object], expected: list[int]
) -> None:
    found = rows(run("track", clip, *START, *options).said)
    assert [int(row["frame"]) for row in found] == expected
    given = [int(row["frame"]) for row in found if not row["score"]]
    assert given == [expected[-1] if "--backward" in options else expected[0]]


def test_a_project_holds_what_the_window_would_have_made(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path
) -> None:
    answer = run("track", clip, *START, "--start", 3, "--project", tmp_path / "new.siamark")
    assert answer.code == 0
    assert answer.said == f"{tmp_path / 'new.siamark'}: 1 track.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["new.siamark"]
    project = load(tmp_path / "new.siamark")
    assert project.video.path == clip
    assert (project.video.frame_count, project.video.width, project.video.height) == (CLIP_FRAMES, 192, 64)
    (track,) = project.tracks.values()
    records = dict(track.items())
    assert records.pop(3) == keyframe(FIRST_BOX)
    assert list(records) == list(range(4, CLIP_FRAMES))
    assert {(record.source, record.score, record.run_id) for record in records.values()} == {(Source.TRACKER, 0.9, 1)}
    run_made = project.runs[1]
    assert (run_made.tracker, run_made.first_frame, run_made.last_frame) == ("scripted", 4, CLIP_FRAMES - 1)
    assert run_made.constants == CONSTANTS.as_mapping()
    assert (run_made.family, run_made.weights, run_made.device) == ("scripted family", "5c" * 32, "nowhere")


def test_a_backward_run_is_stored_as_one(run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path) -> None:
    path = tmp_path / "new.siamark"
    assert run("track", clip, *START, "--backward", "--start", 12, "--end", 6, "--project", path).code == 0
    (made,) = load(path).runs.values()
    assert (made.direction, made.first_frame, made.last_frame) == (BACKWARD, 11, 6)


def test_exports_are_written_and_pass_the_check(run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path) -> None:
    mot, coco = tmp_path / "tracks.txt", tmp_path / "tracks.json"
    answer = run("track", clip, *START, "--export", f"mot:{mot}", "--export", f"coco:{coco}")
    assert answer.code == 0
    assert answer.said == f"{mot}: 30 boxes of 1 track.\n{coco}: 30 boxes of 1 track.\n"
    assert mot.read_text().startswith("1,1,41,21,20,10,")
    for name, path in (("mot", mot), ("coco", coco)):
        assert run("check", path, "--format", name).code == 0


def test_a_lost_track_ends_where_it_was_lost_and_says_so(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path
) -> None:
    tracker.scores = (0.9, 0.9, 0.01)
    answer = run("track", clip, *START, "--project", tmp_path / "new.siamark")
    assert answer.code == 0
    assert "Track 1 was lost in frame 3.\n" in answer.complained
    (track,) = load(tmp_path / "new.siamark").tracks.values()
    assert [(frame, record.absent) for frame, record in track.items()] == [
        (0, False),
        (1, False),
        (2, False),
        (3, True),
    ]
    assert tracker.updates < CLIP_FRAMES - 1
