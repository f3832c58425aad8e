from __future__ import annotations

import datetime
import os
import pickle
import sys
import types
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor

from tests.support.checkpoints import save_as_python2
from tracker_core.weights.checkpoint import CheckpointError, open_checkpoint

GENERATOR = torch.Generator().manual_seed(3)
TENSORS = {
    "layer.weight": torch.randn(4, 3, 2, 2, generator=GENERATOR),
    "layer.bias": torch.randn(4, generator=GENERATOR),
    "layer.num_batches_tracked": torch.tensor(7),
}
CONTAINERS = {"zip": True, "legacy": False}


def save(path: Path, content: object, *, container: str = "zip") -> Path:
    torch.save(content, path, _use_new_zipfile_serialization=CONTAINERS[container])
    return path


def assert_same(found: dict[str, Tensor], expected: dict[str, Tensor]) -> None:
    assert list(found) == list(expected)
    for name, value in expected.items():
        assert found[name].dtype == torch.float32
        assert torch.equal(found[name], value.float()), name


@pytest.fixture(params=list(CONTAINERS))
def container(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_what_torch_saved_is_read(tmp_path: Path, container: str) -> None:
    checkpoint = open_checkpoint(save(tmp_path / "a.pth", OrderedDict(TENSORS), container=container))
    assert checkpoint.shapes == {"layer.weight": (4, 3, 2, 2), "layer.bias": (4,), "layer.num_batches_tracked": ()}
    assert_same(checkpoint.tensors(), TENSORS)


def test_views_shared_numbers_and_other_types_are_read_by_their_values(tmp_path: Path, container: str) -> None:
    base = torch.arange(24, dtype=torch.float32)
    tensors = {
        "turned": base.reshape(4, 6).t(),
        "part": base[5:17:3],
        "one for all": torch.full((1,), 2.0).expand(3, 5),
        "half": base.half(),
        "brain": base.bfloat16(),
        "double": base.double(),
        "none": torch.empty(0, 3),
        "parameter": torch.nn.Parameter(base[:3]),
    }
    found = open_checkpoint(save(tmp_path / "a.pth", tensors, container=container)).tensors()
    assert_same(found, tensors)


def test_a_module_saved_by_its_state_dict_is_read(tmp_path: Path, container: str) -> None:
    """With the metadata that torch hangs on the dictionary."""
    module = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4))
    found = open_checkpoint(save(tmp_path / "a.pth", module.state_dict(), container=container)).tensors()
    assert_same(found, module.state_dict())


def test_a_checkpoint_of_torch_03_and_python_27_is_read(tmp_path: Path) -> None:
    tensors = {name: value for name, value in TENSORS.items() if "num_batches" not in name}
    checkpoint = open_checkpoint(save_as_python2(tmp_path / "SiamRPNVOT.model", tensors))
    assert_same(checkpoint.tensors(), tensors)


def test_the_python_27_writer_of_the_tests_is_understood_by_torch_itself(tmp_path: Path) -> None:
    tensors = {name: value for name, value in TENSORS.items() if "num_batches" not in name}
    path = save_as_python2(tmp_path / "a.model", tensors)
    found = torch.load(path, map_location="cpu", weights_only=False)
    assert {key: value.tolist() for key, value in found.items()} == {k: v.tolist() for k, v in tensors.items()}


@pytest.mark.parametrize("wrapper", ["state_dict", "model"])
def test_wrappers_and_the_prefix_of_data_parallelism_are_taken_off(
    tmp_path: Path, wrapper: str, container: str
) -> None:
    content = {"epoch": 20, wrapper: OrderedDict((f"module.{name}", value) for name, value in TENSORS.items())}
    assert_same(open_checkpoint(save(tmp_path / "a.pth", content, container=container)).tensors(), TENSORS)


@pytest.mark.parametrize("path", ["net", "model_state_dict", "best.generator", "trainer.0.weights"])
def test_weights_are_found_under_any_name_and_in_any_depth(tmp_path: Path, path: str, container: str) -> None:
    content: Any = OrderedDict(TENSORS)
    for name in reversed(path.split(".")):
        content = [content] if name == "0" else {"epoch": 3, "loss": torch.tensor(0.5), name: content}
    assert_same(open_checkpoint(save(tmp_path / "a.pth", content, container=container)).tensors(), TENSORS)


