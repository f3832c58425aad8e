from __future__ import annotations

import subprocess
import sys

import pytest

from tracker_core import torch_libraries
from tracker_core.torch_libraries import LARGEST, largest_library, open_torch_libraries

OPENS = f"""
import sys
from tracker_core.torch_libraries import open_torch_libraries

def is_open():
    with open("/proc/self/maps") as maps:
        return {LARGEST!r} in maps.read()

assert not is_open()
open_torch_libraries()
assert is_open()
assert "torch" not in sys.modules
import torch
print(float(torch.ones(2).sum()))
"""


@pytest.mark.skipif(sys.platform != "linux" or largest_library() is None, reason="there is no such library here")
def test_torchs_largest_library_is_there_before_torch_is_imported() -> None:
    told = subprocess.run([sys.executable, "-c", OPENS], capture_output=True, text=True, check=True)
    assert told.stdout == "2.0\n"


def test_without_the_library_the_import_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    monkeypatch.setattr(torch_libraries, "find_spec", lambda name: None)
    assert largest_library() is None
    open_torch_libraries()
