"""The training loop: pairs in, weights out. Stops and goes on without a trace in the result.

A checkpoint holds the network, its moving average, the adapter, the optimiser, the step and torch's random state. Pairs
are numbered (``pairs.py``), so step n of a resumed run sees what step n of an unbroken one sees.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Subset

from tracker_core.families import Family, network_of
from tracker_core.training.config import ConfigError, Schedule, TrainingConfig
from tracker_core.training.distillation import FeatureDistillation, Teacher
from tracker_core.training.objectives import objective_of
from tracker_core.training.pairs import Pair, PairSampler
from tracker_core.training.pictures import Source, open_sources
from tracker_core.training.verifier_samples import Triple, TripleSampler
from tracker_core.weights.files import read_weights, save_weights

Sample = TypeVar("Sample", Pair, Triple)


@dataclass(frozen=True, slots=True)
class StepLog:
    """One line of ``log.jsonl``: means since the line before."""

    step: int
    loss: float
    classification: float
    box: float
    distillation: float
    rate: float
    pairs_per_second: float


def rate_at(step: int, schedule: Schedule) -> float:
    """Learning rate of a step: linear warm-up, then half a cosine down to the final rate."""
    if step < schedule.warm_up:
        return schedule.rate * (step + 1) / schedule.warm_up
    done = (step - schedule.warm_up) / max(1, schedule.steps - schedule.warm_up)
    return schedule.final_rate + (schedule.rate - schedule.final_rate) * (1 + math.cos(math.pi * done)) / 2


class Training:
    """A run that can be stepped, saved and taken up again."""

    def __init__(self, config: TrainingConfig) -> None:
        torch.manual_seed(config.schedule.seed)
        self.config = config
        self.step = 0
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._description = asdict(config.network)
        self.network = network_of(config.family, self._description)
        if config.start is not None:
            begin_from(config.start, self.network, family=config.family)
        self.teacher = Teacher(config.teacher) if config.teacher is not None else None
        self.distillation: FeatureDistillation | None = None
        if self.teacher is not None:
            size = config.pairs.search_size
            channels = self.teacher.features(np.zeros((1, size, size, 3), np.uint8)).shape[1]
            backbone = self.network.backbone
            self.distillation = FeatureDistillation(backbone.channels, channels, first=backbone.first_cell)
        self._parts: nn.Module = nn.ModuleList([self.network, *([self.distillation] if self.distillation else [])])
        self._parts.to(self.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = torch.optim.swa_utils.AveragedModel(
            self.network, multi_avg_fn=_average_with(config.schedule.average), use_buffers=True
        )
        self.optimizer = torch.optim.AdamW(
            parameter_groups(self.network, self.distillation, config.schedule.rates),
            lr=config.schedule.rate,
            weight_decay=config.schedule.weight_decay,
            fused=True,
        )
        self.objective = objective_of(config.family, self.network, self.device, config.loss)

    def train_step(self, batch: Pair | Triple) -> dict[str, float]:
        """One optimiser step on a collated batch. Returns the parts of the loss."""
        self._prepare_step()
        parts, features = self.objective(batch)
        if (
            self.teacher is not None
            and self.distillation is not None
            and isinstance(batch, Pair)
            and not self.is_frozen
        ):
            wanted = self.teacher.features(np.asarray(batch.clean)).to(self.device)
            parts["distillation"] = self.distillation(features, wanted)
        weights = self.config.weights
        loss = torch.stack([getattr(weights, name) * part for name, part in parts.items()]).sum()
        self.optimizer.zero_grad(set_to_none=True)
        if torch.isfinite(loss):  # a bad pair costs one step, not the run
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self._parts.parameters(), self.config.schedule.clip)
            self.optimizer.step()
            self.average.update_parameters(self.network)
        self.step += 1
        return {"loss": loss.item(), **{name: part.item() for name, part in parts.items()}}

    @property
    def is_frozen(self) -> bool:
        """Whether the backbone stands still in this step."""
        return self.step < self.config.schedule.frozen

    def _prepare_step(self) -> None:
        schedule, backbone = self.config.schedule, self.network.backbone
        self._parts.train()
        backbone.train(not self.is_frozen)  # its norms stand still as well
        backbone.requires_grad_(not self.is_frozen)
        for group in self.optimizer.param_groups:
            group["lr"] = rate_at(self.step, schedule) * group["factor"]

    def save(self, folder: Path) -> None:
        """Write the checkpoint and the averaged weights so far; a kill in the middle leaves the last ones."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {
            "step": self.step,
            "parts": self._parts.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
        }
        torch.save(state, folder / "checkpoint.partial")
        os.replace(folder / "checkpoint.partial", folder / "checkpoint.pt")
        tensors = {name: value.float().cpu() for name, value in self.average.module.state_dict().items()}
        save_weights(
            folder / "weights.safetensors",
            tensors,
            family=self.config.family.name,
            network=self._description,
            constants=self.config.family.constants().as_mapping(),  # untuned: see benchmarks/tune_constants.py
        )

    def resume(self, folder: Path) -> bool:
        """Take up a checkpoint if there is one.

        Raises:
            ConfigError: if it is damaged, or of a network that is not the one asked for.
        """
        path = folder / "checkpoint.pt"
        if not path.is_file():
            return False
        try:
            state = torch.load(path, map_location=self.device, weights_only=True)
            self._parts.load_state_dict(state["parts"])
            self.average.load_state_dict(state["average"])
            self.optimizer.load_state_dict(state["optimizer"])
            torch.set_rng_state(state["random"].cpu())
            self.step = int(state["step"])
        except Exception as error:  # torch raises many kinds, all of them about the file
            raise ConfigError(f"{path} is damaged or of other layers; name another `out`, or remove it") from error
        return True


