"""Training in several processes: their ranks, and how they exchange numbers.

``torchrun`` starts them and tells each its rank in environment variables. Every process takes its own slice of each
batch, and ``DistributedDataParallel`` averages their gradients. Losses are scaled so that their *mean* over the
processes is the loss of the whole batch, however it is sliced.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor
from torch.distributed.rendezvous import rendezvous

PATIENCE = timedelta(hours=2)
"""How long a process waits for the others. It is long because all wait while the first one validates on whole videos.
"""


class ProcessError(Exception):
    """The processes cannot work together; the text says why."""


class FailedElsewhereError(Exception):
    """Another process failed first, and has reported why."""


@dataclass(frozen=True, slots=True)
class Processes:
    """``count`` processes that train together. This one is number ``rank``, and on its machine ``local_rank`` of
    ``local_count``.
    """

    rank: int = 0
    count: int = 1
    local_rank: int = 0
    local_count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this is the process that validates, writes files and reports."""
        return self.rank == 0

    @property
    def device(self) -> torch.device:
        """A GPU of its own if there are any, else the CPU."""
        return torch.device("cuda", self.local_rank) if torch.cuda.is_available() else torch.device("cpu")

    @property
    def threads(self) -> int:
        """Threads for this process: what torch uses by default, or its share of the machine's cores."""
        if self.local_count == 1:
            return torch.get_num_threads()
        return max(1, (os.cpu_count() or 1) // self.local_count)  # torchrun's own default is one

    def share_of(self, size: int) -> slice:
        """This process's part of ``size`` samples; ``count`` divides ``size``."""
        share = size // self.count
        return slice(self.rank * share, (self.rank + 1) * share)

    def mean(self, total: Tensor, number: Tensor) -> Tensor:
        """This process's contribution, (), to a mean over all values: averaged over the processes, it is the sum of all
        totals divided by the sum of all numbers.

        Args:
            total: (), the sum of this process's values.
            number: (), how many values those are; 0 is allowed, even in all processes.
        """
        if self.count > 1:
            number = number.float()
            dist.all_reduce(number)
            total = total * self.count
        return total / number.clamp(min=1)

    def random(self, *shape: int) -> Tensor:
        """Uniform random numbers in [0, 1), on the CPU. The first axis is this process's samples, and each sample gets
        the same numbers as in a single process.
        """
        whole = shape[0] * self.count
        return torch.rand(whole, *shape[1:])[self.share_of(whole)]

    def gathered(self, values: Tensor) -> Tensor:
        """(N, ...) from each process -> (count * N, ...) in the order of ranks. Gradients flow back to each process."""
        if self.count == 1:
            return values
        whole = values.new_zeros(self.count, *values.shape)
        whole[self.rank] = values
        summed: Tensor = _SumOverProcesses.apply(whole)  # type: ignore[no-untyped-call]
        return summed.flatten(0, 1)

    def any(self, flag: bool) -> bool:
        """Whether the flag is set in at least one process."""
        if self.count == 1:
            return flag
        raised = torch.tensor(float(flag), device=self.device)
        dist.all_reduce(raised)
        return raised.item() > 0

    def averages(self, values: dict[str, float]) -> dict[str, float]:
        """The mean of each value over the processes; all must pass the same names."""
        if self.count == 1:
            return values
        together = torch.tensor(list(values.values()), dtype=torch.float64, device=self.device)
        dist.all_reduce(together)
        return dict(zip(values, (together / self.count).tolist(), strict=True))

    def from_first(self, value: Any) -> Any:  # noqa: ANN401  (what goes in comes out)
        """The first process's value, sent to all; the other processes' values are ignored."""
        if self.count == 1:
            return value
        box = [value]
        dist.broadcast_object_list(box, src=0, device=self.device)
        return box[0]


ALONE = Processes()


@contextmanager
def joined() -> Iterator[Processes]:
    """Join the processes that ``torchrun`` started; without ``torchrun``, this process is alone.

    Raises:
        ProcessError: if they cannot connect, there are fewer GPUs than processes, or one of them is gone.
        FailedElsewhereError: instead of the errors of all processes but the first that fails.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) <= 1:
        yield ALONE
        return
    processes, is_first_failure = _meet()
    try:
        yield processes
    except Exception as error:
        # The other processes then fail too; report only the first error.
        if not is_first_failure():
            raise FailedElsewhereError(str(error)) from error
        if isinstance(error, RuntimeError) and ("gloo" in str(error) or isinstance(error, dist.DistError)):
            gone = f"process {processes.rank} of {processes.count} lost the others; one of them has ended"
            raise ProcessError(gone) from error
        raise
    # Not after an error: ending the group makes the others fail, and torchrun would then kill this process too early.
    dist.barrier()
    dist.destroy_process_group()


def _meet() -> tuple[Processes, Callable[[], bool]]:
    """Connect to the others. Returns this process, and a function that says whether it is the first to fail."""
    try:
        names = ("RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE")
        processes = Processes(*(int(os.environ[name]) for name in names))
        if torch.cuda.is_available():
            if processes.local_rank >= torch.cuda.device_count():
                raise ProcessError(
                    f"{processes.local_rank + 1} processes or more on a machine of {torch.cuda.device_count()} GPUs; "
                    "give torchrun a smaller --nproc-per-node"
                )
            torch.cuda.set_device(processes.device)
        store, rank, count = next(rendezvous("env://", timeout=PATIENCE))
        backend = "nccl" if processes.device.type == "cuda" else "gloo"
        dist.init_process_group(backend, store=store, rank=rank, world_size=count, timeout=PATIENCE)
    except (KeyError, ValueError, RuntimeError) as error:
        raise ProcessError(f"the processes that torchrun started cannot connect to each other: {error}") from error

    def is_first_failure() -> bool:
        try:
            return int(store.add("failures", 1)) == 1
        except RuntimeError:  # the process that held the store has ended
            return False

    return processes, is_first_failure


class _SumOverProcesses(torch.autograd.Function):
    """Sums over the processes: values in the forward pass, gradients in the backward pass."""

    @staticmethod
    def forward(context: Any, values: Tensor) -> Tensor:  # noqa: ANN401  (torch's own, untyped)
        total = values.contiguous().clone()
        dist.all_reduce(total)
        return total

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> Tensor:  # noqa: ANN401
        total = gradient.contiguous().clone()
        dist.all_reduce(total)
        return total
