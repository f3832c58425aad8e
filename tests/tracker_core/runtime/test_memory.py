from __future__ import annotations

import platform
import sys

import pytest

from tracker_core.runtime.memory import keep_memory


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives memory back so soon")
def test_glibc_can_be_told_to_keep_memory() -> None:
    keep_memory.cache_clear()
    assert keep_memory()
    assert keep_memory()  # a second network is no harm


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    keep_memory.cache_clear()
    try:
        assert not keep_memory()
    finally:
        keep_memory.cache_clear()
