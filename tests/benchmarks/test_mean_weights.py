from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from benchmarks.mean_weights import main, mean_of
from tracker_core.weights.files import WeightsFile, read_weights


def weights(value: float, *, count: int = 3) -> WeightsFile:
    tensors = {"layer.weight": torch.full((count,), float(value)), "layer.batches": torch.tensor(7)}
    return WeightsFile("siamfc", {"side": 1}, tensors, {"scale_step": 1.03}, reliability={"score": {"slope": 1.0}})


def test_the_mean_is_that_of_each_number_and_no_longer_calibrated() -> None:
    mean = mean_of([weights(1), weights(2), weights(6)])
    assert mean.tensors["layer.weight"].tolist() == [3, 3, 3]
    assert mean.tensors["layer.batches"] == 7
    assert mean.reliability == {}
    assert mean.constants == {"scale_step": 1.03}


@pytest.mark.parametrize("other", [weights(1, count=4), replace(weights(1), family="siamrpn")])
def test_another_network_is_refused(other: WeightsFile) -> None:
    with pytest.raises(ValueError, match="file 2 holds another network"):
        mean_of([weights(1), other])


def test_the_command_writes_a_file_and_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("out", "one", "two")
    out, one, two = (tmp_path / f"{name}.safetensors" for name in names)
    weights(1).save(one)
    weights(5).save(two)
    monkeypatch.setattr("sys.argv", ["mean_weights", str(out), str(one), str(two)])
    main()
    assert read_weights(out).tensors["layer.weight"].tolist() == [3, 3, 3]
    monkeypatch.setattr("sys.argv", ["mean_weights", str(out), str(one), str(tmp_path / "none.safetensors")])
    with pytest.raises(SystemExit):
        main()
    assert "none.safetensors" in capsys.readouterr().err
