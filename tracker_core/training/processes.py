"""Processes that learn together: who this one is, and what they tell each other.

``torchrun`` starts them and says in environment variables who each one is. Every process takes its own slice of each
batch; ``DistributedDataParallel`` takes the mean of their gradients. A loss is therefore scaled such that the *mean*
over the processes is the loss of the whole batch, whatever lies in whose slice.
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
"""How long a process waits for the others: the first one looks at whole videos while they do."""


class ProcessError(Exception):
    """Processes that cannot work together; its text says why."""


class FailedElsewhereError(Exception):
    """Another process failed first, and has said why."""


@dataclass(frozen=True, slots=True)
class Processes:
    """``count`` processes that learn together, of which this is number ``rank``; on its machine ``local_rank`` of
    ``local_count``.
    """

    rank: int = 0
    count: int = 1
    local_rank: int = 0
    local_count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this is the one that judges, writes and tells."""
        return self.rank == 0

    @property
    def device(self) -> torch.device:
        """A GPU of its own where there are any, else the CPU."""
        return torch.device("cuda", self.local_rank) if torch.cuda.is_available() else torch.device("cpu")

    @property
    def threads(self) -> int:
        """What this process may use of its machine: all that torch uses by itself, or as much as each of several."""
        if self.local_count == 1:
            return torch.get_num_threads()
        return max(1, (os.cpu_count() or 1) // self.local_count)  # torchrun would leave a thread to each

    def share_of(self, size: int) -> slice:
        """This one's part of ``size`` samples, which ``count`` divides."""
        share = size // self.count
        return slice(self.rank * share, (self.rank + 1) * share)

    def mean(self, total: Tensor, number: Tensor) -> Tensor:
        """What this process adds to ``total / number`` of all: the mean of its answers over the processes is that.

        Args:
            total: () the sum over what this process has.
            number: () of how many; all processes together may have none.
        """
        if self.count > 1:
            number = number.float()
            dist.all_reduce(number)
            total = total * self.count
        return total / number.clamp(min=1)

    def random(self, *shape: int) -> Tensor:
        """Uniform numbers in [0, 1) on the CPU, the first axis by sample: those that one process would draw for it."""
        whole = shape[0] * self.count
        return torch.rand(whole, *shape[1:])[self.share_of(whole)]

    def gathered(self, values: Tensor) -> Tensor:
        """(N, ...) of this process -> (count N, ...) of all, in the order of ranks. Gradients flow back to each."""
        if self.count == 1:
            return values
        whole = values.new_zeros(self.count, *values.shape)
        whole[self.rank] = values
        summed: Tensor = _SumOverProcesses.apply(whole)  # type: ignore[no-untyped-call]
        return summed.flatten(0, 1)

    def any(self, flag: bool) -> bool:
        """Whether it is so in any process."""
        if self.count == 1:
            return flag
        raised = torch.tensor(float(flag), device=self.device)
        dist.all_reduce(raised)
        return raised.item() > 0

    def averages(self, values: dict[str, float]) -> dict[str, float]:
        """The mean over the processes of each value; all give the same names."""
        if self.count == 1:
            return values
        together = torch.tensor(list(values.values()), dtype=torch.float64, device=self.device)
        dist.all_reduce(together)
        return dict(zip(values, (together / self.count).tolist(), strict=True))

    def from_first(self, value: Any) -> Any:  # noqa: ANN401  (what goes in comes out)
        """What the first process gives here; what the others give is not looked at."""
        if self.count == 1:
            return value
        box = [value]
        dist.broadcast_object_list(box, src=0, device=self.device)
        return box[0]


ALONE = Processes()


@contextmanager
def joined() -> Iterator[Processes]:
    """The processes that ``torchrun`` started, or this one alone where it did not.

    Raises:
        ProcessError: if they cannot find each other, have no GPU each, or one of them is gone.
        FailedElsewhereError: in place of the error of every process but the first that fails.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) <= 1:
        yield ALONE
        return
    processes, is_first_failure = _meet()
    try:
        yield processes
    except Exception as error:
        # The others stand before a closed door, each with an error of its own. One of them all shall speak.
        if not is_first_failure():
            raise FailedElsewhereError(str(error)) from error
        if isinstance(error, RuntimeError) and ("gloo" in str(error) or isinstance(error, dist.DistError)):
            gone = f"process {processes.rank} of {processes.count} cannot reach the others any more; one was ended"
            raise ProcessError(gone) from error
        raise
    # Not after an error: the others would see the group end, and torchrun would end this one before it has spoken.
    dist.barrier()
    dist.destroy_process_group()


def _meet() -> tuple[Processes, Callable[[], bool]]:
    """This process among the others, and what says whether none of them has failed before."""
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
        raise ProcessError(f"the processes that torchrun started do not find each other: {error}") from error

    def is_first_failure() -> bool:
        try:
            return int(store.add("failures", 1)) == 1
        except RuntimeError:  # it is gone with the process that held it
            return False

    return processes, is_first_failure


class _SumOverProcesses(torch.autograd.Function):
    """The sum over the processes, of values forward and of gradients backward."""

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
