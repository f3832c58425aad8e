"""Validation: how well the network tracks videos that it is not trained on, or its loss on held-back pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatch
from itertools import islice
from typing import Protocol

import numpy as np
import torch
from torch import nn

from tracker_core.evaluation import sequences
from tracker_core.evaluation.folders import read_sequences
from tracker_core.evaluation.otb import measure
from tracker_core.evaluation.runner import run_one_pass
from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.trackers.families import tracker_of
from tracker_core.training.pictures.prepared import Source
from tracker_core.training.processes import Processes
from tracker_core.training.run.batches import collate, sampler_of
from tracker_core.training.run.config import ConfigError, TrainingConfig
from tracker_core.training.teaching.teaching import Means, teaching_of
from tracker_core.weights.files import WeightsFile

SEED = 0  # fixes the held-back pairs and the anchors drawn for their loss, so that runs can be compared


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure: its name, and whether higher is better."""

    name: str
    higher_is_better: bool

    def is_better(self, value: float, than: float) -> bool:
        if math.isnan(than):
            return not math.isnan(value)
        return value > than if self.higher_is_better else value < than


@dataclass(frozen=True, slots=True)
class Best:
    """The best value of a figure so far, and its step."""

    figure: str
    value: float
    step: int


class Judge(Protocol):
    """Measures a network. Equal weights give equal values, and the run's random state does not change."""

    @property
    def figure(self) -> Figure: ...

    def __call__(self, network: nn.Module) -> float: ...


class TrackingJudge:
    """Mean success AUC over the first frames of annotated sequences, with the family's untuned constants.

    Raises:
        SequenceError: if the folder holds no sequence, or one that cannot be used.
    """

    figure = Figure("success AUC", higher_is_better=True)

    def __init__(self, config: TrainingConfig) -> None:
        assert config.validation is not None
        assert config.validation.videos is not None
        self._config = config
        self._sequences = [
            first_frames(sequence, config.validation.frames) for sequence in read_sequences(config.validation.videos)
        ]

    def __call__(self, network: nn.Module) -> float:
        family = self._config.family
        tensors = {name: value.float().cpu() for name, value in network.state_dict().items()}
        file = WeightsFile(family.name, asdict(self._config.network), tensors)
        with torch.random.fork_rng(devices=[]):  # a new network draws random weights
            tracker = tracker_of("in training", family, file, place(), family.constants())
        return float(np.mean([measure(run)["auc"] for run in run_one_pass(tracker, self._sequences)]))


class LossJudge:
    """Mean loss on fixed pairs of sources that are not trained on.

    Raises:
        ConfigError: if there are no boxes in them.
    """

    figure = Figure("validation loss", higher_is_better=False)

    def __init__(self, config: TrainingConfig, held_back: Sequence[Source], processes: Processes) -> None:
        assert config.validation is not None
        self._count = config.validation.pairs
        self._config = config
        alike = replace(
            config,
            pairs=replace(config.pairs, mix={"*": 1.0}),
            schedule=replace(config.schedule, seed=SEED, steps=self._count, batch=1),
        )
        self._sampler = sampler_of(alike, held_back)
        self._means = Means(Processes(local_rank=processes.local_rank), config.schedule.precision)

    @torch.no_grad()
    def __call__(self, network: nn.Module) -> float:
        network.eval()
        objective = teaching_of(self._config.family).objective(network, self._config.loss, self._means)
        batch, total = self._config.schedule.batch, 0.0
        with torch.random.fork_rng(devices=[]):  # so that the run's random numbers stay the same
            torch.manual_seed(SEED)
            for first in range(0, self._count, batch):
                numbers = range(first, min(first + batch, self._count))
                parts, _ = objective(collate([self._sampler[number] for number in numbers]))
                weights = self._config.weights
                total += len(numbers) * sum(getattr(weights, name) * part.item() for name, part in parts.items())
        return total / self._count


def judge_of(config: TrainingConfig, held_back: Sequence[Source], processes: Processes) -> Judge | None:
    """The judge that the training file asks for; None if it asks for none."""
    if config.validation is None:
        return None
    return TrackingJudge(config) if config.validation.videos else LossJudge(config, held_back, processes)


def split(config: TrainingConfig, sources: Sequence[Source]) -> tuple[list[Source], list[Source]]:
    """The sources to train on, and the held-back ones.

    Raises:
        ConfigError: if a pattern matches no source, or nothing is left to train on.
    """
    patterns = config.validation.hold_back if config.validation is not None else ()
    for pattern in patterns:
        if not any(fnmatch(source.name, pattern) for source in sources):
            raise ConfigError(f"[validation]: no source in {config.data} matches `hold_back` '{pattern}'")
    is_held_back = [any(fnmatch(source.name, pattern) for pattern in patterns) for source in sources]
    held_back = [source for source, held in zip(sources, is_held_back, strict=True) if held]
    learnt = [source for source, held in zip(sources, is_held_back, strict=True) if not held]
    if not learnt:
        raise ConfigError(f"[validation]: `hold_back` leaves nothing in {config.data} to train on")
    return learnt, held_back


def first_frames(sequence: sequences.Sequence, count: int) -> sequences.Sequence:
    """The first ``count`` frames of a sequence, or fewer if it is shorter."""

    def open_frames() -> Iterator[Image]:
        return islice(sequence.open_frames(), count)

    return replace(
        sequence,
        truth=sequence.truth[:count],
        open_frames=open_frames,
        polygons=None if sequence.polygons is None else sequence.polygons[:count],
        cover=None if sequence.cover is None else sequence.cover[:count],
        tags={name: flags[:count] for name, flags in sequence.tags.items()},
    )