def test_a_known_name_comes_before_one_with_more_tensors(tmp_path: Path) -> None:
    content = {"teacher": {**TENSORS, "more": torch.zeros(1)}, "state_dict": TENSORS, "loss": torch.zeros(1)}
    first, *others = open_checkpoint(save(tmp_path / "a.pth", content)).readings
    assert_same(first.tensors(), TENSORS)
    assert {"more", *TENSORS} in [set(other.shapes) for other in others]


def test_parts_that_were_saved_apart_are_one_network(tmp_path: Path) -> None:
    content = {"backbone": TENSORS, "head": {"bias": torch.ones(2)}, "optimizer": {"state": {0: TENSORS}}}
    found = open_checkpoint(save(tmp_path / "a.pth", content)).tensors()
    assert_same(found, {**{f"backbone.{name}": value for name, value in TENSORS.items()}, "head.bias": torch.ones(2)})


def test_a_network_within_another_is_also_read_by_its_own_names(tmp_path: Path) -> None:
    content = {f"tracker.{name}": value for name, value in TENSORS.items()}
    readings = open_checkpoint(save(tmp_path / "a.pth", content)).readings
    assert [set(reading.shapes) for reading in readings] == [set(content), set(TENSORS)]


@pytest.fixture
def mmcv_config(monkeypatch: pytest.MonkeyPatch) -> type[dict[str, Any]]:
    """A class as mmcv's, under its name, so that it is pickled as from there."""
    module = types.ModuleType("mmcv.utils.config")
    monkeypatch.setitem(sys.modules, "mmcv", types.ModuleType("mmcv"))
    monkeypatch.setitem(sys.modules, "mmcv.utils", types.ModuleType("mmcv.utils"))
    monkeypatch.setitem(sys.modules, module.__name__, module)

    class ConfigDict(dict[str, Any]):
        def __init__(self, *values: Any) -> None:
            raise AssertionError("a class of the file was called")

        def __setstate__(self, state: object) -> None:
            raise AssertionError("a class of the file was given a state")

    ConfigDict.__module__, ConfigDict.__qualname__ = module.__name__, "ConfigDict"
    module.ConfigDict = ConfigDict  # type: ignore[attr-defined]
    return ConfigDict


def test_what_a_framework_leaves_beside_the_weights_is_skipped_uncalled(
    tmp_path: Path, container: str, mmcv_config: type[dict[str, Any]]
) -> None:
    config = dict.__new__(mmcv_config)
    dict.__setitem__(config, "type", "SiamRPN")
    config.extra = [config]  # type: ignore[attr-defined]
    parameters = [torch.nn.Parameter(TENSORS["layer.weight"].clone())]
    optimizer = torch.optim.SGD(parameters, lr=0.1, momentum=0.9)
    parameters[0].grad = torch.ones_like(parameters[0])
    optimizer.step()
    content = {
        "meta": {
            "config": config,
            "time": datetime.datetime(2022, 4, 20),
            "score": np.float64(0.5),
            "history": np.arange(3),
            "classes": {"a", "b"},
            "raw": b"\xff\x00",
            "where": Path("work_dirs"),
        },
        "state_dict": OrderedDict(TENSORS),
        "optimizer": optimizer.state_dict(),
    }
    assert_same(open_checkpoint(save(tmp_path / "a.pth", content, container=container)).tensors(), TENSORS)


