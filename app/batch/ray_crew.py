"""Runs a batch on an existing Ray cluster: its workers replace the processes of one machine.

All machines of the cluster must see videos, projects and the batch's folder under the same paths, and have Siamark
installed.
"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from app.batch.crew import Crew, News, cast_device
from app.batch.worker import Load, Outcome, Seat, Task, Trackers, do_task
from tracker_core.tracker import DeviceName, PrecisionName

TRIES = 3  # of a job whose worker is lost, because machines of a cluster come and go
SECONDS_TO_ANSWER = 10
CORES_A_JOB = 1  # CPUs for a job; several jobs per machine are faster than one job on several cores


class ClusterError(Exception):
    """No cluster can be used; the text is the sentence for the person."""


class RayCluster:
    """A connection to a cluster, to be closed with ``leave``.

    Raises:
        ClusterError: if the package is not installed, or nothing answers at the address.
    """

    def __init__(self, address: str) -> None:
        try:
            import ray
        except ImportError:
            raise ClusterError("--ray needs the package ray; install it with pip install ray") from None
        self._ray: Any = ray
        try:
            _knock(address)
            ray.init(address=address, log_to_driver=False, logging_level="ERROR", configure_logging=False)
        except (ValueError, RuntimeError, OSError, SystemExit) as error:  # Ray may try to exit the program
            reason = " ".join(str(error).split())[:200]
            raise ClusterError(
                f"no Ray cluster answers at {address} ({reason}); start one, or check the address"
            ) from None

    def leave(self) -> None:
        self._ray.shutdown()

    def seat(self, device: DeviceName, precision: PrecisionName) -> Seat:
        """Where each job computes. "auto" uses GPUs if there are any. Each worker chooses the precision.

        Raises:
            ClusterError: if the cluster has no such device.
        """
        has_gpus = self._ray.cluster_resources().get("GPU", 0) >= 1
        if device == "auto":
            device = "cuda" if has_gpus else "cpu"
        if device == "mps" or (device == "cuda" and not has_gpus):
            raise ClusterError(f"the cluster has no device '{device}'")
        chosen = cast_device(device)
        if precision == "auto":
            precision = self._ray.get(self._remote(_precision_on, chosen).remote(chosen))
        return Seat(chosen, precision, cores=CORES_A_JOB if chosen == "cpu" else 0)

    def crew(self, seat: Seat, load: Load) -> Crew:
        """The workers of the cluster: as many jobs at a time as it has cores or GPUs."""

        def news_of(tasks: Sequence[Task]) -> Iterator[News]:
            return self._carry_out(tasks, seat, load)

        return news_of

    def _carry_out(self, tasks: Sequence[Task], seat: Seat, load: Load) -> Iterator[News]:
        ray, remote = self._ray, self._remote(_do, seat.device)
        losses: Counter[int] = Counter()
        running = {remote.remote(task, seat, load): task for task in tasks}
        try:
            while running:
                (ended,), _ = ray.wait(list(running), num_returns=1)
                task = running.pop(ended)
                try:
                    yield ray.get(ended)
                except ray.exceptions.RayError as error:  # the worker or its machine is gone
                    losses[task.number] += 1
                    if losses[task.number] < TRIES:
                        running[remote.remote(task, seat, load)] = task
                    else:
                        what = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
                        yield Outcome(task.number, None, f"The worker that did it was lost {TRIES} times ({what}).")
        finally:
            for reference in running:
                ray.cancel(reference, force=True)

    def _remote(self, function: Callable[..., Any], device: DeviceName) -> Any:  # noqa: ANN401  (Ray's own)
        resources = {"num_gpus": 1, "num_cpus": 1} if device == "cuda" else {"num_cpus": CORES_A_JOB}
        return self._ray.remote(max_retries=0, **resources)(function)


def _knock(address: str) -> None:
    """Check that something answers at the address, because Ray itself would try for minutes.

    Raises:
        OSError: if nothing answers within seconds.
    """
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host, int(port)), timeout=SECONDS_TO_ANSWER).close()


def _do(task: Task, seat: Seat, load: Load) -> Outcome:
    """Runs on a worker of the cluster."""
    return do_task(task, _trackers(seat, load), lambda done, total: None)


@cache
def _trackers(seat: Seat, load: Load) -> Trackers:
    """The worker's trackers. It does many jobs, and loads each tracker once."""
    return Trackers(seat, load)


def _precision_on(device: DeviceName) -> PrecisionName:
    from tracker_core.runtime.placement import place

    return "bf16" if place(device).place.precision == "bf16" else "float32"
