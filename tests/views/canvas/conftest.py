"""A canvas in a window, with a picture whose every pixel is told by its colour."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from app.views.canvas.canvas_view import CanvasView

WIDTH, HEIGHT = 320, 200


@pytest.fixture
def picture() -> NDArray[np.uint8]:
    """Red tells the column, green the row, (200, 320, 3); blue is 128 for the columns beyond 255."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([columns % 256, rows, (columns > 255) * 128], axis=-1).astype(np.uint8)


@pytest.fixture
def canvas(qtbot: QtBot, picture: NDArray[np.uint8]) -> CanvasView:
    """656 x 416 widget pixels: fitted inside its margin, the picture is shown at 200 %, from (8, 8) on."""
    view = CanvasView()
    qtbot.addWidget(view)
    view.resize(656, 416)
    view.show()
    qtbot.waitExposed(view)
    view.show_frame(0, picture)
    view.set_has_tracks(True)
    return view
