"""What a way of teaching consists of: tables of the training file, samples, objective, and the cards of a preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, TypeAlias

import numpy as np
import torch
from torch import Tensor

from tracker_core.images import Image
from tracker_core.runtime.placement import place
from tracker_core.tracker import PrecisionName
from tracker_core.trackers.families import Family
from tracker_core.training.pictures.places import Origin
from tracker_core.training.pictures.prepared import Source
from tracker_core.training.processes import ALONE, Processes

LossParts: TypeAlias = dict[str, Tensor]
"""The parts of a loss, () each, by the names of ``config.Weights``."""

Colour: TypeAlias = tuple[int, int, int]
"""RGB."""


class UntaughtError(ValueError):
    """The family cannot be trained here; the text names it."""


@dataclass(frozen=True, slots=True)
class Means:
    """Where a loss is computed, and in which precision. "auto" is bf16 if the processor has instructions for it; a CPU
    without them is seven times slower in bf16 than in float32.
    """

    processes: Processes = ALONE
    precision: PrecisionName = "auto"

    @property
    def device(self) -> torch.device:
        return self.processes.device

    def autocast(self) -> torch.autocast:
        """The context for running the network: bf16 for convolutions, float32 for what needs it."""
        dtype = place(self.device.type, self.precision).dtype
        return torch.autocast(self.device.type, torch.bfloat16, enabled=dtype == torch.bfloat16)


class Objective(Protocol):
    """A loss for one batch."""

    def __call__(self, batch: Any) -> tuple[LossParts, Tensor]:  # noqa: ANN401  (a batch of the family's samples)
        """For a collated batch, return the parts of the loss and the backbone's features (N, C, h, w) of the search
        regions. Distillation compares the features with the teacher's.
        """
        ...


class Sampler(Protocol):
    """Numbered samples. The same number always gives the same sample."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int, /) -> Any: ...  # noqa: ANN401  (a NamedTuple of arrays)

    def describe(self, number: int, /) -> Origin:
        """Where a sample comes from, in words."""
        ...


class MakeSampler(Protocol):
    """Makes a sampler. Raises ValueError if the sources do not suit the table [pairs]."""

    def __call__(self, sources: Sequence[Source], config: Any, *, seed: int, count: int) -> Sampler: ...  # noqa: ANN401


@dataclass(frozen=True, slots=True)
class Teaching:
    """A way of teaching. Each module of this package ends with one, called ``TEACHING``.

    ``card`` draws a sample for a preview, given the sample, its origin, the network's config and the table [loss].
    ``key`` explains the colours of the cards.
    """

    samples: str  # "pairs" or "triples"
    pairs: type[Any]  # the table [pairs] of a training file
    sampler: MakeSampler
    objective: Callable[[Any, Any, Means], Objective]  # made from a network and the table [loss]
    card: Callable[[Any, Origin, Any, Any], Image]
    key: tuple[tuple[str, Colour], ...]
    loss: type[Any] | None = None  # the table [loss], if there is one


def teaching_of(family: Family) -> Teaching:
    """The way of teaching of a family.

    Raises:
        UntaughtError: if its networks are only converted from published weights.
    """
    if family.teaching is None:
        raise UntaughtError(f"a {family.title} cannot be trained here")
    teaching: Teaching = import_module(family.teaching).TEACHING
    return teaching


def pixels(images: object, device: torch.device) -> Tensor:
    """(N, H, W, 3) uint8 -> (N, 3, H, W) float32 in channels-last memory order, which the input already has."""
    return torch.as_tensor(np.asarray(images), device=device).permute(0, 3, 1, 2).float()
