"""A training that was killed, in the worst moment, ends in the same weights when it is started again."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.support.commands import Run
from tests.support.small_trainings import are_same, write_training
from tracker_core.training.run.config import read_config
from tracker_core.training.run.loop import train

# The program, but when its second checkpoint is written and not yet in its place, it says so and waits for its end.
PROGRAM = """
import os, sys, time
from app.cli.main import main

replace, written = os.replace, []

def replace_or_wait(source, target):
    if str(target).endswith("checkpoint.pt"):
        written.append(target)
        if len(written) == 2:
            print("ready", flush=True)
            time.sleep(60)
    replace(source, target)

os.replace = replace_or_wait
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGKILL")
@pytest.mark.slow
def test_a_run_killed_while_it_writes_a_checkpoint_ends_in_the_same_weights(
    run: Run, project_root: Path, tmp_path: Path
) -> None:
    file = write_training(tmp_path, "killed", steps=5, batch=2)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "train", str(file)],
        cwd=project_root, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert "5 steps of 2 pairs" in process.stdout.readline()
        assert process.stdout.readline() == "ready\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    left = sorted(path.name for path in (tmp_path / "killed").iterdir())
    assert left == ["checkpoint.partial", "checkpoint.pt", "weights.safetensors"]
    assert torch.load(tmp_path / "killed" / "checkpoint.pt", weights_only=True)["step"] == 2
    answer = run("train", file)
    assert (answer.code, answer.complained) == (0, "")
    assert answer.said.startswith("Going on from the checkpoint in ")
    whole = train(read_config(write_training(tmp_path, "whole", steps=5, batch=2)))
    assert are_same(tmp_path / "killed" / "weights.safetensors", whole)
    assert not (tmp_path / "killed" / "checkpoint.partial").exists()
