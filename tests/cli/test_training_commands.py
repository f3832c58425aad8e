"""``prepare`` and ``train``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from app.model.box_record import keyframe
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from app.store.project_store import ProjectStore
from tests.support.commands import CLIP_FRAMES, Run
from tests.support.small_networks import SMALL
from tracker_core.geometry import Box


@pytest.fixture
def data(tmp_path: Path, clip: Path) -> Path:
    """A folder with one annotated video."""
    source = tmp_path / "data" / "numbers"
    source.mkdir(parents=True)
    shutil.copy(clip, source / "video.mp4")
    (source / "groundtruth.txt").write_text("40,20,20,10\n" * (CLIP_FRAMES - 1) + "1,1,3,3\n")
    return tmp_path / "data"


@pytest.fixture
def project(tmp_path: Path, clip: Path) -> Path:
    """A project with two keyframes, ten frames apart."""
    video = VideoReference(clip, CLIP_FRAMES, 192, 64, Fraction(25))
    track = Track(1, "car", "#3b82f6")
    track.put({0: keyframe(Box(40, 20, 20, 10)), 10: keyframe(Box(60, 20, 20, 10))})
    path = tmp_path / "mine" / "numbers.siamark"
    path.parent.mkdir()
    store = ProjectStore.create(path, video)
    store.put_project(Project(video, {"car": Label("car", "#3b82f6")}, {1: track}))
    store.close()
    return path


def test_prepare_tells_of_each_source_and_keeps_what_is_there(run: Run, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "prepared"
    answer = run("prepare", data, "--out", out)
    assert (answer.code, answer.complained) == (0, "")
    first, last = answer.said.splitlines()
    assert first == "data.numbers: 29 pictures, 29 boxes, 1 x box under 6 pixels (picture 30)"
    assert last == f"{out}: 1 new source, 29 pictures, 29 boxes."
    assert sorted(path.name for path in out.iterdir()) == ["data.numbers.bin", "data.numbers.json"]
    assert run("prepare", data, "--out", out, "--workers", 2).said.splitlines()[0] == "data.numbers: there already"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["{folder}/none", "--out", "{folder}/out"], "there is no folder {folder}/none"),
        (["{folder}", "--out", "{folder}/out"], "{folder} holds nothing to learn from: no OTB, GOT-10k, "),
        (["{folder}/notes.txt", "--out", "{folder}/out"], "{folder}/notes.txt holds nothing to learn from"),
        (["{folder}", "--out", "{folder}/notes.txt"], "is a file"),
        (["{folder}"], "Missing option '--out'"),
        (["--out", "{folder}/out"], "Missing argument 'FOLDER...'"),
        (["{folder}", "--out", "{folder}/out", "--workers", "0"], "--workers"),
        (["{folder}", "--out", "{folder}/out", "--fast"], "No such option: --fast"),
    ],
)
def test_prepare_refuses_bad_input(run: Run, tmp_path: Path, words: list[str], problem: str) -> None:
    (tmp_path / "notes.txt").write_text("not a folder\n")
    answer = run("prepare", *(word.format(folder=tmp_path) for word in words))
    assert answer.is_refusal, answer
    assert problem.format(folder=tmp_path) in answer.complained
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("named", ["folder", "file"])
def test_prepare_learns_from_a_project(run: Run, project: Path, tmp_path: Path, named: str) -> None:
    out = tmp_path / "prepared"
    answer = run("prepare", project if named == "file" else project.parent, "--out", out)
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said.splitlines() == [
        "mine.numbers: 11 pictures, 11 boxes",
        f"{out}: 1 new source, 11 pictures, 11 boxes.",
    ]
    assert run("prepare", project, "--out", out).said.splitlines()[0] == "mine.numbers: there already"


def test_prepare_takes_projects_and_data_sets_and_tells_of_empty_folders(
    run: Run, data: Path, project: Path, tmp_path: Path
) -> None:
    empty, out = tmp_path / "empty", tmp_path / "prepared"
    empty.mkdir()
    answer = run("prepare", data, empty, project, data / "numbers", "--out", out, "--workers", 2)
    assert (answer.code, answer.complained) == (0, "")
    nothing, first, second, last = answer.said.splitlines()
    assert nothing.startswith(f"{empty} holds nothing to learn from")
    assert (first.partition(":")[0], second.partition(":")[0]) == ("data.numbers", "mine.numbers")
    assert last == f"{out}: 2 new sources, 40 pictures, 40 boxes."


def test_prepare_says_where_a_problem_was_first(run: Run, data: Path, tmp_path: Path) -> None:
    (data / "numbers" / "groundtruth.txt").write_text("40,20,20,10\n" * (CLIP_FRAMES - 2))
    answer = run("prepare", data, "--out", tmp_path / "out")
    assert answer.said.splitlines()[0] == "data.numbers: 28 pictures, 28 boxes, 2 x frame without truth (frame 28)"


@pytest.mark.parametrize("damage", ["truth", "video"])
def test_a_damaged_source_is_named_and_left_out(run: Run, data: Path, tmp_path: Path, damage: str) -> None:
    damaged, out = data / "zebra", tmp_path / "out"
    shutil.copytree(data / "numbers", damaged)
    if damage == "truth":
        (damaged / "groundtruth.txt").write_text("40,twenty,20,10\n")
    else:
        (damaged / "video.mp4").write_bytes(b"no video")
    answer = run("prepare", data, "--out", out)
    assert (answer.code, answer.complained) == (0, "")
    assert "data.zebra: 0 pictures, 0 boxes, 1 x left out because it cannot be read: " in answer.said
    assert answer.said.splitlines()[-1] == f"{out}: 1 new source, 29 pictures, 29 boxes."
    assert sorted(path.name for path in out.iterdir()) == ["data.numbers.bin", "data.numbers.json"]
    answer = run("prepare", damaged, "--out", tmp_path / "other")
    assert answer.code == 2
    assert answer.complained.count("\n") == 1
    assert "no picture of 1 source could be used" in answer.complained


def test_prepare_refuses_a_place_that_cannot_be_written(run: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    answer = run("prepare", data, "--out", tmp_path / "file" / "out")
    assert answer.is_refusal, answer
    assert answer.complained.startswith(f"{data / 'numbers'} could not be prepared: ")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A training that only counts: it logs these steps and trains nothing."""
    from tracker_core.training.processes import Processes
    from tracker_core.training.run import loop
    from tracker_core.training.run.config import TrainingConfig
    from tracker_core.training.run.run_log import StepLog, ValidationLog

    logged = [50, 100]

    def train(
        config: TrainingConfig,
        *,
        on_log: Callable[[StepLog], None],
        on_validation: Callable[[ValidationLog], None],
        processes: Processes,
    ) -> Path:
        assert processes.count == 1
        for step in logged:
            on_log(StepLog(step, 1.5, 1.0, 0.5, 0.0, 1e-3, 40.0))
            on_validation(ValidationLog(step, "success AUC", 0.6 - step / 1000, 0.55, 50))
        return config.out / "weights.safetensors"

    monkeypatch.setattr(loop, "train", train)
    return logged


