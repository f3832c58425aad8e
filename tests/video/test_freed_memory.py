"""What the allocator does is seen in a process of its own."""

from __future__ import annotations

import mmap
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from app.video import freed_memory
from app.video.freed_memory import ARENAS, MOST_GROWTH, FreedPages

EIGHT_THREADS = """
import ctypes, sys, tempfile, threading
from app.video.freed_memory import share_arenas

if sys.argv[1] == "shared":
    share_arenas()
libc, everybody = ctypes.CDLL(None), threading.Barrier(9)
libc.malloc.restype = ctypes.c_void_p
libc.fopen.restype = ctypes.c_void_p

def hold():
    libc.malloc(ctypes.c_size_t(1000))
    everybody.wait()
    everybody.wait()

for _ in range(8):
    threading.Thread(target=hold, daemon=True).start()
everybody.wait()
with tempfile.NamedTemporaryFile() as said:
    file = ctypes.c_void_p(libc.fopen(said.name.encode(), b"w"))
    libc.malloc_info(0, file)
    libc.fclose(file)
    print(open(said.name).read().count("<heap nr="))
everybody.wait()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="arenas are glibc's")
def test_many_threads_share_a_few_arenas() -> None:
    def arenas(how: str) -> int:
        command = [sys.executable, "-c", EIGHT_THREADS, how]
        return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    assert arenas("alone") > ARENAS
    assert arenas("shared") <= ARENAS


def test_pages_are_returned_when_a_program_has_grown_and_not_again_before_it_grows_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statm = tmp_path / "statm"
    monkeypatch.setattr(freed_memory, "STATM", statm)

    def grow_to(growth: float) -> None:
        statm.write_text(f"9999 {1000 + int(growth * MOST_GROWTH / mmap.PAGESIZE)} 9")

    def give_back() -> None:
        returned.append(statm.read_text())
        grow_to(0.5)

    returned: list[str] = []
    monkeypatch.setattr(freed_memory, "give_back_freed_pages", give_back)
    grow_to(0)
    freed = FreedPages()
    for growth, times in ((0.9, 0), (1.1, 1), (1.4, 1), (1.6, 2)):
        grow_to(growth)
        freed.look()
        assert len(returned) == times
