"""Keeps the memory of feature maps, instead of returning it to the system after each layer.

glibc returns large blocks to the system as soon as they are free. The next layer asks for them again, and the system
clears each page before it is used: for 8 targets of the default 33,000 pages a frame, a third of the time.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # what malloc.h calls M_TRIM_THRESHOLD and M_MMAP_THRESHOLD
LARGEST_BLOCK = 32 * 2**20  # the most that older versions accept
KEPT = 256 * 2**20
"""Bytes of free memory that the process keeps at most."""


@cache
def keep_memory() -> bool:
    """Keep freed memory from now on, in the whole process.

    Returns:
        Whether this C library supports that. The allocators of other systems keep memory by themselves.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        tell = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # another C library, such as musl
        return False
    return bool(tell(MMAP_THRESHOLD, LARGEST_BLOCK)) and bool(tell(TRIM_THRESHOLD, KEPT))
