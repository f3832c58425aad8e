"""The training loop: pairs in, weights out. A run that was stopped and resumed gives the same result.

A checkpoint holds the network, its moving average, the adapter, the optimiser, the step, the best validation and
torch's random state. Pairs are numbered (``pairs/pairs.py``), so step n uses the same pairs in a resumed run as in an
unbroken one, and the same in several processes together as in one (``processes.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from tracker_core.trackers.families import network_of
from tracker_core.training.losses.distillation import Distillation, Lesson, Teacher
from tracker_core.training.pairs.pairs import Pair
from tracker_core.training.pairs.verifier_samples import Triple
from tracker_core.training.pictures.prepared import open_sources
from tracker_core.training.processes import ALONE, Processes
from tracker_core.training.run.batches import batches_of, check_shares, sampler_of
from tracker_core.training.run.checkpoint import NAME, read_checkpoint, write_checkpoint
from tracker_core.training.run.config import ConfigError, TrainingConfig
from tracker_core.training.run.global_norm import make_norms_global
from tracker_core.training.run.optimiser import average_of, parameter_groups, rate_at, still_norms, still_parameters
from tracker_core.training.run.run_log import Meter, RunLog, StepLog, ValidationLog
from tracker_core.training.run.start import begin_from
from tracker_core.training.run.validation import Best, Judge, judge_of, split
from tracker_core.training.teaching.teaching import LossParts, Means, Objective, pixels, teaching_of
from tracker_core.weights.files import save_weights

__all__ = ["LAST", "WEIGHTS", "StepLog", "Training", "ValidationLog", "train"]

WEIGHTS, LAST = "weights.safetensors", "last.safetensors"


class Training:
    """A run that can be stepped, saved and resumed. Its state is the same in all processes."""

    def __init__(self, config: TrainingConfig, processes: Processes = ALONE) -> None:
        torch.manual_seed(config.schedule.seed)
        self.config = config
        self.processes = processes
        self.step = 0
        self.best: Best | None = None
        self._description = asdict(config.network)
        self.network = network_of(config.family, self._description)
        if config.start is not None:
            begin_from(config.start, self.network, family=config.family)
        self.teacher = Teacher.read(config.teacher, processes.device) if config.teacher is not None else None
        self.distillation = Distillation(self.network, self.teacher) if self.teacher is not None else None
        self._parts: nn.Module = nn.ModuleList([self.network, *([self.distillation] if self.distillation else [])])
        self._parts.to(processes.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        if processes.count > 1:
            make_norms_global(self._parts, processes)
        self.average = average_of(self.network, config.schedule.average)
        self._still = still_parameters(self.network, config.schedule.rates)
        self._still_norms = still_norms(self.network, self._still)
        self.optimizer = torch.optim.AdamW(
            parameter_groups(self.network, self.distillation, config.schedule.rates),
            lr=config.schedule.rate,
            weight_decay=config.schedule.weight_decay,
            fused=True,
        )
        means = Means(processes, config.schedule.precision)
        objective = teaching_of(config.family).objective(self.network, config.loss, means)
        self._lesson = _Lesson(self.network, self.distillation, objective)
        self._shared: tuple[bool, nn.Module] | None = None

    def train_step(self, batch: Pair | Triple) -> dict[str, float]:
        """One optimiser step on this process's slice of a batch. Returns the parts of the loss; their mean over the
        processes is the loss of the batch.
        """
        self._prepare_step()
        parts: LossParts = self._gradient_sharing()(batch, self._teaching(batch))
        weights = self.config.weights
        loss = torch.stack([getattr(weights, name) * part for name, part in parts.items()]).sum()
        self.optimizer.zero_grad(set_to_none=True)
        if not self.processes.any(not bool(torch.isfinite(loss))):  # one bad batch must not end the run
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self._parts.parameters(), self.config.schedule.clip)
            self.optimizer.step()
            self.average.update_parameters(self.network)
        self.step += 1
        return {"loss": loss.item(), **{name: part.item() for name, part in parts.items()}}

    @property
    def is_frozen(self) -> bool:
        """Whether the backbone is frozen in this step."""
        return self.step < self.config.schedule.frozen

    def _prepare_step(self) -> None:
        schedule, backbone = self.config.schedule, self.network.backbone
        self._parts.train()
        backbone.train(not self.is_frozen)  # freezes its batch norms too
        backbone.requires_grad_(not self.is_frozen)
        for parameter in self._still:
            parameter.requires_grad_(False)
        for norm in self._still_norms:
            norm.eval()
        if self.distillation is not None:  # no distillation while the backbone is frozen
            self.distillation.requires_grad_(not self.is_frozen)
        for group in self.optimizer.param_groups:
            group["lr"] = rate_at(self.step, schedule) * group["factor"]

    def _gradient_sharing(self) -> nn.Module:
        """The module to call for a step: with several processes, a wrapper that averages their gradients. It only knows
        the parameters that were trainable when it was made, so unfreezing the backbone makes a new one.
        """
        if self.processes.count == 1:
            return self._lesson
        if self._shared is None or self._shared[0] != self.is_frozen:
            self._shared = self.is_frozen, DistributedDataParallel(self._lesson)
        return self._shared[1]

    def _teaching(self, batch: Pair | Triple) -> Lesson | None:
        if self.teacher is None or not isinstance(batch, Pair) or self.is_frozen:
            return None
        device = self.processes.device
        return self.teacher.look(pixels(batch.exemplar, device), pixels(batch.clean, device))

    def validate(self, judge: Judge, folder: Path) -> ValidationLog:
        """Validate the averaged network, and keep its weights if they are the best so far."""
        value = judge(self.average.module)
        best = self.best
        if best is None or best.figure != judge.figure.name or judge.figure.is_better(value, best.value):
            best = Best(judge.figure.name, value, self.step)
            self._write_weights(folder / WEIGHTS)
        self.best = best
        return ValidationLog(self.step, judge.figure.name, value, best.value, best.step)

    def save(self, folder: Path) -> None:
        """Write a checkpoint and the averaged weights. If the process is killed meanwhile, the previous ones stay."""
        folder.mkdir(parents=True, exist_ok=True)
        state = {
            "step": self.step,
            "best": None if self.best is None else asdict(self.best),
            "parts": self._parts.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
        }
        write_checkpoint(folder, state)
        if self.config.validation is not None:
            self._write_weights(folder / LAST)
        if self.best is None:
            self._write_weights(folder / WEIGHTS)

    def _write_weights(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        tensors = {name: value.float().cpu() for name, value in self.average.module.state_dict().items()}
        save_weights(
            path,
            tensors,
            family=self.config.family.name,
            network=self._description,
            constants=self.config.family.constants().as_mapping(),  # untuned: see benchmarks/tune_constants.py
        )

    def resume(self, folder: Path) -> bool:
        """Resume from a checkpoint, whatever number of processes wrote it. Returns whether there was one.

        Raises:
            ConfigError: if it is damaged or of a different network.
        """
        try:
            state = read_checkpoint(folder, self.processes)
            if state is None:
                return False
            self._parts.load_state_dict(state["parts"])
            self.average.load_state_dict(state["average"])
            self.optimizer.load_state_dict(state["optimizer"])
            torch.set_rng_state(state["random"].cpu())
            self.best = Best(**state["best"]) if state.get("best") else None
            self.step = int(state["step"])
        except Exception as error:  # torch raises many kinds for a damaged file
            raise ConfigError(
                f"{folder / NAME} is damaged or has other layers; remove it, or choose another `out`"
            ) from error
        return True


class _Lesson(nn.Module):
    """Computes the parts of the loss of a batch; a module, because ``DistributedDataParallel`` wraps modules."""

    def __init__(self, network: nn.Module, distillation: Distillation | None, objective: Objective) -> None:
        super().__init__()
        self._network = network  # registers its parameters with this module
        self._distillation = distillation
        self._objective = objective

    def forward(self, batch: Pair | Triple, lesson: Lesson | None) -> LossParts:
        parts, features = self._objective(batch)
        if lesson is not None and self._distillation is not None and isinstance(batch, Pair):
            parts["distillation"] = self._distillation(features, lesson, search_size=batch.search.shape[1])
        return parts


def train(
    config: TrainingConfig,
    *,
    on_log: Callable[[StepLog], None] = lambda log: None,
    on_validation: Callable[[ValidationLog], None] = lambda log: None,
    log_every: int = 50,
    should_stop: Callable[[], bool] = lambda: False,
    processes: Processes = ALONE,
) -> Path:
    """Train to the end of the schedule, from the last checkpoint if there is one. Returns the weights file: the best by
    validation, or the last average if there is no validation.

    ``should_stop`` is called after every step. If it returns True, ``train`` writes a checkpoint and returns; calling
    it again resumes the run. With several ``processes`` the first one validates, writes files and calls ``on_log``.

    Raises:
        ConfigError: if the training file does not fit its data or the files in ``out``.
        PreparedDataError, SequenceError, TeacherError, WeightsError: if a file named in it cannot be used.
    """
    schedule, validation = config.schedule, config.validation
    torch.set_num_threads(schedule.threads or processes.threads)
    check_shares(schedule, processes)
    learnt, held_back = split(config, list(open_sources(config.data)))
    sampler = sampler_of(config, learnt)
    judge = judge_of(config, held_back, processes) if processes.is_first else None
    training = Training(config, processes)
    training.resume(config.out)
    meter = Meter()
    with RunLog(config.out, config.logging, first_step=training.step, is_silent=not processes.is_first) as log:
        for batch in batches_of(sampler, schedule, first_step=training.step, processes=processes):
            meter.add(training.train_step(batch))
            is_last = training.step == schedule.steps
            if is_last or training.step % log_every == 0:
                line = _step_log(training, meter)
                log.add(line)
                if processes.is_first:
                    on_log(line)
            if judge is not None and validation is not None and (is_last or training.step % validation.every == 0):
                with meter.paused():
                    found = training.validate(judge, config.out)
                log.add(found)
                on_validation(found)
            is_over = processes.any(should_stop())
            if (is_over or is_last or training.step % schedule.checkpoint_every == 0) and processes.is_first:
                training.save(config.out)
                log.draw()
            if is_over:
                break
    return config.out / WEIGHTS


def _step_log(training: Training, meter: Meter) -> StepLog:
    schedule = training.config.schedule
    means, speed = meter.read(batch=schedule.batch)
    means = training.processes.averages(means)
    return StepLog(
        training.step, means["loss"], means["classification"], means.get("box", 0.0), means.get("distillation", 0.0),
        rate_at(training.step - 1, schedule), speed,
    )  # fmt: skip
