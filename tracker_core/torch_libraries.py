"""Opens torch's largest library before torch is imported.

``import torch`` opens it with Python's lock held, for a third of a second in which no other thread, and so no window,
can do anything. Opened before, through a foreign function, which holds no lock, it is found there by the import.
"""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

LARGEST: Final = "libtorch_cpu.so"


def open_torch_libraries() -> None:
    """Call it on a thread beside the window's, before the first import of torch. Does nothing where it would not help;
    then the import does all.
    """
    if sys.platform != "linux" or "torch" in sys.modules:
        return
    library = largest_library()
    if library is not None:
        # Not CDLL(library), which would hold Python's lock. Libraries that it needs lie beside it, and are opened too.
        ctypes.CDLL(None).dlopen(ctypes.c_char_p(os.fsencode(library)), os.RTLD_LAZY)


def largest_library() -> Path | None:
    """The path of the library in the installed torch, or None."""
    package = find_spec("torch")
    if package is None or package.origin is None:
        return None
    library = Path(package.origin).parent / "lib" / LARGEST
    return library if library.is_file() else None
