"""The buffers around a recorded function. The recording itself needs CUDA; here a plain call stands for it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from tracker_core.runtime import cuda_graph
from tracker_core.runtime.cuda_graph import Recording, Replayed

CPU = torch.device("cpu")


def weighted_sum(image: Tensor, kernel: Tensor) -> Tensor:
    return image.float() @ kernel


class Recorder(Replayed):
    """Records as CUDA does: what is replayed sees the buffers alone."""

    def __init__(self, *, fails: bool = False) -> None:
        super().__init__(weighted_sum, CPU)
        self.records = True
        self.fails = fails
        self.recorded = 0

    def record(self, buffers: tuple[Tensor, ...]) -> Recording:
        if self.fails:
            raise RuntimeError("operation not permitted when stream is capturing")
        self.recorded += 1
        output = weighted_sum(*buffers)

        def replay() -> None:
            output.copy_(weighted_sum(*buffers))

        return Recording(buffers, output, replay)


class Counting(Replayed):
    """Counts its recordings."""

    def __init__(self, device: torch.device) -> None:
        super().__init__(weighted_sum, device)
        self.recorded = 0

    def record(self, buffers: tuple[Tensor, ...]) -> Recording:
        self.recorded += 1
        return super().record(buffers)


def inputs(rows: int, seed: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(0, 256, (rows, 4), dtype=torch.uint8, generator=generator), torch.rand(4, generator=generator)


def test_each_call_answers_for_its_own_inputs_and_each_shape_is_recorded_once() -> None:
    replayed = Recorder()
    calls = [inputs(rows, seed) for seed, rows in enumerate((2, 3, 2, 3, 2))]
    answers = [(replayed(*call), weighted_sum(*call)) for call in calls]
    for found, expected in answers:  # compared at the end: an answer must outlive the next replay
        np.testing.assert_array_equal(found, expected.numpy())
    assert replayed.recorded == 2


def test_the_inputs_are_left_alone() -> None:
    replayed = Recorder()
    image, kernel = inputs(2, 0)
    before = image.clone(), kernel.clone()
    replayed(image, kernel)
    replayed(*inputs(2, 1))
    assert torch.equal(image, before[0])
    assert torch.equal(kernel, before[1])


def test_too_many_shapes_are_computed_without_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuda_graph, "MOST_RECORDINGS", 1)
    replayed = Recorder()
    for rows in (1, 2, 1, 2):
        np.testing.assert_array_equal(replayed(*inputs(rows, rows)), weighted_sum(*inputs(rows, rows)).numpy())
    assert replayed.recorded == 1


def test_what_cannot_be_recorded_is_computed_and_said_once() -> None:
    replayed = Recorder(fails=True)
    with pytest.warns(UserWarning, match="without a CUDA graph"):
        first = replayed(*inputs(2, 0))
    np.testing.assert_array_equal(first, weighted_sum(*inputs(2, 0)).numpy())
    np.testing.assert_array_equal(replayed(*inputs(2, 1)), weighted_sum(*inputs(2, 1)).numpy())  # a warning is an error


def test_on_a_cpu_nothing_is_recorded() -> None:
    replayed = Counting(CPU)
    np.testing.assert_array_equal(replayed(*inputs(2, 0)), weighted_sum(*inputs(2, 0)).numpy())
    assert replayed.recorded == 0


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
def test_a_graph_on_the_device_says_what_the_function_says() -> None:
    replayed = Counting(torch.device("cuda"))
    for seed in range(3):
        np.testing.assert_allclose(replayed(*inputs(2, seed)), weighted_sum(*inputs(2, seed)).numpy(), rtol=1e-5)
    assert replayed.recorded == 1