class Hostile:
    """Runs a command when it is unpickled."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._reduced = function, arguments

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self._reduced


@pytest.mark.parametrize("place", ["weights", "meta", "alone", "key"])
@pytest.mark.parametrize("function", [os.system, eval, exec, __import__, getattr, pickle.loads, os.remove])
def test_a_hostile_file_is_refused_and_nothing_of_it_is_run(
    tmp_path: Path, container: str, place: str, function: Callable[..., Any]
) -> None:
    trace = tmp_path / "trace"
    arguments: dict[Callable[..., Any], str] = {
        os.system: f"touch {trace}",
        exec: f"open({str(trace)!r}, 'w')",
        eval: f"open({str(trace)!r}, 'w')",
    }
    hostile = Hostile(function, arguments.get(function, "os"))
    keyed = dict[object, object]([(hostile, 1), *TENSORS.items()])
    content: object = {
        "weights": {**TENSORS, "extra": hostile},
        "meta": {"meta": {"config": [hostile]}, "state_dict": TENSORS},
        "alone": hostile,
        "key": keyed,
    }[place]
    path = save(tmp_path / "evil.pth", content, container=container)
    with pytest.raises(CheckpointError, match=rf"evil\.pth holds more than weights: it names .*{function.__name__}"):
        open_checkpoint(path)
    assert not trace.exists()


def test_the_hostile_file_of_the_tests_would_have_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    path = save(tmp_path / "evil.pth", Hostile(os.system, f"touch {trace}"))
    torch.load(path, weights_only=False)
    assert trace.exists()


def test_a_whole_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = save(tmp_path / "net.pth", {"net": Hostile(types.SimpleNamespace)})
    with pytest.raises(CheckpointError, match=r"it names types\.SimpleNamespace.* save its state_dict\(\)"):
        open_checkpoint(path)


# Pickles written by hand, to put into an archive


WRONG_FILES = {
    b"": "is empty",
    b"\n <!DOCTYPE html><html><title>Google Drive - Virus scan warning</title>": "is a web page, not a model",
    b"<html><body>Quota exceeded": "is a web page, not a model",
    b"epoch,loss\n1,0.3\n": "is neither a torch checkpoint nor",
    b"MATLAB 5.0 MAT-file": "is a MATLAB file",
    b"\x1f\x8b\x08\0": "is compressed with gzip",
    b"\0" * 257 + b"ustar\0": "is a tar archive",
    b"PK\x03\x04 and nothing else": "is damaged or cut short .*; fetch it again",
    b"\x80\x04K\1.": "is neither a torch checkpoint nor",
}


@pytest.mark.parametrize("content", WRONG_FILES)
def test_a_wrong_file_is_told_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.pth"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=rf"^[^\n]*model\.pth {WRONG_FILES[content]}[^\n]*$"):
        open_checkpoint(path)


def test_a_folder_a_missing_and_an_enormous_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="is a folder"):
        open_checkpoint(tmp_path)
    with pytest.raises(CheckpointError, match=r"gone\.pth is not there"):
        open_checkpoint(tmp_path / "gone.pth")
    with (tmp_path / "huge.pth").open("wb") as file:
        file.truncate(3_000_000_000)  # sparse
    with pytest.raises(CheckpointError, match=r"huge\.pth has 3\.0 GB"):
        open_checkpoint(tmp_path / "huge.pth")


@pytest.mark.parametrize(
    "content", [3, [1, 2], {}, {"state_dict": {"epoch": 3}}, {"state_dict": 3}, TENSORS["layer.bias"]]
)
def test_a_checkpoint_without_named_tensors_is_told(tmp_path: Path, content: object, container: str) -> None:
    path = save(tmp_path / "a.pth", content, container=container)
    with pytest.raises(CheckpointError, match="holds no tensors by name"):
        open_checkpoint(path)


def read_all(path: Path) -> Iterator[str]:
    yield from open_checkpoint(path).tensors()


def test_a_file_cut_anywhere_is_told_in_one_line(tmp_path: Path, container: str) -> None:
    whole = save(tmp_path / "a.pth", TENSORS, container=container).read_bytes()
    path = tmp_path / "cut.pth"
    for kept in [*range(0, len(whole), 37), len(whole) - 1]:
        path.write_bytes(whole[:kept])
        with pytest.raises(CheckpointError, match=r"^[^\n]*cut\.pth [^\n]+$"):
            list(read_all(path))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_but_nothing_else(
    tmp_path: Path, container: str, data: st.DataObject
) -> None:
    path = save(tmp_path / "a.pth", {"meta": {"epoch": 3}, "state_dict": TENSORS}, container=container)
    content = bytearray(path.read_bytes())
    start = content.find(b"\x80\x02")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(start, min(start + 800, len(content) - 1)) | st.integers(-400, -1))
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        found = open_checkpoint(path).tensors()
    except CheckpointError as error:
        assert "\n" not in str(error)  # noqa: PT017  # either outcome is right
    else:
        assert all(isinstance(name, str) and isinstance(value, Tensor) for name, value in found.items())
