"""Keeps PySide from reading the source of every module that is imported.

From its first import on, PySide looks into the source of each module, to learn whether that uses PySide and may ask for
its ``__feature__`` switches, which nothing here does. Python keeps what was read. With torch and OpenVINO that is 900
files: a quarter of the time of their import, and 43 MB for as long as the program runs.
"""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401  (loads what is changed here)

FEATURES = "PySide6.support.feature"


def leave_sources_unread() -> None:
    """Answer PySide's question for all modules that are imported from now on. In a PySide that asks in another way,
    nothing changes.
    """
    features = sys.modules.get(FEATURES)
    if hasattr(features, "_mod_uses_pyside"):
        setattr(features, "_mod_uses_pyside", _uses_no_switches)  # noqa: B010  (a private name of another package)


def _uses_no_switches(_module: object) -> bool:
    return False
