"""``learn``: what the window does, without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assist import learning
from tests.support.commands import Run
from tests.support.learning import HandingTrainer, save_project, save_untaught, square_project
from tests.support.nanotrack_networks import random_nanotrack_network
from tracker_core.weights.catalog import models, models_folder
from tracker_core.weights.files import save_weights


@pytest.fixture
def project(square_video: Path, tmp_path: Path) -> Path:
    return save_project(square_project(square_video), tmp_path / "squares.siamark")


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A tracker of that name among the person's models."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    save_untaught(models_folder() / "tiny.safetensors")
    return "tiny"


def words(project: Path, tracker: str) -> list[object]:
    return ["learn", project, "--tracker", tracker, "--minutes", 0.1, "--device", "cpu", "--precision", "float32"]


def test_a_better_tracker_is_added(
    run: Run, monkeypatch: pytest.MonkeyPatch, project: Path, tiny: str, taught: Path
) -> None:
    monkeypatch.setattr("tracker_core.training.run.loop.train", HandingTrainer(taught))
    before = project.read_bytes()
    answer = run(*words(project, tiny))
    assert (answer.code, answer.complained) == (0, "")
    first, learnt, original, sentence, last = answer.said.splitlines()
    assert first == "tiny learns from 9 boxes for 0.1 min; 4 others are held back."
    assert learnt.startswith("mean overlap 0.")
    assert learnt.endswith("%: learnt")
    assert original.endswith("%: tiny")
    assert sentence.startswith("On 4 held-back boxes the learnt tracker overlaps 0.")
    assert last.startswith("Added squares-learned; ")
    (model,) = [model for model in models() if model.name == "squares-learned"]
    assert model.source["base"] == "tiny"
    listed = " ".join(run("models", "list").said.split())
    assert "squares-learned" in listed
    assert "taught 9 boxes of the project squares" in listed
    assert project.read_bytes() == before


def test_one_that_is_no_better_is_not_added(
    run: Run, monkeypatch: pytest.MonkeyPatch, project: Path, tiny: str
) -> None:
    monkeypatch.setattr("tracker_core.training.run.loop.train", HandingTrainer())
    answer = run(*words(project, tiny))
    assert answer.code == 0
    assert answer.said.splitlines()[-1].endswith("no better, so nothing was kept.")
    assert [model.name for model in models() if not model.is_built_in] == ["tiny"]


def test_what_cannot_be_done_is_refused_in_one_line(
    run: Run, project: Path, tiny: str, square_video: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = save_project(square_project(square_video, range(0, 130, 20)), tmp_path / "few.siamark")
    gone = save_project(square_project(tmp_path / "gone"), tmp_path / "gone.siamark")
    monkeypatch.setattr(learning.Learning, "run", lambda self: pytest.fail("it has begun"))
    for asked, problem in (
        (words(few, tiny), "this project has 7."),
        (words(gone, tiny), "is not at"),
        (words(tmp_path / "none.siamark", tiny), "none.siamark"),
        (words(project, "unknown"), "there is no tracker 'unknown'"),
        (words(project, "verifier"), "follows nothing by itself"),
        ([*words(project, tiny), "--minutes", "0"], "--minutes"),
    ):
        answer = run(*asked)
        assert answer.code == 2, asked
        assert answer.complained.count("\n") == 1
        assert problem in answer.complained
        assert answer.said == ""


def test_a_tracker_that_cannot_learn_is_refused(run: Run, project: Path, tiny: str, tmp_path: Path) -> None:
    nano = tmp_path / "nano.safetensors"
    save_weights(nano, random_nanotrack_network(1).state_dict(), family="nanotrack", network={"version": 1})
    answer = run(*words(project, str(nano)))
    assert (answer.code, answer.said) == (2, "")
    assert answer.complained == "nano is a NanoTrack, used as it was published; choose another tracker to teach.\n"
