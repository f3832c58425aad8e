"""A tiny tracker learns from a video of a moving square."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.assist.learning import Learning, LearningOutcome, LearningProgress, LearningStoppedError
from app.assist.learnt_model import keep_learnt
from app.video.info import VideoError
from tests.support.learning import HandingTrainer, square_task
from tracker_core.weights.catalog import model_named, models
from tracker_core.weights.files import read_weights


def test_a_tracker_that_knows_nothing_learns_and_is_offered(square_outcome: LearningOutcome, untaught: Path) -> None:
    comparison = square_outcome.comparison
    assert comparison.before.overlap < 0.2
    assert comparison.after.overlap > 0.5
    assert comparison.is_better
    assert square_outcome.sentence == (
        f"On 4 held-back boxes the learnt tracker overlaps {comparison.after.overlap:.2f} on average, "
        f"untaught {comparison.before.overlap:.2f}."
    )


def test_what_was_learnt_becomes_a_model_that_says_where_it_is_from(
    square_outcome: LearningOutcome, untaught: Path, tmp_path: Path
) -> None:
    assert square_outcome.learnt is not None
    made = keep_learnt(square_outcome.learnt, folder=tmp_path)
    assert made.name == "squares-learned"
    assert made in models(added=tmp_path)
    original = model_named(str(untaught))
    assert (made.family, made.network, made.constants) == (original.family, original.network, original.constants)
    assert (made.calibration, made.verified) == (original.calibration, original.verified)
    assert made.source["base"] == "untaught"
    assert made.source["base_sha256"] == original.sha256
    assert made.source["project"] == "squares"
    assert (made.source["drawn"], made.source["held_back"]) == ("9", "4")
    assert float(made.source["overlap_after"]) > float(made.source["overlap_before"])
    assert "taught 9 boxes of the project squares" in made.card
    again = keep_learnt(square_outcome.learnt, folder=tmp_path)
    assert again.name == "squares-learned-2"
    assert len(list(tmp_path.iterdir())) == 4  # two models with their cards


@pytest.mark.parametrize(
    ("project", "name"),
    [("Straße 5 / früh", "Stra-e-5-fr-h-learned"), ("…", "project-learned"), ("x" * 80, "x" * 48 + "-learned")],
)
def test_any_name_of_a_project_gives_a_name_of_a_model(
    square_outcome: LearningOutcome, tmp_path: Path, project: str, name: str
) -> None:
    from dataclasses import replace

    assert square_outcome.learnt is not None
    assert keep_learnt(replace(square_outcome.learnt, project=project), folder=tmp_path).name == name


def test_one_that_is_no_better_is_not_offered_and_leaves_nothing(square_video: Path, taught: Path) -> None:
    trainer = HandingTrainer()
    outcome = Learning(square_task(square_video, taught), trainer=trainer).run()
    assert outcome.comparison.before.overlap == pytest.approx(outcome.comparison.after.overlap, abs=1e-3)
    assert outcome.learnt is None
    assert outcome.sentence.endswith(": no better, so nothing was kept.")
    assert not any(room.exists() for room in trainer.rooms)


def test_progress_is_told_and_the_pictures_are_of_what_teaches(square_video: Path, taught: Path) -> None:
    told: list[LearningProgress] = []
    Learning(square_task(square_video, taught), trainer=HandingTrainer(), on_progress=told.append).run()
    assert told[0].what == "reading 9 boxes"
    assert all(0 <= progress.done <= 1 for progress in told)


@pytest.mark.parametrize("at", [0, 5, 13, 40])
def test_it_ends_where_it_is_told_to_and_leaves_nothing(square_video: Path, taught: Path, at: int) -> None:
    """While pictures are read (0, 5), while it is taught (13), in the comparison (40)."""
    steps, trainer = 0, HandingTrainer()

    def on_step() -> None:
        nonlocal steps
        steps += 1
        if steps > at:
            raise LearningStoppedError

    with pytest.raises(LearningStoppedError):
        Learning(square_task(square_video, taught), trainer=trainer, on_step=on_step).run()
    assert steps == at + 1
    assert bool(trainer.rooms) == (at >= 13)
    assert not any(room.exists() for room in trainer.rooms)


def test_a_video_that_cannot_be_read_is_told(tmp_path: Path, taught: Path) -> None:
    with pytest.raises(VideoError):
        Learning(square_task(tmp_path / "gone", taught), trainer=HandingTrainer()).run()


def test_the_original_is_only_read(square_outcome: LearningOutcome, untaught: Path) -> None:
    assert square_outcome.learnt is not None
    assert square_outcome.learnt.source["base_sha256"] == model_named(str(untaught)).sha256
    assert read_weights(untaught).tensors
