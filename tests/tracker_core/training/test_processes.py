"""Two real processes on the CPU learn what one learns from the same batches."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from tests.support.small_trainings import TRACKER, VERIFIER, weights_of, write_training
from tracker_core.training.processes import ALONE, Processes, joined
from tracker_core.training.run.batches import check_shares
from tracker_core.training.run.config import ConfigError, Schedule, read_config
from tracker_core.training.run.loop import train

# What `main.py train` does for each file named, in one process group, up to step 3; and what each process then holds.
PROGRAM = """
import sys
from pathlib import Path
import torch
from tracker_core.training.run import loop
from tracker_core.training.run.config import read_config
from tracker_core.training.processes import joined

trainings = []
class Remembered(loop.Training):
    def __init__(self, config, processes):
        super().__init__(config, processes)
        trainings.append(self)
loop.Training = Remembered

with joined() as processes:
    for name in sys.argv[1:]:
        config = read_config(Path(name))
        loop.train(config, log_every=1, processes=processes, should_stop=lambda: trainings[-1].step == 3)
        torch.save(trainings[-1].average.module.state_dict(), f"{name}.of_{processes.rank}")
"""


def run_two(words: Sequence[str | Path], *, cwd: Path) -> list[subprocess.CompletedProcess[str]]:
    """Start the same command twice, as torchrun would on one machine."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    started = []
    for rank in range(2):
        told: dict[str, object] = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "WORLD_SIZE": 2}
        told |= {"LOCAL_WORLD_SIZE": 2, "RANK": rank, "LOCAL_RANK": rank}
        # Without a GPU, that both use gloo; and each with a hash seed of its own, which must not matter.
        names = {**told, "CUDA_VISIBLE_DEVICES": "", "PYTHONHASHSEED": rank + 1, "OMP_NUM_THREADS": 1}
        environment = os.environ | {name: str(value) for name, value in names.items()}
        command = [sys.executable, *map(str, words)]
        started.append(
            subprocess.Popen(
                command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
    try:
        answers = [process.communicate(timeout=240) for process in started]
    finally:
        for process in started:
            process.kill()  # where one waits for the other in vain
    return [
        subprocess.CompletedProcess(process.args, process.returncode, *answer)
        for process, answer in zip(started, answers, strict=True)
    ]


@pytest.mark.slow
def test_two_processes_learn_what_one_learns_from_the_same_batches(tmp_path: Path, project_root: Path) -> None:
    """Batch norm in training, anchors drawn at random, a backbone that is set free after a step, and the verifier's
    strangers across the batch are all in it; and the last of four steps is made by one process, from the checkpoint of
    the two. Equal but for the order in which float32 numbers are added up; a weight moves by up to 1e-3 a step.
    """
    together = [
        write_training(tmp_path, "tracker", text=TRACKER, steps=4),
        write_training(tmp_path, "verifier", text=VERIFIER, steps=4),
    ]
    done = run_two(["-c", PROGRAM, *together], cwd=project_root)
    assert [one.returncode for one in done] == [0, 0], done[0].stderr + done[1].stderr
    for file in together:
        mine, other = (torch.load(f"{file}.of_{rank}", weights_only=True) for rank in range(2))
        assert all(torch.equal(mine[name], other[name]) for name in mine)
        text = TRACKER if file.stem == "tracker" else VERIFIER
        alone = write_training(tmp_path, f"{file.stem}_alone", text=text, steps=4)
        expected = weights_of(train(read_config(alone), log_every=1))
        found = weights_of(train(read_config(file), log_every=1))
        assert expected.keys() == found.keys()
        for name, value in expected.items():
            torch.testing.assert_close(found[name], value, atol=5e-5, rtol=1e-3)
        lines = [
            [json.loads(line) for line in (tmp_path / out / "log.jsonl").read_text().splitlines()]
            for out in (file.stem, f"{file.stem}_alone")
        ]
        assert [line["step"] for line in lines[0]] == [1, 2, 3, 4]
        for one, two in zip(*lines, strict=True):
            for part in ("loss", "classification", "box", "rate"):
                assert one[part] == pytest.approx(two[part], rel=1e-3)


# `main.py train`, of which the second process fails while the first waits for it.
FAILING = """
import os, sys
from app.cli.main import main
from tracker_core.training.run import loop
from tracker_core.training.run.config import ConfigError

def fail_in_the_second(schedule, processes):
    if processes.rank == 1:
        raise ConfigError("the second one cannot read this")

loop.check_shares = fail_in_the_second
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_where_one_process_fails_it_says_why_and_the_others_end_without_a_word(
    tmp_path: Path, project_root: Path
) -> None:
    file = write_training(tmp_path, "failing")
    done = run_two(["-c", FAILING, "train", file], cwd=project_root)
    assert [one.returncode for one in done] == [2, 2]
    assert [one.stderr for one in done] == ["", "the second one cannot read this.\n"]
    assert not (tmp_path / "failing").exists()


def test_a_batch_that_cannot_be_shared_is_refused() -> None:
    check_shares(Schedule(batch=4), Processes(1, 2))
    with pytest.raises(
        ConfigError, match="`batch` of 3 cannot be shared equally by 2 processes; make it a multiple of 2"
    ):
        check_shares(Schedule(batch=3), Processes(1, 2))


def test_a_process_alone_takes_all_and_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    with joined() as processes:
        assert processes == ALONE
    values = torch.arange(6.0).reshape(3, 2)
    assert processes.gathered(values) is values
    assert processes.mean(values.sum(), torch.tensor(6)).item() == 2.5
    assert processes.mean(torch.tensor(0.0), torch.tensor(0)).item() == 0
    assert processes.any(True)
    assert not processes.any(False)
    assert processes.from_first("this") == "this"


def test_processes_of_one_machine_share_its_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert [Processes(local_count=count).threads for count in (2, 3, 16)] == [4, 2, 1]
    assert Processes().threads == torch.get_num_threads()


def test_the_shares_of_a_batch_are_all_of_it_and_its_random_numbers_go_with_them() -> None:
    shares = [Processes(rank, 3).share_of(12) for rank in range(3)]
    assert [list(range(12)[share]) for share in shares] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    drawn = []
    for count, rank in ((1, 0), (2, 0), (2, 1)):
        torch.manual_seed(5)
        drawn.append(Processes(rank, count).random(6 // count, 4))
    assert torch.equal(drawn[0], torch.cat(drawn[1:]))
