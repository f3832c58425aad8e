"""The batches of a run: numbered samples of its sources. Each process takes its own slice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
import torch
from torch.utils.data import DataLoader, Subset

from tracker_core.training.pairs.pairs import Pair
from tracker_core.training.pairs.verifier_samples import Triple
from tracker_core.training.pictures.prepared import PreparedDataError, Source
from tracker_core.training.processes import Processes
from tracker_core.training.run.config import ConfigError, Schedule, TrainingConfig
from tracker_core.training.teaching.teaching import Sampler, teaching_of

Sample = TypeVar("Sample", Pair, Triple)


def sampler_of(config: TrainingConfig, sources: Sequence[Source]) -> Sampler:
    """The sampler of the family, for these sources.

    Raises:
        ConfigError: if the sources do not suit ``config.pairs``.
    """
    make = teaching_of(config.family).sampler
    count = config.schedule.steps * config.schedule.batch
    try:
        return make(sources, config.pairs, seed=config.schedule.seed, count=count)
    except ValueError as error:
        raise ConfigError(f"the pictures in {config.data} do not suit [pairs]: {error}") from error


def check_shares(schedule: Schedule, processes: Processes) -> None:
    """Check that the processes can share a batch equally.

    Raises:
        ConfigError: if they cannot.
    """
    if schedule.batch % processes.count:
        raise ConfigError(
            f"[schedule]: a `batch` of {schedule.batch} cannot be shared equally by {processes.count} processes; "
            f"make it a multiple of {processes.count}"
        )


def batches_of(
    sampler: Sampler, schedule: Schedule, *, first_step: int, processes: Processes
) -> Iterator[Pair | Triple]:
    """This process's slice of every batch from ``first_step`` on.

    Raises:
        PreparedDataError: when a picture turns out to be damaged.
    """
    share = processes.share_of(schedule.batch)
    numbers = [
        step * schedule.batch + place
        for step in range(first_step, len(sampler) // schedule.batch)
        for place in range(schedule.batch)[share]
    ]
    pairs: Any = sampler  # has the methods that torch needs, but not the class that its types ask for
    loader = DataLoader(
        Subset(pairs, numbers),
        schedule.batch // processes.count,
        num_workers=schedule.workers,
        collate_fn=collate,
        drop_last=True,
        prefetch_factor=4 if schedule.workers else None,
        worker_init_fn=_quiet_worker,
        generator=torch.Generator(),  # its own: each start draws from it, also after a resume
    )
    with _without_opencv_threads():
        batches = iter(loader)
    try:
        yield from batches
    except PreparedDataError as error:  # a worker's error has the whole traceback as its text
        raise PreparedDataError(str(error).strip().rpartition("PreparedDataError: ")[2]) from error


def collate(samples: list[Sample]) -> Sample:
    """Stack N pairs or triples into one, whose arrays are (N, ...)."""
    columns: Any = [np.stack(column) for column in zip(*samples, strict=True)]
    return type(samples[0])(*columns)


@contextmanager
def _without_opencv_threads() -> Iterator[None]:
    """Workers are forked. If OpenCV has threads at that moment, a worker hangs for ever, waiting for threads that only
    its parent has.
    """
    import cv2

    count = cv2.getNumThreads()
    cv2.setNumThreads(1)  # ends the other threads at once; 0 would not
    try:
        yield
    finally:
        cv2.setNumThreads(count)


def _quiet_worker(worker: int) -> None:
    import cv2

    cv2.setNumThreads(1)
    torch.set_num_threads(1)
