"""The processes on this machine that work on a batch, one per device. If one dies, it is replaced and its job tried
again.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TypeAlias

from app.batch.worker import Load, Outcome, Progress, Seat, Task, work
from tracker_core.tracker import DeviceName, PrecisionName

TRIES = 2  # of a job whose process dies: another program may have used up the memory
SECONDS_TO_END = 5

News: TypeAlias = Progress | Outcome

Crew: TypeAlias = Callable[[Sequence[Task]], Iterator[News]]
"""Does tasks and says what happens, each task's outcome once; what comes after a progress is in no order. Closing the
iterator ends the work."""


def local_crew(seats: Sequence[Seat], load: Load) -> Crew:
    """One process for each seat on this machine."""

    def news_of(tasks: Sequence[Task]) -> Iterator[News]:
        return _LocalCrew(seats, load).carry_out(tasks)

    return news_of


def seats_here(device: DeviceName, precision: PrecisionName, processes: int | None = None) -> list[Seat]:
    """A seat for each device of the requested kind, or ``processes`` seats. Imports torch.

    Precision "auto" is decided once for all: it is measured, and two processes might measure differently.

    Raises:
        tracker_core.runtime.placement.DeviceError: if there is no such device.
    """
    from tracker_core.runtime.placement import gpu_names, place

    found = place(device, precision).place
    chosen = cast_device(found.device)
    decided: PrecisionName = "bf16" if found.precision == "bf16" else "float32"
    gpus = gpu_names() if chosen == "cuda" else []
    count = processes or max(len(gpus), 1)
    cores = max((os.cpu_count() or 1) // count, 1) if chosen == "cpu" and count > 1 else 0
    return [Seat(chosen, decided, gpus[place % len(gpus)] if gpus else "", cores) for place in range(count)]


def cast_device(name: str) -> DeviceName:
    return "cuda" if name == "cuda" else "mps" if name == "mps" else "cpu"


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    seat: Seat
    task: Task | None = None


class _LocalCrew:
    def __init__(self, seats: Sequence[Seat], load: Load) -> None:
        self._seats = seats
        self._load = load
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []

    def carry_out(self, tasks: Sequence[Task]) -> Iterator[News]:
        waiting = deque(tasks)
        deaths: Counter[int] = Counter()
        try:
            self._workers = [self._started(seat) for seat in self._seats[: len(waiting)]]
            for worker in self._workers:
                self._give(worker, waiting)
            while busy := {worker.connection: worker for worker in self._workers if worker.task is not None}:
                for connection in wait(list(busy)):
                    assert isinstance(connection, Connection)
                    worker = busy[connection]
                    task = worker.task
                    assert task is not None
                    try:
                        news: News = connection.recv()
                    except (EOFError, OSError):
                        deaths[task.number] += 1
                        how = self._bury(worker)
                        worker = self._replaced(worker)
                        if deaths[task.number] < TRIES:
                            waiting.appendleft(task)
                        else:
                            problem = f"The process that worked on it ended {TRIES} times ({how})."
                            yield Outcome(task.number, None, problem)
                        self._give(worker, waiting)
                        continue
                    if isinstance(news, Outcome):
                        self._give(worker, waiting)
                    yield news
        finally:
            self._end()

    def _started(self, seat: Seat) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=work, args=(there, seat, self._load), daemon=True)
        process.start()
        there.close()  # so that the connection ends with the process
        return _Worker(process, here, seat)

    def _give(self, worker: _Worker, waiting: deque[Task]) -> None:
        worker.task = waiting.popleft() if waiting else None
        if worker.task is not None:
            try:
                worker.connection.send(worker.task)
            except OSError:  # it has died meanwhile, which the next wait notices
                return

    def _bury(self, worker: _Worker) -> str:
        """Wait for a dead process, and describe its end in words."""
        worker.process.join(SECONDS_TO_END)
        worker.connection.close()
        code = worker.process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"code {code}"

    def _replaced(self, worker: _Worker) -> _Worker:
        fresh = self._started(worker.seat)
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    def _end(self) -> None:
        for worker in self._workers:
            if worker.task is not None:
                worker.process.terminate()  # its results so far are in a draft folder
            else:
                try:
                    worker.connection.send(None)
                except OSError:
                    continue
        for worker in self._workers:
            worker.process.join(SECONDS_TO_END)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.connection.close()