def train(config: TrainingConfig, *, on_log: Callable[[StepLog], None] = lambda log: None, log_every: int = 50) -> Path:
    """Run to the end of the schedule, from the last checkpoint if there is one. Returns the weights file."""
    schedule = config.schedule
    torch.set_num_threads(schedule.threads)
    sources = list(open_sources(config.data))
    try:
        sampler = sampler_of(config, sources)
    except ValueError as error:
        raise ConfigError(f"the pictures in {config.data} do not suit [pairs]: {error}") from error
    training = Training(config)
    training.resume(config.out)
    sums: dict[str, float] = {}
    began, counted = time.perf_counter(), 0
    for batch in _batches(sampler, schedule, first_step=training.step):
        for name, value in training.train_step(batch).items():
            sums[name] = sums.get(name, 0.0) + value
        counted += 1
        if training.step % log_every == 0 or training.step == schedule.steps:
            means = {name: total / counted for name, total in sums.items()}
            speed = counted * schedule.batch / (time.perf_counter() - began)
            log = StepLog(
                training.step, means["loss"], means["classification"], means.get("box", 0.0),
                means.get("distillation", 0.0), rate_at(training.step - 1, schedule), speed,
            )  # fmt: skip
            config.out.mkdir(parents=True, exist_ok=True)
            with (config.out / "log.jsonl").open("a") as lines:
                lines.write(json.dumps(asdict(log)) + "\n")
            on_log(log)
            sums, began, counted = {}, time.perf_counter(), 0
        if training.step % schedule.checkpoint_every == 0 or training.step == schedule.steps:
            training.save(config.out)
    return config.out / "weights.safetensors"


def sampler_of(config: TrainingConfig, sources: Sequence[Source]) -> PairSampler | TripleSampler:
    """What the family learns from: pairs, or the verifier's triples.

    Raises:
        ValueError: if the sources do not suit ``config.pairs``.
    """
    kind = PairSampler if config.family.is_tracker else TripleSampler
    return kind(sources, config.pairs, seed=config.schedule.seed, count=config.schedule.steps * config.schedule.batch)


def _batches(sampler: PairSampler | TripleSampler, schedule: Schedule, *, first_step: int) -> Iterator[Pair | Triple]:
    pairs: Any = sampler  # a data set by shape: torch asks for its class
    loader = DataLoader(
        Subset(pairs, range(first_step * schedule.batch, len(sampler))),
        schedule.batch,
        num_workers=schedule.workers,
        collate_fn=collate,
        drop_last=True,
        prefetch_factor=4 if schedule.workers else None,
        worker_init_fn=_quiet_worker,
        generator=torch.Generator(),  # its own: a start draws a number, which a resumed run would draw once more
    )
    yield from loader


def begin_from(path: Path, network: nn.Module, *, family: Family) -> None:
    """Take what a trained network can give: everything within a family; across families the backbone, and the neck
    where there is one.

    Raises:
        WeightsError: if the file cannot be read.
        ConfigError: if its layers are others.
    """
    file = read_weights(path)
    layers = {name.partition(".")[0] for name in network.state_dict()}
    parts = (
        ("",) if file.family == family.name else tuple(f"{part}." for part in ("backbone", "neck") if part in layers)
    )

    def shared(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        names = (name for name in tensors if name.startswith(parts) and not name.endswith("num_batches_tracked"))
        return {name: tensors[name] for name in names}

    given, own = shared(file.tensors), shared(network.state_dict())
    for name in sorted(given.keys() | own.keys()):
        if name not in given or name not in own or given[name].shape != own[name].shape:
            raise ConfigError(f"`start` {path} has other layers than [network]: they differ first at {name}")
    network.load_state_dict(given, strict=False)


def parameter_groups(
    network: nn.Module, distillation: nn.Module | None, rates: Mapping[str, float]
) -> list[dict[str, Any]]:
    """Parameters by the factor of the rate at which they learn.

    Raises:
        ConfigError: if a pattern matches no parameter.
    """
    groups: dict[float, list[Tensor]] = {1.0: list(distillation.parameters()) if distillation is not None else []}
    unused = set(rates)
    for name, parameter in network.named_parameters():
        pattern = next((pattern for pattern in rates if fnmatch(name, pattern)), None)
        unused.discard(pattern or "")
        groups.setdefault(1.0 if pattern is None else rates[pattern], []).append(parameter)
    if unused:
        raise ConfigError(f"[schedule]: `rates` names parameters that there are not: {', '.join(sorted(unused))}")
    return [{"params": parameters, "factor": factor} for factor, parameters in groups.items() if parameters]


def collate(samples: list[Sample]) -> Sample:
    """Stack pairs, or triples, into arrays (N, ...)."""
    columns: Any = [np.stack(column) for column in zip(*samples, strict=True)]
    return type(samples[0])(*columns)


def _quiet_worker(worker: int) -> None:
    import cv2

    cv2.setNumThreads(1)
    torch.set_num_threads(1)


def _average_with(decay: float) -> Callable[..., None]:
    """A moving average that trusts the first steps less: min(decay, (1 + n) / (10 + n))."""

    @torch.no_grad()
    def update(averaged: list[Tensor], current: list[Tensor], count: Tensor | int) -> None:
        keep = min(decay, (1 + int(count)) / (10 + int(count)))
        for old, new in zip(averaged, current, strict=True):
            if old.is_floating_point():
                old.lerp_(new, 1 - keep)
            else:
                old.copy_(new)

    return update
