"""``track`` with bad input: one line on standard error, exit code 2, and nothing on the disk that was not there."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from app.store.project_store import ProjectStore, StoreError
from tests.support.commands import Run
from tests.support.damaged_frames import damage
from tests.support.trackers import ScriptedTracker

BOX = ("--box", "40,20,20,10")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["{folder}/missing.mp4", *BOX], "missing.mp4"),
        (["{folder}/notes.mp4", *BOX], "notes.mp4"),
        (["{folder}", *BOX], "There are no images in"),
        (["{clip}"], "Missing option '--box'"),
        (["{clip}", "--box", "1,2,3"], "'1,2,3' is not X,Y,W,H"),
        (["{clip}", "--box", "a,b,c,d"], "'a,b,c,d' is not X,Y,W,H"),
        (["{clip}", "--box", "1,2,nan,4"], "is not X,Y,W,H"),
        (["{clip}", "--box", "1,2,-3,4"], "is not X,Y,W,H"),
        (["{clip}", "--box", "1,2,0,4"], "no area"),
        (["{clip}", *BOX, "--box", "192,0,10,10"], "the box 192,0,10,10 lies outside the picture of 192 x 64"),
        (["{clip}", "--box", "0,0,100000,100000"], "far larger than the picture of 192 x 64"),
        (["{clip}", "--box", "0,0,1e300,1e300"], "no picture is so large"),
        (["{clip}", "--box", "-1e9,0,2e9,5"], "no picture is so large"),
        (["{clip}", "--box", "0,0,inf,5"], "is not X,Y,W,H"),
        (["{clip}", "--box", "9" * 5000], "characters left out"),
        (["{clip}", *BOX, "--start", "9" * 5000], "--start"),
        (["{clip}", *BOX, "--end", "9" * 4000], "is beyond the end"),
        (["{clip}", *BOX, "--start", "30"], "--start 30 is beyond the end: the last frame of {clip} is 29"),
        (["{clip}", *BOX, "--start", "-1"], "--start"),
        (["{clip}", *BOX, "--end", "30"], "--end 30 is beyond the end"),
        (["{clip}", *BOX, "--start", "5", "--end", "4"], "nothing to track"),
        (["{clip}", *BOX, "--start", "5", "--end", "5"], "nothing to track"),
        (["{clip}", *BOX, "--start", "5", "--end", "6", "--backward"], "nothing to track"),
        (["{clip}", *BOX, "--start", "two"], "Invalid value for '--start'"),
        (["{clip}", *BOX, "--tracker", "nobody"], "there is no tracker 'nobody'"),
        (["{clip}", *BOX, "--device", "gpu"], "'gpu' is not one of 'auto', 'cpu', 'cuda', 'mps'"),
        (["{clip}", *BOX, "--colour", "red"], "No such option: --colour"),
        (["{clip}", *BOX, "--project", "{folder}/notes.mp4"], "exists already"),
        (["{clip}", *BOX, "--project", "{folder}/none/new.siamark"], "does not exist"),
        (["{clip}", *BOX, "--project", "{folder}/" + "p" * 250 + ".siamark"], "is too long"),
        (["{clip}", *BOX, "--project", "{folder}/" + "p" * 5000], "is too long"),
        (["{clip}", *BOX, "--export", "mot:{folder}/" + "p" * 300], "too long"),
        (["{folder}/" + "p" * 300, *BOX], "too long"),
        (["{folder}/" + "p" * 300], "--box"),
        (["{clip}", *BOX, "--export", "tracks.txt"], "'tracks.txt' is not FORMAT:PATH"),
        (["{clip}", *BOX, "--export", "paper:{folder}/tracks.txt"], 'There is no format "paper"'),
        (["{clip}", *BOX, "--export", "mot:{folder}/none/tracks.txt"], "does not exist"),
        (["{clip}", *BOX, "--export", "coco:{folder}"], "is a folder"),
        (["{clip}", *BOX, "--export", "mot:{clip}"], "is named twice"),
        (["{clip}", *BOX, "--export", "mot:{folder}/a", "--export", "coco:{folder}/a"], "is named twice"),
        (["{clip}", *BOX, "--project", "{folder}/a", "--export", "coco:{folder}/a"], "is named twice"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_and_leaves_nothing(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, words: list[str], problem: str
) -> None:
    (tmp_path / "notes.mp4").write_text("not a video\n")
    clip_before = clip.read_bytes()
    if "--tracker" not in words:
        words = [*words, "--tracker", "scripted"]
    places = {"clip": clip, "folder": tmp_path}
    answer = run("track", *(word.format(**places) for word in words))
    assert answer.is_refusal, answer
    assert problem.format(**places) in answer.complained
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"notes.mp4": "not a video\n"}
    assert clip.read_bytes() == clip_before
    assert tracker.updates == 0


def test_a_single_picture_is_told_as_such(run: Run, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "one.png"), np.zeros((64, 192, 3), np.uint8))
    answer = run("track", tmp_path / "one.png", *BOX, "--tracker", "scripted")
    assert answer.is_refusal, answer
    assert "one.png is a single picture, so there is nothing to track" in answer.complained


def test_a_folder_that_cannot_be_written_to_is_told_before_the_work(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != tmp_path)
    for words in (["--project", tmp_path / "new.siamark"], ["--export", f"mot:{tmp_path / 'tracks.txt'}"]):
        answer = run("track", clip, *BOX, "--tracker", "scripted", *words)
        assert answer.is_refusal, answer
        assert "cannot be written to" in answer.complained
    assert tracker.updates == 0


def test_a_run_that_finds_nothing_leaves_nothing(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(1, monkeypatch)
    outputs = ("--project", tmp_path / "new.siamark", "--export", f"mot:{tmp_path / 'tracks.txt'}")
    answer = run("track", clip, *BOX, "--tracker", "scripted", *outputs)
    assert (answer.code, answer.said, answer.complained) == (2, "", "Frame 1 is damaged.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("method", ["create", "insert_track"])
def test_a_project_that_cannot_be_made_leaves_nothing(
    run: Run, clip: Path, tracker: ScriptedTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    def fail(*arguments: object) -> None:
        raise StoreError("The disk is full, so new.siamark was not changed; free some space and try again.")

    monkeypatch.setattr(ProjectStore, method, fail)
    answer = run("track", clip, *BOX, "--tracker", "scripted", "--project", tmp_path / "new.siamark")
    assert answer.complained.startswith("The disk is full, so new.siamark was not changed; free some space")
    assert answer.complained.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
