from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from benchmarks.runtimes import RuntimesError, measure_runtimes


def test_another_family_is_refused_before_anything_is_measured() -> None:
    with pytest.raises(RuntimesError, match="siamfc is a SiamFC; only trackers of SiamRPN\\+\\+ are compared"):
        measure_runtimes(["siamfc"], rounds=1)


@pytest.fixture
def _one_thread() -> Iterator[None]:
    """More would wait for each other on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.slow
@pytest.mark.usefixtures("_one_thread")
def test_every_contender_says_what_torch_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.runtimes.COUNTS", (1, 2))
    monkeypatch.setattr("benchmarks.runtimes.TURN", 1)
    rows = measure_runtimes(["siamrpnpp_tiny"], rounds=1, without=["compiled"], tell=lambda said: None)
    assert {(row.regions, row.runtime) for row in rows} >= {(1, "torch"), (2, "torch")}
    for row in rows:
        assert row.difference < (1e-4 if row.precision == "float32" else 0.05)
        assert row.ms > 0