def test_train_logs_its_steps_and_says_whether_it_goes_on(run: Run, steps: list[int], tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text('data = "prepared"\nout = "run"\n[schedule]\nsteps = 100\nbatch = 8\n')
    answer = run("train", tmp_path / "small.toml")
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said.splitlines() == [
        f"100 steps of 8 pairs; a checkpoint every 200 steps in {tmp_path / 'run'}.",
        "step 50/100  loss 1.500  class 1.000  box 0.500  rate 1.0e-03  40 pairs/s",
        "step 50  success AUC 0.550, the best so far",
        "step 100/100  loss 1.500  class 1.000  box 0.500  rate 1.0e-03  40 pairs/s",
        "step 100  success AUC 0.500, best 0.550 at step 50",
        f"{tmp_path / 'run' / 'weights.safetensors'}: trained for 100 steps.",
    ]
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "checkpoint.pt").touch()
    first = run("train", tmp_path / "small.toml").said.splitlines()[0]
    assert first == f"Going on from the checkpoint in {tmp_path / 'run'}."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "training.toml cannot be read"),
        ("data = ", "is not valid TOML"),
        ('data = "prepared"', "`out` is missing"),
        ('data = "prepared"\nout = "run"\ncolour = 1', "unknown key `colour`"),
        ('data = "prepared"\nout = "run"\n[schedule]\nsteps = "many"', "`steps` must be int"),
        ('data = "prepared"\nout = "run"', "prepared holds no prepared pictures"),
    ],
)
def test_train_refuses_bad_input(run: Run, tmp_path: Path, text: str | None, problem: str) -> None:
    file = tmp_path / "training.toml"
    if text is not None:
        file.write_text(text)
    before = sorted(tmp_path.rglob("*"))
    answer = run("train", file)
    assert answer.code == 2
    assert answer.complained.count("\n") == 1
    assert problem in answer.complained
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("checkpoint", ["junk", "of another network"])
def test_train_refuses_a_checkpoint_that_it_cannot_take_up(
    run: Run, data: Path, tmp_path: Path, checkpoint: str
) -> None:
    import torch

    run("prepare", data, "--out", tmp_path / "prepared")
    layers = "".join(f"{name} = {value}\n" for name, value in SMALL.items())
    file, folder = tmp_path / "small.toml", tmp_path / "run"
    file.write_text(
        f'data = "prepared"\nout = "run"\n[schedule]\nworkers = 0\n[pairs]\nmix = {{"*" = 1.0}}\n[network]\n{layers}'
    )
    folder.mkdir()
    if checkpoint == "junk":
        (folder / "checkpoint.pt").write_bytes(b"junk")
    else:
        torch.save({"parts": {"layer": torch.zeros(3)}, "step": 7}, folder / "checkpoint.pt")
    answer = run("train", file)
    assert answer.code == 2
    assert answer.complained.count("\n") == 1
    assert "checkpoint.pt is damaged or has other layers" in answer.complained
    assert [path.name for path in folder.iterdir()] == ["checkpoint.pt"]


