"""Training files of tiny networks on tiny data, and what came of them."""

from __future__ import annotations

from pathlib import Path

import torch

from tests.support.training_data import BLUE, passing_boxes, write_source
from tracker_core.weights.files import read_weights

# The neck's bias stands still: the norms of the heads take it away again, so its gradient is the rounding of zero, and
# AdamW makes steps of full length of that.
TRACKER = """
data = "prepared"
out = "{out}"
[network]
stem = 8
middle = 8
channels = 16
blocks = 1
head_channels = 16
[pairs]
mix = {{"*" = 1.0}}
[schedule]
steps = {steps}
batch = {batch}
warm_up = 2
frozen = 1
rates = {{"neck.1.bias" = 0}}
checkpoint_every = 2
precision = "float32"
workers = 0
threads = 1
"""

VERIFIER = """
family = "verifier"
data = "prepared"
out = "{out}"
[network]
stem = 8
middle = 8
channels = 16
blocks = 1
embedding = 8
[pairs]
mix = {{"*" = 1.0}}
[schedule]
steps = {steps}
batch = {batch}
warm_up = 2
precision = "float32"
workers = 0
threads = 1
"""


def write_training(
    folder: Path, out: str, *, text: str = TRACKER, steps: int = 3, batch: int = 4, more: str = ""
) -> Path:
    """``out``.toml in a folder of which ``prepared`` holds two small sources; ``more`` is put at its end."""
    if not (folder / "prepared").is_dir():
        write_source(folder / "prepared", "video.red", "video", passing_boxes(6))
        write_source(folder / "prepared", "stills.blue", "stills", passing_boxes(4), colour=BLUE)
    path = folder / f"{out}.toml"
    path.write_text(text.format(out=out, steps=steps, batch=batch) + more)
    return path


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    return read_weights(path).tensors


def are_same(one: Path, other: Path) -> bool:
    """Whether two weights files hold the same tensors, bit for bit."""
    first, second = weights_of(one), weights_of(other)
    return first.keys() == second.keys() and all(torch.equal(first[name], second[name]) for name in first)
