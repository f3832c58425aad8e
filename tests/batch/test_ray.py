"""A batch on a real Ray cluster of two workers on this machine: the same results, also when one of them is killed.

Skips where the package ray is not installed: it is an extra, and large.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.batch.batch import BatchReport, State, carry_out_batch
from app.batch.job import Job
from app.batch.ray_crew import ClusterError, RayCluster
from tests.support.batch_trackers import MARKS, load_drifting
from tests.support.batches import SEAT, box_job, carried_out, places, project_in

STORE = 80 * 2**20  # bytes of memory a machine shares its objects in


def installed() -> bool:
    try:
        import ray.cluster_utils
    except ImportError:
        return False
    return bool(ray.cluster_utils)


needs_ray = pytest.mark.skipif(not installed(), reason="the package ray (the extra 'ray') is not installed")


class Machines:
    """A head that does no jobs, and two machines that do one at a time."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        self.cluster: Any = Cluster(
            initialize_head=True,
            head_node_args={"num_cpus": 0, "object_store_memory": STORE, "include_dashboard": False},
        )
        self.workers = [self.cluster.add_node(num_cpus=1, object_store_memory=STORE) for _ in range(2)]
        self.cluster.wait_for_nodes()
        self.ray = RayCluster(self.cluster.address)

    def kill_one(self) -> None:
        """As a machine that loses its power."""
        self.cluster.remove_node(self.workers.pop(), allow_graceful=False)

    def close(self) -> None:
        self.ray.leave()
        self.cluster.shutdown()


@pytest.fixture
def machines(tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machines]:
    monkeypatch.setenv(MARKS, str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", ":".join([str(project_root), *filter(None, sys.path)]))
    found = Machines()
    yield found
    found.close()


@needs_ray
@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_cluster_comes_to_the_same_as_this_machine_even_if_it_loses_a_worker_and_a_machine(
    tmp_path: Path, clip: Path, machines: Machines
) -> None:
    jobs = [
        box_job("unlucky", clip, tracker="deadly once"),  # kills the process that does it, the first time
        *(box_job(f"job {number}", clip, tracker="slow") for number in range(5)),
        box_job("gone", tmp_path / "gone.mp4"),
    ]
    ended: list[str] = []

    def on_report(report: Any) -> None:
        ended.append(report.job.name)
        if len(ended) == 2:
            machines.kill_one()

    reports = carry_out_batch(jobs, tmp_path / "ray", machines.ray.crew(SEAT, load_drifting), on_report=on_report)
    assert [(report.job.name, report.state, report.problem) for report in reports[:-1]] == [
        (job.name, "done", "") for job in jobs[:-1]
    ]
    assert "gone.mp4" in reports[-1].problem
    assert len(machines.workers) == 1
    assert (tmp_path / "died").exists()
    local = carried_out([Job(**{**_fields(job), "tracker": "drifting"}) for job in jobs[:-1]], tmp_path / "local")
    assert local.count(State.DONE) == 6
    for job in jobs[:-1]:
        here, there = tmp_path / "local" / job.name, tmp_path / "ray" / job.name
        assert places(project_in(here)) == places(project_in(there))
        assert (here / "tracks.mot.txt").read_bytes() == (there / "tracks.mot.txt").read_bytes()
    left = [path.name for path in (tmp_path / "ray").iterdir() if path.name.endswith(".partial")]
    assert not left
    again: BatchReport = carried_out(jobs[:1], tmp_path / "ray")
    assert again[0].is_old


def _fields(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in Job.__dataclass_fields__}


@needs_ray
@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_seat_of_a_job_is_what_the_cluster_has(machines: Machines) -> None:
    seat = machines.ray.seat("auto", "auto")
    assert (seat.device, seat.cores) == ("cpu", 1)
    assert seat.precision in ("float32", "bf16")
    with pytest.raises(ClusterError, match="the cluster has no device 'cuda'"):
        machines.ray.seat("cuda", "float32")


@needs_ray
@pytest.mark.filterwarnings("default")
def test_an_address_at_which_nothing_answers_is_said() -> None:
    with pytest.raises(ClusterError, match=r"no Ray cluster answers at 127\.0\.0\.1:1 "):
        RayCluster("127.0.0.1:1")


def test_without_the_package_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ClusterError, match="pip install ray"):
        RayCluster("auto")