def test_train_refuses_pictures_that_the_mix_does_not_name(run: Run, data: Path, tmp_path: Path) -> None:
    run("prepare", data, "--out", tmp_path / "prepared")
    (tmp_path / "small.toml").write_text('data = "prepared"\nout = "run"\n[pairs]\nmix = {"film.*" = 1.0}\n')
    answer = run("train", tmp_path / "small.toml")
    assert answer.code == 2
    assert answer.complained.count("\n") == 1
    assert "no prepared source with boxes matches 'film.*'" in answer.complained
    assert not (tmp_path / "run").exists()


def test_a_preview_is_drawn_and_nothing_is_trained(run: Run, data: Path, tmp_path: Path) -> None:
    run("prepare", data, "--out", tmp_path / "prepared")
    file, sheet = tmp_path / "small.toml", tmp_path / "sheet.png"
    file.write_text('data = "prepared"\nout = "run"\n[pairs]\nmix = {"*" = 1.0}\n')
    answer = run("train", file, "--preview", sheet, "--pairs", 3)
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said == f"{sheet}: 3 pairs drawn, nothing trained.\n"
    assert sheet.read_bytes().startswith(b"\x89PNG")
    assert not (tmp_path / "run").exists()
    before = sorted(tmp_path.iterdir())
    answer = run("train", file, "--preview", tmp_path / "sheet.jpg")
    assert answer.is_refusal, answer
    assert "sheet.jpg is not the name of a PNG" in answer.complained
    answer = run("train", file, "--preview", tmp_path / "no folder" / "sheet.png", "--pairs", 1)
    assert answer.is_refusal, answer
    assert "sheet.png cannot be written: No such file or directory" in answer.complained
    assert sorted(tmp_path.iterdir()) == before
