"""pyqtgraph, imported when the first map or plot is drawn: it takes as long to import as half of the window."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QGuiApplication, QPalette

from app.workers.background import run_in_background
from app.workers.garbage import loading_libraries

HEAT: Final = "inferno"
"""The colour map of all scores: perceptually uniform, and dark for low scores in both themes."""


@cache
def import_soon() -> None:
    """Import it on another thread, now that maps will be wanted soon. The window waits for it only if they are wanted
    earlier.
    """

    def load() -> None:
        with loading_libraries():
            import_module("pyqtgraph")

    run_in_background(
        load, on_done=lambda nothing: None, on_error=lambda error: None
    )  # an error comes again when drawn


def pyqtgraph() -> ModuleType:
    """The module, whose next plots have the colours of the theme."""
    import pyqtgraph as pg

    palette = QGuiApplication.palette()
    background = palette.color(QPalette.ColorRole.Window).name()
    foreground = palette.color(QPalette.ColorRole.WindowText).name()
    pg.setConfigOptions(imageAxisOrder="row-major", antialias=False, background=background, foreground=foreground)
    module: ModuleType = pg
    return module


@cache
def heat_colours() -> NDArray[np.uint8]:
    """RGB by score in 1/255; (256, 3), contiguous."""
    table = pyqtgraph().colormap.get(HEAT).getLookupTable(nPts=256, alpha=False)
    return np.ascontiguousarray(table, dtype=np.uint8)
