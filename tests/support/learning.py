"""A project on a video of a moving square, and trackers to learn from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import cv2

from app.assist.learning import LEAST_STEPS, LearningTask
from app.assist.learning_plan import plan_learning
from app.model.box_record import keyframe
from app.model.project import Label, Project, VideoReference
from app.model.track import Track
from app.store.project_store import ProjectStore
from tests.support.moving_square import HEIGHT, WIDTH, moving_square
from tracker_core.weights.catalog import model_named

if TYPE_CHECKING:
    from tracker_core.training.run.config import TrainingConfig
    from tracker_core.training.run.loop import StepLog

WAIT_AT_MOST = 30.0  # seconds
FRAMES = 130
EVERY = 10
"""A keyframe on each so many frames."""


def write_square_video(folder: Path) -> Path:
    """A folder of ``FRAMES`` images."""
    folder.mkdir(parents=True)
    for number, image in enumerate(moving_square(FRAMES)[0]):
        cv2.imwrite(str(folder / f"{number:03d}.bmp"), image[:, :, ::-1])
    return folder


def square_project(video: Path, frames: Iterable[int] = range(0, FRAMES, EVERY)) -> Project:
    """One track, with a true keyframe on each of these frames."""
    project = Project(VideoReference(video, FRAMES, WIDTH, HEIGHT, Fraction(25)))
    track = Track(1, "square", "#3b82f6")
    boxes = moving_square(FRAMES)[1]
    track.put({frame: keyframe(boxes[frame]) for frame in frames})
    project.labels["square"] = Label("square", "#3b82f6")
    project.tracks[1] = track
    return project


def save_project(project: Project, path: Path) -> Path:
    store = ProjectStore.create(path, project.video)
    try:
        store.put_project(project)
    finally:
        store.close()
    return path


def save_untaught(path: Path) -> Path:
    """The weights of a SiamRPN++ of a few thousand parameters that has learnt nothing. Imports torch."""
    import torch

    from tests.support.networks import CONSTANTS, SMALL
    from tracker_core.trackers.siamrpnpp import SiamRPNPPNetwork
    from tracker_core.weights.files import save_weights

    path.parent.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    network = replace(SMALL, instance_size=191)
    tensors = SiamRPNPPNetwork(network).state_dict()
    save_weights(
        path, tensors,
        family="siamrpnpp", network=asdict(network), constants=asdict(CONSTANTS),
        reliability={"score": {"slope": 0.9, "intercept": 0.1}},
    )  # fmt: skip
    return path


def square_task(video: Path, weights: Path) -> LearningTask:
    plan = plan_learning(square_project(video))
    return LearningTask(plan, model_named(str(weights)), "squares", minutes=0.01, device="cpu", precision="float32")


def taught_eagerly(config: TrainingConfig, **hooks: Any) -> Path:
    """The real training, with a schedule for an untrained network and a simple video."""
    from tracker_core.training.run.loop import train

    steps = config.schedule.steps if config.schedule.steps < LEAST_STEPS else 80
    schedule = replace(
        config.schedule, rate=5e-3, steps=steps, frozen=0, warm_up=5, checkpoint_every=steps, precision="float32"
    )
    weights = train(replace(config, schedule=schedule), **hooks)
    return _beyond(config, weights, weights)


def _beyond(config: TrainingConfig, weights: Path, out: Path) -> Path:
    """Weights so far beyond these that the kept mean of old and new weights equals these."""
    from tracker_core.training.run.finetuning import SHARE
    from tracker_core.weights.files import read_weights, save_weights

    assert config.start is not None
    old, new = read_weights(config.start), read_weights(weights)
    tensors = {name: value.lerp(new.tensors[name], 1 / SHARE) for name, value in old.tensors.items()}
    save_weights(out, tensors, family=new.family, network=new.network, constants=new.constants)
    return out


class HandingTrainer:
    """Teaches by handing over ``weights`` after some steps, or by default the weights that it was to begin from.

    It sets ``reached`` after the first step of the real training, not of the one that is to see how long a step takes,
    and waits there for ``gate`` if ``is_held``.
    """

    def __init__(self, weights: Path | None = None, *, is_held: bool = False, error: Exception | None = None) -> None:
        self.weights = weights
        self.is_held = is_held
        self.error = error
        self.reached, self.gate = Event(), Event()
        self.rooms: list[Path] = []

    def __call__(
        self,
        config: TrainingConfig,
        *,
        on_log: Callable[[StepLog], None],
        log_every: int,
        should_stop: Callable[[], bool],
    ) -> Path:
        from tracker_core.training.run.loop import StepLog

        self.rooms.append(config.out.parent)
        for step in range(1, 4):
            on_log(StepLog(step, 1.0, 0.5, 0.5, 0.0, 1e-3, 10.0))
            if config.schedule.steps >= LEAST_STEPS:
                self.reached.set()
                if self.is_held:
                    assert self.gate.wait(WAIT_AT_MOST), "the test never opened the gate of its HandingTrainer"
                if self.error is not None:
                    raise self.error
            should_stop()
        config.out.mkdir()
        assert config.start is not None
        return _beyond(config, self.weights or config.start, config.out / "weights.safetensors")
