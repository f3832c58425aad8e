"""Averages the weights of several trainings of one network into one file.

    python -m benchmarks.mean_weights OUT.safetensors FILE.safetensors FILE.safetensors [...]

Networks that were trained on from the same weights lie close together, and their mean is often better than each of them
(Wortsman et al., "Model soups", ICML 2022, section 3). Constants and source are those of the first file. The score is
no longer calibrated: run ``benchmarks.reliability`` on the result.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch

from tracker_core.weights.files import WeightsError, WeightsFile, read_weights


def mean_of(files: Sequence[WeightsFile]) -> WeightsFile:
    """The first file, with each tensor replaced by the mean over all files.

    Raises:
        ValueError: if a file has another family or network than the first.
    """
    first = files[0]
    for number, file in enumerate(files[1:], start=2):
        shapes = [{name: tensor.shape for name, tensor in each.tensors.items()} for each in (first, file)]
        if file.family != first.family or shapes[0] != shapes[1]:
            raise ValueError(
                f"file {number} holds another network than the first: only weights of one network are averaged"
            )
    mean = {name: _mean([file.tensors[name] for file in files]) for name in first.tensors}
    return replace(first, tensors=mean, reliability={})


def _mean(tensors: Sequence[torch.Tensor]) -> torch.Tensor:
    if not tensors[0].is_floating_point():  # a batch norm's count of batches
        return tensors[0]
    return torch.stack([tensor.double() for tensor in tensors]).mean(dim=0).to(tensors[0].dtype)


def main() -> None:
    parser = argparse.ArgumentParser(description="The mean of the weights of several trainings of one network.")
    parser.add_argument("out", type=Path)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    arguments = parser.parse_args()
    try:
        mean_of([read_weights(path) for path in arguments.files]).save(arguments.out)
    except (WeightsError, ValueError, OSError) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
